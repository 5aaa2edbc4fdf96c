package import PolicyText
package import PolicyValues

/// Facts with the answers expected of them. `案例 刚好三亿`
package struct PolicyCase: Hashable, Sendable {
  package var name: String
  /// nil: a case without a subject asserts clauses, actors and departments only.
  package var asOf: CivilDate?
  package var subject: Subject?
  /// Readings fixed for the case (`读法：康养项目 广义`).
  package var readings: [FixedReading]
  package var expectations: [Expectation]
  /// 生成待确认: written by a tool and not confirmed by a person.
  package var generated: Bool
  package var span: Span

  package struct FixedReading: Hashable, Sendable {
    package var choice: ChoiceID
    package var reading: Int

    package init(choice: ChoiceID, reading: Int) {
      self.choice = choice
      self.reading = reading
    }
  }

  package init(name: String, span: Span) {
    self.name = name
    self.span = span
    readings = []
    expectations = []
    generated = false
  }
}
