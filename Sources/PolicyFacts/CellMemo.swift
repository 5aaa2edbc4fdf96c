/// What the cells of one column were found to say: their bytes, up to 32, and the number that they gave.
///
/// Every number in it was given by `CellReader`; the memo only spares reading the same cell again.
final class CellMemo {
  /// The bytes of a cell: its first and last eight, and up to 32 what lies between.
  struct Key {
    fileprivate var first: UInt64
    fileprivate var last: UInt64
    fileprivate var second: UInt64 = 0
    fileprivate var third: UInt64 = 0
    fileprivate var length: Int

    /// The cell at a place of a text.
    ///
    /// - Requires: 1 to 32 bytes, and 8 may be read from its beginning on.
    @inline(__always)
    init(_ bytes: UnsafePointer<UInt8>, length: Int) {
      let raw = UnsafeRawPointer(bytes)
      self.length = length
      if length <= 8 {
        first = raw.loadUnaligned(as: UInt64.self) &<< UInt64(truncatingIfNeeded: 64 &- length &* 8)
        last = 0
        return
      }
      first = raw.loadUnaligned(as: UInt64.self)
      last = raw.loadUnaligned(fromByteOffset: length &- 8, as: UInt64.self)
      if length > 16 {
        second = raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
        third = raw.loadUnaligned(fromByteOffset: length &- 16, as: UInt64.self)
      }
    }

    /// The key of no cell.
    fileprivate init() { (first, last, length) = (0, 0, 0) }

    @inline(__always)
    fileprivate var slot: Int {
      let mixed = (first ^ (last &* 0x9E37_79B9_7F4A_7C15) ^ (third &* 0xC2B2_AE3D_27D4_EB4F)) &* 0xBF58_476D_1CE4_E5B9
      return Int(truncatingIfNeeded: mixed &>> 55)
    }

    @inline(__always)
    fileprivate func isSame(_ other: Key) -> Bool {
      first == other.first && last == other.last && length == other.length && second == other.second
        && third == other.third
    }
  }

  struct Entry {
    fileprivate var key: Key
    fileprivate var number: Int64
  }

  /// Entries by the 9 bits of their hash, and some behind the last so that none begins anew.
  private static var size: Int { 512 }
  private static var tries: Int { 4 }
  /// What is remembered, for `number(_:in:)`.
  let entries: UnsafeMutablePointer<Entry>

  init() {
    entries = .allocate(capacity: Self.size + Self.tries)
    entries.initialize(repeating: Entry(key: Key(), number: 0), count: Self.size + Self.tries)
  }

  deinit { entries.deallocate() }

  /// The number that a cell gave; nil: it isn't remembered.
  @inline(__always)
  static func number(_ key: Key, in entries: UnsafeMutablePointer<Entry>) -> Int64? {
    var entry = entries + key.slot
    if entry.pointee.key.isSame(key) { return entry.pointee.number }
    for _ in 1..<tries {
      entry += 1
      if entry.pointee.key.isSame(key) { return entry.pointee.number }
    }
    return nil
  }

  /// Remembers the number of a cell; an older one makes room where there is none.
  func remember(_ key: Key, _ number: Int64) {
    let first = key.slot
    let free = (first..<first + Self.tries).first { entries[$0].key.length == 0 }
    entries[free ?? first + (number & 1 == 0 ? 0 : 1)] = Entry(key: key, number: number)
  }
}
