import PolicyEvaluation
import PolicyIR
import PolicyValues

extension SQLCompiler {
  /// The step of a quantity or a date.
  mutating func value(_ expression: Expression) throws(Obstacle) -> Int32 {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.deepest { throw .refused(.nesting) }
    place = expression.span
    switch expression.type {
    case .quantity, .date: break
    case .duration: throw .refused(.duration)
    case .text: throw .refused(.text)
    case .truth, .option, .entity, .many: throw .refused(.form)
    }
    let step = try value(expression.form, expression.type)
    place = expression.span
    return step
  }

  private mutating func value(_ form: Expression.Form, _ type: ValueType) throws(Obstacle) -> Int32 {
    switch form {
    case .literal(let value): return try literal(value)
    case .field(let field, let depth):
      let slot = try slot(field, depth)
      guard (program.fields[field].type == .date) == (type == .date),
        let column = SQLColumn(field, in: program)
      else { throw .refused(.form) }
      switch column.form {
      case .date:
        let years = SQLColumn.years
        return add(
          .field(slot), ValueShape(isDate: true, low: Int128(years.lowerBound), high: Int128(years.upperBound)))
      case .quantity(let parts, let greatest):
        return add(.field(slot), ValueShape(parts: parts, low: 0, high: greatest))
      case .truth, .option, .text: throw .refused(.form)
      }
    case .definition(let id, let depth):
      if depth != 0 { throw .refused(.relation) }
      let (body, name) = try body(of: id)
      let step = try value(body)
      self.name(.value(step), name)
      return step
    case .hole(let id): return try hole(id)
    case .parameter(let id, let at): return try parameter(id, at)
    case .asOf: return try literal(.date(asOf))
    case .arithmetic(let operation, let left, let right):
      if left.type == .date || right.type == .date { return try shifted(operation, left, right) }
      guard case .quantity = left.type, case .quantity = right.type else { throw .refused(.duration) }
      return try arithmetic(operation, try value(left), try value(right))
    case .conditional(let test, let then, let otherwise):
      let (one, two) = (try value(then), try value(otherwise))
      return add(.choose(try truth(test), one, two), try common(one, two))
    case .call(let builtin, let items): return try call(builtin, items)
    case .rounded(let operand, let rounding): return try rounded(try value(operand), rounding)
    case .table(let id): return try table(id)
    case .fieldOf, .aggregate: throw .refused(.relation)
    case .tiers(let id): return try tiers(id)
    case .measureAmount: throw .refused(.measureAmount)
    case .classification, .measureHolds, .onList, .dangling, .conjunction, .disjunction, .negation, .atLeast,
      .comparison, .membership:
      throw .refused(.form)
    }
  }

  private mutating func literal(_ value: Value) throws(Obstacle) -> Int32 {
    switch value {
    case .quantity(let number): return try self.number(number)
    case .date(let date):
      return add(.day(date), ValueShape(isDate: true, low: Int128(date.year), high: Int128(date.year)))
    case .truth, .duration, .text, .option: throw .refused(.form)
    }
  }

  private mutating func hole(_ id: HoleID) throws(Obstacle) -> Int32 {
    let hole = program.holes[id]
    let positions = fillings(of: id)
    switch positions.count {
    case 0:
      var ends: [Int32?] = []
      for end in [hole.lowest, hole.highest] {
        let step = try end.map { expression throws(Obstacle) in try value(expression) }
        // Ends that are themselves open would make bounds of bounds.
        if let step, case .number = values[Int(step)] {} else if step != nil { throw .refused(.form) }
        ends.append(step)
      }
      var shape = ValueShape(isDate: hole.type == .date)
      for end in ends { if let end { shape = try common(shape, shapes[Int(end)]) } }
      return add(.open(lowest: ends[0], highest: ends[1], reason: number(.hole(id))), shape)
    case 1: return try value(hole.fillings[positions[0]].value)
    default:
      return add(
        .failed(reason: number(.conflict(.fillings(id, positions)))), ValueShape(isDate: hole.type == .date))
    }
  }

  private mutating func parameter(_ id: ParameterID, _ at: Expression) throws(Obstacle) -> Int32 {
    let parameter = program.parameters[id]
    let early = number(.notComputable(.beforeFirstPeriod(id)))
    if case .asOf = at.form {
      if let step = parameter.steps.last(where: { $0.from <= asOf }) { return try literal(step.value) }
      return add(.failed(reason: early), ValueShape(isDate: parameter.type == .date))
    }
    let date = try value(at)
    guard shapes[Int(date)].isDate, !parameter.steps.isEmpty else { throw .refused(.form) }
    var periods: [ValueStep.Period] = []
    var shape: ValueShape?
    for step in parameter.steps {
      let value = try literal(step.value)
      periods.append(.init(from: step.from, value: value))
      shape = try shape.map { known throws(Obstacle) in try common(known, shapes[Int(value)]) } ?? shapes[Int(value)]
    }
    return add(.parameter(date, periods, reason: early), shape ?? ValueShape())
  }

  private mutating func call(_ builtin: Builtin, _ items: [Expression]) throws(Obstacle) -> Int32 {
    switch builtin {
    case .least, .greatest:
      guard let first = items.first else { throw .refused(.form) }
      var result = try value(first)
      for item in items.dropFirst() {
        let next = try value(item)
        result = add(.extreme(result, next, greatest: builtin == .greatest), try common(result, next))
      }
      return result
    case .endOfYear, .year, .monthDay:
      guard items.count == 1 else { throw .refused(.form) }
      let date = try value(items[0])
      let shape =
        builtin == .endOfYear ? shapes[Int(date)] : ValueShape(low: 1, high: builtin == .year ? 9_999 : 1_231)
      return add(.ofDate(builtin, date), shape)
    case .fullYears, .fullMonths, .days:
      guard items.count == 2 else { throw .refused(.form) }
      let most: Int128 = builtin == .fullYears ? 10_000 : builtin == .fullMonths ? 120_000 : 3_700_000
      return add(
        .ofDates(builtin, try value(items[0]), try value(items[1])), ValueShape(low: -most, high: most))
    case .workingDaysAfter: throw .refused(.duration)
    }
  }
}
