import Glibc

/// The history on disk: one JSON object a line, readable by the user only, safe with several writers.
package struct HistoryFile: Sendable {
  /// The file's path.
  package let path: String

  /// A file at a path; nothing is opened yet.
  package init(path: String) { self.path = path }

  /// Where the program's history is by the XDG rules; nil without `HOME`.
  package static func standardPath(program: String) -> String? {
    if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") { return "\(state)/\(program)/history" }
    guard let home = environment("HOME"), home.hasPrefix("/") else { return nil }
    return "\(home)/.local/state/\(program)/history"
  }

  /// The entries, oldest first; lines that are no entries are left out.
  package func load() -> [String] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    return entries(of: readAll(descriptor))
  }

  /// Makes the folder and the file if they aren't there; 0 or the system's error number.
  package func create() -> Int32 {
    makeDirectory()
    let descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return errno }
    close(descriptor)
    return 0
  }

  /// Appends an entry by one write; 0 or the system's error number.
  package func append(_ entry: String) -> Int32 {
    makeDirectory()
    // A compaction may replace the file between opening and locking it: then the new one is opened.
    for _ in 0..<8 {
      let descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { return errno }
      defer { close(descriptor) }
      _ = flock(descriptor, LOCK_SH)
      guard isCurrent(descriptor) else { continue }
      fchmod(descriptor, 0o600)
      var bytes = Array(HistoryRecord.encode(entry).utf8)
      if !endsInLineBreak(descriptor) { bytes.insert(0x0A, at: 0) }
      return writeAll(descriptor, bytes)
    }
    return EAGAIN
  }

  /// Rewrites the file with each entry once, if it holds many more lines than that.
  package func compact() {
    let descriptor = open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, isCurrent(descriptor) else { return }
    let bytes = readAll(descriptor)
    let kept = History(entries(of: bytes)).entries
    let lines = bytes.reduce(0) { $1 == 0x0A ? $0 + 1 : $0 }
    guard lines > 2 * kept.count + 100 || lines > History.limit + 1000 else { return }
    rewrite(kept)
  }

  /// Removes all entries; 0 or the system's error number.
  package func clear() -> Int32 {
    let descriptor = open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { return errno == ENOENT ? 0 : errno }
    defer { close(descriptor) }
    _ = flock(descriptor, LOCK_EX)
    return ftruncate(descriptor, 0) == 0 ? 0 : errno
  }

  private func rewrite(_ entries: [String]) {
    let temporary = "\(path).\(getpid())"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    let failure = writeAll(descriptor, Array(entries.map(HistoryRecord.encode).joined().utf8))
    close(descriptor)
    if failure != 0 || rename(temporary, path) != 0 { unlink(temporary) }
  }

  private func entries(of bytes: [UInt8]) -> [String] {
    bytes.split(separator: 0x0A).compactMap { HistoryRecord.decode($0) }
  }

  private func makeDirectory() {
    var end = path.startIndex
    while let slash = path[end...].dropFirst().firstIndex(of: "/") {
      mkdir(String(path[..<slash]), 0o700)
      end = slash
    }
  }

  private func isCurrent(_ descriptor: Int32) -> Bool {
    var opened = stat()
    var named = stat()
    return fstat(descriptor, &opened) == 0 && stat(path, &named) == 0
      && opened.st_ino == named.st_ino && opened.st_dev == named.st_dev
  }

  private func endsInLineBreak(_ descriptor: Int32) -> Bool {
    let size = lseek(descriptor, 0, SEEK_END)
    var last: UInt8 = 0x0A
    return size <= 0 || pread(descriptor, &last, 1, size - 1) != 1 || last == 0x0A
  }
}
