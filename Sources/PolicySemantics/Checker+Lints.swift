import PolicyDiagnostics
import PolicyIR
import PolicySyntax
import PolicyText

extension Checker {
  /// What a reader of such documents would ask of a measure at once.
  func lint(_ measure: Measure, _ view: BlockView) {
    let isGrant = measure.force.contains { $0.strength == .entitlement }
    if measure.amount != nil, view.line(.payers) == nil {
      remark(
        .amountWithoutPayer, view.span, "措施“\(measure.name)”有金额，没有写出资", "the measure “\(measure.name)” has an amount and no payer",
        help: [Bilingual(zh: "原文没有写谁出资的，写“出资：…，比例 未规定”前先核对原文", en: "check the text for who pays")])
    }
    if isGrant, view.line(.amount) == nil, measure.object != nil, measure.reference == nil {
      remark(
        .grantWithoutAmount, view.span, "措施“\(measure.name)”是给付，没有金额，也没有引用空缺",
        "the measure “\(measure.name)” is an entitlement without amount or hole",
        help: [Bilingual(zh: "金额另行制定的，声明“空缺”并写“金额：空缺名”", en: "declare a hole where the amount is still to be set")])
    }
    checkUndefinedSets(measure, view)
  }

  /// Words that name a set which somebody must list: 重点项目, 骨干企业…
  private static let setWords = ["重点", "骨干", "旗舰", "品牌", "示范", "规模以上"]

  /// A yes/no fact for such a set, without a list, a finder or a paper, would pass for known.
  private func checkUndefinedSets(_ measure: Measure, _ view: BlockView) {
    var tests = measure.conditions.map(\.test)
    if let membership = measure.object?.membership { tests.append(membership) }
    for test in tests {
      for id in fields(in: test) where checkedSets.insert(id).inserted {
        let field = program.fields[id]
        guard field.type == .truth, field.finder == nil, field.proof == nil, field.refersTo == nil,
          Checker.setWords.contains(where: { field.name.contains($0) })
        else { continue }
        remark(
          .undefinedSet, field.span, "“\(field.name)”是哪些没有规定，不能当作已知的是否",
          "which are meant by “\(field.name)” is not settled, so it is no known yes-no",
          help: [
            Bilingual(zh: "声明“名单 …：未取得”并写“在名单”，或者写明“由 … 认定”", en: "declare a list that is not on file, or say by whom it is found")
          ])
      }
    }
  }

  /// The fields that a test reads, through definitions.
  private func fields(in expression: Expression) -> [FieldID] {
    var result: [FieldID] = []
    var seen: Set<DefinitionID> = []
    func walk(_ expression: Expression) {
      if case .field(let id, _) = expression.form { result.append(id) }
      if case .definition(let id, _) = expression.form, seen.insert(id).inserted {
        for body in program.definitions[id].bodies { walk(body) }
      }
      for child in expression.children { walk(child) }
    }
    walk(expression)
    return result
  }

  // MARK: Circles

  /// Definitions, tables, tiers and measures must not depend on themselves.
  func checkCycles() {
    var state: [Dependency: Int] = [:]
    var path: [Dependency] = []
    func visit(_ item: Dependency) {
      if state[item] == 2 { return }
      if state[item] == 1 {
        reportCycle(Array(path[path.firstIndex(of: item)!...]))
        return
      }
      state[item] = 1
      path.append(item)
      for expression in expressions(of: item) { for next in dependencies(of: expression) { visit(next) } }
      path.removeLast()
      state[item] = 2
    }
    for index in program.definitions.indices { visit(.definition(DefinitionID(index))) }
    for index in program.tables.indices { visit(.table(TableID(index))) }
    for index in program.tierSchedules.indices { visit(.tiers(TierScheduleID(index))) }
    for index in program.measures.indices { visit(.measure(MeasureID(index))) }
  }

  enum Dependency: Hashable {
    case definition(DefinitionID), table(TableID), tiers(TierScheduleID), measure(MeasureID)
  }

  private func expressions(of item: Dependency) -> [Expression] {
    switch item {
    case .definition(let id): program.definitions[id].bodies
    case .table(let id): program.tables[id].rows.flatMap { $0.tests.compactMap { $0 } + [$0.result] }
    case .tiers(let id): [program.tierSchedules[id].base] + program.tierSchedules[id].tiers.map(\.rate)
    case .measure(let id):
      program.measures[id].conditions.map(\.test) + [program.measures[id].amount?.value].compactMap { $0 }
        + [program.measures[id].object?.membership].compactMap { $0 }
    }
  }

  private func dependencies(of expression: Expression) -> [Dependency] {
    var result: [Dependency] = []
    func walk(_ expression: Expression) {
      switch expression.form {
      case .definition(let id, _): result.append(.definition(id))
      case .table(let id): result.append(.table(id))
      case .tiers(let id): result.append(.tiers(id))
      case .measureHolds(let id), .measureAmount(let id): result.append(.measure(id))
      default: break
      }
      for child in expression.children { walk(child) }
    }
    walk(expression)
    return result
  }

  /// Whether an item is one of those marked, or uses one.
  func rests(_ item: Dependency, on marked: Set<Dependency>) -> Bool {
    var seen: Set<Dependency> = []
    func visit(_ item: Dependency) -> Bool {
      if marked.contains(item) { return true }
      guard seen.insert(item).inserted else { return false }
      return expressions(of: item).contains { dependencies(of: $0).contains(where: visit) }
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
    }
  }
}
