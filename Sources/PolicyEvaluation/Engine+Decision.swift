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
    guard plan.measures.indices.contains(Int(measure)) else { return }
    decide(from: measure, to: measure + 1, into: &decisions)
  }

  /// Adds the decisions of all measures with an object.
  mutating func decideAll(into decisions: inout [Decision]) {
    decisions.reserveCapacity(plan.measures.count)
    decide(from: 0, to: Int32(plan.measures.count), into: &decisions)
  }

  private mutating func decide(from first: Int32, to end: Int32, into decisions: inout [Decision]) {
    let kind = frames[0].subject.kind.rawValue
    // Measures of another kind since the last of this one; their steps are recorded together.
    var foreign: Range<Int32>?
    for measure in first..<end {
      let own = plan.measures[Int(measure)].kind
      guard own >= 0 else { continue }
      if own == kind || !departmentsFollowFromCounty(measure) {
        if Tracer.isOn, let run = foreign {
          recordForeign(run)
          foreign = nil
        }
        decide(measure, of: own, into: &decisions)
        continue
      }
      decisions.append(
        Decision(
          measure: MeasureID(Int(measure)), verdict: .notApplicable, force: plan.forces[Int(measure)],
          grantsOtherwise: plan.measures[Int(measure)].grantsOtherwise, period: periodState(measure),
          departments: departments(of: measure)))
      if Tracer.isOn { foreign = (foreign?.lowerBound ?? measure)..<(measure + 1) }
    }
    if Tracer.isOn, let run = foreign { recordForeign(run) }
  }

  /// Adds the decision of a measure of a kind.
  private mutating func decide(_ measure: Int32, of kind: Int32, into decisions: inout [Decision]) {
    touched = .empty
    let memo = complete(measure)
    let verdict = inPeriod(memo)
    var decision = Decision(
      measure: MeasureID(Int(measure)), verdict: summary(verdict), force: plan.forces[Int(measure)],
      grantsOtherwise: plan.measures[Int(measure)].grantsOtherwise, period: memo.period,
      departments: departments(of: measure))
    if memo.period.blocks { decision.wouldBe = summary(memo.wouldBe) }
    if memo.hasConditions { decision.conditions = conditions[Int(measure)] }
    decision.reference = memo.reference
    decision.classFailed = frames[0].subject.kind.rawValue == kind && hasNotApplicable(verdict)
    if decision.verdict != .no, decision.verdict != .notApplicable { grant(measure, verdict, &decision) }
    if !touched.isEmpty { decision.rulings = registry.choices(touched) }
    decisions.append(decision)
  }

  /// Adds what a verdict that is not no comes to.
  private mutating func grant(_ measure: Int32, _ verdict: Ref<Tri>, _ decision: inout Decision) {
    var amount: Ref<Cell> = .leaf(.notApplicable)
    if plan.measures[Int(measure)].grants, mayGrant(verdict) { amount = granted(verdict, self.amount(measure)) }
    let isDiscretionary = plan.measures[Int(measure)].isDiscretionary
    var axes = PaymentAxes()
    var problems: [DecisionReason] = []
    if !plan.measures[Int(measure)].payers.isEmpty { decision.payers = payers(measure, amount, &axes, &problems) }
    if !plan.measures[Int(measure)].instalments.isEmpty {
      decision.instalments = instalments(measure, verdict, amount, &axes, &problems)
    }
    if !plan.measures[Int(measure)].starts.isEmpty { decision.dueDates = dueDates(measure, &axes.dates) }
    if !problems.isEmpty { decision.paymentReasons = problems }
    decision.grounds =
      axes.isPlain
      ? sharedGrounds(verdict, amount, isDiscretionary) : freshGrounds(verdict, amount, axes, isDiscretionary)
    decision.unrounded = plan.measures[Int(measure)].marksUnrounded && decision.amount.isFractional
  }

  /// The grounds of a verdict and an amount that nothing else divides; those of one measure serve the others.
  private mutating func sharedGrounds(
    _ verdict: Ref<Tri>, _ amount: Ref<Cell>, _ isDiscretionary: Bool
  ) -> Shared<Grounds>? {
    if amount.isNotApplicable {
      if let known = grounds.known(verdict) { return known }
      let fresh = freshGrounds(verdict, amount, PaymentAxes(), isDiscretionary)
      grounds.remember(verdict, fresh)
      return fresh
    }
    if let known = grounds.known(verdict, amount, isDiscretionary: isDiscretionary, stamp: stamp) { return known }
    let fresh = freshGrounds(verdict, amount, PaymentAxes(), isDiscretionary)
    grounds.remember(verdict, amount, isDiscretionary: isDiscretionary, stamp: stamp, fresh)
    return fresh
  }

  /// Lists the reasons, and the readings of every choice on which an axis depends.
  private mutating func freshGrounds(
    _ verdict: Ref<Tri>, _ amount: Ref<Cell>, _ axes: PaymentAxes, _ isDiscretionary: Bool
  ) -> Shared<Grounds>? {
    var grounds = Grounds()
    grounds.reasons = reasons(verdict)
    if !amount.isNotApplicable {
      grounds.amount = self.amount(
        of: amount, isDiscretionary: isDiscretionary, countsAbsent: summary(verdict) == .yes)
      grounds.amountReasons = reasons(amount)
    }
    divide(&grounds, verdict, amount, axes, isDiscretionary)
    return grounds == Grounds() ? nil : Shared(grounds)
  }

  /// Whether the verdict is yes, or may become so, under some reading.
  private mutating func mayGrant(_ verdict: Ref<Tri>) -> Bool {
    if case .leaf = verdict { return true }
    return overview(verdict).grants
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

  private mutating func divide(
    _ grounds: inout Grounds, _ verdict: Ref<Tri>, _ amount: Ref<Cell>, _ axes: PaymentAxes, _ isDiscretionary: Bool
  ) {
    var choices: [Int32] = []
    if summary(verdict) == .disputed {
      grounds.disputed.insert(.verdict)
      let bare = states(verdict)
      add(bare, to: &choices)
    }
    if case .disputed = grounds.amount {
      grounds.disputed.insert(.amount)
      let bare = map(amount) { engine, cell in isDiscretionary ? .most(cell) : engine.withoutReasons(cell) }
      for choice in stores.cells.support(of: bare).choices where !choices.contains(choice) { choices.append(choice) }
    }
    for payer in axes.payers where summary(payer) == .disputed {
      grounds.disputed.insert(.payer)
      let bare = states(payer)
      add(bare, to: &choices)
    }
    for (axis, cells) in [(DisputedAxes.payer, axes.shares), (.date, axes.dates)] {
      for cell in cells {
        guard case .node = cell else { continue }
        let bare = map(cell) { engine, cell in engine.withoutReasons(cell) }
        let support = stores.cells.support(of: bare).choices
        if support.isEmpty { continue }
        grounds.disputed.insert(axis)
        for choice in support where !choices.contains(choice) { choices.append(choice) }
      }
    }
    if choices.isEmpty { return }
    choices.sort()
    for choice in choices {
      let id = ChoiceID(Int(choice))
      guard plan.program.choices.indices.contains(id.index) else { continue }
      var split = ReadingSplit(choice: id, readings: [])
      for reading in 0..<max(plan.program.choices[id].readings.count, 2) {
        let overview = stores.overview(of: verdict, under: choice, reading, &registry.sets)
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
      grounds.readings.append(split)
    }
  }

  private mutating func add(_ ref: Ref<Tri>, to choices: inout [Int32]) {
    for choice in stores.truths.support(of: ref).choices where !choices.contains(choice) { choices.append(choice) }
  }

  /// The diagram of verdicts without their reasons.
  private mutating func states(_ ref: Ref<Tri>) -> Ref<Tri> {
    if allReasons(ref).isEmpty { return ref }
    return remembered(.bare, ref) { _, tri, _ in Tri(state: tri.state, reasons: .empty) }
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
