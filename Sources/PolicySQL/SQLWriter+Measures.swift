import PolicyEvaluation
import PolicyIR
import PolicyPlans

/// The amount of a measure over its readings.
struct MeasureAmount {
  /// NULL where it isn't one number; nil: it never is.
  var value: Piece?
  var parts: Int128
  var isAtMost: Bool
  /// Whether it is still to be set where every reading says yes.
  var isOpen: Flag
}

extension SQLWriter {
  /// One letter for each combination of readings.
  mutating func state(of plan: MeasurePlan, named name: String) -> Piece {
    let letters = plan.readings.map { reading -> Piece in
      let conditions = truth(reading.conditions)
      if reading.object < 0 {
        return Piece(
          sql: "CASE WHEN \(conditions.sql) THEN 'Y' WHEN NOT \(conditions.operand) THEN 'N' ELSE 'U' END",
          level: conditions.level)
      }
      let object = truth(reading.object)
      return Piece(
        sql:
          "CASE WHEN NOT \(object.operand) THEN 'X' WHEN \(object.operand) AND \(conditions.operand) THEN 'Y' "
          + "WHEN \(object.operand) AND NOT \(conditions.operand) THEN 'N' ELSE 'U' END",
        level: max(object.level, conditions.level))
    }
    return column(joined(letters, by: "||"), named: name)
  }

  /// The reasons for which the verdict of some reading may be unknown, in the order of answers, and the sum of their bits.
  mutating func mask(of plan: MeasurePlan, state: Piece, named name: String) -> (reasons: [Reason], mask: Piece?) {
    let why = why(plan)
    let order = why.keys.sorted { compiler.planner.reasons[Int($0)] < compiler.planner.reasons[Int($1)] }
    if order.isEmpty { return ([], nil) }
    let bits = order.enumerated().map { place, reason in
      let test = joined(why[reason] ?? [], by: "OR")
      return Piece(sql: "CASE WHEN \(test.sql) THEN \(Int64(1) << Int64(place)) ELSE 0 END", level: test.level)
    }
    let sum = joined(bits, by: "+")
    // Most rows lack nothing, and are spared the sum.
    let piece = Piece(
      sql: "CASE WHEN \(state.sql) LIKE '%U%' THEN CAST(\(sum.sql) AS \(dialect.integer)) ELSE 0 END",
      level: max(sum.level, state.level))
    return (order.map { compiler.planner.reasons[Int($0)] }, column(piece, named: name + "_因"))
  }

  private mutating func why(_ plan: MeasurePlan) -> [Int32: [Piece]] {
    var found: [Int32: [Piece]] = [:]
    var seen: [Int32: Set<String>] = [:]
    func note(_ reasons: [Int32: Piece], unless object: Piece?) {
      for (reason, piece) in reasons {
        let test = object.map {
          joined([Piece(sql: "COALESCE(\($0.sql), TRUE)", level: $0.level, isAtom: true), piece], by: "AND")
        }
        let piece = test ?? piece
        if seen[reason, default: []].insert(piece.sql).inserted { found[reason, default: []].append(piece) }
      }
    }
    for reading in plan.readings {
      if reading.object < 0 {
        note(self.why(reading.conditions), unless: nil)
      } else {
        note(self.why(reading.object), unless: nil)
        note(self.why(reading.conditions), unless: truth(reading.object))
      }
    }
    return found
  }

  /// Why a compiled measure can't be written all the same.
  mutating func refusal(of plan: MeasurePlan) -> Refusal? {
    let place = compiler.program.measures[plan.id].origin.span
    if why(plan).count > 62 { return Refusal(cause: .reasons, place: place) }
    if plan.readings.contains(where: { $0.amount >= 0 }), amountShape(of: plan) == nil {
      return Refusal(cause: .width, place: plan.amount?.value.span ?? place)
    }
    return nil
  }

  /// The units in which a measure's amount is given; nil where they don't fit.
  private func amountShape(of plan: MeasurePlan) -> ValueShape? {
    var shape: ValueShape?
    for reading in plan.readings {
      let own = compiler.shape(reading.amount)
      shape = shape.map { try? compiler.common($0, own) } ?? own
      if shape == nil { return nil }
    }
    guard var shape else { return nil }
    let usual: [Int128] = plan.amount?.type == .money ? [100, 10_000] : [1, 10_000]
    guard let parts = usual.first(where: { $0 % shape.parts == 0 }) else { return shape }
    let factor = parts / shape.parts
    (shape.parts, shape.low, shape.high) = (parts, shape.low * factor, shape.high * factor)
    return try? compiler.fitting(shape)
  }

  /// The amount where the verdict is yes or may become so.
  mutating func amount(of plan: MeasurePlan, state: Piece) -> MeasureAmount? {
    guard let rule = plan.amount, let shape = amountShape(of: plan) else { return nil }
    let steps = plan.readings.map(\.amount)
    let isOne = Set(steps).count == 1
    let texts = steps.map { value($0) }
    let values = zip(steps, texts).map { step, text -> Piece? in
      let value = scaled(step, rule.discretionary ? text.high ?? text.value : text.value, to: shape)
      // An end says nothing of what is 不适用.
      guard rule.discretionary, let value, case .when(let absent) = text.isAbsent else { return value }
      return Piece(sql: "CASE WHEN NOT \(absent.operand) THEN \(value.sql) END", level: max(value.level, absent.level))
    }
    var result = MeasureAmount(value: nil, parts: shape.parts, isAtMost: rule.discretionary, isOpen: .yes)
    func position(_ place: Int) -> String { "substr(\(state.sql), \(place + 1), 1) IN ('Y', 'U')" }
    let level = max(state.level, values.compactMap { $0?.level }.max() ?? 0)
    if isOne {
      result.isOpen = rule.discretionary ? .no : open(texts[0])
      if let value = values[0] {
        let granted =
          plan.readings.count == 1
          ? "\(state.sql) IN ('Y', 'U')" : "(\(state.sql) LIKE '%Y%' OR \(state.sql) LIKE '%U%')"
        result.value = Piece(sql: "CASE WHEN \(granted) THEN \(value.sql) END", level: level)
      }
      return result
    }
    let none = null(shape)
    let known = values.map { $0 ?? none }
    let absent = texts.map { $0.isAbsent.piece }
    let isYes = "\(state.sql) = '\(String(repeating: "Y", count: steps.count))'"
    let first = column(
      Piece(
        sql:
          "COALESCE(\(known.indices.map { "CASE WHEN \(position($0)) THEN \(known[$0].sql) END" }.joined(separator: ", ")))",
        level: level), named: "首")
    // What is 不适用 under a reading is none, which counts only where every reading grants.
    let agree = joined(
      known.indices.map { place in
        Piece(
          sql:
            "NOT \(position(place)) OR \(known[place].operand) = \(first.sql) OR (\(absent[place].sql) AND NOT (\(isYes)))",
          level: max(first.level, known[place].level, absent[place].level))
      }, by: "AND")
    result.value = Piece(sql: "CASE WHEN \(agree.sql) THEN \(first.sql) END", level: max(agree.level, first.level))
    let same = joined(
      known.indices.dropFirst().map { place in
        let equal = "\(known[place].operand) = \(known[0].operand)"
        let none = "\(known[place].operand) IS NULL AND \(known[0].operand) IS NULL"
        return Piece(
          sql: rule.discretionary ? "\(equal) OR (\(none))" : equal, level: max(known[place].level, known[0].level))
      }, by: "AND")
    let present = joined(absent.map { Piece(sql: "NOT \($0.operand)", level: $0.level) }, by: "AND")
    let allAbsent = joined(absent, by: "AND")
    result.isOpen = .when(
      Piece(
        sql: "COALESCE(NOT ((\(same.sql)) AND (\(present.sql)) OR (\(allAbsent.sql))), TRUE)",
        level: max(same.level, present.level, allAbsent.level)))
    return result
  }

  /// Whether an amount that every reading shares is still to be set.
  private func open(_ text: ValueText) -> Flag {
    if text.isAlwaysKnown { return .no }
    var tests: [Piece] = []
    if let value = text.value { tests.append(Piece(sql: "\(value.operand) IS NULL", level: value.level)) }
    if case .when(let absent) = text.isAbsent {
      tests.append(Piece(sql: "NOT \(absent.operand)", level: absent.level))
    }
    return tests.isEmpty ? .yes : .when(joined(tests, by: "AND"))
  }
}
