package import PolicyIR

/// What the cases of a program show of its rules.
package struct CoverageReport: Sendable {
  package let plan: CoveragePlan
  /// The number of cases that show each item; items that none shows are not in it.
  package let hits: [CoverageItem: Int]
  /// The rules with items, in the order of clauses and of their declaration.
  package let rules: [Rule]

  /// The items of one declaration.
  package struct Rule: Sendable {
    package var owner: RuleName
    package var clause: ClauseID?
    package var items: [CoverageItem]
    package var covered: Int
  }

  package var covered: Int { plan.items.count { hits[$0] != nil } }
  /// Whether at least so many percent are covered; without items everything is.
  package func reaches(_ percent: Int) -> Bool { covered * 100 >= plan.items.count * percent }
}

/// A declaration that items stand in.
package enum RuleName: Hashable, Sendable {
  case document(DocumentID)
  case measure(MeasureID)
  case definition(DefinitionID)
  case classification(ClassificationID)
  case hole(HoleID)
  case table(TableID)
  case tiers(TierScheduleID)
  case parameter(ParameterID)
  case choice(ChoiceID)
  case nameList(NameListID)
  case group(GroupID)
}

/// Measures what the cases of a program show of its rules.
///
/// - Parameter isIncluded: Whether a case counts.
package func coverage(
  of program: Program, _ criterion: CoverageCriterion = .standard,
  where isIncluded: (PolicyCase) -> Bool = { _ in true }
) -> CoverageReport {
  let plan = CoveragePlan(program, criterion)
  var collector = CoverageCollector(program)
  var hits: [CoverageItem: Int] = [:]
  for test in program.cases where isIncluded(test) {
    for item in collector.items(of: test) where plan.spans[item] != nil { hits[item, default: 0] += 1 }
  }
  return CoverageReport(plan: plan, hits: hits, rules: rules(plan, hits))
}

private func rules(_ plan: CoveragePlan, _ hits: [CoverageItem: Int]) -> [CoverageReport.Rule] {
  var order: [RuleName] = []
  var items: [RuleName: [CoverageItem]] = [:]
  for item in plan.items {
    let rule = plan.program.rule(of: item.owner)
    if items[rule] == nil { order.append(rule) }
    items[rule, default: []].append(item)
  }
  let rules = order.map { rule in
    CoverageReport.Rule(
      owner: rule, clause: plan.program.clause(of: rule), items: items[rule]!,
      covered: items[rule]!.count { hits[$0] != nil })
  }
  // A clause's rules stand together, those of no clause first.
  return rules.enumerated().sorted { one, two in
    let (a, b) = (one.element.clause?.index ?? -1, two.element.clause?.index ?? -1)
    return a == b ? one.offset < two.offset : a < b
  }.map(\.element)
}

extension Program {
  /// The declaration that an item stands in; the readings of a definition are the definition's.
  package func rule(of owner: CoverageItem.Owner) -> RuleName {
    switch owner {
    case .object(let id), .condition(let id, _), .verdict(let id), .amount(let id), .payer(let id, _),
      .instalment(let id, _), .deadline(let id, _), .measurePeriod(let id):
      return .measure(id)
    case .definition(let id, _): return .definition(id)
    case .classification(let id): return .classification(id)
    case .choice(let id):
      if let index = definitions.firstIndex(where: { $0.choice == id }) { return .definition(DefinitionID(index)) }
      if let index = classifications.firstIndex(where: { $0.sorting.contains(.disputed(id)) }) {
        return .classification(ClassificationID(index))
      }
      return .choice(id)
    case .filling(let id, _): return .hole(id)
    case .row(let id, _): return .table(id)
    case .tiers(let id): return .tiers(id)
    case .parameter(let id): return .parameter(id)
    case .documentPeriod(let id): return .document(id)
    }
  }

  /// The clause that a declaration stands in.
  package func clause(of rule: RuleName) -> ClauseID? {
    switch rule {
    case .document: nil
    case .measure(let id): measures[id].origin.clause
    case .definition(let id): definitions[id].origin.clause
    case .classification(let id): classifications[id].origin.clause
    case .hole(let id): holes[id].origin.clause
    case .table(let id): tables[id].origin.clause
    case .tiers(let id): tierSchedules[id].origin.clause
    case .parameter(let id): parameters[id].origin.clause
    case .choice(let id): choices[id].origin.clause
    case .nameList(let id): nameLists[id].origin.clause
    case .group(let id): groups[id].origin.clause
    }
  }

  /// The keyword and the name of a declaration.
  package func title(of rule: RuleName) -> (zh: String, en: String, name: String) {
    switch rule {
    case .document(let id): ("文件", "document", documents[id].key)
    case .measure(let id): ("措施", "measure", measures[id].name)
    case .definition(let id): ("定义", "definition", definitions[id].name)
    case .classification(let id): ("归类", "classification", classifications[id].name)
    case .hole(let id): ("空缺", "hole", holes[id].name)
    case .table(let id): ("标准表", "table", tables[id].name)
    case .tiers(let id): ("档次表", "tiers", tierSchedules[id].name)
    case .parameter(let id): ("参数", "parameter", parameters[id].name)
    case .choice(let id): ("口径", "ruling", choices[id].name)
    case .nameList(let id): ("名单", "list", nameLists[id].name)
    case .group(let id): ("组合", "group", groups[id].name)
    }
  }
}
