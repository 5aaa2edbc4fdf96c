/// The function keys that terminals send, each under one spelling; what is not here is swallowed.
package enum KeyTable {
  private static let letters = Array("ABCDFHPQRSZ".utf8)
  private static let numbers = [
    2, 3, 5, 6, 11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24, 25, 26, 28, 29, 31, 32, 33, 34,
  ]

  /// The sequences that can reach libedit, every one of which is bound to something.
  package static var all: [String] {
    var result: [String] = []
    for letter in letters {
      let name = Character(Unicode.Scalar(letter))
      result.append("\u{1B}[\(name)")
      for modifier in 2...8 { result.append("\u{1B}[1;\(modifier)\(name)") }
    }
    for number in numbers {
      result.append("\u{1B}[\(number)~")
      for modifier in 2...8 { result.append("\u{1B}[\(number);\(modifier)~") }
    }
    return result
  }

  /// The one spelling of a key given by a sequence's parameters and last byte; nil if no key is known by it.
  static func sequence(parameters: [Int], final: UInt8) -> String? {
    var final = final
    var number = parameters.first ?? 1
    let modifier = parameters.count > 1 ? parameters[1] : 1
    guard parameters.count <= 2, (1...8).contains(modifier) else { return nil }
    if final == UInt8(ascii: "~") {
      if number == 1 || number == 7 { final = UInt8(ascii: "H") }
      if number == 4 || number == 8 { final = UInt8(ascii: "F") }
      if final != UInt8(ascii: "~") { number = 1 }
    }
    let suffix = Character(Unicode.Scalar(final))
    if letters.contains(final) && number == 1 {
      return modifier == 1 ? "\u{1B}[\(suffix)" : "\u{1B}[1;\(modifier)\(suffix)"
    }
    if final == UInt8(ascii: "~") && numbers.contains(number) {
      return modifier == 1 ? "\u{1B}[\(number)~" : "\u{1B}[\(number);\(modifier)~"
    }
    return nil
  }

  /// The key of `ESC [ code ; modifier u`, which some terminals send for Alt-Enter and its like.
  static func unicodeKey(_ code: Int, _ modifier: Int?) -> KeyEvent? {
    guard code >= 0, let scalar = UInt32(exactly: code).flatMap(Unicode.Scalar.init),
      scalar.isASCII || isTypable(scalar)
    else { return nil }
    let bits = max(0, (modifier ?? 1) - 1)
    if bits & 4 != 0 {
      guard scalar.isASCII, scalar.properties.isAlphabetic else { return nil }
      return .character(Unicode.Scalar(UInt8(scalar.value) & 0x1F))
    }
    if scalar.value == 0x1B { return .escape }
    return bits & 2 != 0 && scalar.isASCII ? .meta(scalar) : .character(scalar)
  }
}
