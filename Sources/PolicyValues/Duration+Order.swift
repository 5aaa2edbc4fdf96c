extension Duration {
  /// How the length compares with another: −1 shorter, 0 as long, 1 longer; a range where their units leave it open.
  ///
  /// Months against days are decided by the least and the greatest number of days that so many consecutive months have.
  /// Working days are never counted in the others' units.
  package func order(to other: Duration) -> ClosedRange<Int> {
    let months = Int(months) - Int(other.months)
    let days = Int(days) - Int(other.days)
    let workingDays = Int(workingDays) - Int(other.workingDays)
    let signs = Set([months, days, workingDays].map { $0.signum() }).subtracting([0])
    guard signs.count > 1 else { return (signs.first ?? 0)...(signs.first ?? 0) }
    guard workingDays == 0 else { return -1...1 }
    let span = Duration.days(ofMonths: months)
    return (span.lowerBound + days).signum()...(span.upperBound + days).signum()
  }

  /// The least and the greatest number of days that so many consecutive months have; below zero for a negative count.
  static func days(ofMonths count: Int) -> ClosedRange<Int> {
    if count < 0 {
      let span = days(ofMonths: -count)
      return -span.upperBound ... -span.lowerBound
    }
    // The calendar repeats after 4800 months, which have 146097 days.
    let (cycles, rest) = count.quotientAndRemainder(dividingBy: 4800)
    if rest == 0 { return cycles * 146_097...cycles * 146_097 }
    func day(_ month: Int) -> Int {
      CivilDate(year: 2001 + month / 12, month: month % 12 + 1, day: 1).map { Int($0.dayNumber) } ?? 0
    }
    var (least, greatest) = (Int.max, 0)
    // A month that starts later in its month is no shorter than the one that starts at the next month's first day.
    for first in 0..<4800 {
      let days = day(first + rest) - day(first)
      (least, greatest) = (min(least, days), max(greatest, days))
    }
    return cycles * 146_097 + least...cycles * 146_097 + greatest
  }
}
