package import PolicyValues

/// The unit that a header or a note above the table gives to the bare numbers of a column.
package struct ColumnUnit: Hashable, Sendable {
  /// As it was written (万元, 元/张, 年).
  package let text: String
  /// What it measures; nil for the units of time, which make durations.
  package let dimension: Dimension?
  /// How many base units one of it is; 1 for units of time.
  package let factor: Rational

  /// The unit that this text names as a whole: every unit of the table, a unit per others (元/张), or 年 月 日 工作日.
  package init?(named name: String) {
    let text = comparable(name)
    guard text.utf8.count <= 60 else { return nil }
    // The first part must be a unit by itself, so that “5万元” is not read as one.
    let first = text.prefix { $0 != "/" && $0 != "·" && $0 != "每" }
    if Unit.named(String(first)) != nil, let one = try? LiteralReader.quantity("1" + text), one.hadUnit {
      self.init(text: text, dimension: one.dimension, factor: one.value)
    } else if ["年", "月", "个月", "日", "天", "工作日", "个工作日"].contains(text) {
      self.init(text: text == "月" ? "个月" : text, dimension: nil, factor: .one)
    } else {
      return nil
    }
  }

  private init(text: String, dimension: Dimension?, factor: Rational) {
    self.text = text
    self.dimension = dimension
    self.factor = factor
  }

  /// Whether numbers of this type can be in this unit.
  func fits(_ type: Dimension) -> Bool { dimension == type }
}
