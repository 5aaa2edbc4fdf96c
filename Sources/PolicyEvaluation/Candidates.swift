import PolicyIR
import PolicyValues

/// Values of a field that stand for all its values, as far as the program tells them apart.
///
/// Where a quantity or a date is only compared with fixed values, one value for each boundary and for each stretch between
/// two of them is enough. A field that is computed with in another way is `free`: its candidates are samples.
struct Candidates: Sendable {
  /// The boundaries, ascending; of quantities and dates only.
  var boundaries: [Rational] = []
  /// Whether the as-of date is a boundary too.
  var isBoundedByAsOf = false
  var texts: [String] = []
  var isFree = false

  /// The candidates of each field of a program.
  static func all(of plan: PreparedProgram) -> [Candidates] {
    var result = Array(repeating: Candidates(), count: plan.program.fields.count)
    let isReached = plan.verdictNodes()
    for (position, node) in plan.nodes.enumerated() where isReached[position] {
      switch node.operation {
      case .comparison:
        let (left, right) = (flow(node.a, plan), flow(node.b, plan))
        meet(left, right, &result, texts: plan.texts)
        meet(right, left, &result, texts: plan.texts)
        // Two facts compared with one another have no fixed boundary.
        if !left.fields.isEmpty, !right.fields.isEmpty || right.isComputed { free(left, &result) }
        if !right.fields.isEmpty, !left.fields.isEmpty || left.isComputed { free(right, &result) }
      case .membership:
        var values = Flow()
        for offset in 0..<Int(node.c) { values.cells.append(plan.constants[Int(plan.operands[Int(node.b) + offset])]) }
        meet(flow(node.a, plan), values, &result, texts: plan.texts)
      case .arithmetic: for side in [node.a, node.b] { free(flow(side, plan), &result) }
      case .rounded: free(flow(node.a, plan), &result)
      case .call:
        let builtin = Builtin.allCases[min(Int(node.detail), Builtin.allCases.count - 1)]
        if builtin == .least || builtin == .greatest { continue }
        for offset in 0..<Int(node.b) { free(flow(plan.operands[Int(node.a) + offset], plan), &result) }
      case .parameter:
        let at = flow(node.b, plan)
        free(at, &result)
        var steps = Flow()
        steps.cells = plan.program.parameters[Int(node.a)].steps.map { .date($0.from) }
        meet(at, steps, &result)
      default: continue
      }
    }
    for (index, schedule) in plan.tierSchedules.enumerated() where isReached[Int(schedule.base)] {
      let base = flow(schedule.base, plan)
      free(base, &result)
      var ends = Flow()
      for tier in plan.program.tierSchedules[index].tiers {
        if let low = tier.low { ends.cells.append(.quantity(low)) }
        if let high = tier.high { ends.cells.append(.quantity(high)) }
      }
      meet(base, ends, &result)
    }
    for index in result.indices {
      result[index].boundaries.sort()
      if case .entity = plan.program.fields[index].type { result[index].isFree = true }
      if case .many = plan.program.fields[index].type { result[index].isFree = true }
      if case .duration = plan.program.fields[index].type { result[index].isFree = true }
    }
    return result
  }

  /// What may come out of an expression unchanged.
  private struct Flow {
    var fields: [Int32] = []
    var cells: [Cell] = []
    var hasAsOf = false
    /// Something else may come out that depends on facts.
    var isComputed = false
  }

  private static func flow(_ index: Int32, _ plan: PreparedProgram, depth: Int = 0) -> Flow {
    var result = Flow()
    guard index >= 0, depth < 40 else {
      result.isComputed = true
      return result
    }
    let node = plan.nodes[Int(index)]
    func add(_ other: Int32) {
      let inner = flow(other, plan, depth: depth + 1)
      result.fields.append(contentsOf: inner.fields)
      result.cells.append(contentsOf: inner.cells)
      result.hasAsOf = result.hasAsOf || inner.hasAsOf
      result.isComputed = result.isComputed || inner.isComputed
    }
    switch node.operation {
    case .literal: result.cells.append(plan.constants[Int(node.a)])
    case .field, .fieldOf: result.fields.append(node.a)
    case .asOf: result.hasAsOf = true
    case .definition: for body in plan.definitions[Int(node.a)] { add(body) }
    case .hole: for filling in plan.holes[Int(node.a)].fillings { add(filling) }
    case .parameter:
      for step in plan.program.parameters[Int(node.a)].steps {
        if case .quantity(let number) = step.value { result.cells.append(.quantity(number)) }
        if case .date(let date) = step.value { result.cells.append(.date(date)) }
      }
    case .table: for row in plan.tables[Int(node.a)].results { add(row) }
    case .conditional:
      add(node.b)
      add(node.c)
    case .call where node.detail < 2: for offset in 0..<Int(node.b) { add(plan.operands[Int(node.a) + offset]) }
    case .aggregate where node.c >= 0 && node.detail > 3: add(node.c)
    default: result.isComputed = true
    }
    return result
  }

  private static func meet(_ side: Flow, _ other: Flow, _ result: inout [Candidates], texts: [String] = []) {
    for field in side.fields {
      if other.hasAsOf { result[Int(field)].isBoundedByAsOf = true }
      for cell in other.cells {
        let number: Rational
        switch cell {
        case .quantity(let quantity): number = quantity
        case .date(let date): number = Rational(Int(date.dayNumber))
        case .text(let place):
          if texts.indices.contains(Int(place)), !result[Int(field)].texts.contains(texts[Int(place)]) {
            result[Int(field)].texts.append(texts[Int(place)])
          }
          continue
        case .duration, .option, .unknown, .notApplicable: continue
        }
        if !result[Int(field)].boundaries.contains(number) { result[Int(field)].boundaries.append(number) }
      }
    }
  }

  private static func free(_ side: Flow, _ result: inout [Candidates]) {
    for field in side.fields { result[Int(field)].isFree = true }
  }
}

/// One candidate of an ordered field: a boundary, or a value between two of them.
struct Candidate: Sendable {
  var value: Value
  /// For a value between boundaries: the boundaries around it; nil: none.
  var above: Rational?
  var below: Rational?
  var isBoundary: Bool
}

extension Candidates {
  /// The candidates in ascending order.
  func list(of type: ValueType, in program: Program, asOf: CivilDate) -> [Candidate] {
    func plain(_ value: Value) -> Candidate { Candidate(value: value, above: nil, below: nil, isBoundary: true) }
    switch type {
    case .truth: return [plain(.truth(true)), plain(.truth(false))]
    case .option(let option):
      guard program.optionTypes.indices.contains(option.index) else { return [] }
      return program.optionTypes[option].values.indices.map { plain(.option(Int32($0))) }
    case .text: return (texts + [texts.max().map { $0 + "〇" } ?? "〇"]).map { plain(.text($0)) }
    case .quantity: return ordered(boundaries, step: nil) { $0.isNegative ? nil : .quantity($0) }
    case .date:
      var days = boundaries
      let today = Rational(Int(asOf.dayNumber))
      if isBoundedByAsOf, !days.contains(today) { days = (days + [today]).sorted() }
      return ordered(days, step: .one) { number in
        number.isInteger ? CivilDate(dayNumber: Int(clamping: number.numerator)).map { .date($0) } : nil
      }
    case .duration, .entity, .many: return []
    }
  }

  /// Boundaries and one value in each stretch around them; `step` is the least distance of two values.
  private func ordered(_ ends: [Rational], step: Rational?, _ value: (Rational) -> Value?) -> [Candidate] {
    var list: [Candidate] = []
    func add(_ number: Rational?, above: Rational?, below: Rational?, isBoundary: Bool) {
      guard let number, let value = value(number) else { return }
      list.append(Candidate(value: value, above: above, below: below, isBoundary: isBoundary))
    }
    guard let first = ends.first, let last = ends.last else {
      add(step == nil ? .zero : Rational(20_000), above: nil, below: nil, isBoundary: false)
      return list
    }
    let before = step == nil ? try? first.divided(by: 2) : try? first.subtracting(.one)
    if before != first { add(before, above: nil, below: first, isBoundary: false) }
    for (position, end) in ends.enumerated() {
      add(end, above: nil, below: nil, isBoundary: true)
      guard position + 1 < ends.count else { break }
      let next = ends[position + 1]
      if step != nil {
        if let after = try? end.adding(.one), after < next { add(after, above: end, below: next, isBoundary: false) }
      } else {
        add(try? end.adding(next).divided(by: 2), above: end, below: next, isBoundary: false)
      }
    }
    add(try? last.adding(.one), above: last, below: nil, isBoundary: false)
    return list
  }
}
