import PolicyIR
import PolicyValues

/// How the cells of one column of plain rows become numbers: pointers into a `LaneSource`, so that nothing is counted on the way.
struct Lane {
  let isRead: Bool
  private let entries: UnsafeMutablePointer<CellMemo.Entry>
  private let small: UnsafeMutablePointer<Int32>
  private let wide: UnsafeMutablePointer<Int64>
  private let isWide: Bool
  private let isDate: Bool
  /// How many ten-thousandths a bare 1 is; 0: bare numbers aren't read here.
  private let factor: Int64

  /// - Parameter source: what has to live as long as this; nil: the column is not read.
  init(_ source: LaneSource?, memo: CellMemo) {
    isRead = source != nil
    entries = memo.entries
    let vector = source?.vector
    small = vector?.small ?? UnsafeMutablePointer(bitPattern: 8)!
    wide = vector?.wide ?? UnsafeMutablePointer(bitPattern: 8)!
    isWide = vector?.isWide ?? false
    isDate = source?.reader.field.type == .date
    factor = source?.reader.bareFactor.flatMap { FactVector.scaled($0) } ?? 0
  }

  /// What came of a cell.
  enum Result {
    case read
    /// Nothing yet: its source has to read it.
    case unknown
  }

  /// Reads a cell into the vector where it is of a plain form, or was read before.
  ///
  /// - Requires: 32 bytes may be read from its beginning on.
  @inline(__always)
  func read(_ bytes: UnsafePointer<UInt8>, _ length: Int, _ row: Int) -> Result {
    if length == 0 { return .read }
    if !isRead { return .unknown }
    if factor != 0, let number = plainNumber(bytes, length) {
      wide[row] = number
      return .read
    }
    if isDate, length == 10, let day = isoDate(bytes) {
      small[row] = day.dayNumber
      return .read
    }
    if length > 32 { return .unknown }
    guard let number = CellMemo.number(CellMemo.Key(bytes, length: length), in: entries) else { return .unknown }
    if isWide {
      wide[row] = number
    } else {
      small[row] = FactVector.small(number)
    }
    return .read
  }

  /// A number of digits, some of them perhaps behind a point, in ten-thousandths; nil where it is no such or isn't exact.
  @inline(__always)
  private func plainNumber(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int64? {
    if length > 8 { return longNumber(bytes, length) }
    let raw = UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self)
    let shift = UInt64(truncatingIfNeeded: 64 &- length &* 8)
    // Zeros in front make eight digits.
    let eight = raw &<< shift | (shift == 0 ? 0 : 0x3030_3030_3030_3030 &>> (64 &- shift))
    guard areDigits(eight) else { return longNumber(bytes, length) }
    // 007 is for the reader of literals.
    if bytes[0] == 0x30, length > 1 { return nil }
    let (result, overflow) = Int64(eightDigits(eight)).multipliedReportingOverflow(by: factor)
    return overflow ? nil : result
  }

  private func longNumber(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int64? {
    if length > 15 { return nil }
    var (value, behind, place): (Int64, Int, Int) = (0, -1, 0)
    while place < length {
      let byte = bytes[place]
      place &+= 1
      if byte &- 0x30 < 10 {
        value = value &* 10 &+ Int64(byte &- 0x30)
        if behind >= 0 { behind &+= 1 }
      } else if byte == 0x2E, behind < 0, place > 1 {
        behind = 0
      } else {
        return nil
      }
    }
    if behind == 0 || bytes[0] == 0x30 && length > 1 && bytes[1] != 0x2E { return nil }
    var (result, overflow) = value.multipliedReportingOverflow(by: factor)
    if overflow { return nil }
    if behind > 0 {
      var divisor: Int64 = 1
      for _ in 0..<behind { divisor &*= 10 }
      let (quotient, rest) = result.quotientAndRemainder(dividingBy: divisor)
      if rest != 0 { return nil }
      result = quotient
    }
    return result
  }

  /// 2024-06-01.
  @inline(__always)
  private func isoDate(_ bytes: UnsafePointer<UInt8>) -> CivilDate? {
    let raw = UnsafeRawPointer(bytes)
    let start = raw.loadUnaligned(as: UInt64.self)
    guard start & 0xFF00_00FF_0000_0000 == 0x2D00_002D_0000_0000 else { return nil }
    // The hyphens become zeros: 20240060.
    let (day, digits) = (raw.loadUnaligned(fromByteOffset: 8, as: UInt16.self), start ^ 0x1D00_001D_0000_0000)
    guard areDigits(digits), areDigits(0x3030_3030_3030 << 16 | UInt64(day)) else { return nil }
    let number = Int(eightDigits(digits))
    return CivilDate(
      year: number / 10_000, month: number / 10 % 100,
      day: Int(day & 0x0F) &* 10 &+ Int(day &>> 8 & 0x0F))
  }
}

/// Whether eight bytes are digits.
@inline(__always)
private func areDigits(_ bytes: UInt64) -> Bool {
  bytes & 0xF0F0_F0F0_F0F0_F0F0 == 0x3030_3030_3030_3030
    && (bytes &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0 == 0x3030_3030_3030_3030
}

/// The number of eight digits, the first in the lowest byte: neighbours are joined to pairs, fours and eight.
@inline(__always)
private func eightDigits(_ bytes: UInt64) -> UInt64 {
  let pairs = ((bytes & 0x0F0F_0F0F_0F0F_0F0F) &* 2561) &>> 8
  let fours = ((pairs & 0x00FF_00FF_00FF_00FF) &* 6_553_601) &>> 16
  return ((fours & 0x0000_FFFF_0000_FFFF) &* 42_949_672_960_001) &>> 32
}

/// The reader of the cells of one column, the vector that it fills, and what it found.
struct LaneSource {
  let reader: CellReader
  let vector: FactVector
  let memo = CellMemo()

  init(_ reader: CellReader, _ vector: FactVector) { (self.reader, self.vector) = (reader, vector) }

  /// Reads a cell into the vector and remembers it; false where it can't be read.
  ///
  /// - Requires: 32 bytes may be read from its beginning on.
  func read(_ cell: UnsafeBufferPointer<UInt8>, _ row: Int) -> Bool {
    let text = String(decoding: cell, as: UTF8.self)
    guard let fact = try? reader.read(text).fact else { return false }
    // A name of another subject is linked where whole tables are read.
    switch fact {
    case .one: return false
    case .many, .missing, .notKnown, .notApplicable, .value: break
    }
    let number = FactVector.number(for: fact, vector.type)
    vector.set(number, at: row)
    if let start = cell.baseAddress, cell.count <= 32 {
      memo.remember(CellMemo.Key(start, length: cell.count), number)
    }
    return true
  }
}
