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
    if haveObjects, clash == nil, let both = (try? contrast!.subjectOfBoth(old, new)) ?? nil {
      witnesses += [filled(both, old, new), both]
    }
    witnesses.append(unknownSubject(new))
    for aspect in Aspect.allCases where examples[aspect] == nil {
      if aspect == .conclusion || aspect == .amount, result.notCompared.contains(where: { $0.aspect == aspect }) {
        if let found = firstExample(aspect, witnesses, old, new) { examples[aspect] = [found] }
        continue
      }
      var found = firstExample(aspect, witnesses, old, new)
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
    // Nothing was said of those whom only one version can record.
    if differing.contains(.conclusion), examples[.conclusion] == nil, let why = unshared(old, new) {
      result.notCompared.append(NotCompared(aspect: .conclusion, why: why))
    }
    for aspect in examples.keys.sorted() { add(examples[aspect]!, of: aspect, to: &result) }
    return result
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
