/// One file of facts as it was read from disk.
package struct FactsInput: Sendable {
  /// The path as messages print it; its extension chooses the format.
  package var path: String
  /// The content, in whatever encoding.
  package var bytes: [UInt8]
  /// The format where the path doesn't say it.
  package var format: FactsFormat?

  /// A file of facts.
  package init(path: String, bytes: [UInt8], format: FactsFormat? = nil) {
    self.path = path
    self.bytes = bytes
    self.format = format
  }
}

/// The encoding in which a file of facts was read.
package enum FactsEncoding: String, Hashable, Sendable {
  case utf8 = "UTF-8"
  /// UTF-8 with a byte order mark, as Excel writes and wants it.
  case utf8WithMark = "UTF-8 BOM"
  /// What Chinese Excel and WPS write as CSV（逗号分隔）.
  case gb18030 = "GB18030"
}

/// The format in which a file of facts was read.
package enum FactsFormat: String, Hashable, Sendable {
  case csv, json, yaml
  /// JSON Lines: an object a line.
  case lines = "jsonl"
}
