package import PolicyText

/// A form in which diagnostics are printed.
package enum DiagnosticFormat: String, Sendable, CaseIterable {
  /// For people: source lines with carets.
  case text
  /// One line each, as compilers print and editors read: `path:line:col: error: message [T0101]`.
  case gnu
  /// A JSON array.
  case json
  /// SARIF 2.1.0, for code review tools.
  case sarif
}

/// The diagnostics as text, each once, sorted by file, offset and id.
///
/// - Parameters:
///   - color: whether the text form uses ANSI colours.
///   - width: the cells of the terminal, to which long source lines are cut and help is wrapped in the text form.
package func render(
  _ diagnostics: [Diagnostic], files: SourceFiles, format: DiagnosticFormat, language: Language,
  color: Bool = false, width: Int? = nil
) -> String {
  let sorted = diagnostics.sortedAndUnique()
  switch format {
  case .text:
    var renderer = TextRenderer(files: files, language: language, color: color, width: width)
    for diagnostic in sorted { renderer.append(diagnostic) }
    return renderer.output
  case .gnu:
    return sorted.map { gnuLine($0, files, language) + "\n" }.joined()
  case .json:
    return jsonValue(sorted, files: files).serialized(pretty: true) + "\n"
  case .sarif:
    return sarifValue(sorted, files: files, language: language).serialized(pretty: true) + "\n"
  }
}

private func gnuLine(_ diagnostic: Diagnostic, _ files: SourceFiles, _ language: Language) -> String {
  let span = diagnostic.primary.span
  let position = files[span.file].position(of: span.start)
  let message = diagnostic.primary.message[language].inOneLine
  // The severity stays English in both languages, because the tools that read this form look for it.
  return "\(files[span.file].path):\(position.line):\(position.column): \(diagnostic.severity.rawValue): "
    + "\(message) [\(diagnostic.id.rawValue)]"
}

/// The closing line, such as 2 个错误，1 个警告; nil if there is nothing to count.
package func summary(of diagnostics: some Collection<Diagnostic>, language: Language) -> String? {
  let unique = diagnostics.sortedAndUnique()
  let counts = Severity.allCases.map { severity in
    (severity, unique.count { $0.severity == severity })
  }.filter { $0.1 > 0 }
  guard !counts.isEmpty else { return nil }
  switch language {
  case .zh: return counts.map { "\($0.1) 个\($0.0.word.zh)" }.joined(separator: "，")
  case .en: return counts.map { "\($0.1) \($0.0.word.en)\($0.1 == 1 ? "" : "s")" }.joined(separator: ", ")
  }
}

extension String {
  /// The text on one line, with control characters made harmless for terminals.
  var inOneLine: String {
    guard unicodeScalars.contains(where: { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) }) else { return self }
    var result = UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D: result.append(" ")
      case 0..<0x20, 0x7F..<0xA0: result.append("\u{FFFD}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
