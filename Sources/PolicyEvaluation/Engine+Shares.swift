import PolicyIR
import PolicyValues

/// What a measure's payments depend on beside its verdict and its amount.
struct PaymentAxes {
  /// Whether each payer pays.
  var payers: [Ref<Tri>] = []
  /// Shares that are computed.
  var shares: [Ref<Cell>] = []
  var dates: [Ref<Cell>] = []

  /// No reading touches them, so that they divide nothing.
  var isPlain: Bool {
    payers.allSatisfy(\.isLeaf) && shares.allSatisfy(\.isLeaf) && dates.allSatisfy(\.isLeaf)
  }
}

extension Engine {
  /// What each payer pays of an amount; shares that don't come to the whole are never scaled but are unknown.
  mutating func payers(
    _ measure: Int32, _ amount: Ref<Cell>, _ axes: inout PaymentAxes, _ problems: inout [DecisionReason]
  ) -> [PayerDecision] {
    let isDiscretionary = plan.measures[Int(measure)].isDiscretionary
    let payers = plan.program.measures[Int(measure)].payers
    var conditions: [Ref<Tri>] = []
    var stated: [Ref<Cell>?] = []
    var shares: [Ref<Cell>?] = []
    for (position, payer) in payers.enumerated() {
      let entry = plan.measures[Int(measure)].payers[position]
      if Tracer.isOn { recorder.open(RawStep(.payer(position))) }
      let condition: Ref<Tri> = entry.condition < 0 ? .leaf(.yes) : truth(entry.condition, 0)
      conditions.append(condition)
      let own: Ref<Cell>? = entry.share < 0 ? nil : value(entry.share, 0)
      if let own, plan.nodes[Int(entry.share)].operation != .literal { axes.shares.append(own) }
      stated.append(own)
      if case .rate = payer.share, let own {
        shares.append(apply(amount, own) { engine, one, two in engine.compute(one, two, .multiply) })
      } else {
        shares.append(own)
      }
      if Tracer.isOn { recorder.close(.truth(condition)) }
    }
    axes.payers = conditions
    let whole = whole(payers, amount, stated, shares, conditions)
    let conflict = Reason.conflict(.shares(MeasureID(Int(measure))))
    if let whole {
      let isComputed = !axes.shares.isEmpty
      problems += reasons(map(whole) { engine, tri in engine.problem(tri, conflict, lists: isComputed) })
    }
    var decisions: [PayerDecision] = []
    for (position, payer) in payers.enumerated() {
      let condition = conditions[position]
      var share = shares[position]
      if case .rest = payer.share { share = rest(of: amount, besides: position, shares, conditions) }
      let verdict = summary(condition)
      if verdict == .no { continue }
      var paid: Ref<Cell>? = share.map { share in
        apply(condition, share) { _, tri, cell in tri.state == .no ? .notApplicable : cell }
      }
      if let whole, let share = paid {
        paid = apply(whole, share) { engine, tri, cell in
          tri.state == .no && cell != .notApplicable ? .unknown(engine.because(conflict), .failed) : cell
        }
      }
      decisions.append(
        PayerDecision(
          authority: payer.authority, county: county(of: payer.authority), verdict: verdict,
          share: paid.map { self.amount(of: $0, isDiscretionary: isDiscretionary) } ?? .none,
          isUnstated: payer.share == .unstated))
    }
    return decisions
  }

  /// Whether the shares of those who pay come to the whole, and with 其余 to no more; nil where shares are left unstated
  /// or were verified when the rules were checked.
  private mutating func whole(
    _ payers: [Payer], _ amount: Ref<Cell>, _ stated: [Ref<Cell>?], _ shares: [Ref<Cell>?], _ conditions: [Ref<Tri>]
  ) -> Ref<Tri>? {
    var isRate = true
    for payer in payers {
      if case .unstated = payer.share { return nil }
      if case .amount = payer.share { isRate = false }
    }
    var total: Ref<Cell> = .leaf(.quantity(.zero))
    var restPays: Ref<Tri> = .leaf(.no)
    for (position, payer) in payers.enumerated() {
      if case .rest = payer.share { restPays = or(restPays, conditions[position]) }
      guard let share = isRate ? stated[position] : shares[position] else { continue }
      let part = paid(share, where: conditions[position])
      total = apply(total, part) { engine, one, two in engine.compute(one, two, .add) }
    }
    return applyAll([restPays], [total, isRate ? .leaf(.quantity(.one)) : amount]) { engine, tris, cells in
      // Nobody is said to pay.
      if tris[0].state == .no, cells[0] == .quantity(.zero) { return .yes }
      if cells.contains(.notApplicable) { return .yes }
      return engine.compare(cells[0], cells[1], tris[0].state == .no ? .equal : .lessOrEqual, option: -1)
    }
  }

  /// The conflict where a sum is surely off, and what is lacking where it is not known.
  private mutating func problem(_ tri: Tri, _ conflict: Reason, lists: Bool) -> Cell {
    switch tri.state {
    case .no: .unknown(because(conflict), .failed)
    case .unknown where lists: .unknown(tri.reasons, .none)
    case .yes, .unknown, .notApplicable: .notApplicable
    }
  }

  /// What is paid where a condition holds, nothing where it doesn't.
  private mutating func paid(_ share: Ref<Cell>, where condition: Ref<Tri>) -> Ref<Cell> {
    apply(condition, share) { engine, tri, cell in
      switch tri.state {
      case .yes: return cell
      case .no, .notApplicable: return .quantity(.zero)
      case .unknown:
        var bounds = cell.bounds
        bounds.low = .zero
        return .unknown(engine.registry.sets.union(tri.reasons, cell.reasons), bounds)
      }
    }
  }

  /// 其余: the amount without the others' stated shares; unknown while one of them is unstated.
  private mutating func rest(
    of amount: Ref<Cell>, besides position: Int, _ shares: [Ref<Cell>?], _ conditions: [Ref<Tri>]
  ) -> Ref<Cell>? {
    var rest = amount
    for other in shares.indices where other != position {
      guard let share = shares[other] else { return nil }
      let part = paid(share, where: conditions[other])
      rest = apply(rest, part) { engine, one, two in engine.compute(one, two, .subtract) }
    }
    return rest
  }

  /// Each instalment's own verdict, amount and date.
  mutating func instalments(
    _ measure: Int32, _ verdict: Ref<Tri>, _ amount: Ref<Cell>, _ axes: inout PaymentAxes,
    _ problems: inout [DecisionReason]
  ) -> [InstalmentDecision] {
    let isDiscretionary = plan.measures[Int(measure)].isDiscretionary
    let instalments = plan.program.measures[Int(measure)].instalments
    let sums = InstalmentSums(instalments)
    let conflict = Reason.conflict(.instalments(MeasureID(Int(measure))))
    // What the rates leave for fixed sums and 其余.
    let left = map(amount) { engine, cell in engine.compute(cell, .quantity(sums.left), .multiply) }
    let whole: Ref<Tri> =
      !sums.hasAmounts
      ? .leaf(.yes)
      : map(left) { engine, cell in
        cell == .notApplicable
          ? .yes : engine.compare(.quantity(sums.amounts), cell, sums.hasRest ? .lessOrEqual : .equal, option: -1)
      }
    problems += reasons(map(whole) { engine, tri in engine.problem(tri, conflict, lists: false) })
    var decisions: [InstalmentDecision] = []
    for (position, instalment) in instalments.enumerated() {
      let entry = plan.measures[Int(measure)].instalments[position]
      if Tracer.isOn { recorder.open(RawStep(.instalment(position))) }
      let condition: Ref<Tri> = entry.condition < 0 ? .leaf(.yes) : truth(entry.condition, 0)
      let own = and(verdict, condition)
      let share: Ref<Cell> =
        switch instalment.share {
        case .rate(let rate): map(amount) { engine, cell in engine.compute(cell, .quantity(rate), .multiply) }
        case .amount(let sum): map(amount) { _, cell in cell == .notApplicable ? cell : .quantity(sum) }
        case .rest: map(left) { engine, cell in engine.compute(cell, .quantity(sums.amounts), .subtract) }
        }
      let paid: Ref<Cell> = apply(whole, share) { engine, tri, cell in engine.instalment(cell, whole: tri, conflict) }
      var due: Due?
      if entry.date >= 0 {
        let date = value(entry.date, 0)
        axes.dates.append(date)
        due = self.due(date)
      }
      if Tracer.isOn { recorder.close(.truth(own)) }
      let state = summary(own)
      let lacking = allReasons(own)
      decisions.append(
        InstalmentDecision(
          verdict: state, reasons: registry.list(lacking),
          amount: state == .no ? .none : self.amount(of: paid, isDiscretionary: isDiscretionary), date: due))
    }
    return decisions
  }

  /// An instalment where all come to the amount; not more than itself while that is open.
  private mutating func instalment(_ cell: Cell, whole: Tri, _ conflict: Reason) -> Cell {
    if cell == .notApplicable { return cell }
    switch whole.state {
    case .yes, .notApplicable: return cell
    case .no: return .unknown(because(conflict), .failed)
    case .unknown:
      let low = cell.isUnknown ? cell.bounds.low.map { max($0, .zero) } : .zero
      let bounds = Bounds(low: low ?? .zero, high: cell.bounds.high, mayVanish: true, mayFail: true)
      return .unknown(registry.sets.union(whole.reasons, cell.reasons), bounds)
    }
  }
}
