import Foundation
import Glibc
import LineEditing
import TerminalDriver
import Testing

/// Random edits in tmux, the screen and the cursor compared with a model after every key; run by `TIAOLI_FUZZ=1`.
@Suite(.serialized, .enabled(if: ProcessInfo.processInfo.environment["TIAOLI_FUZZ"] == "1" && Tmux.isThere))
struct ScreenFuzzTests {
  @Test(arguments: [
    (60, 24, 1, 400), (60, 24, 2, 400), (200, 24, 3, 400), (200, 24, 4, 400), (17, 40, 5, 400), (20, 6, 6, 400),
    (80, 24, 7, 400),
  ])
  func edits(columns: Int, rows: Int, seed: Int, operations: Int) {
    run(columns, rows, seed, operations, resizing: false)
  }

  @Test(arguments: [(60, 24, 8, 200), (30, 12, 9, 200)])
  func editsAndResizes(columns: Int, rows: Int, seed: Int, operations: Int) {
    run(columns, rows, seed, operations, resizing: true)
  }

  private func run(_ columns: Int, _ rows: Int, _ seed: Int, _ operations: Int, resizing: Bool) {
    var random = SplitMix(seed: UInt64(seed))
    let tmux = Tmux(columns: columns, rows: rows, coloured: seed % 2 == 1, directory: TemporaryDirectory())
    var size = (columns: columns, rows: rows)
    var model = LineModel()
    var wrong = 0
    _ = difference(model, tmux, size)
    tmux.send("\u{C}")
    let limit = columns * rows / 3
    for operation in 0..<operations {
      let name: String
      if resizing && operation % 6 == 5 {
        // tmux tells a program of a new size up to a quarter of a second late: no keys are sent in that time.
        usleep(260_000)
        size = (columns / 2 + random.below(columns), rows / 2 + random.below(rows))
        tmux.resize(columns: size.columns, rows: size.rows)
        name = "resize \(size)"
        usleep(260_000)
      } else if model.text.count > limit {
        let edit = model.clear()
        tmux.send(edit.keys)
        name = edit.name
      } else {
        let edit = model.randomEdit(&random)
        tmux.send(edit.keys)
        name = edit.name
      }
      if let difference = difference(model, tmux, size, resized: resizing) {
        wrong += 1
        Issue.record("seed \(seed), operation \(operation), \(name), \(size): \(difference)")
        if wrong == 3 { break }
        tmux.send("\u{C}")
      }
    }
    let line =
      "fuzz \(columns)x\(rows) seed \(seed)\(resizing ? " with resizes" : ""): \(operations) operations, \(wrong) wrong\n"
    try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
  }

  /// Nil as soon as the screen shows the model; what differs if it doesn't within two seconds.
  private func difference(
    _ model: LineModel, _ tmux: Tmux, _ size: (columns: Int, rows: Int), resized: Bool = false
  ) -> String? {
    let wanted = model.layout(columns: size.columns)
    let end = Date(timeIntervalSinceNow: 2)
    while true {
      let seen = tmux.look()
      if isShown(wanted, seen, rows: size.rows, resized: resized) { return nil }
      if Date() > end {
        return "wanted \(wanted.rows) at \(wanted.row),\(wanted.column); saw \(seen.rows) at \(seen.y),\(seen.x)"
      }
      usleep(2000)
    }
  }

  /// True if the screen holds the layout, or as much of it around the cursor as there is room for, and nothing else.
  ///
  /// Above the layout a resized window may show rows that tmux had moved into its history, where no program can erase them.
  private func isShown(
    _ wanted: (rows: [String], row: Int, column: Int), _ seen: (rows: [String], x: Int, y: Int), rows: Int,
    resized: Bool
  ) -> Bool {
    let padded = seen.rows + Array(repeating: "", count: max(0, rows - seen.rows.count))
    guard seen.x == wanted.column else { return false }
    if wanted.rows.count >= rows {
      let hidden = wanted.row - seen.y
      return hidden >= 0 && hidden + rows <= wanted.rows.count && Array(wanted.rows[hidden..<hidden + rows]) == padded
    }
    let top = seen.y - wanted.row
    guard top >= 0, top + wanted.rows.count <= padded.count else { return false }
    return Array(padded[top..<top + wanted.rows.count]) == wanted.rows
      && (resized || padded[..<top].allSatisfy(\.isEmpty)) && padded[(top + wanted.rows.count)...].allSatisfy(\.isEmpty)
  }
}
