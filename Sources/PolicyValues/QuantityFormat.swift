/// Writes quantities the way officials read them; every text is exact.
package enum QuantityFormat {
  /// Whether an amount of 元 is a whole number of 分, so that no rounding is open (else 取整未规定).
  package static func moneyIsWholeFen(_ value: Rational) -> Bool {
    100 % value.denominator == 0
  }

  /// The quantity in Chinese: 3亿元, 29999.99万元, 8000元, 100/3元, 12亩, 20张, 1万元/张, 5个百分点, 0.05.
  package static func chinese(_ value: Rational, _ dimension: Dimension) -> String {
    if dimension == .percentagePoints { return hundredfold(value) + "个百分点" }
    let (value, time) = perTime(value, dimension)
    let below = dimension.symbol(chinese: true, perYear: time)
    guard dimension.money == 1, below.hasPrefix("元") else { return value.description + below }
    return amount(value) + below
  }

  /// The quantity in English: 300000000 yuan, 12 mu, 20 beds, 500 yuan/person/month, 5 percentage points, 0.05.
  package static func english(_ value: Rational, _ dimension: Dimension) -> String {
    if dimension == .percentagePoints { return hundredfold(value) + " percentage points" }
    let (value, time) = perTime(value, dimension)
    let unit = dimension.symbol(chinese: false, perYear: time)
    return value.description + (unit.isEmpty ? "" : " " + unit)
  }

  /// A rate in percent, the same in both languages: 5%, 100/3%.
  package static func rate(_ value: Rational) -> String { hundredfold(value) + "%" }

  /// The number before 元, with 亿 or 万 where at most four decimals then say it exactly.
  private static func amount(_ value: Rational) -> String {
    guard moneyIsWholeFen(value) else { return value.exactDescription }
    for (name, factor) in [("亿", 100_000_000 as Rational), ("万", 10_000)] {
      guard let size = try? value.absolute(), size >= factor,
        let part = try? value.divided(by: factor), part.decimals(atMost: 4) != nil
      else { continue }
      return part.description + name
    }
    return value.description
  }

  private static func hundredfold(_ value: Rational) -> String {
    guard let percent = try? value.scaled(by: 100) else { return "100×" + value.description }
    return percent.description
  }

  /// Money per month is shown per year where only that is whole 分 (1000元/年).
  private static func perTime(_ value: Rational, _ dimension: Dimension) -> (Rational, isYearly: Bool) {
    guard dimension.money == 1, dimension.months == -1, !moneyIsWholeFen(value),
      let yearly = try? value.scaled(by: 12), moneyIsWholeFen(yearly)
    else { return (value, false) }
    return (yearly, true)
  }
}
