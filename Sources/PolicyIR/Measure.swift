package import PolicyText
package import PolicyValues

/// One measure of a document. `措施 市县一次性建设补助`
package struct Measure: Hashable, Sendable {
  package var name: String
  /// The document's own words in their order, each with its class.
  package var force: [ForceClaim]
  /// What follows, in the document's words: `一次性建设补助`.
  package var effect: String
  /// nil: a goal, a delegation or an organisational duty without a subject.
  package var object: Object?
  /// 承办; empty = 未写明.
  package var actors: [Actor]
  /// 触发: an event of the authority, shown and never evaluated.
  package var trigger: String?
  /// All must hold, in written order.
  package var conditions: [Condition]
  /// The rule's own life, within its document's.
  package var period: Period
  /// 新旧划断: the period is judged on a date of the subject, as conditions, and not on the as-of date.
  package var isTransitional = false
  package var amount: AmountRule?
  package var payers: [Payer]
  package var instalments: [Instalment]
  package var deadlines: [DutyDeadline]
  package var materials: [String]
  package var steps: [String]
  /// 参照/依照: another rule or text whose result this one follows.
  package var reference: Reference?
  /// A limit over all applicants that a single answer never applies: `总额 1000万元，先到先得`.
  package var totalLimit: TotalLimit?
  /// The clause's departments, then the measure's own, in the document's order.
  package var departments: [Department]
  package var origin: Origin
  /// 未引条款: it was typed at a prompt, or rests on something that was, and the text does not back all of it yet.
  package var isUnbacked = false

  /// Whom a measure is asked for. `对象：康养项目`
  package struct Object: Hashable, Sendable {
    package var kind: KindID
    /// The class; nil when the object is a kind.
    package var membership: Expression?
    /// As written.
    package var name: String
    package var span: Span

    package init(kind: KindID, membership: Expression?, name: String, span: Span) {
      self.kind = kind
      self.membership = membership
      self.name = name
      self.span = span
    }
  }

  /// Who must or may act, only as the text names it.
  package enum Actor: Hashable, Sendable {
    case authority(AuthorityID)
    /// Someone whom the text describes without naming an authority: `“有关县（市、区）”`.
    case described(String)
  }

  /// One line that must hold.
  package struct Condition: Hashable, Sendable {
    package var role: Role
    package var test: Expression
    /// The measure that a carried-on precondition comes from.
    package var source: MeasureID?

    package enum Role: String, Hashable, Sendable, CaseIterable {
      /// 条件
      case condition
      /// 除外: the test holds when the exception does; it counts as 且 非
      case exception
      /// 期限: on a date of the subject
      case timeLimit
      /// 前提
      case precondition
      /// 承接: a precondition carried on from another measure
      case carried
      /// 申报窗口
      case window
      /// 让位于: the measure gives way where another's conditions hold; the test is that measure's result
      case precedence

      /// Whether the condition holds where its test does not.
      package var isNegated: Bool { self == .exception || self == .precedence }
    }

    package init(role: Role, test: Expression, source: MeasureID? = nil) {
      self.role = role
      self.test = test
      self.source = source
    }
  }

  package init(name: String, origin: Origin) {
    self.name = name
    self.origin = origin
    force = []
    effect = ""
    actors = []
    conditions = []
    period = Period()
    payers = []
    instalments = []
    deadlines = []
    materials = []
    steps = []
    departments = []
  }
}

/// A word of the document and the strength that it has.
package struct ForceClaim: Hashable, Sendable {
  package var strength: Force
  package var word: String

  package init(_ strength: Force, _ word: String) {
    self.strength = strength
    self.word = word
  }
}

/// The strength of a measure, strongest first; the label of an answer uses the weakest claim.
package enum Force: String, Hashable, Sendable, CaseIterable, Comparable {
  /// 应当 必须 要 须 落实, a bare verb
  case obligation
  /// 不得 禁止 严禁
  case prohibition
  /// 给予 享受 补助
  case entitlement
  /// 实行 办理 从简从快 一事一议
  case procedure
  /// 可 可以 允许
  case permission
  /// 优先 倾斜 重点 侧重
  case priority
  /// 支持 扶持 鼓励 引导 推进 推广 促进 培育
  case encouragement
  /// 探索 试点 先行先试
  case trial
  /// 另行制定 研究设立 完善…政策
  case delegation
  /// 目标 口号 机遇
  case goal

  package static func < (a: Force, b: Force) -> Bool {
    allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
  }
}

/// What a measure grants: money, or as 数额 another quantity or a length of time.
package struct AmountRule: Hashable, Sendable {
  package var value: Expression
  /// What the amount is called and written by; a plain number under 金额 is money.
  package var type: ValueType
  /// An authority may set it up to this value: the answer is *at most*, never the value.
  package var discretionary: Bool

  package init(value: Expression, discretionary: Bool, type: ValueType = .money) {
    self.value = value
    self.type = type
    self.discretionary = discretionary
  }
}

/// Who pays, how much of it, and under which condition.
package struct Payer: Hashable, Sendable {
  package var authority: AuthorityID
  package var share: Share
  package var condition: Expression?
  package var span: Span

  package enum Share: Hashable, Sendable {
    /// 比例未规定
    case unstated
    /// A rate of the amount.
    case rate(Expression)
    /// Money.
    case amount(Expression)
    /// 其余: what the others leave.
    case rest
  }

  package init(authority: AuthorityID, share: Share, condition: Expression? = nil, span: Span) {
    self.authority = authority
    self.share = share
    self.condition = condition
    self.span = span
  }
}

/// One part of an amount. `分期：“开工” 40%，当 已开工`, `分期：“开工” 30万元`
package struct Instalment: Hashable, Sendable {
  package var name: String
  package var share: Share
  package var condition: Expression?
  /// The date from which it is payable.
  package var date: Expression?
  package var span: Span

  package enum Share: Hashable, Sendable {
    case rate(Rational)
    /// A fixed sum in the amount's base unit.
    case amount(Rational)
    /// 其余: what the other instalments leave.
    case rest
  }

  package init(name: String, share: Share, condition: Expression?, date: Expression? = nil, span: Span) {
    self.name = name
    self.share = share
    self.condition = condition
    self.date = date
    self.span = span
  }
}

/// What the instalments of a measure state together.
package struct InstalmentSums: Hashable, Sendable {
  /// The rate of the amount that the stated rates leave.
  package var left = Rational.one
  /// The sum of the fixed sums.
  package var amounts = Rational.zero
  package var hasAmounts = false
  package var hasRest = false

  package init(_ instalments: [Instalment]) {
    for instalment in instalments {
      switch instalment.share {
      case .rate(let rate): left = (try? left.subtracting(rate)) ?? left
      case .amount(let amount):
        amounts = (try? amounts.adding(amount)) ?? amounts
        hasAmounts = true
      case .rest: hasRest = true
      }
    }
  }
}

/// The time an authority has. `时限：受理日期 起 20个工作日内`
package struct DutyDeadline: Hashable, Sendable {
  package var act: String
  /// nil: 未规定, or a word without a value (及时).
  package var start: Expression?
  package var length: Duration?
  /// As written.
  package var words: String
  package var span: Span

  package init(act: String, start: Expression?, length: Duration?, words: String, span: Span) {
    self.act = act
    self.start = start
    self.length = length
    self.words = words
    self.span = span
  }
}

/// 参照 applies another rule by analogy, 依照 the same rule, 从其规定 lets the other win.
package struct Reference: Hashable, Sendable {
  package var manner: Manner
  package var target: Target
  package var span: Span

  package enum Manner: String, Hashable, Sendable, CaseIterable {
    case analogy, accordance, deference
  }

  package enum Target: Hashable, Sendable {
    case measure(MeasureID)
    /// A text that is not on file or not named: dangling.
    case text(String)
  }

  package init(manner: Manner, target: Target, span: Span) {
    self.manner = manner
    self.target = target
    self.span = span
  }
}

/// A limit over all applicants. `总额：1000万元，先到先得（申请日期）`
package struct TotalLimit: Hashable, Sendable {
  /// In the unit of what is granted.
  package var limit: Rational?
  package var order: Order
  /// What applicants are put in order by: a date, or a rank of which the smallest comes first.
  package var key: FieldID?
  package var span: Span

  package enum Order: String, Hashable, Sendable, CaseIterable {
    case firstCome, proportional, ranked, unstated
  }

  package init(limit: Rational?, order: Order, key: FieldID? = nil, span: Span) {
    self.limit = limit
    self.order = order
    self.key = key
    self.span = span
  }
}

/// Measures whose grants are seen together. `组合 建设类资金（同一机构）`
package struct Group: Hashable, Sendable {
  package var name: String
  /// The kind whose subject is the base (同一项目).
  package var kind: KindID
  package var members: [MeasureID]
  /// Groups whose result counts as one more member each.
  ///
  /// - Invariant: each stands before this group in the program.
  package var subgroups: [GroupID] = []
  package var rule: Rule
  /// A cap on the group's grants to one subject.
  package var cap: Expression?
  /// 补差: what was received already.
  package var received: Expression?
  /// 择一: the applicant's declared choice, an option field whose value names are the members' names.
  package var chosen: FieldID?
  package var departments: [Department]
  package var origin: Origin

  package enum Rule: String, Hashable, Sendable, CaseIterable {
    /// 就高不重复
    case highest
    /// 补差
    case topUp
    /// 择一
    case oneOf
    /// 叠加
    case stack
    /// 互斥
    case exclusive
  }

  package init(
    name: String, kind: KindID, members: [MeasureID], rule: Rule, cap: Expression? = nil, received: Expression? = nil,
    chosen: FieldID? = nil, departments: [Department] = [], origin: Origin
  ) {
    self.name = name
    self.kind = kind
    self.members = members
    self.rule = rule
    self.cap = cap
    self.received = received
    self.chosen = chosen
    self.departments = departments
    self.origin = origin
  }
}
