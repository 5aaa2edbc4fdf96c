import PolicyIR
import PolicyText
import PolicyValues

/// A naive evaluator: every form in the most obvious way, one combination of readings at a time, nothing kept.
///
/// It shares the program and the values with the engine and nothing else; guide/language.md §3 is what it follows. Tables,
/// tiers, groups and payments have laws of their own.
struct Reference {
  let program: Program
  let asOf: CivilDate
  /// The reading that holds for each choice.
  var readings: [Int]

  /// One step from a subject to a related one.
  struct Step: Hashable {
    var relation: FieldID
    var position: Int?
  }

  /// A subject in view, with the way to it.
  struct Frame {
    var subject: Subject
    var path: [Step] = []
  }

  /// Why something is not known.
  enum Why: Hashable {
    case fact(FieldID, [Step], asked: Bool), finding(FieldID, AuthorityID, [Step], asked: Bool)
    case reference(FieldID, String, AuthorityID?, [Step], asked: Bool), dangling(String), overflow, year(Int)
    case openList(FieldID?, Span), incomplete(FieldID, [Step]), emptyList(FieldID), divisionByZero, unlikeDurations
    case hole(HoleID), fillings(HoleID, [Int]), tooEarly(ParameterID), noAmount(MeasureID), discretion(MeasureID)
    case noList(NameListID), notOnList(NameListID), unnamed(NameListID), unsettled(ClassificationID, Int32), unranked(
      OptionTypeID, Int32)
  }

  /// A value, 不适用, or why neither is known and where the value lies.
  enum Known: Hashable {
    case value(Value), notApplicable
    case unknown(Set<Why>, Range)

    static let yes = Known.value(.truth(true)), no = Known.value(.truth(false))
    static func unknown(_ reasons: Set<Why>) -> Known { .unknown(reasons, Range(mayNotApply: true)) }

    var reasons: Set<Why> { if case .unknown(let reasons, _) = self { reasons } else { [] } }
    /// Inside expressions 不适用 counts as no.
    var operand: Known { self == .notApplicable ? .no : self }
    var negated: Known { self == .yes ? .no : self == .no ? .yes : self }

    /// Where it lies, a date by its day and an option by its order.
    var range: Range {
      switch self {
      case .value(.quantity(let number)): Range(low: number, high: number)
      case .value(.date(let date)): Range(low: Rational(Int(date.dayNumber)), high: Rational(Int(date.dayNumber)))
      case .value(.option(let index)): Range(low: Rational(Int(index)), high: Rational(Int(index)))
      case .unknown(_, let range): range
      case .value, .notApplicable: Range(mayNotApply: self == .notApplicable)
      }
    }
  }

  /// The value of an expression for the subjects in view, from the inside out.
  func value(_ expression: Expression, _ frames: [Frame]) -> Known {
    switch expression.form {
    case .literal(let value): return .value(value)
    case .asOf: return .value(.date(asOf))
    case .field(let field, let depth): return fact(field, frames[depth])
    case .fieldOf(let owner, let field):
      guard case .field(let relation, let depth) = owner.form, let (owners, open) = related(relation, frames[depth])
      else { return .notApplicable }
      return open.map { self.open(field, $0) } ?? fact(field, owners[0])
    case .definition(let id, let depth):
      let definition = program.definitions[id]
      return value(definition.bodies[definition.choice.map { readings[$0.index] } ?? 0], [frames[depth]])
    case .classification(let id, let depth):
      let known = fact(program.classifications[id].field, frames[depth])
      guard case .value(.option(let index)) = known else { return known }
      switch program.classifications[id].sorting[Int(index)] {
      case .yes: return .yes
      case .no: return .no
      case .disputed(let choice): return readings[choice.index] == 0 ? .yes : .no
      case .unsettled: return .unknown([.unsettled(id, index)])
      }
    case .hole(let id): return hole(program.holes[id], id, frames)
    case .parameter(let id, let date):
      let known = value(date, frames)
      if case .value(.date(let date)) = known {
        return program.parameters[id].steps.last { $0.from <= date }.map { .value($0.value) } ?? failed(.tooEarly(id))
      }
      // A day that isn't known may lie before the first step.
      let doubt = Range(mayNotApply: known.range.mayNotApply, mayFail: true)
      return known == .notApplicable ? known : .unknown(known.reasons, doubt)
    case .measureHolds(let id): return verdict(id, frames[0]).verdict
    case .measureAmount(let id): return amount(id, frames[0])
    case .onList(let id):
      guard let names = program.nameLists[id].names else { return .unknown([.noList(id)]) }
      guard let name = frames[0].subject.name else { return .unknown([.unnamed(id)]) }
      return names.contains(name) ? .yes : program.nameLists[id].complete ? .no : .unknown([.notOnList(id)])
    case .dangling(let text): return .unknown([.dangling(text)])
    case .conjunction(let tests): return all(tests.map { test($0, frames) })
    case .disjunction(let tests): return any(tests.map { test($0, frames) })
    case .negation(let test): return self.test(test, frames).negated
    case .atLeast(let count, let tests):
      let results = tests.map { test($0, frames) }
      if results.count(where: { $0 == .yes }) >= count { return .yes }
      return results.count { $0 != .no } < count ? .no : .unknown(union(results.map(\.reasons)))
    case .conditional(let test, let yes, let no):
      let (test, isTruth) = (self.test(test, frames), expression.type == .truth)
      let results = [yes, no].map { isTruth ? self.test($0, frames) : value($0, frames) }
      return test.reasons.isEmpty ? results[test == .yes ? 0 : 1] : either(results, test.reasons)
    case .comparison(let comparison, let left, let right):
      return compare(comparison, left.type, value(left, frames), value(right, frames))
    case .membership(let operand, let list, let isOpen):
      let known = value(operand, frames)
      guard case .value(let value) = known else { return known }
      if list.contains(value) || !isOpen { return list.contains(value) ? .yes : .no }
      return .unknown([.openList(operand.field, expression.span)])
    case .arithmetic(let operation, let left, let right):
      return arithmetic(operation, value(left, frames), value(right, frames))
    case .call(let builtin, let arguments): return call(builtin, arguments.map { value($0, frames) })
    case .aggregate(let aggregate, let relation, let depth, let filter, let body?) where expression.type == .truth:
      guard let (members, open) = related(relation, frames[depth]) else { return .no }
      var truths = members.map { member in
        let (counts, holds) = (filter.map { test($0, [member] + frames) } ?? .yes, test(body, [member] + frames))
        return aggregate == .all ? any([counts.negated, holds]) : all([counts, holds])
      }
      if let open { truths.append(.unknown([open])) }
      return aggregate == .all ? all(truths) : any(truths)
    case .aggregate(let aggregate, let relation, let depth, let filter, let body):
      return gathered(aggregate, relation, frames[depth], filter, body, frames)
    case .rounded(let operand, let rounding):
      let known = value(operand, frames)
      func round(_ end: Rational?) -> Rational? { try? end?.rounded(toMultipleOf: rounding.unit, mode: rounding.mode) }
      if case .value = known { return round(known.range.low).map { .value(.quantity($0)) } ?? failed(.overflow) }
      guard case .unknown(let reasons, var range) = known else { return known }
      (range.low, range.high) = (round(range.low), round(range.high))
      return .unknown(reasons, range)
    case .table, .tiers: return .notApplicable
    }
  }

  func test(_ expression: Expression, _ frames: [Frame]) -> Known { value(expression, frames).operand }

  func failed(_ why: Why) -> Known { .unknown([why], Range(mayFail: true)) }

  private func fact(_ field: FieldID, _ frame: Frame) -> Known {
    switch frame.subject.facts[program.fields[field].slot] {
    case .value(let value): .value(value)
    case .missing, .notKnown: open(field, absent(field, frame))
    case .notApplicable, .one, .many: .notApplicable
    }
  }

  /// A fact that isn't there; readers of facts take no negative number.
  private func open(_ field: FieldID, _ why: Why) -> Known {
    guard case .quantity = program.fields[field].type else { return .unknown([why]) }
    return .unknown([why], Range(low: .zero, mayNotApply: true))
  }

  /// Why a fact is not there.
  private func absent(_ field: FieldID, _ frame: Frame) -> Why {
    let (entry, asked) = (program.fields[field], frame.subject.facts[program.fields[field].slot] == .notKnown)
    if let text = entry.refersTo { return .reference(field, text, entry.finder, frame.path, asked: asked) }
    return entry.finder.map { .finding(field, $0, frame.path, asked: asked) } ?? .fact(field, frame.path, asked: asked)
  }

  /// The related subjects, and why there may be more; nil for 不适用.
  func related(_ relation: FieldID, _ frame: Frame) -> (members: [Frame], open: Why?)? {
    func member(_ subject: Subject, _ position: Int?) -> Frame {
      Frame(subject: subject, path: frame.path + [Step(relation: relation, position: position)])
    }
    switch frame.subject.facts[program.fields[relation].slot] {
    case .one(let subject): return ([member(subject, nil)], nil)
    case .many(let list, let isComplete):
      return (list.enumerated().map { member($1, $0) }, isComplete ? nil : .incomplete(relation, frame.path))
    case .missing, .notKnown: return ([], absent(relation, frame))
    case .notApplicable, .value: return nil
    }
  }
}
