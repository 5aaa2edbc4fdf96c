import PolicyIR
import PolicyValues

/// How the columns of a table fill vectors.
struct VectorColumns {
  /// How plain rows are read, column by column, nil where a column isn't; nothing where the table has no plain rows.
  private(set) var sources: [LaneSource?] = []
  let facts: RowVectors

  init(_ head: TableHead, _ kind: KindID, in program: Program, capacity: Int) {
    let roles = Self.roles(head, kind, in: program)
    let fields = program.kinds[kind].fields
    facts = RowVectors(
      Self.vectors(kind, in: program, capacity: capacity),
      related: fields.map { Self.related(program.fields[$0], roles, in: program, capacity: capacity) })
    sources = roles.map { role in
      switch role {
      case .field(let slot, let reader): return LaneSource(reader, facts.vectors[slot])
      case .complete(let slot):
        var field = program.fields[fields[slot]]
        field.type = .truth
        return facts.related[slot]?.complete.map {
          LaneSource(CellReader(field, in: program, unit: nil, serials: false), $0)
        }
      case .item(let slot, let number, let reader?, _, _):
        return facts.related[slot]?.item(number).map { LaneSource(reader, $0.vectors[reader.field.slot]) }
      case .item, .unused, .owner, .name, .kind: return nil
      }
    }
    // A header that is repeated shows in a cell that can't be read.
    if !sources.contains(where: { $0.map { $0.reader.field.type != .text } ?? false }) { sources = [] }
  }

  /// The roles of the columns; nothing where every row has to be read as whole tables are.
  private static func roles(_ head: TableHead, _ kind: KindID, in program: Program) -> [TablePlan.Role] {
    guard let plan = head.plan, head.kind == kind, head.delimiter.utf8.count == 1, plan.roles.count == head.width else {
      return []
    }
    for (column, role) in plan.roles.enumerated() {
      switch role {
      // A column without a header is reported where it has content.
      case .unused: if head.blankColumns.contains(column) { return [] }
      // Rows that name one another are read together.
      case .field(_, let reader): if reader.field.type == .entity(kind) { return [] }
      case .item(_, _, let reader, let target, _):
        guard let reader, reader.field.type != .entity(kind) else { return [] }
        // A row or column that isn't read leaves lists of its kind open.
        if target == kind || head.lost.contains(target) { return [] }
      case .complete, .name: continue
      case .owner, .kind: return []
      }
    }
    return plan.roles
  }

  private static func vectors(_ kind: KindID, in program: Program, capacity: Int) -> [FactVector] {
    program.kinds[kind].fields.map { FactVector(program.fields[$0].type, capacity: capacity) }
  }

  /// The related subjects of a field that columns describe.
  private static func related(
    _ field: Field, _ roles: [TablePlan.Role], in program: Program, capacity: Int
  ) -> RelatedRows? {
    let target: KindID
    let isMany: Bool
    switch field.type {
    case .entity(let kind): (target, isMany) = (kind, false)
    case .many(let kind): (target, isMany) = (kind, true)
    case .truth, .quantity, .date, .duration, .text, .option: return nil
    }
    var numbers: Set<Int> = []
    var hasComplete = false
    for role in roles {
      if case .item(field.slot, let number, _, _, _) = role { numbers.insert(number) }
      if case .complete(field.slot) = role { hasComplete = true }
    }
    if numbers.isEmpty, !hasComplete { return nil }
    let items = numbers.sorted().map { number in
      let own = vectors(target, in: program, capacity: capacity)
      return RelatedRows.Item(
        number: number, name: number == 0 ? field.name : "\(field.name)\(number)",
        facts: RowVectors(own, related: own.map { _ in nil }))
    }
    return RelatedRows(
      kind: target, isMany: isMany, items: items,
      complete: hasComplete ? FactVector(.truth, capacity: capacity) : nil)
  }
}
