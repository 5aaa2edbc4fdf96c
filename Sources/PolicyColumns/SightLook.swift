import PolicyEvaluation
import PolicyIR
import PolicyValues

/// One subject, as nodes look at it.
enum SightFrame {
  case subject(Subject)
  case row(Int, RowVectors)
}

/// A look at one subject, and the list of what was seen.
struct SightLook {
  private(set) var list: [Int64]
  /// Whether something was met that no number says.
  private(set) var isOdd = false
  private let nodes: SightNodes
  private let kind: KindID
  private let subject: SightFrame
  /// The numbers of the subject's facts, and its row, where it stands in vectors.
  private let numbers: UnsafeMutablePointer<FactNumbers>?
  private let row: Int
  /// The related subjects that lead to the one that is spoken of.
  private var others: [SightFrame] = []

  init(_ subject: SightFrame, of kind: KindID, _ nodes: SightNodes, _ list: [Int64]) {
    (self.subject, self.kind, self.nodes, self.list) = (subject, kind, nodes, list)
    if case .row(let row, let rows) = subject {
      (self.row, numbers) = (row, rows.numbers)
    } else {
      (row, numbers) = (0, nil)
    }
  }

  /// Stands before the parts of what is open; what isn't is 0 or 1 in their place.
  private static var open: Int64 { 2 }

  /// Looks at a node and notes what is seen.
  mutating func see(_ number: Int32) -> SeenTruth {
    switch nodes.nodes[Int(number)] {
    case .settled(let truth): return truth
    case .test(let test):
      let outcome = outcome(test)
      list.append(outcome)
      return outcome == 0 ? .no : outcome == 1 ? .yes : .open
    case .facts(let place):
      see(nodes.facts[place])
      return .open
    case .all(let operands): return join(operands, settling: .no, otherwise: .yes)
    case .any(let operands): return join(operands, settling: .yes, otherwise: .no)
    case .negation(let node):
      switch see(node) {
      case .no: return .yes
      case .yes: return .no
      case .open: return .open
      }
    case .atLeast(let least, let operands):
      return composed { look in
        var (sure, possible) = (0, 0)
        for place in operands {
          let truth = look.see(look.nodes.operands[place])
          if truth == .yes { sure += 1 }
          if truth != .no { possible += 1 }
        }
        return sure >= least ? .yes : possible < least ? .no : .open
      }
    case .choose(let test, let then, let otherwise):
      return composed { look in
        switch look.see(test) {
        case .yes: return look.see(then)
        case .no: return look.see(otherwise)
        case .open:
          let (one, two) = (look.see(then), look.see(otherwise))
          return one == two ? one : .open
        }
      }
    case .readings(let operands):
      return composed { look in
        var truths = (no: false, yes: false, open: false)
        for place in operands {
          switch look.see(look.nodes.operands[place]) {
          case .no: truths.no = true
          case .yes: truths.yes = true
          case .open: truths.open = true
          }
        }
        return truths.open || truths.no == truths.yes ? .open : truths.yes ? .yes : .no
      }
    case .holds(let object, let conditions):
      return composed { look in
        switch look.see(object) {
        case .no: return .no
        case .yes: return look.see(conditions)
        case .open:
          _ = look.see(conditions)
          return .open
        }
      }
    case .members(let owner, let slot, let isAny, let level, let node):
      return composed { look in look.members(look.frame(owner), slot, isAny: isAny, level, node) }
    }
  }

  private mutating func outcome(_ test: FactTest) -> Int64 {
    let number: Int64
    if test.level == 0, let numbers {
      number = note(numbers[test.slot].at(row))
    } else {
      number = self.number(frame(test.level), test.slot, nodes.types[test.type])
    }
    if number < FactVector.leastWide { return number == FactVector.State.notApplicable.wide ? 0 : number }
    switch test.form {
    case .truth: return number
    case .limit(let comparison, let limit): return comparison.holds(number, limit) ? 1 : 0
    case .option(let places):
      return number >= 0 && number < places.count ? nodes.outcomes[places.lowerBound + Int(number)] : number + 3
    }
  }

  private func frame(_ level: Int) -> SightFrame { level == 0 ? subject : others[level - 1] }

  /// Notes what parts a truth has where it is open, and only the truth where it isn't.
  private mutating func composed(_ body: (inout SightLook) -> SeenTruth) -> SeenTruth {
    let start = list.count
    list.append(Self.open)
    let truth = body(&self)
    if truth != .open {
      list.removeLast(list.count - start)
      list.append(truth == .yes ? 1 : 0)
    }
    return truth
  }

  private mutating func join(_ operands: SightNode.Operands, settling: SeenTruth, otherwise: SeenTruth) -> SeenTruth {
    composed { look in
      var result = otherwise
      for place in operands {
        let truth = look.see(look.nodes.operands[place])
        if truth == settling { return settling }
        if truth == .open { result = .open }
      }
      return result
    }
  }

  /// Looks at related subjects up to the one that settles it.
  private mutating func members(
    _ owner: SightFrame, _ slot: Int, isAny: Bool, _ level: Int, _ node: Int32
  ) -> SeenTruth {
    let (members, isComplete): ([SightFrame], Bool)
    switch related(owner, slot) {
    case .list(let frames, let complete): (members, isComplete) = (frames, complete)
    case .state(let number):
      list.append(number)
      return number == FactVector.State.notApplicable.wide ? .no : .open
    }
    list.append(Self.many(members.count, isComplete))
    var result: SeenTruth = isComplete ? isAny ? .no : .yes : .open
    let kept = others
    defer { others = kept }
    for member in members {
      // Below the subject for whom the list is gone through.
      others.removeLast(others.count - (level - 1))
      others.append(member)
      let truth = see(node)
      if truth == (isAny ? .yes : .no) { return truth }
      if truth == .open { result = .open }
    }
    return result
  }

  /// Notes facts of the subject itself, with those of related ones.
  mutating func see(_ facts: SeenFacts) { see(facts, of: kind, subject) }

  private mutating func see(_ facts: SeenFacts, of kind: KindID, _ frame: SightFrame) {
    for part in facts.parts[kind.index] {
      switch part.type {
      case .entity(let target), .many(let target):
        switch related(frame, part.slot) {
        case .list(let others, let isComplete):
          list.append(Self.many(others.count, isComplete))
          for other in others { see(facts, of: target, other) }
        case .state(let number): list.append(number)
        }
      case .truth, .quantity, .date, .duration, .text, .option:
        list.append(part.classes.number(number(frame, part.slot, part.type)))
      }
    }
  }

  /// The number of a fact.
  private mutating func number(_ frame: SightFrame, _ slot: Int, _ type: ValueType) -> Int64 {
    let number =
      switch frame {
      case .row(let row, let rows): rows.vectors[slot].number(at: row)
      case .subject(let subject):
        slot < subject.facts.count
          ? FactVector.number(for: subject.facts[slot], type) : FactVector.State.missing.wide
      }
    return note(number)
  }

  /// The same number; notes where it isn't all that the fact says.
  private mutating func note(_ number: Int64) -> Int64 {
    if number == FactVector.State.odd.wide { isOdd = true }
    return number
  }

  private enum Related {
    /// A single one counts as a complete list.
    case list([SightFrame], isComplete: Bool)
    case state(Int64)
  }

  private mutating func related(_ frame: SightFrame, _ slot: Int) -> Related {
    switch frame {
    case .row(let row, let rows):
      guard let (places, isComplete) = rows.members(in: slot, at: row) else {
        return .state(number(frame, slot, .truth))
      }
      let others = rows.related[slot]
      return .list(
        places.compactMap { place in (others?.items[place].facts).map { .row(row, $0) } },
        isComplete: isComplete || others?.isMany == false)
    case .subject(let subject):
      guard slot < subject.facts.count else { return .state(FactVector.State.missing.wide) }
      switch subject.facts[slot] {
      case .many(let others, let isComplete): return .list(others.map { .subject($0) }, isComplete: isComplete)
      case .one(let other): return .list([.subject(other)], isComplete: true)
      case .missing, .notKnown, .notApplicable, .value:
        return .state(number(frame, slot, .truth))
      }
    }
  }

  /// What stands before related subjects; states of a relation are negative.
  private static func many(_ count: Int, _ isComplete: Bool) -> Int64 { Int64(count) * 4 + (isComplete ? 3 : 2) }
}
