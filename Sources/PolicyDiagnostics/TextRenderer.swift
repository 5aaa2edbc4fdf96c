import PolicyText

/// Writes diagnostics for people: the header, source lines with carets, the clause, related places and help.
struct TextRenderer {
  /// The ANSI styles in use.
  private enum Style: String {
    case error = "1;31"
    case warning = "1;33"
    case note = "1;36"
    case bold = "1"
    case gutter = "34"
  }

  /// What has been written.
  private(set) var output = ""
  private let files: SourceFiles
  private let language: Language
  private let color: Bool
  private let width: Int?

  /// Makes a renderer.
  init(files: SourceFiles, language: Language, color: Bool, width: Int?) {
    self.files = files
    self.language = language
    self.color = color
    self.width = width
  }

  /// Writes one diagnostic, with a blank line before it unless it is the first.
  mutating func append(_ diagnostic: Diagnostic) {
    if !output.isEmpty { output += "\n" }
    let style = style(of: diagnostic.severity)
    let header = paint("\(diagnostic.severity.word[language])[\(diagnostic.id.rawValue)]", style)
    line(header + paint(colon + diagnostic.primary.message[language].inOneLine, .bold))

    let labels = [diagnostic.primary] + diagnostic.related
    let gutter = labels.map { String(files[$0.span.file].line(of: $0.span.start)).count }.max() ?? 1
    excerpt(
      diagnostic.primary.span, text: diagnostic.caption?[language] ?? "", mark: "^", style: style, gutter: gutter)
    for label in diagnostic.related {
      excerpt(label.span, text: label.message[language], mark: "-", style: .gutter, gutter: gutter)
    }
    if let clause = diagnostic.clause {
      let word = language == .zh ? "所在条款" : "in clause"
      remark(word + colon + clause.inOneLine, gutter)
    }
    for help in diagnostic.help {
      remark((language == .zh ? "建议" : "help") + colon + help[language].inOneLine, gutter)
    }
  }

  private var colon: String { language == .zh ? "：" : ": " }

  private mutating func line(_ text: String) { output += text + "\n" }

  private mutating func remark(_ text: String, _ gutter: Int) {
    let indent = String(repeating: " ", count: gutter + 1)
    let room = width.map { max($0 - gutter - 3, 8) }
    let parts: [String] = room.map { wrapped(text, width: $0) } ?? [text]
    for (index, part) in parts.enumerated() {
      line(indent + paint(index == 0 ? "=" : " ", .gutter) + " " + part)
    }
  }

  private mutating func excerpt(_ span: Span, text: String, mark: String, style: Style, gutter: Int) {
    let file = files[span.file]
    let start = file.position(of: span.start)
    let indent = String(repeating: " ", count: gutter)
    let place = "\(file.path.inOneLine):\(start.line):\(start.column)"
    line(indent + paint("-->", .gutter) + " " + place)
    let bar = indent + " " + paint("|", .gutter)
    line(bar)
    let room = width.map { max($0 - gutter - 3, 16) }
    let shown = MarkedLine(file: file, span: span, width: room)
    let number = padded(String(start.line), to: gutter, alignRight: true)
    line(paint(number + " |", .gutter) + (shown.text.isEmpty ? "" : " " + shown.text))
    let carets = String(repeating: mark, count: shown.markWidth) + (shown.goesOn ? "…" : "")
    let label = text.isEmpty ? "" : " " + text.inOneLine
    line(bar + " " + String(repeating: " ", count: shown.markStart) + paint(carets + label, style))
  }

  private func style(of severity: Severity) -> Style {
    switch severity {
    case .error: .error
    case .warning: .warning
    case .note: .note
    }
  }

  private func paint(_ text: String, _ style: Style) -> String {
    color ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }
}
