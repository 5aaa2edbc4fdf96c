import PolicyAnswers
package import PolicyCoverage
import PolicyDiagnostics
package import PolicyIR
package import PolicyText
import PolicyValues

/// All single mistakes in a program's rules, in the order of the rules.
///
/// Limits over all applicants (总额) and what no answer shows (材料, 步骤, 触发) are left as they are.
package func mutants(of program: Program, files: SourceFiles) -> [Mutant] {
  var maker = MutantMaker(program, files)
  maker.run()
  return maker.mutants
}

struct MutantMaker {
  let program: Program
  let zh: Wording
  let en: Wording
  private(set) var mutants: [Mutant] = []
  /// The measures that rest on an owner, and the groups that hold them.
  private var users: [CoverageItem.Owner: [MeasureID]] = [:]
  private var parts: [RulePart] = []

  init(_ program: Program, _ files: SourceFiles) {
    self.program = program
    zh = Wording(program: program, language: .zh, files: files)
    en = Wording(program: program, language: .en, files: files)
  }

  mutating func run() {
    let plan = CoveragePlan(program, .standard)
    var seen: Set<RulePart> = []
    for index in program.measures.indices where program.measures[index].object != nil {
      let id = MeasureID(index)
      for part in plan.parts(of: id) {
        if seen.insert(part).inserted { parts.append(part) }
        if users[part.owner]?.last != id { users[part.owner, default: []].append(id) }
      }
      for owner in plan.declarations(of: id) where users[owner]?.last != id { users[owner, default: []].append(id) }
    }
    for part in parts { expression(part.expression, Mutant.Place(owner: part.owner, path: part.path)) }
    for index in program.measures.indices { measure(MeasureID(index)) }
    declarations()
  }

  /// The measures that rest on an owner.
  func users(of owner: CoverageItem.Owner) -> [MeasureID] { users[owner] ?? [] }

  mutating func add(
    _ rule: RuleName, _ span: Span, _ weight: Mutant.Weight, _ zh: String, _ en: String, measures: [MeasureID],
    groups: [GroupID]? = nil, place: Mutant.Place? = nil, isIdle: Bool = false,
    _ apply: @escaping @Sendable (inout Program) -> Void
  ) {
    let held = groups ?? self.groups(of: Set(measures))
    mutants.append(
      Mutant(
        rule: rule, change: Bilingual(zh: zh, en: en), span: span, weight: weight, measures: measures, groups: held,
        place: place, isIdle: isIdle, apply: apply))
  }

  private func groups(of measures: Set<MeasureID>) -> [GroupID] {
    program.groups.indices.map { GroupID($0) }.filter { holds($0, measures) }
  }

  private func holds(_ group: GroupID, _ measures: Set<MeasureID>) -> Bool {
    !measures.isDisjoint(with: program.groups[group].members)
      || program.groups[group].subgroups.contains { holds($0, measures) }
  }

  /// A change of an expression at a place.
  mutating func change(
    _ place: Mutant.Place, _ span: Span, _ weight: Mutant.Weight, _ zh: String, _ en: String, isIdle: Bool = false,
    _ body: @escaping @Sendable (Expression) -> Expression
  ) {
    add(
      program.rule(of: place.owner), span, weight, zh, en, measures: users(of: place.owner), place: place,
      isIdle: isIdle
    ) { $0.replaceExpression(place.owner, place.path, body) }
  }

  /// Whether an owner's expressions say how much is paid.
  func isMoney(_ owner: CoverageItem.Owner) -> Bool {
    switch owner {
    case .amount, .payer, .instalment, .row, .tiers, .filling: true
    case .object, .condition, .verdict, .deadline, .definition, .classification, .choice, .parameter, .measurePeriod,
      .documentPeriod:
      false
    }
  }
}
