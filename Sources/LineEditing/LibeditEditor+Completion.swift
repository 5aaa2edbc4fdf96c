extension LibeditEditor {
  private static let listLimit = 100

  /// Completes the word at the cursor as far as it is certain, else lists what it could be.
  func complete() {
    let text = line.text
    let cursor = line.utf8Cursor
    let completion = inputState.completer(text, cursor)
    let length = text.utf8.count
    let start = line.scalarOffset(ofUTF8: min(max(0, completion.replaced.lowerBound), cursor))
    let end = line.scalarOffset(ofUTF8: min(max(completion.replaced.upperBound, cursor), length))
    guard !completion.candidates.isEmpty else { return indentOrBeep() }
    let typed = LineBuffer(scalars: line.scalars[start..<line.cursor]).text
    let certain = completion.commonPrefix
    let isSingle = completion.candidates.count == 1
    if isSingle || goesOn(certain, after: typed, completion, text) {
      let new = line.replacing(start..<end, with: certain)
      guard new.scalars.count <= entryLimit else { return tellFull() }
      if new == line { beep() }
      setLine(new)
    } else if isListWanted(completion.candidates.count) {
      show(lines: candidateLines(completion.candidates, columns: size.columns))
    }
  }

  /// Whether putting the certain part into the line gets further without losing what the typed word excluded.
  ///
  /// A word typed in other letters than the candidates' (pinyin) says more than the beginning that they share.
  private func goesOn(_ certain: String, after typed: String, _ completion: Completion, _ text: String) -> Bool {
    if certain.isEmpty || certain == typed { return false }
    if certain.hasPrefix(typed) { return true }
    let start = completion.replaced.lowerBound
    var bytes = Array(text.utf8)
    bytes.replaceSubrange(completion.replaced, with: Array(certain.utf8))
    let next = inputState.completer(String(decoding: bytes, as: UTF8.self), start + certain.utf8.count)
    return next.replaced.lowerBound == start && next.candidates == completion.candidates
  }

  /// A tab where nothing has been typed indents.
  private func indentOrBeep() {
    let before = line.scalars[line.lineStart(line.cursor)..<line.cursor]
    guard before.allSatisfy(\.properties.isWhitespace), line.scalars.count + 2 <= entryLimit else { return beep() }
    setLine(line.replacing(line.cursor..<line.cursor, with: "  "))
  }

  private func isListWanted(_ count: Int) -> Bool {
    guard count > Self.listLimit else { return true }
    question = options.texts.listQuestion(count)
    defer { question = nil }
    paint()
    guard let key = nextKey() else { return false }
    switch key {
    case .character("y"), .character("Y"), .character("是"): return true
    default: return false
    }
  }
}
