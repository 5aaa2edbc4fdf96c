import PolicyEvaluation
import PolicyIR
import PolicyValues

extension SQLCompiler {
  /// A date with a length of time added or taken off.
  mutating func shifted(
    _ operation: Expression.Arithmetic, _ left: Expression, _ right: Expression
  ) throws(Obstacle) -> Int32 {
    let (date, length) = left.type == .date ? (left, right) : (right, left)
    guard operation == .add || operation == .subtract && left.type == .date else { throw .refused(.duration) }
    let step = try value(date)
    place = length.span
    guard case .literal(.duration(let duration)) = length.form, duration.workingDays == 0 else {
      throw .refused(.duration)
    }
    let sign = operation == .add ? 1 : -1
    let (months, days) = (sign * Int(duration.months), sign * Int(duration.days))
    // No date may leave the years that every database knows.
    let (first, last) = (min(months, 0) / 12 + min(days, 0) / 365, max(months, 0) / 12 + max(days, 0) / 365)
    var shape = shapes[Int(step)]
    (shape.low, shape.high) = (shape.low + Int128(first) - 2, shape.high + Int128(last) + 2)
    if shape.low < 1 || shape.high > 9_999 { throw .refused(.duration) }
    return add(.shifted(step, months: months, days: days), shape)
  }

  // MARK: Tiers

  /// A schedule of tiers whose rates are the same for every row.
  mutating func tiers(_ id: TierScheduleID) throws(Obstacle) -> Int32 {
    let schedule = program.tierSchedules[id]
    guard schedule.kind == kind else { throw .refused(.form) }
    let base = try value(schedule.base)
    var rates: [Rational] = []
    for tier in schedule.tiers {
      guard case .number(let rate) = values[Int(try value(tier.rate))] else {
        place = tier.span
        throw .refused(.tiers)
      }
      rates.append(rate)
    }
    guard let segments = try? schedule.segments(rates) else { throw .refused(.width) }
    let gap = number(.notComputable(.tierGap(id)))
    // Where the last tier is a fixed amount without an end, it is the most.
    let last = schedule.tiers.last.map { schedule.mode == .whole && !$0.isRate && $0.high == nil } ?? false
    return add(
      .tiers(
        base, segments, isMonotone: schedule.isMonotone(rates), ceiling: last ? rates.last : nil, reason: gap),
      try shape(of: segments, over: shapes[Int(base)]))
  }

  /// The units of a result over all segments.
  private func shape(of segments: [ValueStep.Segment], over base: ValueShape) throws(Obstacle) -> ValueShape {
    var result: ValueShape?
    for segment in segments {
      let parts = try product(base.parts, segment.factor.denominator)
      let common = try product(
        parts / greatestCommonDivisor(parts, segment.offset.denominator), segment.offset.denominator)
      let scale = common / base.parts / segment.factor.denominator
      let factor = try product(segment.factor.numerator, scale)
      let offset = try product(segment.offset.numerator, common / segment.offset.denominator)
      let ends = [try product(base.low, factor), try product(base.high, factor)]
      let own = try fitting(
        ValueShape(
          parts: common, low: min(ends[0], ends[1], 0) + min(offset, 0), high: max(ends[0], ends[1], 0) + max(offset, 0)
        ))
      result = try result.map { known throws(Obstacle) in try self.common(known, own) } ?? own
    }
    guard let result else { throw .refused(.tiers) }
    return result
  }

  private func product(_ one: Int128, _ two: Int128) throws(Obstacle) -> Int128 {
    let (product, overflow) = one.multipliedReportingOverflow(by: two)
    if overflow { throw .refused(.width) }
    return product
  }

  // MARK: Tables

  /// A table of which no two rows can hold for one subject.
  mutating func table(_ id: TableID) throws(Obstacle) -> Int32 {
    let table = program.tables[id]
    guard table.kind == kind else { throw .refused(.form) }
    var (tests, results): ([Int32], [Int32]) = ([], [])
    var ranges: [RowRange] = []
    var shape: ValueShape?
    for row in table.rows {
      var all: [Int32] = []
      for test in row.tests { if let test { all.append(try truth(test)) } }
      let result = try value(row.result)
      // Of other results it isn't known beforehand whether two are equal.
      switch values[Int(result)] {
      case .number, .field, .day: break
      default: throw .refused(.table)
      }
      var range = RowRange()
      for test in all { range.narrow(by: test, in: self) }
      place = row.span
      if ranges.contains(where: { !$0.isDisjoint(from: range) }) { throw .refused(.table) }
      ranges.append(range)
      tests.append(self.all(all))
      results.append(result)
      shape = try shape.map { known throws(Obstacle) in try common(known, shapes[Int(result)]) } ?? shapes[Int(result)]
    }
    guard let shape else { throw .refused(.table) }
    return add(.table(tests: tests, results: results, reason: number(.notComputable(.tableGap(id)))), shape)
  }
}

extension TierSchedule {
  /// Each tier's result as a multiple of the base and a fixed number.
  fileprivate func segments(_ rates: [Rational]) throws(ArithmeticFailure) -> [ValueStep.Segment] {
    var result: [ValueStep.Segment] = []
    var total = Rational.zero
    for (tier, rate) in zip(tiers, rates) {
      var (factor, offset) = (tier.isRate ? rate : .zero, tier.isRate ? .zero : rate)
      if mode == .sliced {
        let low = tier.low ?? .zero
        offset = tier.isRate ? try total.subtracting(try low.multiplied(by: rate)) : try total.adding(rate)
        if let high = tier.high {
          total = tier.isRate ? try total.adding(try high.subtracting(low).multiplied(by: rate)) : offset
        }
      }
      result.append(
        .init(
          low: tier.low, lowIncluded: tier.lowIncluded, high: tier.high, highIncluded: tier.highIncluded,
          factor: factor,
          offset: offset))
    }
    return result
  }
}
