import PolicyIR

extension QueryAssembly {
  /// The query of the facts as they are read: what is missing or can't be read is NULL.
  var factsQuery: String {
    var lines = [options.dialect.quoted(options.id)]
    var faulty: [String] = []
    for column in columns {
      let name = writer.compiler.program.fields[column.field].name
      let cell = cell(column.name)
      let test = test(column, cell)
      let dialect = options.dialect
      if options.hasStates {
        let state = self.cell(column.stateName)
        let value = test.map { "\(state) IS NULL AND \($0)" } ?? "\(state) IS NULL"
        lines.append("CASE WHEN \(value) THEN \(cell) END AS \(dialect.quoted(name))")
        for word in ["不知", "不适用"] {
          lines.append(
            "COALESCE(\(state) = \(dialect.literal(word)), FALSE) AS \(dialect.quoted(name + "_" + word))")
        }
        faulty.append(
          fault(
            column.stateName,
            "\(state) IS NOT NULL AND (\(cell) IS NOT NULL OR \(state) NOT IN (\(dialect.literal("不知")), \(dialect.literal("不适用"))))"
          ))
      } else {
        lines.append((test.map { "CASE WHEN \($0) THEN \(cell) END" } ?? cell) + " AS \(dialect.quoted(name))")
      }
      if let test { faulty.append(fault(column.name, "\(cell) IS NOT NULL AND (\(test)) IS NOT TRUE")) }
    }
    let faults = faulty.isEmpty ? "CAST(NULL AS \(options.dialect.text))" : "NULLIF(\(concatenated(faulty)), '')"
    lines.append("\(faults) AS \(options.dialect.quoted(self.faults))")
    return "  SELECT " + lines.joined(separator: ",\n    ")
      + "\n  FROM \(importedQuery == nil ? options.dialect.path(options.table) : options.dialect.quoted(imported))"
  }

  private func fault(_ name: String, _ test: String) -> String {
    "CASE WHEN \(test) THEN \(options.dialect.literal(name + "；")) ELSE '' END"
  }

  private func concatenated(_ texts: [String]) -> String {
    joined(texts.map { Piece(sql: $0) }, by: "||\n      ").sql
  }

  /// A cell of the table.
  private func cell(_ name: String) -> String { options.dialect.quoted(name) }

  /// The table as SQLite has it: a CSV that it imports has an empty text for a cell that isn't given. nil for the others.
  var importedQuery: String? {
    guard options.dialect == .sqlite else { return nil }
    var lines = [options.dialect.quoted(options.id)]
    for column in columns {
      for name in options.hasStates ? [column.name, column.stateName] : [column.name] {
        let name = options.dialect.quoted(name)
        lines.append("NULLIF(\(name), '') AS \(name)")
      }
    }
    return "  SELECT " + lines.joined(separator: ",\n    ") + "\n  FROM \(options.dialect.path(options.table))"
  }

  /// Whether a cell can be read; nil where its type says so.
  private func test(_ column: SQLColumn, _ cell: String) -> String? {
    let isSQLite = options.dialect == .sqlite
    switch column.form {
    case .truth: return isSQLite ? "typeof(\(cell)) = 'integer' AND \(cell) IN (0, 1)" : nil
    case .option(let values):
      return "\(cell) IN (\(values.map { options.dialect.literal($0) }.joined(separator: ", ")))"
    case .date:
      let (first, last) = ("\(SQLColumn.years.lowerBound)-01-01", "\(SQLColumn.years.upperBound)-12-31")
      return isSQLite
        ? "date(\(cell)) = \(cell) AND \(cell) BETWEEN '\(first)' AND '\(last)'"
        : "\(cell) BETWEEN DATE '\(first)' AND DATE '\(last)'"
    case .quantity(_, let greatest):
      return (isSQLite ? "typeof(\(cell)) = 'integer' AND " : "") + "\(cell) BETWEEN 0 AND \(greatest)"
    case .text: return nil
    }
  }
}
