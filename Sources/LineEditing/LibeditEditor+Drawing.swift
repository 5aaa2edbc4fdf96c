import Glibc

extension LibeditEditor {
  /// What is shown in grey after the text: the rest of an earlier entry.
  var hint: String {
    guard options.hints && options.colour, search == nil, line.cursor == line.scalars.count else { return "" }
    return store.history.continuation(of: line.text) ?? ""
  }

  /// Brings the terminal up to date, messages above the prompt included.
  func paint() {
    let messages = options.messages.takeAll()
    if !messages.isEmpty {
      show(lines: messages.flatMap { $0.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) })
    }
    draw(currentFrame(rows: size.rows))
  }

  /// Shows lines above the prompt; they stay when the prompt is drawn again below.
  func show(lines: [String]) {
    removeFrame()
    for text in lines {
      let cells = CellSplitter.cells(of: text, style: .plain)
      send(cells.map(\.text).joined() + "\r\n")
    }
  }

  /// Takes the prompt and the text off the screen; the cursor is where they began.
  func removeFrame() {
    if let frame { writeAll(STDOUT_FILENO, Screen.erase(cursorRow: frame.cursorRow)) }
    frame = nil
  }

  /// Draws the line for the last time, whole and without hint, writes a mark after it and goes to the next row.
  func finish(with mark: String = "") {
    search = nil
    question = nil
    var final = line
    final.cursor = final.scalars.count
    var last = prompt
    last.right = []
    let frame = Screen.frame(
      text: final.text + mark, cursor: Int.max, prompt: last, spans: inputState.highlighter?(final.text) ?? [],
      columns: size.columns)
    draw(frame)
    // After an exactly full row the cursor is at the start of the next one already.
    if frame.cursorColumn > 0 || frame.rows.count == 1 { send("\r\n") }
    self.frame = nil
  }

  /// Leaves the text on the screen and goes below it.
  func leaveFrame() {
    guard let frame else { return }
    let below = frame.rows.count - 1 - frame.cursorRow
    send((below > 0 ? "\u{1B}[\(below)B" : "") + "\r\n")
    self.frame = nil
  }

  /// Draws anew for the terminal's new size.
  func resize() {
    size = terminalSize()
    if let frame {
      let row = min(frame.cursorRow(afterResizingTo: size.columns), size.rows - 1)
      writeAll(STDOUT_FILENO, Screen.erase(cursorRow: row))
    }
    frame = nil
    paint()
  }

  /// Empties the screen and draws at its top.
  func clearScreen() {
    send("\u{1B}[H\u{1B}[2J")
    frame = nil
  }

  /// Says by sound that a key does nothing here.
  func beep() { send("\u{7}") }

  /// Says that no more can be typed.
  func tellFull() {
    beep()
    show(lines: [options.texts.entryFull(entryLimit)])
  }

  private func currentFrame(rows: Int) -> Frame {
    if let question {
      let asked = Prompt(main: [StyledText(question)], continuation: [])
      return Screen.frame(text: "", cursor: 0, prompt: asked, columns: size.columns, rows: rows)
    }
    if let search { return searchFrame(search, rows: rows) }
    let text = line.text
    return Screen.frame(
      text: text, cursor: line.utf8Cursor, prompt: prompt, hint: hint, spans: inputState.highlighter?(text) ?? [],
      columns: size.columns, rows: rows, firstRow: frame?.hiddenRows ?? 0)
  }

  private func searchFrame(_ search: SearchState, rows: Int) -> Frame {
    let found = search.line(in: store.history)
    let text = found.text
    let isShown = search.index != nil
    let label = search.isFailing ? options.texts.searchFailed : options.texts.search
    let main = [StyledText(label, .prompt), StyledText(search.words, .plain), StyledText(": ", .prompt)]
    let match = isShown ? History.match(of: search.words, in: text) : nil
    return Screen.frame(
      text: text, cursor: match?.lowerBound ?? found.utf8Cursor,
      prompt: Prompt(main: main, continuation: prompt.continuation),
      spans: match.map { [StyleSpan($0, .match)] } ?? [], columns: size.columns, rows: rows)
  }

  private func draw(_ new: Frame) {
    writeAll(STDOUT_FILENO, Screen.diff(frame, new, colour: options.colour))
    frame = new
  }
}
