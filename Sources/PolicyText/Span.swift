/// The number of a file within one `SourceFiles`.
package struct FileID: Hashable, Sendable {
  /// The position of the file in the order in which files were added, from zero.
  package var rawValue: UInt32

  /// Makes the id of the file with this position.
  package init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// A half-open range of UTF-8 offsets in one file, in 12 bytes.
package struct Span: Hashable, Sendable {
  /// The file that the offsets count in.
  package var file: FileID
  /// The offset of the first byte.
  package var start: UInt32
  /// The offset behind the last byte.
  package var end: UInt32

  /// Makes a span; an end before the start counts as the start.
  package init(file: FileID, start: UInt32, end: UInt32) {
    self.file = file
    self.start = start
    self.end = max(start, end)
  }

  /// Whether the span holds no byte.
  package var isEmpty: Bool { start == end }

  /// The smallest span that holds both; the second is ignored when it lies in another file.
  package static func joined(_ first: Span, _ second: Span) -> Span {
    guard first.file == second.file else { return first }
    return Span(
      file: first.file, start: min(first.start, second.start), end: max(first.end, second.end))
  }

  /// The smallest span that holds both; the other is ignored when it lies in another file.
  package func joined(_ other: Span) -> Span { Span.joined(self, other) }
}
