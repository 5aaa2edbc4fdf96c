import PolicyIR
import PolicyValues

/// The facts of one field, 64 subjects a word.
struct Column: Sendable {
  let form: Form
  /// How many planes its values take: one of a truth; one for each bit of an option's position, the lowest first.
  let planes: Int
  private(set) var memory: ColumnMemory
  private(set) var hasOdd = false
  /// Words that some row was written to.
  private var used = 0

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
    memory = ColumnMemory(words: 0, planes: planes, form: form)
  }

  mutating func removeAll() {
    makeRoom(rows: 0)
    memory.clear(words: used)
    (used, hasOdd) = (0, false)
  }

  /// Makes the memory its own, with room for so many rows; rows that were never written are missing.
  mutating func makeRoom(rows: Int) {
    let words = (rows + 63) / 64
    if words > memory.words {
      memory = memory.copy(words: max(words, memory.words * 2, 16))
    } else if !isKnownUniquelyReferenced(&memory) {
      memory = memory.copy(words: memory.words)
    }
    used = max(used, words)
  }

  /// Records a fact.
  ///
  /// - Requires: there is room for the row, and nothing is recorded in it.
  mutating func set(_ fact: Fact, at row: Int) {
    let (word, bit) = (row >> 6, UInt64(1) << UInt64(row & 63))
    switch fact {
    case .missing: return
    case .notKnown: memory.notKnown[word] |= bit
    case .notApplicable: memory.notApplicable[word] |= bit
    case .value(let value):
      if hold(value, row, word, bit) { memory.known[word] |= bit } else { markOdd(word, bit) }
    case .one, .many: markOdd(word, bit)
    }
  }

  /// Remembers that some row is odd.
  mutating func noteOdd() { hasOdd = true }

  private mutating func markOdd(_ word: Int, _ bit: UInt64) {
    memory.odd[word] |= bit
    hasOdd = true
  }

  /// Whether the value could be held.
  private func hold(_ value: Value, _ row: Int, _ word: Int, _ bit: UInt64) -> Bool {
    switch (form, value) {
    case (.truth, .truth(let flag)):
      if flag { memory.bits[word] |= bit }
    case (.option(let count), .option(let place)):
      guard place >= 0, place < count else { return false }
      for plane in 0..<planes where place >> Int32(plane) & 1 == 1 { memory.bits[plane * memory.words + word] |= bit }
    case (.date, .date(let date)): memory.days[row] = date.dayNumber
    case (.quantity, .quantity(let number)):
      guard let small = FactVector.scaled(number) else { return false }
      memory.numbers[row] = small
    default: return false
    }
    return true
  }
}
