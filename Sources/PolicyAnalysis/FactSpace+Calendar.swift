import PolicyValues

/// Days as years, months and days of the month, in linear arithmetic.
extension FactSpace {
  /// Year, month and day of a day number, as new unknowns that the day determines.
  func calendar(_ day: Term) -> (year: Term, month: Term, day: Term) {
    if let known = calendars[day] { return known }
    let parts: (year: Term, month: Term, day: Term)
    if let number = solver.number(day), let date = CivilDate(dayNumber: Int(number.numerator)) {
      let (year, month, day) = date.components
      parts = (solver.integer(year), solver.integer(month), solver.integer(day))
    } else {
      parts = (
        solver.constant("年", .integer), solver.constant("月", .integer), solver.constant("日", .integer)
      )
      // Dates that were moved may lie somewhat outside.
      limit(parts.year, 1, 9999)
      limit(parts.month, 1, 12)
      require(solver.lessOrEqual(solver.integer(1), parts.day))
      require(solver.lessOrEqual(parts.day, lastDay(ofMonth: parts.month, year: parts.year)))
      require(solver.equal(dayNumber(parts.year, parts.month, parts.day), day))
    }
    calendars[day] = parts
    return parts
  }

  func isLeap(_ year: Term) -> Term {
    func divides(_ number: Int) -> Term { solver.equal(solver.remainder(year, number), solver.integer(0)) }
    return solver.and(divides(4), solver.or(solver.not(divides(100)), divides(400)))
  }

  func lastDay(ofMonth month: Term, year: Term) -> Term {
    func isMonth(_ months: Int...) -> Term { solver.or(months.map { solver.equal(month, solver.integer($0)) }) }
    return solver.choose(
      isMonth(2), solver.choose(isLeap(year), solver.integer(29), solver.integer(28)),
      solver.choose(isMonth(4, 6, 9, 11), solver.integer(30), solver.integer(31)))
  }

  func dayNumber(_ year: Term, _ month: Term, _ day: Term) -> Term {
    let before = solver.subtract(year, solver.integer(1))
    func scaled(_ term: Term, _ factor: Int) -> Term { solver.multiply(solver.integer(factor), term)! }
    var number = solver.add(scaled(before, 365), solver.quotient(before, 4))
    number = solver.subtract(number, solver.quotient(before, 100))
    number = solver.add(number, solver.quotient(before, 400))
    var days = 0
    var months = solver.integer(0)
    for (index, length) in [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30].enumerated() {
      days += length
      months = solver.choose(solver.less(solver.integer(index + 1), month), solver.integer(days), months)
    }
    let leap = solver.choose(
      solver.and(solver.less(solver.integer(2), month), isLeap(year)), solver.integer(1), solver.integer(0))
    number = solver.add(solver.add(number, months), solver.add(leap, day))
    // 1 January of the year 1 is day −719162.
    return solver.subtract(number, solver.integer(719_163))
  }
}
