extension LibeditEditor {
  /// Searches the history while words are typed, in any language; other keys take the entry found and do their own work.
  func runSearch() {
    var state = SearchState(from: line)
    defer { search = nil }
    while true {
      search = state
      paint()
      guard let key = nextKey() else { return }
      switch key {
      case .character("\u{12}"): state.older(in: store.history)
      case .character("\u{13}"): state.newer(in: store.history)
      case .character("\u{7F}"), .character("\u{8}"): state.deleteLast(in: store.history)
      case .character("\u{7}"), .escape: return
      case .character(let scalar) where scalar.value >= 0x20:
        state.append(String(scalar), in: store.history)
      case .paste(let text, _):
        let words = cleanedPaste(text, prompt: prompt, limit: 200)
        state.append(String(words.prefix { $0 != "\n" }), in: store.history)
      default:
        search = nil
        setLine(state.line(in: store.history))
        returnedKey = key
        return
      }
      if state.isFailing { beep() }
    }
  }
}
