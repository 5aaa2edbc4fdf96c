import PolicyIR

extension SQLWriter {
  /// A part of a date, or the last day of its year.
  func ofDate(_ date: Piece, _ builtin: Builtin) -> Piece {
    let sql =
      switch builtin {
      case .year: dialect.part(.year, of: date.sql)
      case .monthDay: "\(dialect.part(.month, of: date.sql)) * 100 + \(dialect.part(.day, of: date.sql))"
      case .endOfYear: dialect.endOfYear(date.sql)
      case .least, .greatest, .fullYears, .fullMonths, .days, .workingDaysAfter: date.sql
      }
    return Piece(sql: sql, level: date.level)
  }

  /// The years, months or days from a date to another.
  func span(_ from: Piece, _ to: Piece, _ builtin: Builtin) -> Piece {
    func part(_ part: DatePart, _ date: Piece) -> String { dialect.part(part, of: date.sql) }
    let (startDay, endDay) = (part(.day, from), part(.day, to))
    let (startMonth, endMonth) = (part(.month, from), part(.month, to))
    let (startYear, endYear) = (part(.year, from), part(.year, to))
    let sql: String
    switch builtin {
    case .days: sql = dialect.days(from: from.sql, to: to.sql)
    case .fullYears:
      sql =
        "\(endYear) - \(startYear) - CASE WHEN \(endMonth) * 100 + \(endDay) >= \(startMonth) * 100 + \(startDay) "
        + "THEN 0 ELSE 1 END"
    case .fullMonths:
      // The month is full on the corresponding day, or on the month's last day where there is none.
      let isLeap = "\(endYear) % 4 = 0 AND (\(endYear) % 100 <> 0 OR \(endYear) % 400 = 0)"
      let last =
        "CASE WHEN \(endMonth) IN (4, 6, 9, 11) THEN 30 WHEN \(endMonth) <> 2 THEN 31 WHEN \(isLeap) THEN 29 ELSE 28 END"
      sql =
        "(\(endYear) - \(startYear)) * 12 + \(endMonth) - \(startMonth) - "
        + "CASE WHEN \(endDay) >= \(startDay) OR \(endDay) = \(last) THEN 0 ELSE 1 END"
    case .least, .greatest, .endOfYear, .year, .monthDay, .workingDaysAfter: sql = from.sql
    }
    return Piece(sql: sql, level: max(from.level, to.level))
  }
}
