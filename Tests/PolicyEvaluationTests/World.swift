import PolicyEvaluation
import PolicyIR
import PolicyText
import PolicyValues

let nowhere = Span(file: FileID(rawValue: 0), start: 0, end: 0)
let origin = Origin(span: nowhere, clause: nil)

func day(_ year: Int, _ month: Int, _ day: Int) -> CivilDate { CivilDate(year: year, month: month, day: day)! }

/// A program under construction, with short words for its parts.
struct World {
  var program = Program()
  let project = KindID(0)

  init() { program.kinds.append(Kind(name: "项目", span: nowhere)) }

  mutating func kind(_ name: String) -> KindID {
    program.kinds.append(Kind(name: name, span: nowhere))
    return KindID(program.kinds.count - 1)
  }

  mutating func field(
    _ name: String, _ type: ValueType, of kind: KindID = KindID(0), finder: AuthorityID? = nil,
    refersTo: String? = nil, changeable: Bool = true
  ) -> FieldID {
    let id = FieldID(program.fields.count)
    program.fields.append(
      Field(
        name: name, kind: kind, slot: program.kinds[kind.index].fields.count, type: type, finder: finder,
        refersTo: refersTo, changeable: changeable, span: nowhere))
    program.kinds[kind.index].fields.append(id)
    return id
  }

  mutating func option(_ name: String, _ values: [String], ordered: Bool = false, unranked: Set<String> = [])
    -> OptionTypeID
  {
    program.optionTypes.append(
      OptionType(
        name: name, values: values.map { OptionValue(name: $0, unranked: unranked.contains($0)) }, ordered: ordered,
        span: nowhere))
    return OptionTypeID(program.optionTypes.count - 1)
  }

  mutating func authority(_ name: String, per option: OptionTypeID? = nil) -> AuthorityID {
    program.authorities.append(Authority(name: name, perOption: option, span: nowhere))
    return AuthorityID(program.authorities.count - 1)
  }

  mutating func choice(_ name: String, _ readings: [String], ruling: Int? = nil) -> ChoiceID {
    program.choices.append(
      Choice(
        name: name, readings: readings,
        ruling: ruling.map { Ruling(reading: $0, basis: "会议纪要", date: day(2023, 1, 1), span: nowhere) }, origin: origin)
    )
    return ChoiceID(program.choices.count - 1)
  }

  /// A definition with one body, or with a reading for each of several.
  mutating func define(
    _ name: String, _ type: ValueType = .truth, _ bodies: [Expression], ruling: Int? = nil, choice: ChoiceID? = nil
  ) -> Expression {
    let choice = bodies.count > 1 ? choice ?? self.choice(name, bodies.indices.map { "读法\($0)" }, ruling: ruling) : nil
    program.definitions.append(
      Definition(name: name, kind: project, type: type, bodies: bodies, choice: choice, origin: origin))
    return Expression(.definition(DefinitionID(program.definitions.count - 1), depth: 0), type: type, span: nowhere)
  }

  mutating func measure(
    _ name: String, _ conditions: [Expression] = [], force: Force = .entitlement, amount: Expression? = nil,
    discretionary: Bool = false, _ change: (inout Measure) -> Void = { _ in }
  ) -> MeasureID {
    var measure = Measure(name: name, origin: origin)
    measure.force = [ForceClaim(force, "给予")]
    measure.object = .init(kind: project, membership: nil, name: "项目", span: nowhere)
    measure.conditions = conditions.map { .init(role: .condition, test: $0) }
    measure.amount = amount.map { AmountRule(value: $0, discretionary: discretionary) }
    change(&measure)
    program.measures.append(measure)
    return MeasureID(program.measures.count - 1)
  }

  mutating func hole(_ name: String, _ type: ValueType = .money, _ change: (inout Hole) -> Void = { _ in })
    -> Expression
  {
    var hole = Hole(name: name, type: type, authors: [], origin: origin)
    change(&hole)
    program.holes.append(hole)
    return Expression(.hole(HoleID(program.holes.count - 1)), type: type, span: nowhere)
  }

  /// A subject with facts; fields that aren't named are missing.
  func subject(_ facts: [FieldID: Fact] = [:], kind: KindID = KindID(0), id: String = "甲") -> Subject {
    var all = [Fact](repeating: .missing, count: program.kinds[kind.index].fields.count)
    for (field, fact) in facts where program.fields[field.index].kind == kind {
      all[program.fields[field.index].slot] = fact
    }
    return Subject(kind: kind, id: id, facts: all)
  }

  /// The decision, after checking that the explanation agrees with it and that the verdict alone does.
  func decide(_ measure: MeasureID, _ subject: Subject, on date: CivilDate = day(2024, 6, 1)) -> Decision {
    let prepared = PreparedProgram(program)
    var evaluation = Evaluation(prepared)
    let decision = evaluation.decision(of: measure, for: subject, asOf: date)!
    let explained = explain(prepared, subject: subject, asOf: date, measure: measure)!.decision
    precondition(decision == explained, "explain differs: \(decision) \(explained)")
    precondition(evaluation.verdicts(for: subject, asOf: date)[measure.index] == decision.verdict)
    return decision
  }

  func decideAll(_ subject: Subject, on date: CivilDate = day(2024, 6, 1)) -> Decisions {
    evaluate(program, subject: subject, asOf: date)
  }

  /// The value of an expression where it depends on no choice.
  func value(_ expression: Expression, _ subject: Subject? = nil, on date: CivilDate = day(2024, 6, 1)) -> KnownValue? {
    if case .value(let outcome) = PolicyEvaluation.value(
      of: expression, in: program, subject: subject ?? self.subject(), asOf: date
    ).outcome {
      return outcome.leaf
    }
    return nil
  }

  func truth(_ expression: Expression, _ subject: Subject? = nil, on date: CivilDate = day(2024, 6, 1)) -> Truth? {
    if case .truth(let outcome) = PolicyEvaluation.value(
      of: expression, in: program, subject: subject ?? self.subject(), asOf: date
    ).outcome {
      return outcome.leaf
    }
    return nil
  }

  func get(_ field: FieldID, depth: Int = 0) -> Expression {
    Expression(.field(field, depth: depth), type: program.fields[field.index].type, span: nowhere)
  }
}

extension Expression {
  init(_ form: Form, _ type: ValueType = .truth) { self.init(form, type: type, span: nowhere) }
}

func money(_ number: Int) -> Expression { Expression(.literal(.quantity(Rational(number))), .money) }
func number(_ number: Rational) -> Expression { Expression(.literal(.quantity(number)), .quantity(.number)) }
func date(_ date: CivilDate) -> Expression { Expression(.literal(.date(date)), .date) }
func option(_ index: Int32, _ type: OptionTypeID) -> Expression { Expression(.literal(.option(index)), .option(type)) }
let always = Expression(.literal(.truth(true)))
let never = Expression(.literal(.truth(false)))
func all(_ items: Expression...) -> Expression { Expression(.conjunction(items)) }
func either(_ items: Expression...) -> Expression { Expression(.disjunction(items)) }
func not(_ item: Expression) -> Expression { Expression(.negation(item)) }
func compare(_ a: Expression, _ comparison: Expression.Comparison, _ b: Expression) -> Expression {
  Expression(.comparison(comparison, a, b))
}
func compute(_ a: Expression, _ operation: Expression.Arithmetic, _ b: Expression) -> Expression {
  Expression(.arithmetic(operation, a, b), a.type)
}
func call(_ builtin: Builtin, _ items: Expression..., type: ValueType = .money) -> Expression {
  Expression(.call(builtin, items), type)
}
func quantity(_ number: Int) -> Fact { .value(.quantity(Rational(number))) }
func flag(_ flag: Bool) -> Fact { .value(.truth(flag)) }

extension Decision {
  var reasonList: [Reason] { reasons.map(\.reason) }
}
