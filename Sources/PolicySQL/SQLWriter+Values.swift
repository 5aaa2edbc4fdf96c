import PolicyIR
import PolicyValues

extension SQLWriter {
  /// A value as SQL.
  mutating func value(_ number: Int32) -> ValueText {
    if let known = valueTexts[number] { return known }
    var text = text(of: compiler.values[Int(number)], compiler.shapes[Int(number)])
    if let name = compiler.names[.value(number)] ?? (compiler.values[Int(number)].operands.isEmpty ? nil : "数") {
      let shape = compiler.shapes[Int(number)]
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
    let own = compiler.shapes[Int(step)]
    if own.isDate || own.parts == shape.parts { return widened(piece, shape, own) }
    let factor = shape.parts / own.parts
    if let number = Int128(piece.sql) { return .atom("\(number * factor)", piece.level) }
    return Piece(sql: "\(widened(piece, shape, own).operand) * \(factor)", level: piece.level)
  }

  /// Makes room for a result beyond 64 bits.
  private func widened(_ piece: Piece, _ shape: ValueShape, _ own: ValueShape) -> Piece {
    guard shape.isWide, !own.isWide, let wide = dialect.wideInteger else { return piece }
    return Piece(sql: "CAST(\(piece.sql) AS \(wide))", level: piece.level, isAtom: true)
  }

  /// What may be of a value that isn't known, over several values.
  private func unknown(_ texts: [ValueText], _ flag: (ValueText) -> Flag) -> Flag {
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
  private func both(_ one: Piece?, _ two: Piece?, _ sql: (String, String) -> String) -> Piece? {
    guard let one, let two else { return nil }
    return Piece(sql: sql(one.operand, two.operand), level: max(one.level, two.level))
  }

  /// The ends of a value in the units of a shape.
  private mutating func ends(_ step: Int32, in shape: ValueShape) -> (value: Piece?, low: Piece?, high: Piece?) {
    let text = value(step)
    return (
      scaled(step, text.value, to: shape), scaled(step, text.low ?? text.value, to: shape),
      scaled(step, text.high ?? text.value, to: shape)
    )
  }

  // MARK: Operations

  private mutating func arithmetic(
    _ operation: Expression.Arithmetic, _ one: Int32, _ two: Int32, _ shape: ValueShape
  ) -> ValueText {
    let (a, b) = (value(one), value(two))
    var result = ValueText(
      isAbsent: .any([a.isAbsent, b.isAbsent]), mayVanish: unknown([a, b], \.mayVanish),
      mayFail: unknown([a, b], \.mayFail), isAlwaysKnown: a.isAlwaysKnown && b.isAlwaysKnown)
    let hasEnds = a.low != nil || a.high != nil || b.low != nil || b.high != nil
    switch operation {
    case .add, .subtract:
      let (first, second) = (ends(one, in: shape), ends(two, in: shape))
      let isSum = operation == .add
      func joined(_ one: Piece?, _ two: Piece?) -> Piece? { both(one, two) { "\($0) \(isSum ? "+" : "-") \($1)" } }
      result.value = joined(first.value, second.value)
      if hasEnds {
        result.low = joined(first.low, isSum ? second.low : second.high)
        result.high = joined(first.high, isSum ? second.high : second.low)
      }
    case .multiply, .divide:
      let (left, right) = (compiler.shapes[Int(one)], compiler.shapes[Int(two)])
      func product(_ one: Piece?, _ two: Piece?) -> Piece? {
        both(one.map { widened($0, shape, left) }, two.map { widened($0, shape, right) }) { "\($0) * \($1)" }
      }
      result.value = product(a.value, b.value)
      let (lows, highs) = ((a.low ?? a.value, b.low ?? b.value), (a.high ?? a.value, b.high ?? b.value))
      // An end of a product is one of the ends' products where no factor is below zero; elsewhere only a known product is one.
      if hasEnds, let one = lows.0, let two = lows.1 {
        func guarded(_ product: Piece?) -> Piece? {
          guard let product else { return nil }
          let sql = "CASE WHEN \(one.operand) >= 0 AND \(two.operand) >= 0 THEN \(product.sql) END"
          return Piece(
            sql: result.value.map { "COALESCE(\($0.sql), \(sql))" } ?? sql,
            level: max(product.level, one.level, two.level), isAtom: false)
        }
        (result.low, result.high) = (guarded(product(one, two)), guarded(product(highs.0, highs.1)))
      }
    }
    return result
  }

  private mutating func extreme(_ one: Int32, _ two: Int32, _ greatest: Bool, _ shape: ValueShape) -> ValueText {
    let (a, b) = (value(one), value(two))
    let (first, second) = (ends(one, in: shape), ends(two, in: shape))
    let sign = greatest ? ">=" : "<="
    var result = ValueText(
      isAbsent: .any([a.isAbsent, b.isAbsent]), mayVanish: unknown([a, b], \.mayVanish),
      mayFail: unknown([a, b], \.mayFail), isAlwaysKnown: a.isAlwaysKnown && b.isAlwaysKnown)
    /// The one that wins, where both are known.
    func winner(_ one: Piece?, _ two: Piece?) -> Piece? {
      both(one, two) { "CASE WHEN \($0) \(sign) \($1) THEN \($0) WHEN \($1) \(sign) \($0) THEN \($1) END" }
    }
    /// The one that wins, or the one that is known.
    func known(_ one: Piece?, _ two: Piece?) -> Piece? {
      guard let one, let two else { return one ?? two }
      return both(one, two) {
        "CASE WHEN \($0) IS NULL THEN \($1) WHEN \($1) IS NULL THEN \($0) WHEN \($0) \(sign) \($1) THEN \($0) ELSE \($1) END"
      }
    }
    result.value = winner(first.value, second.value)
    if !shape.isDate {
      (result.low, result.high) =
        greatest
        ? (known(first.low, second.low), winner(first.high, second.high))
        : (winner(first.low, second.low), known(first.high, second.high))
    }
    return result
  }

  private mutating func choose(_ test: Piece, _ one: Int32, _ two: Int32, _ shape: ValueShape) -> ValueText {
    let (a, b) = (value(one), value(two))
    let (first, second) = (ends(one, in: shape), ends(two, in: shape))
    let none = null(shape)
    func chosen(_ one: Piece?, _ two: Piece?, _ open: [(String, Piece)]) -> Piece {
      let (one, two) = (one ?? none, two ?? none)
      let rest = open.map { " WHEN \($0.0) THEN \($0.1.sql)" }.joined()
      return Piece(
        sql: "CASE WHEN \(test.sql) THEN \(one.sql) WHEN NOT \(test.operand) THEN \(two.sql)\(rest) END",
        level: max(test.level, one.level, two.level, open.map(\.1.level).max() ?? 0))
    }
    /// A flag of the one that the test chooses, or of either.
    func chosen(_ one: Flag, _ two: Flag, open: Flag) -> Flag {
      if case .no = one, case .no = two, case .no = open { return .no }
      if case .yes = one, case .yes = two, case .yes = open { return .yes }
      let (one, two, open) = (one.piece, two.piece, open.piece)
      return .when(
        Piece(
          sql: "CASE WHEN \(test.sql) THEN \(one.sql) WHEN NOT \(test.operand) THEN \(two.sql) ELSE \(open.sql) END",
          level: max(test.level, one.level, two.level, open.level)))
    }
    var result = ValueText()
    if first.value != nil || second.value != nil {
      let agreed = both(first.value, second.value) { "\($0) = \($1)" }
      result.value = chosen(first.value, second.value, agreed.map { [($0.sql, first.value ?? none)] } ?? [])
    }
    let bothAbsent: Flag =
      switch (a.isAbsent, b.isAbsent) {
      case (.no, _), (_, .no): .no
      case (let one, let two): .when(joined([one.piece, two.piece], by: "AND"))
      }
    result.isAbsent = chosen(a.isAbsent, b.isAbsent, open: bothAbsent)
    if !shape.isDate {
      // What is 不适用 has no ends; those of the other hold then.
      func end(_ one: Piece?, _ two: Piece?, _ sign: String) -> Piece {
        var open: [(String, Piece)] = []
        let (one, two) = (one ?? none, two ?? none)
        if case .when(let absent) = a.isAbsent { open.append((absent.sql, two)) }
        if case .when(let absent) = b.isAbsent { open.append((absent.sql, one)) }
        open.append(("\(one.operand) \(sign) \(two.operand)", one))
        open.append(("\(two.operand) \(sign) \(one.operand)", two))
        return chosen(one, two, open)
      }
      (result.low, result.high) = (end(first.low, second.low, "<="), end(first.high, second.high, ">="))
    }
    func own(_ text: ValueText, _ flag: Flag) -> Flag { unknown([text]) { _ in flag } }
    func alone(_ text: ValueText, _ flag: Flag) -> Flag {
      guard let value = text.value, !text.isAlwaysKnown else { return text.isAlwaysKnown ? .no : flag }
      return flag.and(Piece(sql: "\(value.operand) IS NULL", level: value.level))
    }
    result.mayVanish = chosen(
      own(a, a.mayVanish), own(b, b.mayVanish),
      open: .any([alone(a, a.mayVanish), alone(b, b.mayVanish), a.isAbsent, b.isAbsent]))
    result.mayFail = chosen(
      own(a, a.mayFail), own(b, b.mayFail), open: .any([alone(a, a.mayFail), alone(b, b.mayFail)]))
    return result
  }

  private mutating func parameter(_ date: ValueText, _ periods: [ValueStep.Period], _ shape: ValueShape) -> ValueText {
    guard let at = date.value else { return ValueText(isAbsent: date.isAbsent, mayFail: .yes) }
    var (cases, level) = ("", at.level)
    for period in periods.reversed() {
      let result = scaled(period.value, value(period.value).value, to: shape) ?? null(shape)
      level = max(level, result.level)
      cases += " WHEN \(at.operand) >= \(dialect.literal(period.from)) THEN \(result.sql)"
    }
    return ValueText(value: Piece(sql: "CASE\(cases) END", level: level), isAbsent: date.isAbsent, mayFail: .yes)
  }

  private mutating func rounded(_ one: Int32, _ rounding: Expression.Rounding, _ shape: ValueShape) -> ValueText {
    let operand = value(one)
    let own = compiler.shapes[Int(one)]
    let unit = rounding.unit
    let divisor = own.parts * unit.numerator
    let widest = own.magnitude * unit.denominator * 2 + divisor * 2
    let isWide = widest > Int128(Int64.max)
    func rounded(_ piece: Piece?) -> Piece? {
      guard let piece else { return nil }
      let plain = isWide && !own.isWide ? dialect.wideInteger.map { "CAST(\(piece.sql) AS \($0))" } : nil
      let number = (plain ?? piece.operand) + (unit.denominator == 1 ? "" : " * \(unit.denominator)")
      func quotient(_ number: String) -> String {
        switch rounding.mode {
        case .halfUp: dialect.quotient("\(number) * 2 + \(divisor)", "\(divisor * 2)", isWide: isWide)
        case .down: dialect.quotient(number, "\(divisor)", isWide: isWide)
        case .up: dialect.quotient("\(number) + \(divisor - 1)", "\(divisor)", isWide: isWide)
        }
      }
      let factor = unit.numerator == 1 ? "" : " * \(unit.numerator)"
      if own.low >= 0 || rounding.mode == .down {
        return Piece(sql: "(\(quotient(number)))\(factor)", level: piece.level)
      }
      return Piece(
        sql:
          "CASE WHEN \(piece.operand) >= 0 THEN (\(quotient(number)))\(factor) "
          + "ELSE - (\(quotient("- \(number)")))\(factor) END",
        level: piece.level)
    }
    return ValueText(
      value: rounded(operand.value), low: rounded(operand.low), high: rounded(operand.high),
      isAbsent: operand.isAbsent, mayVanish: operand.mayVanish, mayFail: operand.mayFail,
      isAlwaysKnown: operand.isAlwaysKnown)
  }

  // MARK: Comparisons

  /// Two values against one another; an unknown one is decided where its ends suffice.
  mutating func compare(_ one: Int32, _ comparison: Expression.Comparison, _ two: Int32) -> Piece {
    guard let shape = try? compiler.common(one, two) else { return .no }
    let (a, b) = (value(one), value(two))
    let (first, second) = (ends(one, in: shape), ends(two, in: shape))
    let known = both(first.value, second.value) { "\($0) \(comparison.sign) \($1)" }
    var result = known ?? .atom("CAST(NULL AS \(dialect.truth))")
    if !shape.isDate, a.low != nil || a.high != nil || b.low != nil || b.high != nil,
      let decided = decided(comparison, first, second, a, b)
    {
      result = Piece(
        sql: known.map { "COALESCE(\($0.sql), \(decided.sql))" } ?? decided.sql,
        level: max(decided.level, known?.level ?? 0))
    }
    guard case .when(let absent) = Flag.any([a.isAbsent, b.isAbsent]) else { return result }
    return Piece(
      sql: "CASE WHEN \(absent.sql) THEN FALSE ELSE \(result.sql) END", level: max(absent.level, result.level))
  }

  /// What the ends of two values decide, one of which isn't known; nil: nothing.
  private func decided(
    _ comparison: Expression.Comparison, _ one: (value: Piece?, low: Piece?, high: Piece?),
    _ two: (value: Piece?, low: Piece?, high: Piece?), _ a: ValueText, _ b: ValueText
  ) -> Piece? {
    let (vanish, fail) = (unknown([a, b], \.mayVanish), unknown([a, b], \.mayFail))
    if case .yes = fail { return nil }
    func test(_ one: Piece?, _ sign: String, _ two: Piece?) -> Piece? { both(one, two) { "\($0) \(sign) \($1)" } }
    func any(_ pieces: [Piece?]) -> Piece? {
      let pieces = pieces.compactMap { $0 }
      return pieces.isEmpty ? nil : joined(pieces, by: "OR")
    }
    func all(_ one: Piece?, _ two: Piece?) -> Piece? {
      guard let one, let two else { return nil }
      return joined([one, two], by: "AND")
    }
    let (below, notBelow) = (test(one.high, "<", two.low), test(one.low, ">=", two.high))
    let (above, notAbove) = (test(two.high, "<", one.low), test(two.low, ">=", one.high))
    var (yes, no): (Piece?, Piece?) =
      switch comparison {
      case .less: (below, notBelow)
      case .greater: (above, notAbove)
      case .greaterOrEqual: (notBelow, below)
      case .lessOrEqual: (notAbove, above)
      case .equal: (all(notBelow, notAbove), any([below, above]))
      case .notEqual: (any([below, above]), all(notBelow, notAbove))
      }
    func guarded(_ piece: Piece?, _ flag: Flag) -> Piece? {
      guard let piece else { return nil }
      return switch flag {
      case .no: piece
      case .yes: nil
      case .when(let other):
        joined([piece, Piece(sql: "NOT COALESCE(\(other.sql), FALSE)", level: other.level)], by: "AND")
      }
    }
    (yes, no) = (guarded(guarded(yes, vanish), fail), guarded(no, fail))
    let cases = [(no, "FALSE"), (yes, "TRUE")].compactMap { piece, result in piece.map { ($0, result) } }
    if cases.isEmpty { return nil }
    return Piece(
      sql: "CASE" + cases.map { " WHEN \($0.0.sql) THEN \($0.1)" }.joined() + " END",
      level: cases.map(\.0.level).max() ?? 0)
  }
}
