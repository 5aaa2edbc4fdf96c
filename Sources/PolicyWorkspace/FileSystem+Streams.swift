import Glibc

/// A file that is read from its beginning to its end, part by part.
package struct FileReader: ~Copyable {
  private let path: String
  private let descriptor: Int32
  /// The size when it was opened.
  package let size: Int

  package init(_ path: String) throws(FileFailure) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileSystem.failure(path) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let failure = FileSystem.failure(path)
      close(descriptor)
      throw failure
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      close(descriptor)
      throw FileFailure(path: path, cause: .isFolder)
    }
    size = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// Appends some of the following bytes, at most so many; false at the end of the file.
  package func read(into buffer: inout [UInt8], atMost most: Int) throws(FileFailure) -> Bool {
    let start = buffer.count
    buffer.append(contentsOf: repeatElement(0, count: most))
    var count = -1
    repeat {
      count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress! + start, most) }
    } while count < 0 && errno == EINTR
    guard count >= 0 else { throw FileSystem.failure(path) }
    buffer.removeLast(most - count)
    return count > 0
  }
}

/// A file that grows under another name, `.part`, until it is whole and takes its own.
package struct PartFile: ~Copyable {
  package let path: String
  private let descriptor: Int32

  /// The name under which an unfinished file stands.
  package static func name(of path: String) -> String { path + ".part" }

  /// Begins a file, or goes on behind the first `kept` bytes of an unfinished one.
  package init(_ path: String, keeping kept: Int? = nil) throws(FileFailure) {
    self.path = path
    let part = Self.name(of: path)
    descriptor = open(part, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileSystem.failure(part) }
    guard ftruncate(descriptor, off_t(kept ?? 0)) == 0, lseek(descriptor, 0, SEEK_END) >= 0 else {
      let failure = FileSystem.failure(part)
      close(descriptor)
      throw failure
    }
  }

  deinit { close(descriptor) }

  /// Writes all of the bytes.
  package func write(_ bytes: [UInt8]) throws(FileFailure) {
    let result = bytes.withUnsafeBytes { bytes in Result { () throws(FileFailure) in try write(bytes) } }
    try result.get()
  }

  /// Writes all of the bytes.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) {
    var start = 0
    while start < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress! + start, bytes.count - start)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw FileSystem.failure(Self.name(of: path)) }
      start += count
    }
  }

  /// Gives the file its name, once it is safe on the disk.
  package consuming func finish() throws(FileFailure) {
    guard fsync(descriptor) == 0, rename(Self.name(of: path), path) == 0 else {
      throw FileSystem.failure(path)
    }
  }
}

extension FileSystem {
  /// The first bytes of a file, by which its form is told: at most 1 MiB.
  static func beginning(of path: String) throws(FileFailure) -> [UInt8] {
    let reader = try FileReader(path)
    var bytes: [UInt8] = []
    while bytes.count < 1 << 20, try reader.read(into: &bytes, atMost: 1 << 18) {}
    return bytes
  }

  /// Gives a whole file that another library wrote its name, once it is safe on the disk.
  static func settle(_ part: String, as path: String) throws(FileFailure) {
    let descriptor = open(part, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(part) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0, rename(part, path) == 0 else { throw failure(path) }
  }

  /// Takes a file away, if it is there.
  static func remove(_ path: String) { unlink(path) }
}
