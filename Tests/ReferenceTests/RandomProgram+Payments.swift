import PolicyIR
import PolicyValues

extension RandomProgram {
  /// Gives the measures payers, instalments and deadlines, and the program groups over measures of one kind.
  mutating func addPayments() {
    for id in program.measures.indices where program.measures[id].amount != nil {
      guard let kind = program.measures[id].object?.kind else { continue }
      if random.oneIn(2) {
        for (authority, share) in [
          (0, Payer.Share.rate(half())), (1, [.rest, .unstated, .rate(half())][random.below(3)]),
        ] {
          program.measures[id].payers.append(
            Payer(
              authority: AuthorityID(authority), share: share,
              condition: random.oneIn(3) ? expression(.truth, 1, [kind]) : nil, span: span()))
        }
      }
      if random.oneIn(2) {
        for name in ["一", "二"] {
          let date = random.oneIn(2) ? expression(.date, 1, [kind]) : nil
          program.measures[id].instalments.append(
            Instalment(
              name: name, share: .rate(try! Rational(numerator: 1, denominator: 2)),
              condition: expression(.truth, 1, [kind]),
              date: date, span: span()))
        }
      }
      if random.oneIn(2) {
        program.measures[id].deadlines.append(
          DutyDeadline(
            act: "拨付", start: expression(.date, 1, [kind]),
            length: random.oneIn(2) ? Duration(workingDays: 3) : Duration(days: 10), words: "", span: span()))
      }
    }
    let members = program.measures.indices.filter { program.measures[$0].object?.kind == project }.map { MeasureID($0) }
    for rule in [Group.Rule.highest, .stack, .exclusive] where members.count > 1 {
      let cap = random.oneIn(2) ? expression(.money, 1, [project]) : nil
      program.groups.append(
        Group(name: "组合", kind: project, members: members, rule: rule, cap: cap, origin: origin()))
    }
  }

  private mutating func half() -> Expression {
    make(.literal(.quantity(try! Rational(numerator: 1, denominator: 2))), .quantity(.number))
  }
}
