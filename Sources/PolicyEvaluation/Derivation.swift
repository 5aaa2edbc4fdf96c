package import PolicyIR
import PolicyValues

/// How an answer came about: one tree of steps in the order of evaluation.
///
/// The measure's own step comes first; its amount, payers, instalments and deadlines follow as further roots.
package struct Derivation: Sendable {
  private let source: Shared<PreparedProgram>
  private let steps: [RawStep]
  private let values: [Ref<Cell>]
  private let meanings: Meanings

  init(of source: Shared<PreparedProgram>, tape: Tape, meanings: Meanings) {
    self.source = source
    steps = tape.steps
    values = tape.values
    self.meanings = meanings
  }

  private var prepared: PreparedProgram { source.content }

  /// The number of steps.
  package var count: Int { steps.count }
  /// The positions of the outermost steps.
  package var roots: [Int] { siblings(from: 0, to: steps.count) }
  /// The positions of a step's direct parts; those of the earlier step where it repeats one.
  package func children(of position: Int) -> [Int] {
    guard steps.indices.contains(position) else { return [] }
    let earlier = Int(steps[position].repeats)
    let owner = steps.indices.contains(earlier) ? earlier : position
    return siblings(from: owner + 1, to: owner + Int(steps[owner].size))
  }

  private func siblings(from first: Int, to end: Int) -> [Int] {
    var list: [Int] = []
    var position = first
    while position < end {
      list.append(position)
      position += max(Int(steps[position].size), 1)
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
      origin: origin(of: raw.what), subject: meanings.paths[Int(raw.path)], fact: raw.fact,
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
    case .truth(let code): .truth(meanings.truth(Ref(code: code)))
    case .value(let place): .value(meanings.value(values[Int(place)], texts: prepared.texts))
    }
  }
}
