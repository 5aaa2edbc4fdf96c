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
  func edits(of rule: String) -> [Int] {
    edits.indices.filter { edits[$0].touched.contains(rule) }
  }

  /// The edits of a measure's quotes.
  private func quoteEdits(_ old: MeasureID?, _ new: MeasureID) -> [Int] {
    func quotes(_ measure: Measure) -> Set<String> {
      Set(measure.origin.quotes.map { $0.text.filter { !$0.isWhitespace } })
    }
    let (one, two) = (old.map { quotes(before.measures[$0]) } ?? [], quotes(after.measures[new]))
    let differing = one.symmetricDifference(two)
    let own = edits(of: after.measures[new].name)
    let quoting = own.filter { index in
      let text = (edits[index].removed + edits[index].added).joined().filter { !$0.isWhitespace }
      return differing.contains { text.contains($0) }
    }
    return quoting.isEmpty ? own : quoting
  }

  /// The fewest edits that were found with which the earlier version says of a subject on some sides what the later does.
  func causes(
    of witness: Witness, _ said: [Aspect: String], _ old: MeasureID?, _ new: MeasureID, _ language: Language,
    first guess: [Int] = []
  ) -> [Int] {
    if said.keys.allSatisfy({ $0 == .source }) { return quoteEdits(old, new) }
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
    // What can't reach a measure can't change it.
    if order.count == 1 { return order }
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
    // Each holds a program; those of one measure are asked for one after another.
    if mixtures.count == 64 { mixtures = [:] }
    mixtures[made] = .some(mixture)
    return mixture
  }

  /// The edits that can reach a measure: its own first, then those of what it rests on, then those of anything but rules.
  func order(_ old: MeasureID?, _ new: MeasureID) -> [Int] {
    var own: Set = [after.measures[new].name]
    var near = after.names(restedOnBy: new)
    if let old {
      own.insert(before.measures[old].name)
      near.formUnion(before.names(restedOnBy: old))
    }
    func rank(_ index: Int) -> Int {
      // An official text backs rules; it decides nothing itself.
      if !edits[index].path.hasSuffix(".tiaoli"), edits[index].touched == [""] { return 3 }
      let touched = edits[index].touched
      if !touched.isDisjoint(with: own) { return 0 }
      if !touched.isDisjoint(with: near) { return 1 }
      return touched.isSubset(of: rules) ? 3 : 2
    }
    let ranked = edits.indices.map { (rank($0), $0) }.filter { $0.0 < 3 }
    return ranked.sorted { $0 < $1 }.map(\.1)
  }

  /// The names of all rules: what doesn't rest on a rule is not changed by its edit.
  private lazy var rules: Set<String> = before.ruleNames.union(after.ruleNames)
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
    for index in groups.indices {
      var group = Reach()
      group.add(GroupID(index), in: self)
      if group.measures.contains(id) { reach.add(GroupID(index), in: self) }
    }
    var names = names(in: reach)
    if let clause = measures[id].origin.clause {
      names.insert(clauses[clause].address.description)
      names.insert(documents[clauses[clause].document].key)
    }
    return names
  }

  fileprivate func names(in reach: Reach) -> Set<String> {
    var names = Set(reach.measures.map { measures[$0].name })
    names.formUnion(reach.definitions.map { definitions[$0].name })
    names.formUnion(reach.definitions.compactMap { definitions[$0].choice.map { choices[$0].name } })
    names.formUnion(reach.classifications.map { classifications[$0].name })
    for id in reach.classifications {
      for case .disputed(let choice) in classifications[id].sorting { names.insert(choices[choice].name) }
    }
    names.formUnion(reach.holes.map { holes[$0].name })
    names.formUnion(reach.parameters.map { parameters[$0].name })
    names.formUnion(reach.tables.map { tables[$0].name })
    names.formUnion(reach.tierSchedules.map { tierSchedules[$0].name })
    names.formUnion(reach.nameLists.map { nameLists[$0].name })
    names.formUnion(reach.groups.map { groups[$0].name })
    return names
  }

  /// The names of measures and of everything that they can rest on but documents, clauses, kinds, options and authorities.
  fileprivate var ruleNames: Set<String> {
    var names = Set(measures.map(\.name))
    names.formUnion(definitions.map(\.name))
    names.formUnion(choices.map(\.name))
    names.formUnion(classifications.map(\.name))
    names.formUnion(holes.map(\.name))
    names.formUnion(parameters.map(\.name))
    names.formUnion(tables.map(\.name))
    names.formUnion(tierSchedules.map(\.name))
    names.formUnion(nameLists.map(\.name))
    names.formUnion(groups.map(\.name))
    return names
  }
}
