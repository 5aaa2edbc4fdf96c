import PolicyEvaluation
import PolicyIR
import PolicyValues

extension ColumnCompiler {
  /// The step of a quantity or a date.
  mutating func value(_ expression: Expression) throws(Obstacle) -> Int32 {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.deepest { throw .refused(.nesting) }
    switch expression.type {
    case .quantity, .date: break
    case .duration: throw .refused(.duration)
    case .text: throw .refused(.text)
    case .truth, .option, .entity, .many: throw .refused(.form)
    }
    switch expression.form {
    case .literal(let value): return try literal(value)
    case .field(let field, let depth):
      let slot = try slot(field, depth)
      guard (program.fields[field].type == .date) == (expression.type == .date) else { throw .refused(.form) }
      return add(ValueStep.field(slot))
    case .definition(let id, let depth):
      if depth != 0 { throw .refused(.depth) }
      return try value(try body(of: id))
    case .hole(let id):
      let positions = fillings(of: id)
      guard positions.count == 1 else { throw .refused(.openValue) }
      return try value(program.holes[id].fillings[positions[0]].value)
    case .parameter(let id, let at):
      guard case .asOf = at.form, let step = program.parameters[id].steps.last(where: { $0.from <= asOf }) else {
        throw .refused(.openValue)
      }
      return try literal(step.value)
    case .table(let id): return try table(id)
    case .asOf: return add(.literal(Int64(asOf.dayNumber)))
    case .arithmetic(let operation, let left, let right):
      guard case .quantity = left.type, case .quantity = right.type else { throw .refused(.duration) }
      return add(.arithmetic(operation, try value(left), try value(right)))
    case .conditional(let test, let then, let otherwise):
      return add(ValueStep.choose(try truth(test), try value(then), try value(otherwise)))
    case .call(let builtin, let items): return try call(builtin, items)
    case .rounded(let operand, let rounding): return add(.rounded(try value(operand), rounding))
    case .fieldOf, .aggregate: throw .refused(.relation)
    case .tiers: throw .refused(.tiers)
    case .measureAmount: throw .refused(.measureAmount)
    case .classification, .measureHolds, .onList, .dangling, .conjunction, .disjunction, .negation, .atLeast,
      .comparison, .membership:
      throw .refused(.form)
    }
  }

  private mutating func literal(_ value: Value) throws(Obstacle) -> Int32 {
    switch value {
    case .quantity(let number):
      guard let number = FactVector.scaled(number) else { throw .refused(.precision) }
      return add(.literal(number))
    case .date(let date): return add(.literal(Int64(date.dayNumber)))
    case .truth, .duration, .text, .option: throw .refused(.form)
    }
  }

  private mutating func table(_ id: TableID) throws(Obstacle) -> Int32 {
    let table = program.tables[id]
    guard table.kind == kind else { throw .refused(.form) }
    var (tests, results): ([Int32], [Int32]) = ([], [])
    for row in table.rows {
      var all: [Int32] = []
      for test in row.tests { if let test { all.append(try truth(test)) } }
      tests.append(add(.all(all)))
      results.append(try value(row.result))
    }
    return add(.table(tests: tests, results: results))
  }

  private mutating func call(_ builtin: Builtin, _ items: [Expression]) throws(Obstacle) -> Int32 {
    switch builtin {
    case .least, .greatest:
      guard let first = items.first else { throw .refused(.form) }
      var result = try value(first)
      for item in items.dropFirst() {
        result = add(.extreme(result, try value(item), greatest: builtin == .greatest))
      }
      return result
    case .endOfYear, .year, .monthDay:
      guard items.count == 1 else { throw .refused(.form) }
      return add(.ofDate(builtin, try value(items[0])))
    case .fullYears, .fullMonths, .days:
      guard items.count == 2 else { throw .refused(.form) }
      return add(.ofDates(builtin, try value(items[0]), try value(items[1])))
    case .workingDaysAfter: throw .refused(.duration)
    }
  }
}
