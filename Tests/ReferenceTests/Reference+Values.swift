import PolicyIR
import PolicyValues

extension Reference {
  /// What is known of a value: where it lies, and whether it may end as no value at all.
  enum Known: Hashable {
    case value(Value), notApplicable
    case unknown(Set<Why>, Range)

    var reasons: Set<Why> { if case .unknown(let reasons, _) = self { reasons } else { [] } }

    /// Where it lies, a date by its day and an option by its order.
    var range: Range {
      switch self {
      case .value(.quantity(let number)): Range(low: number, high: number)
      case .value(.date(let date)): Range(low: Rational(Int(date.dayNumber)), high: Rational(Int(date.dayNumber)))
      case .value(.option(let index)): Range(low: Rational(Int(index)), high: Rational(Int(index)))
      case .unknown(_, let range): range
      case .value, .notApplicable: Range(mayNotApply: self == .notApplicable)
      }
    }
  }

  func value(_ expression: Expression, _ frames: [Frame]) -> Known {
    switch expression.form {
    case .literal(let value): return .value(value)
    case .field(let field, let depth): return fact(field, frames[depth])
    case .fieldOf(let owner, let field):
      guard case .field(let relation, let depth) = owner.form, let (owners, open) = related(relation, frames[depth])
      else { return .notApplicable }
      return open.map { self.open(field, $0) } ?? fact(field, owners[0])
    case .definition(let id, let depth): return value(body(id), [frames[depth]])
    case .hole(let id):
      let (filling, gap) = filling(id)
      if let filling { return value(filling, frames) }
      guard gap == .hole(id) else { return failed(gap) }
      func end(_ bound: Expression?) -> Range { bound.map { value($0, frames).range } ?? Range() }
      return .unknown([gap], Range(low: end(program.holes[id].lowest).low, high: end(program.holes[id].highest).high))
    case .parameter(let id, let date):
      let known = value(date, frames)
      guard case .value(.date(let date)) = known else { return doubtful(known) }
      return program.parameters[id].steps.last { $0.from <= date }.map { .value($0.value) } ?? failed(.tooEarly(id))
    case .measureAmount(let id):
      guard let (amount, isDiscretionary) = grant(id, frames[0]) else { return failed(.noAmount(id)) }
      let verdict = verdict(id, frames[0]).verdict.operand
      if verdict == .no { return .value(.quantity(.zero)) }
      if verdict == .yes, !isDiscretionary { return amount }
      return either([amount, .value(.quantity(.zero))], verdict.reasons.union(isDiscretionary ? [.discretion(id)] : []))
    case .asOf: return .value(.date(asOf))
    case .arithmetic(let operation, let left, let right):
      return arithmetic(operation, value(left, frames), value(right, frames))
    case .conditional(let test, let yes, let no) where expression.type != .truth:
      switch truth(test, frames) {
      case .yes: return value(yes, frames)
      case .unknown(let reasons): return either([value(yes, frames), value(no, frames)], reasons)
      case .no, .notApplicable: return value(no, frames)
      }
    case .call(let builtin, let arguments): return call(builtin, arguments.map { value($0, frames) })
    case .aggregate(let aggregate, let relation, let depth, let filter, let body) where expression.type != .truth:
      return gathered(aggregate, relation, frames[depth], filter, body, frames)
    case .rounded(let operand, let rounding):
      let known = value(operand, frames)
      func round(_ end: Rational?) -> Rational? { try? end?.rounded(toMultipleOf: rounding.unit, mode: rounding.mode) }
      if case .value = known { return round(known.range.low).map { .value(.quantity($0)) } ?? failed(.overflow) }
      guard case .unknown(let reasons, var range) = known else { return known }
      (range.low, range.high) = (round(range.low), round(range.high))
      return .unknown(reasons, range)
    case .table, .tiers: return .notApplicable
    case .classification, .onList, .dangling, .conjunction, .disjunction, .negation, .atLeast, .comparison, .membership,
      .measureHolds, .conditional, .aggregate:
      let truth = truth(expression, frames)
      return truth.reasons.isEmpty ? .value(.truth(truth == .yes)) : .unknown(truth.reasons, Range())
    }
  }

  private func failed(_ why: Why) -> Known { .unknown([why], Range(mayFail: true)) }

  /// The same doubt about something that may not be computable either.
  private func doubtful(_ known: Known) -> Known {
    guard case .unknown(let reasons, let range) = known else { return .notApplicable }
    return .unknown(reasons, Range(mayNotApply: range.mayNotApply, mayFail: true))
  }

  func fact(_ field: FieldID, _ frame: Frame) -> Known {
    switch frame.subject.facts[program.fields[field].slot] {
    case .value(let value): .value(value)
    case .missing, .notKnown: open(field, absent(field, frame))
    case .notApplicable, .one, .many: .notApplicable
    }
  }

  /// A fact that isn't there; readers of facts take no negative number.
  private func open(_ field: FieldID, _ why: Why) -> Known {
    guard case .quantity = program.fields[field].type else { return .unknown([why], Range(mayNotApply: true)) }
    return .unknown([why], Range(low: .zero, mayNotApply: true))
  }

  /// One of several results, and it isn't known which: the common one, else between the least and the greatest.
  private func either(_ results: [Known], _ reasons: Set<Why>) -> Known {
    if results.allSatisfy({ $0 == results[0] && $0.reasons.isEmpty }) { return results[0] }
    let ranges = results.filter { $0 != .notApplicable }.map(\.range)
    var hull = Range(low: outermost(ranges.map(\.low), <), high: outermost(ranges.map(\.high), >))
    hull.mayNotApply = results.contains { $0.range.mayNotApply }
    hull.mayFail = ranges.contains { $0.mayFail }
    return .unknown(union([reasons] + results.map(\.reasons)), hull)
  }

  private func arithmetic(_ operation: Expression.Arithmetic, _ left: Known, _ right: Known) -> Known {
    switch (left, right) {
    case (.notApplicable, _), (_, .notApplicable): return .notApplicable
    case (.value(.quantity(let a)), .value(.quantity(let b))):
      let isByZero = operation == .divide && b.isZero
      return computed(operation, a, b).map { .value(.quantity($0)) } ?? failed(isByZero ? .divisionByZero : .overflow)
    case (.value(.date(let date)), .value(.duration(let length))):
      let sign = operation == .subtract ? -1 : 1
      let day = try? date.adding(months: sign * Int(length.months)).adding(days: sign * Int(length.days))
      return day.map { worked(sign * Int(length.workingDays), after: $0) } ?? failed(.overflow)
    default:
      return .unknown(left.reasons.union(right.reasons), left.range.combined(operation, right.range))
    }
  }

  private func worked(_ count: Int, after day: CivilDate) -> Known {
    switch program.calendar.date(count, workingDaysAfter: day) {
    case .date(let date): .value(.date(date))
    case .yearNotLoaded(let year): failed(.year(year))
    }
  }

  private func call(_ builtin: Builtin, _ arguments: [Known]) -> Known {
    if arguments.contains(.notApplicable) { return .notApplicable }
    let reasons = union(arguments.map(\.reasons))
    if builtin != .least, builtin != .greatest, !reasons.isEmpty {
      return .unknown(reasons, Range(mayNotApply: true, mayFail: true))
    }
    let dates = arguments.compactMap { if case .value(.date(let date)) = $0 { date } else { nil } }
    func count(_ number: Int) -> Known { .value(.quantity(Rational(number))) }
    switch builtin {
    case .least, .greatest: return extreme(builtin == .least, arguments)
    case .fullYears: return count(CivilDate.fullYears(from: dates[0], to: dates[1]))
    case .fullMonths: return count(CivilDate.fullMonths(from: dates[0], to: dates[1]))
    case .days: return count(CivilDate.days(from: dates[0], to: dates[1]))
    case .year: return count(dates[0].year)
    case .monthDay: return count(dates[0].month * 100 + dates[0].day)
    case .endOfYear: return .value(.date(CivilDate(year: dates[0].year, month: 12, day: 31)!))
    case .workingDaysAfter: return worked(Int(arguments[1].range.low!.numerator), after: dates[0])
    }
  }

  private func extreme(_ isLeast: Bool, _ items: [Known]) -> Known {
    let (ranges, reasons) = (items.map(\.range), union(items.map(\.reasons)))
    let (lows, highs) = (ranges.map(\.low), ranges.map(\.high))
    if reasons.isEmpty { return items.min { isLeast ? $0.range.low! < $1.range.low! : $0.range.low! > $1.range.low! }! }
    var range = Range(mayNotApply: ranges.contains { $0.mayNotApply }, mayFail: ranges.contains { $0.mayFail })
    range.low = isLeast ? outermost(lows, <) : lows.compactMap { $0 }.max()
    range.high = isLeast ? highs.compactMap { $0 }.min() : outermost(highs, >)
    return .unknown(reasons, range)
  }

  /// 合计, 计数, 最大, 最小: 不适用 counts as nothing, and what may be missing from the list can only add to a sum.
  private func gathered(
    _ aggregate: Expression.Aggregate, _ relation: FieldID, _ owner: Frame, _ filter: Expression?, _ body: Expression?,
    _ frames: [Frame]
  ) -> Known {
    guard let (members, open) = related(relation, owner) else { return .notApplicable }
    let (adds, nothing) = (aggregate == .count || onlyAdds(body!), Known.value(.quantity(.zero)))
    var (sure, unsure): ([Known], [Known]) = ([], [])
    for member in members {
      let counts = filter.map { truth($0, [member] + frames) } ?? .yes
      let item = aggregate == .count ? .value(.quantity(.one)) : value(body!, [member] + frames)
      if counts == .no || item == .notApplicable { continue }
      var range = item.range
      range.mayNotApply = false
      let known = item.reasons.union(counts.reasons).isEmpty ? item : .unknown(item.reasons.union(counts.reasons), range)
      if counts == .yes, !item.range.mayNotApply { sure.append(known) } else { unsure.append(known) }
    }
    if let open { unsure.append(.unknown([open], Range(low: adds ? .zero : nil, mayFail: !adds))) }
    let isSum = aggregate == .sum || aggregate == .count
    if sure.isEmpty, unsure.isEmpty, !isSum { return failed(.emptyList(relation)) }
    let start = isSum ? sure.reduce(nothing) { arithmetic(.add, $0, $1) } : extreme(aggregate == .least, sure.isEmpty ? unsure : sure)
    var result = unsure.reduce(start) { total, item in
      isSum ? arithmetic(.add, total, either([item, nothing], [])) : either([total, extreme(aggregate == .least, [total, item])], [])
    }
    guard case .unknown(let reasons, var range) = result else { return result }
    // Perhaps nothing is left to compare, or the list itself is 不适用.
    if sure.isEmpty, !isSum {
      range = (unsure.count == 1 ? unsure[0] : either(unsure, [])).range
      range.mayFail = true
    }
    if case .many = owner.subject.facts[program.fields[relation].slot] {} else { range.mayNotApply = true }
    result = .unknown(reasons, range)
    return result
  }

  /// Whether a value is surely not below zero and computable, as far as the form shows it.
  private func onlyAdds(_ expression: Expression) -> Bool {
    switch expression.form {
    case .literal(.quantity(let number)): number >= .zero
    case .field, .fieldOf, .aggregate(.count, _, _, _, _): true
    case .definition(let id, _): program.definitions[id].bodies.allSatisfy(onlyAdds)
    case .conditional(_, let yes, let no): onlyAdds(yes) && onlyAdds(no)
    case .arithmetic(.add, let a, let b), .arithmetic(.multiply, let a, let b): onlyAdds(a) && onlyAdds(b)
    case .call(.least, let items), .call(.greatest, let items): items.allSatisfy(onlyAdds)
    case .rounded(let operand, _), .aggregate(.sum, _, _, _, let operand?): onlyAdds(operand)
    default: false
    }
  }
}
