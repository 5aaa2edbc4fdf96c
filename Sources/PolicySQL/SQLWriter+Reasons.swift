import PolicyIR
import PolicyPlans

extension SQLWriter {
  /// For each reason that may leave a truth unknown, when it does: down the operands that are NULL to the facts that are.
  mutating func why(_ number: Int32) -> [Int32: Piece] {
    if let known = whyTruths[number] { return known }
    let step = compiler.planner.truths[Int(number)]
    var found: [Int32: [Piece]] = [:]
    func note(_ reasons: [Int32: Piece], _ test: Piece? = nil) {
      for (reason, piece) in reasons { found[reason, default: []].append(test.map { both($0, piece) } ?? piece) }
    }
    var result: [Int32: Piece] = [:]
    switch step {
    case .constant(_, let reason): if reason >= 0 { result[reason] = .yes }
    case .field(let slot), .quantity(let slot, _, _, settled: false), .date(let slot, _, _): result = lacking(slot)
    case .quantity: break
    case .option(let slot, _, let open, let reasons):
      note(lacking(slot))
      if case .option(let values)? = column(slot)?.form {
        for reason in Set(reasons).sorted() {
          let texts = zip(open, reasons).filter { $0.1 == reason }.map { dialect.literal(values[Int($0.0)]) }
          let fact = fact(slot)
          note([reason: Piece(sql: "COALESCE(\(fact.sql) IN (\(texts.joined(separator: ", "))), FALSE)", isAtom: true)])
        }
      }
      result = found.mapValues { joined($0, by: "OR") }
    case .dates(let one, _, let two):
      note(lacking(one))
      note(lacking(two))
      result = nullOnly(number, found)
    case .values(let one, _, let two):
      note(why(value: one))
      note(why(value: two))
      result = nullOnly(number, found)
    case .all(let operands), .any(let operands), .atLeast(_, let operands):
      for operand in operands { note(why(operand)) }
      result = nullOnly(number, found)
    case .negation(let operand): result = why(operand)
    case .choose(let test, let then, let otherwise):
      let piece = truth(test)
      note(why(test))
      note(why(then), Piece(sql: "COALESCE(\(piece.sql), TRUE)", level: piece.level, isAtom: true))
      note(why(otherwise), Piece(sql: "COALESCE(NOT \(piece.operand), TRUE)", level: piece.level, isAtom: true))
      result = nullOnly(number, found)
    case .holds(let object, let conditions):
      note(why(object))
      note(why(conditions))
      result = nullOnly(number, found)
    }
    whyTruths[number] = result
    return result
  }

  /// Reasons of operands count where the whole is unknown.
  private mutating func nullOnly(_ number: Int32, _ found: [Int32: [Piece]]) -> [Int32: Piece] {
    if found.isEmpty { return [:] }
    let whole = truth(number)
    return found.mapValues { both(Piece(sql: "\(whole.operand) IS NULL", level: whole.level), joined($0, by: "OR")) }
  }

  private func both(_ one: Piece, _ two: Piece) -> Piece {
    if two.sql == Piece.yes.sql { return one }
    // A test of NULL that stands in the other already says nothing new.
    return joined([one, two], by: "AND")
  }

  /// When a value isn't known for a reason; false wherever it is 不适用.
  mutating func why(value number: Int32) -> [Int32: Piece] {
    if let known = whyValues[number] { return known }
    var found: [Int32: [Piece]] = [:]
    func note(_ reasons: [Int32: Piece], _ test: Piece? = nil) {
      for (reason, piece) in reasons { found[reason, default: []].append(test.map { both($0, piece) } ?? piece) }
    }
    var isGuarded = true
    switch compiler.planner.values[Int(number)] {
    case .number, .day: break
    case .field(let slot):
      note(lacking(slot))
      isGuarded = false
    case .open(_, _, let reason), .failed(let reason):
      note([reason: .yes])
      isGuarded = false
    case .arithmetic(_, let one, let two), .extreme(let one, let two, _), .ofDates(_, let one, let two):
      note(why(value: one))
      note(why(value: two))
    case .choose(let test, let one, let two):
      let piece = truth(test)
      note(why(test))
      note(why(value: one), Piece(sql: "COALESCE(\(piece.sql), TRUE)", level: piece.level, isAtom: true))
      note(why(value: two), Piece(sql: "COALESCE(NOT \(piece.operand), TRUE)", level: piece.level, isAtom: true))
    case .parameter(let date, _, let reason):
      note(why(value: date))
      if let at = value(date).value { note([reason: Piece(sql: "\(at.operand) IS NOT NULL", level: at.level)]) }
    case .tiers(_, let one, _, let reason):
      note(why(value: one))
      if let base = value(one).value { note([reason: Piece(sql: "\(base.operand) IS NOT NULL", level: base.level)]) }
    case .table(_, let tests, let results, let reason):
      var possible: [Piece] = []
      for (test, result) in zip(tests, results) {
        let piece = truth(test)
        let mayHold = Piece(sql: "COALESCE(\(piece.sql), TRUE)", level: piece.level, isAtom: true)
        possible.append(mayHold)
        note(why(test))
        note(why(value: result), mayHold)
      }
      let any = joined(possible, by: "OR")
      note([reason: Piece(sql: "NOT \(any.operand)", level: any.level)])
    case .ofDate(_, let one), .rounded(let one, _), .shifted(let one, _): note(why(value: one))
    }
    var result = found.mapValues { joined($0, by: "OR") }
    if isGuarded, !result.isEmpty {
      let text = value(number)
      var tests: [Piece] = []
      if let value = text.value { tests.append(Piece(sql: "\(value.operand) IS NULL", level: value.level)) }
      if case .when(let absent) = text.isAbsent {
        tests.append(Piece(sql: "NOT \(absent.operand)", level: absent.level))
      }
      if !tests.isEmpty { result = result.mapValues { both(joined(tests, by: "AND"), $0) } }
    }
    whyValues[number] = result
    return result
  }

  /// When a fact isn't given, and when it was asked for and isn't known.
  private mutating func lacking(_ slot: Int) -> [Int32: Piece] {
    let fact = fact(slot)
    guard hasStates, case .when(let absent) = absent(slot) else {
      return [compiler.planner.missing[slot]: Piece(sql: "\(fact.sql) IS NULL")]
    }
    let notKnown = notKnown(slot)
    return [
      compiler.planner.missing[slot]: Piece(sql: "\(fact.sql) IS NULL AND NOT \(notKnown.sql) AND NOT \(absent.sql)"),
      compiler.planner.notKnown[slot]: notKnown,
    ]
  }
}
