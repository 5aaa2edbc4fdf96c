/// A length of time as a document states it; its parts are never converted into one another.
package struct Duration: Hashable, Sendable {
  /// Calendar months, 12 for a 年.
  package let months: Int32
  /// Days with holidays (日, 天).
  package let days: Int32
  /// Days without holidays (工作日, 行政许可法 82).
  package let workingDays: Int32

  /// A duration of these parts.
  package init(months: Int32 = 0, days: Int32 = 0, workingDays: Int32 = 0) {
    self.months = months
    self.days = days
    self.workingDays = workingDays
  }

  /// Whether nothing is left to wait for.
  package var isZero: Bool { self == Duration() }

  /// The sum, part by part.
  ///
  /// - Throws: `overflow`.
  package func adding(_ other: Duration) throws(ArithmeticFailure) -> Duration {
    let (months, first) = months.addingReportingOverflow(other.months)
    let (days, second) = days.addingReportingOverflow(other.days)
    let (workingDays, third) = workingDays.addingReportingOverflow(other.workingDays)
    if first || second || third { throw .overflow }
    return Duration(months: months, days: days, workingDays: workingDays)
  }
}

extension Duration: CustomStringConvertible {
  /// "3年", "1年6个月", "6个月", "30日", "5个工作日".
  package var chineseDescription: String {
    let parts = [
      (months / 12, "年"), (months % 12, "个月"), (days, "日"), (workingDays, "个工作日"),
    ]
    let text = parts.filter { $0.0 != 0 }.map { "\($0.0)\($0.1)" }.joined()
    return text.isEmpty ? "0日" : text
  }

  /// "3 years", "1 year 6 months", "30 days", "5 working days".
  package var englishDescription: String {
    let parts = [
      (months / 12, "year"), (months % 12, "month"), (days, "day"), (workingDays, "working day"),
    ]
    let text = parts.filter { $0.0 != 0 }.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }
    return text.isEmpty ? "0 days" : text.joined(separator: " ")
  }

  /// The Chinese form.
  package var description: String { chineseDescription }
}
