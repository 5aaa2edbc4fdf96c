import CPseudoTerminal

/// What a line editor should hold and show, written without any of its code: an array of characters and simple wrapping.
struct LineModel {
  var text: [Character] = []
  var cursor = 0
  private var killed: [Character] = []

  /// One edit: its name, the keys for it, and its effect on the model.
  mutating func randomEdit(_ random: inout SplitMix) -> (name: String, keys: String) {
    switch random.below(26) {
    case 0: return move("left", "\u{1B}[D", to: cursor - 1)
    case 1: return move("right", "\u{1B}[C", to: cursor + 1)
    case 2: return move("start", "\u{1}", to: lineStart)
    case 3: return move("end", "\u{5}", to: lineEnd)
    case 4, 5:
      if cursor > 0 {
        cursor -= 1
        text.remove(at: cursor)
      }
      return ("backspace", "\u{7F}")
    case 6: return deleteRight()
    case 7: return kill()
    case 8: return yank()
    case 9: return transpose()
    case 10:
      insert(["\n"])
      return ("line break", "\u{1B}[200~\r\u{1B}[201~")
    case 11:
      let words = Array(["部门", "abc", "，（）", "𠮷😀"][random.below(4)])
      insert(words)
      return ("paste", "\u{1B}[200~\(String(words))\u{1B}[201~")
    case 12:
      for _ in 0..<3 { _ = move("", "", to: cursor - 1) }
      return ("left 3", "\u{2}\u{1B}OD\u{2}")
    default: return insertRandom(&random)
    }
  }

  /// Kills everything and clears the screen.
  mutating func clear() -> (name: String, keys: String) {
    if !text.isEmpty { killed = text }
    text = []
    cursor = 0
    return ("clear", "\u{C}\u{15}\u{C}")
  }

  private mutating func insertRandom(_ random: inout SplitMix) -> (name: String, keys: String) {
    let pool: [Character] = [
      "a", "Z", "7", " ", "-", "不", "标", "一", "款", "，", "。", "（", "“", "—", "①", "𠮷", "😀", "e\u{301}",
    ]
    let character = pool[random.below(pool.count)]
    insert([character])
    return ("insert \(character)", String(character))
  }

  /// The rows that a terminal of this width shows, and the cursor's row and column.
  func layout(columns: Int) -> (rows: [String], row: Int, column: Int) {
    var rows = [""]
    var widths = [0]
    var place = (row: 0, column: 0)
    func put(_ character: Character) {
      let width = Self.width(character)
      if widths[widths.count - 1] + width > columns {
        rows.append("")
        widths.append(0)
      }
      rows[rows.count - 1].append(character)
      widths[widths.count - 1] += width
    }
    func wrapIfFull() {
      if widths[widths.count - 1] == columns {
        rows.append("")
        widths.append(0)
      }
    }
    for character in "策略> " { put(character) }
    for (index, character) in text.enumerated() {
      if character == "\n" {
        if index == cursor {
          wrapIfFull()
          place = (rows.count - 1, widths[widths.count - 1])
        }
        rows.append("")
        widths.append(0)
        for mark in "  ... " { put(mark) }
      } else {
        put(character)
        if index == cursor { place = (rows.count - 1, widths[widths.count - 1] - Self.width(character)) }
      }
    }
    wrapIfFull()
    if cursor == text.count { place = (rows.count - 1, widths[widths.count - 1]) }
    return (rows.map { String($0.reversed().drop { $0 == " " }.reversed()) }, place.row, place.column)
  }

  private static func width(_ character: Character) -> Int {
    character.unicodeScalars.reduce(0) { $0 + max(0, Int(cpt_system_width(Int32($1.value)))) }
  }

  private var lineStart: Int { (text[..<cursor].lastIndex(of: "\n") ?? -1) + 1 }
  private var lineEnd: Int { text[cursor...].firstIndex(of: "\n") ?? text.count }

  private mutating func move(_ name: String, _ keys: String, to position: Int) -> (name: String, keys: String) {
    cursor = min(max(0, position), text.count)
    return (name, keys)
  }

  private mutating func insert(_ characters: [Character]) {
    text.insert(contentsOf: characters, at: cursor)
    cursor += characters.count
  }

  private mutating func deleteRight() -> (name: String, keys: String) {
    if cursor < text.count { text.remove(at: cursor) }
    return ("delete", "\u{1B}[3~")
  }

  private mutating func kill() -> (name: String, keys: String) {
    let end = lineEnd == cursor ? min(cursor + 1, text.count) : lineEnd
    if end > cursor {
      killed = Array(text[cursor..<end])
      text.removeSubrange(cursor..<end)
    }
    // Clearing the screen first keeps kills in succession apart.
    return ("kill", "\u{C}\u{B}")
  }

  private mutating func yank() -> (name: String, keys: String) {
    insert(killed)
    return ("yank", "\u{19}")
  }

  private mutating func transpose() -> (name: String, keys: String) {
    // libedit exchanges scalars, which only for simple characters is what a person means.
    let around = text[max(0, cursor - 1)..<min(text.count, cursor + 1)]
    guard around.count == 2, around.allSatisfy({ $0.unicodeScalars.count == 1 && $0 != "\n" }) else {
      return move("left", "\u{1B}[D", to: cursor - 1)
    }
    text.swapAt(cursor - 1, cursor)
    cursor += 1
    return ("transpose", "\u{14}")
  }
}
