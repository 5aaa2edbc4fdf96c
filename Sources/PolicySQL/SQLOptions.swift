package import PolicyEvaluation
package import PolicyIR
package import PolicyPlans

/// What a query is written for.
package struct SQLOptions: Sendable {
  package var dialect: SQLDialect
  /// The table of subjects, one a row.
  package var table: String
  /// Its column that names them.
  package var id = "名称"
  /// The view to make; nil: a query.
  package var view: String?
  /// The table has a column for each field in which 不知 and 不适用 stand.
  package var hasStates = false

  package init(dialect: SQLDialect, table: String) { (self.dialect, self.table) = (dialect, table) }
}

/// What a query says to a reader: the wording of labels, reasons and rules.
package struct SQLWords {
  package var label: (Label) -> String
  package var reason: (Reason) -> String
  /// The rule of a measure: clause, words, place in the rule file.
  package var measure: (MeasureID) -> [String]
  package var refusal: (MeasureID, Refusal) -> String
  package var choice: (OpenChoice, Int) -> String
  package var say: (_ zh: String, _ en: String) -> String

  package init(
    label: @escaping (Label) -> String, reason: @escaping (Reason) -> String,
    measure: @escaping (MeasureID) -> [String], refusal: @escaping (MeasureID, Refusal) -> String,
    choice: @escaping (OpenChoice, Int) -> String, say: @escaping (_ zh: String, _ en: String) -> String
  ) {
    (self.label, self.reason, self.measure) = (label, reason, measure)
    (self.refusal, self.choice, self.say) = (refusal, choice, say)
  }
}
