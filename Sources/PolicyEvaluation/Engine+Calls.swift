import PolicyIR
import PolicyValues

extension Engine {
  mutating func call(_ node: Node, _ frame: Int32) -> Ref<Cell> {
    guard Int(node.detail) < Builtin.allCases.count, node.b > 0 else { return .leaf(failed(.malformed)) }
    let builtin = Builtin.allCases[Int(node.detail)]
    let first = value(plan.operands[Int(node.a)], frame)
    switch builtin {
    case .least, .greatest:
      if plan.expressions[Int(node.source)].type == .duration {
        let items = (0..<Int(node.b)).map { value(plan.operands[Int(node.a) + $0], frame) }
        return applyAll([], items) { engine, _, cells in engine.extreme(ofDurations: cells, builtin) }
      }
      var result = first
      for offset in 1..<max(1, Int(node.b)) {
        result = apply(result, value(plan.operands[Int(node.a) + offset], frame)) { engine, one, two in
          engine.extreme(one, two, greatest: builtin == .greatest)
        }
      }
      return result
    case .endOfYear, .year, .monthDay:
      return map(first) { engine, cell in engine.ofDate(cell, builtin) }
    case .fullYears, .fullMonths, .days, .workingDaysAfter:
      guard node.b == 2 else { return .leaf(failed(.malformed)) }
      return apply(first, value(plan.operands[Int(node.a) + 1], frame)) { engine, one, two in
        engine.ofDates(one, two, builtin)
      }
    }
  }

  /// The shortest or the longest of several lengths, where one is it whatever the calendar.
  private mutating func extreme(ofDurations cells: [Cell], _ builtin: Builtin) -> Cell {
    if cells.contains(.notApplicable) { return .notApplicable }
    let reasons = cells.reduce(SlotSet.empty) { registry.sets.union($0, $1.reasons) }
    // Which is longer may turn out not to be computable.
    if !reasons.isEmpty { return .unknown(reasons, .none) }
    let lengths: [Duration] = cells.compactMap { if case .duration(let length) = $0 { length } else { nil } }
    guard lengths.count == cells.count else { return failed(.malformed) }
    let extreme = lengths.first { length in
      lengths.allSatisfy { other in
        builtin == .greatest ? length.order(to: other).lowerBound >= 0 : length.order(to: other).upperBound <= 0
      }
    }
    return extreme.map { .duration($0) } ?? failed(.unlikeDurations)
  }
}
