import PolicyIR
import PolicyValues

extension SQLWriter {
  mutating func arithmetic(
    _ operation: Expression.Arithmetic, _ one: Int32, _ two: Int32, _ shape: ValueShape
  ) -> ValueText {
    // A quotient by a fixed number is a product with its inverse.
    let inverse = operation == .divide ? compiler.inverse(two) : nil
    let a = value(one)
    let b = inverse.map { ValueText(value: .atom("\($0.numerator)"), isAlwaysKnown: true) } ?? value(two)
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
      let (left, right) = (compiler.shape(one), inverse.map { ValueShape($0) } ?? compiler.shape(two))
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

  mutating func extreme(_ one: Int32, _ two: Int32, _ greatest: Bool, _ shape: ValueShape) -> ValueText {
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

  mutating func choose(_ test: Piece, _ one: Int32, _ two: Int32, _ shape: ValueShape) -> ValueText {
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
}
