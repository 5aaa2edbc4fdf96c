package import PolicyIR
package import PolicyValues

/// Asks what would change or settle the answers for one subject: nearest changes, what is missing, the next question.
package struct Inquiry: Sendable {
  /// The program that is asked.
  package let prepared: PreparedProgram
  var evaluation: Evaluation
  let candidates: [Candidates]
  /// Says where it can whether a missing fact can change a measure's verdict, for facts that are more than can be tried.
  package var canMatter: (@Sendable (FieldID, MeasureID, Subject, CivilDate) -> Bool?)?
  /// How many combinations of answers one measure is tried with before the question is asked anyway.
  static var gridLimit: Int { 8192 }

  /// An inquiry into a program.
  package init(_ prepared: PreparedProgram) {
    self.prepared = prepared
    evaluation = Evaluation(prepared)
    candidates = Candidates.all(of: prepared)
  }

  var program: Program { prepared.program }

  func list(of field: FieldID, asOf: CivilDate) -> [Candidate] {
    candidates[field.index].list(of: program.fields[field].type, in: program, asOf: asOf)
  }

  /// The subject with one fact of its own replaced.
  func replacing(_ field: FieldID, with fact: Fact, in subject: Subject) -> Subject {
    var copy = subject
    let slot = program.fields[field].slot
    while copy.facts.count <= slot { copy.facts.append(.missing) }
    copy.facts[slot] = fact
    return copy
  }

  func fact(_ field: FieldID, of subject: Subject) -> Fact {
    let slot = program.fields[field].slot
    return subject.facts.indices.contains(slot) ? subject.facts[slot] : .missing
  }

  /// The fields of a kind, in declared order.
  func fields(of kind: KindID) -> [FieldID] {
    program.kinds.indices.contains(kind.index) ? program.kinds[kind].fields : []
  }
}

extension Inquiry {
  /// What is missing, in one go.
  package mutating func missing(for subject: Subject, asOf: CivilDate, measures: [MeasureID]? = nil) -> Missing {
    missing(for: subject, asOf: asOf, measures: measures) { () throws(Never) in }
  }

  /// The next question, in one go.
  package mutating func nextQuestion(
    for subject: Subject, asOf: CivilDate, measures: [MeasureID]? = nil
  ) -> FieldID? {
    nextQuestion(for: subject, asOf: asOf, measures: measures) { () throws(Never) in }
  }

  /// The facts that can change a verdict, in one go.
  package mutating func relevantFields(
    for subject: Subject, asOf: CivilDate, measures: [MeasureID]? = nil
  ) -> [FieldID] {
    relevantFields(for: subject, asOf: asOf, measures: measures) { () throws(Never) in }
  }
}

/// One fact whose change alone turns a no into a yes.
package struct NearestChange: Hashable, Sendable {
  package var field: FieldID
  package var from: Value
  /// The value that is enough; where `isExclusive`, the boundary that must be passed.
  package var to: Value
  package var isExclusive: Bool
  /// How much is lacking (`差 2000万元`), in the base unit, or in days; nil for truths, options and texts.
  package var difference: Rational?

  /// The change of one field.
  package init(field: FieldID, from: Value, to: Value, isExclusive: Bool, difference: Rational?) {
    self.field = field
    self.from = from
    self.to = to
    self.isExclusive = isExclusive
    self.difference = difference
  }
}

extension Inquiry {
  /// Each single change of a changeable fact that turns the measure's no into a yes, by declared order of the fields.
  ///
  /// Values are found from the boundaries that the program compares the field with, and each is verified by evaluating again;
  /// of numbers and dates the nearest in either direction is given, of options each value.
  package mutating func nearestChanges(
    of measure: MeasureID, for subject: Subject, asOf: CivilDate
  ) -> [NearestChange] {
    guard evaluation.decision(of: measure, for: subject, asOf: asOf)?.verdict == .no else { return [] }
    var changes: [NearestChange] = []
    for field in fields(of: subject.kind) where program.fields[field].changeable {
      guard case .value(let value) = fact(field, of: subject) else { continue }
      let list = list(of: field, asOf: asOf)
      switch (value, program.fields[field].type) {
      case (.quantity(let now), _):
        changes += ordered(field, measure, subject, asOf, list, from: value, at: now) {
          if case .quantity(let number) = $0 { number } else { nil }
        } value: {
          .quantity($0)
        }
      case (.date(let now), _):
        changes += ordered(field, measure, subject, asOf, list, from: value, at: Rational(Int(now.dayNumber))) {
          if case .date(let date) = $0 { Rational(Int(date.dayNumber)) } else { nil }
        } value: {
          CivilDate(dayNumber: Int(clamping: $0.numerator)).map { .date($0) } ?? value
        }
      default:
        for candidate in list where candidate.value != value && turns(measure, field, candidate.value, subject, asOf) {
          changes.append(
            NearestChange(field: field, from: value, to: candidate.value, isExclusive: false, difference: nil))
        }
      }
    }
    return changes
  }

  private mutating func turns(
    _ measure: MeasureID, _ field: FieldID, _ value: Value, _ subject: Subject, _ asOf: CivilDate
  ) -> Bool {
    let changed = replacing(field, with: .value(value), in: subject)
    return evaluation.verdicts(for: changed, asOf: asOf, measures: [measure]).first == .yes
  }

  /// The nearest change upwards and the nearest downwards.
  private mutating func ordered(
    _ field: FieldID, _ measure: MeasureID, _ subject: Subject, _ asOf: CivilDate, _ list: [Candidate], from: Value,
    at now: Rational, number: (Value) -> Rational?, value: (Rational) -> Value
  ) -> [NearestChange] {
    var changes: [NearestChange] = []
    for isUp in [true, false] {
      let ordered = isUp ? list : list.reversed()
      for candidate in ordered {
        guard let at = number(candidate.value), isUp ? at > now : at < now else { continue }
        guard turns(measure, field, candidate.value, subject, asOf) else { continue }
        // Days have a nearest value; between two numbers only the boundary to pass can be named.
        let isDate = if case .date = from { true } else { false }
        let boundary = candidate.isBoundary || isDate ? at : (isUp ? candidate.above : candidate.below) ?? at
        let end =
          isDate && !isUp && !candidate.isBoundary
          ? candidate.below.flatMap { try? $0.subtracting(.one) } ?? at : boundary
        changes.append(
          NearestChange(
            field: field, from: from, to: value(end), isExclusive: !candidate.isBoundary && !isDate,
            difference: (try? end.subtracting(now)).flatMap { try? $0.absolute() }))
        break
      }
    }
    return changes
  }
}
