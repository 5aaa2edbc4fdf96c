import CEditLine

/// What keys can be bound to beside libedit's own commands; the names can be used in the user's key file.
enum EditorAction: String, CaseIterable {
  /// Submits a complete entry or a blank last line, else begins a new line.
  case enter = "tiaoli-enter"
  /// Submits the entry as it is.
  case submit = "tiaoli-submit"
  /// One character to the left.
  case left = "tiaoli-left"
  /// One character to the right, or takes the hint at the end.
  case right = "tiaoli-right"
  /// To the start of the word before.
  case wordLeft = "tiaoli-word-left"
  /// To the end of the word after.
  case wordRight = "tiaoli-word-right"
  /// To the start of the line within the entry.
  case lineStart = "tiaoli-line-start"
  /// To the end of the line within the entry, or takes the hint there.
  case lineEnd = "tiaoli-line-end"
  /// To the line above, from the first one to an older entry.
  case up = "tiaoli-up"
  /// To the line below, from the last one to a newer entry.
  case down = "tiaoli-down"
  /// An older entry with the beginning that was typed.
  case older = "tiaoli-older"
  /// A newer entry with the beginning that was typed.
  case newer = "tiaoli-newer"
  /// Deletes the character before the cursor.
  case deleteLeft = "tiaoli-delete-left"
  /// Deletes the character after the cursor.
  case deleteRight = "tiaoli-delete-right"
  /// Deletes to the right; ends the input on an empty line; drops an unfinished entry at its end.
  case deleteOrEnd = "tiaoli-delete-or-end"
  /// Kills to the line's end, there the line break.
  case killLine = "tiaoli-kill-line"
  /// Kills the whole entry.
  case killAll = "tiaoli-kill-all"
  /// Kills the word before the cursor.
  case killWordLeft = "tiaoli-kill-word-left"
  /// Kills the word after the cursor.
  case killWordRight = "tiaoli-kill-word-right"
  /// Inserts the text killed last.
  case yank = "tiaoli-yank"
  /// Replaces the text just yanked by the one killed before it.
  case yankEarlier = "tiaoli-yank-earlier"
  /// Takes the last change back.
  case undo = "tiaoli-undo"
  /// Does again what was taken back.
  case redo = "tiaoli-redo"
  /// Completes the word or lists what it could be.
  case complete = "tiaoli-complete"
  /// Searches the history for words.
  case search = "tiaoli-search"
  /// Clears the screen.
  case clear = "tiaoli-clear"
  /// Inserts what the terminal pasted.
  case paste = "tiaoli-paste"

  /// The key that no terminal sends, by which a paste comes to its function.
  static let pasteKey = "\u{1B}[9901~"

  /// The default keys in libedit's notation, with what they do.
  static let keys: [(key: String, action: EditorAction)] = [
    ("^M", .enter), ("^J", .enter), ("\\e^M", .submit), ("\\e^J", .submit),
    ("^B", .left), ("^F", .right), ("\\e[D", .left), ("\\e[C", .right),
    ("\\eb", .wordLeft), ("\\ef", .wordRight), ("\\eB", .wordLeft), ("\\eF", .wordRight),
    ("\\e[1;5D", .wordLeft), ("\\e[1;5C", .wordRight), ("\\e[1;3D", .wordLeft), ("\\e[1;3C", .wordRight),
    ("^A", .lineStart), ("^E", .lineEnd), ("\\e[H", .lineStart), ("\\e[F", .lineEnd),
    ("^P", .up), ("^N", .down), ("\\e[A", .up), ("\\e[B", .down),
    ("\\ep", .older), ("\\en", .newer), ("\\e[5~", .older), ("\\e[6~", .newer),
    ("\\eP", .older), ("\\eN", .newer), ("\\e[1;5A", .older), ("\\e[1;5B", .newer),
    ("^?", .deleteLeft), ("^H", .deleteLeft), ("^D", .deleteOrEnd), ("\\e[3~", .deleteRight),
    ("^K", .killLine), ("^U", .killAll), ("^W", .killWordLeft), ("\\e^?", .killWordLeft), ("\\e^H", .killWordLeft),
    ("\\ed", .killWordRight), ("\\eD", .killWordRight), ("\\e[3;5~", .killWordRight),
    ("^Y", .yank), ("\\ey", .yankEarlier), ("\\eY", .yankEarlier),
    ("^_", .undo), ("\\e_", .redo), ("^I", .complete), ("^R", .search), ("^L", .clear),
  ]

  /// Commands of libedit that draw for themselves or take counts without bound, which no key shall reach.
  static let unassignedKeys: [String] =
    ["\\ex", "\\eX", "\\e^L", "\\e^_", "^S", "^Q", "^O"] + (0...9).map { "\\e\($0)" }
}
