import PolicyIR
import PolicyText
import PolicyValues

private let place = Span(file: FileID(rawValue: 0), start: 0, end: 0)
private let origin = Origin(span: place, clause: nil)

/// A program in the shape of 朔政办发〔2022〕36号: 60 measures over one kind, eight choices.
struct SyntheticPolicy {
  var program = Program()
  var subject: Subject
  let asOf = CivilDate(year: 2024, month: 6, day: 1)!

  /// `disputed`: the readings of the class differ, so that most measures are disputed.
  init(disputed: Bool) {
    subject = Subject(kind: KindID(0), id: "甲", facts: [])
    program.kinds.append(Kind(name: "项目", span: place))
    let county = option("县区", 7)
    let investor = option("投资主体", 9)
    let land = option("用地", 7)
    let level = option("等级", 4)
    for index in 0..<14 {
      program.authorities.append(
        Authority(name: "机关\(index)", perOption: index == 13 ? county : nil, span: place))
    }
    let investment = field("备案总投资", .money, .value(.quantity(Rational(320_000_000))))
    let who = field("投资主体", .option(investor), .value(.option(4)))
    let home = field("所在县区", .option(county), .value(.option(1)))
    let ground = field("用地类型", .option(land), .value(.option(2)))
    let hospital = field("医院等级", .option(level), .notApplicable)
    let dates = (0..<4).map { index in
      field(
        "日期\(index)", .date, index == 3 ? .missing : .value(.date(CivilDate(year: 2024 + index, month: 3, day: 1)!)))
    }
    var flags: [FieldID] = []
    for index in 0..<24 {
      flags.append(
        field(
          "是否\(index)", .truth, index % 6 == 5 ? .missing : .value(.truth(index % 3 != 1 || (index == 1 && !disputed))))
      )
    }
    func flag(_ index: Int) -> Expression { truth(.field(flags[index % flags.count], depth: 0)) }
    let project = define("康养项目", .truth, [flag(0), flag(1)])
    let province = define("省补关系", .truth, [flag(2), truth(.literal(.value(true)))])
    let carried = define("前提继承", .truth, [flag(4), truth(.literal(.value(true)))])
    let special = define("特别是", .truth, [truth(.literal(.value(true))), flag(7)])
    let pledge = define("有偿取得", .truth, [flag(9), flag(10)])
    let when = define("时点", .date, dates.map { Expression(.field($0, depth: 0), type: .date, span: place) })
    let period = define("期限及于贴息", .truth, [truth(.literal(.value(true))), before(when)])
    let choice = ChoiceID(program.choices.count)
    program.choices.append(Choice(name: "社会力量：央企", readings: ["是", "否"], origin: origin))
    program.classifications.append(
      Classification(
        name: "社会力量", kind: KindID(0), field: who,
        sorting: [.yes, .yes, .yes, .unsettled, .disputed(choice), .no, .no, .no, .no], origin: origin))
    let social = truth(.classification(ClassificationID(0), depth: 0))
    let large = truth(
      .comparison(
        .greaterOrEqual, Expression(.field(investment, depth: 0), type: .money, span: place),
        Expression(.literal(.quantity(Rational(300_000_000))), type: .money, span: place)))
    let placed = truth(
      .membership(
        Expression(.field(home, depth: 0), type: .option(county), span: place), [.option(1), .option(3), .option(5)],
        open: false))
    let used = truth(
      .membership(
        Expression(.field(ground, depth: 0), type: .option(land), span: place), [.option(0), .option(1)], open: true))
    let ranked = truth(
      .comparison(
        .greaterOrEqual, Expression(.field(hospital, depth: 0), type: .option(level), span: place),
        Expression(.literal(.option(2)), type: .option(level), span: place)))
    program.holes.append(Hole(name: "办法", type: .money, authors: [], origin: origin))
    let amount = Expression(.hole(HoleID(0)), type: .money, span: place)
    let dangling = truth(.dangling("相关规定"))
    let conditions: [[Expression]] = [
      [large], [large, special], [], [flag(4)], [truth(.disjunction([flag(4), carried])), flag(5)], [used],
      [large, carried],
      [social, province, before(when)], [social, flag(6), dangling, province, period], [placed], [ranked],
      [pledge, flag(8)],
      [truth(.disjunction([flag(11), flag(12)]))], [flag(13)], [truth(.atLeast(2, [flag(14), flag(15), flag(16)]))],
      [truth(.measureHolds(MeasureID(3))), flag(18)], [flag(19), flag(20)], [flag(21)], [social], [flag(22), flag(23)],
    ]
    let forces: [Force] = [.procedure, .entitlement, .priority, .obligation, .permission, .trial, .encouragement]
    for index in 0..<60 {
      var measure = Measure(name: "措施\(index)", origin: origin)
      measure.force = [ForceClaim(forces[index % forces.count], "")]
      measure.object = .init(
        kind: KindID(0), membership: index % 20 == 2 || index % 5 != 4 ? project : nil, name: "", span: place)
      measure.conditions = conditions[index % conditions.count].map { .init(role: .condition, test: $0) }
      if index % 20 == 7 || index % 20 == 8 {
        measure.amount = AmountRule(value: amount, discretionary: false)
        measure.payers = [
          Payer(authority: AuthorityID(2), share: .unstated, span: place),
          Payer(authority: AuthorityID(13), share: .unstated, span: place),
        ]
      }
      measure.departments = [Department(AuthorityID(index % 12), .responsible), Department(AuthorityID(13), .general)]
      program.measures.append(measure)
    }
  }

  private func truth(_ form: Form) -> Expression {
    switch form {
    case .literal(let literal): Expression(.literal(.truth(literal.flag)), type: .truth, span: place)
    case .other(let form): Expression(form, type: .truth, span: place)
    }
  }

  private enum Form {
    case literal(Literal)
    case other(Expression.Form)
    static func field(_ id: FieldID, depth: Int) -> Form { .other(.field(id, depth: depth)) }
    static func classification(_ id: ClassificationID, depth: Int) -> Form { .other(.classification(id, depth: depth)) }
    static func comparison(_ c: Expression.Comparison, _ a: Expression, _ b: Expression) -> Form {
      .other(.comparison(c, a, b))
    }
    static func membership(_ a: Expression, _ values: [Value], open: Bool) -> Form {
      .other(.membership(a, values, open: open))
    }
    static func dangling(_ text: String) -> Form { .other(.dangling(text)) }
    static func disjunction(_ items: [Expression]) -> Form { .other(.disjunction(items)) }
    static func atLeast(_ count: Int, _ items: [Expression]) -> Form { .other(.atLeast(count, items)) }
    static func measureHolds(_ id: MeasureID) -> Form { .other(.measureHolds(id)) }
  }

  private struct Literal {
    var flag: Bool
    static func value(_ flag: Bool) -> Literal { Literal(flag: flag) }
  }

  private func before(_ date: Expression) -> Expression {
    Expression(
      .comparison(
        .lessOrEqual, date,
        Expression(.literal(.date(CivilDate(year: 2025, month: 12, day: 31)!)), type: .date, span: place)),
      type: .truth, span: place)
  }

  private mutating func option(_ name: String, _ count: Int) -> OptionTypeID {
    program.optionTypes.append(
      OptionType(name: name, values: (0..<count).map { OptionValue(name: "\(name)\($0)") }, ordered: true, span: place))
    return OptionTypeID(program.optionTypes.count - 1)
  }

  private mutating func field(_ name: String, _ type: ValueType, _ fact: Fact) -> FieldID {
    let id = FieldID(program.fields.count)
    program.fields.append(Field(name: name, kind: KindID(0), slot: program.fields.count, type: type, span: place))
    program.kinds[0].fields.append(id)
    subject.facts.append(fact)
    return id
  }

  private mutating func define(_ name: String, _ type: ValueType, _ bodies: [Expression]) -> Expression {
    let choice = ChoiceID(program.choices.count)
    program.choices.append(Choice(name: name, readings: bodies.indices.map { "读法\($0)" }, origin: origin))
    program.definitions.append(
      Definition(name: name, kind: KindID(0), type: type, bodies: bodies, choice: choice, origin: origin))
    return Expression(.definition(DefinitionID(program.definitions.count - 1), depth: 0), type: type, span: place)
  }
}
