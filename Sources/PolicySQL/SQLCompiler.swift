import PolicyEvaluation
import PolicyIR
import PolicyPlans
import PolicyText
import PolicyValues

/// Plans measures for a dialect: the planner's steps, and how the dialect's numbers hold each value. What they can't is refused.
struct SQLCompiler {
  private(set) var planner: Planner
  let dialect: SQLDialect
  private var shapes: [Int32: ValueShape] = [:]
  /// The words that are looked at, for refusals.
  private var place: Span
  var program: Program { planner.program }

  init(_ prepared: PreparedProgram, kind: KindID, asOf: CivilDate, dialect: SQLDialect) {
    planner = Planner(prepared, kind: kind, asOf: asOf)
    place = planner.program.kinds[kind].span
    self.dialect = dialect
  }

  /// The field at a slot.
  func field(_ slot: Int) -> FieldID { program.kinds[planner.kind].fields[slot] }

  /// How a value of a plan is held.
  func shape(_ value: Int32) -> ValueShape { shapes[value] ?? ValueShape() }

  /// How a measure of the kind is answered.
  mutating func plan(of id: MeasureID) -> MeasurePlan {
    var plan = planner.plan(of: id)
    if plan.refusal != nil { return plan }
    do throws(Refusal.Cause) {
      for (step, place) in planner.places {
        self.place = place
        switch step {
        case .truth(let number): try check(planner.truths[Int(number)])
        case .value(let number):
          if shapes[number] == nil { shapes[number] = try shape(of: number) }
        }
      }
    } catch {
      plan.refusal = Refusal(cause: error, place: place)
    }
    return plan
  }

  private func check(_ step: TruthStep) throws(Refusal.Cause) {
    switch step {
    case .values(let one, _, let two): _ = try common(shape(one), shape(two))
    case .quantity(_, _, let number, _): if (try? number.scaled(by: 10_000)) == nil { throw .width }
    case .constant, .field, .option, .date, .dates, .all, .any, .negation, .atLeast, .choose, .holds: break
    }
  }

  private mutating func shape(of value: Int32) throws(Refusal.Cause) -> ValueShape {
    switch planner.values[Int(value)] {
    case .number(let number): return try fitting(ValueShape(number))
    case .day(let date): return ValueShape(isDate: true, low: Int128(date.year), high: Int128(date.year))
    case .field(let slot):
      switch SQLColumn(field(slot), in: program)?.form {
      case .date?:
        let years = SQLColumn.years
        return ValueShape(isDate: true, low: Int128(years.lowerBound), high: Int128(years.upperBound))
      case .quantity(let parts, let greatest)?: return ValueShape(parts: parts, high: greatest)
      case .truth?, .option?, .text?, nil: throw .form
      }
    case .open(let lowest, let highest, _):
      let ends = [lowest, highest].compactMap { $0 }
      // Ends that are themselves open would make bounds of bounds.
      if numbers(ends) == nil { throw .form }
      return try common(of: ends) ?? ValueShape(isDate: planner.isDate[Int(value)])
    case .failed: return ValueShape(isDate: planner.isDate[Int(value)])
    case .arithmetic(let operation, let one, let two): return try arithmetic(operation, one, two)
    case .extreme(let one, let two, _), .choose(_, let one, let two): return try common(shape(one), shape(two))
    case .parameter(_, let periods, _): return try common(of: periods.map(\.value)) ?? ValueShape()
    case .shifted(let date, let duration): return try shifted(shape(date), duration)
    case .tiers(let id, let base, let rates, _): return try tiers(id, shape(base), rates)
    case .table(let id, let tests, let results, _): return try table(program.tables[id], tests, results)
    case .ofDate(let builtin, let date):
      return builtin == .endOfYear ? shape(date) : ValueShape(low: 1, high: builtin == .year ? 9_999 : 1_231)
    case .ofDates(let builtin, _, _):
      if builtin == .workingDaysAfter { throw .duration }
      let most: Int128 = builtin == .fullYears ? 10_000 : builtin == .fullMonths ? 120_000 : 3_700_000
      return ValueShape(low: -most, high: most)
    case .rounded(let operand, let rounding): return try rounded(shape(operand), rounding)
    }
  }

  /// No date may leave the years that every database knows, and none has our calendar of working days.
  private func shifted(_ date: ValueShape, _ duration: Duration) throws(Refusal.Cause) -> ValueShape {
    if duration.workingDays != 0 { throw .duration }
    let (months, days) = (Int(duration.months), Int(duration.days))
    var shape = date
    shape.low += Int128(min(months, 0) / 12 + min(days, 0) / 365 - 2)
    shape.high += Int128(max(months, 0) / 12 + max(days, 0) / 365 + 2)
    if shape.low < 1 || shape.high > 9_999 { throw .duration }
    return shape
  }

  /// A schedule of tiers whose rates are the same for every row.
  private mutating func tiers(
    _ id: TierScheduleID, _ base: ValueShape, _ rates: [Int32]
  ) throws(Refusal.Cause) -> ValueShape {
    guard let numbers = numbers(rates), !rates.isEmpty else {
      let open = rates.firstIndex { if case .number = planner.values[Int($0)] { false } else { true } }
      if let open { place = program.tierSchedules[id].tiers[open].span }
      throw .tiers
    }
    guard let segments = try? program.tierSchedules[id].segments(numbers) else { throw .width }
    var result = ValueShape()
    for segment in segments {
      result = try common(result, try sum(try product(base, ValueShape(segment.factor)), ValueShape(segment.offset)))
    }
    return result
  }

  /// Values that are the same for every row; nil where one isn't.
  func numbers(_ steps: [Int32]) -> [Rational]? {
    let numbers = steps.compactMap { if case .number(let number) = planner.values[Int($0)] { number } else { nil } }
    return numbers.count == steps.count ? numbers : nil
  }

  /// A table of which no two rows can hold for one subject.
  private mutating func table(
    _ table: DecisionTable, _ tests: [Int32], _ results: [Int32]
  ) throws(Refusal.Cause) -> ValueShape {
    var ranges: [RowRange] = []
    for (row, result) in results.enumerated() {
      place = table.rows[row].span
      switch planner.values[Int(result)] {
      case .number, .field, .day: break
      // Of other results it isn't known beforehand whether two are equal.
      default: throw .table
      }
      var range = RowRange()
      range.narrow(by: tests[row], in: planner)
      if ranges.contains(where: { !$0.isDisjoint(from: range) }) { throw .table }
      ranges.append(range)
    }
    guard let shape = try common(of: results) else { throw .table }
    return shape
  }
}
