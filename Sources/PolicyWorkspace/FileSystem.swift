import Glibc
package import PolicyStore
package import PolicyTables

/// Why a file or folder could not be read.
package struct FileFailure: Error, Hashable, Sendable {
  package enum Cause: Hashable, Sendable {
    case notFound, notPermitted, isFolder, tooLarge
    /// The person stopped the reading.
    case interrupted
    /// It is a store, which can't be read.
    case store(StoreFailure)
    /// A workbook that can't be read.
    case table(TableFailure)
    /// The system's own error number.
    case other(Int32)
  }

  package let path: String
  package let cause: Cause

  package init(path: String, cause: Cause) {
    self.path = path
    self.cause = cause
  }
}

/// Reading and writing of files, for everything but the prompt's own scripts and history.
package enum FileSystem {
  /// The largest file that is read: 1 GiB.
  static let sizeLimit = 1 << 30

  /// The bytes of a file.
  package static func read(_ path: String) throws(FileFailure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path) }
    if status.st_mode & S_IFMT == S_IFDIR { throw FileFailure(path: path, cause: .isFolder) }
    guard Int(status.st_size) <= sizeLimit else { throw FileFailure(path: path, cause: .tooLarge) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(status.st_size))
    var buffer = [UInt8](repeating: 0, count: max(4096, min(Int(status.st_size) + 1, 1 << 20)))
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw failure(path)
      }
      if count == 0 { return bytes }
      bytes += buffer[0..<count]
      if bytes.count > sizeLimit { throw FileFailure(path: path, cause: .tooLarge) }
    }
  }

  /// Whether a file is a SQLite file with an application's number.
  static func isDatabase(_ path: String, of application: Int) -> Bool {
    // What a pipe gives is gone once it is read.
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    // The number stands at byte 68 of the head, the highest byte first.
    var head = [UInt8](repeating: 0, count: 72)
    guard Glibc.read(descriptor, &head, head.count) == head.count else { return false }
    return head.starts(with: Array("SQLite format 3\0".utf8))
      && head[68...].reduce(0) { $0 << 8 | Int($1) } == application
  }

  /// Replaces a file whole: a new file is written beside it and takes its name, so that a kill leaves the old or the new.
  package static func write(_ text: String, to path: String) throws(FileFailure) {
    let temporary = path + ".tiaoli-new"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(path) }
    let bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + start, bytes.count - start) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let cause = failure(path)
        close(descriptor)
        unlink(temporary)
        throw cause
      }
      start += count
    }
    let isSynced = fsync(descriptor) == 0
    close(descriptor)
    guard isSynced, rename(temporary, path) == 0 else {
      let cause = failure(path)
      unlink(temporary)
      throw cause
    }
  }

  /// Whether a path names a folder; nil where nothing is there.
  package static func isFolder(_ path: String) -> Bool? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return status.st_mode & S_IFMT == S_IFDIR
  }

  /// The files below a folder with an ending, in the order of their paths by bytes; hidden ones are left out.
  package static func files(below folder: String, ending: String) throws(FileFailure) -> [String] {
    var result: [String] = []
    try collect(folder, ending, depth: 0, &result)
    return inOrder(result)
  }

  /// Paths in the order of their bytes.
  static func inOrder(_ paths: [String]) -> [String] {
    paths.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
  }

  /// What tells that a file may have changed; nil where it can't be read.
  static func stamp(_ path: String) -> FileStamp? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return FileStamp(
      seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec, size: Int(status.st_size),
      number: UInt(status.st_ino))
  }

  /// What stands in a folder, in the order of names; nothing where it can't be read.
  package static func entries(of folder: String) -> [(name: String, isFolder: Bool)] {
    names(in: folder)?.sorted().map { name in
      (name, isFolder(folder.hasSuffix("/") ? folder + name : folder + "/" + name) == true)
    } ?? []
  }

  private static func names(in folder: String) -> [String]? {
    guard let stream = opendir(folder) else { return nil }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  private static func collect(
    _ folder: String, _ ending: String, depth: Int, _ result: inout [String]
  ) throws(FileFailure) {
    guard depth < 32 else { return }
    guard let names = names(in: folder) else { throw failure(folder) }
    for name in names where !name.hasPrefix(".") {
      let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
      if isFolder(path) == true {
        try collect(path, ending, depth: depth + 1, &result)
      } else if name.hasSuffix(ending) {
        result.append(path)
      }
    }
  }

  static func failure(_ path: String) -> FileFailure {
    switch errno {
    case ENOENT, ENOTDIR: FileFailure(path: path, cause: .notFound)
    case EACCES, EPERM: FileFailure(path: path, cause: .notPermitted)
    case EISDIR: FileFailure(path: path, cause: .isFolder)
    default: FileFailure(path: path, cause: .other(errno))
    }
  }

  /// The path of a name given relative to a file, with `.` and `..` worked out.
  package static func resolve(_ name: String, relativeTo file: String) -> String {
    if name.hasPrefix("/") { return normalized(name) }
    let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
    return normalized(folder + name)
  }

  /// A path without `.`, `..` and doubled slashes where they can be worked out.
  package static func normalized(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/", omittingEmptySubsequences: true) {
      if part == "." { continue }
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    let joined = parts.joined(separator: "/")
    return path.hasPrefix("/") ? "/" + joined : joined.isEmpty ? "." : joined
  }
}
