import PolicyIR
import PolicyValues

extension RandomProgram {
  /// A random expression of a type over the kinds in view, from the inside out, at most `depth` operations deep.
  mutating func expression(_ type: ValueType, _ depth: Int, _ kinds: [KindID]) -> Expression {
    switch type {
    case .truth: truth(depth, kinds)
    case .quantity(let dimension): quantity(type, dimension == .money, depth, kinds)
    case .date: date(depth, kinds)
    default: simple(type, kinds)
    }
  }

  /// A fact of the type, the definition of one, or a literal.
  private mutating func simple(_ type: ValueType, _ kinds: [KindID]) -> Expression {
    var found: [Expression] = []
    for (depth, kind) in kinds.enumerated() {
      for field in program.kinds[kind].fields {
        if program.fields[field].type == type { found.append(get(field, depth: depth)) }
        guard case .entity(let other) = program.fields[field].type else { continue }
        for inner in program.kinds[other].fields where program.fields[inner].type == type {
          let owner = get(field, depth: depth)
          found.append(make(.fieldOf(owner, inner), type))
        }
      }
      for (id, definition) in program.definitions.enumerated() where definition.type == type && definition.kind == kind
      {
        found.append(make(.definition(DefinitionID(id), depth: depth), type))
      }
    }
    if found.isEmpty || type != .truth && random.oneIn(6) { return literal(type) }
    return random.pick(found)
  }

  private mutating func literal(_ type: ValueType) -> Expression {
    let value: Value =
      switch type {
      case .truth: .truth(random.oneIn(2))
      case .date: .date(random.pick(Self.dates))
      case .duration:
        .duration(random.pick(Self.durations))
      case .text: .text(random.pick(["甲", "乙"]))
      case .option(let id): .option(Int32(random.below(program.optionTypes[id].values.count)))
      case .quantity, .entity, .many: .quantity(Rational(random.pick(Self.numbers)))
      }
    return make(.literal(value), type)
  }

  // MARK: Truths

  private mutating func truth(_ depth: Int, _ kinds: [KindID]) -> Expression {
    if depth == 0 { return test(0, kinds) }
    switch random.below(12) {
    case 0, 1: return make(.conjunction(truths(2 + random.below(2), depth - 1, kinds)))
    case 2, 3: return make(.disjunction(truths(2 + random.below(2), depth - 1, kinds)))
    case 4: return make(.negation(truth(depth - 1, kinds)))
    case 5: return make(.atLeast(1 + random.below(3), truths(3, depth - 1, kinds)))
    case 6: return make(.conditional(truth(depth - 1, kinds), truth(depth - 1, kinds), truth(depth - 1, kinds)))
    case 7 where features.contains(.relations):
      if let relation = relation(kinds) {
        let inner = [loan] + kinds
        let filter = random.oneIn(3) ? truth(0, inner) : nil
        return make(
          .aggregate(
            random.oneIn(2) ? .any : .all, relation: relation.field, depth: relation.depth, filter: filter,
            body: truth(depth - 1, inner)))
      }
    default: break
    }
    return test(depth, kinds)
  }

  private mutating func truths(_ count: Int, _ depth: Int, _ kinds: [KindID]) -> [Expression] {
    (0..<count).map { _ in truth(depth, kinds) }
  }

  private func relation(_ kinds: [KindID]) -> (field: FieldID, depth: Int)? {
    features.contains(.relations) ? kinds.firstIndex(of: project).map { (field("贷款"), $0) } : nil
  }

  private mutating func test(_ depth: Int, _ kinds: [KindID]) -> Expression {
    let inner = features.contains(.computing) ? min(depth, 2) : 0
    switch random.below(14) {
    case 0, 1, 2: return simple(.truth, kinds)
    case 3, 4, 5: return comparison(.money, inner, kinds)
    case 6: return comparison(.quantity(.number), inner, kinds)
    case 7: return comparison(.date, inner, kinds)
    case 8: return comparison(.option(ranked), 0, kinds)
    case 9:
      let operand = simple(random.oneIn(4) ? .text : .option(plain), kinds)
      if operand.type == .text {
        return make(.comparison(random.oneIn(2) ? .equal : .notEqual, operand, literal(.text)))
      }
      let list = (0..<(1 + random.below(2))).map { _ in Value.option(Int32(random.below(3))) }
      return make(.membership(operand, list, open: features.contains(.gaps) && random.oneIn(3)))
    case 10:
      let fitting = program.classifications.indices.flatMap { id in
        kinds.indices.filter { kinds[$0] == program.classifications[id].kind }.map { (id, $0) }
      }
      if fitting.isEmpty { return simple(.truth, kinds) }
      let (id, level) = random.pick(fitting)
      return make(.classification(ClassificationID(id), depth: level))
    case 11 where features.contains(.gaps):
      switch random.below(4) {
      case 0: return make(.onList(NameListID(random.below(3))))
      case 1: return make(.dangling("某文\(random.below(2))"))
      default: return make(.hole(HoleID(0)))
      }
    case 13 where random.oneIn(2) && inner > 0: return comparison(.duration, 0, kinds)
    case 12 where kinds.count == 1:
      let fitting = program.measures.indices.filter { program.measures[$0].object?.kind == kinds[0] }
      return fitting.isEmpty ? simple(.truth, kinds) : make(.measureHolds(MeasureID(random.pick(fitting))))
    default: return random.oneIn(4) ? literal(.truth) : simple(.truth, kinds)
    }
  }

  private mutating func comparison(_ type: ValueType, _ depth: Int, _ kinds: [KindID]) -> Expression {
    let comparison = random.pick(Expression.Comparison.allCases)
    let left = expression(type, depth, kinds)
    let right = random.oneIn(3) && features.contains(.computing) ? expression(type, depth, kinds) : literal(type)
    return make(.comparison(comparison, left, right))
  }

  // MARK: Values

  private mutating func quantity(_ type: ValueType, _ isMoney: Bool, _ depth: Int, _ kinds: [KindID]) -> Expression {
    if depth == 0 || !features.contains(.computing) { return simple(type, kinds) }
    switch random.below(14) {
    case 0: return make(.arithmetic(.add, expression(type, depth - 1, kinds), expression(type, depth - 1, kinds)), type)
    case 1:
      return make(.arithmetic(.subtract, expression(type, depth - 1, kinds), expression(type, depth - 1, kinds)), type)
    case 2:
      return make(
        .arithmetic(
          random.oneIn(3) ? .divide : .multiply, expression(type, depth - 1, kinds),
          expression(.quantity(.number), depth - 1, kinds)),
        type)
    case 3, 4:
      return make(
        .call(
          random.oneIn(2) ? .least : .greatest,
          [expression(type, depth - 1, kinds), expression(type, depth - 1, kinds)]), type)
    case 5:
      return make(
        .conditional(truth(depth - 1, kinds), expression(type, depth - 1, kinds), expression(type, depth - 1, kinds)),
        type)
    case 6:
      return make(
        .rounded(
          expression(type, depth - 1, kinds),
          .init(
            mode: random.pick(RoundingMode.allCases),
            unit: random.oneIn(2) ? 1 : try! Rational(numerator: 1, denominator: 100))), type)
    case 7, 8:
      if let aggregate = aggregate(type, isMoney, depth, kinds) { return aggregate }
    case 9 where isMoney:
      return make(
        .parameter(ParameterID(0), at: random.oneIn(2) ? make(.asOf, .date) : expression(.date, depth - 1, kinds)), type
      )
    case 10 where isMoney && !program.holes.isEmpty: return make(.hole(HoleID(1)), type)
    case 11 where isMoney && kinds[0] == project && !program.tables.isEmpty:
      if random.oneIn(2), !program.tierSchedules.isEmpty {
        return make(.tiers(TierScheduleID(random.below(program.tierSchedules.count))), type)
      }
      return make(.table(TableID(0)), type)
    case 12 where isMoney && features.contains(.amounts) && kinds.count == 1:
      let fitting = program.measures.indices.filter {
        program.measures[$0].object?.kind == kinds[0] && program.measures[$0].amount != nil
      }
      if !fitting.isEmpty { return make(.measureAmount(MeasureID(random.pick(fitting))), type) }
    case 10 where !isMoney, 11 where !isMoney, 12 where !isMoney:
      let (one, two) = (expression(.date, depth - 1, kinds), expression(.date, depth - 1, kinds))
      switch random.below(5) {
      case 0: return make(.call(.fullYears, [one, two]), type)
      case 1: return make(.call(.fullMonths, [one, two]), type)
      case 2: return make(.call(.days, [one, two]), type)
      case 3: return make(.call(.monthDay, [one]), type)
      default: return make(.call(.year, [one]), type)
      }
    default: break
    }
    return simple(type, kinds)
  }

  private mutating func aggregate(_ type: ValueType, _ isMoney: Bool, _ depth: Int, _ kinds: [KindID]) -> Expression? {
    guard let relation = relation(kinds) else { return nil }
    let inner = [loan] + kinds
    let filter = random.oneIn(2) ? truth(0, inner) : nil
    if !isMoney {
      return make(.aggregate(.count, relation: relation.field, depth: relation.depth, filter: filter, body: nil), type)
    }
    return make(
      .aggregate(
        random.pick([.sum, .sum, .greatest, .least]), relation: relation.field, depth: relation.depth, filter: filter,
        body: expression(type, depth - 1, inner)), type)
  }

  private mutating func date(_ depth: Int, _ kinds: [KindID]) -> Expression {
    if depth == 0 || !features.contains(.computing) {
      return random.oneIn(8) ? make(.asOf, .date) : simple(.date, kinds)
    }
    switch random.below(8) {
    case 0:
      return make(
        .arithmetic(random.oneIn(2) ? .add : .subtract, date(depth - 1, kinds), simple(.duration, kinds)), .date)
    case 1:
      return make(.call(random.oneIn(2) ? .least : .greatest, [date(depth - 1, kinds), date(depth - 1, kinds)]), .date)
    case 2: return make(.call(.endOfYear, [date(depth - 1, kinds)]), .date)
    case 3:
      return make(
        .call(.workingDaysAfter, [date(depth - 1, kinds), make(.literal(.quantity(3)), .quantity(.number))]), .date)
    case 4: return make(.conditional(truth(depth - 1, kinds), date(depth - 1, kinds), date(depth - 1, kinds)), .date)
    default: return simple(.date, kinds)
    }
  }
}
