package import PolicyIR
import PolicyValues

/// Subjects of one kind in columns: a bit plane or an array for each field, with planes for what is known and 不适用.
///
/// A fact that a column can't hold (a related subject, a text, a number finer than a ten-thousandth) is marked odd; whoever reads such a row
/// asks the interpreter.
package struct ColumnTable: Sendable {
  package let kind: KindID
  /// The number of subjects.
  package private(set) var count = 0
  private(set) var columns: [Column]

  /// An empty table for subjects of a kind.
  package init(_ kind: KindID, in program: Program) {
    self.kind = kind
    columns = program.kinds[kind].fields.map { Column(program.fields[$0].type, in: program) }
  }

  /// Adds a subject.
  ///
  /// - Requires: it is of the table's kind.
  package mutating func append(_ subject: Subject) {
    for slot in columns.indices {
      columns[slot].set(slot < subject.facts.count ? subject.facts[slot] : .missing, at: count)
    }
    count += 1
  }

  /// Forgets the subjects and keeps the memory.
  package mutating func removeAll() {
    count = 0
    for slot in columns.indices { columns[slot].removeAll() }
  }
}

/// The facts of one field, 64 subjects a word.
struct Column: Sendable {
  let form: Form
  /// A value is recorded.
  private(set) var known: [UInt64] = []
  private(set) var notApplicable: [UInt64] = []
  /// 不知.
  private(set) var notKnown: [UInt64] = []
  /// What the column can't hold.
  private(set) var odd: [UInt64] = []
  private(set) var hasOdd = false
  /// For each 64 rows so many planes: 是 of a truth; the bits of an option's position, lowest first.
  private(set) var bits: [UInt64] = []
  let planes: Int
  private(set) var days: [Int32] = []
  /// In ten-thousandths of the base unit.
  private(set) var numbers: [Int64] = []

  /// How a field's values are held.
  enum Form: Hashable, Sendable {
    case truth
    /// With so many values.
    case option(Int)
    case date
    case quantity
    /// Not at all.
    case none
  }

  init(_ type: ValueType, in program: Program) {
    switch type {
    case .truth: form = .truth
    case .option(let id): form = .option(program.optionTypes[id].values.count)
    case .date: form = .date
    case .quantity: form = .quantity
    case .duration, .text, .entity, .many: form = .none
    }
    planes =
      switch form {
      case .truth: 1
      case .option(let count): Int.bitWidth - max(0, count - 1).leadingZeroBitCount
      case .date, .quantity, .none: 0
      }
  }

  mutating func removeAll() {
    for path in [\Column.known, \.notApplicable, \.notKnown, \.odd] {
      self[keyPath: path].removeAll(keepingCapacity: true)
    }
    bits.removeAll(keepingCapacity: true)
    days.removeAll(keepingCapacity: true)
    numbers.removeAll(keepingCapacity: true)
    hasOdd = false
  }

  mutating func set(_ fact: Fact, at row: Int) {
    if row & 63 == 0 { widen() }
    let (word, bit) = (row >> 6, UInt64(1) << UInt64(row & 63))
    switch fact {
    case .missing: return
    case .notKnown: notKnown[word] |= bit
    case .notApplicable: notApplicable[word] |= bit
    case .value(let value):
      if hold(value, row, word, bit) { known[word] |= bit } else { markOdd(word, bit) }
    case .one, .many: markOdd(word, bit)
    }
  }

  private mutating func markOdd(_ word: Int, _ bit: UInt64) {
    odd[word] |= bit
    hasOdd = true
  }

  /// Whether the value could be held.
  private mutating func hold(_ value: Value, _ row: Int, _ word: Int, _ bit: UInt64) -> Bool {
    switch (form, value) {
    case (.truth, .truth(let flag)):
      if flag { bits[word] |= bit }
    case (.option(let count), .option(let place)):
      guard place >= 0, place < count else { return false }
      for plane in 0..<planes where place >> Int32(plane) & 1 == 1 { bits[word * planes + plane] |= bit }
    case (.date, .date(let date)): days[row] = date.dayNumber
    case (.quantity, .quantity(let number)):
      guard let small = scaled(number) else { return false }
      numbers[row] = small
    default: return false
    }
    return true
  }

  /// Makes room for 64 more.
  private mutating func widen() {
    known.append(0)
    notApplicable.append(0)
    notKnown.append(0)
    odd.append(0)
    for _ in 0..<planes { bits.append(0) }
    switch form {
    case .date: days.append(contentsOf: repeatElement(0, count: 64))
    case .quantity: numbers.append(contentsOf: repeatElement(0, count: 64))
    case .truth, .option, .none: break
    }
  }
}

/// How many ten-thousandths make one.
let numberScale: Int64 = 10_000

/// A number in ten-thousandths; nil where it is no whole number of them or too great.
func scaled(_ number: Rational) -> Int64? {
  let scale = Int128(numberScale)
  guard scale % number.denominator == 0 else { return nil }
  let (result, overflow) = number.numerator.multipliedReportingOverflow(by: scale / number.denominator)
  return overflow ? nil : Int64(exactly: result)
}
