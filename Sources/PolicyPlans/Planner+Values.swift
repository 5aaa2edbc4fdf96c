import PolicyEvaluation
import PolicyIR
import PolicyValues

extension Planner {
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
      switch (program.fields[field].type, type) {
      case (.date, .date), (.quantity, .quantity): return add(.field(slot), isDate: type == .date)
      default: throw .refused(.form)
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
      let (one, two) = (try value(left), try value(right))
      if case .number(let one) = values[Int(one)], case .number(let two) = values[Int(two)],
        let result = try? operation.exact(one, two)
      {
        return add(.number(result))
      }
      return add(.arithmetic(operation, one, two))
    case .conditional(let test, let then, let otherwise):
      let (one, two) = (try value(then), try value(otherwise))
      try alike(one, two)
      return add(.choose(try truth(test), one, two), isDate: isDate[Int(one)])
    case .call(let builtin, let items): return try call(builtin, items)
    case .rounded(let operand, let rounding): return add(.rounded(try value(operand), rounding))
    case .table(let id): return try table(id)
    case .tiers(let id): return try tiers(id)
    case .fieldOf, .aggregate: throw .refused(.relation)
    case .measureAmount: throw .refused(.measureAmount)
    case .classification, .measureHolds, .onList, .dangling, .conjunction, .disjunction, .negation, .atLeast,
      .comparison, .membership:
      throw .refused(.form)
    }
  }

  /// Two values that are compared or chosen among are both dates, or neither is.
  func alike(_ one: Int32, _ two: Int32) throws(Obstacle) {
    if isDate[Int(one)] != isDate[Int(two)] { throw .refused(.form) }
  }

  private mutating func literal(_ value: Value) throws(Obstacle) -> Int32 {
    switch value {
    case .quantity(let number): return add(.number(number))
    case .date(let date): return add(.day(date), isDate: true)
    case .truth, .duration, .text, .option: throw .refused(.form)
    }
  }

  private mutating func hole(_ id: HoleID) throws(Obstacle) -> Int32 {
    let hole = program.holes[id]
    let positions = fillings(of: id)
    switch positions.count {
    case 0:
      let lowest = try hole.lowest.map { end throws(Obstacle) in try value(end) }
      let highest = try hole.highest.map { end throws(Obstacle) in try value(end) }
      return add(.open(lowest: lowest, highest: highest, reason: number(.hole(id))), isDate: hole.type == .date)
    case 1: return try value(hole.fillings[positions[0]].value)
    default: return add(.failed(reason: number(.conflict(.fillings(id, positions)))), isDate: hole.type == .date)
    }
  }

  private mutating func parameter(_ id: ParameterID, _ at: Expression) throws(Obstacle) -> Int32 {
    let parameter = program.parameters[id]
    let early = number(.notComputable(.beforeFirstPeriod(id)))
    if case .asOf = at.form {
      if let step = parameter.steps.last(where: { $0.from <= asOf }) { return try literal(step.value) }
      return add(.failed(reason: early), isDate: parameter.type == .date)
    }
    let date = try value(at)
    guard isDate[Int(date)], !parameter.steps.isEmpty else { throw .refused(.form) }
    var periods: [ValueStep.Period] = []
    for step in parameter.steps { periods.append(.init(from: step.from, value: try literal(step.value))) }
    return add(.parameter(date, periods, reason: early), isDate: parameter.type == .date)
  }

  /// A date with a fixed length of time added or taken off.
  private mutating func shifted(
    _ operation: Expression.Arithmetic, _ left: Expression, _ right: Expression
  ) throws(Obstacle) -> Int32 {
    let (date, length) = left.type == .date ? (left, right) : (right, left)
    guard operation == .add || operation == .subtract && left.type == .date else { throw .refused(.duration) }
    let step = try value(date)
    place = length.span
    guard case .literal(.duration(let duration)) = length.form,
      let signed = operation == .add ? duration : try? duration.negated()
    else { throw .refused(.duration) }
    return add(.shifted(step, signed), isDate: true)
  }

  private mutating func table(_ id: TableID) throws(Obstacle) -> Int32 {
    let table = program.tables[id]
    guard table.kind == kind else { throw .refused(.form) }
    var (tests, results): ([Int32], [Int32]) = ([], [])
    for row in table.rows {
      var all: [Int32] = []
      for test in row.tests { if let test { all.append(try truth(test)) } }
      let result = try value(row.result)
      if let first = results.first { try alike(first, result) }
      tests.append(self.all(all))
      results.append(result)
    }
    let gap = number(.notComputable(.tableGap(id)))
    return add(.table(id, tests: tests, results: results, reason: gap), isDate: table.type == .date)
  }

  private mutating func tiers(_ id: TierScheduleID) throws(Obstacle) -> Int32 {
    let schedule = program.tierSchedules[id]
    guard schedule.kind == kind else { throw .refused(.form) }
    let base = try value(schedule.base)
    var rates: [Int32] = []
    for tier in schedule.tiers { rates.append(try value(tier.rate)) }
    return add(.tiers(id, base: base, rates: rates, reason: number(.notComputable(.tierGap(id)))))
  }

  private mutating func call(_ builtin: Builtin, _ items: [Expression]) throws(Obstacle) -> Int32 {
    var operands: [Int32] = []
    for item in items { operands.append(try value(item)) }
    switch builtin {
    case .least, .greatest:
      guard var result = operands.first else { throw .refused(.form) }
      for next in operands.dropFirst() {
        try alike(result, next)
        result = add(.extreme(result, next, greatest: builtin == .greatest), isDate: isDate[Int(result)])
      }
      return result
    case .endOfYear, .year, .monthDay:
      guard operands.count == 1 else { throw .refused(.form) }
      return add(.ofDate(builtin, operands[0]), isDate: builtin == .endOfYear)
    case .fullYears, .fullMonths, .days, .workingDaysAfter:
      guard operands.count == 2 else { throw .refused(.form) }
      return add(.ofDates(builtin, operands[0], operands[1]), isDate: builtin == .workingDaysAfter)
    }
  }
}
