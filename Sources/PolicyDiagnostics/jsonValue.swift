package import PolicyText

/// The diagnostics as a JSON array, in the order given; columns count Characters from 1.
package func jsonValue(_ diagnostics: [Diagnostic], files: SourceFiles) -> JSONValue {
  .array(
    diagnostics.map { diagnostic in
      .object(
        [
          ("id", .string(diagnostic.id.rawValue)),
          ("severity", .string(diagnostic.severity.rawValue)),
          ("message", json(diagnostic.primary.message)),
        ] + place(diagnostic.primary.span, files) + [
          ("caption", diagnostic.caption.map(json) ?? .null),
          ("clause", .optional(diagnostic.clause)),
          (
            "related",
            .array(
              diagnostic.related.map { .object([("message", json($0.message))] + place($0.span, files)) })
          ),
          ("help", .array(diagnostic.help.map(json))),
          (
            "replacement",
            diagnostic.replacement.map {
              .object(place($0.span, files) + [("text", .string($0.text))])
            } ?? .null
          ),
        ])
    })
}

private func json(_ text: Bilingual) -> JSONValue {
  .object([("zh", .string(text.zh)), ("en", .string(text.en))])
}

private func place(_ span: Span, _ files: SourceFiles) -> [(String, JSONValue)] {
  let file = files[span.file]
  let start = file.position(of: span.start)
  let end = file.position(of: span.end)
  return [
    ("path", .string(file.path)), ("line", .integer(start.line)), ("column", .integer(start.column)),
    ("endLine", .integer(end.line)), ("endColumn", .integer(end.column)),
  ]
}
