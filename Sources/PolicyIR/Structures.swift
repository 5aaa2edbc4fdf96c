import PolicyText
import PolicyValues

/// Numbers that are equal for rules that say the same, in whichever program and at whichever place they stand.
///
/// A reference counts as what it refers to: two expressions have one number where their definitions, tables and parameters
/// have the same content, whatever these are called. Names count where an answer shows them or facts are found by them:
/// kinds, fields, options, choices, holes, lists, authorities.
package final class StructureNumbers {
  private var numbers: [String: Int] = [:]

  package init() {}

  func number(of text: String) -> Int {
    if let known = numbers[text] { return known }
    numbers[text] = numbers.count
    return numbers.count - 1
  }
}

/// The numbers of one program's rules.
package final class Structures {
  package let program: Program
  private let numbers: StructureNumbers
  private var known: [Key: Int] = [:]

  private enum Key: Hashable {
    case definition(DefinitionID)
    case classification(ClassificationID)
    case hole(HoleID)
    case parameter(ParameterID)
    case table(TableID)
    case tiers(TierScheduleID)
    case list(NameListID)
    case holds(MeasureID)
    case amount(MeasureID)
    case group(GroupID)
  }

  /// Numbers that can be compared with those of another program with the same table.
  package init(_ program: Program, _ numbers: StructureNumbers) {
    self.program = program
    self.numbers = numbers
  }

  /// The number of a text; what it names is up to the caller.
  package func number(_ text: String) -> Int { numbers.number(of: text) }

  private func number(_ key: Key, _ content: () -> String) -> Int {
    if let number = known[key] { return number }
    // A checked program has no circles; one that has is equal only to itself.
    known[key] = numbers.number(of: "circle \(key)")
    let number = numbers.number(of: content())
    known[key] = number
    return number
  }

  // MARK: Expressions

  package func number(_ expression: Expression?) -> Int {
    guard let expression else { return numbers.number(of: "-") }
    let children = expression.children.map { "\(number($0))" }.joined(separator: ",")
    return numbers.number(of: "\(head(expression)):\(text(expression.type))(\(children))")
  }

  /// What an expression is, without its operands.
  private func head(_ expression: Expression) -> String {
    switch expression.form {
    case .literal(let value): "literal \(text(value, expression.type))"
    case .field(let id, let depth): "field \(depth) \(field(id))"
    case .fieldOf(_, let id): "of \(field(id))"
    case .definition(let id, let depth): "definition \(depth) \(number(id))"
    case .classification(let id, let depth): "sorted \(depth) \(number(id))"
    case .hole(let id): "hole \(number(id))"
    case .parameter(let id, _): "parameter \(number(id))"
    case .table(let id): "table \(number(id))"
    case .tiers(let id): "tiers \(number(id))"
    case .measureHolds(let id): "holds \(numberOfVerdict(id))"
    case .measureAmount(let id): "amount \(numberOfAmount(id)) \(numberOfVerdict(id))"
    case .asOf: "asOf"
    case .onList(let id): "list \(number(id))"
    case .dangling(let text): "text \(text)"
    case .conjunction: "and"
    case .disjunction: "or"
    case .negation: "not"
    case .atLeast(let count, _): "atLeast \(count)"
    case .comparison(let comparison, let left, _): "\(comparison.rawValue) \(order(left.type))"
    case .membership(let value, let values, let isOpen):
      "in \(isOpen) \(values.map { text($0, value.type) }.joined(separator: "|"))"
    case .arithmetic(let operation, let left, let right):
      // A length of time in working days is counted by the calendar.
      [left.type, right.type].contains(.duration) ? "\(operation.rawValue) \(calendar)" : operation.rawValue
    case .conditional: "if"
    case .call(.workingDaysAfter, _): "call workingDaysAfter \(calendar)"
    case .call(let builtin, _): "call \(builtin.rawValue)"
    case .aggregate(let aggregate, let relation, let depth, let filter, _):
      "\(aggregate.rawValue) \(depth) \(field(relation)) \(filter != nil)"
    case .rounded(_, let rounding): "round \(rounding.mode) \(rounding.unit)"
    }
  }

  /// The number of the days that are worked.
  package private(set) lazy var calendar = number(
    "\(program.calendar.years.sorted()) \(program.calendar.holidays.sorted()) \(program.calendar.workdays.sorted())")

  /// The order of an option's values, which comparisons go by.
  private func order(_ type: ValueType) -> String {
    guard case .option(let id) = type else { return "" }
    return program.optionTypes[id].values.map { $0.name + ($0.unranked ? "-" : "") }.joined(separator: "|")
  }

  private func field(_ id: FieldID) -> String {
    let field = program.fields[id]
    let finder = field.finder.map { program.authorities[$0].name } ?? ""
    return "\(program.kinds[field.kind].name).\(field.name):\(text(field.type))/\(finder)/\(field.refersTo ?? "")"
  }

  private func text(_ type: ValueType) -> String {
    switch type {
    case .truth: "truth"
    case .quantity(let dimension): "quantity \(dimension)"
    case .date: "date"
    case .duration: "duration"
    case .text: "text"
    case .option(let id): program.optionTypes[id].name
    case .entity(let id): program.kinds[id].name
    case .many(let id): program.kinds[id].name + "…"
    }
  }

  private func text(_ value: Value, _ type: ValueType) -> String {
    if case .option(let place) = value, case .option(let id) = type {
      let values = program.optionTypes[id].values
      return values.indices.contains(Int(place)) ? values[Int(place)].name : "\(place)"
    }
    return "\(value)"
  }

  // MARK: What expressions refer to

  package func number(_ id: DefinitionID) -> Int {
    number(.definition(id)) {
      let definition = program.definitions[id]
      let choice = definition.choice.map { self.choice($0) } ?? ""
      return "\(program.kinds[definition.kind].name) \(choice) \(definition.bodies.map { "\(number($0))" })"
    }
  }

  private func choice(_ id: ChoiceID) -> String {
    let choice = program.choices[id]
    let ruling = choice.ruling.map { "\($0.reading) \($0.basis) \($0.date)" } ?? ""
    return "\(choice.name)/\(choice.readings.joined(separator: "/"))/\(ruling)"
  }

  private func number(_ id: ClassificationID) -> Int {
    number(.classification(id)) {
      let entry = program.classifications[id]
      var parts: [String] = []
      if case .option(let type) = program.fields[entry.field].type {
        for (value, sorting) in zip(program.optionTypes[type].values, entry.sorting) {
          let sorted =
            switch sorting {
            case .yes: "yes"
            case .no: "no"
            case .unsettled: "unsettled \(entry.name)"
            case .disputed(let choice): self.choice(choice)
            }
          parts.append(value.name + "=" + sorted)
        }
      }
      return "sorting \(field(entry.field)) \(parts.sorted())"
    }
  }

  private func number(_ id: HoleID) -> Int {
    number(.hole(id)) {
      let hole = program.holes[id]
      let authors = hole.authors.map { "\(program.authorities[$0.authority].name) \($0.role.rawValue)" }
      let deadline = hole.deadline.map { "\($0) \(calendar)" } ?? ""
      let fillings = hole.fillings.map { "\(number($0.value)) \(text($0.period))" }
      return
        "\(hole.name) \(text(hole.type)) \(authors) \(deadline) \(number(hole.lowest)) \(number(hole.highest)) \(fillings)"
    }
  }

  private func number(_ id: ParameterID) -> Int {
    number(.parameter(id)) {
      let parameter = program.parameters[id]
      return "parameter \(parameter.steps.map { "\($0.from) \(text($0.value, parameter.type))" })"
    }
  }

  package func number(_ id: TableID) -> Int {
    number(.table(id)) {
      let table = program.tables[id]
      let rows = table.rows.map { row in
        "\(row.tests.map { number($0) }) \(number(row.result))"
      }
      return "table \(program.kinds[table.kind].name) \(text(table.type)) \(rows)"
    }
  }

  private func number(_ id: TierScheduleID) -> Int {
    number(.tiers(id)) {
      let schedule = program.tierSchedules[id]
      let tiers = schedule.tiers.map { tier in
        let (low, high) = (tier.low.map { "\($0)" } ?? "", tier.high.map { "\($0)" } ?? "")
        return "\(low) \(tier.lowIncluded) \(high) \(tier.highIncluded) \(number(tier.rate)) \(tier.isRate)"
      }
      return "tiers \(number(schedule.base)) \(schedule.mode.rawValue) \(text(schedule.type)) \(tiers)"
    }
  }

  private func number(_ id: NameListID) -> Int {
    number(.list(id)) {
      let list = program.nameLists[id]
      return "\(list.name) \(list.names.map { $0.joined(separator: "|") } ?? "?") \(list.complete)"
    }
  }

  package func text(_ period: Period) -> String { "\(text(period.start))–\(text(period.end))" }

  private func text(_ boundary: Period.Boundary) -> String {
    switch boundary {
    case .unstated: ""
    case .date(let date): date.isoDescription
    }
  }

  // MARK: Measures

  /// The number of what decides a measure's verdict, its period too.
  package func numberOfVerdict(_ id: MeasureID) -> Int {
    number(.holds(id)) {
      let measure = program.measures[id]
      var parts: [String] = []
      if let object = measure.object {
        parts.append("\(program.kinds[object.kind].name) \(object.name) \(number(object.membership))")
      }
      parts += measure.conditions.map { "\($0.role.rawValue) \(number($0.test))" }
      if let reference = measure.reference {
        parts.append(reference.manner.rawValue)
        switch reference.target {
        case .measure(let target): parts.append("\(numberOfVerdict(target))")
        case .text(let text): parts.append(text)
        }
      }
      parts.append("\(measure.isTransitional) \(text(measure.period)) \(documentPeriod(measure))")
      return "verdict \(parts)"
    }
  }

  /// The number of what decides a measure's amount where its verdict is yes.
  package func numberOfAmount(_ id: MeasureID) -> Int {
    number(.amount(id)) {
      let measure = program.measures[id]
      if let rule = measure.amount { return "grants \(number(rule.value)) \(rule.discretionary) \(text(rule.type))" }
      guard let reference = measure.reference, reference.manner != .deference,
        case .measure(let target) = reference.target
      else { return "grants nothing" }
      return "follows \(numberOfAmount(target))"
    }
  }

  package func documentPeriod(_ measure: Measure) -> String {
    measure.origin.clause.map { text(program.documents[program.clauses[$0].document].period) } ?? ""
  }

  /// The number of a group's rule, its members by name.
  package func number(_ id: GroupID) -> Int {
    number(.group(id)) {
      let group = program.groups[id]
      let members = group.members.map { program.measures[$0].name }
      let chosen = group.chosen.map { field($0) } ?? ""
      let departments = group.departments.map { "\(program.authorities[$0.authority].name) \($0.role.rawValue)" }
      return """
        \(group.name) \(program.kinds[group.kind].name) \(members) \(group.subgroups.map { number($0) }) \
        \(group.rule.rawValue) \(number(group.cap)) \(number(group.received)) \(chosen) \(departments)
        """
    }
  }
}
