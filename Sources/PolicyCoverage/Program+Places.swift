package import PolicyIR

extension Program {
  /// Replaces the expression at a place of a rule by what the body makes of it.
  package mutating func replaceExpression(
    _ owner: CoverageItem.Owner, _ path: [Int], _ body: (Expression) -> Expression
  ) {
    func changed(_ expression: Expression) -> Expression { expression.replacing(path, body) }
    func below(_ expression: Expression) -> Expression { expression.replacing(path.dropFirst(), body) }
    switch owner {
    case .object(let id):
      if let membership = measures[id].object?.membership {
        measures[id.index].object?.membership = changed(membership)
      }
    case .condition(let id, let position):
      measures[id.index].conditions[position].test = changed(measures[id].conditions[position].test)
    case .amount(let id):
      if let amount = measures[id].amount { measures[id.index].amount?.value = changed(amount.value) }
    case .payer(let id, let position):
      let payer = measures[id].payers[position]
      if path.first == 0 {
        measures[id.index].payers[position].condition = payer.condition.map(below)
      } else {
        switch payer.share {
        case .rate(let share): measures[id.index].payers[position].share = .rate(below(share))
        case .amount(let share): measures[id.index].payers[position].share = .amount(below(share))
        case .unstated, .rest: break
        }
      }
    case .instalment(let id, let position):
      if path.first == 0 {
        measures[id.index].instalments[position].condition = measures[id].instalments[position].condition.map(below)
      } else {
        measures[id.index].instalments[position].date = measures[id].instalments[position].date.map(below)
      }
    case .deadline(let id, let position):
      measures[id.index].deadlines[position].start = measures[id].deadlines[position].start.map(changed)
    case .definition(let id, let reading):
      definitions[id.index].bodies[reading] = changed(definitions[id].bodies[reading])
    case .filling(let id, let position):
      holes[id.index].fillings[position].value = changed(holes[id].fillings[position].value)
    case .row(let id, let row):
      guard let column = path.first else { return }
      let entry = tables[id].rows[row]
      if column < entry.tests.count {
        tables[id.index].rows[row].tests[column] = entry.tests[column].map(below)
      } else {
        tables[id.index].rows[row].result = below(entry.result)
      }
    case .tiers(let id):
      guard let part = path.first else { return }
      if part == 0 {
        tierSchedules[id.index].base = below(tierSchedules[id].base)
      } else {
        tierSchedules[id.index].tiers[part - 1].rate = below(tierSchedules[id].tiers[part - 1].rate)
      }
    case .verdict, .classification, .choice, .parameter, .measurePeriod, .documentPeriod: break
    }
  }
}
