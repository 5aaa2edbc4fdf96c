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
    case reference(FieldID, String, AuthorityID?, [Step], asked: Bool), dangling(String)
    case openList(FieldID?, Span), incomplete(FieldID, [Step]), emptyList(FieldID)
    case hole(HoleID), fillings(HoleID, [Int]), tooEarly(ParameterID), noAmount(MeasureID), discretion(MeasureID)
    case noList(NameListID), notOnList(NameListID), unsettled(ClassificationID, Int32), unranked(OptionTypeID, Int32)
    case divisionByZero, overflow, year(Int)
  }

  /// Kleene's three values, and 不适用 of measures.
  enum Truth: Hashable {
    case no, yes, notApplicable
    case unknown(Set<Why>)

    var reasons: Set<Why> { if case .unknown(let reasons) = self { reasons } else { [] } }
    /// Inside expressions 不适用 counts as no.
    var operand: Truth { self == .notApplicable ? .no : self }
    var negated: Truth { self == .yes ? .no : self == .no ? .yes : self }
  }

  func union(_ sets: [Set<Why>]) -> Set<Why> { sets.reduce([]) { $1.isEmpty ? $0 : $0.union($1) } }

  func all(_ truths: [Truth]) -> Truth {
    if truths.contains(.no) { return .no }
    return truths.allSatisfy { $0 == .yes } ? .yes : .unknown(union(truths.map(\.reasons)))
  }

  func any(_ truths: [Truth]) -> Truth { all(truths.map(\.negated)).negated }

  func truth(_ expression: Expression, _ frames: [Frame]) -> Truth {
    switch expression.form {
    case .conjunction(let tests): return all(tests.map { truth($0, frames) })
    case .disjunction(let tests): return any(tests.map { truth($0, frames) })
    case .negation(let test): return truth(test, frames).negated
    case .atLeast(let count, let tests):
      let results = tests.map { truth($0, frames) }
      if results.count(where: { $0 == .yes }) >= count { return .yes }
      return results.count { $0 != .no } < count ? .no : .unknown(union(results.map(\.reasons)))
    case .conditional(let test, let yes, let no):
      let (test, one, other) = (truth(test, frames), truth(yes, frames), truth(no, frames))
      if test.reasons.isEmpty { return test == .yes ? one : other }
      return one == other && one.reasons.isEmpty ? one : .unknown(union([test.reasons, one.reasons, other.reasons]))
    case .comparison(let comparison, let left, let right):
      return compare(comparison, left.type, value(left, frames), value(right, frames))
    case .membership(let operand, let list, let isOpen):
      let known = value(operand, frames)
      guard case .value(let value) = known else { return truth(known) }
      if list.contains(value) || !isOpen { return list.contains(value) ? .yes : .no }
      return .unknown([.openList(operand.field, expression.span)])
    case .classification(let id, let depth):
      let known = fact(program.classifications[id].field, frames[depth])
      guard case .value(.option(let index)) = known else { return truth(known) }
      switch program.classifications[id].sorting[Int(index)] {
      case .yes: return .yes
      case .no: return .no
      case .disputed(let choice): return readings[choice.index] == 0 ? .yes : .no
      case .unsettled: return .unknown([.unsettled(id, index)])
      }
    case .onList(let id):
      guard let names = program.nameLists[id].names else { return .unknown([.noList(id)]) }
      if names.contains(frames[0].subject.id) { return .yes }
      return program.nameLists[id].complete ? .no : .unknown([.notOnList(id)])
    case .dangling(let text): return .unknown([.dangling(text)])
    case .measureHolds(let id): return verdict(id, frames[0]).verdict.operand
    case .aggregate(let aggregate, let relation, let depth, let filter, let body?)
    where aggregate == .any || aggregate == .all:
      guard let (members, open) = related(relation, frames[depth]) else { return .no }
      let truths = members.map { member in
        let (counts, holds) = (filter.map { truth($0, [member] + frames) } ?? .yes, truth(body, [member] + frames))
        return aggregate == .all ? any([counts.negated, holds]) : all([counts, holds])
      }
      let further: [Truth] = open.map { [.unknown([$0])] } ?? []
      return aggregate == .all ? all(truths + further) : any(truths + further)
    case .literal, .field, .fieldOf, .definition, .hole, .parameter, .table, .tiers, .measureAmount, .asOf, .arithmetic,
      .call, .aggregate, .rounded:
      return truth(value(expression, frames))
    }
  }

  private func truth(_ known: Known) -> Truth {
    if case .unknown(let reasons, _) = known { return .unknown(reasons) }
    return known == .value(.truth(true)) ? .yes : .no
  }

  /// A comparison with 不适用 is no; with an unknown it is decided where all numbers within the bounds give the same.
  private func compare(_ comparison: Expression.Comparison, _ type: ValueType, _ one: Known, _ two: Known) -> Truth {
    if one == .notApplicable || two == .notApplicable { return .no }
    var reasons = one.reasons.union(two.reasons)
    if comparison != .equal, comparison != .notEqual, case .option(let id) = type {
      for case .value(.option(let index)) in [one, two] where program.optionTypes[id].values[Int(index)].unranked {
        reasons.insert(.unranked(id, index))
      }
    }
    let (a, b) = (one.range, two.range)
    if reasons.isEmpty, a.low == nil { return (one == two) == (comparison == .equal) ? .yes : .no }
    let decided = a.decides(comparison, b)
    if reasons.isEmpty { return decided == true ? .yes : .no }
    guard case .quantity = type, !a.mayFail, !b.mayFail, let decided, !decided || !a.mayNotApply && !b.mayNotApply else {
      return .unknown(reasons)
    }
    return decided ? .yes : .no
  }

  // MARK: Declarations

  func body(_ id: DefinitionID) -> Expression {
    let definition = program.definitions[id]
    return definition.choice.map { definition.bodies[readings[$0.index]] } ?? definition.bodies[0]
  }

  /// What fills a hole, or why nothing does.
  func filling(_ id: HoleID) -> (value: Expression?, gap: Why) {
    let fillings = program.holes[id].fillings
    let inForce = fillings.indices.filter { [.inForce, .unstated].contains(life(fillings[$0].period)) }
    return (inForce.count == 1 ? fillings[inForce[0]].value : nil, inForce.isEmpty ? .hole(id) : .fillings(id, inForce))
  }

  /// Why a fact is not there.
  func absent(_ field: FieldID, _ frame: Frame) -> Why {
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

extension Expression {
  /// The field whose fact the expression is.
  fileprivate var field: FieldID? {
    switch form {
    case .field(let id, _), .fieldOf(_, let id): id
    default: nil
    }
  }
}
