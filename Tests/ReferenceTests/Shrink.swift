import PolicyIR
import PolicyValues

/// A program and a subject on which something is wrong.
struct Failing {
  var program: Program
  var subject: Subject
}

extension Failing {
  /// Tries simpler programs and subjects, one change after another, as long as something is still wrong.
  mutating func shrink(_ isWrong: (Failing) -> Bool) {
    var isSmaller = true
    while isSmaller {
      isSmaller = false
      for candidate in simpler where isWrong(candidate) {
        self = candidate
        isSmaller = true
        break
      }
    }
  }

  private var simpler: [Failing] {
    var list: [Failing] = []
    func add(_ change: (inout Failing) -> Void) {
      var copy = self
      change(&copy)
      list.append(copy)
    }
    for id in program.measures.indices {
      let measure = program.measures[id]
      for place in measure.conditions.indices.reversed() {
        add { $0.program.measures[id].conditions.remove(at: place) }
      }
      if let amount = measure.amount, !amount.value.children.isEmpty {
        add {
          $0.program.measures[id].amount?.value = Expression(
            .literal(.quantity(1)), type: amount.value.type, span: amount.value.span)
        }
      }
      if measure.reference != nil { add { $0.program.measures[id].reference = nil } }
      if measure.object?.membership != nil { add { $0.program.measures[id].object?.membership = nil } }
      if measure.period != Period() { add { $0.program.measures[id].period = Period() } }
      for (place, condition) in measure.conditions.enumerated() {
        for test in smaller(condition.test) { add { $0.program.measures[id].conditions[place].test = test } }
      }
      if let amount = measure.amount {
        for value in smaller(amount.value) { add { $0.program.measures[id].amount?.value = value } }
      }
      if let test = measure.object?.membership {
        for test in smaller(test) { add { $0.program.measures[id].object?.membership = test } }
      }
    }
    for (id, definition) in program.definitions.enumerated() {
      for (place, body) in definition.bodies.enumerated() {
        for body in smaller(body) { add { $0.program.definitions[id].bodies[place] = body } }
      }
    }
    for (id, schedule) in program.tierSchedules.enumerated() {
      for base in smaller(schedule.base) { add { $0.program.tierSchedules[id].base = base } }
    }
    for fact in subject.facts.indices {
      switch subject.facts[fact] {
      case .missing: break
      case .many(let members, let complete):
        for place in members.indices {
          add { copy in
            var rest = members
            rest.remove(at: place)
            copy.subject.facts[fact] = .many(rest, complete: complete)
          }
          for inner in members[place].facts.indices where members[place].facts[inner] != .missing {
            add { copy in
              var rest = members
              rest[place].facts[inner] = .missing
              copy.subject.facts[fact] = .many(rest, complete: complete)
            }
          }
        }
        fallthrough
      default: add { $0.subject.facts[fact] = .missing }
      }
    }
    return list
  }

  /// Parts of the same type, the expression with one part made smaller, and a plain truth.
  private func smaller(_ expression: Expression) -> [Expression] {
    var list = expression.children.filter { $0.type == expression.type && !isInner(expression) }
    func with(_ form: Expression.Form) { list.append(Expression(form, type: expression.type, span: expression.span)) }
    if expression.type == .truth, !expression.children.isEmpty {
      with(.literal(.truth(true)))
      with(.literal(.truth(false)))
    }
    switch expression.form {
    case .conjunction(let tests):
      for (place, test) in tests.enumerated() {
        for test in smaller(test) { with(.conjunction(replaced(tests, place, test))) }
      }
    case .disjunction(let tests):
      for (place, test) in tests.enumerated() {
        for test in smaller(test) { with(.disjunction(replaced(tests, place, test))) }
      }
    case .atLeast(let count, let tests):
      for (place, test) in tests.enumerated() {
        for test in smaller(test) { with(.atLeast(count, replaced(tests, place, test))) }
      }
    case .negation(let test): for test in smaller(test) { with(.negation(test)) }
    case .comparison(let comparison, let left, let right):
      for left in smaller(left) { with(.comparison(comparison, left, right)) }
      for right in smaller(right) { with(.comparison(comparison, left, right)) }
    case .arithmetic(let operation, let left, let right):
      for left in smaller(left) { with(.arithmetic(operation, left, right)) }
      for right in smaller(right) { with(.arithmetic(operation, left, right)) }
    case .conditional(let test, let yes, let no):
      for test in smaller(test) { with(.conditional(test, yes, no)) }
      for yes in smaller(yes) { with(.conditional(test, yes, no)) }
      for no in smaller(no) { with(.conditional(test, yes, no)) }
    case .call(let builtin, let arguments):
      for (place, argument) in arguments.enumerated() {
        for argument in smaller(argument) { with(.call(builtin, replaced(arguments, place, argument))) }
      }
    case .rounded(let operand, let rounding): for operand in smaller(operand) { with(.rounded(operand, rounding)) }
    case .parameter(let id, let date): for date in smaller(date) { with(.parameter(id, at: date)) }
    case .aggregate(let aggregate, let relation, let depth, let filter, let body):
      if let filter {
        if aggregate != .count {
          with(.aggregate(aggregate, relation: relation, depth: depth, filter: nil, body: body))
        }
        for filter in smaller(filter) {
          with(.aggregate(aggregate, relation: relation, depth: depth, filter: filter, body: body))
        }
      }
      if let body {
        for body in smaller(body) {
          with(.aggregate(aggregate, relation: relation, depth: depth, filter: filter, body: body))
        }
      }
    case .definition(let id, 0): list += program.definitions[id].bodies
    default: break
    }
    return list
  }

  private func isInner(_ expression: Expression) -> Bool {
    if case .aggregate = expression.form { true } else { false }
  }

  private func replaced(_ items: [Expression], _ place: Int, _ item: Expression) -> [Expression] {
    var items = items
    items[place] = item
    return items
  }
}
