package import PolicyAnalysis
import PolicyAnswers
package import PolicyCoverage
package import PolicyDiagnostics
import PolicyEvaluation
package import PolicyIR
package import PolicyText
package import PolicyValues

/// What cases notice of single mistakes in the rules.
package struct MutationReport: Sendable {
  package var killed: Int
  /// The solver proves that no answer changes.
  package var equivalent: [Mutant]
  /// Worst first.
  package var survivors: [Survivor]

  package var total: Int { killed + equivalent.count + survivors.count }
  /// Of the mistakes that change an answer, whole percents, rounded down.
  package var percent: Int { total == equivalent.count ? 100 : killed * 100 / (total - equivalent.count) }

  /// A mistake that no case notices.
  package struct Survivor: Sendable {
    package let mutant: Mutant
    package let notice: Notice
  }

  /// What would notice a mistake.
  package enum Notice: Sendable {
    /// The answers of measures for a subject, as they are without the mistake.
    case answers(Witness, [MeasureID])
    /// What the measure says of itself.
    case statement(MeasureID)
    /// None was found, and nothing is proved.
    case unknown
  }
}

/// Makes every single mistake in the rules and asks which of them the cases that pass notice.
///
/// - Parameter asOf: The date that noticing cases are given where any does.
/// - Parameter included: The mistakes that are made.
/// - Parameter goOn: Told how many are done, and of how many; false ends the run early.
/// - Throws: `libraryMissing` where Z3 isn't installed.
package func mutate(
  _ program: Program, files: SourceFiles, asOf: CivilDate, limits: Solver.Limits = .init(time: 5000, steps: 1_000_000),
  where included: (Mutant) -> Bool = { _ in true }, goOn: (Int, Int) -> Bool = { _, _ in true }
) throws(SolverFailure) -> MutationReport {
  _ = try Solver(limits: limits)
  let all = mutants(of: program, files: files).filter(included)
  var hunt = MutationHunt(program, files)
  var judge = MutantJudge(program, files, asOf: asOf, limits: limits)
  var report = MutationReport(killed: 0, equivalent: [], survivors: [])
  for (number, mutant) in all.enumerated() {
    guard goOn(number, all.count) else { break }
    if mutant.isIdle {
      report.equivalent.append(mutant)
      continue
    }
    let mutated = mutant.mutated(program)
    if hunt.notices(mutant, mutated) {
      report.killed += 1
      continue
    }
    switch judge.judge(mutant, mutated) {
    case nil: report.equivalent.append(mutant)
    case let notice?: report.survivors.append(.init(mutant: mutant, notice: notice))
    }
  }
  report.survivors = report.survivors.enumerated().sorted { one, two in
    let (a, b) = (one.element.mutant, two.element.mutant)
    if a.weight != b.weight { return a.weight < b.weight }
    let (first, second) = (program.force(a), program.force(b))
    return first == second ? one.offset < two.offset : first < second
  }.map(\.element)
  return report
}

extension Program {
  /// The strongest claim that a mistake can spoil: money first.
  fileprivate func force(_ mutant: Mutant) -> Int {
    mutant.measures.flatMap { measures[$0].force.map(\.strength) }.map { $0 == .entitlement ? -1 : Int($0.order) }.min()
      ?? 99
  }
}

extension Force {
  fileprivate var order: Int { Force.allCases.firstIndex(of: self)! }
}

/// Runs the cases that can notice a mistake, those that show its place first.
struct MutationHunt {
  private let program: Program
  private let files: SourceFiles
  private var tests: [Test] = []
  private var byMeasure: [MeasureID: [Int]] = [:]
  private var byGroup: [GroupID: [Int]] = [:]
  /// The cases that show something at an owner.
  private var byOwner: [CoverageItem.Owner: [Int: Set<[Int]>]] = [:]

  private struct Test {
    var entry: PolicyCase
    /// What is evaluated for it.
    var asked: [MeasureID]
  }

  init(_ program: Program, _ files: SourceFiles) {
    (self.program, self.files) = (program, files)
    var runner = CaseRunner(program, files)
    var collector = CoverageCollector(program)
    for entry in program.cases where runner.run(entry).passed {
      let number = tests.count
      var asked: [MeasureID] = []
      for expectation in entry.expectations {
        switch expectation.target {
        case .measure(let id):
          byMeasure[id, default: []].append(number)
          if !asked.contains(id) { asked.append(id) }
          guard expectation.payable != nil else { break }
          for group in program.groups.indices where program.groups[group].members.contains(id) {
            byGroup[GroupID(group), default: []].append(number)
            asked += members(of: GroupID(group)).filter { !asked.contains($0) }
          }
        case .group(let id):
          byGroup[id, default: []].append(number)
          asked += members(of: id).filter { !asked.contains($0) }
        }
      }
      tests.append(Test(entry: entry, asked: asked.sorted()))
      for item in collector.items(of: entry) {
        byOwner[item.owner, default: [:]][number, default: []].insert(item.path)
      }
    }
  }

  private func members(of group: GroupID) -> [MeasureID] {
    program.groups[group].members + program.groups[group].subgroups.flatMap { members(of: $0) }
  }

  /// Whether a case fails where the mistake is made.
  func notices(_ mutant: Mutant, _ mutated: Program) -> Bool {
    var numbers = Set(mutant.measures.flatMap { byMeasure[$0] ?? [] })
    numbers.formUnion(mutant.groups.flatMap { byGroup[$0] ?? [] })
    let shown = mutant.place.flatMap { byOwner[$0.owner] } ?? [:]
    let ordered = numbers.sorted { one, two in
      let (a, b) = (rank(one, mutant, shown), rank(two, mutant, shown))
      return a == b ? one < two : a < b
    }
    var runner = CaseRunner(mutated, files)
    return ordered.contains { !runner.run(tests[$0].entry, asked: tests[$0].asked).passed }
  }

  /// Cases that show the very place come first, then those that show its rule; each with those of the same readings.
  private func rank(_ number: Int, _ mutant: Mutant, _ shown: [Int: Set<[Int]>]) -> Int {
    guard let paths = shown[number] else { return 2 }
    return mutant.place.map { paths.contains($0.path) } == true ? 0 : 1
  }
}
