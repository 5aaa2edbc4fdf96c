import PolicyDiagnostics
import PolicyIR
import PolicySyntax
import PolicyText

extension Checker {
  /// What a reader of such documents would ask of a measure at once.
  func lint(_ measure: Measure, _ view: BlockView) {
    let isGrant = measure.force.contains { $0.strength == .entitlement }
    if measure.amount?.type == .money, view.line(.payers) == nil {
      remark(
        .amountWithoutPayer, view.span, "措施“\(measure.name)”有金额，没有写出资",
        "the measure “\(measure.name)” has an amount and no payer",
        help: [Bilingual(zh: "原文没有写谁出资的，写“出资：…，比例 未规定”前先核对原文", en: "check the text for who pays")])
    }
    if isGrant, view.line(.amount) == nil, measure.object != nil, measure.reference == nil {
      remark(
        .grantWithoutAmount, view.span, "措施“\(measure.name)”是给付，没有金额，也没有引用空缺",
        "the measure “\(measure.name)” is an entitlement without amount or hole",
        help: [Bilingual(zh: "金额另行制定的，声明“空缺”并写“金额：空缺名”", en: "declare a hole where the amount is still to be set")])
    }
  }

  /// Words that name a set which somebody must list: 重点项目, 骨干企业…
  private static let setWords = ["重点", "骨干", "旗舰", "品牌", "示范", "规模以上"]

  private func isSetName(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    return Checker.setWords.contains { stands($0, in: bytes, bytes.indices) }
  }

  /// A yes/no fact for such a set, without a list, a finder or a paper, would pass for known.
  func checkUndefinedSets() {
    defer { currentClause = nil }
    for measure in program.measures {
      currentClause = measure.origin.clause
      for condition in measure.conditions { checkUndefinedSets(in: condition.test) }
      if let membership = measure.object?.membership { checkUndefinedSets(in: membership) }
    }
  }

  /// Looks at each field that a test reads, through definitions, once in a program.
  private func checkUndefinedSets(in expression: Expression) {
    switch expression.form {
    case .field(let id, _): checkUndefinedSet(id)
    case .definition(let id, _):
      if checkedDefinitions.insert(id).inserted {
        for body in program.definitions[id].bodies { checkUndefinedSets(in: body) }
      }
    default: expression.forEachChild { checkUndefinedSets(in: $0) }
    }
  }

  private func checkUndefinedSet(_ id: FieldID) {
    if checkedFields.isEmpty { checkedFields = Array(repeating: false, count: program.fields.count) }
    if checkedFields[id.index] { return }
    checkedFields[id.index] = true
    let field = program.fields[id]
    guard field.type == .truth, field.finder == nil, field.proof == nil, field.refersTo == nil, isSetName(field.name)
    else { return }
    remark(
      .undefinedSet, field.span, "“\(field.name)”是哪些没有规定，不能当作已知的是否",
      "which are meant by “\(field.name)” is not settled, so it is no known yes-no",
      help: [
        Bilingual(
          zh: "声明“名单 …：未取得”并写“在名单”，或者写明“由 … 认定”",
          en: "declare a list that is not on file, or say by whom it is found")
      ])
  }

  // MARK: Circles

  /// Definitions, tables, tiers and measures must not depend on themselves.
  func checkCycles() {
    var visits = Visits(program)
    for index in program.definitions.indices { visit(.definition(DefinitionID(index)), &visits) }
    for index in program.tables.indices { visit(.table(TableID(index)), &visits) }
    for index in program.tierSchedules.indices { visit(.tiers(TierScheduleID(index)), &visits) }
    for index in program.measures.indices { visit(.measure(MeasureID(index)), &visits) }
  }

  enum Dependency: Hashable {
    case definition(DefinitionID), table(TableID), tiers(TierScheduleID), measure(MeasureID)
  }

  /// Which items were visited, and the path to the one being visited.
  private struct Visits {
    enum State { case new, open, done }

    private var states: [[State]]
    var path: [Dependency] = []

    init(_ program: Program) {
      states = [program.definitions.count, program.tables.count, program.tierSchedules.count, program.measures.count]
        .map { Array(repeating: .new, count: $0) }
    }

    subscript(item: Dependency) -> State {
      get {
        let place = place(item)
        return states[place.table][place.index]
      }
      set {
        let place = place(item)
        states[place.table][place.index] = newValue
      }
    }

    private func place(_ item: Dependency) -> (table: Int, index: Int) {
      switch item {
      case .definition(let id): (0, id.index)
      case .table(let id): (1, id.index)
      case .tiers(let id): (2, id.index)
      case .measure(let id): (3, id.index)
      }
    }
  }

  private func visit(_ item: Dependency, _ visits: inout Visits) {
    switch visits[item] {
    case .done: return
    case .open: return reportCycle(Array(visits.path[visits.path.firstIndex(of: item)!...]))
    case .new: break
    }
    let needed = dependencies(of: item)
    if !needed.isEmpty {
      visits[item] = .open
      visits.path.append(item)
      for next in needed { visit(next, &visits) }
      visits.path.removeLast()
    }
    visits[item] = .done
  }

  /// What the expressions of an item name, in their order.
  private func dependencies(of item: Dependency) -> [Dependency] {
    var result: [Dependency] = []
    switch item {
    case .definition(let id): for body in program.definitions[id].bodies { collect(body, &result) }
    case .table(let id):
      for row in program.tables[id].rows {
        for case let test? in row.tests { collect(test, &result) }
        collect(row.result, &result)
      }
    case .tiers(let id):
      collect(program.tierSchedules[id].base, &result)
      for tier in program.tierSchedules[id].tiers { collect(tier.rate, &result) }
    case .measure(let id):
      for condition in program.measures[id].conditions { collect(condition.test, &result) }
      if let amount = program.measures[id].amount { collect(amount.value, &result) }
      if let membership = program.measures[id].object?.membership { collect(membership, &result) }
      if case .measure(let target)? = program.measures[id].reference?.target { result.append(.measure(target)) }
    }
    return result
  }

  private func collect(_ expression: Expression, _ result: inout [Dependency]) {
    switch expression.form {
    case .definition(let id, _): result.append(.definition(id))
    case .table(let id): result.append(.table(id))
    case .tiers(let id): result.append(.tiers(id))
    case .measureHolds(let id), .measureAmount(let id): result.append(.measure(id))
    default: expression.forEachChild { collect($0, &result) }
    }
  }

  /// Whether an item is one of those marked, or uses one.
  func rests(_ item: Dependency, on marked: Set<Dependency>) -> Bool {
    var seen: Set<Dependency> = []
    func visit(_ item: Dependency) -> Bool {
      if marked.contains(item) { return true }
      guard seen.insert(item).inserted else { return false }
      return dependencies(of: item).contains(where: visit)
    }
    return visit(item)
  }

  private func name(of item: Dependency) -> (String, Span) {
    switch item {
    case .definition(let id): (program.definitions[id].name, program.definitions[id].origin.span)
    case .table(let id): (program.tables[id].name, program.tables[id].origin.span)
    case .tiers(let id): (program.tierSchedules[id].name, program.tierSchedules[id].origin.span)
    case .measure(let id): (program.measures[id].name, program.measures[id].origin.span)
    }
  }

  /// Reports a circle and breaks it, so that nothing that runs the program can fall into it.
  private func reportCycle(_ items: [Dependency]) {
    guard let first = items.first else { return }
    hasCycle = true
    let names = (items + [first]).map { name(of: $0).0 }.joined(separator: " → ")
    remark(
      .cycle, name(of: first).1, "互相依赖，绕了一圈：\(names)", "these depend on one another in a circle: \(names)",
      related: items.dropFirst().map {
        .init(span: name(of: $0).1, message: Bilingual(zh: "圈里的另一项", en: "another one of the circle"))
      })
    switch first {
    case .definition(let id):
      program.definitions[id.index].bodies = [
        unknownExpression(program.definitions[id].type, program.definitions[id].origin.span)
      ]
      program.definitions[id.index].choice = nil
    case .table(let id): program.tables[id.index].rows = []
    case .tiers(let id):
      let schedule = program.tierSchedules[id]
      program.tierSchedules[id.index].base = unknownExpression(schedule.base.type, schedule.origin.span)
    case .measure(let id):
      program.measures[id.index].conditions = [
        Measure.Condition(role: .condition, test: unknownExpression(.truth, program.measures[id].origin.span))
      ]
      program.measures[id.index].amount = nil
      program.measures[id.index].reference = nil
    }
  }
}
