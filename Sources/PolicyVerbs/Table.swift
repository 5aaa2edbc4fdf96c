import PolicyText

/// Rows of cells under heads, laid out for a person or a program.
struct Table {
  var heads: [String]
  var rows: [[String]] = []

  init(_ heads: [String]) { self.heads = heads }

  mutating func add(_ cells: [String]) { rows.append(cells) }

  /// Columns padded to their display width; the last one is left as long as it is.
  func text() -> String {
    var widths = heads.map { displayWidth($0) }
    for row in rows {
      for (column, cell) in row.enumerated() where column < widths.count {
        widths[column] = max(widths[column], displayWidth(cell))
      }
    }
    func line(_ cells: [String]) -> String {
      var result = ""
      for (column, cell) in cells.enumerated() {
        result += column == cells.count - 1 ? cell : padded(cell, to: widths[column]) + "  "
      }
      while result.last == " " { result.removeLast() }
      return result
    }
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
    return ([line(heads), rule] + rows.map(line)).joined(separator: "\n")
  }

  /// RFC 4180 with a byte order mark, which office programs need to see that it is UTF-8; no cell can become a formula.
  func csv() -> String {
    "\u{FEFF}" + ([heads] + rows).map { $0.map(Table.csvCell).joined(separator: ",") }.joined(separator: "\r\n") + "\r\n"
  }

  static func csvCell(_ cell: String) -> String {
    var text = cell
    if let first = text.first, "=+-@\t\r".contains(first) { text = "'" + text }
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  func markdown() -> String {
    func line(_ cells: [String]) -> String {
      "| " + cells.map { cell in
        cell.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
          .split(whereSeparator: \.isNewline).joined(separator: "<br>")
      }.joined(separator: " | ") + " |"
    }
    return ([line(heads), "|" + heads.map { _ in " --- |" }.joined()] + rows.map(line)).joined(separator: "\n")
  }
}

/// The forms in which answers are given.
enum AnswerFormat: String {
  case text, json, csv, markdown

  init(_ name: String?) throws(VerbFailure) {
    switch name {
    case nil, "text": self = .text
    case "json": self = .json
    case "csv": self = .csv
    case "markdown", "md": self = .markdown
    case let other?:
      throw VerbFailure(
        "没有格式“\(other)”；可以是 text、json、csv、markdown", "there is no format “\(other)”; it can be text, json, csv, markdown")
    }
  }
}
