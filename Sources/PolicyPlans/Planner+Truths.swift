import PolicyEvaluation
import PolicyIR
import PolicyText
import PolicyValues

extension Planner {
  /// The step of a truth.
  mutating func truth(_ expression: Expression) throws(Obstacle) -> Int32 {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.deepest { throw .refused(.nesting) }
    place = expression.span
    let step = try truth(expression.form, expression)
    place = expression.span
    return step
  }

  private mutating func truth(_ form: Expression.Form, _ expression: Expression) throws(Obstacle) -> Int32 {
    switch form {
    case .literal(.truth(let flag)): return constant(flag)
    case .field(let field, let depth):
      let slot = try slot(field, depth)
      guard program.fields[field].type == .truth else { throw .refused(.form) }
      return add(TruthStep.field(slot))
    case .definition(let id, let depth):
      if depth != 0 { throw .refused(.relation) }
      let (body, name) = try body(of: id)
      let step = try truth(body)
      self.name(.truth(step), name)
      return step
    case .classification(let id, let depth):
      let step = try classification(id, depth)
      let name = classificationName(id)
      self.name(.truth(step), name)
      return step
    case .hole(let id):
      let positions = fillings(of: id)
      switch positions.count {
      case 0: return unknown(.hole(id))
      case 1: return try truth(program.holes[id].fillings[positions[0]].value)
      default: return unknown(.conflict(.fillings(id, positions)))
      }
    case .measureHolds(let id): return try holds(id)
    case .onList(let id):
      if program.nameLists[id].names == nil { return unknown(.listNotOnFile(id)) }
      throw .refused(.nameList)
    case .dangling(let text): return unknown(.danglingReference(text))
    case .conjunction(let items): return all(try truths(items))
    case .disjunction(let items): return add(.any(try truths(items)))
    case .atLeast(let count, let items): return add(.atLeast(count, try truths(items)))
    case .negation(let operand): return negation(try truth(operand))
    case .comparison(let comparison, let left, let right): return try self.comparison(comparison, left, right)
    case .membership(let operand, let values, let open):
      return try membership(operand, values, open: open, expression.span)
    case .conditional(let test, let then, let otherwise):
      return add(TruthStep.choose(try truth(test), try truth(then), try truth(otherwise)))
    case .fieldOf, .aggregate: throw .refused(.relation)
    case .measureAmount: throw .refused(.measureAmount)
    case .literal, .parameter, .table, .tiers, .asOf, .arithmetic, .call, .rounded: throw .refused(.form)
    }
  }

  private mutating func truths(_ items: [Expression]) throws(Obstacle) -> [Int32] {
    var steps: [Int32] = []
    for item in items { steps.append(try truth(item)) }
    return steps
  }

  private func classificationName(_ id: ClassificationID) -> String {
    let name = program.classifications[id].name
    guard let reading = readings[.value(id)] else { return name }
    return "\(name)（分歧\(reading == 0 ? "是" : "否")）"
  }

  /// A classification as a test of its option. Of its disputed values a row has one at most, so that they share one choice.
  private mutating func classification(_ id: ClassificationID, _ depth: Int) throws(Obstacle) -> Int32 {
    let entry = program.classifications[id]
    let slot = try slot(entry.field, depth)
    guard case .option = program.fields[entry.field].type else { throw .refused(.form) }
    var (yes, open, why): ([Int32], [Int32], [Int32]) = ([], [], [])
    for (place, sorting) in entry.sorting.enumerated() {
      switch sorting {
      case .yes: yes.append(Int32(place))
      case .no: break
      case .unsettled:
        open.append(Int32(place))
        why.append(number(.unsettled(id, value: Int32(place))))
      case .disputed(let choice):
        guard program.choices.indices.contains(choice.index) else { throw .refused(.form) }
        let ruling = program.choices[choice].ruling
        let reading = if let ruling { ruling.reading } else { try self.reading(of: .value(id), among: 2) }
        if reading == 0 { yes.append(Int32(place)) }
      }
    }
    return add(.option(slot, yes: yes, open: open, reasons: why))
  }

  /// Whether a fact is one of some values; an open list leaves the others unknown.
  private mutating func membership(
    _ operand: Expression, _ items: [Value], open: Bool, _ span: Span
  ) throws(Obstacle) -> Int32 {
    guard case .field(let field, let depth) = operand.form else {
      if case .fieldOf = operand.form { throw .refused(.relation) }
      throw .refused(.form)
    }
    let slot = try slot(field, depth)
    switch program.fields[field].type {
    case .option(let id):
      let places = items.compactMap { if case .option(let place) = $0 { place } else { nil } }
      guard places.count == items.count else { throw .refused(.form) }
      let yes = Set(places).sorted()
      guard open else { return add(.option(slot, yes: yes, open: [], reasons: [])) }
      let others = program.optionTypes[id].values.indices.map { Int32($0) }.filter { !yes.contains($0) }
      let why = number(.openList(field, list: span))
      return add(.option(slot, yes: yes, open: others, reasons: others.map { _ in why }))
    case .date where !open:
      var tests: [Int32] = []
      for case .date(let date) in items { tests.append(add(.date(slot, .equal, date))) }
      return add(.any(tests))
    case .truth, .quantity, .date: throw .refused(.form)
    case .duration: throw .refused(.duration)
    case .text: throw .refused(.text)
    case .entity, .many: throw .refused(.relation)
    }
  }

  private mutating func comparison(
    _ comparison: Expression.Comparison, _ left: Expression, _ right: Expression
  ) throws(Obstacle) -> Int32 {
    if case .literal = left.form, case .field = right.form {
      return try self.comparison(comparison.mirrored, right, left)
    }
    switch (left.type, right.type) {
    case (.truth, .truth):
      guard case .literal(.truth(let flag)) = right.form, comparison == .equal || comparison == .notEqual else {
        throw .refused(.form)
      }
      let step = try truth(left)
      return flag == (comparison == .equal) ? step : negation(step)
    case (.option(let id), .option):
      guard case .field(let field, let depth) = left.form, case .literal(.option(let other)) = right.form else {
        if case .fieldOf = left.form { throw .refused(.relation) }
        throw .refused(.form)
      }
      return try option(try slot(field, depth), id, comparison, other)
    case (.date, .date), (.quantity, .quantity):
      if let plain = try plain(comparison, left, right) { return plain }
      let (one, two) = (try value(left), try value(right))
      try alike(one, two)
      switch (values[Int(one)], values[Int(two)]) {
      case (.number(let one), .number(let two)): return constant(comparison.holds(one, two))
      case (.day(let one), .day(let two)): return constant(comparison.holds(one, two))
      default: return add(.values(one, comparison, two))
      }
    case (.text, _), (_, .text): throw .refused(.text)
    case (.duration, _), (_, .duration): throw .refused(.duration)
    default: throw .refused(.form)
    }
  }

  /// An option against one of its values; in an order, a value outside it leaves the comparison unknown.
  private mutating func option(
    _ slot: Int, _ id: OptionTypeID, _ comparison: Expression.Comparison, _ other: Int32
  ) throws(Obstacle) -> Int32 {
    let values = program.optionTypes[id].values
    let isOrdered = comparison != .equal && comparison != .notEqual
    if isOrdered, values.indices.contains(Int(other)), values[Int(other)].unranked { throw .refused(.unranked) }
    var (yes, open, why): ([Int32], [Int32], [Int32]) = ([], [], [])
    for (place, value) in values.enumerated() {
      if isOrdered, value.unranked {
        open.append(Int32(place))
        why.append(number(.unranked(id, value: Int32(place))))
      } else if comparison.holds(Int32(place), other) {
        yes.append(Int32(place))
      }
    }
    return add(.option(slot, yes: yes, open: open, reasons: why))
  }

  /// A fact against a literal, the as-of date or, of dates, another fact; nil for anything else.
  private mutating func plain(
    _ comparison: Expression.Comparison, _ left: Expression, _ right: Expression
  ) throws(Obstacle) -> Int32? {
    guard case .field(let field, let depth) = left.form else { return nil }
    switch right.form {
    case .literal(.quantity(let number)):
      // A missing quantity is 0 or more, which decides what is below that.
      let settled =
        comparison == .less && number <= .zero
        || (comparison == .lessOrEqual || comparison == .equal) && number.isNegative
      return add(.quantity(try slot(field, depth), comparison, number, settled: settled))
    case .literal(.date(let date)): return add(.date(try slot(field, depth), comparison, date))
    case .asOf: return add(.date(try slot(field, depth), comparison, asOf))
    case .field(let other, let otherDepth) where left.type == .date:
      return add(.dates(try slot(field, depth), comparison, try slot(other, otherDepth)))
    default: return nil
    }
  }
}
