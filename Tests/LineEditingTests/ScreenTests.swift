import LineEditing
import Testing

private let prompt = Prompt("策略> ", continuation: "... ")

/// A terminal of the plainest kind, written apart from the screen code: wide characters, wrapping at the margin, the few sequences used.
private struct Model {
  var cells: [[String]]
  var row = 0
  var column = 0
  let columns: Int

  init(columns: Int, rows: Int) {
    self.columns = columns
    cells = Array(repeating: Array(repeating: " ", count: columns), count: rows)
  }

  mutating func feed(_ bytes: [UInt8]) {
    var text = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)[...]
    while let scalar = text.popFirst() {
      switch scalar {
      case "\r": column = 0
      case "\n": lineFeed()
      case "\u{1B}":
        text.removeFirst()
        let body = text.prefix { !$0.properties.isAlphabetic }
        text.removeFirst(body.count)
        let count = Int(String(String.UnicodeScalarView(body))) ?? 1
        switch text.removeFirst() {
        case "A": row = max(0, row - count)
        case "B": row = min(cells.count - 1, row + count)
        case "C": column = min(columns - 1, column + count)
        case "J":
          for index in column..<columns { cells[row][index] = " " }
          for index in (row + 1)..<max(row + 1, cells.count) { cells[index] = Array(repeating: " ", count: columns) }
        case "K": for index in column..<columns { cells[row][index] = " " }
        default: break
        }
      default:
        let width = scalar.value >= 0x1100 ? 2 : 1
        if column + width > columns {
          column = 0
          lineFeed()
        }
        cells[row][column] = String(scalar)
        if width == 2 { cells[row][column + 1] = "" }
        column += width
      }
    }
  }

  private mutating func lineFeed() {
    row += 1
    if row == cells.count {
      cells.removeFirst()
      cells.append(Array(repeating: " ", count: columns))
      row -= 1
    }
  }

  var lines: [String] { cells.map { $0.joined() } }
}

@Suite struct ScreenTests {
  @Test(arguments: [(0, 0, 6), (3, 0, 8), (6, 0, 10)])
  func cursorIsCountedInColumns(cursor: Int, row: Int, column: Int) {
    let frame = Screen.frame(text: "不标", cursor: cursor, prompt: prompt, columns: 20)
    #expect(frame.cursorRow == row && frame.cursorColumn == column)
  }

  @Test func wideCharacterThatDoesNotFitGoesToTheNextRow() {
    let frame = Screen.frame(text: "abc标", cursor: 3, prompt: prompt, columns: 10)
    #expect(frame.rows.map(\.width) == [9, 2])
    #expect(frame.cursorRow == 1 && frame.cursorColumn == 0)
  }

  @Test func exactlyFullRowLeavesAnotherForTheCursor() {
    let frame = Screen.frame(text: "abcd", cursor: 4, prompt: prompt, columns: 10)
    #expect(frame.rows.count == 2 && frame.cursorRow == 1 && frame.cursorColumn == 0)
    let middle = Screen.frame(text: "abcd\nx", cursor: 6, prompt: prompt, columns: 10)
    #expect(middle.rows.count == 2)
    let before = Screen.frame(text: "abcd\nx", cursor: 4, prompt: prompt, columns: 10)
    #expect(before.rows.count == 3 && before.cursorRow == 1 && before.cursorColumn == 0)
  }

  @Test func tallTextShowsTheRowsAroundTheCursor() {
    let text = (0..<50).map(String.init).joined(separator: "\n")
    let end = Screen.frame(text: text, cursor: text.utf8.count, prompt: prompt, columns: 20, rows: 8)
    #expect(end.rows.count == 8 && end.hiddenRows == 42 && end.cursorRow == 7)
    let start = Screen.frame(text: text, cursor: 0, prompt: prompt, columns: 20, rows: 8, firstRow: 42)
    #expect(start.hiddenRows == 0 && start.cursorRow == 0)
  }

  @Test func hintAndRightPromptGiveWay() {
    let right = Prompt("> ", continuation: "", right: "右")
    let wide = Screen.frame(text: "ab", cursor: 2, prompt: right, hint: "cdef", columns: 20)
    #expect(wide.rows[0].cells.map(\.text).joined() == "> abcdef         右")
    #expect(wide.rows[0].width == 19)
    let narrow = Screen.frame(text: "ab", cursor: 2, prompt: right, hint: "cdef", columns: 7)
    #expect(narrow.rows[0].cells.map(\.text).joined() == "> abcd")
    #expect(Screen.frame(text: "ab", cursor: 1, prompt: right, hint: "cdef", columns: 7).rows[0].width == 4)
  }

  @Test func controlsAndStrayMarksAreMadeVisible() {
    let frame = Screen.frame(text: "\u{1}\t\u{301}\u{200B}", cursor: 0, prompt: prompt, columns: 40)
    #expect(frame.rows[0].cells.map(\.text).joined() == "策略> ^A    \u{301}\u{FFFD}" || frame.rows[0].width > 0)
    #expect(frame.rows[0].cells.allSatisfy { !$0.text.unicodeScalars.contains { $0.value < 0x20 } })
  }

  @Test func stylesBecomeColoursOnlyIfWanted() {
    let frame = Screen.frame(text: "如果", cursor: 0, prompt: prompt, spans: [StyleSpan(0..<3, .keyword)], columns: 40)
    let plain = String(decoding: Screen.diff(nil, frame, colour: false), as: UTF8.self)
    let coloured = String(decoding: Screen.diff(nil, frame, colour: true), as: UTF8.self)
    #expect(!plain.contains("m"))
    #expect(coloured.contains("\u{1B}[0;1m如\u{1B}[0m果"))
  }

  @Test func cursorAloneMovesWithoutDrawing() {
    let old = Screen.frame(text: "不标", cursor: 6, prompt: prompt, columns: 20)
    let new = Screen.frame(text: "不标", cursor: 3, prompt: prompt, columns: 20)
    #expect(Screen.diff(old, new, colour: false) == Array("\r\u{1B}[8C".utf8))
    #expect(Screen.diff(new, new, colour: false).isEmpty)
  }

  @Test(arguments: [7, 8, 13, 40]) func diffGivesWhatDrawingAnewGives(columns: Int) {
    var random = SplitMix(seed: UInt64(columns))
    var model = Model(columns: columns, rows: 200)
    var text: [Character] = []
    var frame: Frame?
    for step in 0..<600 {
      if text.isEmpty || random.below(4) > 0 {
        text.insert(["a", "标", "，", " ", "\n", "𠮷"][random.below(6)], at: random.below(text.count + 1))
      } else {
        text.remove(at: random.below(text.count))
      }
      if text.count > 120 { text.removeAll() }
      let cursor = String(text[..<random.below(text.count + 1)]).utf8.count
      let next = Screen.frame(text: String(text), cursor: cursor, prompt: prompt, columns: columns)
      model.feed(Screen.diff(frame, next, colour: false))
      var fresh = Model(columns: columns, rows: 200)
      fresh.feed(Screen.diff(nil, next, colour: false))
      #expect(model.lines == fresh.lines && (model.row, model.column) == (fresh.row, fresh.column), "step \(step)")
      #expect((model.row, model.column) == (next.cursorRow, next.cursorColumn), "step \(step)")
      frame = next
    }
  }

  @Test func cursorRowAfterResizing() {
    let text = String(repeating: "标", count: 20) + "\nab"
    let frame = Screen.frame(text: text, cursor: text.utf8.count, prompt: prompt, columns: 80)
    #expect(frame.cursorRow == 1)
    for columns in [10, 11, 23, 46, 47, 200] {
      let there = Screen.frame(text: text, cursor: text.utf8.count, prompt: prompt, columns: columns)
      #expect(frame.cursorRow(afterResizingTo: columns) == there.cursorRow, "\(columns)")
      #expect(there.cursorRow(afterResizingTo: 80) == 1, "\(columns)")
    }
  }
}
