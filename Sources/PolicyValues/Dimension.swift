/// What a quantity measures, as exponents over base units: 元, 亩, one counter, 月, 日 and 个百分点.
///
/// - Invariant: `counter` is `.none` exactly where `counterExponent` is 0; percentage points stand alone.
package struct Dimension: Hashable, Sendable {
  /// The exponent of money (元).
  package let money: Int8
  /// The exponent of area (亩).
  package let area: Int8
  /// The exponent of the counter.
  package let counterExponent: Int8
  /// The exponent of calendar months; 年 is 12 of them (元/月 has −1).
  package let months: Int8
  /// The exponent of days, which no number of months equals.
  package let days: Int8
  /// 1 for percentage points, whose base is the plain ratio (1个百分点 = 0.01).
  package let points: Int8
  /// What is counted.
  package let counter: CounterUnit

  /// A plain number or rate.
  package static let number = Dimension()
  /// Money in 元.
  package static let money = Dimension(money: 1)
  /// Area in 亩.
  package static let area = Dimension(area: 1)
  /// 个百分点: 提高5个百分点 adds to a rate, 提高5% multiplies it.
  package static let percentagePoints = Dimension(points: 1)

  /// The dimension of a count of `counter`.
  package static func count(_ counter: CounterUnit) -> Dimension {
    Dimension(counterExponent: 1, counter: counter)
  }

  init(
    money: Int8 = 0, area: Int8 = 0, counterExponent: Int8 = 0, counter: CounterUnit = .none,
    months: Int8 = 0, days: Int8 = 0, points: Int8 = 0
  ) {
    self.money = money
    self.area = area
    self.counterExponent = counter == .none ? 0 : counterExponent
    self.counter = counterExponent == 0 ? .none : counter
    self.months = months
    self.days = days
    self.points = points
  }

  /// Whether this is a plain number or rate.
  package var isNumber: Bool { self == .number }

  /// The dimension of a product; nil where two counters would mix or percentage points would be scaled by a unit.
  package func times(_ other: Dimension) -> Dimension? { combined(with: other, sign: 1) }

  /// The dimension of a quotient; nil where two counters would mix or a unit would be divided by percentage points.
  package func dividedBy(_ other: Dimension) -> Dimension? { combined(with: other, sign: -1) }

  /// The dimension of a sum or difference; nil where the two do not add. Percentage points add to a rate.
  package func sum(with other: Dimension) -> Dimension? {
    if self == other { return self }
    if self == .number, other == .percentagePoints { return .number }
    return nil
  }

  private func combined(with other: Dimension, sign: Int8) -> Dimension? {
    if other == .number { return self }
    var kind = counter
    if kind == .none { kind = other.counter } else if other.counter != .none, other.counter != kind { return nil }
    guard let money = sum(money, other.money, sign), let area = sum(area, other.area, sign),
      let count = sum(counterExponent, other.counterExponent, sign),
      let months = sum(months, other.months, sign), let days = sum(days, other.days, sign),
      let points = sum(points, other.points, sign)
    else { return nil }
    let result = Dimension(
      money: money, area: area, counterExponent: count, counter: kind, months: months, days: days,
      points: points)
    return points == 0 || result == .percentagePoints ? result : nil
  }

  private func sum(_ left: Int8, _ right: Int8, _ sign: Int8) -> Int8? {
    // −128 has no opposite; the product overflows and is refused.
    let (signed, first) = right.multipliedReportingOverflow(by: sign)
    let (value, second) = left.addingReportingOverflow(signed)
    return first || second ? nil : value
  }
}

extension Dimension {
  /// What messages call it in Chinese ("金额", "面积", "元/张").
  package var chineseName: String {
    switch self {
    case .number: "数"
    case .money: "金额"
    case .area: "面积"
    case .percentagePoints: "百分点"
    default: symbol(chinese: true)
    }
  }

  /// What messages call it in English ("money", "area", "yuan/bed").
  package var englishName: String {
    switch self {
    case .number: "number"
    case .money: "money"
    case .area: "area"
    case .percentagePoints: "percentage points"
    default: symbol(chinese: false)
    }
  }

  /// The base unit as text ("元", "元/张/月"; 年 for 月 where the number is per year); empty for a plain number.
  package func symbol(chinese: Bool, perYear: Bool = false) -> String {
    let parts: [(Int8, String)] = [
      (money, chinese ? "元" : "yuan"), (area, chinese ? "亩" : "mu"),
      (counterExponent, counterName(chinese: chinese)),
      (days, chinese ? "日" : "day"), (months, chinese ? (perYear ? "年" : "月") : (perYear ? "year" : "month")),
      (points, chinese ? "个百分点" : "percentage points"),
    ]
    let above = parts.filter { $0.0 > 0 }.map { power($0.1, $0.0) }.joined(separator: "·")
    let below = parts.filter { $0.0 < 0 }.map { "/" + power($0.1, $0.0) }.joined()
    return (above.isEmpty && !below.isEmpty ? "1" : above) + below
  }

  private func counterName(chinese: Bool) -> String {
    if chinese { return counter.chineseName }
    return counterExponent < 0 ? counter.englishSingular : counter.englishName
  }

  private func power(_ name: String, _ exponent: Int8) -> String {
    exponent.magnitude == 1 ? name : name + "^\(exponent.magnitude)"
  }
}
