import PolicyAnalysis
import PolicyComparison
import PolicyDiagnostics
import PolicyText
import PolicyValues
import PolicyWorkspace

/// Prints the time of comparing a policy with an edited version of it, with causes and with what changes for its sample
/// projects, and of generated measures of which one or all are edited.
func measureDiff(_ path: String, folder: String) {
  print("comparison of two versions (CPU time; every difference replayed by the evaluator)")
  guard let base = try? loadPolicies([path]) else { fail("can't read \(path)") }
  let edited = edit(base, "3亿元以上", "5亿元以上")
  measure("\(path), 3亿元 → 5亿元", base, edited, facts: [path + "/项目"], rounds: 5) {
    $0.count(.unchanged) < $0.measures.count
  }
  measure("\(path), unchanged", base, base, facts: [], rounds: 5) { $0.count(.unchanged) == $0.measures.count }
  for count in [10, 100, 1000] {
    GeneratedPolicy(measures: count).write(to: folder)
    guard let base = try? loadPolicies([folder]) else { fail("can't read \(folder)") }
    let rounds = count < 1000 ? 3 : 1
    measure(
      "\(count) measures, one edited", base, edit(base, "养老床位 20张", "养老床位 25张", once: true), facts: [], rounds: rounds
    ) {
      $0.count(.narrower) == 1 && $0.count(.unchanged) == count - 1
    }
    measure("\(count) measures, all edited", base, edit(base, "张以上 且", "张以上 或"), facts: [], rounds: rounds) {
      $0.count(.broader) == count
    }
  }
}

/// A policy with words of its rules replaced, as a draft.
private func edit(_ base: PolicySet, _ old: String, _ new: String, once: Bool = false) -> PolicySet {
  var draft = Draft()
  var isDone = false
  for id in base.files.ids where base.files[id].path.hasSuffix(".tiaoli") && !base.files[id].path.contains("案例") {
    let lines = base.files[id].text.split(separator: "\n", omittingEmptySubsequences: false)
    let changed = lines.map { line -> String in
      guard !line.contains("原文"), line.contains(old), !(once && isDone) else { return String(line) }
      isDone = true
      return line.replacing(old, with: new)
    }.joined(separator: "\n")
    if changed != base.files[id].text { draft.replaced[base.files[id].path] = Array(changed.utf8) }
  }
  guard isDone, let edited = try? loadPolicies(base.paths, draft: draft, from: .asRead(for: base)), !edited.hasErrors
  else {
    fail("the edit \(old) → \(new) doesn't check")
  }
  return edited
}

extension Substring {
  fileprivate func replacing(_ old: String, with new: String) -> String {
    var result = ""
    var rest = self
    while !rest.isEmpty {
      if rest.hasPrefix(old) {
        result += new
        rest = rest.dropFirst(old.count)
      } else {
        result.append(rest.removeFirst())
      }
    }
    return result
  }
}

private func measure(
  _ name: String, _ before: PolicySet, _ after: PolicySet, facts: [String], rounds: Int, _ isRight: (Comparison) -> Bool
) {
  let asOf = CivilDate(year: 2024, month: 6, day: 1)!
  let session = Session(policies: after, asOf: asOf, language: .zh)
  guard let earlier = try? session.session(on: before) else { fail("no session") }
  if !facts.isEmpty { for each in [session, earlier] { try? each.loadFacts(facts) } }
  var comparison: Comparison?
  var effects = 0
  let time = interleavedMedians(
    rounds: rounds,
    [
      {
        comparison = try? session.comparison(with: before)
        if let comparison, !facts.isEmpty {
          effects = session.impact(of: comparison, from: earlier)?.effects.count ?? 0
        }
      }
    ])[0]
  guard let comparison else { fail("the solver is not installed") }
  let counts = MeasureComparison.State.allCases.map { "\($0.rawValue) \(comparison.count($0))" }.joined(separator: ", ")
  require(isRight(comparison) && comparison.count(.notCompared) == 0, "\(name): \(counts)")
  row(
    name,
    "\(decimals(time / 1e9, 2)) s, \(comparison.measures.count - comparison.count(.unchanged)) measures differ"
      + (facts.isEmpty ? "" : ", \(effects) effects on \(session.subjects.count) subjects"))
}
