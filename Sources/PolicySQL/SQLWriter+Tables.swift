import PolicyIR
import PolicyPlans
import PolicyValues

extension SQLWriter {
  // MARK: Tiers

  mutating func tiers(_ schedule: TierSchedule, _ one: Int32, _ rates: [Int32], _ shape: ValueShape) -> ValueText {
    let (base, own) = (value(one), compiler.shape(one))
    guard let rates = compiler.numbers(rates), let segments = try? schedule.segments(rates) else { return ValueText() }
    func tiered(_ piece: Piece?) -> Piece? { piece.map { self.tiered($0, segments, own, shape) } }
    var result = ValueText(isAbsent: base.isAbsent, mayVanish: .yes, mayFail: .yes)
    result.value = tiered(base.value)
    guard schedule.isMonotone(rates) else { return result }
    // A greater base gives no less, so that the ends of the base give the ends of the result.
    let (low, high) = (tiered(base.low ?? base.value), tiered(base.high ?? base.value))
    /// The result where the base is known, an end of it elsewhere.
    func end(_ sql: String, _ level: Int) -> Piece {
      guard let number = base.value, let value = result.value else { return Piece(sql: sql, level: level) }
      return Piece(
        sql: "CASE WHEN \(number.operand) IS NOT NULL THEN \(value.sql) ELSE \(sql) END", level: max(level, value.level)
      )
    }
    result.low = end(low.map { "COALESCE(\($0.sql), 0)" } ?? "0", low?.level ?? 0)
    // Where the last tier is a fixed amount without an end, it is the most.
    let last = schedule.tiers.last.map { schedule.mode == .whole && !$0.isRate && $0.high == nil } ?? false
    let most = (last ? rates.last : nil).flatMap { try? $0.scaled(by: shape.parts) }.map { "\($0.numerator)" }
    if let high, let number = base.high ?? base.value {
      result.high = end(
        most.map { "CASE WHEN \(number.operand) IS NULL THEN \($0) ELSE \(high.sql) END" } ?? high.sql, high.level)
    } else {
      result.high = most.map { end($0, 0) }
    }
    var fails = [base.mayFail]
    if let number = base.value { fails.append(.when(Piece(sql: "\(number.operand) IS NOT NULL", level: number.level))) }
    for (piece, isBounded) in [(low, schedule.tiers.first?.low != nil), (high, schedule.tiers.last?.high != nil)]
    where isBounded {
      fails.append(piece.map { .when(Piece(sql: "(\($0.sql)) IS NULL", level: $0.level)) } ?? .yes)
    }
    (result.mayVanish, result.mayFail) = (base.mayVanish, .any(fails))
    return result
  }

  /// The result for a base.
  private func tiered(_ base: Piece, _ segments: [TierSchedule.Segment], _ own: ValueShape, _ shape: ValueShape)
    -> Piece
  {
    let wide = widened(base, shape, own)
    var sql = "CASE"
    for segment in segments {
      var tests: [String] = []
      let tier = segment.tier
      if let low = tier.low, let test = end(base, tier.lowIncluded ? .greaterOrEqual : .greater, low, own) {
        tests.append(test)
      }
      if let high = tier.high, let test = end(base, tier.highIncluded ? .lessOrEqual : .less, high, own) {
        tests.append(test)
      }
      if tests.isEmpty { tests.append("\(base.operand) IS NOT NULL") }
      let factor = segment.factor.numerator * (shape.parts / own.parts / segment.factor.denominator)
      let offset = segment.offset.numerator * (shape.parts / segment.offset.denominator)
      let product = factor == 0 ? nil : factor == 1 ? wide.sql : "\(wide.operand) * \(factor)"
      let result = product.map { offset == 0 ? $0 : "\($0) + \(offset)" } ?? "\(offset)"
      sql += " WHEN \(tests.joined(separator: " AND ")) THEN \(result)"
    }
    return Piece(sql: sql + " END", level: base.level)
  }

  /// A base against the end of a tier.
  private func end(_ base: Piece, _ comparison: Expression.Comparison, _ end: Rational, _ own: ValueShape) -> String? {
    guard let number = try? end.scaled(by: own.parts) else { return nil }
    let floor = min(max(number.floor, -own.magnitude - 1), own.magnitude + 1)
    if number.isInteger { return "\(base.operand) \(comparison.sign) \(floor)" }
    let isLower = comparison == .greater || comparison == .greaterOrEqual
    return "\(base.operand) \(isLower ? ">" : "<=") \(floor)"
  }

  // MARK: Tables

  /// A table of which one row holds at most; where one does, no other is open.
  mutating func table(_ tests: [Int32], _ results: [Int32], _ shape: ValueShape) -> ValueText {
    let pieces = tests.map { truth($0) }
    let texts = results.map { value($0) }
    let none = null(shape)
    func chosen(_ results: [Piece?], otherwise: String = "") -> Piece {
      let cases = zip(pieces, results).map { "WHEN \($0.sql) THEN \(($1 ?? none).sql)" }.joined(separator: " ")
      return Piece(
        sql: "CASE \(cases)\(otherwise) END",
        level: max(pieces.map(\.level).max() ?? 0, results.compactMap { $0?.level }.max() ?? 0))
    }
    let ends = results.map { self.ends($0, in: shape) }
    var result = ValueText(value: chosen(ends.map(\.value)), mayVanish: .yes)
    if texts.contains(where: { if case .no = $0.isAbsent { false } else { true } }) {
      result.isAbsent = .when(chosen(texts.map(\.isAbsent.piece), otherwise: " ELSE FALSE"))
    }
    let holds = pieces.map { Piece(sql: "COALESCE(\($0.sql), FALSE)", level: $0.level, isAtom: true) }
    let any = joined(holds, by: "OR")
    result.mayFail = .when(Piece(sql: "NOT \(any.operand)", level: any.level))
    if shape.isDate { return result }
    result.low = chosen(ends.map(\.low))
    // Where none surely holds, the greatest of those that may.
    let (beyond, nothing) = (shape.high + 1, min(shape.low, 0) - 1)
    let possible = zip(zip(pieces, texts), ends).map { entry, end in
      "CASE WHEN COALESCE(\(entry.0.sql), TRUE) AND NOT \(entry.1.isAbsent.piece.operand) "
        + "THEN COALESCE(\((end.high ?? none).sql), \(beyond)) ELSE \(nothing) END"
    }
    let greatest = dialect.greatest(possible)
    result.high = chosen(
      ends.map(\.high),
      otherwise: " ELSE NULLIF(NULLIF(\(greatest), \(beyond)), \(nothing))")
    return result
  }
}
