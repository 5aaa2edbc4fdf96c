import PolicyAnalysis
import PolicyAnswers
import PolicyDiagnostics
package import PolicyEvaluation
import PolicyFacts
package import PolicyIR
import PolicyTesting
package import PolicyValues

extension Session {
  /// A subject with the answers that it has now, as a case of the language; answers of 不适用 by kind are left out.
  package func caseText(named name: String, subject: Subject, measures: [MeasureID]? = nil) -> String {
    let decisions = decisions(for: subject, measures: measures).decisions.filter {
      $0.verdict != .notApplicable || $0.classFailed || measures != nil
    }
    return caseText(named: name, subject: subject, asOf: asOf, readings: [:], decisions: decisions)
  }

  /// A subject with decisions at a date under readings, as a case of the language.
  package func caseText(
    named name: String, subject: Subject, asOf: CivilDate, readings: [ChoiceID: Int], decisions: [Decision]
  ) -> String {
    caseText(
      named: name, Witness(subject: subject, asOf: asOf, readings: readings), status: nil,
      expectations: decisions.map { expectation($0) })
  }

  /// A subject at a date under readings with expectations, as a case of the language.
  ///
  /// - Parameter status: What stands behind 状态.
  func caseText(named name: String, _ witness: Witness, status: String?, expectations: [String]) -> String {
    let (subject, asOf, readings) = (witness.subject, witness.asOf, witness.readings)
    let kind = program.kinds[subject.kind]
    var lines = ["案例 \(name)：", "    查询日期：\(asOf.chineseDescription)"]
    if let status { lines.insert("    状态：\(status)", at: 1) }
    for (choice, reading) in readings.sorted(by: { $0.key < $1.key }) {
      // A sorted value is named by its classification and itself: 社会力量 央企.
      let name = program.choices[choice].name.split(separator: "：").joined(separator: " ")
      lines.append("    读法：\(name) \(program.choices[choice].readings[reading])")
    }
    var related: [String] = []
    var facts: [String] = []
    for id in kind.fields {
      let field = program.fields[id]
      guard subject.facts.indices.contains(field.slot) else { continue }
      switch subject.facts[field.slot] {
      case .missing: continue
      case .one(let other): related.append(relatedLine(other))
      case .many(let others, let complete):
        related += others.map { relatedLine($0) }
        if case .many(let other) = field.type {
          related.append("    \(program.kinds[other].name)：\(complete ? "列全" : "未列全")")
        }
      case let fact: facts.append("\(field.name) \(written(fact, field.type))")
      }
    }
    lines.append("    \(kind.name)：" + ((subject.name.map { ["名称 “\($0)”"] } ?? []) + facts).joined(separator: "，"))
    lines += related
    lines += expectations.map { "    预期：" + $0 }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Takes over what an interview found out about a subject, as a supposition that can be undone.
  package func record(_ subject: Subject, at index: Int) {
    guard subjects.indices.contains(index) else { return }
    let before = subjects[index]
    let facts = program.kinds[subject.kind].fields.compactMap { id -> String? in
      let field = program.fields[id]
      guard subject.facts[field.slot] != before.facts[field.slot] else { return nil }
      return "\(field.name) \(written(subject.facts[field.slot], field.type))"
    }
    if !facts.isEmpty { suppose(facts.joined(separator: "，"), of: index) }
  }

  private func relatedLine(_ subject: Subject) -> String {
    let kind = program.kinds[subject.kind]
    let facts = kind.fields.compactMap { id -> String? in
      let field = program.fields[id]
      guard subject.facts.indices.contains(field.slot), subject.facts[field.slot] != .missing else { return nil }
      return "\(field.name) \(written(subject.facts[field.slot], field.type))"
    }
    return "    \(kind.name)：" + ((subject.name.map { ["名称 “\($0)”"] } ?? []) + facts).joined(separator: "，")
  }

  private func written(_ fact: Fact, _ type: ValueType) -> String {
    switch fact {
    case .notKnown: return "不知"
    case .notApplicable: return "不适用"
    case .value(let value): return writtenValue(value, type, in: program)
    case .missing, .one, .many: return ""
    }
  }

  private func expectation(_ decision: Decision) -> String {
    var text = program.measures[decision.measure].name
    switch decision.verdict {
    case .yes: text += " 符合"
    case .no: text += " 不符合"
    case .unknown: text += " 待定"
    case .disputed: text += " 解释分歧"
    case .notApplicable: text += " 不适用"
    }
    guard decision.verdict == .yes else { return text }
    let type = program.amountType(of: decision.measure)
    let word = type == .money ? "金额" : "数额"
    switch decision.amount {
    case .exact, .length:
      let chinese = Wording(program: program, language: .zh, files: policies.files)
      text += "，\(word) \(chinese.amount(decision.amount, type))"
    case .toBeSet(_, nil, nil), .unknown: text += "，\(word) 待定"
    case .disputed: text += "，\(word) 解释分歧"
    case .none, .range, .atMost, .toBeSet: break
    }
    return text
  }

  /// Writes a case to the end of a file, after running it: it must give the answers that are on screen.
  ///
  /// - Returns: The failures of the case, with which nothing is written.
  package func saveCase(_ text: String, to path: String) throws(FileFailure) -> [String] {
    var draft = state.draft
    draft.added += "\n" + text
    let candidate = try loadPolicies(policies.paths, draft: draft, from: .asRead(for: state.base), reusing: policies)
    if candidate.hasErrors {
      return candidate.remarks.filter { $0.severity == .error }.map { $0.primary.message[language] }
    }
    let results = runCases(candidate.program, files: candidate.files)
    guard let own = results.last else { return [] }
    if !own.passed {
      return own.failures.map { "\($0.target)：\($0.expected[language]) / \($0.found[language])" }
    }
    try append(cases: text, to: path)
    return []
  }

  /// Adds cases to the end of a file, which is made where there is none.
  package func append(cases text: String, to path: String) throws(FileFailure) {
    var content = ""
    if FileSystem.isFolder(path) != nil {
      content = String(decoding: try FileSystem.read(path), as: UTF8.self)
      if !content.isEmpty { content += content.hasSuffix("\n") ? "\n" : "\n\n" }
    }
    try FileSystem.write(content + text, to: path)
  }
}
