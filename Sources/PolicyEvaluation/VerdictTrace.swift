package import PolicyIR
package import PolicyValues

/// How the verdicts of one subject came about, as small as it can be kept: the facts as they were, and a byte for each of them and
/// for each step.
///
/// The steps stand in the order of the program's circuit, so their names, places and reasons needn't be written down: a derivation
/// is rebuilt from them by `Explanation.derivation(of:)`.
package struct VerdictTrace: Sendable {
  package let subject: Subject
  package let asOf: CivilDate
  /// A byte for each fact of the kind, then one for each gate; empty where the engine answered.
  package let steps: [UInt8]
}

/// What a step of a trace came to.
package enum TracedTruth: UInt8, Hashable, Sendable {
  case yes = 1, no = 2, unknown = 3
}

extension Evaluation {
  /// The expressions that a trace has the results of, each once.
  package mutating func results(in trace: VerdictTrace) -> [(expression: Expression, truth: TracedTruth)] {
    guard !trace.steps.isEmpty, let circuit = circuit(of: trace.subject.kind)?.content else { return [] }
    return circuit.sources.enumerated().compactMap { gate, source in
      guard source >= 0, let truth = TracedTruth(rawValue: trace.steps[circuit.slotCount - 1 + gate]) else {
        return nil
      }
      return (prepared.expressions[Int(source)], truth)
    }
  }
}

extension Explanation {
  /// The derivation of all verdicts, amounts and payments of the traced subject: the recorder's tree, made when it is wanted.
  package mutating func derivation(of trace: VerdictTrace) -> Derivation {
    decisions(for: trace.subject, asOf: trace.asOf).1
  }
}
