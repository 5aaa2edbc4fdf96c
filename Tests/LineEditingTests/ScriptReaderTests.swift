import Foundation
import LineEditing
import TerminalDriver
import Testing

private let prompt = Prompt("> ", continuation: "")

private func read(_ reader: ScriptReader) -> [String] {
  var results: [String] = []
  while true {
    switch reader.readLine(prompt: prompt) {
    case .line(let text): results.append("\(reader.origin!.line):\(text)")
    case .failure(let failure):
      results.append(
        "\(failure.code.rawValue) \(failure.line):\(failure.byte)@\(failure.offset) e\(failure.systemError)")
    case .interrupted: results.append("interrupted")
    case .endOfInput: return results
    }
  }
}

@Suite struct ScriptReaderTests {
  @Test func textWithMarkAndBothLineBreaks() {
    #expect(read(ScriptReader(text: "\u{FEFF}甲\r\n\n乙", source: "-c")) == ["1:甲", "2:", "3:乙"])
    #expect(read(ScriptReader(text: "", source: "-c")).isEmpty)
  }

  @Test func incompleteLinesAreJoined() {
    let state = InputState(isComplete: { !$0.hasSuffix("且") })
    #expect(read(ScriptReader(text: "甲且\n乙\n丙且", source: "-c", inputState: state)) == ["1:甲且\n乙", "3:丙且"])
  }

  @Test func wrongBytesAreNamedAndSkipped() {
    let directory = TemporaryDirectory()
    let path = directory.path + "/s"
    let bytes: [UInt8] = Array("甲\n乙\n123456789012".utf8) + [0xE4, 0xB8, 0xD6, 0xD0, 0x0A] + Array("丙".utf8)
    #expect(FileManager.default.createFile(atPath: path, contents: Data(bytes)))
    #expect(read(ScriptReader(path: path)) == ["1:甲", "2:乙", "invalid-utf8 3:13@20 e0", "4:丙"])
    #expect(read(ScriptReader(path: directory.path + "/none")) == ["unreadable 0:0@0 e2"])
    #expect(read(ScriptReader(path: directory.path)) == ["unreadable 0:0@0 e21"])
  }

  @Test func firstInvalidByteIsFoundAtEveryCut() {
    let whole = Array("aé不𠮷".utf8)
    for cut in 0...whole.count {
      let valid = String(validating: whole[..<cut], as: UTF8.self) != nil
      #expect(valid == (firstInvalidByte(whole[..<cut]) == cut))
    }
    #expect(firstInvalidByte([0x61, 0xED, 0xA0, 0x80]) == 1 && firstInvalidByte([0xC0, 0x80]) == 0)
  }

  @Test func linesComeFromPiecesOfAnySize() {
    var assembler = LineAssembler()
    var lines: [LineAssembler.Line] = []
    for byte in Array("\u{FEFF}不\r\n标\n一".utf8) {
      assembler.append([byte])
      while let line = assembler.next() { lines.append(line) }
    }
    if let line = assembler.finish() { lines.append(line) }
    #expect(lines == [.text("不", number: 1), .text("标", number: 2), .text("一", number: 3)])
  }

  @Test func scriptedEditorGivesItsResults() {
    let editor = ScriptedEditor([.line("甲"), .interrupted], history: HistoryStore(path: nil))
    #expect(editor.readLine(prompt: prompt) == .line("甲") && editor.readLine(prompt: prompt) == .interrupted)
    #expect(editor.readLine(prompt: prompt) == .endOfInput && editor.prompts.count == 3)
    #expect(editor.history?.history.entries == ["甲"])
  }

  @Test func terminalsThatMove() {
    #expect(isTerminalUsable("xterm-256color") && isTerminalUsable("linux"))
    #expect(!isTerminalUsable("dumb") && !isTerminalUsable(nil))
  }
}
