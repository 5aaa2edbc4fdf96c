import PolicyDiagnostics

/// Reads a table or view of a SQLite file as CSV in UTF-8, in the order in which SQLite gives its rows; NULL is blank.
package final class DatabaseSource {
  package let table: String
  package let path: String
  let database: Database
  private let rows: Statement
  private let hasRowID: Bool
  private var output: [UInt8] = []
  private var isEnded = false
  /// The numbers by which rows that were given out are known, of those that are not yet answered.
  private var ids: [Int] = []
  private var firstID = 2
  /// How many rows there are, and how many were read.
  package let size: Int
  package private(set) var done = 0
  /// The names of the columns.
  package let columns: [String]

  /// Opens a table or view of a file.
  ///
  /// - Parameter table: Its name; nil where the file has only one.
  /// - Parameter other: A source of the same file, whose connection is shared.
  /// - Parameter isWritten: Whether the file is written too.
  package init(
    _ path: String, table: String?, sharing other: DatabaseSource? = nil, isWritten: Bool = false
  ) throws(TableFailure) {
    self.path = path
    database = if let other { other.database } else { try Database(path, isWritten: isWritten) }
    let tables = try database.tables()
    let list = tables.map { "“\($0)”" }
    guard let table = table ?? (tables.count == 1 ? tables[0] : nil) else {
      throw TableFailure(
        tables.isEmpty
          ? "\(path)：数据库里没有表" : "\(path)：写明哪一张表，如“\(path):\(tables[0])”；有\(list.joined(separator: "、"))",
        tables.isEmpty
          ? "\(path): the database has no table"
          : "\(path): say which table, such as “\(path):\(tables[0])”; there are \(list.joined(separator: ", "))",
        .choice)
    }
    guard try database.holds(table) else {
      throw TableFailure(
        "\(path)：没有表“\(table)”；有\(list.joined(separator: "、"))",
        "\(path): there is no table “\(table)”; there are \(list.joined(separator: ", "))", .choice)
    }
    self.table = table
    let name = Database.quoted(table)
    // A view and a table WITHOUT ROWID have none; a column of that name would be another.
    let own = try database.texts("SELECT name FROM pragma_table_xinfo(?)", [table]).map { $0[0].lowercased() }
    let isTable = try !database.texts(
      "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ? COLLATE NOCASE", [table]
    ).isEmpty
    let withID = isTable && !own.contains("rowid") ? try? database.prepare("SELECT rowid, * FROM \(name)") : nil
    hasRowID = withID != nil
    let rows = if let withID { withID } else { try database.prepare("SELECT * FROM \(name)") }
    self.rows = rows
    columns = ((withID == nil ? 0 : 1)..<rows.width).map { rows.name(at: $0) }
    size = Int(try database.texts("SELECT count(*) FROM \(name)")[0][0]) ?? 0
    for (place, column) in columns.enumerated() {
      if place > 0 { output.append(0x2C) }
      output.append(csvText: Array(column.utf8))
    }
    output += [0x0D, 0x0A]
  }

  /// Goes on to the next row without giving it out; false at the end.
  func next() throws(TableFailure) -> Bool {
    if isEnded { return false }
    isEnded = try !rows.step()
    if !isEnded { done += 1 }
    return !isEnded
  }

  /// Lets go of the table, which could not be dropped while its rows are read.
  func end() { rows.reset() }

  /// Binds a column of the row as it is kept.
  func bind(_ column: Int, to statement: Statement, at place: Int) {
    statement.bind(rows, column: column + (hasRowID ? 1 : 0), at: place)
  }

  /// Appends some of the following bytes, at most so many; false at the end.
  package func read(into bytes: inout [UInt8], atMost most: Int) throws(TableFailure) -> Bool {
    while output.count < most, try next() {
      let first = hasRowID ? 1 : 0
      ids.append(hasRowID ? rows.integer(at: 0) : done)
      for column in first..<rows.width {
        if column > first { output.append(0x2C) }
        // Asked for first: reading a value as text changes what it is kept as.
        let storage = rows.storage(at: column)
        if storage == .blob {
          output.append(csvText: Array("〈二进制〉".utf8))
          continue
        }
        let value = rows.bytes(at: column)
        switch storage {
        case .null, .blob: break
        case .integer: output += value
        case .real: output += DecimalText(value)?.shortened.bytes ?? value
        // An empty text is no NULL, though both are facts that aren't given.
        case .text: if value.isEmpty { output += [0x22, 0x22] } else { output.append(csvText: value) }
        }
      }
      output += [0x0D, 0x0A]
    }
    if output.isEmpty { return false }
    let count = min(most, output.count)
    bytes += output[..<count]
    output.removeFirst(count)
    return true
  }

  /// Where the cell of a line of the bytes stands: 项目[rowid=7].床位数.
  package func place(line: Int, column: Int) -> String {
    let name = columns.indices.contains(column - 1) ? "." + columns[column - 1] : ""
    guard ids.indices.contains(line - firstID) else { return table + name }
    return "\(table)[\(hasRowID ? "rowid=" : "")\(ids[line - firstID])]\(name)"
  }

  /// Told that the rows before a line are answered.
  package func forget(before line: Int) {
    let count = max(0, min(line - firstID, ids.count))
    ids.removeFirst(count)
    firstID += count
  }
}
