/// Splits text into the cells that the screen draws: tabs as blanks, controls as ^X, lone invisible marks as �.
struct CellSplitter {
  /// The columns of a tab, wherever it stands.
  static let tabWidth = 4

  /// Adds the cells of one character to a list.
  static func appendCells(of character: Character, style: TextStyle, to cells: inout [Frame.Cell]) {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return }
    if first.value < 0x20 || (0x7F..<0xA0).contains(first.value) {
      appendControl(first, style: style, to: &cells)
      return
    }
    let base = cells.count
    var joined = false
    for scalar in scalars {
      let width = joined ? 0 : scalarWidth(scalar)
      if width > 0 {
        cells.append(Frame.Cell(text: String(scalar), width: width, style: style))
      } else if cells.count > base {
        cells[cells.count - 1].text.unicodeScalars.append(scalar)
      } else {
        cells.append(Frame.Cell(text: "\u{FFFD}", width: 1, style: style))
      }
      joined = scalar.value == 0x200D
    }
  }

  /// The cells of a text that has no line breaks.
  static func cells(of text: String, style: TextStyle) -> [Frame.Cell] {
    var cells: [Frame.Cell] = []
    for character in text { appendCells(of: character, style: style, to: &cells) }
    return cells
  }

  private static func appendControl(_ scalar: Unicode.Scalar, style: TextStyle, to cells: inout [Frame.Cell]) {
    if scalar == "\t" {
      for _ in 0..<tabWidth { cells.append(Frame.Cell(text: " ", width: 1, style: style)) }
    } else if scalar.value >= 0x80 {
      cells.append(Frame.Cell(text: "\u{FFFD}", width: 1, style: style))
    } else {
      let letter = Unicode.Scalar(UInt8(scalar.value) ^ 0x40)
      cells.append(Frame.Cell(text: "^", width: 1, style: style))
      cells.append(Frame.Cell(text: String(letter), width: 1, style: style))
    }
  }
}
