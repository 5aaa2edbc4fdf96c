package import PolicyEvaluation
import PolicyIR
package import PolicyText

extension AnswerJSON {
  /// Every step with its result, quotes and place.
  package func derivation(_ derivation: Derivation) -> JSONValue {
    .array(derivation.roots.map { step($0, 0, derivation) })
  }

  private func step(_ position: Int, _ depth: Int, _ derivation: Derivation) -> JSONValue {
    let entry = derivation[position]
    var members: [(String, JSONValue)] = [("text", .string(wording.stepText(entry)))]
    if let outcome = entry.outcome {
      members.append(("value", .string(wording.outcome(outcome, wording.type(of: entry)))))
    }
    if let origin = entry.origin, !origin.quotes.isEmpty {
      members.append(("quotes", .array(origin.quotes.map { .string($0.text) })))
    }
    if let span = entry.expression?.span ?? entry.origin?.span { members.append(("rule", rule(span))) }
    let children = depth < 64 && entry.sameAs == nil ? derivation.children(of: position) : []
    if !children.isEmpty { members.append(("steps", .array(children.map { step($0, depth + 1, derivation) }))) }
    return .object(members)
  }
}
