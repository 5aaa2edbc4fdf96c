import PolicyAnswers
import PolicyColumns
import PolicyEvaluation
import PolicyIR

/// How the answers of one measure are found and worded.
struct AnswerPlan {
  let id: MeasureID
  /// Whether decisions follow from the verdict, its reasons, the amount and the variant.
  let followsVerdict: Bool
  /// One for all subjects where the authorities aren't shown, or follow from more than counties.
  let variants: CountyVariants
  let sight: Sight
  /// The cells that are the same for every subject, by column, each behind a delimiter.
  let cells: [BatchColumn: [UInt8]]

  /// How many variants are told apart; where there are more, they count as facts like others.
  private static var mostVariants: Int { 64 }

  init(_ id: MeasureID, _ batch: TableBatch) {
    self.id = id
    let measure = batch.program.measures[id]
    let all = CountyVariants(of: measure, in: batch.program)
    let isShown = batch.options.columns.contains(.departments)
    followsVerdict =
      measure.payers.allSatisfy { $0.condition == nil } && (all.count <= Self.mostVariants || !isShown)
    variants = followsVerdict && isShown ? all : CountyVariants()
    sight = Sight(of: id, in: batch.prepared, asOf: batch.asOf, counties: isShown && !followsVerdict)
    let quote = measure.origin.quotes.map(\.text).joined(separator: "／")
    cells = [.clause: batch.cell(batch.wording.clause(measure.origin)), .quote: batch.cell(quote)]
  }
}

extension BatchWorker {
  /// What a decision says.
  func judge(_ measure: Int, _ decision: Decision) -> Int32 {
    let (plan, wording) = (plans[measure], batch.wording)
    var judgement = BatchJudgement(measure: measure, tally: tally(measure, decision))
    var isBehind = false
    for column in batch.options.columns {
      let cell: [UInt8]
      switch column {
      case .answer: cell = batch.cell(wording.label(decision.label))
      case .amount:
        cell = batch.cell(decision.amount == .none ? "" : wording.amount(decision.amount, of: decision.measure))
      case .clause, .quote: cell = plan.cells[column] ?? []
      case .departments:
        isBehind = true
        judgement.leavesSharesUnstated = wording.leavesSharesUnstated(decision)
        if !plan.followsVerdict { judgement.departments = batch.cell(wording.departments(decision) ?? "") }
        continue
      case .lacking: cell = batch.cell(wording.lacking(decision))
      }
      if isBehind { judgement.tail += cell } else { judgement.head += cell }
    }
    return judgements.add(judgement, variants: plan.variants.count)
  }

  /// The number of what is counted of a decision.
  private func tally(_ measure: Int, _ decision: Decision) -> Int32 {
    let follows = plans[measure].followsVerdict
    if follows, let known = tallies[measure][decision.label] { return known }
    let number = answers.number(
      of: BatchTally(measure: measure, label: decision.label, authorities: batch.wording.authorities(decision)))
    if follows { tallies[measure][decision.label] = number }
    return number
  }

  /// The answer of a judgement for a variant; nil where no decision has named its authorities yet.
  func answer(_ judgement: Int32, _ variant: Int32) -> Int32? {
    if let known = judgements.answer(judgement, variant) { return known }
    return departments(judgements.all[Int(judgement)], variant).map { add(judgement, variant, $0) }
  }

  /// The same, from a decision.
  func answer(_ judgement: Int32, _ variant: Int32, _ decision: Decision) -> Int32 {
    if let known = answer(judgement, variant) { return known }
    let entry = judgements.all[Int(judgement)]
    let departments = batch.cell(batch.wording.departments(decision) ?? "")
    departmentCells[entry.measure][place(entry, variant)] = departments
    return add(judgement, variant, departments)
  }

  private func add(_ judgement: Int32, _ variant: Int32, _ departments: [UInt8]) -> Int32 {
    let entry = judgements.all[Int(judgement)]
    let number = answers.add(entry.tally, [entry.head, departments, entry.tail])
    judgements.remember(judgement, variant, number)
    return number
  }

  /// The cell of the authorities; nothing where it isn't shown.
  private func departments(_ judgement: BatchJudgement, _ variant: Int32) -> [UInt8]? {
    if !batch.options.columns.contains(.departments) { return [] }
    return judgement.departments ?? departmentCells[judgement.measure][place(judgement, variant)]
  }

  private func place(_ judgement: BatchJudgement, _ variant: Int32) -> Int {
    Int(variant) * 2 + (judgement.leavesSharesUnstated ? 1 : 0)
  }
}
