import PolicyIR
import PolicyValues

extension RandomProgram {
  /// A random subject; each fact is missing in `open` of eight cases.
  mutating func subject(of kind: KindID? = nil, open: Int = 2) -> Subject {
    let kind = kind ?? project
    return Subject(
      kind: kind, id: random.pick(["甲", "乙", "丙"]), facts: program.kinds[kind].fields.map { fact($0, open: open) })
  }

  mutating func fact(_ field: FieldID, open: Int) -> Fact {
    if random.below(8) < open { return random.oneIn(6) ? .notKnown : .missing }
    if random.oneIn(10) { return .notApplicable }
    switch program.fields[field].type {
    case .entity(let kind): return .one(subject(of: kind, open: open))
    case .many(let kind):
      let members = (0..<random.below(4)).map { _ in subject(of: kind, open: open) }
      return .many(members, complete: open == 0 || !random.oneIn(3))
    case let type: return .value(value(type))
    }
  }

  /// Values on the boundaries of the literals, and beside them.
  mutating func value(_ type: ValueType) -> Value {
    switch type {
    case .truth: return .truth(random.oneIn(2))
    case .quantity: return .quantity(Rational(max(0, random.pick(Self.numbers) + random.below(3) - 1)))
    case .date:
      return .date(
        random.oneIn(2) ? random.pick(Self.dates) : try! random.pick(Self.dates).adding(days: random.below(3) - 1))
    case .duration: return .duration(random.pick(Self.durations))
    case .text: return .text(random.pick(["甲", "乙", "丙"]))
    case .option(let id): return .option(Int32(random.below(program.optionTypes[id].values.count)))
    case .entity, .many: return .truth(false)
    }
  }
}

extension RandomProgram {
  /// The subject with one more fact given, somewhere, if the place that was picked lacks one.
  mutating func completed(_ subject: Subject) -> Subject {
    var copy = subject
    let slot = random.below(copy.facts.count)
    switch copy.facts[slot] {
    case .missing, .notKnown: copy.facts[slot] = fact(program.kinds[subject.kind].fields[slot], open: random.below(3))
    case .one(let other): copy.facts[slot] = .one(completed(other))
    case .many(var members, let isComplete):
      if !members.isEmpty, random.oneIn(2) {
        let place = random.below(members.count)
        members[place] = completed(members[place])
        copy.facts[slot] = .many(members, complete: isComplete)
      } else if !isComplete {
        let kind: KindID =
          if case .many(let kind) = program.fields[program.kinds[subject.kind].fields[slot]].type { kind } else { loan }
        if random.oneIn(2) { members.append(self.subject(of: kind, open: 2)) }
        copy.facts[slot] = .many(members, complete: random.oneIn(2))
      }
    case .value, .notApplicable: break
    }
    return copy
  }
}
