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
        zh: "“\(mark)”没有对应的结尾，一直读到下一个块", en: "“\(mark)” is never closed; read up to the next block"))
  }

  mutating func report(_ problem: SyntaxProblem, _ words: [Word]) {
    switch problem {
    case .unexpected(let word): reportUnexpected(word, words)
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
    let readable = words.prefix { $0 != word }.map { bytes.string(ByteRange(start: $0.start, end: $0.end)) }
    let near = suggestions(for: text)
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

  /// The nearest declared names to a text that may run on into words that follow it.
  private func suggestions(for text: String) -> [String] {
    let found = nearest(text, in: vocabulary.names)
    if !found.isEmpty { return found }
    // The text may be a misspelt name with reserved words behind it.
    let scalars = Array(text.unicodeScalars)
    for length in stride(from: min(scalars.count - 1, 12), through: 2, by: -1) {
      var prefix = ""
      prefix.unicodeScalars.append(contentsOf: scalars.prefix(length))
      let found = nearest(prefix, in: vocabulary.names.filter { $0.unicodeScalars.count == length })
      if !found.isEmpty { return found }
    }
    return []
  }

  func nearestLabelHelp(_ text: String, in block: Keyword) -> Bilingual? {
    let words = (LabelIndex.labels[block] ?? []).flatMap { $0.entry.zh + [$0.entry.en] }
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
