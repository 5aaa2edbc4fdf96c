/// The files of one run, each with an id.
package struct SourceFiles: Sendable {
  private var files: [SourceFile] = []

  /// Makes an empty collection.
  package init() {}

  /// The number of files.
  package var count: Int { files.count }

  /// The ids of all files in the order in which they were added.
  package var ids: [FileID] { files.indices.map { FileID(rawValue: UInt32($0)) } }

  /// Adds a file and returns its id.
  package mutating func add(path: String, bytes: [UInt8]) -> FileID {
    add(SourceFile(path: path, bytes: bytes))
  }

  /// Adds a file and returns its id.
  package mutating func add(_ file: SourceFile) -> FileID {
    files.append(file)
    return FileID(rawValue: UInt32(files.count - 1))
  }

  /// Puts another file in the place of one.
  package mutating func replace(_ id: FileID, with file: SourceFile) {
    if files.indices.contains(Int(id.rawValue)) { files[Int(id.rawValue)] = file }
  }

  /// The file with an id; an empty file without a path for an id that was never given out.
  package subscript(_ id: FileID) -> SourceFile {
    let index = Int(id.rawValue)
    return index < files.count ? files[index] : SourceFile(path: "", bytes: [])
  }

  /// The text of a span, clamped to its file.
  package func text(of span: Span) -> String { self[span.file].text(of: span) }
}
