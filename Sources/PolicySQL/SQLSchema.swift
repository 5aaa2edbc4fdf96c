package import PolicyIR
import PolicyValues

/// The table of subjects of one kind that a query reads.
package struct SQLSchema: Sendable {
  package let options: SQLOptions
  package let columns: [SQLColumn]
  private let program: Program
  private let kind: KindID

  /// The table of a kind, with a column for each field that a row can hold.
  package init(_ kind: KindID, in program: Program, options: SQLOptions) {
    (self.kind, self.program, self.options) = (kind, program, options)
    columns = program.kinds[kind].fields.compactMap { SQLColumn($0, in: program) }
  }

  /// The fields that a row of one table can't hold.
  package var absentFields: [FieldID] {
    program.kinds[kind].fields.filter { SQLColumn($0, in: program) == nil }
  }

  /// CREATE TABLE, with a comment a column.
  ///
  /// - Parameter note: what a cell of a column is, in a few words.
  package func createTable(note: (SQLColumn) -> String, state: String) -> String {
    let dialect = options.dialect
    var lines = [(sql: "\(dialect.quoted(options.id)) \(dialect.text) NOT NULL", note: "")]
    for column in columns {
      let type =
        switch column.form {
        case .truth: dialect.truth
        case .option, .text: dialect.text
        case .date: dialect.date
        case .quantity: dialect.integer
        }
      lines.append(("\(dialect.quoted(column.name)) \(type)", note(column)))
      if options.hasStates, column.form != .text {
        lines.append(("\(dialect.quoted(column.stateName)) \(dialect.text)", state))
      }
    }
    var text = "CREATE TABLE \(dialect.path(options.table)) (\n"
    for (place, line) in lines.enumerated() {
      text += "  \(line.sql)\(place + 1 < lines.count ? "," : "")"
      text += line.note.isEmpty ? "\n" : " -- \(String(line.note.map { $0.isNewline ? " " : $0 }))\n"
    }
    return text + ");\n"
  }

  /// The cells of a subject, in the order of `createTable`; a fact that no cell holds is told and stays missing.
  package func cells(of subject: Subject, refused: (SQLColumn) -> Void) -> [String] {
    let dialect = options.dialect
    var cells = [dialect.literal(subject.id)]
    for column in columns {
      let fact = subject.facts[program.fields[column.field].slot]
      let cell = cell(fact, column)
      if cell == nil { refused(column) }
      cells.append(cell ?? "NULL")
      guard options.hasStates, column.form != .text else { continue }
      switch fact {
      case .notKnown: cells.append(dialect.literal("不知"))
      case .notApplicable: cells.append(dialect.literal("不适用"))
      case .missing, .value, .one, .many: cells.append("NULL")
      }
    }
    return cells
  }

  /// INSERT of subjects, so many rows a statement.
  package func insert(_ rows: [[String]], atOnce: Int = 500) -> String {
    var text = ""
    for first in stride(from: 0, to: rows.count, by: atOnce) {
      text += "INSERT INTO \(options.dialect.path(options.table)) VALUES\n"
      text += rows[first..<min(first + atOnce, rows.count)].map { "  (\($0.joined(separator: ", ")))" }
        .joined(separator: ",\n")
      text += ";\n"
    }
    return text
  }

  /// A cell; nil for what it can't hold.
  private func cell(_ fact: Fact, _ column: SQLColumn) -> String? {
    switch fact {
    case .missing: return "NULL"
    case .notKnown, .notApplicable: return options.hasStates || column.form == .text ? "NULL" : nil
    case .one, .many: return nil
    case .value(let value):
      switch (column.form, value) {
      case (.truth, .truth(let flag)):
        return options.dialect == .sqlite ? (flag ? "1" : "0") : flag ? "TRUE" : "FALSE"
      case (.option(let names), .option(let place)) where names.indices.contains(Int(place)):
        return options.dialect.literal(names[Int(place)])
      case (.date, .date(let date)) where SQLColumn.years.contains(date.year): return options.dialect.literal(date)
      case (.text, .text(let text)): return options.dialect.literal(text)
      case (.quantity(let parts, let greatest), .quantity(let number)):
        guard let scaled = try? number.scaled(by: parts), scaled.isInteger, scaled >= .zero,
          scaled <= Rational(greatest)
        else { return nil }
        return "\(scaled.numerator)"
      default: return nil
      }
    }
  }
}
