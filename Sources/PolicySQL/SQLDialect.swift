package import PolicyValues

/// A database whose SQL is written, with what it writes in another way.
package enum SQLDialect: String, Hashable, Sendable, CaseIterable {
  case sqlite, postgresql, duckdb, spark

  /// A name in quotes.
  package func quoted(_ name: String) -> String {
    let mark: Character = self == .spark ? "`" : "\""
    var text = String(mark)
    for character in name {
      if character == mark { text.append(mark) }
      text.append(character)
    }
    return text + String(mark)
  }

  /// A text in quotes.
  package func literal(_ text: String) -> String {
    var result = "'"
    for character in text.unicodeScalars {
      switch character {
      case "'": result += self == .spark ? "\\'" : "''"
      case "\\" where self == .spark: result += "\\\\"
      default: result.unicodeScalars.append(character)
      }
    }
    return result + "'"
  }

  func literal(_ date: CivilDate) -> String {
    self == .sqlite ? "'\(date.isoDescription)'" : "DATE '\(date.isoDescription)'"
  }

  /// The greatest number of characters or bytes of UTF-8 that a name keeps.
  var longestName: Int { self == .postgresql ? 63 : 120 }

  var text: String { self == .spark ? "STRING" : "TEXT" }
  var integer: String { self == .sqlite ? "INTEGER" : "BIGINT" }
  var date: String { self == .sqlite ? "TEXT" : "DATE" }
  var truth: String { self == .sqlite ? "INTEGER" : "BOOLEAN" }

  /// A type for whole numbers beyond 64 bits; nil: there is none.
  var wideInteger: String? {
    switch self {
    case .sqlite: nil
    case .postgresql: "NUMERIC"
    case .duckdb: "HUGEINT"
    case .spark: "DECIMAL(38,0)"
    }
  }

  /// The greatest magnitude that a computed number may have.
  var greatest: Int128 { self == .sqlite ? Int128(Int64.max) : 10_000_000_000_000_000_000_000_000_000_000_000_000 }

  /// The whole part of a quotient of whole numbers, towards zero.
  func quotient(_ one: String, _ two: String, isWide: Bool) -> String {
    switch self {
    case .sqlite: "(\(one)) / (\(two))"
    case .postgresql: isWide ? "div(\(one), \(two))" : "(\(one)) / (\(two))"
    case .duckdb: "(\(one)) // (\(two))"
    case .spark: "(\(one)) div (\(two))"
    }
  }

  /// Keeps a query of one step from being merged into the next, which would compute each name as often as it is used.
  var barrier: String {
    switch self {
    case .sqlite: "\n  LIMIT -1"
    case .postgresql: "\n  OFFSET 0"
    case .duckdb, .spark: ""
    }
  }

  func part(_ part: DatePart, of date: String) -> String {
    switch (self, part) {
    case (.sqlite, .year): "CAST(substr(\(date), 1, 4) AS INTEGER)"
    case (.sqlite, .month): "CAST(substr(\(date), 6, 2) AS INTEGER)"
    case (.sqlite, .day): "CAST(substr(\(date), 9, 2) AS INTEGER)"
    case (_, .year): "CAST(EXTRACT(YEAR FROM \(date)) AS BIGINT)"
    case (_, .month): "CAST(EXTRACT(MONTH FROM \(date)) AS BIGINT)"
    case (_, .day): "CAST(EXTRACT(DAY FROM \(date)) AS BIGINT)"
    }
  }

  func endOfYear(_ date: String) -> String {
    let year = part(.year, of: date)
    return switch self {
    case .sqlite: "substr(\(date), 1, 4) || '-12-31'"
    case .postgresql: "make_date(CAST(\(year) AS INTEGER), 12, 31)"
    case .duckdb: "make_date(\(year), 12, 31)"
    case .spark: "make_date(CAST(\(year) AS INT), 12, 31)"
    }
  }

  /// How many days the second date is later.
  func days(from one: String, to two: String) -> String {
    switch self {
    case .sqlite: "CAST(julianday(\(two)) - julianday(\(one)) AS INTEGER)"
    case .postgresql: "CAST((\(two)) - (\(one)) AS BIGINT)"
    case .duckdb: "date_diff('day', \(one), \(two))"
    case .spark: "CAST(datediff(\(two), \(one)) AS BIGINT)"
    }
  }
}

enum DatePart { case year, month, day }
