package import PolicyText
package import PolicyValues

/// A closed set of values. `选项 医院等级（有序）：未定级、一级、二级、三级`
package struct OptionType: Hashable, Sendable {
  package var name: String
  package var values: [OptionValue]
  package var ordered: Bool
  package var span: Span

  package init(name: String, values: [OptionValue], ordered: Bool, span: Span) {
    self.name = name
    self.values = values
    self.ordered = ordered
    self.span = span
  }
}

/// One value of an option.
package struct OptionValue: Hashable, Sendable {
  package var name: String
  package var aliases: [String]
  /// A code of a standard (GB/T 2260), as text.
  package var code: String?
  /// An ordered option's value outside the order (未定级): any comparison with it is unknown.
  package var unranked: Bool

  package init(name: String, aliases: [String] = [], code: String? = nil, unranked: Bool = false) {
    self.name = name
    self.aliases = aliases
    self.code = code
    self.unranked = unranked
  }
}

/// What facts are recorded of. `主体 项目`
package struct Kind: Hashable, Sendable {
  package var name: String
  /// In declared order; a field's `slot` is its position here.
  package var fields: [FieldID]
  package var span: Span

  package init(name: String, fields: [FieldID] = [], span: Span) {
    self.name = name
    self.fields = fields
    self.span = span
  }
}

/// A fact of a kind. `备案总投资：金额 问“备案总投资是多少？”`
package struct Field: Hashable, Sendable {
  package var name: String
  package var kind: KindID
  /// The position among its kind's fields.
  package var slot: Int
  package var type: ValueType
  /// Header names under which tables may give it.
  package var aliases: [String]
  /// A finding: who decides it (由 … 认定).
  package var finder: AuthorityID?
  /// A rule that the text refers to without naming it or that is not on file (援引“…”): while the fact is missing the
  /// reason is the dangling reference.
  package var refersTo: String?
  /// The paper that proves it (凭“…”).
  package var proof: String?
  package var question: String?
  /// Whether the subject can change it (`不可变` otherwise), for nearest changes.
  package var changeable: Bool
  package var span: Span

  package init(
    name: String, kind: KindID, slot: Int, type: ValueType, aliases: [String] = [], finder: AuthorityID? = nil,
    refersTo: String? = nil, proof: String? = nil, question: String? = nil, changeable: Bool = true, span: Span
  ) {
    self.name = name
    self.kind = kind
    self.slot = slot
    self.type = type
    self.aliases = aliases
    self.finder = finder
    self.refersTo = refersTo
    self.proof = proof
    self.question = question
    self.changeable = changeable
    self.span = span
  }
}

/// A named expression over a kind, with one body or several readings.
/// `定义 康养项目（项目）：是否` with `读法 广义：…`, `读法 狭义：…`
package struct Definition: Hashable, Sendable {
  package var name: String
  package var kind: KindID
  package var type: ValueType
  /// One body without a choice, or one body for each reading of `choice`.
  package var bodies: [Expression]
  /// Which reading holds; shared with another definition by `随`. nil when there is one body.
  package var choice: ChoiceID?
  package var origin: Origin

  package init(
    name: String, kind: KindID, type: ValueType, bodies: [Expression], choice: ChoiceID?, origin: Origin
  ) {
    self.name = name
    self.kind = kind
    self.type = type
    self.bodies = bodies
    self.choice = choice
    self.origin = origin
  }
}

/// The values of an option field sorted. `归类 社会力量（项目 的 投资主体）`
package struct Classification: Hashable, Sendable {
  package var name: String
  package var kind: KindID
  package var field: FieldID
  /// One entry for each value of the option.
  package var sorting: [Sorting]
  package var origin: Origin

  /// Where a value belongs.
  package enum Sorting: Hashable, Sendable {
    case yes, no
    /// 分歧: its own choice, readings 是 and 否.
    case disputed(ChoiceID)
    /// 待定: unknown, to be settled.
    case unsettled
  }

  package init(name: String, kind: KindID, field: FieldID, sorting: [Sorting], origin: Origin) {
    self.name = name
    self.kind = kind
    self.field = field
    self.sorting = sorting
    self.origin = origin
  }
}

/// A choice among readings, made once per evaluation.
package struct Choice: Hashable, Sendable {
  /// The definition's name, or `社会力量：央企` for a sorted value.
  package var name: String
  package var readings: [String]
  /// A settled reading (口径).
  package var ruling: Ruling?
  package var origin: Origin

  package init(name: String, readings: [String], ruling: Ruling? = nil, origin: Origin) {
    self.name = name
    self.readings = readings
    self.ruling = ruling
    self.origin = origin
  }
}

/// A settled reading with its basis and date. `口径 康养项目：广义`
package struct Ruling: Hashable, Sendable {
  package var reading: Int
  package var basis: String
  package var date: CivilDate
  package var span: Span

  package init(reading: Int, basis: String, date: CivilDate, span: Span) {
    self.reading = reading
    self.basis = basis
    self.date = date
    self.span = span
  }
}
