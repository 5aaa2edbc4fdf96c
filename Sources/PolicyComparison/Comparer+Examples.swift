import PolicyAnalysis
import PolicyAnswers
import PolicyEvaluation
import PolicyIR
import PolicyText
import PolicyValues

/// Subjects that show a difference.
extension Comparer {
  /// A subject of whom nothing is known.
  func unknownSubject(_ id: MeasureID) -> Witness {
    let kind = pair.after.measures[id].object?.kind ?? KindID(0)
    let count = pair.after.kinds.isEmpty ? 0 : pair.after.kinds[kind].fields.count
    return Witness(
      subject: Subject(kind: kind, id: "虚构主体", isNamed: false, facts: Array(repeating: .missing, count: count)),
      asOf: asOf, readings: [:])
  }

  /// The first subject whose answers differ on a side, as small as it can be with the same two answers.
  mutating func firstExample(
    _ aspect: Aspect, _ witnesses: [Witness], _ old: MeasureID, _ new: MeasureID
  ) -> AspectChange.Example? {
    for witness in witnesses {
      guard let found = example(witness, .other, aspect, old, new) else { continue }
      var copy = self
      let small = replay.minimized(witness, asOf: asOf) { _, candidate in
        copy.said(candidate, aspect, old, new) == (found.before, found.after)
          && (aspect.isOfMeasure || copy.hasSameConclusion(candidate, old, new))
      }
      return small.flatMap { example($0, .other, aspect, old, new) } ?? found
    }
    return nil
  }

  /// A witness with a value for every fact that it doesn't have, where both measures stay what they are for it: dates and
  /// shares are told better of somebody of whom everything is known.
  mutating func filled(_ witness: Witness, _ old: MeasureID, _ new: MeasureID) -> Witness {
    var result = witness
    for (slot, id) in pair.after.kinds[witness.subject.kind].fields.enumerated() {
      guard result.subject.facts[slot] == .missing else { continue }
      var candidates: [Fact] = []
      switch pair.after.fields[id].type {
      case .truth: candidates = [.value(.truth(true)), .value(.truth(false))]
      case .quantity: candidates = [.value(.quantity(Rational(100)))]
      case .date: candidates = [.value(.date(asOf))]
      case .option(let option):
        candidates = pair.after.optionTypes[option].values.indices.map { .value(.option(Int32($0))) }
      case .duration, .text, .entity, .many: continue
      }
      for candidate in candidates {
        var copy = result
        copy.subject.facts[slot] = candidate
        let (one, two) = replay.answers(copy, old, new)
        if one?.wouldBe == .yes, two?.wouldBe == .yes {
          result = copy
          break
        }
      }
    }
    return result
  }

  /// A witness as an example where the words of the two versions differ on a side.
  mutating func example(
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
      if before.groups(of: old).isEmpty, after.groups(of: new).isEmpty { return ("", "") }
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

  /// Takes examples up, each with what causes it.
  mutating func add(_ examples: [AspectChange.Example], of aspect: Aspect, to result: inout MeasureComparison) {
    guard let old = result.before, let new = result.after else { return }
    var told = examples
    for index in told.indices {
      told[index].causes =
        history?.causes(of: told[index].witness, [aspect: told[index].after], old, new, words.after.language) ?? []
    }
    result.changes.append(AspectChange(aspect: aspect, examples: told))
    result.changes.sort { $0.aspect < $1.aspect }
    result.notCompared.removeAll { $0.aspect == aspect }
  }

  /// What groups leave of a measure, which differs with their rules and with what their other members grant.
  mutating func comparePayable(_ result: inout MeasureComparison) {
    guard let old = result.before, let new = result.after,
      before.structure(.payable, of: old).number != after.structure(.payable, of: new).number,
      !result.changes.contains(where: { $0.aspect == .payable }), contrast != nil
    else { return }
    let hasOtherRule =
      before.groups(of: old).map { before.number($0) } != after.groups(of: new).map { after.number($0) }
    var isOpen = hasOtherRule
    let known = Dictionary(
      before.partners(of: old).map { (pair.before.measures[$0].name, $0) }, uniquingKeysWith: { first, _ in first })
    for partner in after.partners(of: new) where partner != new {
      let earlier = known[pair.after.measures[partner].name]
      do throws(Contrast.Stop) {
        for witness in try contrast!.subjects(of: old, new, whereDiffer: earlier, partner, orBothHold: hasOtherRule) {
          if let found = example(witness, .other, .payable, old, new) {
            add([found], of: .payable, to: &result)
            return
          }
          isOpen = true
        }
      } catch {
        result.notCompared.append(NotCompared(aspect: .payable, why: .stop(error)))
        return
      }
    }
    if isOpen { result.notCompared.append(NotCompared(aspect: .payable, why: .noExample)) }
  }
}
