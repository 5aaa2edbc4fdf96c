package import PolicyDiagnostics
package import PolicyIR
package import PolicyText

/// What files of facts hold.
package struct FactsResult: Sendable {
  /// The subjects in the order of files and rows, without those that another owns (a project's loans).
  package var subjects: [Subject] = []
  /// Where each subject comes from, at the same index.
  package var places: [SubjectPlace] = []
  /// Every remark, by file and place.
  package var remarks: [Diagnostic] = []
  /// How each file was read, in the order of the inputs.
  package var reports: [FactsReport] = []

  package init() {}
}

/// Where a subject was read.
package struct SubjectPlace: Hashable, Sendable {
  /// The row's or object's place in the decoded file.
  package var span: Span
  /// The row as a spreadsheet counts it, from 1; nil for JSON and YAML.
  package var row: Int?

  package init(span: Span, row: Int?) {
    self.span = span
    self.row = row
  }
}

/// How a file was read.
package struct FactsReport: Sendable {
  /// The decoded text, under which diagnostics have their places.
  package var file: FileID
  package var encoding: FactsEncoding
  package var format: FactsFormat
  /// The delimiter of a CSV file.
  package var delimiter: String?
  /// The row of the header, from 1; nil for JSON and YAML and where no row is one.
  package var headerRow: Int?
  /// Every column with what it gives, in order; empty for JSON and YAML.
  package var columns: [FactsColumn] = []
  /// Title rows, 合计 rows and notes below the table.
  package var skippedRows: [Int] = []
}

/// One column of a table.
package struct FactsColumn: Hashable, Sendable {
  /// The header as it was written.
  package var header: String
  package var span: Span
  package var use: Use

  /// What a column gives.
  package enum Use: Hashable, Sendable {
    /// The subject's name.
    case name
    /// The subject's kind.
    case kind
    /// The name of the subject that owns this row through the field.
    case owner(FieldID)
    /// A fact, with the unit of its bare numbers.
    case field(FieldID, unit: String?)
    /// Something of a related subject: 贷款1_本金, 贷款_列全.
    case related(FieldID)
    /// Nothing.
    case ignored
  }
}
