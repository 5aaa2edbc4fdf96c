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
    var cursor = ScalarCursor(Array(name.utf8))
    guard let unit = index.longestMatch(&cursor), cursor.isAtEnd else { return nil }
    return unit
  }
}

/// The units of a table by their first letter, for finding the longest one at a place.
struct UnitIndex: Sendable {
  private var entries: [UInt32: [(spelling: [UInt32], unit: Unit)]] = [:]

  init(_ units: [Unit]) {
    for unit in units {
      for spelling in [unit.name, unit.englishName] + unit.aliases {
        let folded = spelling.unicodeScalars.map(\.value.loweredASCII)
        guard let first = folded.first else { continue }
        entries[first, default: []].append((folded, unit))
      }
    }
    for first in entries.keys {
      entries[first]?.sort { $0.spelling.count > $1.spelling.count }
    }
  }

  /// The unit with the longest spelling at the cursor, which then stands behind it; an English word must end there.
  func longestMatch(_ cursor: inout ScalarCursor) -> Unit? {
    for (spelling, unit) in entries[cursor.current.loweredASCII] ?? [] {
      var end = cursor
      if spelling.allSatisfy({ end.advance(over: $0) }), !(end.previousIsLetter && end.current.isASCIILetter) {
        cursor = end
        return unit
      }
    }
    return nil
  }
}
