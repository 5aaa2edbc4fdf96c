import PolicyText

/// A revision of a git repository, whose files are read without being checked out.
package struct GitRevision: Sendable {
  /// As it was asked for: `HEAD~1`.
  package let name: String
  private let repository: String
  private let commit: String
  /// The files of the revision, by their paths from the root.
  private let paths: Set<String>

  /// Why a revision can't be read.
  package enum Failure: Error, Hashable, Sendable {
    /// No `git` can be run.
    case noGit
    /// The folder is in no repository.
    case noRepository(String)
    /// The nearest names of branches and tags.
    case noRevision(String, nearest: [String])
  }

  /// Finds a revision in the repository of a folder.
  package init(_ name: String, in folder: String) throws(Failure) {
    guard runProgram(["git", "--version"]) != nil else { throw .noGit }
    guard let root = Self.line(runProgram(["git", "-C", folder, "rev-parse", "--show-toplevel"])) else {
      throw .noRepository(folder)
    }
    let asked = ["git", "-C", root, "rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"]
    guard !name.isEmpty, let commit = Self.line(runProgram(asked)),
      let listing = runProgram(["git", "-C", root, "ls-tree", "-r", "-z", "--name-only", "--full-tree", commit])
    else {
      let known = runProgram(["git", "-C", root, "for-each-ref", "--format=%(refname:short)"]) ?? []
      let names = String(decoding: known, as: UTF8.self).split(separator: "\n").map(String.init)
      throw .noRevision(name, nearest: nearest(name, in: names + ["HEAD", "HEAD~1"]))
    }
    self.name = name
    repository = root
    self.commit = commit
    paths = Set(listing.split(separator: 0).map { String(decoding: $0, as: UTF8.self) })
  }

  private static func line(_ output: [UInt8]?) -> String? {
    guard let output, !output.isEmpty else { return nil }
    return String(decoding: output.prefix { $0 != 0x0A }, as: UTF8.self)
  }

  /// What stands before the paths of its files: `HEAD~1:/policies`.
  private var prefix: String { name + ":/" }

  /// The path of a file or folder of the working copy in this revision.
  package func path(ofWorking path: String) throws(Failure) -> String {
    let isFolder = FileSystem.isFolder(path)
    let folder = isFolder == true ? path : FileSystem.resolve(".", relativeTo: path)
    if let inside = runProgram(["git", "-C", folder, "rev-parse", "--show-prefix"]) {
      let inside = Self.line(inside) ?? ""
      let name = isFolder == true ? "" : path.split(separator: "/").last.map(String.init) ?? ""
      return FileSystem.normalized(prefix + inside + name)
    }
    // A folder that only the revision has is taken from the root.
    return FileSystem.normalized(prefix + path)
  }

  /// The path of a file or folder given from the root of the repository.
  package func path(fromRoot path: String) -> String { FileSystem.normalized(prefix + path) }

  private func inside(_ path: String) -> String? {
    if path + "/" == prefix || path == prefix { return "" }
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : nil
  }

  func read(_ path: String) throws(FileFailure) -> [UInt8] {
    guard let inside = inside(path), paths.contains(inside),
      let bytes = runProgram(["git", "-C", repository, "cat-file", "blob", commit + ":" + inside])
    else { throw FileFailure(path: path, cause: .notFound) }
    return bytes
  }

  func isFolder(_ path: String) -> Bool? {
    guard let inside = inside(path) else { return nil }
    if paths.contains(inside) { return false }
    return inside.isEmpty || paths.contains { $0.hasPrefix(inside + "/") } ? true : nil
  }

  func files(below folder: String, ending: String) -> [String] {
    guard let inside = inside(folder) else { return [] }
    return FileSystem.inOrder(
      paths.filter { path in
        path.hasPrefix(inside.isEmpty ? "" : inside + "/") && path.hasSuffix(ending)
          && !path.dropFirst(inside.utf8.count).split(separator: "/").contains { $0.hasPrefix(".") }
      }.map { prefix + $0 })
  }
}
