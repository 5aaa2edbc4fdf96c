import PolicyEvaluation
import PolicyIR
import PolicyPlans
import PolicyValues

extension Chunk {
  /// What is known of a value for a row, as the interpreter knows it; where that can't be told, the reasoning is unsure.
  func cell(_ step: Int32, _ row: Int) -> Cell {
    if let number = number(of: step, at: row) { return cell(number, isDate: program.isDate[Int(step)]) }
    switch program.values[Int(step)] {
    case .number(let number): return .quantity(number)
    case .day(let day): return .date(day)
    case .field(let slot): return fact(slot, row)
    case .open(let lowest, let highest, let reason):
      let (low, high) = (lowest.map { cell($0, row).bounds.low }, highest.map { cell($0, row).bounds.high })
      return .unknown(because(reason), Bounds(low: low ?? nil, high: high ?? nil, mayVanish: false))
    case .failed(let reason): return .unknown(because(reason), .failed)
    case .arithmetic(let operation, let one, let two):
      let (one, two) = (cell(one, row), cell(two, row))
      return reasoning.compute(one, two, operation)
    case .extreme(let one, let two, let greatest):
      let (one, two) = (cell(one, row), cell(two, row))
      return reasoning.extreme(one, two, greatest: greatest)
    case .choose(let test, let then, let otherwise):
      let test = tri(test, row)
      switch test.state {
      case .yes: return cell(then, row)
      case .no, .notApplicable: return cell(otherwise, row)
      case .unknown:
        let cells = [cell(then, row), cell(otherwise, row)]
        return reasoning.either(test.reasons, cells)
      }
    case .parameter(let date, let periods, let reason):
      switch cell(date, row) {
      case .unknown(let reasons, var bounds):
        // The date may lie before the first period.
        bounds.mayFail = true
        return .unknown(reasons, bounds)
      case .date(let day):
        return periods.last { $0.from <= day }.map { cell($0.value, row) } ?? .unknown(because(reason), .failed)
      case .notApplicable: return .notApplicable
      case .quantity, .duration, .text, .option: return reasoning.failed(.malformed)
      }
    case .shifted(let date, let duration):
      let date = cell(date, row)
      return reasoning.compute(date, .duration(duration), .add)
    case .tiers(let id, let base, let rates, _):
      let cells = ([base] + rates).map { cell($0, row) }
      return reasoning.tiered(id, cells)
    case .table(let id, let tests, let results, _):
      let tests = tests.map { tri($0, row) }
      let cells = zip(tests, results).map { $0.state == .no ? .notApplicable : cell($1, row) }
      return reasoning.selected(tests, cells, Array(tests.indices), id)
    case .ofDate(let builtin, let date):
      let date = cell(date, row)
      return reasoning.ofDate(date, builtin)
    case .ofDates(let builtin, let one, let two):
      let (one, two) = (cell(one, row), cell(two, row))
      return reasoning.ofDates(one, two, builtin)
    case .rounded(let operand, let rounding):
      let operand = cell(operand, row)
      return reasoning.rounded(operand, rounding)
    }
  }

  private func cell(_ number: Int64, isDate: Bool) -> Cell {
    let cell: Cell? =
      isDate ? CivilDate(dayNumber: Int(number)).map { .date($0) } : unscaled(number).map { .quantity($0) }
    return cell ?? reasoning.failed(.malformed)
  }

  /// A truth as far as it is known.
  private func tri(_ step: Int32, _ row: Int) -> Tri {
    if isSet(known, step, row) { return isSet(yes, step, row) ? .yes : .no }
    return .unknown(reasons(of: step, row))
  }

  private func fact(_ slot: Int, _ row: Int) -> Cell {
    let (memory, word, shift) = (columns[slot].memory, first + row >> 6, UInt64(row & 63))
    if memory.notApplicable[word] >> shift & 1 == 1 { return .notApplicable }
    if memory.odd[word] >> shift & 1 == 1 { reasoning.isUnsure = true }
    // No fact is below zero.
    return .unknown(
      lacking(slot, row), Bounds(low: columns[slot].form == .quantity ? .zero : nil, high: nil, mayVanish: true))
  }
}
