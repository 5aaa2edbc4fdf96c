import LineEditing
import Testing

@Suite struct EditingTests {
  @Test func movesByCharacter() {
    let line = LineBuffer("e\u{301}中👩\u{200D}👧x")
    #expect(
      line.left(line.scalars.count) == 6 && line.left(6) == 3 && line.left(3) == 2 && line.left(2) == 0
        && line.left(0) == 0)
    #expect(line.right(0) == 2 && line.right(2) == 3 && line.right(3) == 6 && line.right(7) == 7)
    #expect(LineBuffer(line, cursor: 1).snappedCursor == 0 && LineBuffer(line, cursor: 4).snappedCursor == 3)
    #expect(LineBuffer(line, cursor: 2).snappedCursor == 2)
  }

  @Test func linesAndColumns() {
    let line = LineBuffer("一二三\nab\n长长长", cursor: 3)
    #expect(line.vertical(down: true) == 6)
    #expect(LineBuffer(line, cursor: 6).vertical(down: false) == 1)
    #expect(LineBuffer(line, cursor: 9).vertical(down: true) == nil && line.vertical(down: false) == nil)
    #expect(line.lineStart(5) == 4 && line.lineEnd(5) == 6 && line.utf8Cursor == 9 && line.scalarOffset(ofUTF8: 4) == 1)
  }

  @Test func words() {
    let line = LineBuffer("预算金额 大于，100 万元")
    #expect(
      line.previousWord == 12 && LineBuffer(line, cursor: 12).previousWord == 8
        && LineBuffer(line, cursor: 0).nextWord == 4)
  }

  @Test func undoTakesTypedRunsTogether() {
    var undo = UndoStack()
    var line = LineBuffer()
    for character in ["预", "算", " ", "金", "额"] {
      line = line.replacing(line.cursor..<line.cursor, with: character)
      undo.record(line)
    }
    #expect(undo.undo()?.text == "预算 " && undo.undo()?.text == "预算" && undo.undo()?.text == "" && undo.undo() == nil)
    #expect(undo.redo()?.text == "预算" && undo.redo()?.text == "预算 ")
    undo.record(LineBuffer("别的"))
    #expect(undo.redo() == nil && undo.undo()?.text == "预算 ")
  }

  @Test func killsAreJoinedAndYankedInTurn() {
    var ring = KillRing()
    let line = LineBuffer("x")
    #expect(ring.yank(into: line) == nil)
    ring.kill("乙", before: true)
    ring.kill("甲", before: true)
    ring.endSuccession()
    ring.kill("丙", before: false)
    let yanked = ring.yank(into: line)
    #expect(yanked?.text == "x丙")
    #expect(yanked.flatMap { ring.yankEarlier(into: $0) }?.text == "x甲乙")
    ring.endSuccession()
    #expect(ring.yankEarlier(into: line) == nil)
  }

  @Test func pastesAreCleaned() {
    let prompt = Prompt("策略> ", continuation: "  ... ")
    func clean(_ text: String, limit: Int = 100) -> String { cleanedPaste(text, prompt: prompt, limit: limit) }
    #expect(clean("\u{FEFF}甲\u{200B}\r\n乙\r丙\u{1B}\u{7}\t丁") == "甲\n乙\n丙\t丁")
    #expect(clean("策略> 如果 甲\n  ...   乙\n策略> 查询") == "如果 甲\n  乙\n查询")
    #expect(clean("策略>\n说明\n  ... x") == "\n说明\nx")
    #expect(clean("说明\n策略> 甲") == "说明\n策略> 甲")
    #expect(clean("甲乙丙", limit: 2) == "甲乙")
  }

  @Test func commonPrefixIsByCharacter() {
    func common(_ words: String...) -> String {
      Completion(replacing: 0..<0, candidates: words.map { Candidate($0) }).commonPrefix
    }
    #expect(common("项目加载", "项目动态") == "项目" && common("甲", "乙") == "" && common() == "" && common("甲") == "甲")
    #expect(common("e\u{301}x", "ex") == "")
  }

  @Test func candidatesStandInColumns() {
    let words = ["项目", "预算金额", "a", "财政局", "部门"].map { Candidate($0) }
    #expect(candidateLines(words, columns: 24) == ["项目      财政局", "预算金额  部门", "a"])
    #expect(candidateLines(words, columns: 8) == ["项目", "预算金", "a", "财政局", "部门"])
    #expect(candidateLines([Candidate("甲", detail: "说明"), Candidate("乙丙")], columns: 80) == ["甲    说明", "乙丙"])
    #expect(candidateLines([], columns: 80) == [])
  }

  @Test func indentation() { #expect(InputState.sameIndentation("a\n \u{3000}乙") == " \u{3000}") }
}
