/// One unit of measure, with its names and its exact factor to the base unit of its dimension.
package struct Unit: Hashable, Sendable {
  /// The Chinese name, as the formatter writes it.
  package let name: String
  /// The English twin.
  package let englishName: String
  /// Further spellings in either language.
  package let aliases: [String]
  /// What it measures.
  package let dimension: Dimension
  /// How many base units (元, 亩, 1, 月, 日) one of it is.
  package let factor: Rational

  init(
    _ name: String, _ englishName: String, _ dimension: Dimension, _ factor: Rational = .one,
    aliases: [String] = []
  ) {
    self.name = name
    self.englishName = englishName
    self.aliases = aliases
    self.dimension = dimension
    self.factor = factor
  }

  /// The unit that this text names as a whole, full-width letters folded; nil where the table has none.
  package static func named(_ name: String) -> Unit? {
    whole(name, in: index)
  }

  /// The unit that may stand below a fraction bar: every unit of the table, and 年 月 日 (元/人/月).
  package static func denominator(named name: String) -> Unit? {
    whole(name, in: index) ?? whole(name, in: timeIndex)
  }

  private static func whole(_ name: String, in index: UnitIndex) -> Unit? {
    Array(name.utf8).withUnsafeBufferPointer { bytes in
      var cursor = ScalarCursor(bytes)
      guard let unit = index.longestMatch(&cursor), cursor.isAtEnd else { return nil }
      return unit
    }
  }
}

/// The units of a table by their first letter, for finding the longest one at a place.
struct UnitIndex: Sendable {
  private let units: [Unit]
  /// Sorted by their first letter, longer ones before their beginnings.
  private var spellings: [Spelling] = []
  private var letters: [UInt32] = []

  private struct Spelling {
    let first: UInt32
    /// The letters behind the first, folded, in `letters`.
    let rest: Range<Int>
    let unit: Int
  }

  init(_ units: [Unit]) {
    self.units = units
    for (number, unit) in units.enumerated() {
      for spelling in [unit.name, unit.englishName] + unit.aliases {
        let folded = spelling.unicodeScalars.map(\.value.loweredASCII)
        guard let first = folded.first else { continue }
        let start = letters.count
        letters += folded.dropFirst()
        spellings.append(Spelling(first: first, rest: start..<letters.count, unit: number))
      }
    }
    spellings.sort { $0.first == $1.first ? $0.rest.count > $1.rest.count : $0.first < $1.first }
  }

  /// The unit with the longest spelling at the cursor, which then stands behind it; an English word must end there.
  func longestMatch(_ cursor: inout ScalarCursor) -> Unit? {
    let first = cursor.current.loweredASCII
    var index = firstSpelling(notBefore: first)
    while index < spellings.count, spellings[index].first == first {
      var end = cursor
      if end.advance(over: first), spellings[index].rest.allSatisfy({ end.advance(over: letters[$0]) }),
        !(end.previousIsLetter && end.current.isASCIILetter)
      {
        cursor = end
        return units[spellings[index].unit]
      }
      index += 1
    }
    return nil
  }

  private func firstSpelling(notBefore letter: UInt32) -> Int {
    var (low, high) = (0, spellings.count)
    while low < high {
      let middle = (low + high) / 2
      if spellings[middle].first < letter { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
