/// The memory of one column: planes of 64 rows a word, and an array of days or numbers; freed with it.
///
/// It is written only while a single `Column` holds it, which copies it before it writes to one that is shared, so threads may read it.
final class ColumnMemory: @unchecked Sendable {
  /// Words a plane.
  let words: Int
  let known: UnsafeMutablePointer<UInt64>
  let notApplicable: UnsafeMutablePointer<UInt64>
  let notKnown: UnsafeMutablePointer<UInt64>
  let odd: UnsafeMutablePointer<UInt64>
  /// The planes of truths and options, one behind another.
  let bits: UnsafeMutablePointer<UInt64>
  let days: UnsafeMutablePointer<Int32>
  let numbers: UnsafeMutablePointer<Int64>
  private let planes: Int
  private let form: Column.Form

  /// Memory for so many words a plane, all zero.
  init(words: Int, planes: Int, form: Column.Form) {
    (self.words, self.planes, self.form) = (words, planes, form)
    known = Self.zeros((4 + planes) * words)
    notApplicable = known + words
    notKnown = known + 2 * words
    odd = known + 3 * words
    bits = known + 4 * words
    days = Self.zeros(form == .date ? words * 64 : 0)
    numbers = Self.zeros(form == .quantity ? words * 64 : 0)
  }

  deinit {
    known.deallocate()
    days.deallocate()
    numbers.deallocate()
  }

  /// The same rows in memory for so many words a plane.
  func copy(words wider: Int) -> ColumnMemory {
    let copy = ColumnMemory(words: wider, planes: planes, form: form)
    let count = min(words, wider)
    for plane in 0..<4 + planes {
      (copy.known + plane * wider).update(from: known + plane * words, count: count)
    }
    if form == .date { copy.days.update(from: days, count: count * 64) }
    if form == .quantity { copy.numbers.update(from: numbers, count: count * 64) }
    return copy
  }

  /// Forgets the first words of every plane; numbers of rows that aren't known don't matter.
  func clear(words count: Int) {
    for plane in 0..<4 + planes { (known + plane * words).update(repeating: 0, count: count) }
  }

  private static func zeros<Element: FixedWidthInteger>(_ count: Int) -> UnsafeMutablePointer<Element> {
    let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(count, 1))
    memory.initialize(repeating: 0, count: max(count, 1))
    return memory
  }
}
