import PolicyAnswers
import PolicyFacts
import PolicyTables

extension TableBatch {
  /// Begins the output, in the form that its name asks for.
  func openSink(keeping kept: PartState?, beside source: any TableSource) throws(BatchFailure) -> any TableSink {
    switch TableForm(named: output) {
    case .csv: return try FileSink(output, keeping: kept?.bytes, hasLineEnds: input.form == .csv)
    case .lines: return try LinesSink(self, keeping: kept)
    case .database: return try DatabaseTableSink(self, keeping: kept, beside: source)
    case .workbook:
      return try SheetSink(
        output, input.part ?? wording.say("结论", "answers"), delimiter: head.delimiter, typed: head.width,
        withUnits: input.form == .workbook)
    }
  }

  /// The unfinished output of an earlier run, which is not written over unless it is gone on with; nil where there is none.
  package func unfinished() throws(BatchFailure) -> String? {
    switch TableForm(named: output) {
    case .csv, .lines:
      let part = PartFile.name(of: output)
      return FileSystem.isFolder(part) == nil ? nil : part
    case .database:
      let (file, table) = databaseOutput
      guard FileSystem.isFolder(file) != nil else { return nil }
      do throws(TableFailure) {
        return try DatabaseSink.unfinished(file, table: table) == nil ? nil : "\(file):\(DatabaseSink.part(of: table))"
      } catch { throw .table(error) }
    // Written in one run: what a killed one left is of no use.
    case .workbook: return nil
    }
  }
}
