import PolicyAnswers
import PolicyFacts
import PolicyTables

extension TableBatch {
  /// Begins the output, in the form that its name asks for.
  func openSink(keeping kept: PartState?) throws(BatchFailure) -> any TableSink {
    switch TableForm(named: output) {
    case .csv: return try FileSink(output, keeping: kept?.bytes, hasLineEnds: input.form == .csv)
    case .lines: return try LinesSink(self, keeping: kept)
    case .workbook:
      return try SheetSink(
        output, input.part ?? wording.say("结论", "answers"), delimiter: head.delimiter, typed: head.width,
        withUnits: input.form == .workbook)
    }
  }
}
