import PolicyDiagnostics
import PolicyFacts
import PolicyTables

/// What a table is kept in.
package enum TableForm: Hashable, Sendable {
  case csv
  case workbook
  /// JSON Lines.
  case lines
  /// SQLite, FILE:TABLE.
  case database

  /// The form that a name asks for.
  package init(named path: String) {
    if TableForm.databaseParts(path) != nil {
      self = .database
      return
    }
    switch path.split(separator: ".").last?.lowercased() {
    case "xlsx", "xlsm": self = .workbook
    case "jsonl", "ndjson": self = .lines
    default: self = .csv
    }
  }

  /// What names of files of this form end in.
  package var ending: String {
    switch self {
    case .csv: ".csv"
    case .workbook: ".xlsx"
    case .lines: ".jsonl"
    case .database: ".db"
    }
  }

  /// Whether an unfinished output can be gone on with.
  package var isResumable: Bool { self != .workbook }

  /// The name under which an unfinished output stands.
  package func part(of output: String) -> String {
    guard let (file, table) = TableForm.databaseParts(output) else { return PartFile.name(of: output) }
    return table.map { "\(file):\(DatabaseSink.part(of: $0))" } ?? file
  }

  /// The file and the table of a name such as 登记.db:项目; nil where it names no SQLite file.
  package static func databaseParts(_ name: String) -> (file: String, table: String?)? {
    let endings = [".db", ".sqlite", ".sqlite3", ".db3"]
    if endings.contains(where: { name.lowercased().hasSuffix($0) }) { return (name, nil) }
    for ending in endings {
      guard let range = name.firstRange(of: ending + ":") else { continue }
      return (String(name[..<range.upperBound].dropLast()), String(name[range.upperBound...]))
    }
    return nil
  }

  /// The form that a file has, by its first bytes where they tell it.
  static func ofFile(_ path: String, _ beginning: [UInt8]) -> TableForm {
    beginning.starts(with: [0x50, 0x4B, 0x03, 0x04]) ? .workbook : TableForm(named: path)
  }
}

/// A table that was found, with which it is opened again.
struct TableAddress: Sendable {
  var path: String
  var form: TableForm
  /// The name of the sheet.
  var part: String?
  /// The columns of JSON Lines.
  var columns: [String] = []
  /// Whether the answers go into the same file.
  var isWritten = false

  /// Begins to read it.
  func open() throws(BatchFailure) -> any TableSource {
    switch form {
    case .csv: return try FileTable(path)
    case .lines: return try LinesTable(path, columns: columns)
    case .database:
      do throws(TableFailure) {
        return DatabaseTable(try DatabaseSource(path, table: part, isWritten: isWritten))
      } catch { throw .table(error) }
    case .workbook:
      do throws(TableFailure) {
        let workbook = try Workbook(path)
        guard let sheet = workbook.sheets.first(where: { $0.name == part }) else {
          throw Self.noSheet(path, part ?? "", workbook)
        }
        return SheetTable(path, try WorkbookSource(workbook, sheet))
      } catch { throw .table(error) }
    }
  }

  static func noSheet(_ path: String, _ name: String, _ workbook: Workbook) -> TableFailure {
    let names = workbook.sheets.map { "“\($0.name)”" }
    return TableFailure(
      "\(path)：没有工作表“\(name)”；有\(names.joined(separator: "、"))",
      "\(path): there is no sheet “\(name)”; there are \(names.joined(separator: ", "))", .choice)
  }
}

extension TableAddress {
  /// Finds the table that a name and the name or number of a sheet mean.
  ///
  /// - Parameter fits: Whether a sheet has a header; asked where several could be meant.
  init(_ path: String, sheet: String?, fits: (any TableSource) throws(BatchFailure) -> Bool) throws(BatchFailure) {
    self.path = path
    if let (file, table) = TableForm.databaseParts(path), FileSystem.isFolder(path) != false || table == nil {
      (self.path, form) = (file, .database)
      if FileSystem.isFolder(file) == nil { throw .file(FileFailure(path: file, cause: .notFound)) }
      do throws(TableFailure) { part = try DatabaseSource(file, table: table).table } catch { throw .table(error) }
      return
    }
    let beginning: [UInt8]
    do throws(FileFailure) { beginning = try FileSystem.beginning(of: path) } catch { throw .file(error) }
    form = TableForm.ofFile(path, beginning)
    if let other = Workbook.otherForm(beginning) {
      throw .table(TableFailure("\(path)：\(other.zh)", "\(path): \(other.en)"))
    }
    if form == .lines { columns = try LinesTable.columns(of: path) }
    guard form == .workbook else {
      if sheet != nil {
        throw .table(TableFailure("\(path)：不是工作簿，没有工作表", "\(path): no workbook; it has no sheets", .choice))
      }
      return
    }
    do throws(TableFailure) {
      let workbook = try Workbook(path)
      if let sheet {
        guard
          let found = workbook.sheets.first(where: { $0.name == sheet })
            ?? Int(sheet).flatMap({ workbook.sheets.indices.contains($0 - 1) ? workbook.sheets[$0 - 1] : nil })
        else { throw Self.noSheet(path, sheet, workbook) }
        part = found.name
        return
      }
      let seen = workbook.sheets.filter { !$0.isHidden }
      if seen.count <= 1 {
        part = (seen.first ?? workbook.sheets[0]).name
        return
      }
    } catch { throw .table(error) }
    part = try onlySheet(fits)
  }

  /// The one visible sheet with a header.
  private func onlySheet(_ fits: (any TableSource) throws(BatchFailure) -> Bool) throws(BatchFailure) -> String {
    let workbook: Workbook
    do throws(TableFailure) { workbook = try Workbook(path) } catch { throw .table(error) }
    let seen = workbook.sheets.filter { !$0.isHidden }
    var fitting: [String] = []
    for sheet in seen {
      do throws(TableFailure) {
        let table = SheetTable(path, try WorkbookSource(workbook, sheet))
        do throws(BatchFailure) { if try fits(table) { fitting.append(sheet.name) } } catch {
          if case .table(let failure) = error { throw failure }
        }
      } catch { throw .table(error) }
    }
    if fitting.count == 1 { return fitting[0] }
    if fitting.isEmpty { return seen[0].name }
    let names = fitting.map { "“\($0)”" }
    throw .table(
      TableFailure(
        "\(path)：有几张工作表都像是要回答的表：\(names.joined(separator: "、"))；用 --sheet 写明一张",
        "\(path): several sheets could be meant: \(names.joined(separator: ", ")); name one with --sheet", .choice))
  }
}
