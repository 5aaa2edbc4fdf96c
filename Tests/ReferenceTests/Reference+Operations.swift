import PolicyIR
import PolicyValues

extension Reference {
  func union(_ sets: [Set<Why>]) -> Set<Why> { sets.reduce([]) { $1.isEmpty ? $0 : $0.union($1) } }

  func all(_ truths: [Known]) -> Known {
    if truths.contains(.no) { return .no }
    return truths.allSatisfy { $0 == .yes } ? .yes : .unknown(union(truths.map(\.reasons)))
  }

  func any(_ truths: [Known]) -> Known { all(truths.map(\.negated)).negated }

  /// One of several results, and it isn't known which: the common one, else between the least and the greatest.
  func either(_ results: [Known], _ reasons: Set<Why>) -> Known {
    if results.allSatisfy({ $0 == results[0] && $0.reasons.isEmpty }) { return results[0] }
    var hull = Range.hull(results.filter { $0 != .notApplicable }.map(\.range))
    hull.mayNotApply = results.contains { $0.range.mayNotApply }
    return .unknown(union([reasons] + results.map(\.reasons)), hull)
  }

  /// A comparison with 不适用 is no; with an unknown it is decided where all numbers within the bounds give the same.
  func compare(_ comparison: Expression.Comparison, _ type: ValueType, _ one: Known, _ two: Known) -> Known {
    if one == .notApplicable || two == .notApplicable { return .no }
    var reasons = one.reasons.union(two.reasons)
    if comparison != .equal, comparison != .notEqual, case .option(let id) = type {
      for case .value(.option(let index)) in [one, two] where program.optionTypes[id].values[Int(index)].unranked {
        reasons.insert(.unranked(id, index))
      }
    }
    if let known = compareLengths(comparison, one, two) { return known }
    let (a, b) = (one.range, two.range)
    if reasons.isEmpty, a.low == nil { return (one == two) == (comparison == .equal) ? .yes : .no }
    guard let decided = a.decides(comparison, b) else { return .unknown(reasons) }
    if reasons.isEmpty { return decided ? .yes : .no }
    guard case .quantity = type, !a.mayFail, !b.mayFail, !decided || !a.mayNotApply && !b.mayNotApply
    else { return .unknown(reasons) }
    return decided ? .yes : .no
  }

  /// The value of what fills a hole, or the hole within its bounds.
  func hole(_ hole: Hole, _ id: HoleID, _ frames: [Frame]) -> Known {
    let inForce = hole.fillings.indices.filter { [.inForce, .unstated].contains(life([hole.fillings[$0].period])) }
    if inForce.count == 1 { return value(hole.fillings[inForce[0]].value, frames) }
    if inForce.count > 1 { return failed(.fillings(id, inForce)) }
    func end(_ bound: Expression?) -> Range { bound.map { value($0, frames).range } ?? Range() }
    return .unknown([.hole(id)], Range(low: end(hole.lowest).low, high: end(hole.highest).high))
  }

  func arithmetic(_ operation: Expression.Arithmetic, _ left: Known, _ right: Known) -> Known {
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

  func call(_ builtin: Builtin, _ arguments: [Known]) -> Known {
    if arguments.contains(.notApplicable) { return .notApplicable }
    if builtin == .least || builtin == .greatest { return extreme(builtin == .least, arguments) }
    let dates = arguments.compactMap { if case .value(.date(let date)) = $0 { date } else { nil } }
    func count(_ number: Int) -> Known { .value(.quantity(Rational(number))) }
    let reasons = union(arguments.map(\.reasons))
    if !reasons.isEmpty { return .unknown(reasons, Range(mayNotApply: true, mayFail: true)) }
    switch builtin {
    case .fullYears: return count(CivilDate.fullYears(from: dates[0], to: dates[1]))
    case .fullMonths: return count(CivilDate.fullMonths(from: dates[0], to: dates[1]))
    case .days: return count(CivilDate.days(from: dates[0], to: dates[1]))
    case .year: return count(dates[0].year)
    case .monthDay: return count(dates[0].month * 100 + dates[0].day)
    case .endOfYear: return .value(.date(CivilDate(year: dates[0].year, month: 12, day: 31)!))
    case .workingDaysAfter: return worked(Int(arguments[1].range.low!.numerator), after: dates[0])
    case .least, .greatest: return .notApplicable
    }
  }

  private func extreme(_ isLeast: Bool, _ items: [Known]) -> Known {
    let reasons = union(items.map(\.reasons))
    if !reasons.isEmpty { return .unknown(reasons, .extreme(isLeast, items.map(\.range))) }
    return items.min { isLeast ? $0.range.low! < $1.range.low! : $0.range.low! > $1.range.low! }!
  }

  /// 合计, 计数, 最大, 最小: 不适用 counts as nothing, and what may be missing from the list can only add to a sum.
  func gathered(
    _ aggregate: Expression.Aggregate, _ relation: FieldID, _ owner: Frame, _ filter: Expression?, _ body: Expression?,
    _ frames: [Frame]
  ) -> Known {
    guard let (members, open) = related(relation, owner) else { return .notApplicable }
    let (adds, nothing) = (aggregate == .count || program.onlyAdds(body!), Known.value(.quantity(.zero)))
    var (sure, unsure): ([Known], [Known]) = ([], [])
    for member in members {
      let counts = filter.map { test($0, [member] + frames) } ?? .yes
      let item = aggregate == .count ? .value(.quantity(.one)) : value(body!, [member] + frames)
      if counts == .no || item == .notApplicable { continue }
      var range = item.range
      range.mayNotApply = false
      let reasons = item.reasons.union(counts.reasons)
      let known = reasons.isEmpty ? item : .unknown(reasons, range)
      if counts == .yes, !item.range.mayNotApply { sure.append(known) } else { unsure.append(known) }
    }
    if let open { unsure.append(.unknown([open], Range(low: adds ? .zero : nil, mayFail: !adds))) }
    let isLeast = aggregate == .least, isSum = aggregate == .sum || aggregate == .count
    if sure.isEmpty, unsure.isEmpty, !isSum { return failed(.emptyList(relation)) }
    let start =
      isSum ? sure.reduce(nothing) { arithmetic(.add, $0, $1) } : extreme(isLeast, sure.isEmpty ? unsure : sure)
    let result = unsure.reduce(start) { total, item in
      isSum
        ? arithmetic(.add, total, either([item, nothing], [])) : either([total, extreme(isLeast, [total, item])], [])
    }
    guard case .unknown(let reasons, var range) = result else { return result }
    // Perhaps nothing is left to compare, or the list itself is 不适用.
    if sure.isEmpty, !isSum {
      range = .hull(unsure.map(\.range))
      range.mayFail = true
    }
    if case .many = owner.subject.facts[program.fields[relation].slot] {} else { range.mayNotApply = true }
    return .unknown(reasons, range)
  }
}
