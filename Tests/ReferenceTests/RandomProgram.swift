import PolicyIR
import PolicyText
import PolicyValues

func day(_ year: Int, _ month: Int, _ day: Int) -> CivilDate { CivilDate(year: year, month: month, day: day)! }

/// A program of every construct of the language over three kinds, the same for the same seed.
struct RandomProgram {
  var program = Program()
  var random: Random
  /// What may be used; fewer things for properties that need small domains.
  var features: Features
  private var spans: UInt32 = 0

  static let asOf = day(2024, 6, 1)
  static let dates = [
    day(2024, 5, 31), day(2024, 6, 1), day(2024, 6, 2), day(2023, 12, 31), day(2024, 12, 31), day(2025, 6, 30),
  ]
  static let durations = [
    Duration(workingDays: 3), Duration(days: 3), Duration(months: 1), Duration(months: 1, days: 2), Duration(days: 28),
    Duration(days: 30), Duration(days: 31), Duration(months: 2), Duration(days: 60), Duration(months: 12),
    Duration(days: 365), Duration(months: 1, workingDays: 1),
  ]
  static let numbers = [0, 1, 2, 10, 20, 30]
  let project = KindID(0), firm = KindID(1), loan = KindID(2)
  let plain = OptionTypeID(0), ranked = OptionTypeID(1)

  /// Parts of the language that a test may leave out.
  struct Features: OptionSet {
    let rawValue: Int
    /// 合计, 任一… and related subjects.
    static let relations = Features(rawValue: 1)
    /// Computing with quantities and dates, rather than comparing them with fixed values.
    static let computing = Features(rawValue: 2)
    static let tables = Features(rawValue: 4)
    static let readings = Features(rawValue: 8)
    /// Holes, lists not on file, dangling texts, open lists.
    static let gaps = Features(rawValue: 16)
    static let amounts = Features(rawValue: 32)
    static let tiers = Features(rawValue: 64)
    /// All but tables and tiers, which have laws of their own.
    static let core: Features = [.relations, .computing, .readings, .gaps, .amounts]
    static let all: Features = [.core, .tables, .tiers]
  }

  init(seed: UInt64, _ features: Features = .core) {
    random = Random(seed: seed)
    self.features = features
    vocabulary()
    for index in 0..<(2 + random.below(3)) { definition("定义\(index)", .truth, of: project) }
    if features.contains(.relations) { definition("贷款定义", .truth, of: loan) }
    definition("基数", .money, of: project)
    if features.contains(.computing) { definition("时点", .date, of: project) }
    if features.contains(.gaps) { fillHoles() }
    if features.contains(.tables) { tables() }
    for index in 0..<(1 + random.below(3)) { measure(index, of: project) }
    if features.contains(.relations), random.oneIn(2) {
      measure(program.measures.count, of: loan)
      measure(program.measures.count, of: project)
    }
  }

  mutating func span() -> Span {
    spans += 2
    return Span(file: FileID(rawValue: 0), start: spans, end: spans + 1)
  }

  mutating func origin() -> Origin { Origin(span: span(), clause: nil) }

  mutating func make(_ form: Expression.Form, _ type: ValueType = .truth) -> Expression {
    Expression(form, type: type, span: span())
  }

  // MARK: Vocabulary

  private mutating func vocabulary() {
    let names = ["甲", "乙", "丙"]
    program.optionTypes = [
      OptionType(name: "类别", values: names.map { OptionValue(name: $0) }, ordered: false, span: span()),
      OptionType(
        name: "等级", values: ["未定级", "一级", "二级", "三级"].map { OptionValue(name: $0, unranked: $0 == "未定级") },
        ordered: true,
        span: span()),
    ]
    program.authorities = [
      Authority(name: "市财政局", span: span()), Authority(name: "县级财政", perOption: plain, span: span()),
    ]
    program.kinds = ["项目", "企业", "贷款"].map { Kind(name: $0, span: span()) }
    for name in ["是否一", "是否二", "是否三"] { field(name, .truth, of: project) }
    for name in ["金额一", "金额二"] { field(name, .money, of: project) }
    field("比率", .quantity(.number), of: project)
    for name in ["日期一", "日期二"] { field(name, .date, of: project) }
    field("类别", .option(plain), of: project)
    field("等级", .option(ranked), of: project)
    field("文本", .text, of: project)
    if features.contains(.relations) {
      field("期间", .duration, of: project)
      field("运营方", .entity(firm), of: project)
      field("贷款", .many(loan), of: project)
      field("企业是否", .truth, of: firm)
      field("企业金额", .money, of: firm)
      field("企业等级", .option(ranked), of: firm)
      field("贷款是否", .truth, of: loan)
      field("本金", .money, of: loan)
      field("贷款类别", .option(plain), of: loan)
      field("出借方", .entity(firm), of: loan)
    }
    for index in program.fields.indices {
      if random.oneIn(6) { program.fields[index].finder = AuthorityID(0) }
      if features.contains(.gaps), random.oneIn(12) { program.fields[index].refersTo = "某规定\(index)" }
    }
    program.documents = [Document(key: "文", period: period(), span: span())]
    program.clauses = [
      Clause(document: DocumentID(0), address: ClauseAddress([.part(1)]), title: nil, departments: [], span: span())
    ]
    for (field, isLoan) in [("类别", false), ("贷款类别", true)] where features.contains(.relations) || !isLoan {
      classification(program.fields.firstIndex { $0.name == field }!, of: isLoan ? loan : project)
    }
    program.calendar = WorkCalendar(years: [2024], holidays: [day(2024, 6, 10)], workdays: [day(2024, 6, 8)])
    program.parameters = [
      Parameter(
        name: "标准", type: .money,
        steps: [(day(2024, 1, 1), 10), (day(2024, 6, 2), 20)].map {
          .init(from: $0.0, value: .quantity(Rational($0.1)), span: span())
        },
        origin: origin())
    ]
    if features.contains(.gaps) {
      for (names, complete) in [(nil, true), (["甲", "乙"], true), (["甲"], false)] as [([String]?, Bool)] {
        program.nameLists.append(
          NameList(
            name: "名单\(program.nameLists.count)", kind: project, names: names, complete: complete, origin: origin()))
      }
      for type in [ValueType.truth, .money] {
        program.holes.append(
          Hole(
            name: "空缺\(program.holes.count)", type: type, authors: [Department(AuthorityID(0), .lead)], origin: origin()
          ))
      }
    }
  }

  private mutating func field(_ name: String, _ type: ValueType, of kind: KindID) {
    program.fields.append(
      Field(name: name, kind: kind, slot: program.kinds[kind].fields.count, type: type, span: span()))
    program.kinds[kind.index].fields.append(FieldID(program.fields.count - 1))
  }

  private mutating func classification(_ field: Int, of kind: KindID) {
    let name = "归类\(program.classifications.count)"
    let sorting = (0..<3).map { value -> Classification.Sorting in
      switch random.below(features.contains(.gaps) ? 7 : 6) {
      case 0, 1: return .yes
      case 2, 3: return .no
      case 6: return .unsettled
      default: return features.contains(.readings) ? .disputed(choice("\(name)：\(value)", ["是", "否"])) : .yes
      }
    }
    program.classifications.append(
      Classification(name: name, kind: kind, field: FieldID(field), sorting: sorting, origin: origin()))
  }

  /// A new choice, sometimes with a ruling; no more than 12 combinations of open choices altogether.
  mutating func choice(_ name: String, _ readings: [String]) -> ChoiceID {
    let open = program.choices.filter { $0.ruling == nil }.reduce(1) { $0 * $1.readings.count }
    let ruling = random.oneIn(8) || open * readings.count > 12
    program.choices.append(
      Choice(
        name: name, readings: readings,
        ruling: ruling ? Ruling(reading: random.below(readings.count), basis: "", date: Self.asOf, span: span()) : nil,
        origin: origin()))
    return ChoiceID(program.choices.count - 1)
  }

  mutating func period() -> Period {
    func boundary(_ random: inout Random) -> Period.Boundary {
      random.oneIn(3) ? .date(random.pick(Array(Self.dates.prefix(3)))) : .unstated
    }
    var period = Period()
    // An end before the start is an error of the document.
    if random.oneIn(2) { period.start = boundary(&random) } else { period.end = boundary(&random) }
    if case .date = period.start, random.oneIn(2) { period.end = .date(day(2025, 1, 1)) }
    return period
  }

  // MARK: Declarations

  private mutating func definition(_ name: String, _ type: ValueType, of kind: KindID) {
    let count = features.contains(.readings) ? [1, 1, 2, 2, 3][random.below(5)] : 1
    let bodies = (0..<count).map { _ in expression(type, 2, [kind]) }
    var shared: ChoiceID?
    if count > 1 {
      let other = program.definitions.last { $0.bodies.count == count }?.choice
      shared = other != nil && random.oneIn(3) ? other : choice(name, bodies.indices.map { "读法\($0)" })
    }
    program.definitions.append(
      Definition(name: name, kind: kind, type: type, bodies: bodies, choice: shared, origin: origin()))
  }

  private mutating func fillHoles() {
    for hole in program.holes.indices {
      let type = program.holes[hole].type
      if type == .money, random.oneIn(3) { program.holes[hole].lowest = make(.literal(.quantity(10)), .money) }
      if type == .money, random.oneIn(3) { program.holes[hole].highest = make(.literal(.quantity(20)), .money) }
      for _ in 0..<[0, 0, 1, 1, 2][random.below(5)] {
        let value =
          type == .money
          ? make(.literal(.quantity(Rational(random.pick([10, 15, 20])))), .money)
          : make(.literal(.truth(random.oneIn(2))))
        program.holes[hole].fillings.append(.init(value: value, period: period(), origin: origin()))
      }
    }
  }

  /// A table whose rows cover every combination once, as a checked one does, and both kinds of tiers.
  private mutating func tables() {
    let (category, truth) = (field("类别"), field("是否一"))
    var rows: [DecisionTable.Row] = []
    for value in 0..<3 {
      let on = make(.comparison(.equal, get(category), make(.literal(.option(Int32(value))), .option(plain))))
      let halves: [Expression?] = random.oneIn(2) ? [nil] : [get(truth), make(.negation(get(truth)))]
      for half in halves {
        rows.append(.init(tests: [on, half], result: expression(.money, 0, [project]), span: span()))
      }
    }
    program.tables = [
      DecisionTable(name: "标准表", kind: project, type: .money, columns: ["类别", "是否一"], rows: rows, origin: origin())
    ]
    for mode in TierSchedule.Mode.allCases where features.contains(.tiers) {
      // Some leave a gap below or above, and some boundaries and rates are no whole numbers.
      let half = try! Rational(numerator: 1, denominator: 2), third = try! Rational(numerator: 1, denominator: 3)
      let bounds: [Rational?] = [
        random.oneIn(4) ? 1 : nil, 10, random.oneIn(3) ? try! Rational(20).adding(third) : 20,
        random.oneIn(4) ? 30 : nil,
      ]
      let (isRate, includesLow) = (random.oneIn(2), random.oneIn(2))
      let tiers = (0..<3).map { index in
        let rate = random.pick([0, 1, 2, 3, half, third])
        return TierSchedule.Tier(
          low: bounds[index], lowIncluded: includesLow, high: bounds[index + 1], highIncluded: !includesLow,
          rate: make(.literal(.quantity(rate)), .quantity(.number)),
          isRate: mode == .sliced ? !random.oneIn(4) : isRate, span: span())
      }
      program.tierSchedules.append(
        TierSchedule(
          name: "档\(mode)", kind: project, base: expression(.money, 1, [project]), mode: mode, type: .money,
          tiers: tiers,
          origin: origin()))
    }
  }

  mutating func measure(_ index: Int, of kind: KindID) {
    var measure = Measure(name: "措施\(index)", origin: Origin(span: span(), clause: random.oneIn(2) ? ClauseID(0) : nil))
    measure.force = (0..<(1 + random.below(2))).map { _ in ForceClaim(random.pick(Force.allCases), "给予") }
    measure.object = .init(
      kind: kind, membership: random.oneIn(3) ? expression(.truth, 1, [kind]) : nil, name: "", span: span())
    if random.oneIn(2) { measure.period = period() }
    measure.isTransitional = random.oneIn(12)
    let earlier = program.measures.indices.filter { program.measures[$0].object?.kind == kind }.map { MeasureID($0) }
    for _ in 0..<random.below(4) {
      let role = random.pick(Measure.Condition.Role.allCases)
      if role == .precedence {
        guard !earlier.isEmpty else { continue }
        let other = random.pick(earlier)
        measure.conditions.append(.init(role: role, test: make(.measureHolds(other)), source: other))
      } else {
        measure.conditions.append(.init(role: role, test: expression(.truth, 3, [kind])))
      }
    }
    if features.contains(.amounts), random.oneIn(2) {
      measure.amount = AmountRule(value: expression(.money, 2, [kind]), discretionary: random.oneIn(5))
    }
    if random.oneIn(6), !earlier.isEmpty || features.contains(.gaps) {
      let isText = earlier.isEmpty || features.contains(.gaps) && random.oneIn(3)
      measure.reference = PolicyIR.Reference(
        manner: random.pick(PolicyIR.Reference.Manner.allCases),
        target: isText ? .text("某办法") : .measure(random.pick(earlier)),
        span: span())
    }
    measure.departments = [Department(AuthorityID(0), .responsible)]
    program.measures.append(measure)
  }

  func field(_ name: String) -> FieldID { FieldID(program.fields.firstIndex { $0.name == name }!) }

  mutating func get(_ field: FieldID, depth: Int = 0) -> Expression {
    make(.field(field, depth: depth), program.fields[field].type)
  }
}
