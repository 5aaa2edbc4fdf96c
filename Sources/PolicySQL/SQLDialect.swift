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

  /// The name of a table or a view, each part of it in quotes: `省.项目`.
  func path(_ name: String) -> String {
    name.split(separator: ".", omittingEmptySubsequences: false).map { quoted(String($0)) }.joined(separator: ".")
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

  /// Whether a table or view may have a name: Spark's catalogue takes only ASCII letters, digits and underscores.
  package func keeps(_ name: String) -> Bool {
    self != .spark
      || !name.isEmpty
        && name.utf8.allSatisfy { byte in
          switch byte {
          case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
          default: false
          }
        }
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

  /// The greatest of several expressions, none of which is NULL.
  func greatest(_ all: [String]) -> String {
    all.count == 1 ? all[0] : "\(self == .sqlite ? "max" : "greatest")(\(all.joined(separator: ", ")))"
  }

  /// A date so many months later, or on that month's last day where there is none such, then so many days later.
  func shifted(_ date: String, months: Int, days: Int) -> String {
    var result = date
    if months != 0 {
      switch self {
      case .sqlite:
        // SQLite's own months run over into the next, so that the day is put behind the month's first by itself.
        let last =
          "CAST(strftime('%d', \(date), 'start of month', '\(signed(months + 1)) months', '-1 day') AS INTEGER)"
        result =
          "date(\(date), 'start of month', '\(signed(months)) months', "
          + "'+' || (min(\(part(.day, of: date)), \(last)) - 1) || ' days')"
      case .postgresql: result = "CAST(\(date) + INTERVAL '\(months) months' AS DATE)"
      case .duckdb: result = "CAST(\(date) + to_months(\(months)) AS DATE)"
      case .spark: result = "add_months(\(date), \(months))"
      }
    }
    if days != 0 {
      switch self {
      case .sqlite: result = "date(\(result), '\(signed(days)) days')"
      case .postgresql, .duckdb: result = "\(result) \(days < 0 ? "-" : "+") \(abs(days))"
      case .spark: result = "date_add(\(result), \(days))"
      }
    }
    return result
  }

  private func signed(_ number: Int) -> String { (number < 0 ? "" : "+") + "\(number)" }
}

enum DatePart { case year, month, day }
