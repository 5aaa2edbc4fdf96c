import PolicyTables

/// Where a table's rows go with their answers, whatever it is kept in.
protocol TableSink: AnyObject {
  /// Told once of titles and header, as CSV, before the rows; not where an unfinished output is gone on with.
  func begin(_ head: [UInt8]) throws(BatchFailure)
  /// Takes whole records of CSV.
  func write(_ records: UnsafeRawBufferPointer) throws(BatchFailure)
  /// Gives the output its name.
  func finish() throws(BatchFailure)
}

/// A file of CSV, under another name until it is whole.
final class FileSink: TableSink {
  private var file: PartFile?
  private let hasLineEnds: Bool

  /// - Parameter hasLineEnds: Whether line ends within cells stand as they are, or as vertical tabs that are made line ends here.
  init(_ path: String, keeping kept: Int?, hasLineEnds: Bool = true) throws(BatchFailure) {
    self.hasLineEnds = hasLineEnds
    do throws(FileFailure) { file = try PartFile(path, keeping: kept) } catch { throw .file(error) }
  }

  func begin(_ head: [UInt8]) throws(BatchFailure) { try write(bytes: withLineEnds([0xEF, 0xBB, 0xBF] + head)) }

  func write(_ records: UnsafeRawBufferPointer) throws(BatchFailure) {
    if !hasLineEnds { return try write(bytes: withLineEnds(Array(records))) }
    do throws(FileFailure) { try file?.write(records) } catch { throw .file(error) }
  }

  /// Writes bytes as they are.
  func write(bytes: [UInt8]) throws(BatchFailure) {
    do throws(FileFailure) { try file?.write(bytes) } catch { throw .file(error) }
  }

  private func withLineEnds(_ bytes: [UInt8]) -> [UInt8] {
    hasLineEnds ? bytes : bytes.map { $0 == 0x0B ? 0x0A : $0 == 0x0C ? 0x0D : $0 }
  }

  func finish() throws(BatchFailure) {
    do throws(FileFailure) { try file.take()?.finish() } catch { throw .file(error) }
  }
}

/// A sheet of a new workbook, which takes its name when it is whole and read back.
final class SheetSink: TableSink {
  private let path: String
  private let sink: WorkbookSink

  init(_ path: String, _ sheet: String, delimiter: String, typed: Int, withUnits: Bool) throws(BatchFailure) {
    self.path = path
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    do throws(TableFailure) {
      sink = try WorkbookSink(
        PartFile.name(of: path), in: folder, sheet: sheet, delimiter: Array(delimiter.utf8), typed: typed,
        withUnits: withUnits)
    } catch { throw .table(error) }
  }

  func begin(_ head: [UInt8]) throws(BatchFailure) {
    do throws(TableFailure) { try sink.begin(head) } catch { throw .table(error) }
  }

  func write(_ records: UnsafeRawBufferPointer) throws(BatchFailure) {
    do throws(TableFailure) { try sink.write(Array(records)) } catch { throw .table(error) }
  }

  func finish() throws(BatchFailure) {
    do throws(TableFailure) {
      try sink.finish()
    } catch {
      FileSystem.remove(PartFile.name(of: path))
      throw .table(error)
    }
    do throws(FileFailure) { try FileSystem.settle(PartFile.name(of: path), as: path) } catch { throw .file(error) }
  }
}
