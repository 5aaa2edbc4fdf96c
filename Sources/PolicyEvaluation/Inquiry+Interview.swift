package import PolicyIR
package import PolicyValues

extension Inquiry {
  /// The fact to ask for next: the one that settles most verdicts among those that can still change one; nil when none can.
  ///
  /// Only facts among the reasons of an open verdict can change it, as reasons join everything unknown that is not outweighed.
  /// Of these, a fact is relevant if there are answers to the others under which two of its answers give different verdicts.
  /// This is decided by trying every combination of candidates, exactly, as long as one measure needs at most 8 192
  /// combinations and its facts are only compared with fixed values; otherwise `canMatter` decides, and every fact among the
  /// reasons of which it says nothing is asked for.
  /// 不知 is never asked again, and 不适用 is no candidate.
  ///
  /// - Parameter watch: Called before each step of the search; what it throws ends it.
  package mutating func nextQuestion<Stop: Error>(
    for subject: Subject, asOf: CivilDate, measures: [MeasureID]? = nil, watch: () throws(Stop) -> Void
  ) throws(Stop) -> FieldID? {
    let asked = measures ?? program.measures.indices.map { MeasureID($0) }
    let relevant = try relevantFields(for: subject, asOf: asOf, measures: asked, watch: watch)
    if relevant.count < 2 { return relevant.first }
    let before = evaluation.verdicts(for: subject, asOf: asOf, measures: asked)
    var best: (field: FieldID, settled: Int, answers: Int)?
    for field in relevant {
      let list = list(of: field, asOf: asOf)
      var settled = 0
      for candidate in list {
        try watch()
        let changed = replacing(field, with: .value(candidate.value), in: subject)
        let after = evaluation.verdicts(for: changed, asOf: asOf, measures: asked)
        for place in after.indices where before[place] != after[place] && isDefinite(after[place]) { settled += 1 }
      }
      let answers = max(1, list.count)
      // Compared as averages over a field's answers.
      if best.map({ settled * $0.answers > $0.settled * answers }) ?? true { best = (field, settled, answers) }
    }
    return best?.field
  }

  /// The subject's own missing facts that can still change a verdict, in declared order.
  ///
  /// - Parameter watch: Called before each step of the search; what it throws ends it.
  package mutating func relevantFields<Stop: Error>(
    for subject: Subject, asOf: CivilDate, measures: [MeasureID]? = nil, watch: () throws(Stop) -> Void
  ) throws(Stop) -> [FieldID] {
    let asked = measures ?? program.measures.indices.map { MeasureID($0) }
    let decisions = evaluation.decisions(for: subject, asOf: asOf, measures: asked).decisions
    var relevant: Set<FieldID> = []
    for decision in decisions where decision.verdict == .unknown || decision.verdict == .disputed {
      var open: [FieldID] = []
      for reason in decision.reasons {
        guard let field = reason.reason.field, reason.reason.path == .root, isMissing(field, subject),
          !open.contains(field)
        else { continue }
        open.append(field)
      }
      if open.allSatisfy({ relevant.contains($0) }) { continue }
      relevant.formUnion(try effective(open, decision.measure, subject, asOf, watch))
    }
    return relevant.sorted()
  }

  /// Those of a measure's open facts that change its verdict under some answers to the others.
  private mutating func effective<Stop: Error>(
    _ open: [FieldID], _ measure: MeasureID, _ subject: Subject, _ asOf: CivilDate, _ watch: () throws(Stop) -> Void
  ) throws(Stop) -> [FieldID] {
    try watch()
    let lists = open.map { list(of: $0, asOf: asOf) }
    var size = 1
    for list in lists where size <= Self.gridLimit { size *= list.count }
    if size == 0 || size > Self.gridLimit || open.contains(where: { candidates[$0.index].isFree }) {
      guard let canMatter else { return open }
      var mattering: [FieldID] = []
      for field in open {
        if canMatter(field, measure, subject, asOf) ?? true { mattering.append(field) }
        // A stop ends the solver early, which then says nothing.
        try watch()
      }
      return mattering
    }
    var verdicts: [Verdict?] = []
    verdicts.reserveCapacity(size)
    for cell in 0..<size {
      try watch()
      var copy = subject
      var rest = cell
      for (place, field) in open.enumerated() {
        copy = replacing(field, with: .value(lists[place][rest % lists[place].count].value), in: copy)
        rest /= lists[place].count
      }
      verdicts.append(evaluation.verdicts(for: copy, asOf: asOf, measures: [measure]).first ?? nil)
    }
    var result: [FieldID] = []
    var stride = 1
    for (place, field) in open.enumerated() {
      let count = lists[place].count
      let base = stride
      let changes = (0..<size).contains { cell in
        // Compared with the same answers and this field's first.
        let own = cell / base % count
        return own > 0 && verdicts[cell] != verdicts[cell - own * base]
      }
      if changes { result.append(field) }
      stride *= count
    }
    return result
  }

  private func isDefinite(_ verdict: Verdict?) -> Bool {
    switch verdict {
    case .yes?, .no?, .notApplicable?: true
    case .unknown?, .disputed?, nil: false
    }
  }
}
