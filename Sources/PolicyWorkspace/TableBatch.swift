package import PolicyAnswers
package import PolicyDiagnostics
package import PolicyEvaluation
package import PolicyFacts
package import PolicyIR
package import PolicyTables
import PolicyValues

/// How a table is answered.
package struct BatchOptions: Sendable {
  package var columns: [BatchColumn]
  /// One row for each record and measure, rather than one for each record.
  package var isLong = false
  /// Go on with an unfinished output.
  package var resumes = false
  /// Take the place of a table that is there already.
  package var replaces = false
  /// The name or number of the sheet of a workbook.
  package var sheet: String?
  package var threads = 1
  /// How many different answers each thread holds, before it forgets all and words them anew.
  package var remembered = 32_768

  package init(columns: [BatchColumn] = BatchColumn.allCases) { self.columns = columns }
}

/// What came of a table.
package struct BatchReport: Sendable {
  /// Records that were answered, those with something that could not be read, and those that an earlier run had answered.
  package var answered = 0
  package var faulty = 0
  package var kept = 0
  /// How many answers have which label: by measure, by county, by authority.
  package var byMeasure: [[Label: Int]] = []
  package var byCounty: [String: [Label: Int]] = [:]
  package var byAuthority: [String: [Label: Int]] = [:]
  /// Warnings and errors of records beyond those that were told.
  package var remarks = 0
  /// What is to be said of the table as a whole.
  package var notes: [Bilingual] = []

  mutating func add(_ other: BatchReport) {
    answered += other.answered
    faulty += other.faulty
    remarks += other.remarks
    if byMeasure.isEmpty { byMeasure = Array(repeating: [:], count: other.byMeasure.count) }
    for (measure, counts) in other.byMeasure.enumerated() {
      byMeasure[measure].merge(counts) { $0 + $1 }
    }
    for (county, counts) in other.byCounty { byCounty[county, default: [:]].merge(counts) { $0 + $1 } }
    for (name, counts) in other.byAuthority { byAuthority[name, default: [:]].merge(counts) { $0 + $1 } }
  }
}

/// What is said of a table while it is answered.
package struct BatchRemark: Sendable {
  /// File, line and column, or the table's own terms: 台账.xlsx:台账!B7.
  package var place: String
  package var diagnostic: Diagnostic
}

/// Why a table was not answered to its end.
package enum BatchFailure: Error, Sendable {
  case file(FileFailure)
  /// What a table of another form than CSV fails with, its place included.
  case table(TableFailure)
  /// No row of the table is a header, or the file is no text.
  case noHead([BatchRemark])
  /// A quote that never ends, or a record that is too long to be one: its line.
  case endless(line: Int)
  /// The unfinished output is of another table, other rules, another date or other columns.
  case otherPart(String)
  /// There is an unfinished output that nobody asked to go on with.
  case unfinished(String)
  case interrupted
}

/// Answers a table row by row into another, in memory that doesn't grow with it.
package struct TableBatch: Sendable {
  let program: Program
  let prepared: PreparedProgram
  let wording: Wording
  package let measures: [MeasureID]
  package let kind: KindID
  package let head: TableHead
  /// What is to be said of titles and columns.
  package let headRemarks: [BatchRemark]
  let options: BatchOptions
  let input: TableAddress
  let output: String
  /// Which rules answered, and as of which day.
  let stamp: [String]
  let asOf: CivilDate
  /// The slot of the county; nil where the kind has none.
  let countySlot: Int?

  /// The heads of the columns that are added.
  var addedHeads: [String] {
    let language = wording.language
    let columns = options.columns.map { $0.name(language) }
    let perMeasure =
      options.isLong
      ? [wording.say("措施", "measure")] + columns
      : measures.flatMap { id in columns.map { "\(program.measures[id].name)·\($0)" } }
    return perMeasure + [wording.say("读取", "reading"), wording.say("查询日期", "as of"), wording.say("规则摘要", "rules")]
  }

  /// The longest record, in bytes; a longer one is a quote that never ends.
  static var longestRecord: Int { 1 << 24 }
  /// How many remarks on records are told one by one.
  package static var toldRemarks: Int { 20 }

  /// The first option by which authorities are told apart, of the kind of the rows; nil where it has none.
  package var countyOption: OptionTypeID? {
    guard let slot = countySlot, case .option(let option) = program.fields[program.kinds[kind].fields[slot]].type else {
      return nil
    }
    return option
  }

  /// The facts that the measures rest on and no column gives.
  package var absentFields: [String] {
    var reach = Reach()
    for measure in measures { reach.add(measure, in: program) }
    var given: Set<FieldID> = []
    for column in head.report.columns {
      switch column.use {
      case .field(let id, _), .related(let id), .owner(let id): given.insert(id)
      case .name, .kind, .ignored: break
      }
    }
    return program.kinds[kind].fields.filter { reach.fields.contains($0) && !given.contains($0) }.map {
      program.fields[$0].name
    }
  }

  /// Whether a remark on the head is told though it is a note: that the file is GB18030, or a unit from above the table.
  package func isTold(_ remark: BatchRemark) -> Bool {
    [.factsDecoded, .unitFromNote].contains(remark.diagnostic.id)
  }
}
