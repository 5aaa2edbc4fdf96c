package import PolicyDiagnostics
package import PolicyIR

/// The rows that stand between two places of a table, read.
package struct TableBlock: Sendable {
  /// In order, every record, also those that are not read.
  package var rows: [Row] = []
  package var subjects: [Subject] = []
  /// Warnings and errors, by place.
  package var remarks: [Remark] = []
  /// The text of the block, which rows point into.
  package var text: [UInt8] = []
  /// The line of a quote that never ends; what stands behind it can't be told apart.
  package var openQuote: Int?

  /// One record.
  package struct Row: Sendable {
    /// The place in `text`, without the line end.
    package var range: Range<Int>
    /// Its cells, so far as they can be told apart.
    package var cells: Int
    /// The place of its subject; nil where it has none.
    package var subject: Int?
    /// What was not read of it, or that it was not read.
    package var remarks: [Bilingual] = []
    /// Whether something of it could not be read; not so of blank rows, totals and notes below the table.
    package var isFaulty = false
  }

  /// A remark with its place in the file.
  package struct Remark: Sendable {
    package var line: Int
    package var column: Int
    package var diagnostic: Diagnostic
  }
}

/// The head of a table: what stands above its rows.
package struct TableHead: Sendable {
  /// Titles and the header as they stand in the file, with their line ends.
  package var bytes: [UInt8]
  /// The same decoded: the titles, and the header without its line end.
  package var titles: [UInt8]
  package var header: [UInt8]
  /// The number of records, the header the last, and of lines.
  package var records: Int
  package var lines: Int
  package var delimiter: String
  /// The delimiter as it stands in the file.
  package var rawDelimiter: [UInt8]
  /// The number of columns.
  package var width: Int
  package var encoding: FactsEncoding
  package var report: FactsReport
  /// The kind of the rows; nil where a column names it.
  package var kind: KindID?
  /// What is done with the columns; nil where a column names kinds.
  var plan: TablePlan?
  /// Columns without a header.
  var blankColumns: [Int]
  /// Kinds of which some column isn't read, so that no list of them is complete.
  var lost: Set<KindID>
  /// What is to be said of titles and columns.
  package var remarks: [TableBlock.Remark]
}
