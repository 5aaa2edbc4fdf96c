package import PolicyText

/// The diagnostics as a SARIF 2.1.0 log with one run, in the order given; columns count UTF-16 code units.
package func sarifValue(
  _ diagnostics: [Diagnostic], files: SourceFiles, language: Language
) -> JSONValue {
  let rules = DiagnosticID.allCases.filter { id in diagnostics.contains { $0.id == id } }
  let driver: JSONValue = .object([
    ("name", "tiaoli"),
    (
      "rules",
      .array(
        rules.map {
          .object([
            ("id", .string($0.rawValue)),
            ("shortDescription", .object([("text", .string($0.title[language]))])),
          ])
        })
    ),
  ])
  return .object([
    ("$schema", "https://json.schemastore.org/sarif-2.1.0.json"),
    ("version", "2.1.0"),
    (
      "runs",
      .array([
        .object([
          ("tool", .object([("driver", driver)])),
          ("language", .string(language == .zh ? "zh-CN" : "en")),
          ("columnKind", "utf16CodeUnits"),
          ("results", .array(diagnostics.map { result($0, files, language) })),
        ])
      ])
    ),
  ])
}

private func result(_ diagnostic: Diagnostic, _ files: SourceFiles, _ language: Language) -> JSONValue {
  let text = ([diagnostic.primary.message] + diagnostic.help).map { $0[language] }.joined(separator: "\n")
  var members: [(String, JSONValue)] = [
    ("ruleId", .string(diagnostic.id.rawValue)),
    ("level", .string(diagnostic.severity.rawValue)),
    ("message", .object([("text", .string(text))])),
    ("locations", .array([location(diagnostic.primary.span, nil, diagnostic.clause, files)])),
  ]
  if !diagnostic.related.isEmpty {
    let related = diagnostic.related.map { location($0.span, $0.message[language], nil, files) }
    members.append(("relatedLocations", .array(related)))
  }
  if let replacement = diagnostic.replacement {
    let change: JSONValue = .object([
      ("artifactLocation", artifact(replacement.span, files)),
      (
        "replacements",
        .array([
          .object([
            ("deletedRegion", region(replacement.span, files)),
            ("insertedContent", .object([("text", .string(replacement.text))])),
          ])
        ])
      ),
    ])
    members.append(("fixes", .array([.object([("artifactChanges", .array([change]))])])))
  }
  return .object(members)
}

private func location(
  _ span: Span, _ message: String?, _ clause: String?, _ files: SourceFiles
) -> JSONValue {
  var members: [(String, JSONValue)] = [
    (
      "physicalLocation",
      .object([("artifactLocation", artifact(span, files)), ("region", region(span, files))])
    )
  ]
  if let clause {
    members.append(("logicalLocations", .array([.object([("fullyQualifiedName", .string(clause))])])))
  }
  if let message { members.append(("message", .object([("text", .string(message))]))) }
  return .object(members)
}

private func artifact(_ span: Span, _ files: SourceFiles) -> JSONValue {
  .object([("uri", .string(percentEncoded(files[span.file].path)))])
}

private func region(_ span: Span, _ files: SourceFiles) -> JSONValue {
  let start = files[span.file].position(of: span.start)
  let end = files[span.file].position(of: span.end)
  return .object([
    ("startLine", .integer(start.line)), ("startColumn", .integer(start.utf16Column)),
    ("endLine", .integer(end.line)), ("endColumn", .integer(end.utf16Column)),
  ])
}

/// A path as a URI reference (RFC 3986): everything but unreserved characters and / is escaped.
private func percentEncoded(_ path: String) -> String {
  var result = ""
  for byte in path.utf8 {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F, 0x7E:
      result.unicodeScalars.append(Unicode.Scalar(byte))
    default:
      let digits = String(byte, radix: 16, uppercase: true)
      result += byte < 16 ? "%0\(digits)" : "%\(digits)"
    }
  }
  return result
}
