import PolicyAnswers
import PolicyEvaluation
import PolicyIR
import PolicyWorkspace

extension Session {
  /// How each limit over all applicants is shared out among the loaded subjects; nil measures: all.
  func allotments(_ measures: [MeasureID]?) -> [Allotment] {
    let limited = (measures ?? program.measures.indices.map { MeasureID($0) }).filter {
      program.measures[$0].totalLimit?.limit != nil && program.measures[$0].object != nil
    }
    guard !limited.isEmpty else { return [] }
    // With all measures, so that groups say what is payable.
    let all = subjects.map { decisions(for: $0).decisions }
    return limited.compactMap { measure in
      allot(measure, in: program, among: subjects, all.map { $0.first { $0.measure == measure } })
    }.filter { !$0.shares.isEmpty }
  }

  /// `总额分配“建设补助”（1000万元，先到先得（申请日期））`, with a line for each applicant.
  func text(_ allotment: Allotment) -> String {
    let wording = wording
    let type = program.amountType(of: allotment.measure)
    var table = Table([
      wording.say("主体", "subject"), wording.amountWord(type), wording.say("分得", "allotted"), wording.say("说明", "why"),
    ])
    for share in allotment.shares {
      let mark = share.unrounded ? wording.say("（取整未规定）", " (no rounding is stated)") : ""
      table.add([
        subjects[share.subject].id, wording.amount(share.amount, type), wording.amount(share.allotted, type) + mark,
        wording.open(share, allotment.measure),
      ])
    }
    let name = program.measures[allotment.measure].name
    let total = wording.totalLimit(allotment.measure) ?? ""
    return wording.say("总额分配“\(name)”：\(total)", "the limit of “\(name)” shared out: \(total)") + "\n"
      + self.text(table)
  }
}
