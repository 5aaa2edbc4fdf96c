import PolicyAnswers
import PolicyDiagnostics
import PolicyEvaluation
import PolicyIR
import PolicySyntax
import PolicyText

/// One answer that differs between two states of the rules.
package struct Flip: Hashable, Sendable {
  package let subject: String
  package let measure: String
  package let before: String
  package let after: String
}

extension Session {
  /// Whether a text begins with the word of a block, so that it declares something.
  package static func declares(_ text: String) -> Bool { beginsBlock(text) }

  /// The draft with one more declaration: it replaces the block of the same kind and name, where there is one.
  package func draft(adding text: String) -> Draft {
    var draft = draft
    let text = text.hasSuffix("\n") ? text : text + "\n"
    guard let head = headOfBlock(text) else {
      draft.added += text
      return draft
    }
    for file in policies.syntax {
      for block in file.blocks where block.keyword == head.keyword && block.headName == head.name {
        let node = file.tree[block.node]
        var bytes = file.source.bytes
        bytes.replaceSubrange(Int(node.start)..<Int(node.end), with: text.dropLast().utf8)
        if policies.isSession(file) {
          draft.added = String(decoding: bytes, as: UTF8.self)
        } else {
          draft.replaced[file.source.path] = bytes
        }
        return draft
      }
    }
    draft.added += text
    return draft
  }

  /// Loads the policies with a draft, and says which answers of the loaded subjects flip.
  ///
  /// - Returns: The remarks of a draft that doesn't check, with which nothing changed; or the flips.
  package func adopt(_ draft: Draft) throws(FileFailure) -> DraftResult {
    let candidate = try loadPolicies(policies.paths, draft: draft)
    if candidate.hasErrors { return .refused(candidate) }
    let before = snapshot()
    let selected = selected.map { subjects[$0].id }
    try replacePolicies(candidate)
    self.draft = draft
    self.selected = selected.flatMap { name in subjects.firstIndex { $0.id == name } }
    return .adopted(flips(since: before))
  }

  /// What became of a draft.
  package enum DraftResult {
    case refused(PolicySet)
    case adopted([Flip])
  }

  /// The answers of all loaded subjects, by subject and measure.
  package func snapshot() -> [String: [String: String]] {
    let wording = wording
    var result: [String: [String: String]] = [:]
    for subject in subjects {
      var answers: [String: String] = [:]
      for decision in decisions(for: subject).decisions {
        var text = wording.label(decision.label)
        if decision.verdict == .yes, decision.amount != .none {
          text += wording.say("，", ", ") + wording.amount(decision.amount, of: decision.measure)
        }
        answers[program.measures[decision.measure].name] = text
      }
      result[subject.id] = answers
    }
    return result
  }

  /// The answers that differ from a snapshot, in the order of subjects and rules.
  package func flips(since before: [String: [String: String]]) -> [Flip] {
    let none = wording.say("没有这项措施", "no such measure")
    let after = snapshot()
    return subjects.flatMap { subject -> [Flip] in
      let (old, new) = (before[subject.id] ?? [:], after[subject.id] ?? [:])
      let names = program.measures.map(\.name) + old.keys.filter { new[$0] == nil }.sorted()
      return names.compactMap { name in
        let (one, two) = (old[name], new[name])
        guard one != two else { return nil }
        return Flip(subject: subject.id, measure: name, before: one ?? none, after: two ?? none)
      }
    }
  }
}
