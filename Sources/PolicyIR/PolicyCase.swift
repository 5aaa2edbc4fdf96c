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

/// One line of expected answers. `预期：市县一次性建设补助 符合，金额 待定`
package struct Expectation: Hashable, Sendable {
  package var target: Target
  package var verdict: ExpectedVerdict?
  package var amount: ExpectedAmount?
  /// 因: names of facts, definitions, holes or lists that the reasons or readings must name.
  package var because: [String]
  package var clause: ClauseAddress?
  /// 责任单位 that the measure must have, in this order.
  package var responsible: [AuthorityID]
  package var actors: [Measure.Actor]
  package var payable: ExpectedAmount?
  package var due: CivilDate?
  /// The act whose due date is meant (`到期“拨付” …`); nil: any.
  package var dueAct: String?
  package var instalments: [ExpectedInstalment] = []
  /// `出资 市财政局 30万元`
  package var shares: [ExpectedShare] = []
  /// The label in Chinese, as answers print it: `标签 “已过期”`.
  package var label: String?
  package var span: Span

  package enum Target: Hashable, Sendable {
    case measure(MeasureID)
    case group(GroupID)
  }

  /// `分期“竣工” 待定，金额 60万元`
  package struct ExpectedInstalment: Hashable, Sendable {
    package var name: String
    package var verdict: ExpectedVerdict?
    package var amount: ExpectedAmount?

    package init(name: String) { self.name = name }
  }

  /// What one payer is expected to pay.
  package struct ExpectedShare: Hashable, Sendable {
    package var authority: AuthorityID
    package var amount: ExpectedAmount

    package init(authority: AuthorityID, amount: ExpectedAmount) {
      self.authority = authority
      self.amount = amount
    }
  }

  /// What a verdict is expected to be.
  package enum ExpectedVerdict: String, Hashable, Sendable, CaseIterable {
    case yes, no, unknown, disputed, notApplicable
  }

  /// What an amount is expected to be.
  package enum ExpectedAmount: Hashable, Sendable {
    case exact(Rational)
    case length(Duration)
    case range(low: Rational?, high: Rational?)
    case atMost(Rational)
    /// 待定: to be set
    case toBeSet
    case disputed
    /// 无
    case none
  }

  package init(target: Target, span: Span) {
    self.target = target
    self.span = span
    because = []
    responsible = []
    actors = []
  }
}
