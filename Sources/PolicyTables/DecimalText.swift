/// A decimal number as digits and a power of ten, read from text and written without an exponent; nothing passes through binary.
package struct DecimalText: Equatable {
  private(set) var isNegative = false
  /// Digits 0…9 without leading zeros; empty for zero.
  private(set) var digits: [UInt8] = []
  /// The power of ten of the last digit.
  private(set) var exponent = 0

  /// The number of significant digits that office programs keep.
  package static let kept = 15

  /// Reads a number such as -1.5E-2; nil where the text is none, or has an exponent beyond ±400.
  package init?(_ text: some Collection<UInt8>) {
    var rest = text[...]
    if rest.first == 0x2D || rest.first == 0x2B { isNegative = rest.removeFirst() == 0x2D }
    var (count, hasPoint) = (0, false)
    while let byte = rest.first {
      if byte == 0x2E, !hasPoint {
        hasPoint = true
      } else if (0x30...0x39).contains(byte) {
        if byte != 0x30 || !digits.isEmpty { digits.append(byte - 0x30) }
        if hasPoint { exponent -= 1 }
        count += 1
      } else {
        break
      }
      rest.removeFirst()
    }
    guard count > 0 else { return nil }
    if let mark = rest.first {
      guard mark == 0x45 || mark == 0x65 else { return nil }
      rest.removeFirst()
      let isDown = rest.first == 0x2D
      if isDown || rest.first == 0x2B { rest.removeFirst() }
      guard !rest.isEmpty, rest.count <= 3, rest.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      let power = rest.reduce(0) { $0 * 10 + Int($1 - 0x30) }
      guard power <= 400 else { return nil }
      exponent += isDown ? -power : power
    }
    normalize()
  }

  private mutating func normalize() {
    while digits.last == 0 {
      digits.removeLast()
      exponent += 1
    }
    if digits.isEmpty { (isNegative, exponent) = (false, 0) }
  }

  /// The number with at most `kept` significant digits, as an office program shows it: 0.30000000000000004 is 0.3.
  package var shortened: DecimalText {
    guard digits.count > Self.kept else { return self }
    var result = self
    let isUp = digits[Self.kept] >= 5
    result.exponent += digits.count - Self.kept
    result.digits.removeSubrange(Self.kept...)
    if isUp {
      var place = Self.kept - 1
      while place >= 0, result.digits[place] == 9 {
        result.digits[place] = 0
        place -= 1
      }
      if place >= 0 { result.digits[place] += 1 } else { result.digits.insert(1, at: 0) }
    }
    result.normalize()
    return result
  }

  /// The number times a power of ten.
  func scaled(by power: Int) -> DecimalText {
    var result = self
    if !digits.isEmpty { result.exponent += power }
    return result
  }

  var isWhole: Bool { exponent >= 0 }

  /// Digits with a point where one is needed, no exponent.
  package var bytes: [UInt8] {
    if digits.isEmpty { return [0x30] }
    var result: [UInt8] = isNegative ? [0x2D] : []
    let whole = digits.count + exponent
    if whole <= 0 {
      result += [0x30, 0x2E] + Array(repeating: 0x30, count: -whole)
      result += digits.map { $0 + 0x30 }
    } else if exponent >= 0 {
      result += digits.map { $0 + 0x30 }
      result += Array(repeating: 0x30, count: exponent)
    } else {
      result += digits[..<whole].map { $0 + 0x30 }
      result.append(0x2E)
      result += digits[whole...].map { $0 + 0x30 }
    }
    return result
  }

  /// The whole days and the seconds of the day, rounded, that a spreadsheet's serial stands for; nil where it is negative or no day.
  var dayAndSeconds: (day: Int, seconds: Int)? {
    guard !isNegative, digits.count + exponent <= 7, exponent <= 0 || digits.count + exponent <= 7 else { return nil }
    let text = bytes
    let point = text.firstIndex(of: 0x2E) ?? text.count
    let day = text[..<point].reduce(0) { $0 * 10 + Int($1 - 0x30) }
    // Eleven digits of a day are less than a microsecond.
    let part = text[min(point + 1, text.count)...].prefix(11)
    let unit = part.reduce(1) { unit, _ in unit * 10 }
    let seconds = (part.reduce(0) { $0 * 10 + Int($1 - 0x30) } * 86_400 + unit / 2) / unit
    return seconds < 86_400 ? (day, seconds) : (day + 1, 0)
  }
}
