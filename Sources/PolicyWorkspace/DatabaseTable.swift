import PolicyAnswers
import PolicyDiagnostics
import PolicyFacts
import PolicyTables

/// A table or view of a SQLite file.
final class DatabaseTable: TableSource {
  let source: DatabaseSource

  init(_ source: DatabaseSource) { self.source = source }

  var size: Int { source.size }
  var done: Int { source.done }
  var remarks: [Bilingual] { [] }
  var headRows: Int { 1 }
  func begin(_ head: TableHead) {}
  func forget(before line: Int) { source.forget(before: line) }

  func read(into bytes: inout [UInt8], atMost most: Int) throws(BatchFailure) -> Bool {
    do throws(TableFailure) { return try source.read(into: &bytes, atMost: most) } catch { throw .table(error) }
  }

  func place(line: Int, cell: Int) -> String? { "\(source.path):\(source.place(line: line, column: cell))" }
}

/// A new table of a SQLite file.
final class DatabaseTableSink: TableSink {
  private let sink: DatabaseSink

  init(_ batch: TableBatch, keeping kept: TableBatch.PartState?, beside source: any TableSource) throws(BatchFailure) {
    let (path, table) = batch.databaseOutput
    let input = (source as? DatabaseTable)?.source
    do throws(TableFailure) {
      let shared = batch.input.isWritten ? input : nil
      let original =
        if let input { try DatabaseSource(input.path, table: input.table, sharing: shared) } else {
          nil as DatabaseSource?
        }
      sink = try DatabaseSink(
        path, table: table, columns: batch.lineKeys + batch.addedHeads, own: batch.lineKeys.count,
        keeping: kept?.records,
        sharing: shared, original: original, perRecord: batch.options.isLong ? batch.measures.count : 1,
        delimiter: Array(batch.head.delimiter.utf8), replaces: batch.options.replaces,
        withUnits: batch.input.form == .workbook)
    } catch { throw .table(error) }
  }

  func begin(_ head: [UInt8]) throws(BatchFailure) {}

  func write(_ records: UnsafeRawBufferPointer) throws(BatchFailure) {
    do throws(TableFailure) { try sink.write(Array(records)) } catch { throw .table(error) }
  }

  func finish() throws(BatchFailure) {
    do throws(TableFailure) { try sink.finish() } catch { throw .table(error) }
  }
}

extension TableBatch {
  /// The file and the table that the answers go to.
  var databaseOutput: (file: String, table: String) {
    let parts = TableForm.databaseParts(output)
    return (parts?.file ?? output, parts?.table ?? input.part ?? wording.say("结论", "answers"))
  }

  /// The state of an unfinished table.
  ///
  /// It is this table's where its columns are those that would be written, and its last row says the same date and rules.
  func databasePart() throws(BatchFailure) -> PartState? {
    let (file, table) = databaseOutput
    if FileSystem.isFolder(file) == nil { return nil }
    let found: (rows: Int, columns: [String], last: [String])?
    do throws(TableFailure) { found = try DatabaseSink.unfinished(file, table: table) } catch { throw .table(error) }
    guard let found, found.rows > 0 else { return nil }
    // Rows are written some thousands at a time, those of a record together.
    guard found.columns == lineKeys + addedHeads, found.last.suffix(2) == stamp[...] else {
      throw .otherPart("\(file):\(DatabaseSink.part(of: table))")
    }
    let perRecord = options.isLong ? measures.count : 1
    return PartState(bytes: 0, records: found.rows / perRecord)
  }
}
