import CPseudoTerminal
import LineEditing
import Testing

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("不标一", 6), ("，。「」〔〕￥％㎡", 18), ("“”‘’—…·①§×→℃", 12), ("𠮷", 2), ("😀", 2), ("e\u{301}", 1),
    ("👩\u{200D}👩\u{200D}👧", 2), ("👍🏽", 2), ("한글", 4), ("\u{1112}\u{1161}\u{11AB}", 2), ("\u{3000}", 2),
    ("a\u{200B}b", 2),
  ])
  func widths(text: String, width: Int) { #expect(displayWidth(text) == width) }

  @Test func agreesWithTheSystemWhereBothKnowTheCharacter() {
    var different: [String] = []
    for value in UInt32(0x20)...0x2FFFF {
      guard let scalar = Unicode.Scalar(value), isTypable(scalar), !(0x1F3FB...0x1F3FF).contains(value) else {
        continue
      }
      let category = scalar.properties.generalCategory
      if [.unassigned, .privateUse, .control, .format, .surrogate].contains(category) { continue }
      let system = cpt_system_width(Int32(value))
      if system >= 0 && Int(system) != scalarWidth(scalar) { different.append(String(value, radix: 16)) }
    }
    // Spacing and enclosing marks are counted differently; nothing that a Chinese document holds.
    #expect(different.count < 60, "\(different.count): \(different.prefix(80))")
    #expect(!different.contains { Int($0, radix: 16)! >= 0x2E80 && Int($0, radix: 16)! <= 0x9FFF })
  }
}
