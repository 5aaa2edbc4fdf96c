/// One answer with all that it rests on, as a file of records keeps it; every text is Chinese.
package struct AnswerRecord: Hashable, Sendable {
  /// The as-of date, `2024-06-01`.
  package var asOf: String
  package var measure: String
  /// The clause of the measure; nil where it quotes none.
  package var clause: String?
  /// The kind of the subject.
  package var kind: String
  package var subject: String
  /// The answer as one sentence.
  package var letter: String
  /// The answer on each axis that can be compared, in their order.
  package var axes: [Axis]
  /// The subject's facts as JSON that can be read back exactly.
  package var facts: String
  /// The decision as `query --format json` writes it.
  package var answer: String
  /// The steps as `explain --format json` writes them.
  package var derivation: String
  /// Suppositions and declarations of the prompt that it was given under, a line each; empty for none.
  package var sessionChanges: String
  /// The folders and files of rules that were asked for.
  package var policies: [String]
  /// The digest of all rule files and official texts.
  package var policyDigest: String
  /// The version of the program.
  package var engine: String
  /// The rules that took part.
  package var rules: [RuleVersion]

  package init(
    asOf: String, measure: String, clause: String?, kind: String, subject: String, letter: String, axes: [Axis],
    facts: String, answer: String, derivation: String, sessionChanges: String, policies: [String],
    policyDigest: String, engine: String, rules: [RuleVersion]
  ) {
    self.asOf = asOf
    self.measure = measure
    self.clause = clause
    self.kind = kind
    self.subject = subject
    self.letter = letter
    self.axes = axes
    self.facts = facts
    self.answer = answer
    self.derivation = derivation
    self.sessionChanges = sessionChanges
    self.policies = policies
    self.policyDigest = policyDigest
    self.engine = engine
    self.rules = rules
  }

  /// What an answer says on one axis: `结论`, `不符合`.
  package struct Axis: Hashable, Sendable {
    package var name: String
    package var text: String

    package init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }
}
