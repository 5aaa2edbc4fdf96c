package import PolicyIR
import PolicyText
import PolicyValues

/// The fact that a text gives for a field.
///
/// Empty, — - / are *not given*; 不知 未知 不详 are *not known*; 不适用 无关 are *not applicable* (an option's own value of such
/// a name goes before). A number needs its unit in the cell or from `unit`, except: 0; a count, which takes the field's counter;
/// money with 万 or 亿 where no unit is given, which is 元 (3亿). A rate needs % or ‰ (or 折, 成, 百分之). A bare number of
/// 20000…60000 is a day of a spreadsheet (1900 system) where `serials` allows it. 无 is an empty complete list for a
/// many-relation and an error for every type but text, option values apart. Nothing is rounded and nothing negative is taken.
///
/// - Parameter unit: the unit of the column's header, taken where the cell names none; a unit in the cell goes before.
package func readCell(
  _ text: String, as field: Field, in program: Program, unit: ColumnUnit? = nil, serials: Bool = false
) -> Result<Fact, CellFailure> {
  do {
    return .success(try CellReader(field, in: program, unit: unit, serials: serials).read(text).fact)
  } catch {
    return .failure(error)
  }
}

/// Reads the cells of one column.
struct CellReader {
  let field: Field
  let unit: ColumnUnit?
  private let serials: Bool
  private let option: OptionIndex?
  private let kindName: String

  init(_ field: Field, in program: Program, unit: ColumnUnit?, serials: Bool) {
    self.field = field
    self.unit = unit
    self.serials = serials
    if case .option(let id) = field.type { option = OptionIndex(program.optionTypes[id]) } else { option = nil }
    switch field.type {
    case .entity(let kind), .many(let kind): kindName = program.kinds[kind].name
    default: kindName = ""
    }
    self.fieldCount =
      switch field.type {
      case .entity(let kind), .many(let kind): program.kinds[kind].fields.count
      default: 0
      }
  }

  private let fieldCount: Int

  /// Whether a note above the table gives this unit to the column: money or area without a unit of its own.
  func takes(_ unit: ColumnUnit) -> Bool {
    guard self.unit == nil, case .quantity(let dimension) = field.type else { return false }
    return unit.fits(dimension) && (dimension == .money || dimension == .area)
  }

  /// How many base units a bare 1 is; nil where a bare number is refused, or is no quantity.
  var bareFactor: Rational? {
    guard case .quantity(let dimension) = field.type else { return nil }
    if let unit { return unit.fits(dimension) ? unit.factor : nil }
    return dimension == .count(dimension.counter) && dimension.counter != .none ? .one : nil
  }

  /// The same reader for a column with a unit.
  func inUnit(_ unit: ColumnUnit) -> CellReader { CellReader(copying: self, unit: unit) }

  private init(copying other: CellReader, unit: ColumnUnit) {
    (field, serials, option, kindName, fieldCount) = (
      other.field, other.serials, other.option, other.kindName, other.fieldCount
    )
    self.unit = unit
  }

  /// The fact of a cell, and whether a spreadsheet's serial number gave it.
  func read(_ cell: String) throws(CellFailure) -> (fact: Fact, isSerial: Bool) {
    let text = trimmed(cell)
    let key = comparable(text)
    if let option, let value = try option.value(named: key, text: text, field: field.name) {
      return (.value(.option(value)), false)
    }
    if let state = stateOfFact(key) { return (state, false) }
    if key.hasPrefix("#"), spreadsheetErrors.contains(key.uppercased()) { throw failure(text, .spreadsheetError) }
    switch field.type {
    case .truth:
      guard let value = LiteralReader.yesNo(text) else { throw failure(text, .notYesNo) }
      return (.value(.truth(value)), false)
    case .quantity(let dimension): return (.value(.quantity(try quantity(text, dimension))), false)
    case .date: return try date(text)
    case .duration: return (.value(.duration(try duration(text))), false)
    case .text: return (.value(.text(text)), false)
    case .option:
      throw failure(text, .unknownOption(type: option?.name ?? "", nearest: option?.nearestNames(to: key) ?? []))
    case .entity(let kind):
      if ["无", "没有"].contains(key) { throw failure(text, .nobody(kind: kindName)) }
      return (.one(Subject(kind: kind, id: text, facts: Array(repeating: .missing, count: fieldCount))), false)
    case .many:
      guard ["无", "没有"].contains(key) else { throw failure(text, .itemsExpected(kind: kindName)) }
      return (.many([], complete: true), false)
    }
  }

  private func failure(_ text: String, _ cause: CellFailure.Cause) -> CellFailure {
    CellFailure(text: text, field: field.name, cause: cause)
  }

  private func quantity(_ text: String, _ dimension: Dimension) throws(CellFailure) -> Rational {
    let literal: QuantityLiteral
    do {
      literal = try LiteralReader.quantity(text)
    } catch {
      throw failure(text, cause(of: error, dimension))
    }
    if literal.value.isNegative { throw failure(text, .negative) }
    if literal.hadUnit || text.contains("分之") {
      guard literal.dimension == dimension else {
        throw failure(text, .wrongUnit(found: literal.dimension, expected: dimension))
      }
      return literal.value
    }
    if literal.value.isZero { return .zero }
    let hasScale = text.unicodeScalars.contains { ["万", "亿", "萬", "億"].contains($0) }
    if let unit, unit.fits(dimension) {
      if hasScale, unit.factor != .one { throw failure(text, .doubleScale(unit: unit.text)) }
      guard let value = try? literal.value.multiplied(by: unit.factor) else { throw failure(text, .outOfRange) }
      return value
    }
    if dimension == .money, hasScale { return literal.value }
    if dimension == .count(dimension.counter), dimension.counter != .none { return literal.value }
    throw failure(text, .missingUnit(dimension))
  }

  private func cause(of failure: LiteralFailure, _ dimension: Dimension) -> CellFailure.Cause {
    switch failure {
    case .approximate(let word): .approximate(word: word)
    case .outOfRange: .outOfRange
    case .unknownUnit(let text): .unknownUnit(text, expected: dimension)
    case .trailing(let text): .trailing(text)
    case .empty, .notANumber, .notADate, .invalidDate, .notADuration: .notANumber
    }
  }

  /// A day; 2025年底 states a deadline and not the day on which something was done, so it is refused.
  private func date(_ text: String) throws(CellFailure) -> (Fact, Bool) {
    if serials, let serial = plainNumber(text), (20_000...60_000).contains(serial),
      let day = LiteralReader.excelSerial(serial)
    {
      return (.value(.date(day)), true)
    }
    do {
      let period = try LiteralReader.date(text)
      guard let day = period.day, !text.contains("底"), !text.contains("末") else { throw failure(text, .notADay) }
      return (.value(.date(day)), false)
    } catch let error as LiteralFailure {
      switch error {
      case .invalidDate: throw failure(text, .impossibleDate)
      case .trailing(let rest): throw failure(text, .trailing(rest))
      default: throw failure(text, .notADate)
      }
    } catch let error as CellFailure {
      throw error
    } catch {
      throw failure(text, .notADate)
    }
  }

  private func duration(_ text: String) throws(CellFailure) -> Duration {
    var written = text
    if Numerals.parse(comparable(text)) != nil {
      guard let unit, unit.dimension == nil else { throw failure(text, .missingTimeUnit) }
      written += unit.text
    }
    guard let value = try? LiteralReader.duration(written) else { throw failure(text, .notADuration) }
    return value
  }

  /// A number of five digits.
  private func plainNumber(_ text: String) -> Int? {
    let folded = comparable(text)
    return folded.utf8.count == 5 && folded.utf8.allSatisfy({ (0x30...0x39).contains($0) }) ? Int(folded) : nil
  }
}

private let spreadsheetErrors: Set<String> = [
  "#REF!", "#VALUE!", "#NAME?", "#N/A", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#####",
]

/// The state that a cell without a value records, nil where it holds something else.
/// - Parameter key: the comparable form of the cell.
func stateOfFact(_ key: String) -> Fact? {
  // Most cells are told apart by their first byte: 不 未 无 — and the ASCII signs.
  if let first = key.utf8.first, ![0x2D, 0x2F, 0xE2, 0xE4, 0xE6].contains(first) { return nil }
  switch key {
  case "": return .missing
  case "不知", "未知", "不详": return .notKnown
  case "不适用", "无关": return .notApplicable
  default:
    guard key.utf8.count <= 12 else { return nil }
    let isDash = key.unicodeScalars.allSatisfy { [0x2D, 0x2F, 0x2013, 0x2014, 0x2015, 0x2212].contains($0.value) }
    return isDash ? .missing : nil
  }
}

/// The values of an option by name, alias and code.
private struct OptionIndex {
  let name: String
  private let values: [OptionValue]
  private var byName: [String: Int32] = [:]
  private var byAlias: [String: [Int32]] = [:]

  init(_ type: OptionType) {
    name = type.name
    values = type.values
    for (index, value) in type.values.enumerated() {
      byName[comparable(value.name)] = Int32(truncatingIfNeeded: index)
      for alias in value.aliases + (value.code.map { [$0] } ?? []) {
        byAlias[comparable(alias), default: []].append(Int32(truncatingIfNeeded: index))
      }
    }
  }

  func value(named key: String, text: String, field: String) throws(CellFailure) -> Int32? {
    if key.isEmpty { return nil }
    if let value = byName[key] { return value }
    guard let found = byAlias[key].map(Set.init) else { return nil }
    if found.count == 1 { return found.first }
    let names = found.sorted().map { values[Int($0)].name }
    throw CellFailure(text: text, field: field, cause: .ambiguousOption(type: name, values: names))
  }

  func nearestNames(to key: String) -> [String] {
    key.utf8.count > 200 ? [] : nearest(key, in: values.map(\.name))
  }
}
