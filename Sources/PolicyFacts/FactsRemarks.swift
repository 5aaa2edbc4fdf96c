import PolicyDiagnostics
import PolicyText

/// The remarks on one file, of which at most `limit` are kept.
struct FactsRemarks {
  let file: FileID
  private(set) var list: [Diagnostic] = []
  private var cut = 0
  private var firstCut: Span?
  private static let limit = 1000

  init(_ file: FileID) { self.file = file }

  mutating func add(_ remark: Diagnostic) {
    if list.count < Self.limit {
      list.append(remark)
    } else {
      cut += 1
      if firstCut == nil { firstCut = remark.primary.span }
    }
  }

  /// All that were kept, with a last one that counts the others.
  var all: [Diagnostic] {
    guard let firstCut else { return list }
    return list + [Self.cutRemark(cut, at: firstCut)]
  }

  /// The remark that stands for `count` others, the first of them at a place.
  static func cutRemark(_ count: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      .factsRemarksCut, .warning, at: span,
      Bilingual(zh: "还有 \(count) 处提示没有列出", en: "\(count) more remarks are not shown"))
  }

  func span(_ start: Int, _ end: Int) -> Span {
    Span(file: file, start: UInt32(clamping: start), end: UInt32(clamping: end))
  }

  /// A cell that cannot be read, with the words for its place.
  mutating func add(_ failure: CellFailure, at span: Span, place: Bilingual) {
    let message = failure.message
    add(
      Diagnostic(
        failure.id, at: span, Bilingual(zh: place.zh + "：" + message.zh, en: place.en + ": " + message.en),
        help: failure.help))
  }
}
