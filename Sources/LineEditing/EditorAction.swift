import CEditLine

/// What keys can be bound to beside libedit's own commands; the names can be used in the user's key file.
enum EditorAction: String, CaseIterable {
  case enter = "tiaoli-enter"
  case submit = "tiaoli-submit"
  case left = "tiaoli-left"
  case right = "tiaoli-right"
  case wordLeft = "tiaoli-word-left"
  case wordRight = "tiaoli-word-right"
  case lineStart = "tiaoli-line-start"
  case lineEnd = "tiaoli-line-end"
  case up = "tiaoli-up"
  case down = "tiaoli-down"
  case older = "tiaoli-older"
  case newer = "tiaoli-newer"
  case deleteLeft = "tiaoli-delete-left"
  case deleteRight = "tiaoli-delete-right"
  case deleteOrEnd = "tiaoli-delete-or-end"
  case killLine = "tiaoli-kill-line"
  case killAll = "tiaoli-kill-all"
  case killWordLeft = "tiaoli-kill-word-left"
  case killWordRight = "tiaoli-kill-word-right"
  case yank = "tiaoli-yank"
  case yankEarlier = "tiaoli-yank-earlier"
  case undo = "tiaoli-undo"
  case redo = "tiaoli-redo"
  case complete = "tiaoli-complete"
  case search = "tiaoli-search"
  case clear = "tiaoli-clear"
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
