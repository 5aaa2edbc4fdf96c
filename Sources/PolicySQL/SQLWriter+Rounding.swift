import PolicyIR
import PolicyPlans
import PolicyValues

extension SQLWriter {
  mutating func parameter(_ date: ValueText, _ periods: [ValueStep.Period], _ shape: ValueShape) -> ValueText {
    guard let at = date.value else { return ValueText(isAbsent: date.isAbsent, mayFail: .yes) }
    var (cases, level) = ("", at.level)
    for period in periods.reversed() {
      let result = scaled(period.value, value(period.value).value, to: shape) ?? null(shape)
      level = max(level, result.level)
      cases += " WHEN \(at.operand) >= \(dialect.literal(period.from)) THEN \(result.sql)"
    }
    return ValueText(value: Piece(sql: "CASE\(cases) END", level: level), isAbsent: date.isAbsent, mayFail: .yes)
  }

  mutating func rounded(_ one: Int32, _ rounding: Expression.Rounding, _ shape: ValueShape) -> ValueText {
    let operand = value(one)
    let own = compiler.shape(one)
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
}
