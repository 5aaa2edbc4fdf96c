package import PolicyIR
import PolicyValues

/// A column of the table of subjects, which holds one field.
package struct SQLColumn: Hashable, Sendable {
  /// With its unit where it is a number: `备案总投资_分`.
  package let name: String
  /// Where 不知 and 不适用 stand.
  package let stateName: String
  package let form: Form
  package let field: FieldID

  package enum Form: Hashable, Sendable {
    case truth
    /// One of these texts.
    case option([String])
    case date
    /// Whole numbers up to a greatest, of which so many make one base unit; the least is 0.
    case quantity(parts: Int128, greatest: Int128)
    case text
  }

  /// The first and the last year of a date: what is computed from one stays within the years that every database knows.
  package static let years: ClosedRange<Int> = 1_000...8_999

  /// The column of a field; nil where a table of one row a subject doesn't hold it.
  package init?(_ id: FieldID, in program: Program) {
    let field = program.fields[id]
    self.field = id
    stateName = field.name + "_状态"
    switch field.type {
    case .truth: (form, name) = (.truth, field.name)
    case .option(let option):
      (form, name) = (.option(program.optionTypes[option].values.map(\.name)), field.name)
    case .date: (form, name) = (.date, field.name)
    case .text: (form, name) = (.text, field.name)
    case .quantity(let dimension):
      let parts = Self.parts(of: dimension)
      form = .quantity(parts: parts, greatest: Self.greatest(parts: parts))
      name = field.name + "_" + Self.unit(dimension, parts: parts)
    case .duration, .entity, .many: return nil
    }
  }

  /// How many units of a column make one base unit: 分 of money, things as they are, ten-thousandths of all else.
  static func parts(of dimension: Dimension) -> Int128 {
    if dimension.money == 1 { return 100 }
    return dimension.money == 0 && dimension.area == 0 && dimension.months == 0 && dimension.days == 0
      && dimension.points == 0 && dimension.counterExponent == 1 ? 1 : 10_000
  }

  /// The greatest cell: ten trillion yuan, a billion of all else. Within these limits results are known to fit.
  static func greatest(parts: Int128) -> Int128 {
    parts == 100 ? 1_000_000_000_000_000 : 1_000_000_000 * parts
  }

  /// What a whole number of so many parts of the base unit counts: 分, 张, 万分之一亩.
  static func unit(_ dimension: Dimension, parts: Int128) -> String {
    let symbol = dimension.symbol(chinese: true)
    if parts == 1 { return symbol.isEmpty ? "个" : symbol }
    if parts == 100, symbol.hasPrefix("元") { return "分" + symbol.dropFirst() }
    return (parts == 10_000 ? "万分之一" : parts == 100 ? "百分之一" : "\(parts)分之一") + symbol
  }
}
