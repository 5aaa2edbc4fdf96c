import LineEditing
import Testing

private func keys(_ bytes: [UInt8], thenTimeout: Bool = false) -> [KeyEvent] {
  var decoder = KeyDecoder()
  var events = bytes.compactMap { decoder.feed($0) }
  if thenTimeout, let last = decoder.timeout() { events.append(last) }
  return events
}

private func keys(_ text: String, thenTimeout: Bool = false) -> [KeyEvent] {
  keys(Array(text.utf8), thenTimeout: thenTimeout)
}

@Suite struct KeyDecoderTests {
  @Test func characters() {
    #expect(keys("a不𠮷\r") == [.character("a"), .character("不"), .character("𠮷"), .character("\r")])
  }

  @Test(arguments: [
    ("\u{1B}[A", "\u{1B}[A"), ("\u{1B}OA", "\u{1B}[A"), ("\u{1B}[1~", "\u{1B}[H"), ("\u{1B}[4~", "\u{1B}[F"),
    ("\u{1B}OH", "\u{1B}[H"), ("\u{1B}[1;5D", "\u{1B}[1;5D"), ("\u{1B}[3~", "\u{1B}[3~"),
    ("\u{1B}[3;5~", "\u{1B}[3;5~"),
    ("\u{1B}[7;5~", "\u{1B}[1;5H"), ("\u{1B}[15~", "\u{1B}[15~"), ("\u{1B}[Z", "\u{1B}[Z"), ("\u{1B}OP", "\u{1B}[P"),
  ])
  func functionKeysHaveOneSpelling(sent: String, known: String) {
    #expect(keys(sent) == [.sequence(known)])
    #expect(KeyTable.all.contains(known))
  }

  @Test(arguments: [
    "\u{1B}[9901~", "\u{1B}[?1;2c", "\u{1B}[<0;1;1M", "\u{1B}[99;99;99~", "\u{1B}[[A", "\u{1B}[99999999999999999999~",
  ])
  func unknownSequencesAreSwallowedWhole(sequence: String) {
    #expect(keys(sequence + "x") == [.character("x")])
  }

  @Test func escape() {
    #expect(keys("\u{1B}", thenTimeout: true) == [.escape])
    #expect(keys("\u{1B}b") == [.meta("b")])
    #expect(keys("\u{1B}\r") == [.meta("\r")])
    #expect(keys("\u{1B}中") == [.character("中")])
    #expect(keys("\u{1B}\u{1B}[A") == [.sequence("\u{1B}[A")])
    #expect(keys("\u{1B}[", thenTimeout: true).isEmpty)
    #expect(keys("\u{1B}[1;\u{3}") == [.character("\u{3}")])
    #expect(keys("\u{1B}[13;3u\u{1B}[99;5u") == [.meta("\r"), .character("\u{3}")])
  }

  @Test func badBytesVanish() {
    #expect(keys([0xFF, 0xC0, 0x80, 0xE4, 0xB8, 0x61]) == [.character("a")])
    #expect(keys([0xED, 0xA0, 0x80, 0xF4, 0x90, 0x80, 0x80, 0x62]) == [.character("b")])
    #expect(keys([0xC2, 0x9B, 0xEF, 0xBF, 0xBE, 0xEF, 0xB7, 0x90]).isEmpty)
  }

  @Test func pasteIsOneKey() {
    let body = "一行\r\u{1B}[20\u{1B}二行\t"
    #expect(keys("\u{1B}[200~" + body + "\u{1B}[201~x") == [.paste(body, isCut: false), .character("x")])
    #expect(keys("\u{1B}[200~\u{1B}\u{1B}[201~") == [.paste("\u{1B}", isCut: false)])
    #expect(keys("\u{1B}[200~没完").isEmpty)
  }

  @Test func hugePasteIsCut() {
    let events = keys("\u{1B}[200~" + String(repeating: "长", count: 100_000) + "\u{1B}[201~")
    guard case .paste(let text, true)? = events.first else {
      Issue.record("\(events.count)")
      return
    }
    #expect(text.utf8.count <= entryLimit * 4 + 3 && text.unicodeScalars.count > entryLimit)
  }

  @Test func anyBytesAreTaken() {
    var random = SplitMix(seed: 7)
    var decoder = KeyDecoder()
    let alphabet: [UInt8] = [0x1B, 0x5B, 0x4F, 0x3B, 0x7E, 0x32, 0x30, 0x31, 0x41, 0xE4, 0xB8, 0x80, 0x0D, 0xFF]
    var events = 0
    for _ in 0..<200_000 {
      let byte = random.below(3) == 0 ? UInt8(random.below(256)) : alphabet[random.below(alphabet.count)]
      if decoder.feed(byte) != nil { events += 1 }
      if random.below(50) == 0, decoder.timeout() != nil { events += 1 }
    }
    #expect(events > 1000)
  }
}
