import PolicyText
import PolicyWorkspace
import SeededRandom

/// One change of a rule file as a drafter makes it, chosen by a seed.
struct SeededEdit {
  let path: String
  let line: Int
  let old: String
  let new: [String]

  /// The rules with the edit made, and what they were; nil where the edit says nothing or doesn't check.
  ///
  /// The edit stands in a draft, so that numbers need not stand in the text.
  static func made(on base: PolicySet, _ generator: inout SeededGenerator) -> (edit: SeededEdit, after: PolicySet)? {
    let files = base.files.ids.map { base.files[$0] }.filter { file in
      // What others import is theirs, and cases decide nothing.
      file.path.hasSuffix(".tiaoli") && base.isAskedFor(file.path) && !file.path.contains("案例")
    }
    let file = files[generator.below(files.count)]
    let line = 1 + generator.below(file.lineCount)
    let text = file.lineText(line)
    guard let new = changed(text, file, line, &generator), new != [text] else { return nil }
    var lines = (1...file.lineCount).map { file.lineText($0) }
    lines.replaceSubrange(line - 1..<line, with: new)
    var draft = Draft()
    draft.replaced[file.path] = Array(lines.joined(separator: "\n").utf8)
    guard let after = try? loadPolicies(base.paths, draft: draft, from: .asRead(for: base)), !after.hasErrors else {
      return nil
    }
    return (SeededEdit(path: file.path, line: line, old: text, new: new), after)
  }

  private static let pairs = [
    ("以上", "以下"), ("以下", "以上"), ("以上", "超过"), ("且", "或"), ("或", "且"), ("以前", "以后"), ("应当", "可以"), ("给予", "支持"),
    ("支持", "鼓励"), ("鼓励", "应当"), ("优先", "支持"), ("是", "否"), ("非", ""), ("任一", "全部"), ("就高", "叠加"), ("前提", "条件"),
    ("条件", "除外"), ("除外", "条件"), ("责任单位", "配合单位"), ("元", "万元"), ("日", "个月"), ("市财政局", "市民政局"),
    ("较小值", "较大值"), ("≤", "＜"), ("分段", "全额"),
  ]

  private static func changed(
    _ text: String, _ file: SourceFile, _ line: Int, _ generator: inout SeededGenerator
  ) -> [String]? {
    let trimmed = text.drop { $0.isWhitespace }
    if trimmed.isEmpty || trimmed.hasPrefix("#") || trimmed.hasPrefix("原文") { return nil }
    switch generator.below(8) {
    case 0: return text.hasPrefix(" ") ? [] : nil
    case 1 where line < file.lineCount && text.hasPrefix(" "): return nil
    case 2, 3, 4:
      // The number that stands somewhere in the line, one up or doubled.
      let places = text.indices.filter { text[$0].isASCII && text[$0].isNumber }
      guard !places.isEmpty else { return nil }
      let place = places[generator.below(places.count)]
      let digit = text[place].wholeNumberValue!
      let next = generator.below(2) == 0 ? (digit + 1) % 10 : (digit + 9) % 10
      return [text.replacingCharacter(at: place, with: Character("\(next)"))]
    default:
      let fitting = pairs.filter { text.contains($0.0) }
      guard !fitting.isEmpty else { return nil }
      let (old, new) = fitting[generator.below(fitting.count)]
      guard let range = text.firstRange(of: old) else { return nil }
      return [text.replacingCharacters(in: range, with: new)]
    }
  }
}

extension String {
  fileprivate func replacingCharacter(at index: Index, with character: Character) -> String {
    String(self[..<index]) + String(character) + self[self.index(after: index)...]
  }

  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + self[range.upperBound...]
  }

  fileprivate func firstRange(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
