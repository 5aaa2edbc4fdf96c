import PolicyIR

/// What an engine's references stand for, apart from the engine, which goes on to other subjects.
struct Meanings: Sendable {
  let truths: DiagramTree<Tri>
  let cells: DiagramTree<Cell>
  let reasons: [Reason]
  /// The slots of each set of reasons.
  let sets: [[Int32]]
  let paths: [SubjectPath]
  /// Texts of facts, behind the program's.
  let texts: [String]

  /// The outcome that a diagram of truths stands for.
  func truth(_ ref: Ref<Tri>) -> Outcome<Truth> {
    switch ref {
    case .leaf(let tri):
      switch tri.state {
      case .no: .leaf(.no)
      case .yes: .leaf(.yes)
      case .unknown: .leaf(.unknown(list(tri.reasons)))
      case .notApplicable: .leaf(.notApplicable)
      }
    case .node(let index):
      .choice(
        ChoiceID(Int(truths.nodes[Int(index)].choice)), truths.branches(of: index).map { truth($0) })
    }
  }

  /// The outcome that a diagram of values stands for; `texts`: the program's.
  func value(_ ref: Ref<Cell>, texts program: [String]) -> Outcome<KnownValue> {
    switch ref {
    case .leaf(let cell): .leaf(value(cell, texts: program))
    case .node(let index):
      .choice(
        ChoiceID(Int(cells.nodes[Int(index)].choice)), cells.branches(of: index).map { value($0, texts: program) })
    }
  }

  private func value(_ cell: Cell, texts program: [String]) -> KnownValue {
    switch cell {
    case .quantity(let number): .value(.quantity(number))
    case .date(let date): .value(.date(date))
    case .duration(let duration): .value(.duration(duration))
    case .option(let option): .value(.option(option))
    case .text(let place):
      .value(.text(Int(place) < program.count ? program[Int(place)] : texts[Int(place) - program.count]))
    case .unknown(let reasons, let bounds): .unknown(list(reasons), low: bounds.low, high: bounds.high)
    case .notApplicable: .notApplicable
    }
  }

  /// The reasons of a set, in the order of answers.
  private func list(_ set: SlotSet) -> [Reason] { sets[Int(set.number)].map { reasons[Int($0)] }.sorted() }
}

extension DiagramTree {
  /// The branches of a node in order of readings.
  func branches(of index: Int32) -> ArraySlice<Ref<Leaf>> {
    let node = nodes[Int(index)]
    return branches[Int(node.first)..<Int(node.first + node.arity)]
  }
}

extension Engine {
  /// What the references of the evaluation so far stand for.
  var meanings: Meanings {
    Meanings(
      truths: stores.truths.tree, cells: stores.cells.tree, reasons: registry.reasons, sets: registry.sets.lists,
      paths: registry.paths, texts: registry.texts)
  }
}
