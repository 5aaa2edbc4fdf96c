import PolicyIR
import PolicyValues

extension SQLWriter {
  /// Two values against one another; an unknown one is decided where its ends suffice.
  mutating func compare(_ one: Int32, _ comparison: Expression.Comparison, _ two: Int32) -> Piece {
    guard let shape = try? compiler.common(compiler.shape(one), compiler.shape(two)) else { return .no }
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
