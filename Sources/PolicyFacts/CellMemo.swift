/// What the cells of one column were found to say: their bytes, up to 32, and the number that they gave.
///
/// Every number in it was given by `CellReader`; the memo only spares reading the same cell again.
final class CellMemo {
  /// Bytes and length of a cell.
  struct Key: Equatable {
    var a: UInt64
    var b: UInt64
    var c: UInt64
    var d: UInt64
    var length: Int

    /// The cell at a place of a text.
    ///
    /// - Requires: at most 32 bytes, and as many may be read behind its beginning.
    @inline(__always)
    init(_ bytes: UnsafePointer<UInt8>, length: Int) {
      let raw = UnsafeRawPointer(bytes)
      self.length = length
      a = raw.loadUnaligned(as: UInt64.self) & Key.mask(length)
      if length <= 8 {
        (b, c, d) = (0, 0, 0)
        return
      }
      b = raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self) & Key.mask(length &- 8)
      c = raw.loadUnaligned(fromByteOffset: 16, as: UInt64.self) & Key.mask(length &- 16)
      d = raw.loadUnaligned(fromByteOffset: 24, as: UInt64.self) & Key.mask(length &- 24)
    }

    /// The lowest so many bytes, all from eight on and none below one.
    @inline(__always)
    private static func mask(_ length: Int) -> UInt64 {
      if length >= 8 { return .max }
      return length <= 0 ? 0 : (1 &<< UInt64(truncatingIfNeeded: length &* 8)) &- 1
    }

    @inline(__always)
    fileprivate var slot: Int {
      let mixed = (a ^ (b &* 0x9E37_79B9_7F4A_7C15) ^ (c &* 0xC2B2_AE3D_27D4_EB4F) ^ d) &* 0xBF58_476D_1CE4_E5B9
      return Int(truncatingIfNeeded: mixed &>> 55)
    }

    @inline(__always)
    static func == (one: Key, two: Key) -> Bool {
      ((one.a ^ two.a) | (one.b ^ two.b) | (one.c ^ two.c) | (one.d ^ two.d)) == 0 && one.length == two.length
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
    let nothing: [UInt8] = Array(repeating: 0, count: 32)
    var key = nothing.withUnsafeBufferPointer { Key($0.baseAddress!, length: 0) }
    // No cell has this length.
    key.length = -1
    entries = .allocate(capacity: Self.size + Self.tries)
    entries.initialize(repeating: Entry(key: key, number: 0), count: Self.size + Self.tries)
  }

  deinit { entries.deallocate() }

  /// The number that a cell gave; nil: it isn't remembered.
  @inline(__always)
  static func number(_ key: Key, in entries: UnsafeMutablePointer<Entry>) -> Int64? {
    let first = key.slot
    for entry in first..<first &+ tries {
      if entries[entry].key == key { return entries[entry].number }
    }
    return nil
  }

  /// Remembers the number of a cell; an older one makes room where there is none.
  func remember(_ key: Key, _ number: Int64) {
    let first = key.slot
    let free = (first..<first + Self.tries).first { entries[$0].key.length < 0 }
    entries[free ?? first + (number & 1 == 0 ? 0 : 1)] = Entry(key: key, number: number)
  }
}
