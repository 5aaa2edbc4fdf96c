import PolicyIR
import PolicyValues

/// Finds what tests ask of single facts, over all readings of all choices.
///
/// - Invariant: where a fact is a value outside of the region for `yes`, the engine's result is the leaf no; outside of that for no
///   (`positively` false), the leaf yes. Both follow by cases from the engine's operations, in which no dominates 且 and yes 或.
struct RegionReader {
  let plan: PreparedProgram
  let kind: Int32
  let asOfSlot: Int32
  private var known: [Key: Regions] = [:]
  private var depth = 0
  static var deepest: Int { 60 }

  private struct Key: Hashable {
    var isMeasure: Bool
    var id: Int32
    var positively: Bool
  }

  init(_ plan: PreparedProgram, kind: Int32, asOfSlot: Int32) {
    (self.plan, self.kind, self.asOfSlot) = (plan, kind, asOfSlot)
  }

  /// What the conditions of a measure ask, without its object; its period among it.
  mutating func conditions(of measure: Int32) -> Regions {
    var all = period(of: measure)
    for condition in plan.measures[Int(measure)].conditions {
      all = all.and(regions(condition.node, positively: !condition.isNegated))
    }
    switch plan.measures[Int(measure)].reference {
    case .none, .dangling: break
    case .follows(let target): all = all.and(holds(target, positively: true))
    case .defers(let target): all = all.and(holds(target, positively: false))
    }
    return all
  }

  func period(of measure: Int32) -> Regions {
    let days = plan.days(of: Int(measure))
    if days == DayRange() { return .free }
    return Regions(
      Region(slot: asOfSlot, values: .between(Int64(days.first), Int64(days.last)), admitsNone: false))
  }

  private mutating func holds(_ measure: Int32, positively: Bool) -> Regions {
    let plan = self.plan.measures[Int(measure)]
    if plan.kind != kind { return positively ? .never : .free }
    // Whether it surely holds is not worth an index.
    guard positively else { return .free }
    return remembered(Key(isMeasure: true, id: measure, positively: true)) { reader in
      // An object that isn't known leaves the verdict open, whatever the conditions are.
      if plan.membership >= 0 {
        return reader.period(of: measure).and(reader.regions(plan.membership, positively: true))
      }
      return reader.conditions(of: measure)
    }
  }

  private mutating func remembered(_ key: Key, _ body: (inout RegionReader) -> Regions) -> Regions {
    if let result = known[key] { return result }
    // A circle ends here.
    known[key] = .free
    let result = body(&self)
    known[key] = result
    return result
  }

  /// What a truth asks of facts so that it may be yes, or `positively` false, so that it may be no.
  mutating func regions(_ index: Int32, positively: Bool) -> Regions {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.deepest { return .free }
    let node = plan.nodes[Int(index)]
    guard node.isTruth else { return .free }
    switch node.operation {
    case .literal:
      guard case .option(let flag) = plan.constants[Int(node.a)] else { return .free }
      return (flag != 0) == positively ? .free : .never
    case .field:
      guard let slot = slot(index), plan.program.fields[Int(node.a)].type == .truth else { return .free }
      return between(slot, positively ? 1 : 0, positively ? 1 : 0, admitsNone: !positively)
    case .definition:
      guard node.depth == 0, let first = plan.definitions[Int(node.a)].first else { return .free }
      let bodies = plan.definitions[Int(node.a)]
      return remembered(Key(isMeasure: false, id: node.a, positively: positively)) { reader in
        var result = reader.regions(first, positively: positively)
        for body in bodies.dropFirst() { result = result.or(reader.regions(body, positively: positively)) }
        return result
      }
    case .classification: return node.depth == 0 ? classification(node.a, positively: positively) : .free
    case .measureHolds: return holds(node.a, positively: positively)
    case .conjunction: return joined(node, positively: positively, all: positively)
    case .disjunction: return joined(node, positively: positively, all: !positively)
    case .negation: return regions(node.a, positively: !positively)
    case .atLeast:
      guard positively, node.c > 0 else { return .free }
      return joined(node, positively: true, all: node.c >= node.b)
    case .conditional:
      let (test, fails) = (regions(node.a, positively: true), regions(node.a, positively: false))
      return test.and(regions(node.b, positively: positively))
        .or(fails.and(regions(node.c, positively: positively)))
    case .comparison: return comparison(node, positively: positively)
    case .membership: return membership(node, positively: positively)
    case .fieldOf, .hole, .parameter, .table, .tiers, .measureAmount, .asOf, .onList, .dangling, .arithmetic, .call,
      .aggregate, .rounded, .malformed:
      return .free
    }
  }

  private mutating func joined(_ node: Node, positively: Bool, all: Bool) -> Regions {
    var result: Regions = all ? .free : .never
    for offset in 0..<Int(node.b) {
      let next = regions(plan.operands[Int(node.a) + offset], positively: positively)
      result = all ? result.and(next) : result.or(next)
    }
    return result
  }

  /// The slot of the subject's own field that a node is.
  func slot(_ index: Int32) -> Int32? { plan.plainField(index, of: kind).map { plan.fieldSlots[Int($0)] } }

  func between(_ slot: Int32, _ low: Int64, _ high: Int64, admitsNone: Bool) -> Regions {
    Regions(Region(slot: slot, values: .between(low, high), admitsNone: admitsNone))
  }

  /// The values of an option for which a body is true.
  func options(_ slot: Int32, _ count: Int, admitsNone: Bool, _ isIn: (Int) -> Bool) -> Regions {
    var bits = [UInt64](repeating: 0, count: (count + 63) / 64)
    for value in 0..<count where isIn(value) { bits[value >> 6] |= 1 << UInt64(value & 63) }
    return Regions(Region(slot: slot, values: .options(bits, of: count), admitsNone: admitsNone))
  }
}
