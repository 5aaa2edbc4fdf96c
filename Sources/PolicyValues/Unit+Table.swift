extension Unit {
  /// Every unit of a quantity; the base units are 元, 亩, 1 and each counter.
  package static let table: [Unit] = moneyUnits + areaUnits + ratioUnits + counters

  /// The units of time that a quantity can be per; alone they are durations, not quantities.
  package static let timeTable: [Unit] = [
    Unit("月", "month", Dimension(months: 1), aliases: ["个月", "months"]),
    Unit("年", "year", Dimension(months: 1), 12, aliases: ["years", "年度"]),
    Unit("季度", "quarter", Dimension(months: 1), 3, aliases: ["quarters", "季"]),
    Unit("日", "day", Dimension(days: 1), aliases: ["天", "days"]),
    Unit("周", "week", Dimension(days: 1), 7, aliases: ["星期", "weeks"]),
  ]

  static let index = UnitIndex(table)
  static let timeIndex = UnitIndex(timeTable)

  private static let moneyUnits = [
    Unit("元", "yuan", .money, aliases: ["CNY", "RMB", "人民币元", "元人民币"]),
    Unit("角", "jiao", .money, ratio(1, 10)),
    Unit("分", "fen", .money, ratio(1, 100)),
    Unit("百元", "hundred yuan", .money, 100),
    Unit("千元", "thousand yuan", .money, 1000),
    Unit("万元", "wan yuan", .money, 10_000, aliases: ["万元人民币"]),
    Unit("十万元", "hundred thousand yuan", .money, 100_000),
    Unit("百万元", "million yuan", .money, 1_000_000),
    Unit("千万元", "ten million yuan", .money, 10_000_000),
    Unit("亿元", "yi yuan", .money, 100_000_000, aliases: ["hundred million yuan", "亿元人民币"]),
    Unit("万亿元", "trillion yuan", .money, 1_000_000_000_000),
  ]

  /// 1公顷 = 15亩 = 10000平方米, so that 1平方米 is exactly 0.0015亩.
  private static let areaUnits = [
    Unit("亩", "mu", .area),
    Unit("万亩", "wan mu", .area, 10_000),
    Unit("公顷", "hectare", .area, 15, aliases: ["hectares", "ha"]),
    Unit("平方米", "sqm", .area, ratio(3, 2000), aliases: ["㎡", "平米", "m²", "m2"]),
    Unit("万平方米", "wan sqm", .area, 15, aliases: ["万平米", "万㎡"]),
    Unit("平方公里", "sqkm", .area, 1500, aliases: ["平方千米", "km²", "km2"]),
  ]

  private static let ratioUnits = [
    Unit("%", "percent", .number, ratio(1, 100)),
    Unit("‰", "permille", .number, ratio(1, 1000)),
    Unit("个百分点", "percentage points", .percentagePoints, ratio(1, 100), aliases: ["百分点", "percentage point"]),
    Unit("折", "tenths", .number, ratio(1, 10)),
    Unit("成", "parts in ten", .number, ratio(1, 10)),
    Unit("万", "wan", .number, 10_000),
    Unit("亿", "yi", .number, 100_000_000),
  ]

  private static let counters: [Unit] =
    CounterUnit.all.map { counter in
      Unit(
        counter.chineseName, counter.englishName, .count(counter),
        aliases: [counter.englishSingular] + (counterAliases[counter.chineseName] ?? []))
    } + [
      scaledCounter("米", "metres", "公里", ratio(1, 1000), ["metre"]),
      scaledCounter("吨", "tonnes", "公斤", 1000, ["tonne"]),
      scaledCounter("克", "grams", "公斤", ratio(1, 1000), ["gram"]),
      scaledCounter("瓦", "watts", "千瓦", ratio(1, 1000), ["watt"]),
      scaledCounter("兆瓦", "megawatts", "千瓦", 1000, ["megawatt"]),
      scaledCounter("万人", "wan persons", "人", 10_000, []),
      scaledCounter("万人次", "wan person-times", "人次", 10_000, []),
      scaledCounter("万户", "wan households", "户", 10_000, []),
    ]

  private static let counterAliases: [String: [String]] = [
    "张": ["张床位"],
    "人": ["名", "位", "people"],
    "岁": ["周岁", "years old"],
    "公里": ["千米", "km"],
    "台": ["台套", "台(套)"],
    "公斤": ["千克", "kg"],
    "千瓦": ["kW"],
    "小时": ["个小时"],
    "度": ["千瓦时", "kWh"],
    "立方米": ["m³", "m3", "立方"],
  ]

  private static func scaledCounter(
    _ name: String, _ english: String, _ base: String, _ factor: Rational, _ aliases: [String]
  ) -> Unit {
    Unit(name, english, .count(CounterUnit(named: base) ?? .none), factor, aliases: aliases)
  }

  /// - Requires: the two are in lowest terms.
  private static func ratio(_ numerator: Int128, _ denominator: Int128) -> Rational {
    Rational(reduced: numerator, denominator)
  }
}
