/// What the editor's part of the screen shows: rows from the prompt downwards, and the cursor.
package struct Frame: Hashable, Sendable {
  /// The smallest thing drawn: a scalar that takes columns with those that follow it in no column of their own.
  package struct Cell: Hashable, Sendable {
    /// What is written.
    package var text: String
    /// Its columns, 1 or 2.
    package var width: Int
    /// Its style.
    package var style: TextStyle
  }

  /// One row of the screen.
  package struct Row: Hashable, Sendable {
    /// The cells from the left.
    package var cells: [Cell] = []
    /// The columns taken.
    package var width = 0
    /// True if the text goes on in the next row without a line break.
    package var wraps = false
  }

  /// The screen's width for which the frame was made.
  package var columns: Int
  /// The rows from the top; at least one.
  package var rows: [Row]
  /// The cursor's row, from 0.
  package var cursorRow: Int
  /// The cursor's column, from 0 and less than `columns`.
  package var cursorColumn: Int
  /// The rows above that the screen has no room for.
  package var hiddenRows: Int

  /// The row in which the cursor is after the terminal has rewrapped the frame to another width.
  package func cursorRow(afterResizingTo newColumns: Int) -> Int {
    var start = cursorRow
    while start > 0 && rows[start - 1].wraps { start -= 1 }
    var row = 0
    var first = 0
    while first < start {
      var last = first
      while rows[last].wraps && last + 1 < start { last += 1 }
      row += wrappedPosition(of: first...last, columns: newColumns).row + 1
      first = last + 1
    }
    let here = wrappedPosition(of: start...cursorRow, columns: newColumns, before: cursorColumn)
    return row + here.row
  }

  /// Where the cells of some rows of one line end, or the cell at a column of their last row, when laid out anew.
  private func wrappedPosition(of range: ClosedRange<Int>, columns: Int, before limit: Int? = nil) -> (
    row: Int, column: Int
  ) {
    var row = 0
    var column = 0
    for index in range {
      var used = 0
      for cell in rows[index].cells {
        if index == range.upperBound, let limit, used >= limit {
          return column + cell.width > columns ? (row + 1, 0) : (row, column)
        }
        used += cell.width
        if column + cell.width > columns {
          row += 1
          column = 0
        }
        column += cell.width
      }
    }
    if limit != nil && column >= columns { row += 1 }
    return (row, column)
  }
}
