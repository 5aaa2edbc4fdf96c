import PolicyAnswers
import PolicyCoverage
import PolicyIR
import PolicyText
import PolicyValues

/// Mistakes in measures.
extension MutantMaker {
  mutating func measure(_ id: MeasureID) {
    let measure = program.measures[id]
    strength(id)
    duties(id)
    guard let object = measure.object else { return }
    let measures = users(of: .verdict(id))
    let rule = RuleName.measure(id)
    if object.membership != nil {
      add(rule, object.span, .conditions, "对象不限于“\(object.name)”", "the class is dropped", measures: measures) {
        $0.measures[id.index].object?.membership = nil
      }
    }
    for (position, condition) in measure.conditions.enumerated() {
      let text = zh.ruleText(condition.test.span)
      add(
        rule, condition.test.span, .conditions, "去掉“\(text)”", "“\(text)” dropped", measures: measures,
        place: .init(owner: .condition(id, position), path: [])
      ) { _ = $0.measures[id.index].conditions.remove(at: position) }
      if condition.role == .exception || condition.role == .precedence {
        add(
          rule, condition.test.span, .conditions, "除外改为条件", "an exception becomes a condition", measures: measures,
          place: .init(owner: .condition(id, position), path: [])
        ) { $0.measures[id.index].conditions[position].role = .condition }
      }
    }
    if let reference = measure.reference {
      add(rule, reference.span, .conditions, "去掉所参照、依照的规定", "the rule that it follows is dropped", measures: measures) {
        $0.measures[id.index].reference = nil
      }
    }
    period(measure.period, rule, measure.origin.span, measures, "") { program, changed in
      program.measures[id.index].period = changed
    }
    payment(id, users(of: .amount(id)))
  }

  /// The classes of its words, each one the weakest or, for those, the strongest.
  private mutating func strength(_ id: MeasureID) {
    for (position, claim) in program.measures[id].force.enumerated() {
      let other: Force = claim.strength == .permission ? .obligation : .permission
      add(
        .measure(id), program.measures[id].origin.span, .strength,
        "“\(claim.word)”由\(claim.strength.className)改为\(other.className)",
        "“\(claim.word)” becomes \(other.rawValue)", measures: [id]
      ) { $0.measures[id.index].force[position].strength = other }
    }
  }

  private mutating func duties(_ id: MeasureID) {
    let measure = program.measures[id]
    let rule = RuleName.measure(id)
    for (position, department) in measure.departments.enumerated()
    // Payers and actors are changed where they are named.
    where department.role != .payer && department.role != .actor {
      let name = program.authorities[department.authority].name
      add(
        rule, measure.origin.span, .duties, "去掉\(zh.role(department.role))单位\(name)", "\(name) dropped", measures: [id]
      ) {
        _ = $0.measures[id.index].departments.remove(at: position)
      }
      if position + 1 < measure.departments.count, measure.departments[position + 1].role == department.role {
        let next = program.authorities[measure.departments[position + 1].authority].name
        add(
          rule, measure.origin.span, .duties, "\(name)和\(next)对调", "\(name) and \(next) change places", measures: [id]
        ) {
          $0.measures[id.index].departments.swapAt(position, position + 1)
        }
      }
    }
    for (position, actor) in measure.actors.enumerated() {
      let name =
        switch actor {
        case .authority(let id): program.authorities[id].name
        case .described(let words): words
        }
      add(rule, measure.origin.span, .duties, "去掉承办“\(name)”", "actor “\(name)” dropped", measures: [id]) {
        _ = $0.measures[id.index].actors.remove(at: position)
      }
    }
    for (position, deadline) in measure.deadlines.enumerated() {
      guard let length = deadline.length, measure.object != nil, deadline.start != nil else { continue }
      for case .duration(let other) in neighbours(.duration(length), .duration) {
        add(
          rule, deadline.span, .duties, "时限\(length.chineseDescription)改为\(other.chineseDescription)",
          "\(length.englishDescription) becomes \(other.englishDescription)", measures: [id]
        ) { $0.measures[id.index].deadlines[position].length = other }
      }
    }
  }

  private mutating func payment(_ id: MeasureID, _ measures: [MeasureID]) {
    let measure = program.measures[id]
    let rule = RuleName.measure(id)
    if let amount = measure.amount {
      add(
        rule, amount.value.span, .money, amount.discretionary ? "不由机关确定" : "改为由机关确定",
        amount.discretionary ? "not at discretion" : "at discretion", measures: measures
      ) { $0.measures[id.index].amount?.discretionary = !amount.discretionary }
    }
    for (position, payer) in measure.payers.enumerated() {
      let name = program.authorities[payer.authority].name
      add(rule, payer.span, .money, "去掉出资人\(name)", "payer \(name) dropped", measures: [id]) {
        _ = $0.measures[id.index].payers.remove(at: position)
      }
      if payer.condition != nil {
        add(rule, payer.span, .money, "\(name)不论条件都出资", "\(name) pays without the condition", measures: [id]) {
          $0.measures[id.index].payers[position].condition = nil
        }
      }
    }
    for (position, instalment) in measure.instalments.enumerated() {
      add(
        rule, instalment.span, .money, "去掉分期“\(instalment.name)”", "instalment “\(instalment.name)” dropped",
        measures: [id]
      ) {
        _ = $0.measures[id.index].instalments.remove(at: position)
      }
      if instalment.condition != nil {
        add(
          rule, instalment.span, .money, "分期“\(instalment.name)”不论条件", "“\(instalment.name)” without its condition",
          measures: [id]
        ) {
          $0.measures[id.index].instalments[position].condition = nil
        }
      }
      let others: [Instalment.Share]
      switch instalment.share {
      case .rate(let rate): others = neighbours(.quantity(rate), .quantity(.number)).shares { .rate($0) }
      case .amount(let amount): others = neighbours(.quantity(amount), .money).shares { .amount($0) }
      case .rest: others = []
      }
      for other in others {
        add(
          rule, instalment.span, .money, "分期“\(instalment.name)”的份额改变", "another share of “\(instalment.name)”",
          measures: [id]
        ) {
          $0.measures[id.index].instalments[position].share = other
        }
      }
    }
  }

  /// A day sooner and later at each end that has a day.
  mutating func period(
    _ period: Period, _ rule: RuleName, _ span: Span, _ measures: [MeasureID], _ what: String,
    _ set: @escaping @Sendable (inout Program, Period) -> Void
  ) {
    for isStart in [true, false] {
      guard case .date(let day) = isStart ? period.start : period.end else { continue }
      for case .date(let other) in neighbours(.date(day), .date) {
        var changed = period
        if isStart { changed.start = .date(other) } else { changed.end = .date(other) }
        let period = changed
        add(
          rule, span, .duties,
          "\(what)\(isStart ? "施行之日" : "有效期末日")\(zh.date(day))改为\(zh.date(other))",
          "\(isStart ? "first" : "last") day \(en.date(day)) becomes \(en.date(other))", measures: measures
        ) { set(&$0, period) }
      }
    }
  }
}

extension [Value] {
  fileprivate func shares(_ make: (Rational) -> Instalment.Share) -> [Instalment.Share] {
    compactMap { if case .quantity(let number) = $0 { make(number) } else { nil } }
  }
}
