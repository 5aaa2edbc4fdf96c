import PolicyText
import Testing

@Suite struct SourceFileTests {
  @Test func `positions count characters and UTF-16 units`() {
    let file = SourceFile(path: "甲", text: "康养\r\na😀b\n\nz")
    #expect(file.lineCount == 4)
    #expect(file.position(of: 0) == Position(line: 1, column: 1, utf16Column: 1))
    #expect(file.position(of: 6) == Position(line: 1, column: 3, utf16Column: 3))
    #expect(file.position(of: 8) == Position(line: 2, column: 1, utf16Column: 1))
    #expect(file.position(of: 13) == Position(line: 2, column: 3, utf16Column: 4))
    #expect(file.position(of: 11) == Position(line: 2, column: 2, utf16Column: 2))
    #expect(file.position(of: 99) == Position(line: 4, column: 2, utf16Column: 2))
    #expect(file.lineText(1) == "康养" && file.lineText(2) == "a😀b" && file.lineText(3) == "" && file.lineText(4) == "z")
    #expect(file.lineText(0) == "" && file.lineText(5) == "")
  }

  @Test func `no bytes crash`() {
    for bytes: [UInt8] in [
      [], [0xFF], [0xE5, 0xBA], [0x80, 0x80, 0x80, 0x80, 0x80], [0x0D], [0x0A], [0xF4, 0x90, 0x80, 0x80],
    ] {
      let file = SourceFile(path: "", bytes: bytes)
      for offset in 0...8 as ClosedRange<UInt32> { #expect(file.position(of: offset).line >= 1) }
      let text = OfficialText(file: file, issuer: "x")
      _ = text.find("康", in: nil)
      if !bytes.isEmpty { _ = decodedScalar(in: bytes, at: 0) }
    }
  }

  @Test func `spans join and clamp`() {
    var files = SourceFiles()
    let one = files.add(path: "a", bytes: Array("康养项目".utf8))
    let two = files.add(path: "b", bytes: [])
    let span = Span(file: one, start: 3, end: 6)
    #expect(MemoryLayout<Span>.size == 12)
    #expect(files.text(of: span) == "养")
    #expect(files.text(of: span.joined(Span(file: one, start: 9, end: 99))) == "养项目")
    #expect(span.joined(Span(file: two, start: 0, end: 1)) == span)
    #expect(files[FileID(rawValue: 7)].path == "" && files.count == 2)
  }
}
