/// A cell of a sheet, such as B7; rows and columns count from 1.
struct CellPlace: Hashable {
  var row: Int
  var column: Int

  init(_ row: Int, _ column: Int) { (self.row, self.column) = (row, column) }

  /// Reads a place such as B7 that ends in a NUL; nil where the text is none.
  init?(_ text: UnsafePointer<CChar>) {
    var (row, column, place) = (0, 0, text)
    while true {
      let sign = UInt8(bitPattern: place.pointee)
      if (0x41...0x5A).contains(sign), row == 0 {
        column = column * 26 + Int(sign - 0x40)
      } else if (0x30...0x39).contains(sign), column > 0 {
        row = row * 10 + Int(sign - 0x30)
      } else if sign == 0, row > 0 {
        self.init(row, column)
        return
      } else if sign != 0x24 {
        return nil
      }
      guard sign != 0, column <= SheetReader.columnLimit, row <= SheetReader.rowLimit else { return nil }
      place += 1
    }
  }

  /// The letters of a column.
  static func letters(_ column: Int) -> String {
    var (rest, letters) = (column, "")
    while rest > 0 {
      rest -= 1
      letters = String(UnicodeScalar(UInt8(0x41 + rest % 26))) + letters
      rest /= 26
    }
    return letters
  }

  var name: String { Self.letters(column) + "\(row)" }
}

/// The merged cells of a sheet, so far as they concern its head.
enum MergedCells {
  /// The rows among which a header is looked for.
  static let headRows = 20

  /// The cells of the head that one above them covers, with that one. Sideways nothing is shown again: a title is one title.
  static func covered(in archive: Archive, _ part: String) throws(TableFailure) -> [CellPlace: CellPlace] {
    guard let member = archive.member(part, limit: Workbook.sheetLimit) else { return [:] }
    let mark = Array("</sheetData>".utf8)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    var rest: [UInt8] = []
    var isBehind = false
    while true {
      let count = try member.read(into: buffer)
      if count == 0 { break }
      if isBehind {
        // Behind the rows stand a few lines; what is longer is not looked at.
        if rest.count < 1 << 24 { rest += buffer[..<count] }
        continue
      }
      let window = rest + buffer[..<count]
      if let end = lastRange(of: mark, in: window) {
        rest = Array(window[end...])
        isBehind = true
      } else {
        rest = Array(window.suffix(mark.count - 1))
      }
    }
    return isBehind ? places(in: rest) : [:]
  }

  /// The end of the mark, which stands in the text once; a prefix before its name doesn't matter.
  private static func lastRange(of mark: [UInt8], in text: [UInt8]) -> Int? {
    let name = Array(mark.dropFirst(2))
    var place = text.count - name.count
    while place >= 0 {
      if text[place] == name[0], text[place..<(place + name.count)].elementsEqual(name) { return place + name.count }
      place -= 1
    }
    return nil
  }

  private static func places(in text: [UInt8]) -> [CellPlace: CellPlace] {
    var covered: [CellPlace: CellPlace] = [:]
    let word = Array("mergeCell ref=\"".utf8)
    var rest = text[...]
    while let range = rest.firstRange(of: word) {
      rest = rest[range.upperBound...]
      let corners = String(decoding: rest.prefix { $0 != 0x22 }, as: UTF8.self).split(separator: ":")
      guard corners.count == 2, let first = corners[0].withCString({ CellPlace($0) }),
        let last = corners[1].withCString({ CellPlace($0) }), first.row < last.row, first.row <= headRows
      else { continue }
      for row in (first.row + 1)...min(last.row, headRows) {
        covered[CellPlace(row, first.column)] = first
      }
    }
    return covered
  }
}
