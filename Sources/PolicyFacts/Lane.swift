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
    // 007 and 12. are for the reader of literals.
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
    guard bytes[4] == 0x2D, bytes[7] == 0x2D else { return nil }
    var digits: UInt8 = 0
    @inline(__always)
    func number(_ places: Range<Int>) -> Int {
      var value = 0
      for place in places {
        let digit = bytes[place] &- 0x30
        digits = max(digits, digit)
        value = value &* 10 &+ Int(digit)
      }
      return value
    }
    let (year, month, day) = (number(0..<4), number(5..<7), number(8..<10))
    return digits < 10 ? CivilDate(year: year, month: month, day: day) : nil
  }
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
    // A name of another subject, or a list, is linked where whole tables are read.
    switch fact {
    case .one, .many: return false
    case .missing, .notKnown, .notApplicable, .value: break
    }
    let number = FactVector.number(for: fact, vector.type)
    vector.set(number, at: row)
    if let start = cell.baseAddress, cell.count <= 32 {
      memo.remember(CellMemo.Key(start, length: cell.count), number)
    }
    return true
  }
}
