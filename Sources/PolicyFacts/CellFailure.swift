package import PolicyDiagnostics
package import PolicyValues

/// Why a cell gives no fact; the fact then stays *not given*.
package struct CellFailure: Error, Hashable, Sendable {
  /// The cause, with what the message needs.
  package enum Cause: Hashable, Sendable {
    /// 约800, 800余, 近3亿: refused, not rounded.
    case approximate(word: String)
    /// A bare number where neither header nor cell names a unit; the number would be a guess.
    case missingUnit(Dimension)
    /// 3亿 under a header in 万元: either reading is a guess.
    case doubleScale(unit: String)
    /// A quantity of another kind (亩 in a money column).
    case wrongUnit(found: Dimension, expected: Dimension)
    /// What stands where a unit would is none.
    case unknownUnit(String, expected: Dimension)
    case negative
    case notANumber
    case outOfRange
    /// A value, and behind it this text.
    case trailing(String)
    case notADate
    case impossibleDate
    /// 2023年6月, 2025年底: not one day.
    case notADay
    case notADuration
    /// A bare number for a 期间.
    case missingTimeUnit
    case notYesNo
    /// No value of the option; the nearest ones.
    case unknownOption(type: String, nearest: [String])
    /// Several values of the option go by this name.
    case ambiguousOption(type: String, values: [String])
    /// #REF!, #VALUE! …
    case spreadsheetError
    /// Text in the column of a many-relation, whose items are rows or numbered columns.
    case itemsExpected(kind: String)
    /// 无 where the name of one related subject is expected.
    case nobody(kind: String)
    /// A JSON or YAML structure where one value is expected.
    case structure
  }

  /// The cell as it was written.
  package let text: String
  /// The name of the field.
  package let field: String
  /// What is wrong.
  package let cause: Cause

  /// A failure of a cell of a field.
  package init(text: String, field: String, cause: Cause) {
    self.text = text
    self.field = field
    self.cause = cause
  }

  /// The entry of the catalogue that it is reported under.
  package var id: DiagnosticID {
    switch cause {
    case .approximate: .approximateCell
    case .missingUnit, .doubleScale, .missingTimeUnit: .cellWithoutUnit
    case .wrongUnit, .unknownUnit: .cellUnitMismatch
    case .unknownOption, .ambiguousOption: .unknownOptionCell
    default: .unreadableCell
    }
  }
}
