/// The earlier states of the line; a run of typed characters is undone as one.
package struct UndoStack: Sendable {
  private static let limit = 200
  private static let scalarLimit = 2_000_000
  private var past: [LineBuffer] = []
  private var future: [LineBuffer] = []
  private var current = LineBuffer()
  private var isTyping = false

  /// A stack that knows the empty line.
  package init() {}

  /// Forgets everything; the line is now `state`.
  package mutating func reset(to state: LineBuffer) {
    past = []
    future = []
    current = state
    isTyping = false
  }

  /// Takes note of the line after a key.
  package mutating func record(_ state: LineBuffer) {
    guard state.scalars != current.scalars else {
      if state.cursor != current.cursor { isTyping = false }
      current.cursor = state.cursor
      return
    }
    let typed = isTypedCharacter(state)
    if !(typed && isTyping) {
      past.append(current)
      trim()
    }
    isTyping = typed
    future = []
    current = state
  }

  /// The line before the last change; nil if there is none.
  package mutating func undo() -> LineBuffer? {
    guard let state = past.popLast() else { return nil }
    future.append(current)
    current = state
    isTyping = false
    return state
  }

  /// The line before the last undo; nil if something was changed since.
  package mutating func redo() -> LineBuffer? {
    guard let state = future.popLast() else { return nil }
    past.append(current)
    current = state
    isTyping = false
    return state
  }

  private func isTypedCharacter(_ state: LineBuffer) -> Bool {
    guard state.scalars.count == current.scalars.count + 1, state.cursor == current.cursor + 1 else { return false }
    let added = state.scalars[current.cursor]
    return added != "\n" && added != " "
  }

  private mutating func trim() {
    var kept = past.reduce(0) { $0 + $1.scalars.count }
    while past.count > Self.limit || (kept > Self.scalarLimit && past.count > 1) {
      kept -= past.removeFirst().scalars.count
    }
  }
}
