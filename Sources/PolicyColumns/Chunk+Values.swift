import PolicyEvaluation
import PolicyIR
import PolicyPlans
import PolicyValues

extension Chunk {
  /// Computes a value step for the rows of the chunk.
  func compute(_ number: Int32, _ step: ValueStep) {
    switch step {
    case .number(let literal):
      let whole = FactVector.scaled(literal)
      each(number, over: []) { _ in whole }
    case .day(let day): each(number, over: []) { _ in Int64(day.dayNumber) }
    case .field(let slot): field(number, columns[slot])
    // The interpreter says what is known of it.
    case .open, .failed: (exact + plane(number)).update(repeating: 0, count: count)
    case .arithmetic(let operation, let one, let two):
      let (left, right) = (start(one), start(two))
      each(number, over: [one, two]) { chunk, row in
        operation.scaledResult(chunk[left + row], chunk[right + row])
      }
    case .extreme(let one, let two, let greatest):
      let (left, right) = (start(one), start(two))
      each(number, over: [one, two]) { chunk, row in
        greatest ? max(chunk[left + row], chunk[right + row]) : min(chunk[left + row], chunk[right + row])
      }
    case .choose(let test, let then, let otherwise):
      let (known, yes) = (plane(test), plane(test))
      select(number) { chunk, word, bit in
        guard chunk.known[known + word] & bit != 0 else { return nil }
        return chunk.yes[yes + word] & bit != 0 ? then : otherwise
      }
    case .parameter(let date, let periods, _):
      let start = start(date)
      each(number, over: [date]) { chunk, row in
        periods.last { Int64($0.from.dayNumber) <= chunk[start + row] }.flatMap { self.number(of: $0.value, at: row) }
      }
    case .shifted(let one, let duration):
      let start = start(one)
      each(number, over: [one]) { chunk, row in
        guard let day = CivilDate(dayNumber: Int(chunk[start + row])) else { return nil }
        return (try? self.calendar.date(duration, after: day)).flatMap { dayNumber($0) }
      }
    case .tiers(let id, let base, let rates, _):
      let (start, tiers) = (start(base), ScaledTiers(program.prepared.program.tierSchedules[id]))
      each(number, over: [base]) { chunk, row in
        tiers.result(chunk[start + row]) { self.number(of: rates[$0], at: row) }
      }
    case .table(_, let tests, let results, _):
      let planes = tests.map { plane($0) }
      select(number) { chunk, word, bit in
        var found: Int32?
        for (row, plane) in planes.enumerated() {
          guard chunk.known[plane + word] & bit != 0 else { return nil }
          guard chunk.yes[plane + word] & bit != 0 else { continue }
          // Several rows may agree on a result, or not; the interpreter says.
          if found != nil { return nil }
          found = results[row]
        }
        return found
      }
    case .ofDate(let builtin, let one):
      let from = start(one)
      each(number, over: [one]) { chunk, row in
        CivilDate(dayNumber: Int(chunk[from + row])).flatMap { part($0, builtin) }
      }
    case .ofDates(.workingDaysAfter, let one, let two):
      let (left, right) = (start(one), start(two))
      each(number, over: [one, two]) { chunk, row in
        let (days, rest) = chunk[right + row].quotientAndRemainder(dividingBy: FactVector.scale)
        guard rest == 0, let from = CivilDate(dayNumber: Int(chunk[left + row])) else { return nil }
        return dayNumber(self.calendar.date(Int(days), workingDaysAfter: from))
      }
    case .ofDates(let builtin, let one, let two):
      let (left, right) = (start(one), start(two))
      each(number, over: [one, two]) { chunk, row in
        guard let from = CivilDate(dayNumber: Int(chunk[left + row])),
          let to = CivilDate(dayNumber: Int(chunk[right + row]))
        else { return nil }
        return span(from, to, builtin)
      }
    case .rounded(let one, let rounding):
      let from = start(one)
      each(number, over: [one]) { chunk, row in
        unscaled(chunk[from + row]).flatMap { try? $0.rounded(toMultipleOf: rounding.unit, mode: rounding.mode) }
          .flatMap { FactVector.scaled($0) }
      }
    }
  }

  private var calendar: WorkCalendar { program.prepared.program.calendar }

  private func start(_ step: Int32) -> Int { Int(step) * Self.size }

  private func field(_ number: Int32, _ column: Column) {
    let (target, plane, row) = (start(number), plane(number), first * 64)
    let memory = column.memory
    for word in 0..<count { exact[plane + word] = memory.known[first + word] }
    for offset in 0..<count * 64 {
      numbers[target + offset] = column.form == .date ? Int64(memory.days[row + offset]) : memory.numbers[row + offset]
    }
  }

  /// The function of rows for which the operands are exact; nil: it isn't.
  @inline(__always)
  private func each(
    _ number: Int32, over operands: [Int32], _ body: (_ numbers: UnsafeMutablePointer<Int64>, _ row: Int) -> Int64?
  ) {
    let (target, plane) = (start(number), plane(number))
    for word in 0..<count {
      var rows = operands.reduce(UInt64.max) { $0 & exact[self.plane($1) + word] }
      var result: UInt64 = 0
      while rows != 0 {
        let bit = rows.trailingZeroBitCount
        rows &= rows - 1
        if let value = body(numbers, word * 64 + bit) {
          numbers[target + word * 64 + bit] = value
          result |= 1 << UInt64(bit)
        }
      }
      exact[plane + word] = result
    }
  }

  private func each(_ number: Int32, over operands: [Int32], _ body: (_ row: Int) -> Int64?) {
    each(number, over: operands) { _, row in body(row) }
  }

  /// The number of another step, chosen for each row; nil: none is known to be the one.
  private func select(
    _ number: Int32, _ chosen: (_ chunk: Chunk, _ word: Int, _ bit: UInt64) -> Int32?
  ) {
    let (target, plane) = (start(number), plane(number))
    for word in 0..<count {
      var result: UInt64 = 0
      for row in 0..<64 {
        let bit = UInt64(1) << UInt64(row)
        guard let step = chosen(self, word, bit), exact[self.plane(step) + word] & bit != 0 else { continue }
        numbers[target + word * 64 + row] = numbers[start(step) + word * 64 + row]
        result |= bit
      }
      exact[plane + word] = result
    }
  }
}

/// A number of ten-thousandths as it is.
func unscaled(_ number: Int64) -> Rational? {
  try? Rational(numerator: Int128(number), denominator: Int128(FactVector.scale))
}

extension Expression.Arithmetic {
  /// The result in ten-thousandths; nil where it doesn't fit.
  func scaledResult(_ one: Int64, _ two: Int64) -> Int64? {
    switch self {
    case .add:
      let (sum, overflow) = one.addingReportingOverflow(two)
      return overflow ? nil : sum
    case .subtract:
      let (difference, overflow) = one.subtractingReportingOverflow(two)
      return overflow ? nil : difference
    case .multiply: return exactly(Int128(one) * Int128(two), over: Int128(FactVector.scale))
    case .divide: return two == 0 ? nil : exactly(Int128(one) * Int128(FactVector.scale), over: Int128(two))
    }
  }

  private func exactly(_ product: Int128, over divisor: Int128) -> Int64? {
    let (quotient, rest) = product.quotientAndRemainder(dividingBy: divisor)
    return rest == 0 ? Int64(exactly: quotient) : nil
  }
}

/// nil where the calendar doesn't know the year.
private func dayNumber(_ date: DueDate) -> Int64? {
  if case .date(let day) = date { Int64(day.dayNumber) } else { nil }
}

private func part(_ date: CivilDate, _ builtin: Builtin) -> Int64? {
  switch builtin {
  case .year: Int64(date.year) * FactVector.scale
  case .monthDay: Int64(date.month * 100 + date.day) * FactVector.scale
  case .endOfYear: CivilDate(year: date.year, month: 12, day: 31).map { Int64($0.dayNumber) }
  case .least, .greatest, .fullYears, .fullMonths, .days, .workingDaysAfter: nil
  }
}

private func span(_ from: CivilDate, _ to: CivilDate, _ builtin: Builtin) -> Int64? {
  switch builtin {
  case .fullYears: Int64(CivilDate.fullYears(from: from, to: to)) * FactVector.scale
  case .fullMonths: Int64(CivilDate.fullMonths(from: from, to: to)) * FactVector.scale
  case .days: Int64(CivilDate.days(from: from, to: to)) * FactVector.scale
  case .least, .greatest, .workingDaysAfter, .endOfYear, .year, .monthDay: nil
  }
}
