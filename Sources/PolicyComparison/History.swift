import PolicyAnalysis
import PolicyAnswers
import PolicyDiagnostics
import PolicyEvaluation
package import PolicyIR
import PolicyText

/// The way from one version to another, edit by edit; it tells which edits make a difference.
package final class History {
  package let edits: [Edit]
  private let before: Program
  private let after: Program
  /// The earlier version with some of the edits made; nil where that doesn't check.
  private let version: (Set<Int>) -> Version?
  private var mixtures: [Set<Int>: Mixture?] = [:]

  /// - Parameter version: Makes the earlier version with the edits at some positions.
  package init(edits: [Edit], from before: Program, to after: Program, version: @escaping (Set<Int>) -> Version?) {
    self.edits = edits
    self.before = before
    self.after = after
    self.version = version
  }

  /// The edits within a rule.
  func edits(of rule: String) -> [Int] { edits.indices.filter { edits[$0].rule == rule } }

  /// The fewest edits that were found with which the earlier version says of a subject on some sides what the later does.
  func causes(
    of witness: Witness, _ said: [Aspect: String], _ old: MeasureID?, _ new: MeasureID, _ language: Language,
    first guess: [Int] = []
  ) -> [Int] {
    if said.keys.allSatisfy({ $0 == .source }) { return edits(of: after.measures[new].name) }
    let names = (old.map { before.measures[$0].name }, after.measures[new].name)
    func shows(_ made: Set<Int>) -> Bool {
      guard let mixture = mixture(made) else { return false }
      let answers = mixture.answers(witness, named: names.1, or: names.0, language, whole: said[.payable] != nil)
      return said.allSatisfy { answers[$0.key] ?? "" == $0.value }
    }
    if !guess.isEmpty, shows(Set(guess)) { return guess }
    return causes(order: order(old, new), shows)
  }

  /// The fewest edits with which something shows, tried in an order.
  func causes(order: [Int], _ shows: (Set<Int>) -> Bool) -> [Int] {
    for edit in order where shows([edit]) { return [edit] }
    var left = order
    guard shows(Set(left)) else { return [] }
    // What can be left out is left out, larger parts first.
    var size = max(left.count / 2, 1)
    while true {
      var start = 0
      while start < left.count {
        var rest = left
        rest.removeSubrange(start..<min(start + size, left.count))
        if !rest.isEmpty, shows(Set(rest)) { left = rest } else { start += size }
      }
      if size == 1 { return left.sorted() }
      size = max(size / 2, 1)
    }
  }

  private func mixture(_ made: Set<Int>) -> Mixture? {
    if let known = mixtures[made] { return known }
    let mixture = version(made).map { Mixture($0, after) }
    mixtures[made] = .some(mixture)
    return mixture
  }

  /// All edits, those of a measure first, then those of what it rests on.
  private func order(_ old: MeasureID?, _ new: MeasureID) -> [Int] {
    var own: Set = [after.measures[new].name]
    var near = after.names(restedOnBy: new)
    if let old {
      own.insert(before.measures[old].name)
      near.formUnion(before.names(restedOnBy: old))
    }
    func rank(_ index: Int) -> Int {
      guard let rule = edits[index].rule else { return 2 }
      return own.contains(rule) ? 0 : near.contains(rule) ? 1 : 2
    }
    return edits.indices.sorted { (rank($0), $0) < (rank($1), $1) }
  }
}

/// The earlier version with some edits made, under question.
private final class Mixture {
  private let version: Version
  private var replay: PairReplay

  init(_ version: Version, _ later: Program) {
    self.version = version
    replay = PairReplay(ProgramPair(version.program, later))
  }

  /// What it says of a subject that the later version records about a measure of one name or the other.
  func answers(
    _ witness: Witness, named name: String, or other: String?, _ language: Language, whole: Bool
  ) -> [Aspect: String] {
    let program = replay.pair.before
    guard
      let index = program.measures.firstIndex(where: { $0.name == name })
        ?? program.measures.firstIndex(where: { $0.name == other })
    else { return [:] }
    let id = MeasureID(index)
    var witness = witness
    witness.subject = replay.pair.admit(witness.subject)
    // What a group leaves payable is seen only when its members are asked together.
    let decision =
      whole
      ? replay.allAnswers(witness).before?.decisions.first { $0.measure == id }
      : replay.answers(witness, id, nil).before
    return decision.map { Wording(program: program, language: language, files: version.files).aspects($0) } ?? [:]
  }
}

extension Program {
  /// The names of the rules that a measure's answer rests on.
  fileprivate func names(restedOnBy id: MeasureID) -> Set<String> {
    var reach = Reach()
    reach.add(id, in: self)
    for (index, group) in groups.enumerated() where group.members.contains(id) { reach.add(GroupID(index), in: self) }
    var names = Set(reach.measures.map { measures[$0].name })
    names.formUnion(reach.definitions.map { definitions[$0].name })
    names.formUnion(reach.definitions.compactMap { definitions[$0].choice.map { choices[$0].name } })
    names.formUnion(reach.classifications.map { classifications[$0].name })
    names.formUnion(reach.holes.map { holes[$0].name })
    names.formUnion(reach.parameters.map { parameters[$0].name })
    names.formUnion(reach.tables.map { tables[$0].name })
    names.formUnion(reach.tierSchedules.map { tierSchedules[$0].name })
    names.formUnion(reach.nameLists.map { nameLists[$0].name })
    names.formUnion(reach.groups.map { groups[$0].name })
    if let clause = measures[id].origin.clause {
      names.insert(clauses[clause].address.description)
      names.insert(documents[clauses[clause].document].key)
    }
    return names
  }
}
