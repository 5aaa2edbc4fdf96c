/// Lays out what the editor shows; pure, so that the terminal only receives bytes.
package enum Screen {
  /// The frame for a text with its cursor (a UTF-8 offset) on a screen of `columns` × `rows`.
  ///
  /// The hint follows the text in grey as far as the row allows. `firstRow` is the number of hidden rows of the frame
  /// before, so that a text taller than the screen scrolls no more than needed; `rows` nil shows all rows.
  package static func frame(
    text: String, cursor: Int, prompt: Prompt, hint: String = "", spans: [StyleSpan] = [], columns: Int,
    rows: Int? = nil, firstRow: Int = 0
  ) -> Frame {
    var layout = Layout(columns: max(2, columns))
    layout.append(prompt.main)
    var offset = 0
    var span = 0
    var cells: [Frame.Cell] = []
    for character in text {
      let length = character.utf8.count
      let holdsCursor = offset <= cursor && cursor < offset + length
      if character == "\n" || character == "\r\n" {
        if holdsCursor { layout.placeCursorAtEnd() }
        layout.breakLine()
        layout.append(prompt.continuation)
      } else {
        while span < spans.count && spans[span].range.upperBound <= offset { span += 1 }
        let styled = span < spans.count && spans[span].range.contains(offset)
        cells.removeAll(keepingCapacity: true)
        CellSplitter.appendCells(of: character, style: styled ? spans[span].style : .plain, to: &cells)
        layout.append(cells, cursorBefore: holdsCursor)
      }
      offset += length
    }
    if cursor >= offset { layout.placeCursorAtEnd() }
    layout.fillLastRow()
    if cursor >= offset { layout.appendHint(hint) }
    layout.appendRight(prompt.right)
    return layout.frame(height: rows.map { max(1, $0) }, firstRow: firstRow)
  }

  /// The bytes that turn the old frame on the terminal into the new one; nil stands for an empty row with the cursor at its start.
  ///
  /// - Requires: both frames have the same width.
  package static func diff(_ old: Frame?, _ new: Frame, colour: Bool) -> [UInt8] {
    var output = ScreenWriter(colour: colour)
    guard let old else {
      output.hideCursor()
      output.write(rows: new.rows[...])
      output.moveFromEnd(of: new)
      output.showCursor()
      return output.bytes
    }
    var changed = zip(old.rows, new.rows).prefix { $0 == $1 }.count
    if changed == old.rows.count && changed == new.rows.count {
      if (old.cursorRow, old.cursorColumn) == (new.cursorRow, new.cursorColumn) { return [] }
      output.move(from: old.cursorRow, to: new.cursorRow, column: new.cursorColumn)
      return output.bytes
    }
    // Start at the beginning of a line: the terminal itself has to wrap it, so that it can rewrap it on a resize.
    changed = min(changed, old.rows.count - 1, new.rows.count - 1)
    while changed > 0 && (old.rows[changed - 1].wraps || new.rows[changed - 1].wraps) { changed -= 1 }
    output.hideCursor()
    output.move(from: old.cursorRow, to: changed, column: 0)
    output.eraseBelow()
    output.write(rows: new.rows[changed...])
    output.moveFromEnd(of: new)
    output.showCursor()
    return output.bytes
  }

  /// The bytes that remove a frame whose cursor is in the given row, and leave the cursor at its first cell.
  package static func erase(cursorRow: Int) -> [UInt8] {
    var output = ScreenWriter(colour: false)
    output.move(from: cursorRow, to: 0, column: 0)
    output.eraseBelow()
    return output.bytes
  }
}

/// The rows while they are being filled.
private struct Layout {
  let columns: Int
  private var rows = [Frame.Row()]
  private var cursor = (row: 0, column: 0)

  init(columns: Int) { self.columns = columns }

  mutating func append(_ runs: [StyledText]) {
    for run in runs { append(CellSplitter.cells(of: run.text, style: run.style), cursorBefore: false) }
  }

  mutating func append(_ cells: [Frame.Cell], cursorBefore: Bool) {
    for (index, cell) in cells.enumerated() {
      if rows[rows.count - 1].width + cell.width > columns { wrap() }
      if cursorBefore && index == 0 { cursor = (rows.count - 1, rows[rows.count - 1].width) }
      rows[rows.count - 1].cells.append(cell)
      rows[rows.count - 1].width += cell.width
    }
  }

  mutating func placeCursorAtEnd() {
    if rows[rows.count - 1].width >= columns { wrap() }
    cursor = (rows.count - 1, rows[rows.count - 1].width)
  }

  mutating func breakLine() { rows.append(Frame.Row()) }

  /// Leaves the row after a full last one, so that whatever is written next has a place.
  mutating func fillLastRow() {
    if rows[rows.count - 1].width >= columns { wrap() }
  }

  mutating func appendHint(_ hint: String) {
    let line = hint.prefix { $0 != "\n" && $0 != "\r\n" }
    for character in line {
      let cells = CellSplitter.cells(of: String(character), style: .faint)
      let width = cells.reduce(0) { $0 + $1.width }
      if rows[rows.count - 1].width + width >= columns { return }
      rows[rows.count - 1].cells += cells
      rows[rows.count - 1].width += width
    }
  }

  /// Shows the right prompt in the first row if at least two blanks stay before it and one column after it.
  mutating func appendRight(_ runs: [StyledText]) {
    let cells = runs.flatMap { CellSplitter.cells(of: $0.text, style: $0.style) }
    let width = cells.reduce(0) { $0 + $1.width }
    let gap = columns - 1 - width - rows[0].width
    guard width > 0, gap >= 2, !rows[0].wraps else { return }
    rows[0].cells += Array(repeating: Frame.Cell(text: " ", width: 1, style: .plain), count: gap) + cells
    rows[0].width += gap + width
  }

  private mutating func wrap() {
    rows[rows.count - 1].wraps = true
    rows.append(Frame.Row())
  }

  func frame(height: Int?, firstRow: Int) -> Frame {
    var first = 0
    var end = rows.count
    if let height, rows.count > height {
      first = min(max(firstRow, cursor.row - height + 1), cursor.row, rows.count - height)
      end = first + height
    }
    return Frame(
      columns: columns, rows: Array(rows[first..<end]), cursorRow: cursor.row - first,
      cursorColumn: cursor.column, hiddenRows: first)
  }
}
