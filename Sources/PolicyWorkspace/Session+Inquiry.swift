import PolicyAnswers
package import PolicyEvaluation
package import PolicyIR
package import PolicyText
package import PolicyValues

/// Puts a question and returns the reply; nil at the end of input.
package typealias QuestionInput = (String) -> String?

/// That `watch` stopped a search.
package struct Interrupted: Error {}

extension Session {
  /// What stands between a subject and definite answers.
  ///
  /// - Throws: Where `watch` stopped it.
  package func missing(for subject: Subject, measures: [MeasureID]?) throws(Interrupted) -> Missing {
    try withInquiry { [goOn] (inquiry: inout Inquiry) throws(Interrupted) in
      try inquiry.missing(for: subject, asOf: asOf, measures: measures) { () throws(Interrupted) in
        if !goOn() { throw Interrupted() }
      }
    }
  }

  /// The fact to ask for next; nil when none can change an answer.
  ///
  /// - Throws: Where `watch` stopped it.
  package func nextQuestion(for subject: Subject, measures: [MeasureID]?) throws(Interrupted) -> FieldID? {
    try withInquiry { [goOn] (inquiry: inout Inquiry) throws(Interrupted) in
      try inquiry.nextQuestion(for: subject, asOf: asOf, measures: measures) { () throws(Interrupted) in
        if !goOn() { throw Interrupted() }
      }
    }
  }

  /// Single changes that turn a no into a yes, as sentences: `备案总投资 2.8亿元改为3亿元（差2000万元）`.
  package func nearestChanges(_ measure: MeasureID, subject: Subject) -> [String] {
    let changes = withInquiry { $0.nearestChanges(of: measure, for: subject, asOf: asOf) }
    let wording = wording
    return changes.map { change in
      var text = self.change(change.field, from: change.from, to: change.to)
      if change.isExclusive { text += wording.say("以外（不含）", " (excluded)") }
      return text + distance(change.field, change.difference)
    }
  }

  /// `备案总投资由2.8亿元改为3亿元`
  func change(_ field: FieldID, from: Value, to: Value) -> String {
    let (wording, field) = (wording, program.fields[field])
    return wording.say(
      "\(field.name)由\(wording.value(from, field.type))改为", "\(field.name) from \(wording.value(from, field.type)) to ")
      + wording.value(to, field.type)
  }

  /// `，差2000万元`
  func distance(_ field: FieldID, _ difference: Rational?) -> String {
    guard let difference, let size = try? difference.absolute() else { return "" }
    let wording = wording
    switch program.fields[field].type {
    case .quantity(let dimension):
      return wording.say("，差\(wording.quantity(size, dimension))", ", \(wording.quantity(size, dimension)) apart")
    case .date: return wording.say("，差\(size)天", ", \(size) days apart")
    default: return ""
    }
  }

  /// How many questions an interview needs when a subject's own facts are the answers.
  ///
  /// - Parameter order: Ask in this order instead of by what settles most; a fact that can't matter any more is asked
  ///   in this order all the same, as a form does.
  /// - Throws: Where `watch` stopped it.
  package func questionCount(
    _ known: Subject, measures: [MeasureID]?, order: [FieldID]?
  ) throws(Interrupted) -> Int {
    var subject = known
    subject.facts = Array(repeating: .missing, count: known.facts.count)
    var count = 0
    func answer(_ field: FieldID) {
      let slot = program.fields[field].slot
      subject.facts[slot] = known.facts[slot] == .missing ? .notKnown : known.facts[slot]
      count += 1
    }
    if let order {
      for field in order {
        if try nextQuestion(for: subject, measures: measures) == nil { break }
        answer(field)
      }
    } else {
      while let field = try nextQuestion(for: subject, measures: measures), count <= known.facts.count { answer(field) }
    }
    return count
  }

  /// Time limits of measures that end before the as-of date, under every reading.
  package func pastTimeLimits() -> [(measure: String, span: Span, last: CivilDate)] {
    program.measures.flatMap { measure in
      measure.conditions.compactMap { condition in
        guard condition.role == .timeLimit, let last = lastDay(condition.test), last < asOf else { return nil }
        return (measure.name, condition.test.span, last)
      }
    }
  }

  /// Rules that should have been issued before the as-of date and that nothing fills.
  package func overdueHoles() -> [(hole: String, span: Span, last: CivilDate)] {
    // What fills a hole for some subjects only leaves a hole of the same origin behind.
    let filled = Set(program.holes.filter { !$0.fillings.isEmpty }.map(\.origin))
    return program.holes.compactMap { hole in
      guard case .date(let last)? = program.dueDate(of: hole), last < asOf, !filled.contains(hole.origin) else {
        return nil
      }
      return (hole.name, hole.origin.span, last)
    }
  }

  private func lastDay(_ test: Expression) -> CivilDate? {
    if case .comparison(.lessOrEqual, _, let bound) = test.form, case .literal(.date(let day)) = bound.form {
      return day
    }
    if case .conjunction(let tests) = test.form { return tests.compactMap { lastDay($0) }.min() }
    return nil
  }
}

extension Session {
  /// The answers that differ between two states of one subject, as sentences.
  package func changes(from before: Subject, to after: Subject) -> [String] {
    let old = decisions(for: before).decisions
    let new = decisions(for: after).decisions
    let wording = wording
    return zip(old, new).compactMap { one, two in
      guard one.label != two.label || one.amount != two.amount else {
        let changed = one.readings != two.readings || one.reasons != two.reasons
        return changed
          ? wording.say(
            "\(program.measures[one.measure].name)：仍为\(wording.inked(one.label))，原因或者读法的结果有变",
            "\(program.measures[one.measure].name): still \(wording.inked(one.label)), for other reasons or readings")
          : nil
      }
      var text = "\(program.measures[one.measure].name)：\(wording.inked(one.label)) → \(wording.inked(two.label))"
      if one.amount != two.amount, one.label == two.label {
        text +=
          wording.say("，", ", ") + wording.amountWord(program.amountType(of: one.measure)) + wording.say("", " ")
          + wording.amount(one.amount, of: one.measure) + " → "
          + wording.amount(two.amount, of: two.measure)
      }
      return text
    }
  }
}
