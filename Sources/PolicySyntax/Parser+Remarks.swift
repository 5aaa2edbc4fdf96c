import PolicyDiagnostics
import PolicyText

extension Parser {
  mutating func remark(
    _ id: DiagnosticID, _ range: ByteRange, _ message: Bilingual, help: Bilingual? = nil
  ) {
    remarks.append(
      Diagnostic(id, at: span(range), message, help: help.map { [$0] } ?? []))
  }

  func span(_ range: ByteRange) -> Span {
    Span(file: file, start: UInt32(range.start), end: UInt32(max(range.start, range.end)))
  }

  mutating func remark(unclosed offset: Int, _ line: LogicalLine) {
    let (scalar, length) = decodedScalar(in: bytes, at: offset)
    let mark = bytes.string(ByteRange(start: offset, end: offset + length))
    let isQuote = scalar == 0x201C || scalar == 0x22 || scalar == 0x300C
    remark(
      isQuote ? .unterminatedQuote : .unclosedBracket, ByteRange(start: offset, end: offset + length),
      Bilingual(
        zh: "“\(mark)”没有对应的结尾", en: "“\(mark)” is never closed"))
  }

  mutating func report(_ problem: SyntaxProblem, _ words: [Word]) {
    switch problem {
    case .unexpected(let word): reportUnexpected(word, words)
    case .tooComplex(let word):
      remark(
        .unexpectedText, ByteRange(start: word.start, end: word.end),
        Bilingual(
          zh: "式子太长或者套得太深：最多\(WordReader.operatorLimit)个运算，\(WordReader.depthLimit)层括号",
          en:
            "too long or too deep: at most \(WordReader.operatorLimit) operations and \(WordReader.depthLimit) brackets"
        ),
        help: Bilingual(zh: "用“定义”分成几步", en: "take it apart with definitions"))
    // What an unclosed line lacks at its end was remarked with the bracket.
    case .expected(_, before: nil, _) where lineIsUnclosed: break
    case .expected(let expectation, let before, let offset):
      let found = before.map { bytes.string(ByteRange(start: $0.start, end: $0.end)) }
      let place = before.map { ByteRange(start: $0.start, end: $0.end) } ?? ByteRange(start: offset, end: offset)
      let what = expectation.description
      remark(
        .missingText, place,
        Bilingual(
          zh: found.map { "此处应为\(what.zh)，却是“\($0)”" } ?? "此处应有\(what.zh)",
          en: found.map { "expected \(what.en), found “\($0)”" } ?? "expected \(what.en)"))
    }
  }

  private mutating func reportUnexpected(_ word: Word, _ words: [Word]) {
    let range = ByteRange(start: word.start, end: word.end)
    let text = bytes.string(range)
    guard word.kind == .unreadable || word.kind == .quotedName else {
      remark(
        .unexpectedText, range,
        Bilingual(zh: "“\(text)”不能放在这里", en: "“\(text)” cannot stand here"))
      return
    }
    if let number = malformedNumeral(word, words) {
      let text = bytes.string(number)
      remark(
        .malformedNumber, number, Bilingual(zh: "“\(text)”不是能读的数", en: "“\(text)” is not a number that can be read"))
      return
    }
    let (scalar, length) = decodedScalar(in: bytes, at: word.start)
    if word.kind == .unreadable, let first = Unicode.Scalar(scalar), !first.properties.isAlphabetic,
      first.properties.numericType == nil
    {
      let mark = ByteRange(start: word.start, end: word.start + length)
      remark(
        .unexpectedCharacter, mark,
        Bilingual(
          zh: "不认识“\(bytes.string(mark))”这个字符", en: "the character “\(bytes.string(mark))” means nothing here"))
      return
    }
    let readable = words.prefix { $0 != word }.map { bytes.string(ByteRange(start: $0.start, end: $0.end)) }
    var near = suggestions(for: text)
    // The words before it may be a part of the misspelt name.
    var start = word.start
    for before in words.reversed() where near.isEmpty && before.end == start && before.start >= word.start - 60 {
      start = before.start
      near = suggestions(for: bytes.string(ByteRange(start: start, end: word.end)))
    }
    var help: Bilingual?
    if !near.isEmpty {
      let list = near.map { "“\($0)”" }.joined(separator: "、")
      help = Bilingual(zh: "是不是\(list)？", en: "did you mean \(list)?")
    }
    let upTo = readable.isEmpty ? "" : readable.joined(separator: " ")
    remark(
      .unknownName, range,
      Bilingual(
        zh: upTo.isEmpty ? "“\(text)”没有声明" : "读到“\(upTo)”为止；“\(text)”没有声明",
        en: upTo.isEmpty
          ? "“\(text)” is not declared" : "readable up to “\(upTo)”; “\(text)” is not declared"), help: help)
  }

  /// The whole of a numeral that can't be read to its end (5.0.0万元) or is too large.
  private func malformedNumeral(_ word: Word, _ words: [Word]) -> ByteRange? {
    guard word.kind == .unreadable else { return nil }
    let first = foldingWidth(decodedScalar(in: bytes, at: word.start).value)
    let isDigit = (0x30...0x39).contains(first)
    if let before = words.last(where: { $0.end == word.start }), before.kind == .numeral || before.kind == .date,
      isDigit || first == 0x2E
    {
      return ByteRange(start: before.start, end: word.end)
    }
    return isDigit ? ByteRange(start: word.start, end: word.end) : nil
  }

  /// The nearest declared names to a text that may run on into words that follow it.
  private func suggestions(for text: String) -> [String] {
    let found = nearest(text, in: vocabulary.declared)
    if !found.isEmpty { return found }
    // The text may be a misspelt name with reserved words behind it.
    let scalars = Array(text.unicodeScalars)
    for length in stride(from: min(scalars.count - 1, 12), through: 2, by: -1) {
      var prefix = ""
      prefix.unicodeScalars.append(contentsOf: scalars.prefix(length))
      let found = nearest(prefix, in: vocabulary.declared.filter { $0.unicodeScalars.count == length })
      if !found.isEmpty { return found }
    }
    return []
  }

  func nearestLabelHelp(_ text: String, in block: Keyword) -> Bilingual? {
    let words =
      (LabelIndex.labels[block] ?? []).flatMap { $0.entry.zh + [$0.entry.en] }
      + (block == .measure ? ForceWord.table.map(\.word) : [])
    let near = nearest(text.split(whereSeparator: { "：: ".contains($0) }).first.map(String.init) ?? text, in: words)
    if !near.isEmpty {
      let list = near.map { "“\($0)”" }.joined(separator: "、")
      return Bilingual(zh: "是不是\(list)？", en: "did you mean \(list)?")
    }
    let all = (LabelIndex.labels[block] ?? [])
    guard !all.isEmpty else { return nil }
    return Bilingual(
      zh: "可用的标签：" + all.map { $0.entry.zh[0] }.joined(separator: "、"),
      en: "labels here: " + all.map(\.entry.en).joined(separator: ", "))
  }
}

extension SyntaxExpectation {
  var description: Bilingual {
    switch self {
    case .value: Bilingual(zh: "数值、日期或名称", en: "a value, a date or a name")
    case .bound: Bilingual(zh: "以上、以下、以内、以前、以后等词", en: "a word such as or-more, or-less, before, after")
    case .closingBracket: Bilingual(zh: "右括号“）”", en: "a closing bracket “)”")
    case .name: Bilingual(zh: "名称", en: "a name")
    case .condition: Bilingual(zh: "条件", en: "a condition")
    case .thenWord: Bilingual(zh: "“则”", en: "“then”")
    case .elseWord: Bilingual(zh: "“否则”", en: "“else”")
    case .arguments: Bilingual(zh: "括号里的内容，如（甲，乙）", en: "arguments in brackets")
    case .date: Bilingual(zh: "日期", en: "a date")
    case .duration: Bilingual(zh: "“满”“不足”等词和一段时间，如“满 1年”", en: "a length of time, such as “at-least 1年”")
    case .timeWord: Bilingual(zh: "以前、以后或至", en: "before, after or through")
    }
  }
}
