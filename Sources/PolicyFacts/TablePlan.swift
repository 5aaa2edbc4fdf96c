import PolicyIR
import PolicyText

/// How the columns of a table give the facts of one kind.
struct TablePlan {
  let index: KindIndex
  var roles: [Role]
  /// The column of the name, the best of several.
  var nameColumn: Int?
  /// How much the headers speak for the kind.
  var matches = 0

  /// What is done with the cells of a column.
  enum Role {
    case unused
    case field(slot: Int, CellReader)
    case complete(slot: Int)
    case item(slot: Int, number: Int, reader: CellReader?, target: KindID, isMany: Bool)
    case owner(FieldID)
    case name
    case kind

    /// The role with this unit for bare numbers of money or area; nil where it has a unit or the unit does not fit.
    func inUnit(_ unit: ColumnUnit) -> Role? {
      switch self {
      case .field(let slot, let reader):
        return reader.takes(unit) ? .field(slot: slot, reader.inUnit(unit)) : nil
      case .item(let slot, let number, let reader?, let target, let isMany) where reader.takes(unit):
        return .item(slot: slot, number: number, reader: reader.inUnit(unit), target: target, isMany: isMany)
      default: return nil
      }
    }
  }

  /// Plans a table with these headers; `meanings` are filled in for the remarks.
  init(_ headers: [String], index: KindIndex, kindColumn: Int?, program: Program) {
    self.index = index
    roles = Array(repeating: .unused, count: headers.count)
    var rank = Int.max
    for (column, header) in headers.enumerated() {
      if column == kindColumn {
        roles[column] = .kind
        continue
      }
      if let found = index.nameRank(of: header), found < rank {
        if case .owner? = index.meaning(of: header) { continue }
        (rank, nameColumn) = (found, column)
      }
    }
    for (column, header) in headers.enumerated() where column != kindColumn {
      roles[column] = role(of: header, column, program)
      matches += index.weight(of: header)
    }
  }

  private func role(of header: String, _ column: Int, _ program: Program) -> Role {
    switch index.meaning(of: header) {
    case .field(let id, let unit):
      let field = program.fields[id]
      return .field(slot: field.slot, CellReader(field, in: program, unit: unit, serials: true))
    case .complete(let id): return .complete(slot: program.fields[id].slot)
    case .item(let id, let number, let inner, let unit):
      let field = program.fields[id]
      let reader = inner.map { CellReader(program.fields[$0], in: program, unit: unit, serials: true) }
      switch field.type {
      case .many(let target):
        return .item(slot: field.slot, number: number, reader: reader, target: target, isMany: true)
      case .entity(let target):
        return .item(slot: field.slot, number: 0, reader: reader, target: target, isMany: false)
      default: return .unused
      }
    case .owner(let id): return .owner(id)
    case .name: return column == nameColumn ? .name : .unused
    case .wrongUnit, .unknownUnit, .ambiguous, nil: return column == nameColumn ? .name : .unused
    }
  }
}
