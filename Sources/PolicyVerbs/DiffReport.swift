import PolicyAnalysis
import PolicyAnswers
import PolicyComparison
import PolicyDiagnostics
import PolicyEvaluation
import PolicyIR
import PolicyValues
import PolicyWorkspace

/// What is told of a comparison, in any form.
struct DiffReport {
  let comparison: Comparison
  /// nil where no subjects are loaded.
  let impact: Impact?
  let earlier: Session
  let later: Session
  let names: (before: String, after: String)

  init(_ earlier: Session, _ later: Session, names: (String, String), limits: Solver.Limits) throws(VerbFailure) {
    (self.earlier, self.later, self.names) = (earlier, later, names)
    do throws(SolverFailure) {
      guard let comparison = try later.comparison(with: earlier.policies, limits: limits) else {
        throw SolverFailure.interrupted
      }
      self.comparison = comparison
    } catch { throw VerbFailure(error) }
    guard !later.subjects.isEmpty || !earlier.subjects.isEmpty else {
      impact = nil
      return
    }
    guard let impact = later.impact(of: comparison, from: earlier) else { throw .interrupted }
    self.impact = impact
  }

  var wording: Wording { later.wording }

  /// The measures that differ in anything, in the order of the later version.
  var changed: [MeasureComparison] { comparison.measures.filter { $0.state != .unchanged && $0.state != .equivalent } }

  func shows(_ watched: Set<Diff.Failure>) -> Bool {
    watched.contains { failure in
      switch failure {
      case .state(let state): comparison.count(state) > 0
      case .effect(let kind): impact.map { $0.count(kind) > 0 } ?? false
      }
    }
  }

  // MARK: Words

  /// `市县一次性建设补助（三（三））`
  func title(_ measure: MeasureComparison) -> String {
    let clause = clause(measure)
    return measure.name + (clause.isEmpty ? "" : wording.say("（\(clause)）", " (\(clause))"))
  }

  func clause(_ measure: MeasureComparison) -> String {
    if let id = measure.after { return later.wording.clause(later.program.measures[id].origin) }
    return measure.before.map { earlier.wording.clause(earlier.program.measures[$0].origin) } ?? ""
  }

  func counts() -> String {
    let parts = MeasureComparison.State.allCases.compactMap { state -> String? in
      let count = comparison.count(state)
      return count == 0 ? nil : wording.say("\(state.title.zh)\(count)项", "\(count) \(state.title.en)")
    }
    return wording.say("措施\(comparison.measures.count)项：", "\(comparison.measures.count) measures: ")
      + parts.joined(separator: wording.say("，", ", "))
  }

  /// What a side's example shows.
  func meaning(_ example: AspectChange.Example, _ aspect: Aspect) -> String {
    switch (aspect, example.direction) {
    case (.conclusion, .gain): wording.say("有主体由不能享受变为符合", "some are granted it who weren't")
    case (.conclusion, .loss): wording.say("有主体由符合变为不能享受", "some aren't granted it who were")
    case (.amount, .gain): wording.say("有主体的金额提高", "some are granted more")
    case (.amount, .loss): wording.say("有主体的金额降低", "some are granted less")
    default: wording.say("有主体的答复不同", "some are answered otherwise")
    }
  }

  /// `33-财政政策.tiaoli:25（三（三） 市县一次性建设补助）`
  func place(_ edit: Edit) -> String {
    let line = edit.after.isEmpty ? "\(edit.before.lowerBound)" : "\(edit.after.lowerBound)"
    let rule = [edit.clause, edit.rule == edit.clause ? nil : edit.rule].compactMap { $0 }.joined(separator: " ")
    return "\(edit.path):\(line)" + (rule.isEmpty ? "" : wording.say("（\(rule)）", " (\(rule))"))
  }

  /// Edits with their numbers, which stand in the list of edits and in tables.
  func causes(_ edits: [Int]) -> String {
    edits.map { "[\($0 + 1)] \(place(comparison.edits[$0]))" }.joined(separator: wording.say("；", "; "))
  }

  func numbers(_ edits: [Int]) -> String { edits.map { "[\($0 + 1)]" }.joined() }

  /// An effect's kind, with the sides that differ where the kind doesn't say.
  func effect(_ effect: Impact.Effect) -> String {
    let kind = effect.kind.title[wording.language]
    guard effect.kind == .otherwise else { return kind }
    let sides = effect.aspects.map { $0.title[wording.language] }.joined(separator: wording.comma)
    return kind + wording.say("（\(sides)）", " (\(sides))")
  }

  /// The lines of an edit, removed ones first; of one long line for another only what differs, with a few words around it.
  func lines(_ edit: Edit) -> [(mark: String, text: String)] {
    var (removed, added) = (edit.removed, edit.added)
    if removed.count == 1, added.count == 1, max(removed[0].count, added[0].count) > 60 {
      let start = zip(removed[0], added[0]).prefix { $0 == $1 }.count
      let end = zip(removed[0].dropFirst(start).reversed(), added[0].dropFirst(start).reversed()).prefix { $0 == $1 }
        .count
      func clipped(_ text: String) -> String {
        let (from, to) = (max(0, start - 15), min(text.count, text.count - end + 15))
        return (from > 0 ? "…" : "") + text.dropFirst(from).prefix(to - from) + (to < text.count ? "…" : "")
      }
      (removed, added) = ([clipped(removed[0])], [clipped(added[0])])
    }
    return removed.map { ("-", $0) } + added.map { ("+", $0) }
  }

  func why(_ entry: NotCompared) -> String {
    switch entry.why {
    case .unsharedValues(let option, let values):
      wording.say(
        "选项“\(option)”的“\(values.joined(separator: "”、“"))”只有一版有，其余主体的结论相同",
        "only one version has “\(values.joined(separator: "”, “"))” of the option “\(option)”; it is the same for others"
      )
    case .noExample: wording.say("规则不同，没有找到答复不同的例子", "the rules differ, and no subject was found whose answer does")
    case .clash(.factType(let fact)): wording.say("事实“\(fact)”的类型不同", "the fact “\(fact)” has another type")
    case .clash(.optionOrder(let option)):
      wording.say("选项“\(option)”的次序不同", "the order of the option “\(option)” is another")
    case .stop(.unsupported(let reason)): unsupported(reason, wording)
    case .stop(.limit(let word)): wording.say("求解器未能在限度内回答（\(word)）", "the solver gave up (\(word))")
    case .stop(.notReplayed): wording.say("求解器找到的例子没有得到印证", "the evaluator does not confirm what the solver found")
    case .stop(.failed(let word)): wording.say("求解器出错（\(word)）", "the solver failed (\(word))")
    }
  }

  /// The example as a case of the language, with the answers of the later version.
  func caseText(_ example: AspectChange.Example, _ measure: MeasureComparison, numbered number: Int) -> String {
    guard let id = measure.after else { return "" }
    var replay = Replay(later.program)
    let decisions = replay.decisions(example.witness, [id]).decisions
    return later.caseText(
      named: "比较\(number) \(measure.name)", subject: example.witness.subject, asOf: example.witness.asOf,
      readings: example.witness.readings, decisions: decisions)
  }

  func money(_ total: Impact.Total) -> String {
    if total.overflows { return wording.say("不可计算", "not computable") }
    func amount(_ value: Rational) -> String { wording.quantity(value, .money) }
    if total.unbounded > 0, total.low == .zero {
      return wording.say("未定（\(total.unbounded)笔）", "open (\(total.unbounded))")
    }
    if total.unbounded > 0 {
      return wording.say(
        "不少于\(amount(total.low))（\(total.unbounded)笔金额未定）", "\(amount(total.low)) or more (\(total.unbounded) open)")
    }
    return total.low == total.high
      ? amount(total.low)
      : wording.say("\(amount(total.low))至\(amount(total.high))", "\(amount(total.low)) to \(amount(total.high))")
  }

  func effects(_ impact: Impact) -> String {
    let parts = Impact.Effect.Kind.allCases.compactMap { kind -> String? in
      let count = impact.count(kind)
      return count == 0 ? nil : wording.say("\(kind.title.zh)\(count)项次", "\(count) \(kind.title.en)")
    }
    return wording.say("主体\(impact.subjects)个：", "\(impact.subjects) subjects: ")
      + (parts.isEmpty ? wording.say("答复都不变", "no answer changes") : parts.joined(separator: wording.say("，", ", ")))
  }
}

extension Impact.Effect.Kind {
  var title: Bilingual {
    switch self {
    case .gains: Bilingual(zh: "得到", en: "gains")
    case .loses: Bilingual(zh: "失去", en: "loses")
    case .becomesUnknown: Bilingual(zh: "变为待定", en: "becomes unknown")
    case .becomesDisputed: Bilingual(zh: "变为有分歧", en: "becomes disputed")
    case .becomesRefused: Bilingual(zh: "变为不符合", en: "becomes refused")
    case .more: Bilingual(zh: "金额提高", en: "gets more")
    case .less: Bilingual(zh: "金额降低", en: "gets less")
    case .otherAmount: Bilingual(zh: "金额改变", en: "another amount")
    case .otherwise: Bilingual(zh: "其他改变", en: "another change")
    }
  }
}

extension Impact.Budget.Dimension {
  var title: Bilingual {
    switch self {
    case .payer: Bilingual(zh: "出资单位", en: "payer")
    case .county: Bilingual(zh: "县区", en: "county")
    case .department: Bilingual(zh: "责任单位", en: "department")
    }
  }
}

extension MeasureComparison.State {
  var title: Bilingual {
    switch self {
    case .unchanged: Bilingual(zh: "不变", en: "unchanged")
    case .text: Bilingual(zh: "仅引文不同", en: "text only")
    case .equivalent: Bilingual(zh: "改写而等价", en: "equivalent")
    case .broader: Bilingual(zh: "放宽", en: "broader")
    case .narrower: Bilingual(zh: "收窄", en: "narrower")
    case .changed: Bilingual(zh: "改变", en: "changed")
    case .added: Bilingual(zh: "新增", en: "added")
    case .removed: Bilingual(zh: "删去", en: "removed")
    case .notCompared: Bilingual(zh: "未能比较", en: "not compared")
    }
  }
}
