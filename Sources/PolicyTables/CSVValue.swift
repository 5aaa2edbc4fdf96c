import PolicyValues

/// What a bare cell of CSV stands for; one in quotes is always a text.
package enum CSVValue: Equatable {
  case blank
  case text
  /// A decimal number that is written as office programs write it.
  case number
  /// A number with % behind it: the number divided by a hundred, and the decimals that are shown.
  case percent(DecimalText, decimals: Int)
  case truth(Bool)
  /// A day YYYY-MM-DD as a serial of the 1900 system, and the seconds of a time behind it.
  case day(serial: Int, seconds: Int?)
  /// A time alone.
  case time(seconds: Int)
  /// A number with a unit behind it: the length of the number.
  case unit(Int)

  /// Whether a bare cell that begins so may be no text.
  static func mayBegin(with byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x23 || byte == 0x54 || byte == 0x46
  }

  /// - Parameter withUnits: Whether 800万元 is a number that is shown with its unit, as it is in a workbook, or a text.
  package init(_ bytes: ArraySlice<UInt8>, withUnits: Bool) {
    guard let first = bytes.first else {
      self = .blank
      return
    }
    self = .text
    guard Self.mayBegin(with: first), bytes.count <= 40 else { return }
    if bytes.elementsEqual("TRUE".utf8) { self = .truth(true) }
    if bytes.elementsEqual("FALSE".utf8) { self = .truth(false) }
    let end = bytes.firstIndex { !(0x30...0x39).contains($0) && $0 != 0x2E && $0 != 0x2D } ?? bytes.endIndex
    let plain = bytes[..<end]
    guard let number = DecimalText(plain) else {
      readDay(bytes)
      return
    }
    if end == bytes.endIndex {
      // What would not be written again as it stands (007, 1.50, 18 digits) is a text.
      if number.digits.count <= DecimalText.kept, plain.elementsEqual(number.bytes) || plain.isDecimals(of: number) {
        self = .number
      }
    } else if bytes[end] == 0x25, end + 1 == bytes.endIndex, number.digits.count <= DecimalText.kept {
      self = .percent(number.scaled(by: -2), decimals: plain.lastIndex(of: 0x2E).map { end - $0 - 1 } ?? 0)
    } else if withUnits, number.digits.count <= DecimalText.kept, bytes[end] >= 0x80 {
      self = .unit(end - bytes.startIndex)
    } else {
      readDay(bytes)
    }
  }

  /// YYYY-MM-DD, HH:MM:SS, or both.
  private mutating func readDay(_ bytes: ArraySlice<UInt8>) {
    let parts = bytes.split(separator: 0x20, omittingEmptySubsequences: false)
    let seconds = parts.last.flatMap { Self.seconds($0) }
    if parts.count == 1, let seconds {
      self = .time(seconds: seconds)
      return
    }
    guard let first = parts.first, parts.count == 1 || parts.count == 2 && seconds != nil, let day = Self.day(first)
    else {
      return
    }
    // The 29 February 1900 of office programs was none.
    let serial = Int(day.dayNumber) + 25_569
    if serial > 60, serial <= 2_958_465 { self = .day(serial: serial, seconds: seconds) }
  }

  private static func numbers(_ text: ArraySlice<UInt8>, _ widths: [Int], _ separator: UInt8) -> [Int]? {
    let parts = text.split(separator: separator, omittingEmptySubsequences: false)
    guard parts.map(\.count) == widths, parts.allSatisfy({ $0.allSatisfy { (0x30...0x39).contains($0) } }) else {
      return nil
    }
    return parts.map { $0.reduce(0) { $0 * 10 + Int($1 - 0x30) } }
  }

  private static func day(_ text: ArraySlice<UInt8>) -> CivilDate? {
    guard let parts = numbers(text, [4, 2, 2], 0x2D) else { return nil }
    return CivilDate(year: parts[0], month: parts[1], day: parts[2])
  }

  private static func seconds(_ text: ArraySlice<UInt8>) -> Int? {
    guard let parts = numbers(text, [2, 2, 2], 0x3A), parts[0] < 24, parts[1] < 60, parts[2] < 60 else { return nil }
    return parts[0] * 3600 + parts[1] * 60 + parts[2]
  }
}

extension ArraySlice<UInt8> {
  /// Whether this is a number of at least one digit before its point, with zeros at its end: 12.50.
  fileprivate func isDecimals(of number: DecimalText) -> Bool {
    guard contains(0x2E), count <= DecimalText.kept + 1 else { return false }
    let plain = number.bytes
    guard starts(with: plain) else { return false }
    return dropFirst(plain.count).allSatisfy { $0 == 0x30 || $0 == 0x2E } && last != 0x2E
  }
}
