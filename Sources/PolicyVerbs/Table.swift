import PolicyAnswers
import PolicyText
import PolicyWorkspace

/// Rows of cells under heads, laid out for a person or a program.
struct Table {
  var heads: [String]
  var rows: [[String]] = []
  /// The inks of heads that have one of their own, by column.
  var headInks: [Int: Ink] = [:]
  /// The inks of each row's cells, by column.
  private var inks: [[Int: Ink]] = []

  init(_ heads: [String]) { self.heads = heads }

  mutating func add(_ cells: [String], _ inks: [Int: Ink] = [:]) {
    rows.append(cells)
    self.inks.append(inks)
  }

  /// The narrowest that a column is made.
  private static let narrowest = 8

  /// Columns padded to their display width and fitted to the given one: the widest give way, and their cells go on below.
  func text(width: Int = outputWidth(), isColoured: Bool = false) -> String {
    let widths = fitted(to: width)
    func lines(_ cells: [String], _ inks: [Int: Ink], else ink: Ink? = nil) -> [String] {
      let wrappedCells = zip(cells, widths).map { cell, width in
        displayWidth(cell) <= width ? [cell] : wrapped(cell, width: width)
      }
      let height = wrappedCells.map(\.count).max() ?? 0
      return (0..<height).map { line in
        var result = ""
        for (column, parts) in wrappedCells.enumerated() {
          let part = line < parts.count ? parts[line] : ""
          // Escapes have no width, so a part is measured before it is painted.
          let gap = column == wrappedCells.count - 1 ? 0 : max(0, widths[column] - displayWidth(part)) + 2
          let shown = isColoured ? (inks[column] ?? ink)?.paint(part) ?? part : part
          result += shown + String(repeating: " ", count: gap)
        }
        while result.last == " " { result.removeLast() }
        return result
      }
    }
    let dash = displayWidth("─")
    let rule = widths.map { String(repeating: "─", count: $0 / dash) + String(repeating: " ", count: $0 % dash) }
      .joined(separator: "  ")
    let body = zip(rows, inks).flatMap { lines($0, $1) }
    return (lines(heads, headInks, else: .head) + [rule] + body).joined(separator: "\n")
  }

  private func fitted(to width: Int) -> [Int] {
    var widths = heads.map { displayWidth($0) }
    for row in rows {
      for (column, cell) in row.enumerated() where column < widths.count {
        widths[column] = max(widths[column], displayWidth(cell))
      }
    }
    let gaps = 2 * max(0, widths.count - 1)
    while widths.reduce(0, +) + gaps > width, let widest = widths.max(), widest > Table.narrowest,
      let column = widths.lastIndex(of: widest)
    {
      // Down to the next widest at once, so that long columns do not cost a step a cell.
      let next = widths.filter { $0 < widest }.max() ?? Table.narrowest
      let excess = widths.reduce(0, +) + gaps - width
      widths[column] = max(Table.narrowest, next, widest - excess)
      if widths[column] == widest { widths[column] -= 1 }
    }
    return widths
  }

  /// RFC 4180 with a byte order mark, which office programs need to see that it is UTF-8; no cell can become a formula.
  func csv() -> String {
    "\u{FEFF}" + ([heads] + rows).map { $0.map(Table.csvCell).joined(separator: ",") }.joined(separator: "\r\n")
      + "\r\n"
  }

  static func csvCell(_ cell: String) -> String {
    var text = cell
    if let first = text.first, "=+-@\t\r".contains(first) { text = "'" + text }
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  func markdown() -> String {
    func line(_ cells: [String]) -> String {
      "| "
        + cells.map { cell in
          cell.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
            .split(whereSeparator: \.isNewline).joined(separator: "<br>")
        }.joined(separator: " | ") + " |"
    }
    return ([line(heads), "|" + heads.map { _ in " --- |" }.joined()] + rows.map(line)).joined(separator: "\n")
  }
}

/// The forms in which answers are given.
enum AnswerFormat: String, CaseIterable {
  case text, json, csv, markdown

  /// The form that a statement names, else the session's where the verb has it, else text.
  ///
  /// - Throws: A failure that names the forms which the verb has.
  init(
    _ name: String?, _ session: Session, among forms: [AnswerFormat] = AnswerFormat.allCases
  ) throws(VerbFailure) {
    self = try chosenForm(name, session, among: forms, otherwise: .text)
  }
}

/// The form that a statement names, else the session's where the verb has it, else another.
///
/// - Throws: A failure that names the forms which the verb has.
func chosenForm<Form: RawRepresentable<String> & Equatable>(
  _ name: String?, _ session: Session, among forms: [Form], otherwise other: Form
) throws(VerbFailure) -> Form {
  if name == nil, let usual = session.format { return forms.first { $0.rawValue == usual } ?? other }
  guard let name else { return other }
  let wanted = name == "md" ? "markdown" : name
  guard let form = forms.first(where: { $0.rawValue == wanted }) else {
    let list = forms.map(\.rawValue)
    throw VerbFailure(
      "没有格式“\(wanted)”；可以是 \(list.joined(separator: "、"))",
      "There is no format “\(wanted)”; it can be \(list.joined(separator: ", "))")
  }
  return form
}
