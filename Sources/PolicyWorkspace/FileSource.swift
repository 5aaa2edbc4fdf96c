import PolicyText

/// Where rule files and official texts are read from.
package enum FileSource: Sendable {
  case disk
  /// Files as they are given, by path, whatever the disk holds.
  case memory([String: [UInt8]])
  case revision(GitRevision)

  /// The files of a policy as they were read.
  package static func asRead(for policies: PolicySet) -> FileSource {
    .memory(
      Dictionary(
        policies.files.ids.map { (policies.files[$0].path, policies.files[$0].bytes) },
        uniquingKeysWith: { first, _ in first }))
  }

  func read(_ path: String) throws(FileFailure) -> [UInt8] {
    switch self {
    case .disk: return try FileSystem.read(path)
    case .memory(let files):
      guard let bytes = files[path] else { throw FileFailure(path: path, cause: .notFound) }
      return bytes
    case .revision(let revision): return try revision.read(path)
    }
  }

  /// The rule files below a folder, in the order of their paths by bytes.
  func ruleFiles(below folder: String) throws(FileFailure) -> [String] {
    let folder = FileSystem.normalized(folder)
    switch self {
    case .disk: return try FileSystem.files(below: folder, ending: ".tiaoli")
    case .memory(let files):
      return FileSystem.inOrder(
        files.keys.filter { $0.hasPrefix(folder == "." ? "" : folder + "/") && $0.hasSuffix(".tiaoli") })
    case .revision(let revision): return revision.files(below: folder, ending: ".tiaoli")
    }
  }

  /// Whether a path names a folder; nil where nothing is there.
  func isFolder(_ path: String) -> Bool? {
    switch self {
    case .disk: return FileSystem.isFolder(path)
    case .memory(let files):
      let path = FileSystem.normalized(path)
      if files[path] != nil { return false }
      return path == "." || files.keys.contains { $0.hasPrefix(path + "/") } ? true : nil
    case .revision(let revision): return revision.isFolder(FileSystem.normalized(path))
    }
  }
}
