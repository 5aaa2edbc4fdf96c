package import PolicyIR
package import PolicyValues

/// The unknowns that programs are encoded over: facts, readings, the as-of date, and what the rules leave open.
///
/// Facts are found by the names of kinds and fields, readings by the names of choices and readings, holes, texts and lists by
/// theirs; so two versions of a program that are encoded in one space are asked about one and the same subject.
///
/// The subjects of a space have quantities from 0 to 10¹⁵ base units (counts in whole numbers), dates from 1900 to 2199, and at
/// most `memberLimit` members in a list; what follows from an unsatisfiable question holds for these.
package final class FactSpace {
  package let solver: Solver
  package let domain: Domain
  /// 查询日期 as a day number.
  package let asOf: Term
  /// What holds of the unknowns that were used so far.
  package private(set) var constraints: [Term] = []
  /// For each fact that was read, that it is 不适用.
  private(set) var absences: [Term] = []
  /// The lists of related subjects that were read: what follows is bound to `memberLimit`.
  package private(set) var boundedLists: Set<String> = []
  /// All subjects, roots first in the order of their creation.
  private var roots: [String: SymbolicSubject] = [:]
  private var choices: [String: (term: Term, readings: [String])] = [:]
  private var gaps: [String: Term] = [:]
  private var texts: [String: Int] = [:]
  private var spellings: [String] = []
  var calendars: [Term: (year: Term, month: Term, day: Term)] = [:]

  /// Which subjects are asked about.
  package struct Domain: Sendable {
    /// Whether facts may be missing; an answer that is definite stays so when they are given.
    package var mayBeMissing = false
    package var mayBeNotApplicable = true
    /// Whether what a hole, a text or list not on file, an open list or an unsettled value leaves open is any value, the same
    /// wherever it stands; otherwise it is unknown, as the evaluator has it.
    package var fillsGaps = true
    /// The greatest number of members of a list.
    package var memberLimit = 3
    /// The subject whose facts are given; nil: any.
    package var recorded: Subject?
    /// Of the facts of `recorded` itself, those that are unknowns all the same.
    package var free: Set<FieldID> = []
    /// Whether quantities are multiples of `Dimension.step`.
    package var isOnGrid = false
    /// nil: any.
    package var asOf: CivilDate?
    /// For an option, the places of values that no subject is recorded with.
    package var excluded: [String: Set<Int>] = [:]
    /// For a choice, the readings that it has in any of the programs that are encoded; of others the first program's count.
    package var readings: [String: [String]] = [:]

    package init() {}
  }

  package static let greatest = Rational(1_000_000_000_000_000)
  package static let firstDay = CivilDate(year: 1900, month: 1, day: 1)!
  package static let lastDay = CivilDate(year: 2199, month: 12, day: 31)!

  /// A space over the terms of a solver.
  package init(_ solver: Solver, _ domain: Domain = Domain()) {
    self.solver = solver
    self.domain = domain
    if let day = domain.asOf {
      asOf = solver.integer(Int(day.dayNumber))
    } else {
      asOf = solver.constant("查询日期", .integer)
      limit(asOf, Self.firstDay.dayNumber, Self.lastDay.dayNumber)
    }
  }

  /// A question with the constraints of what was used so far.
  package func question() -> Question {
    let question = Question(solver)
    for constraint in constraints { question.assert(constraint) }
    return question
  }

  func require(_ term: Term) {
    if term != solver.yes { constraints.append(term) }
  }

  func limit(_ term: Term, _ low: Int32, _ high: Int32) {
    require(solver.lessOrEqual(solver.integer(Int(low)), term))
    require(solver.lessOrEqual(term, solver.integer(Int(high))))
  }

  // MARK: Subjects

  /// The subject of a kind that measures are asked for.
  package func subject(of kind: KindID, in program: Program) -> SymbolicSubject {
    let name = program.kinds[kind].name
    if let known = roots[name] { return known }
    let recorded = domain.recorded.flatMap { $0.kind == kind ? $0 : nil }
    let subject = subject(kind: name, path: "", recorded: recorded)
    roots[name] = subject
    return subject
  }

  /// A subject with the same facts as that of a kind, but for one that it has of its own.
  func twin(of kind: KindID, without field: FieldID, in program: Program) -> SymbolicSubject {
    let first = subject(of: kind, in: program)
    let twin = SymbolicSubject(
      kind: first.kind, path: first.path, name: first.name, isNamed: first.isNamed, recorded: first.recorded)
    twin.facts = first.facts
    twin.facts[program.fields[field].name] = nil
    return twin
  }

  private func subject(kind: String, path: String, recorded: Subject?) -> SymbolicSubject {
    let name: Term
    let isNamed: Term
    if let recorded {
      name = solver.integer(recorded.name.map { place(of: $0) } ?? -1)
      isNamed = solver.truth(recorded.name != nil)
    } else {
      name = solver.constant(path + "名称", .integer)
      limit(name, 0, 1_000_000)
      isNamed = solver.yes
    }
    return SymbolicSubject(kind: kind, path: path, name: name, isNamed: isNamed, recorded: recorded)
  }

  /// The number that stands for a text.
  package func place(of text: String) -> Int {
    if let known = texts[text] { return known }
    texts[text] = spellings.count
    spellings.append(text)
    return spellings.count - 1
  }

  /// The text that a number stands for; one that no rule writes where it stands for none.
  func text(at place: Int) -> String {
    spellings.indices.contains(place) ? spellings[place] : "虚构\(place - spellings.count + 1)"
  }

  /// A fact of a subject.
  func fact(_ id: FieldID, of subject: SymbolicSubject, in program: Program) throws(Unsupported) -> SymbolicFact {
    let field = program.fields[id]
    if let known = subject.facts[field.name] { return known }
    let fact: SymbolicFact
    if let recorded = subject.recorded, !(subject.path.isEmpty && domain.free.contains(id)) {
      let given = recorded.facts.indices.contains(field.slot) ? recorded.facts[field.slot] : .missing
      fact = try self.fact(given, field, subject, program)
    } else {
      fact = try unknown(field, subject, program)
    }
    subject.facts[field.name] = fact
    subject.order.append(field.name)
    return fact
  }

  /// A fact as it is recorded.
  private func fact(
    _ given: Fact, _ field: Field, _ subject: SymbolicSubject, _ program: Program
  ) throws(Unsupported) -> SymbolicFact {
    var fact = SymbolicFact(unknown: solver.no, notApplicable: solver.no, content: .value(.nothing))
    switch given {
    case .missing, .notKnown: fact.unknown = solver.yes
    case .notApplicable: fact.notApplicable = solver.yes
    case .value(let value): fact.content = .value(constant(value))
    case .one(let other):
      fact.content = .one(
        self.subject(kind: program.kinds[other.kind].name, path: path(subject, field), recorded: other))
    case .many(let members, let complete):
      let subjects = members.enumerated().map { position, member in
        self.subject(
          kind: program.kinds[member.kind].name, path: path(subject, field, position), recorded: member)
      }
      fact.content = .many(subjects, count: solver.integer(members.count), complete: complete)
    }
    return fact
  }

  /// A fact that may be anything.
  private func unknown(_ field: Field, _ subject: SymbolicSubject, _ program: Program) throws(Unsupported)
    -> SymbolicFact
  {
    let name = path(subject, field)
    let isMissing = domain.mayBeMissing ? solver.constant(name + "?", .truth) : solver.no
    let isAbsent = domain.mayBeNotApplicable ? solver.constant(name + "∅", .truth) : solver.no
    require(solver.or(solver.not(isMissing), solver.not(isAbsent)))
    if isAbsent != solver.no { absences.append(isAbsent) }
    var fact = SymbolicFact(unknown: isMissing, notApplicable: isAbsent, content: .value(.nothing))
    switch field.type {
    case .truth:
      fact.content = .value(.option(solver.choose(solver.constant(name, .truth), solver.integer(1), solver.integer(0))))
    case .quantity(let dimension):
      let number = grid(of: dimension, name)
      require(solver.lessOrEqual(solver.real(.zero), number))
      require(solver.lessOrEqual(number, solver.real(Self.greatest)))
      fact.content = .value(.quantity(number))
    case .date:
      let day = solver.constant(name, .integer)
      limit(day, Self.firstDay.dayNumber, Self.lastDay.dayNumber)
      fact.content = .value(.date(day))
    case .text:
      let place = solver.constant(name, .integer)
      limit(place, 0, 1_000_000)
      fact.content = .value(.text(place))
    case .option(let id):
      let place = solver.constant(name, .integer)
      limit(place, 0, Int32(program.optionTypes[id].values.count - 1))
      for other in (domain.excluded[program.optionTypes[id].name] ?? []).sorted() {
        require(solver.differs(place, solver.integer(other)))
      }
      fact.content = .value(.option(place))
    case .duration: throw .durations
    case .entity(let kind):
      // Relations that lead back would never end.
      if subject.depth > 3 { throw .tooLarge }
      fact.content = .one(self.subject(kind: program.kinds[kind].name, path: name, recorded: nil))
    case .many(let kind):
      if subject.depth > 2 { throw .tooLarge }
      boundedLists.insert(field.name)
      let count = solver.constant(name + "#", .integer)
      limit(count, 0, Int32(domain.memberLimit))
      let members = (0..<domain.memberLimit).map {
        self.subject(kind: program.kinds[kind].name, path: path(subject, field, $0), recorded: nil)
      }
      fact.content = .many(members, count: count, complete: true)
    }
    return fact
  }

  /// A quantity: counts are whole; on the grid there are 分, hundredths of 亩 and ten-thousandths of rates, so that a least
  /// change is one.
  private func grid(of dimension: Dimension, _ name: String) -> Term {
    if dimension.isWhole { return solver.toReal(solver.constant(name, .integer)) }
    guard domain.isOnGrid else { return solver.constant(name, .real) }
    let step = dimension.step
    return solver.multiply(solver.real(step), solver.toReal(solver.constant(name, .integer)))!
  }

  private func path(_ subject: SymbolicSubject, _ field: Field, _ position: Int? = nil) -> String {
    subject.path + "/" + field.name + (position.map { "#\($0)" } ?? "")
  }

  package func constant(_ value: Value) -> SymbolicValue {
    switch value {
    case .truth(let flag): .option(solver.integer(flag ? 1 : 0))
    case .quantity(let number): .quantity(solver.real(number))
    case .date(let date): .date(solver.integer(Int(date.dayNumber)))
    case .duration(let duration):
      .duration(
        months: Int(duration.months), days: solver.integer(Int(duration.days)), workingDays: Int(duration.workingDays))
    case .text(let text): .text(solver.integer(place(of: text)))
    case .option(let position): .option(solver.integer(Int(position)))
    }
  }

  // MARK: Readings and gaps

  /// Whether a reading of a choice is the one that holds.
  func holds(_ reading: Int, of id: ChoiceID, in program: Program) -> Term {
    let choice = program.choices[id]
    var entry = choices[choice.name] ?? (solver.constant(choice.name, .integer), [])
    if entry.readings.isEmpty {
      entry.readings = domain.readings[choice.name] ?? choice.readings
      limit(entry.term, 0, Int32(max(entry.readings.count, 1) - 1))
    }
    let name = choice.readings.indices.contains(reading) ? choice.readings[reading] : ""
    let place = entry.readings.firstIndex(of: name) ?? reading
    choices[choice.name] = entry
    return solver.equal(entry.term, solver.integer(place))
  }

  /// The reading of a choice in an answer; nil where nothing asked for it.
  func reading(of id: ChoiceID, in program: Program, _ answer: Answer) -> Int? {
    let choice = program.choices[id]
    guard let entry = choices[choice.name], let place = answer.integer(entry.term),
      entry.readings.indices.contains(place)
    else { return nil }
    return choice.readings.firstIndex(of: entry.readings[place])
  }

  /// A truth that the rules leave open, by what it is about; the same for all who ask.
  func gap(_ key: String) -> SymbolicTruth {
    guard domain.fillsGaps else { return solver.unknown }
    let term = gaps[key] ?? solver.constant(key, .truth)
    gaps[key] = term
    return solver.of(term)
  }

  /// A value that the rules leave open, of a type.
  func gap(_ key: String, _ type: ValueType, in program: Program) throws(Unsupported) -> SymbolicValue {
    switch type {
    case .truth:
      let term = gap(key).yes
      return .option(solver.choose(term, solver.integer(1), solver.integer(0)))
    case .quantity:
      let isNew = gaps[key] == nil
      let term = gaps[key] ?? solver.constant(key, .real)
      gaps[key] = term
      if isNew {
        require(solver.lessOrEqual(solver.real(.zero), term))
        require(solver.lessOrEqual(term, solver.real(Self.greatest)))
      }
      return .quantity(term)
    case .date, .option, .text:
      let isNew = gaps[key] == nil
      let term = gaps[key] ?? solver.constant(key, .integer)
      gaps[key] = term
      if case .date = type {
        if isNew { limit(term, Self.firstDay.dayNumber, Self.lastDay.dayNumber) }
        return .date(term)
      }
      if case .option(let id) = type {
        if isNew { limit(term, 0, Int32(program.optionTypes[id].values.count - 1)) }
        return .option(term)
      }
      if isNew { limit(term, 0, 1_000_000) }
      return .text(term)
    case .duration: throw .durations
    case .entity, .many: throw .relation
    }
  }

  /// Whether an answer may rest on something that the rules leave open.
  package var hasGaps: Bool { !gaps.isEmpty }
}

extension Dimension {
  private static let divisible: Set = ["公里", "公斤", "千瓦", "小时", "度", "立方米"]

  /// Whether only whole numbers of it are counted (张, 人, 户).
  var isWhole: Bool {
    self == .count(counter) && counter != .none && !Self.divisible.contains(counter.chineseName)
  }

  /// The least difference of two quantities that is written: 1分, 0.01亩, one of a count, 0.01 of others, 0.0001 of rates.
  package var step: Rational {
    if isWhole { return .one }
    let parts = money == 0 && area == 0 && counterExponent == 0 ? 10_000 : 100
    return (try? Rational(numerator: 1, denominator: Int128(parts))) ?? .one
  }
}
