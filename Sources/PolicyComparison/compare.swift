package import PolicyAnalysis
import PolicyAnswers
package import PolicyDiagnostics
import PolicyEvaluation
package import PolicyIR
package import PolicyText
package import PolicyValues

/// One version of a policy: its rules, and the files that they were read from.
package struct Version: Sendable {
  package var program: Program
  package var files: SourceFiles

  package init(program: Program, files: SourceFiles) {
    self.program = program
    self.files = files
  }
}

/// Compares two versions of a policy on every side of their answers.
///
/// Measures are matched by name. Those whose rules are word for word the same, with everything that they refer to, are
/// unchanged; the others are put to the solver, and what is said to differ is shown on a subject whose answers by both versions
/// are the evaluator's.
///
/// - Parameter history: Tells which edits cause a difference; nil where that isn't asked.
/// - Parameter watch: Told before each measure how many are done, and of how many; false stops the comparison.
/// - Returns: nil where it was stopped.
/// - Throws: `libraryMissing` where Z3 isn't installed and a rule has changed.
package func compare(
  _ before: Version, _ after: Version, asOf: CivilDate, language: Language, history: History? = nil,
  limits: Solver.Limits = .init(), watch: (Int, Int) -> Bool = { _, _ in true }
) throws(SolverFailure) -> Comparison? {
  let pair = ProgramPair(before.program, after.program)
  var comparer = Comparer(pair, before, after, asOf, language, limits, history)
  var results: [MeasureComparison] = []
  let matches = comparer.matches()
  for (index, match) in matches.enumerated() {
    guard watch(index, matches.count) else { return nil }
    results.append(try comparer.compare(match.before, match.after))
  }
  let edits = history?.edits ?? []
  let told = Set(results.flatMap { $0.causes + $0.changes.flatMap(\.examples).flatMap(\.causes) })
  return Comparison(
    pair: pair, measures: results, edits: edits, silentEdits: edits.indices.filter { !told.contains($0) },
    memberLimit: FactSpace.Domain().memberLimit)
}

private struct Comparer {
  let pair: ProgramPair
  let asOf: CivilDate
  let limits: Solver.Limits
  let before: Structures
  let after: Structures
  let words: (before: Wording, after: Wording)
  /// The solver is opened for the first rule that has changed.
  var contrast: Contrast?
  var replay: PairReplay
  var history: History?

  init(
    _ pair: ProgramPair, _ old: Version, _ new: Version, _ asOf: CivilDate, _ language: Language,
    _ limits: Solver.Limits,
    _ history: History?
  ) {
    self.pair = pair
    self.asOf = asOf
    self.limits = limits
    let numbers = StructureNumbers()
    before = Structures(pair.before, numbers)
    after = Structures(pair.after, numbers)
    words = (
      Wording(program: pair.before, language: language, files: old.files),
      Wording(program: pair.after, language: language, files: new.files)
    )
    replay = PairReplay(pair)
    self.history = history
  }

  /// Measures of one name, or with the same rules under another name; then those that only the earlier version has.
  func matches() -> [(before: MeasureID?, after: MeasureID?)] {
    var old: [String: MeasureID] = [:]
    for (index, measure) in pair.before.measures.enumerated() { old[measure.name] = MeasureID(index) }
    let names = Set(pair.after.measures.map(\.name))
    var left = pair.before.measures.indices.map { MeasureID($0) }.filter {
      !names.contains(pair.before.measures[$0].name)
    }
    var result: [(before: MeasureID?, after: MeasureID?)] = []
    for (index, measure) in pair.after.measures.enumerated() {
      let id = MeasureID(index)
      var match = old[measure.name]
      if match == nil,
        let renamed = left.firstIndex(where: { key($0, before) == key(id, after) })
      {
        match = left.remove(at: renamed)
      }
      result.append((match, id))
    }
    return result + left.map { ($0, nil) }
  }

  /// What a measure says on all sides.
  private func key(_ id: MeasureID, _ structures: Structures) -> [Int] {
    Aspect.allCases.filter { $0 != .payable }.map { structures.structure($0, of: id).number }
  }

  mutating func compare(_ old: MeasureID?, _ new: MeasureID?) throws(SolverFailure) -> MeasureComparison {
    guard let old, let new else {
      let name = new.map { pair.after.measures[$0].name } ?? old.map { pair.before.measures[$0].name } ?? ""
      var result = MeasureComparison(before: old, after: new, name: name)
      result.causes = history?.edits(of: name) ?? []
      return result
    }
    var result = MeasureComparison(before: old, after: new, name: pair.after.measures[new].name)
    let differing = Aspect.allCases.filter {
      before.structure($0, of: old).number != after.structure($0, of: new).number
    }
    if differing.isEmpty, pair.before.measures[old].name == result.name { return result }
    result.isRewritten = true
    if contrast == nil { contrast = try Contrast(pair, asOf: asOf, limits: limits) }
    let clash = clash(old, new)
    var pool: [(witness: Witness, direction: AspectChange.Direction, aspect: Aspect)] = []
    let haveObjects = pair.before.measures[old].object != nil && pair.after.measures[new].object != nil
    for aspect in [Aspect.conclusion, .amount] where differing.contains(aspect) && haveObjects {
      if let clash {
        result.notCompared.append(NotCompared(aspect: aspect, why: .clash(clash)))
        continue
      }
      do throws(Contrast.Stop) {
        let difference =
          aspect == .conclusion ? try contrast!.verdicts(old, new) : try contrast!.amounts(old, new)
        result.isBounded = result.isBounded || difference.isBounded
        if let witness = difference.gain { pool.append((witness, .gain, aspect)) }
        if let witness = difference.loss { pool.append((witness, .loss, aspect)) }
        if let witness = difference.other { pool.append((witness, .other, aspect)) }
      } catch { result.notCompared.append(NotCompared(aspect: aspect, why: .stop(error))) }
    }
    var examples: [Aspect: [AspectChange.Example]] = [:]
    for entry in pool {
      if let example = example(entry.witness, entry.direction, entry.aspect, old, new) {
        examples[entry.aspect, default: []].append(example)
      }
    }
    var witnesses = pool.map(\.witness)
    if haveObjects, clash == nil, let both = (try? contrast!.subjectOfBoth(old, new)) ?? nil { witnesses.append(both) }
    witnesses.append(unknownSubject(new))
    for aspect in Aspect.allCases where examples[aspect] == nil {
      if aspect == .conclusion || aspect == .amount, result.notCompared.contains(where: { $0.aspect == aspect }) {
        if let found = firstExample(aspect, witnesses, old, new) { examples[aspect] = [found] }
        continue
      }
      // A decision's words may differ although its rules don't: a group's do with its members.
      var found = firstExample(aspect, witnesses, old, new) ?? groupExample(aspect, old, new, differing)
      if found == nil, differing.contains(aspect) {
        switch sameness(aspect, old, new) {
        case .success(.same): continue
        case .success(.different(let witness)):
          found = witness.flatMap { example($0, .other, aspect, old, new) }
          if found == nil { result.notCompared.append(NotCompared(aspect: aspect, why: .noExample)) }
        case .failure(let stop): result.notCompared.append(NotCompared(aspect: aspect, why: .stop(stop)))
        }
      }
      guard let found else { continue }
      examples[aspect] = [found]
    }
    for aspect in examples.keys.sorted() {
      var told = examples[aspect]!
      for index in told.indices {
        told[index].causes =
          history?.causes(
            of: told[index].witness, [aspect: told[index].after], old, new, words.after.language) ?? []
      }
      result.changes.append(AspectChange(aspect: aspect, examples: told))
      result.notCompared.removeAll { $0.aspect == aspect }
    }
    return result
  }

  /// Whether a side whose rules differ comes to the same, as far as no example tells.
  private mutating func sameness(
    _ aspect: Aspect, _ old: MeasureID, _ new: MeasureID
  ) -> Result<Contrast.Sameness, Contrast.Stop> {
    switch aspect {
    // They are settled already, or shown only where a subject is granted something.
    case .conclusion, .amount, .rulings: return .success(.same)
    case .payable:
      // A group's answer differs where its rule does; its members are compared themselves.
      return .success(groups(old, before) == groups(new, after) ? .same : .different(nil))
    case .payers, .instalments, .deadlines:
      let (one, two) = (before.structure(aspect, of: old), after.structure(aspect, of: new))
      guard one.frame == two.frame, one.expressions.count == two.expressions.count else {
        return .success(.different(nil))
      }
      for (first, second) in zip(one.expressions, two.expressions) where before.number(first) != after.number(second) {
        do throws(Contrast.Stop) {
          let sameness = try contrast!.compare(first, of: old, second, of: new)
          if sameness != .same { return .success(sameness) }
        } catch { return .failure(error) }
      }
      return .success(.same)
    case .departments, .period, .force, .effect, .procedure, .total, .source: return .success(.different(nil))
    }
  }

  private func groups(_ id: MeasureID, _ structures: Structures) -> [Int] {
    let program = structures.program
    return program.groups.indices.map { GroupID($0) }.filter { program.groups[$0].members.contains(id) }
      .map { structures.number($0) }
  }

  private func clash(_ old: MeasureID, _ new: MeasureID) -> SchemaClash? {
    guard !pair.clashes.isEmpty else { return nil }
    var (one, two) = (Reach(), Reach())
    one.add(old, in: pair.before)
    two.add(new, in: pair.after)
    let names = Set(one.fields.map { pair.before.fields[$0].name } + two.fields.map { pair.after.fields[$0].name })
    let options = Set(
      one.fields.compactMap { id -> String? in
        if case .option(let type) = pair.before.fields[id].type { pair.before.optionTypes[type].name } else { nil }
      })
    return pair.clashes.first { clash in
      switch clash {
      case .factType(let name): names.contains(name)
      case .optionOrder(let name): options.contains(name)
      }
    }
  }

  // MARK: Examples

  /// A subject of whom nothing is known.
  private func unknownSubject(_ id: MeasureID) -> Witness {
    let kind = pair.after.measures[id].object?.kind ?? KindID(0)
    let count = pair.after.kinds.isEmpty ? 0 : pair.after.kinds[kind].fields.count
    return Witness(
      subject: Subject(kind: kind, id: "虚构主体", isNamed: false, facts: Array(repeating: .missing, count: count)),
      asOf: asOf, readings: [:])
  }

  private mutating func firstExample(
    _ aspect: Aspect, _ witnesses: [Witness], _ old: MeasureID, _ new: MeasureID
  ) -> AspectChange.Example? {
    for witness in witnesses {
      if let found = example(witness, .other, aspect, old, new) { return found }
    }
    return nil
  }

  /// A witness as an example where the words of the two versions differ on a side.
  private mutating func example(
    _ witness: Witness, _ direction: AspectChange.Direction, _ aspect: Aspect, _ old: MeasureID, _ new: MeasureID
  ) -> AspectChange.Example? {
    let (one, two) = said(witness, aspect, old, new)
    // What follows from another conclusion is no difference of its own.
    guard one != two, aspect.isOfMeasure || aspect == .conclusion || hasSameConclusion(witness, old, new) else {
      return nil
    }
    var witness = witness
    witness.subject = pair.release(witness.subject)
    return AspectChange.Example(direction: direction, witness: witness, before: one, after: two)
  }

  /// Whether both versions say the same of a witness but for what is granted.
  private mutating func hasSameConclusion(_ witness: Witness, _ old: MeasureID, _ new: MeasureID) -> Bool {
    let (one, two) = said(witness, .conclusion, old, new)
    return one == two
  }

  private mutating func said(
    _ witness: Witness, _ aspect: Aspect, _ old: MeasureID, _ new: MeasureID
  ) -> (String, String) {
    var answers = replay.answers(witness, old, new)
    if aspect == .payable {
      let all = replay.allAnswers(witness)
      answers = (
        all.before?.decisions.first { $0.measure == old }, all.after.decisions.first { $0.measure == new }
      )
    }
    return (
      answers.before.flatMap { words.before.aspects($0)[aspect] } ?? "",
      answers.after.flatMap { words.after.aspects($0)[aspect] } ?? ""
    )
  }

  /// For a member of a group whose rule has changed: a subject that it and another member are granted to.
  private mutating func groupExample(
    _ aspect: Aspect, _ old: MeasureID, _ new: MeasureID, _ differing: [Aspect]
  ) -> AspectChange.Example? {
    guard aspect == .payable, differing.contains(.payable) else { return nil }
    for group in pair.after.groups where group.members.contains(new) {
      for other in group.members where other != new {
        guard let witness = (try? contrast!.subjectOfBoth(in: [new, other])) ?? nil else { continue }
        if let found = example(witness, .other, aspect, old, new) { return found }
      }
    }
    return nil
  }
}
