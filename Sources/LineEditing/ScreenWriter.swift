/// Collects the bytes for the terminal: text, SGR, and relative motion that every terminal since the VT100 has.
struct ScreenWriter {
  /// The bytes so far.
  private(set) var bytes: [UInt8] = []
  private let colour: Bool

  /// A writer that leaves out styles unless `colour` is true.
  init(colour: Bool) { self.colour = colour }

  /// Hides the cursor while it wanders.
  mutating func hideCursor() { bytes += "\u{1B}[?25l".utf8 }
  /// Shows the cursor again.
  mutating func showCursor() { bytes += "\u{1B}[?25h".utf8 }
  /// Erases from the start of the cursor's row to the screen's end.
  ///
  /// Not from the row's first column at once: at the top of its window tmux takes that for a new page and keeps the old one
  /// in its history, from where it comes back when the window grows.
  mutating func eraseBelow() { bytes += "\u{1B}[K\u{1B}[C\u{1B}[J\r".utf8 }

  /// Moves within the frame.
  mutating func move(from: Int, to: Int, column: Int) {
    bytes.append(0x0D)
    if to < from { bytes += "\u{1B}[\(from - to)A".utf8 }
    if to > from { bytes += "\u{1B}[\(to - from)B".utf8 }
    if column > 0 { bytes += "\u{1B}[\(column)C".utf8 }
  }

  /// Writes rows that end a frame; wrapped ones are left to the terminal to wrap.
  mutating func write(rows: ArraySlice<Frame.Row>) {
    for index in rows.indices {
      write(rows[index].cells)
      guard index + 1 < rows.endIndex else { break }
      if !rows[index].wraps {
        bytes += "\r\n".utf8
      } else if rows[index + 1].cells.isEmpty {
        // The row is exactly full: only a further character takes the cursor to the next row.
        bytes += " \r".utf8
        if index + 2 < rows.endIndex { bytes += "\u{1B}[K".utf8 }
      }
    }
  }

  /// Moves from the end of the last row to the frame's cursor.
  mutating func moveFromEnd(of frame: Frame) {
    let last = frame.rows.count - 1
    if frame.cursorRow == last && frame.cursorColumn == frame.rows[last].width && !frame.rows[last].wraps { return }
    move(from: last, to: frame.cursorRow, column: frame.cursorColumn)
  }

  private mutating func write(_ cells: [Frame.Cell]) {
    var style = TextStyle.plain
    for cell in cells {
      if colour && cell.style != style {
        bytes += "\u{1B}[0".utf8
        if !cell.style.sgr.isEmpty { bytes += ";\(cell.style.sgr)".utf8 }
        bytes.append(UInt8(ascii: "m"))
        style = cell.style
      }
      bytes += cell.text.utf8
    }
    if style != .plain { bytes += "\u{1B}[0m".utf8 }
  }
}
