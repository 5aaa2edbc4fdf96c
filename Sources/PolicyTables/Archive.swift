import CSheets

/// The members of a zip file, by name; names are compared without case, as office programs do.
final class Archive {
  private let zip: CSheetsZip
  private let archive: OpaquePointer
  private var members: [String: (index: UInt64, size: Int)] = [:]

  /// Opens an archive.
  ///
  /// - Throws: `TableFailure` where it is none, or a member is encrypted.
  init(_ path: String) throws(TableFailure) {
    let functions = UnsafeMutablePointer<CSheetsZip>.allocate(capacity: 1)
    defer { functions.deallocate() }
    guard CSheets_open_zip(functions) else { throw .missing("libzip", "libzip4") }
    zip = functions.pointee
    var error: Int32 = 0
    guard let archive = zip.open(path, Int32(ZIP_RDONLY), &error) else {
      throw TableFailure(
        "不是完整的 XLSX 文件（压缩包打不开，libzip 错误 \(error)）；可能没有下载完，或者只是改了扩展名",
        "no whole XLSX file (its archive can't be opened, libzip error \(error)); it may be cut off, or only be named so"
      )
    }
    self.archive = archive
    for index in 0..<UInt64(max(0, zip.get_num_entries(archive, 0))) {
      var status = zip_stat_t()
      guard zip.stat_index(archive, index, 0, &status) == 0, let name = status.name else { continue }
      if status.encryption_method != 0, status.encryption_method != 0xFFFF {
        throw TableFailure("压缩包有密码，没有读取", "the archive has a password; it was not read")
      }
      members[String(cString: name).lowercased()] = (index, Int(clamping: status.size))
    }
  }

  deinit { zip.discard(archive) }

  func holds(_ name: String) -> Bool { members[name.lowercased()] != nil }

  /// The size of a member when it is unpacked, as the archive says it.
  func size(of name: String) -> Int? { members[name.lowercased()]?.size }

  /// Begins to read a member; nil where there is none.
  ///
  /// - Parameter limit: The most bytes that it may unpack to.
  func member(_ name: String, limit: Int) -> ArchiveMember? {
    guard let entry = members[name.lowercased()], let file = zip.fopen_index(archive, entry.index, 0) else {
      return nil
    }
    return ArchiveMember(self, zip, file, name: name, limit: limit)
  }
}

/// One member of an archive, unpacked part by part.
final class ArchiveMember {
  private let archive: Archive
  private let zip: CSheetsZip
  private let file: OpaquePointer
  let name: String
  private let limit: Int
  /// The bytes that were unpacked.
  private(set) var done = 0

  fileprivate init(_ archive: Archive, _ zip: CSheetsZip, _ file: OpaquePointer, name: String, limit: Int) {
    (self.archive, self.zip, self.file, self.name, self.limit) = (archive, zip, file, name, limit)
  }

  deinit { _ = zip.fclose(file) }

  /// Fills the buffer with the next bytes and returns how many there are; 0 at the end.
  ///
  /// - Throws: `TableFailure` where the member is damaged or unpacks to more than it may.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(TableFailure) -> Int {
    let count = Int(zip.fread(file, buffer.baseAddress, UInt64(buffer.count)))
    guard count >= 0 else {
      throw TableFailure(
        "压缩包里的“\(name)”坏了（第 \(done + 1) 个字节以后）", "“\(name)” in the archive is damaged (behind byte \(done))")
    }
    done += count
    guard done <= limit else {
      throw TableFailure(
        "压缩包里的“\(name)”展开后超过 \(limit >> 20) MiB，没有读取（可能是压缩炸弹）",
        "“\(name)” in the archive unpacks to more than \(limit >> 20) MiB; it was not read (it may be a zip bomb)")
    }
    return count
  }
}
