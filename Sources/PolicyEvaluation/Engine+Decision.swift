import PolicyIR
import PolicyValues

extension Engine {
  /// The decision of one measure for the subject asked about; nil for a measure without an object.
  mutating func decision(_ measure: Int32) -> Decision? {
    var list: [Decision] = []
    decide(measure, into: &list)
    return list.first
  }

  /// Adds the decision of one measure; nothing for a measure without an object.
  mutating func decide(_ measure: Int32, into decisions: inout [Decision]) {
    guard plan.measures.indices.contains(Int(measure)), plan.measures[Int(measure)].kind >= 0 else { return }
    touched = .empty
    let memo = complete(measure)
    let verdict = inPeriod(memo)
    // Filled where it stands, as a decision is too large to be moved about.
    decisions.append(
      Decision(
        measure: MeasureID(Int(measure)), verdict: summary(verdict), wouldBe: .no, force: plan.forces[Int(measure)],
        period: memo.period))
    fill(&decisions[decisions.count - 1], measure, memo, verdict)
  }

  private mutating func fill(_ decision: inout Decision, _ measure: Int32, _ memo: VerdictMemo, _ verdict: Ref<Tri>) {
    decision.wouldBe = memo.period.blocks ? summary(memo.wouldBe) : decision.verdict
    for offset in 0..<Int(memo.count) {
      decision.conditions.append(summary(conditionResults[Int(memo.first) + offset]))
    }
    decision.classFailed =
      frames[0].subject.kind.rawValue == plan.measures[Int(measure)].kind && hasNotApplicable(verdict)
    if let reference = memo.reference { decision.reference = summary(reference) }
    decision.departments = departments(of: measure)
    if decision.verdict == .no || decision.verdict == .notApplicable {
      decision.rulings = registry.choices(touched)
      return
    }
    var amount: Ref<Cell> = .leaf(.notApplicable)
    if plan.measures[Int(measure)].grants, mayGrant(verdict) { amount = granted(verdict, self.amount(measure)) }
    let isDiscretionary = plan.measures[Int(measure)].isDiscretionary
    // Many measures have equal conditions, so the lists of one serve the others.
    let isPlain = plan.measures[Int(measure)].isPlain
    var payers: [Ref<Tri>] = []
    if isPlain, case .node = verdict, let known = knownDivision(verdict, amount, isDiscretionary) {
      decision.reasons = divisions[known].reasons
      decision.readings = divisions[known].readings
      decision.disputed = divisions[known].disputed
      decision.amount = divisions[known].amount
      decision.amountReasons = divisions[known].amountReasons
      decision.unrounded = plan.measures[Int(measure)].marksUnrounded && decision.amount.isFractional
      if !plan.measures[Int(measure)].payers.isEmpty { decision.payers = self.payers(measure, amount, &payers) }
      decision.rulings = registry.choices(touched)
      return
    }
    decision.reasons = reasons(verdict)
    if !amount.isNotApplicable {
      decision.amount = self.amount(
        of: amount, isDiscretionary: isDiscretionary, countsAbsent: decision.verdict == .yes)
      decision.amountReasons = reasons(amount)
      decision.unrounded = plan.measures[Int(measure)].marksUnrounded && decision.amount.isFractional
    }
    var dates: [Ref<Cell>] = []
    if !plan.measures[Int(measure)].payers.isEmpty {
      decision.payers = self.payers(measure, amount, &payers)
    }
    if !plan.measures[Int(measure)].instalments.isEmpty {
      decision.instalments = instalments(measure, verdict, amount, &dates)
    }
    if !plan.measures[Int(measure)].starts.isEmpty { decision.dueDates = dueDates(measure, &dates) }
    divide(&decision, verdict, amount, payers, dates, isDiscretionary)
    if isPlain, case .node = verdict {
      divisions.append(
        Division(
          verdict: verdict, value: amount, isDiscretionary: isDiscretionary, reasons: decision.reasons,
          readings: decision.readings, disputed: decision.disputed, amount: decision.amount,
          amountReasons: decision.amountReasons))
    }
    decision.rulings = registry.choices(touched)
  }

  private mutating func knownDivision(
    _ verdict: Ref<Tri>, _ amount: Ref<Cell>, _ isDiscretionary: Bool
  ) -> Int? {
    for place in divisions.indices
    where divisions[place].isDiscretionary == isDiscretionary && stores.truths.equal(divisions[place].verdict, verdict)
      && stores.cells.equal(divisions[place].value, amount)
    {
      return place
    }
    return nil
  }

  /// Whether the verdict is yes, or may become so, under some reading.
  private mutating func mayGrant(_ verdict: Ref<Tri>) -> Bool {
    if case .leaf = verdict { return true }
    return inspect(verdict, under: -1, 0).grants
  }

  /// The amount where the verdict is yes or may become so; 不适用 elsewhere.
  private mutating func granted(_ verdict: Ref<Tri>, _ amount: Ref<Cell>) -> Ref<Cell> {
    // An amount that no reading touches stays one leaf; `divide` asks the verdict where it is granted.
    if case .leaf = verdict { return amount }
    if case .leaf = amount { return amount }
    return apply(verdict, amount) { _, tri, cell in
      tri.state == .yes || tri.state == .unknown ? cell : .notApplicable
    }
  }

  /// Lists the readings of every choice on which an axis depends.
  private mutating func divide(
    _ decision: inout Decision, _ verdict: Ref<Tri>, _ amount: Ref<Cell>, _ payers: [Ref<Tri>],
    _ dates: [Ref<Cell>], _ isDiscretionary: Bool
  ) {
    var choices: [Int32] = []
    if decision.verdict == .disputed {
      decision.disputed.insert(.verdict)
      let bare = states(verdict)
      add(bare, to: &choices)
    }
    if case .disputed = decision.amount {
      decision.disputed.insert(.amount)
      let bare = map(amount) { engine, cell in isDiscretionary ? .most(cell) : engine.withoutReasons(cell) }
      for choice in stores.cells.support(of: bare).choices where !choices.contains(choice) { choices.append(choice) }
    }
    for payer in payers where summary(payer) == .disputed {
      decision.disputed.insert(.payer)
      let bare = states(payer)
      add(bare, to: &choices)
    }
    for date in dates {
      guard case .node = date else { continue }
      let bare = map(date) { engine, cell in engine.withoutReasons(cell) }
      let support = stores.cells.support(of: bare).choices
      if support.isEmpty { continue }
      decision.disputed.insert(.date)
      for choice in support where !choices.contains(choice) { choices.append(choice) }
    }
    if choices.isEmpty { return }
    choices.sort()
    for choice in choices {
      let id = ChoiceID(Int(choice))
      guard plan.program.choices.indices.contains(id.index) else { continue }
      var split = ReadingSplit(choice: id, readings: [])
      for reading in 0..<max(plan.program.choices[id].readings.count, 2) {
        let overview = inspect(verdict, under: choice, reading)
        let entry = ReadingSplit.Entry(
          verdict: overview.verdict ?? .unknown,
          lacking: overview.reasons.isEmpty ? [] : registry.list(overview.reasons),
          amount: overview.grants
            ? self.amount(
              of: amount, isDiscretionary: isDiscretionary, countsAbsent: overview.verdict == .yes, under: choice,
              reading)
            : .none)
        split.readings.append(entry)
      }
      decision.readings.append(split)
    }
  }

  private mutating func add(_ ref: Ref<Tri>, to choices: inout [Int32]) {
    for choice in stores.truths.support(of: ref).choices where !choices.contains(choice) { choices.append(choice) }
  }

  /// The diagram of verdicts without their reasons.
  private mutating func states(_ ref: Ref<Tri>) -> Ref<Tri> {
    if allReasons(ref).isEmpty { return ref }
    return map(ref) { _, tri in Tri(state: tri.state, reasons: .empty) }
  }

  /// The cell with only what names it as an amount: the hole, and bounds that say something.
  private mutating func withoutReasons(_ cell: Cell) -> Cell {
    guard case .unknown(let reasons, var bounds) = cell else { return cell }
    (bounds.mayVanish, bounds.mayFail) = (true, true)
    guard let hole = hole(in: reasons) else {
      if bounds.high == nil, bounds.low.map({ $0 <= .zero }) ?? true { bounds.low = nil }
      return .unknown(.empty, bounds)
    }
    return .unknown(because(.hole(hole)), bounds)
  }
}

/// The lists of a decision that depend on the diagrams of its verdict and its amount alone.
struct Division: Sendable {
  var verdict: Ref<Tri>
  var value: Ref<Cell>
  var isDiscretionary: Bool
  var reasons: [DecisionReason]
  var readings: [ReadingSplit]
  var disputed: DisputedAxes
  var amount: Amount
  var amountReasons: [DecisionReason]
}

extension Cell {
  /// What an amount up to the cell's depends on: its upper bound.
  fileprivate static func most(_ cell: Cell) -> Cell {
    guard case .unknown = cell else { return cell }
    return cell.bounds.high.map { .quantity($0) } ?? .unknown(.empty, .none)
  }
}

extension Ref where Leaf == Cell {
  var isNotApplicable: Bool {
    if case .leaf(.notApplicable) = self { return true }
    return false
  }
}
