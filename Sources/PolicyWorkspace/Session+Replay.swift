package import PolicyAnswers
package import PolicyDiagnostics
import PolicyFacts
import PolicyIR
package import PolicyRecords
package import PolicyText
package import PolicyValues

/// What became of one record when its question was asked again.
package struct ReplayedRecord {
  package enum Result {
    case same
    /// The axes on which the answer differs now.
    case flipped([Change])
    /// The question can't be asked any more: why.
    case failed([Bilingual])
  }

  /// An axis that differs; texts are Chinese and may be empty.
  package struct Change {
    package let axis: Aspect
    package let before: String
    package let after: String
  }

  /// A rule that took part and isn't what it was, or took part in one of the two answers only.
  package struct RuleChange {
    package enum Kind: String, CaseIterable {
      /// Its words are others now.
      case changed
      /// It is not declared any more.
      case gone
      /// It took no part then.
      case new
      /// It is there and takes no part now.
      case unused
    }

    package let kind: Kind
    package let key: RuleVersion.Key
    package let clause: String?
    /// Where it stands now.
    package let place: Span?
    /// The lines of its words that the other version doesn't have.
    package let before: [String]
    package let after: [String]
  }

  package let result: Result
  package let rules: [RuleChange]
}

extension Session {
  /// Asks the question of a record with the rules in force, at the date of the record unless another is given.
  package func replay(_ record: AnswerRecord, asOf date: CivilDate?, index: RuleIndex) -> ReplayedRecord {
    guard let then = date ?? (try? LiteralReader.date(record.asOf))?.day else {
      return failed("留痕的查询日期“\(record.asOf)”不是日期", "its as-of date “\(record.asOf)” is no date")
    }
    guard let measure = program.measures.firstIndex(where: { $0.name == record.measure }).map({ MeasureID($0) }) else {
      let near = nearest(record.measure, in: program.measures.map(\.name)).map { "“\($0)”" }.joined(separator: "、")
      return failed(
        "现在没有措施“\(record.measure)”" + (near.isEmpty ? "" : "（相近的有\(near)）"),
        "there is no measure “\(record.measure)” now" + (near.isEmpty ? "" : " (there is \(near))"))
    }
    let (subject, misfits) = readRecordedFacts(record.facts, in: program)
    guard let subject else { return ReplayedRecord(result: .failed(misfits), rules: []) }
    let before = day
    day = then
    defer { day = before }
    guard let (decision, derivation) = explain(measure, for: subject) else {
      return failed(
        "措施“\(record.measure)”现在没有对象，没有个案结论", "“\(record.measure)” has no subject now and decides no single case")
    }
    let (old, new) = (texts(record.axes), texts(axes(decision)))
    let changes = Aspect.allCases.compactMap { axis -> ReplayedRecord.Change? in
      let (before, after) = (old[axis.title.zh] ?? "", new[axis.title.zh] ?? "")
      return before == after ? nil : ReplayedRecord.Change(axis: axis, before: before, after: after)
    }
    let positions = participants(decision, derivation, subject, index)
    return ReplayedRecord(
      result: changes.isEmpty ? .same : .flipped(changes), rules: ruleChanges(record.rules, positions, index))
  }

  private func texts(_ axes: [AnswerRecord.Axis]) -> [String: String] {
    Dictionary(axes.map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first })
  }

  private func failed(_ zh: String, _ en: String) -> ReplayedRecord {
    ReplayedRecord(result: .failed([Bilingual(zh: zh, en: en)]), rules: [])
  }

  /// The rules in which two answers differ, by kind and name.
  private func ruleChanges(_ old: [RuleVersion], _ positions: [Int], _ index: RuleIndex) -> [ReplayedRecord.RuleChange]
  {
    let now = positions.map { (version: index.version(at: $0), place: index.span(at: $0)) }
    let before = Dictionary(grouping: old, by: \.key)
    let after = Dictionary(grouping: now, by: \.version.key)
    var seen: Set<RuleVersion.Key> = []
    let keys = (old.map(\.key) + now.map(\.version.key)).filter { seen.insert($0).inserted }
    let changes = keys.compactMap { key -> ReplayedRecord.RuleChange? in
      let (one, other) = (before[key] ?? [], after[key] ?? [])
      // Rules of one name count together: several fillings of one hole.
      if Set(one.map(\.digest)) == Set(other.map(\.version.digest)) { return nil }
      let kind: ReplayedRecord.RuleChange.Kind =
        one.isEmpty ? .new : !other.isEmpty ? .changed : index.declares(key) ? .unused : .gone
      let (oldLines, newLines) = (lines(one), lines(other.map(\.version)))
      return ReplayedRecord.RuleChange(
        kind: kind, key: key, clause: other.first?.version.clause ?? one.first?.clause, place: other.first?.place,
        before: oldLines.filter { !newLines.contains($0) }, after: newLines.filter { !oldLines.contains($0) })
    }
    return ReplayedRecord.RuleChange.Kind.allCases.flatMap { kind in changes.filter { $0.kind == kind } }
  }

  private func lines(_ versions: [RuleVersion]) -> [String] {
    versions.flatMap { $0.text.split(separator: "\n").map(String.init) }
  }
}
