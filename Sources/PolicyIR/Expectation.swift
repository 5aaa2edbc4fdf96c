package import PolicyText
package import PolicyValues

/// One line of expected answers. `预期：市县一次性建设补助 符合，金额 待定`
package struct Expectation: Hashable, Sendable {
  package var target: Target
  package var verdict: ExpectedVerdict?
  package var amount: ExpectedAmount?
  /// 因: what the reasons, readings or unmet conditions must be.
  package var because: [ExpectedCause]
  /// 只因: there is no other cause.
  package var isOnlyBecause = false
  package var clause: ClauseAddress?
  /// 责任单位 that the measure must have, in this order.
  package var responsible: [AuthorityID]
  package var actors: [Measure.Actor]
  /// 强度: the classes of the measure's words of strength, in their order.
  package var strengths: [Force] = []
  package var payable: ExpectedAmount?
  package var due: CivilDate?
  /// The act whose due date is meant (`到期“拨付” …`); nil: any.
  package var dueAct: String?
  package var instalments: [ExpectedInstalment] = []
  /// `出资 市财政局 30万元`
  package var shares: [ExpectedShare] = []
  /// What readings give: `读法 康养项目 狭义 不适用`.
  package var readings: [ExpectedReading] = []
  /// The label in Chinese, as answers print it: `标签 “已过期”`.
  package var label: String?
  /// Where its parts stand, in written order.
  package var parts: [Part] = []
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

  /// The verdict under one reading of a choice.
  package struct ExpectedReading: Hashable, Sendable {
    package var choice: ChoiceID
    package var reading: Int
    package var verdict: ExpectedVerdict

    package init(choice: ChoiceID, reading: Int, verdict: ExpectedVerdict) {
      self.choice = choice
      self.reading = reading
      self.verdict = verdict
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

  /// One part of the line: what it says, and its words.
  package struct Part: Hashable, Sendable {
    package var axis: Axis
    package var span: Span

    package init(axis: Axis, span: Span) {
      self.axis = axis
      self.span = span
    }
  }

  /// What a part of an expectation is about; positions are those among its kind.
  package enum Axis: Hashable, Sendable {
    case verdict, amount, payable, because, clause, responsible, actor, strength, due, label
    case instalment(Int), share(Int), reading(Int)
  }

  package init(target: Target, span: Span) {
    self.target = target
    self.span = span
    because = []
    responsible = []
    actors = []
  }

  /// Notes where a part stands; words of one axis that follow each other are one part.
  package mutating func note(_ axis: Axis, _ span: Span) {
    if let last = parts.last, last.axis == axis {
      parts[parts.count - 1].span = Span(file: span.file, start: last.span.start, end: span.end)
    } else {
      parts.append(Part(axis: axis, span: span))
    }
  }
}

extension Expectation {
  /// Whether it expects something that only a subject's decision says.
  package var asksForDecision: Bool {
    verdict != nil || amount != nil || payable != nil || due != nil || !because.isEmpty || !instalments.isEmpty
      || !shares.isEmpty || !readings.isEmpty || label != nil
  }
}

/// Why an answer is expected to be what it is. `因 缺事实 所在县区`
package struct ExpectedCause: Hashable, Sendable {
  /// nil: of any kind.
  package var kind: Kind?
  /// What it is about, a part of the words of a condition; empty: whatever it is about.
  package var name: String

  package init(kind: Kind? = nil, name: String) {
    self.kind = kind
    self.name = name
  }

  /// What stands between a subject and a yes.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// 缺事实, also one answered with 不知
    case missingFact
    /// 待认定
    case finding
    /// 列举未尽: a value that a list with 等 doesn't name
    case openList
    /// 未列全: related subjects, or a list of names
    case incomplete
    /// 缺细则
    case hole
    /// 所指不明: a text not on file or not named
    case dangling
    /// 名单未取得
    case listNotOnFile
    /// 缺名称
    case unnamed
    /// 未归类
    case unsettled
    /// 不排序
    case unranked
    /// 由机关确定
    case discretion
    /// 规则冲突
    case conflict
    /// 不可计算
    case notComputable
    /// 未满足: a condition
    case unmet
    /// 不属于: the class that a measure is for
    case notOfClass
    /// 读法: a choice on which the answer depends
    case reading
    /// Outside its period: 未生效, 已过期. No word stands for it.
    case period
  }
}
