package import PolicyIR
import PolicyValues

/// How an answer came about: one tree of steps in the order of evaluation.
///
/// The measure's own step comes first; its amount, payers, instalments and deadlines follow as further roots.
package struct Derivation: Sendable {
  private let prepared: PreparedProgram
  private let steps: [RawStep]
  private let values: [Ref<Cell>]
  private let stores: Stores
  private let registry: Registry

  init(prepared: PreparedProgram, tape: Tape, stores: Stores, registry: Registry) {
    self.prepared = prepared
    steps = tape.steps
    values = tape.values
    self.stores = stores
    self.registry = registry
  }

  /// The number of steps.
  package var count: Int { steps.count }
  /// The positions of the outermost steps.
  package var roots: [Int] { siblings(from: 0, to: steps.count) }
  /// The positions of a step's direct parts; those of the earlier step where it repeats one.
  package func children(of position: Int) -> [Int] {
    guard steps.indices.contains(position) else { return [] }
    let earlier = Int(steps[position].repeats)
    let owner = steps.indices.contains(earlier) ? earlier : position
    return siblings(from: owner + 1, to: Int(steps[owner].end))
  }

  private func siblings(from first: Int, to end: Int) -> [Int] {
    var list: [Int] = []
    var position = first
    while position < end {
      list.append(position)
      position = max(Int(steps[position].end), position + 1)
    }
    return list
  }

  /// The step at a position.
  ///
  /// - Requires: the position is below `count`.
  package subscript(position: Int) -> Step {
    let raw = steps[position]
    let source = Int(raw.source)
    return Step(
      what: raw.what, expression: prepared.expressions.indices.contains(source) ? prepared.expressions[source] : nil,
      origin: origin(of: raw.what), subject: registry.paths[Int(raw.path)], fact: raw.fact,
      outcome: outcome(raw.outcome), sameAs: raw.repeats < 0 ? nil : Int(raw.repeats))
  }

  /// One step of a derivation, with all that a renderer needs to name it.
  package struct Step: Sendable {
    package var what: StepKind
    /// The expression that was evaluated, with its place in the rule file.
    package var expression: Expression?
    /// The clause and the quoted words of the declaration that the step stands for.
    package var origin: Origin?
    /// The subject that the step is about.
    package var subject: SubjectPath
    /// What is recorded of the field that it reads.
    package var fact: FactState
    /// nil for a step that has no result of its own.
    package var outcome: ExpressionOutcome?
    /// The position of an equal step that stands in the tree already, with its parts.
    package var sameAs: Int?
  }

  private func origin(of what: StepKind) -> Origin? {
    let program = prepared.program
    return switch what {
    case .measure(let id): program.measures[id].origin
    case .definition(let id): program.definitions[id].origin
    case .reading(let id, _), .settled(let id, _):
      program.choices.indices.contains(id.index) ? program.choices[id].origin : nil
    case .classification(let id): program.classifications[id].origin
    case .row(let id, _): program.tables[id].origin
    case .tier(let id, _): program.tierSchedules[id].origin
    case .hole(let id): program.holes[id].origin
    case .filling(let id, let position): program.holes[id].fillings[position].origin
    case .reference(let id): id.map { program.measures[$0].origin }
    case .object, .condition, .period, .field, .expression, .element, .amount, .payer, .instalment, .deadline,
      .department:
      nil
    }
  }

  private func outcome(_ raw: RawStep.Outcome) -> ExpressionOutcome? {
    switch raw {
    case .none: nil
    case .truth(let code): .truth(exported(Ref<Tri>(code: code)))
    case .value(let place): .value(exported(values[Int(place)]))
    }
  }

  private func exported(_ ref: Ref<Tri>) -> Outcome<Truth> {
    var diagrams = stores.truths
    return registry.exported(ref, &diagrams)
  }
  private func exported(_ ref: Ref<Cell>) -> Outcome<KnownValue> {
    var diagrams = stores.cells
    return registry.exported(ref, &diagrams, texts: prepared.texts)
  }
}

extension Registry {
  /// The outcome that a diagram of truths stands for.
  func exported(_ ref: Ref<Tri>, _ diagrams: inout Diagrams<Tri>) -> Outcome<Truth> {
    switch ref {
    case .leaf(let tri):
      switch tri.state {
      case .no: .leaf(.no)
      case .yes: .leaf(.yes)
      case .unknown: .leaf(.unknown(list(tri.reasons)))
      case .notApplicable: .leaf(.notApplicable)
      }
    case .node:
      .choice(
        ChoiceID(Int(diagrams.choice(of: ref))), diagrams.branches(of: ref).map { exported($0, &diagrams) })
    }
  }

  /// The outcome that a diagram of values stands for.
  func exported(_ ref: Ref<Cell>, _ diagrams: inout Diagrams<Cell>, texts program: [String]) -> Outcome<KnownValue> {
    switch ref {
    case .leaf(let cell): .leaf(exported(cell, texts: program))
    case .node:
      .choice(
        ChoiceID(Int(diagrams.choice(of: ref))),
        diagrams.branches(of: ref).map { exported($0, &diagrams, texts: program) })
    }
  }

  private func exported(_ cell: Cell, texts program: [String]) -> KnownValue {
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
}
