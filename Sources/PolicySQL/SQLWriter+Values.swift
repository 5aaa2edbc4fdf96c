import PolicyIR
import PolicyPlans
import PolicyValues

extension SQLWriter {
  /// A value as SQL.
  mutating func value(_ number: Int32) -> ValueText {
    if let known = valueTexts[number] { return known }
    var text = text(of: compiler.planner.values[Int(number)], compiler.shape(number))
    if let name = compiler.planner.names[.value(number)]
      ?? (compiler.planner.values[Int(number)].operands.isEmpty ? nil : "数")
    {
      let shape = compiler.shape(number)
      text.value = kept(text.value, name, shape)
      text.low = kept(text.low, name + "_至少", shape)
      text.high = kept(text.high, name + "_至多", shape)
      text.isAbsent = kept(text.isAbsent, name + "_不适用")
      text.mayVanish = kept(text.mayVanish, name + "_或不适用")
      text.mayFail = kept(text.mayFail, name + "_或不可计算")
    }
    valueTexts[number] = text
    return text
  }

  private mutating func kept(_ piece: Piece?, _ name: String, _ shape: ValueShape) -> Piece? {
    guard var piece, !piece.isAtom else { return piece }
    // What is chosen among small literals must not stay a small integer, whose products would overflow.
    if !shape.isDate, dialect != .sqlite {
      piece.sql = "CAST(\(piece.sql) AS \(shape.isWide ? dialect.wideInteger ?? dialect.integer : dialect.integer))"
    }
    return column(piece, named: name)
  }

  private mutating func kept(_ flag: Flag, _ name: String) -> Flag {
    guard case .when(let piece) = flag, !piece.isAtom else { return flag }
    return .when(column(piece, named: name))
  }

  private mutating func text(of step: ValueStep, _ shape: ValueShape) -> ValueText {
    switch step {
    case .number(let number): return ValueText(value: .atom("\(number.numerator)"), isAlwaysKnown: true)
    case .day(let date): return ValueText(value: .atom(dialect.literal(date)), isAlwaysKnown: true)
    case .field(let slot):
      let fact = fact(slot)
      return ValueText(
        value: fact, low: shape.isDate ? nil : Piece(sql: "COALESCE(\(fact.sql), 0)"), isAbsent: absent(slot),
        mayVanish: .yes)
    case .open(let lowest, let highest, _):
      return ValueText(
        low: lowest.map { scaled($0, value($0).value, to: shape) ?? null(shape) },
        high: highest.map { scaled($0, value($0).value, to: shape) ?? null(shape) })
    case .failed: return ValueText(mayFail: .yes)
    case .arithmetic(let operation, let one, let two): return arithmetic(operation, one, two, shape)
    case .extreme(let one, let two, let greatest): return extreme(one, two, greatest, shape)
    case .choose(let test, let one, let two): return choose(truth(test), one, two, shape)
    case .parameter(let date, let periods, _): return parameter(value(date), periods, shape)
    case .shifted(let one, let duration):
      let date = value(one)
      let (months, days) = (Int(duration.months), Int(duration.days))
      return ValueText(
        value: date.value.map { Piece(sql: dialect.shifted($0.sql, months: months, days: days), level: $0.level) },
        isAbsent: date.isAbsent, mayVanish: date.mayVanish, mayFail: date.mayFail, isAlwaysKnown: date.isAlwaysKnown)
    case .tiers(let id, let base, let rates, _): return tiers(compiler.program.tierSchedules[id], base, rates, shape)
    case .table(_, let tests, let results, _): return table(tests, results, shape)
    case .ofDate(let builtin, let one):
      let operand = value(one)
      return ValueText(
        value: operand.value.map { ofDate($0, builtin) }, isAbsent: operand.isAbsent, mayVanish: .yes, mayFail: .yes)
    case .ofDates(let builtin, let one, let two):
      let (from, to) = (value(one), value(two))
      var piece: Piece?
      if let from = from.value, let to = to.value { piece = span(from, to, builtin) }
      return ValueText(
        value: piece, isAbsent: .any([from.isAbsent, to.isAbsent]), mayVanish: .yes, mayFail: .yes)
    case .rounded(let one, let rounding): return rounded(one, rounding, shape)
    }
  }

  // MARK: Parts

  func null(_ shape: ValueShape) -> Piece { .atom("CAST(NULL AS \(shape.isDate ? dialect.date : dialect.integer))") }

  /// A piece of a step in the units of a shape.
  func scaled(_ step: Int32, _ piece: Piece?, to shape: ValueShape) -> Piece? {
    guard let piece else { return nil }
    let own = compiler.shape(step)
    if own.isDate || own.parts == shape.parts { return widened(piece, shape, own) }
    let factor = shape.parts / own.parts
    if let number = Int128(piece.sql) { return .atom("\(number * factor)", piece.level) }
    return Piece(sql: "\(widened(piece, shape, own).operand) * \(factor)", level: piece.level)
  }

  /// Makes room for a result beyond 64 bits.
  func widened(_ piece: Piece, _ shape: ValueShape, _ own: ValueShape) -> Piece {
    guard shape.isWide, !own.isWide, let wide = dialect.wideInteger else { return piece }
    return Piece(sql: "CAST(\(piece.sql) AS \(wide))", level: piece.level, isAtom: true)
  }

  /// What may be of a value that isn't known, over several values.
  func unknown(_ texts: [ValueText], _ flag: (ValueText) -> Flag) -> Flag {
    let open = texts.filter { !$0.isAlwaysKnown }
    let flags = open.map { text -> (text: ValueText, flag: Flag) in (text, flag(text)) }
    if flags.allSatisfy({ if case .no = $0.flag { true } else { false } }) { return .no }
    if flags.allSatisfy({ if case .yes = $0.flag { true } else { false } }) { return .yes }
    return .any(
      flags.map { entry in
        guard let value = entry.text.value else { return entry.flag }
        return entry.flag.and(Piece(sql: "\(value.operand) IS NULL", level: value.level))
      })
  }

  /// A piece over two pieces; nil where either isn't there.
  func both(_ one: Piece?, _ two: Piece?, _ sql: (String, String) -> String) -> Piece? {
    guard let one, let two else { return nil }
    return Piece(sql: sql(one.operand, two.operand), level: max(one.level, two.level))
  }

  /// The ends of a value in the units of a shape.
  mutating func ends(_ step: Int32, in shape: ValueShape) -> (value: Piece?, low: Piece?, high: Piece?) {
    let text = value(step)
    return (
      scaled(step, text.value, to: shape), scaled(step, text.low ?? text.value, to: shape),
      scaled(step, text.high ?? text.value, to: shape)
    )
  }
}
