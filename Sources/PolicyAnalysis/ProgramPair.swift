package import PolicyIR
import PolicyValues

/// Two versions of a program whose options count their values alike, so that one subject can be put to both.
package struct ProgramPair: Sendable {
  package let before: Program
  package let after: Program
  /// For an option, the places of the values that only one version has; no subject of both is recorded with them.
  package let unshared: [String: Set<Int>]
  /// For a choice of both versions, the readings of either.
  package let readings: [String: [String]]
  /// What keeps facts of one version from being facts of the other.
  package let clashes: [SchemaClash]
  /// For an option that is counted otherwise here, where the later version's values went.
  private let places: [OptionTypeID: [Int32]]

  /// Aligns two versions; where they declare the same options, they stay as they are.
  package init(_ before: Program, _ after: Program) {
    var (old, new) = (before, after)
    var unshared: [String: Set<Int>] = [:]
    var clashes: [SchemaClash] = []
    var places: [OptionTypeID: [Int32]] = [:]
    for (index, option) in before.optionTypes.enumerated() {
      guard let other = after.optionTypes.firstIndex(where: { $0.name == option.name }) else { continue }
      let (mine, its) = (option.values, after.optionTypes[other].values)
      if mine.map(\.name) == its.map(\.name) { continue }
      let (merged, isOrdered) = merge(mine, its)
      if !isOrdered, option.ordered || after.optionTypes[other].ordered { clashes.append(.optionOrder(option.name)) }
      let names = (Set(mine.map(\.name)), Set(its.map(\.name)))
      unshared[option.name] = Set(
        merged.indices.filter { !names.0.contains(merged[$0].name) || !names.1.contains(merged[$0].name) })
      old.renumber(OptionTypeID(index), as: merged)
      new.renumber(OptionTypeID(other), as: merged)
      places[OptionTypeID(other)] = its.map { value in Int32(merged.firstIndex { $0.name == value.name }!) }
    }
    for field in before.fields {
      let kind = before.kinds[field.kind].name
      guard
        let other = after.fields.first(where: { $0.name == field.name && after.kinds[$0.kind].name == kind }),
        typeName(field.type, before) != typeName(other.type, after)
      else { continue }
      clashes.append(.factType(field.name))
    }
    var readings: [String: [String]] = [:]
    for choice in before.choices {
      if let other = after.choices.first(where: { $0.name == choice.name }) {
        readings[choice.name] = choice.readings + other.readings.filter { !choice.readings.contains($0) }
      } else {
        // A witness has the later version's ids, for the earlier version's readings too.
        new.choices.append(choice)
      }
    }
    (old.cases, new.cases) = ([], [])
    (self.before, self.after, self.unshared, self.readings, self.clashes, self.places) =
      (old, new, unshared, readings, clashes, places)
  }

  /// A subject as the later version records it, for this pair.
  package func admit(_ subject: Subject) -> Subject { renumbered(subject) { $0[Int($1)] } }

  /// A subject of this pair as the later version records it.
  package func release(_ subject: Subject) -> Subject {
    renumbered(subject) { places, place in Int32(places.firstIndex(of: place) ?? 0) }
  }

  private func renumbered(_ subject: Subject, _ place: ([Int32], Int32) -> Int32) -> Subject {
    if places.isEmpty { return subject }
    var copy = subject
    for (slot, id) in after.kinds[subject.kind].fields.enumerated() where copy.facts.indices.contains(slot) {
      switch copy.facts[slot] {
      case .value(.option(let value)):
        guard case .option(let type) = after.fields[id].type, let places = places[type] else { continue }
        copy.facts[slot] = .value(.option(place(places, value)))
      case .one(let other): copy.facts[slot] = .one(renumbered(other, place))
      case .many(let others, let complete):
        copy.facts[slot] = .many(others.map { renumbered($0, place) }, complete: complete)
      case .missing, .notKnown, .notApplicable, .value: continue
      }
    }
    return copy
  }

  /// A subject of the later version as one of the earlier; nil where that has no such kind.
  package func earlier(_ subject: Subject) -> Subject? { translate(subject, from: after, to: before) }

  private func translate(_ subject: Subject, from: Program, to: Program) -> Subject? {
    let name = from.kinds[subject.kind].name
    guard let kind = to.kinds.firstIndex(where: { $0.name == name }) else { return nil }
    var slots: [String: Int] = [:]
    for (slot, id) in from.kinds[subject.kind].fields.enumerated() { slots[from.fields[id].name] = slot }
    var copy = subject
    copy.kind = KindID(kind)
    copy.facts = to.kinds[kind].fields.map { id in
      guard let slot = slots[to.fields[id].name], subject.facts.indices.contains(slot) else { return .missing }
      switch subject.facts[slot] {
      case .one(let other): return translate(other, from: from, to: to).map { .one($0) } ?? .missing
      case .many(let others, let complete):
        return .many(others.compactMap { translate($0, from: from, to: to) }, complete: complete)
      case .missing: return .missing
      case .notKnown: return .notKnown
      case .notApplicable: return .notApplicable
      case .value(let value): return .value(value)
      }
    }
    return copy
  }

  /// The later version's ids of choices of the earlier one.
  func later(_ choices: Set<ChoiceID>) -> Set<ChoiceID> {
    Set(
      choices.compactMap { id in
        after.choices.firstIndex { $0.name == before.choices[id].name }.map { ChoiceID($0) }
      })
  }

  /// The earlier version's ids of readings that the later one settles; those that it doesn't have are left out.
  package func earlier(_ readings: [ChoiceID: Int]) -> [ChoiceID: Int] {
    var result: [ChoiceID: Int] = [:]
    for (id, reading) in readings {
      let choice = after.choices[id]
      guard let index = before.choices.firstIndex(where: { $0.name == choice.name }),
        choice.readings.indices.contains(reading),
        let place = before.choices[index].readings.firstIndex(of: choice.readings[reading])
      else { continue }
      result[ChoiceID(index)] = place
    }
    return result
  }
}

/// What keeps one subject from being put to two versions.
package enum SchemaClash: Hashable, Sendable {
  /// A fact has another type.
  case factType(String)
  /// The values of an ordered option stand in another order.
  case optionOrder(String)
}

/// Both lists of values in one, and whether each keeps its order in it.
private func merge(_ one: [OptionValue], _ two: [OptionValue]) -> ([OptionValue], keepsOrder: Bool) {
  let names = Set(two.map(\.name))
  let common = one.map(\.name).filter { names.contains($0) }
  let mine = Set(one.map(\.name))
  guard common == two.map(\.name).filter({ mine.contains($0) }) else {
    return (one + two.filter { !mine.contains($0.name) }, false)
  }
  var result: [OptionValue] = []
  var rest = two[...]
  for value in one {
    if names.contains(value.name) {
      while let next = rest.first, next.name != value.name {
        result.append(next)
        rest.removeFirst()
      }
      rest = rest.dropFirst()
    }
    result.append(value)
  }
  return (result + rest, true)
}

private func typeName(_ type: ValueType, _ program: Program) -> String {
  switch type {
  case .truth, .date, .duration, .text: "\(type)"
  case .quantity(let dimension): "quantity \(dimension)"
  case .option(let id): "option " + program.optionTypes[id].name
  case .entity(let id): "one " + program.kinds[id].name
  case .many(let id): "many " + program.kinds[id].name
  }
}

extension Program {
  /// Gives an option the values of a longer list, and counts its values by it everywhere.
  fileprivate mutating func renumber(_ id: OptionTypeID, as values: [OptionValue]) {
    let old = optionTypes[id].values
    let places = old.map { value in Int32(values.firstIndex { $0.name == value.name }!) }
    func value(_ value: Value) -> Value {
      if case .option(let place) = value, places.indices.contains(Int(place)) { return .option(places[Int(place)]) }
      return value
    }
    // What a version says of its own values stays; of the others it says nothing.
    optionTypes[id.index].values = values.map { value in old.first { $0.name == value.name } ?? value }
    replaceExpressions { expression in
      expression.mapped { part in
        var part = part
        switch part.form {
        case .literal(let literal) where part.type == .option(id): part.form = .literal(value(literal))
        case .membership(let operand, let listed, let isOpen) where operand.type == .option(id):
          part.form = .membership(operand, listed.map(value), open: isOpen)
        default: break
        }
        return part
      }
    }
    for index in parameters.indices where parameters[index].type == .option(id) {
      for step in parameters[index].steps.indices {
        parameters[index].steps[step].value = value(parameters[index].steps[step].value)
      }
    }
    for index in classifications.indices {
      guard fields[classifications[index].field].type == .option(id) else { continue }
      var sorting = [Classification.Sorting](repeating: .unsettled, count: values.count)
      for (place, entry) in zip(places, classifications[index].sorting) { sorting[Int(place)] = entry }
      classifications[index].sorting = sorting
    }
  }
}
