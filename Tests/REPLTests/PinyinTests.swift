import Foundation
import Testing

/// The table of sounds against Foundation's transform from Mandarin to Latin letters, which the program does without.
@Suite struct PinyinTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Sources/PolicyREPL/Pinyin+Sounds.swift")

  @Test func soundsAreFoundations() throws {
    let source = try String(contentsOf: Self.file, encoding: .utf8)
    let table = try #require(source.split(separator: "\"\"\"").dropFirst().first)
    var sounds: [Unicode.Scalar: String] = [:]
    var sound = ""
    var isRead = true
    for scalar in table.unicodeScalars where !"\n\\ ".unicodeScalars.contains(scalar) {
      if scalar.isASCII {
        if isRead { sound = "" }
        sound.unicodeScalars.append(scalar)
      } else {
        #expect(sounds.updateValue(sound, forKey: scalar) == nil, "\(scalar) twice")
      }
      isRead = !scalar.isASCII
    }
    #expect(sounds.count > 20_000)
    var wrong: [String] = []
    for code in UInt32(0x3400)...0x9FFF {
      let scalar = Unicode.Scalar(code)!
      let latin = String(scalar).applyingTransform(.mandarinToLatin, reverse: false) ?? ""
      let letters = latin.decomposedStringWithCanonicalMapping.unicodeScalars
      let isRounded = letters.contains("\u{308}")
      let plain = String(
        letters.filter { ("a"..."z").contains($0) }.map { isRounded && $0 == "u" ? "v" : Character($0) })
      if plain != sounds[scalar] ?? "" { wrong.append("\(scalar): \(sounds[scalar] ?? "–"), not \(plain)") }
    }
    #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(10))")
  }
}
