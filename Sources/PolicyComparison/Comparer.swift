import PolicyAnalysis
import PolicyAnswers
import PolicyDiagnostics
import PolicyEvaluation
import PolicyIR
import PolicyText
import PolicyValues

/// Compares the measures of two versions, one after another.
struct Comparer {
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
    Aspect.allCases.filter { $0 != .payable && $0 != .name }.map { structures.structure($0, of: id).number }
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
    if differing.isEmpty { return result }
    result.isRewritten = true
    if contrast == nil { contrast = try Contrast(pair, asOf: asOf, limits: limits) }
    var examples: [Aspect: [AspectChange.Example]] = [:]
    let witnesses = askSolver(old, new, differing, &result, &examples)
    for aspect in Aspect.allCases where examples[aspect] == nil {
      if let found = look(for: aspect, among: witnesses, old, new, differing, &result) { examples[aspect] = [found] }
    }
    // Nothing was said of those whom only one version can record.
    if differing.contains(.conclusion), examples[.conclusion] == nil, let why = unshared(old, new) {
      result.notCompared.append(NotCompared(aspect: .conclusion, why: why))
    }
    for aspect in examples.keys.sorted() { add(examples[aspect]!, of: aspect, to: &result) }
    return result
  }

  /// Puts conclusions and amounts to the solver.
  ///
  /// - Returns: Subjects on whom the other sides are looked at: those that it found, one whom both versions grant the measure to
  ///   where there is one, and one of whom nothing is known.
  private mutating func askSolver(
    _ old: MeasureID, _ new: MeasureID, _ differing: [Aspect], _ result: inout MeasureComparison,
    _ examples: inout [Aspect: [AspectChange.Example]]
  ) -> [Witness] {
    guard pair.before.measures[old].object != nil, pair.after.measures[new].object != nil else {
      return [unknownSubject(new)]
    }
    var witnesses: [Witness] = []
    let clash = clash(old, new)
    for aspect in [Aspect.conclusion, .amount] where differing.contains(aspect) {
      if let clash {
        result.notCompared.append(NotCompared(aspect: aspect, why: .clash(clash)))
        continue
      }
      do throws(Contrast.Stop) {
        let difference =
          aspect == .conclusion ? try contrast!.verdicts(old, new) : try contrast!.amounts(old, new)
        result.isBounded = result.isBounded || difference.isBounded
        let found: [(Witness?, AspectChange.Direction)] = [
          (difference.gain, .gain), (difference.loss, .loss), (difference.other, .other),
        ]
        for case (let witness?, let direction) in found {
          witnesses.append(witness)
          if let example = example(witness, direction, aspect, old, new) {
            examples[aspect, default: []].append(example)
          }
        }
      } catch { result.notCompared.append(NotCompared(aspect: aspect, why: .stop(error))) }
    }
    if clash == nil, let both = (try? contrast!.subjectOfBoth(old, new)) ?? nil {
      witnesses += [filled(both, old, new), both]
    }
    return witnesses + [unknownSubject(new)]
  }

  /// An example of another answer on a side; where there is none, why nothing follows is noted.
  private mutating func look(
    for aspect: Aspect, among witnesses: [Witness], _ old: MeasureID, _ new: MeasureID, _ differing: [Aspect],
    _ result: inout MeasureComparison
  ) -> AspectChange.Example? {
    if let found = firstExample(aspect, witnesses, old, new) { return found }
    guard differing.contains(aspect) else { return nil }
    switch sameness(aspect, old, new) {
    case .success(.same): return nil
    case .success(.different(let witness)):
      if let found = witness.flatMap({ example($0, .other, aspect, old, new) }) { return found }
      result.notCompared.append(NotCompared(aspect: aspect, why: .noExample))
    case .failure(let stop): result.notCompared.append(NotCompared(aspect: aspect, why: .stop(stop)))
    }
    return nil
  }

  /// Whether a side whose rules differ comes to the same, as far as no example tells.
  private mutating func sameness(
    _ aspect: Aspect, _ old: MeasureID, _ new: MeasureID
  ) -> Result<Contrast.Sameness, Contrast.Stop> {
    switch aspect {
    // They are settled already, shown only where a subject is granted something, or settled when all measures are.
    case .conclusion, .amount, .rulings, .payable: return .success(.same)
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
    case .name, .departments, .period, .force, .effect, .procedure, .total, .source: return .success(.different(nil))
    }
  }

  private func unshared(_ old: MeasureID, _ new: MeasureID) -> NotCompared.Why? {
    for (id, program) in [(new, pair.after), (old, pair.before)] {
      var reach = Reach()
      reach.add(id, in: program)
      for field in reach.fields.sorted() {
        guard case .option(let type) = program.fields[field].type,
          let places = pair.unshared[program.optionTypes[type].name], !places.isEmpty
        else { continue }
        let option = program.optionTypes[type]
        return .unsharedValues(option: option.name, values: places.sorted().map { option.values[$0].name })
      }
    }
    return nil
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
}
