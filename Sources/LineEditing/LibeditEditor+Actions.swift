extension LibeditEditor {
  /// Does one action on the line.
  func run(_ action: EditorAction) {
    switch action {
    case .enter: enter()
    case .submit: accept()
    case .left: move(to: line.left(line.cursor))
    case .right, .lineEnd: moveRightOrTakeHint(action)
    case .wordLeft: move(to: line.previousWord)
    case .wordRight: move(to: line.nextWord)
    case .lineStart: move(to: line.lineStart(line.cursor))
    case .up: vertical(down: false)
    case .down: vertical(down: true)
    case .older: recall(historyCursor.older(than: line, in: store.history))
    case .newer: recall(historyCursor.newer(than: line, in: store.history))
    case .deleteLeft: delete(line.left(line.cursor)..<line.cursor)
    case .deleteRight: delete(line.cursor..<line.right(line.cursor))
    case .deleteOrEnd: deleteOrEnd()
    case .killLine: killLine()
    case .killAll: kill(0..<line.scalars.count)
    case .killWordLeft: kill(line.previousWord..<line.cursor)
    case .killWordRight: kill(line.cursor..<line.nextWord)
    case .yank: insertYanked(killRing.yank(into: line))
    case .yankEarlier: insertYanked(killRing.yankEarlier(into: line))
    case .undo: recall(undo.undo())
    case .redo: recall(undo.redo())
    case .complete: complete()
    case .search: runSearch()
    case .clear: clearScreen()
    case .paste: paste()
    }
  }

  /// Ends the read with the line as it is.
  func accept() {
    finish()
    outcome = .line(trimmedEntry(line.text))
  }

  private func enter() {
    let text = line.text
    let isBlankLast =
      line.isMultiline && line.cursor == line.scalars.count
      && line.scalars[line.lineStart(line.cursor)...].allSatisfy(\.properties.isWhitespace)
    if isBlankLast || inputState.isComplete(text) {
      accept()
    } else {
      let added = "\n" + inputState.indentation(line.head)
      guard line.scalars.count + added.unicodeScalars.count <= entryLimit else { return tellFull() }
      setLine(line.replacing(line.cursor..<line.cursor, with: added))
    }
  }

  private func deleteOrEnd() {
    if line.scalars.isEmpty {
      finish()
      outcome = .endOfInput
    } else if line.cursor < line.scalars.count {
      delete(line.cursor..<line.right(line.cursor))
    } else if line.isMultiline {
      finish()
      outcome = .interrupted
    } else {
      beep()
    }
  }

  private func move(to position: Int) {
    if position == line.cursor { beep() }
    setLine(LineBuffer(line, cursor: position))
  }

  private func moveRightOrTakeHint(_ action: EditorAction) {
    let rest = hint
    if !rest.isEmpty {
      insert(rest)
    } else {
      move(to: action == .right ? line.right(line.cursor) : line.lineEnd(line.cursor))
    }
  }

  private func vertical(down: Bool) {
    if let position = line.vertical(down: down) {
      setLine(LineBuffer(line, cursor: position))
    } else {
      recall(
        down ? historyCursor.newer(than: line, in: store.history) : historyCursor.older(than: line, in: store.history))
    }
  }

  private func recall(_ other: LineBuffer?) {
    guard let other, other.scalars.count <= entryLimit else { return beep() }
    setLine(other)
  }

  private func delete(_ range: Range<Int>) {
    guard !range.isEmpty else { return beep() }
    setLine(line.replacing(range, with: ""))
  }

  private func killLine() {
    let end = line.lineEnd(line.cursor)
    // At the end of a line its line break is what is killed.
    kill(line.cursor..<(end == line.cursor ? min(end + 1, line.scalars.count) : end))
  }

  private func kill(_ range: Range<Int>) {
    guard !range.isEmpty else { return beep() }
    killRing.kill(LineBuffer(scalars: line.scalars[range]).text, before: range.lowerBound < line.cursor)
    setLine(line.replacing(range, with: ""))
  }

  private func insertYanked(_ new: LineBuffer?) {
    guard let new else { return beep() }
    guard new.scalars.count <= entryLimit else { return tellFull() }
    setLine(new)
  }

  private func paste() {
    let room = entryLimit - line.scalars.count
    let text = cleanedPaste(pasted.text, prompt: prompt, limit: Int.max)
    let isCut = pasted.isCut || text.unicodeScalars.count > room
    pasted = ("", false)
    insert(text)
    if isCut { tellFull() }
  }

  /// Puts as much of the text at the cursor as the limit allows.
  private func insert(_ text: String) {
    let room = max(0, entryLimit - line.scalars.count)
    let added = String(String.UnicodeScalarView(text.unicodeScalars.prefix(room)))
    setLine(line.replacing(line.cursor..<line.cursor, with: added))
  }
}

extension LineBuffer {
  /// A text of some scalars with the cursor at its end.
  init(scalars: some Collection<Unicode.Scalar>) {
    self.init()
    self.scalars = Array(scalars)
    cursor = self.scalars.count
  }
}
