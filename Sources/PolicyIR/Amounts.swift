package import PolicyText
package import PolicyValues

/// A rule that the text leaves to be issued. `空缺 建设补助办法：金额`
package struct Hole: Hashable, Sendable {
  package var name: String
  package var type: ValueType
  /// Who fills it, in the text's words and roles.
  package var authors: [Department]
  /// The time limit for filling it; nil = 未规定.
  package var deadline: Deadline?
  /// A bound that the text sets on what fills it (`不少于 100元`).
  package var lowest: Expression?
  package var highest: Expression?
  package var fillings: [Filling]
  package var origin: Origin

  /// By when it is to be filled.
  package enum Deadline: Hashable, Sendable {
    case day(CivilDate)
    /// A time from a day of its document: `成文日期 起 30日 内`.
    case after(CivilDate, Duration)
  }

  /// Another document's rule that fills a hole. `补入 朔政办发〔2022〕36号 建设补助办法`
  package struct Filling: Hashable, Sendable {
    package var value: Expression
    package var period: Period
    package var origin: Origin

    package init(value: Expression, period: Period, origin: Origin) {
      self.value = value
      self.period = period
      self.origin = origin
    }
  }

  package init(
    name: String, type: ValueType, authors: [Department], deadline: Deadline? = nil, lowest: Expression? = nil,
    highest: Expression? = nil, fillings: [Filling] = [], origin: Origin
  ) {
    self.name = name
    self.type = type
    self.authors = authors
    self.deadline = deadline
    self.lowest = lowest
    self.highest = highest
    self.fillings = fillings
    self.origin = origin
  }
}

/// A value that changes with time. `参数 低保标准：金额` with `自 2024年1月1日：500元`
package struct Parameter: Hashable, Sendable {
  package var name: String
  package var type: ValueType
  /// Ascending by date; before the first the value is unknown.
  package var steps: [Step]
  package var origin: Origin

  package struct Step: Hashable, Sendable {
    package var from: CivilDate
    package var value: Value
    package var span: Span

    package init(from: CivilDate, value: Value, span: Span) {
      self.from = from
      self.value = value
      self.span = span
    }
  }

  package init(name: String, type: ValueType, steps: [Step], origin: Origin) {
    self.name = name
    self.type = type
    self.steps = steps
    self.origin = origin
  }
}

/// A decision table: the first column group tests, the last column is the result; exactly one row may match.
/// `标准表 每床补助`
package struct DecisionTable: Hashable, Sendable {
  package var name: String
  package var kind: KindID
  package var type: ValueType
  /// Column heads, without the result's.
  package var columns: [String]
  package var rows: [Row]
  package var origin: Origin

  package struct Row: Hashable, Sendable {
    /// One test a column; nil is — (any).
    package var tests: [Expression?]
    package var result: Expression
    package var span: Span

    package init(tests: [Expression?], result: Expression, span: Span) {
      self.tests = tests
      self.result = result
      self.span = span
    }
  }

  package init(
    name: String, kind: KindID, type: ValueType, columns: [String], rows: [Row], origin: Origin
  ) {
    self.name = name
    self.kind = kind
    self.type = type
    self.columns = columns
    self.rows = rows
    self.origin = origin
  }
}

/// Tiers over one quantity. `档次表 阶梯补助（投资额），按分段`
package struct TierSchedule: Hashable, Sendable {
  package var name: String
  package var kind: KindID
  package var base: Expression
  package var mode: Mode
  package var type: ValueType
  /// Ascending, without gaps or overlaps (checked).
  package var tiers: [Tier]
  package var origin: Origin

  package enum Mode: String, Hashable, Sendable, CaseIterable {
    /// 按全额: the tier of the whole value, its rate times the whole value (or its fixed amount)
    case whole
    /// 按分段: each slice at its own rate
    case sliced
  }

  package struct Tier: Hashable, Sendable {
    /// nil: unbounded below.
    package var low: Rational?
    package var lowIncluded: Bool
    /// nil: unbounded above.
    package var high: Rational?
    package var highIncluded: Bool
    /// A rate times the base, or a fixed amount.
    package var rate: Expression
    package var isRate: Bool
    package var span: Span

    package init(
      low: Rational?, lowIncluded: Bool, high: Rational?, highIncluded: Bool, rate: Expression, isRate: Bool,
      span: Span
    ) {
      self.low = low
      self.lowIncluded = lowIncluded
      self.high = high
      self.highIncluded = highIncluded
      self.rate = rate
      self.isRate = isRate
      self.span = span
    }
  }

  /// Whether a greater base never gives less under these rates or fixed amounts: none is below zero, and no boundary steps
  /// down.
  package func isMonotone(_ rates: [Rational]) -> Bool {
    if rates.contains(where: \.isNegative) { return false }
    if mode == .sliced { return true }
    for position in tiers.indices.dropFirst() {
      let (before, after) = (tiers[position - 1], tiers[position])
      guard let boundary = before.high ?? after.low else { return false }
      let left = before.isRate ? try? boundary.multiplied(by: rates[position - 1]) : rates[position - 1]
      let right = after.isRate ? try? boundary.multiplied(by: rates[position]) : rates[position]
      guard let left, let right, left <= right else { return false }
    }
    return true
  }

  package init(
    name: String, kind: KindID, base: Expression, mode: Mode, type: ValueType, tiers: [Tier], origin: Origin
  ) {
    self.name = name
    self.kind = kind
    self.base = base
    self.mode = mode
    self.type = type
    self.tiers = tiers
    self.origin = origin
  }
}
