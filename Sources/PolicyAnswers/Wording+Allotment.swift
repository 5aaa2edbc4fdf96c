package import PolicyEvaluation
package import PolicyIR
import PolicyValues

extension Wording {
  /// `1000万元，先到先得（申请日期）`
  package func totalLimit(_ measure: MeasureID) -> String? {
    guard let total = program.measures[measure].totalLimit else { return nil }
    var parts: [String] = []
    if let limit = total.limit { parts.append(amount(.exact(limit), program.amountType(of: measure))) }
    let key = total.key.map { say("（\(program.fields[$0].name)）", " (\(program.fields[$0].name))") } ?? ""
    switch total.order {
    case .firstCome: parts.append(say("先到先得", "first come, first served") + key)
    case .proportional: parts.append(say("按比例", "in proportion"))
    case .ranked: parts.append(say("按排名", "by rank") + key)
    case .unstated: parts.append(say("先后未规定", "no order is stated"))
    }
    return parts.joined(separator: say("，", ", "))
  }

  /// Why a share of a limit is open.
  package func open(_ share: Allotment.Share, _ measure: MeasureID) -> String {
    let key = program.measures[measure].totalLimit?.key.map { program.fields[$0].name }
    return share.open.sorted().map { reason in
      switch reason {
      case .key:
        key.map { say("缺“\($0)”，先后不定", "“\($0)” is missing, so its place is open") }
          ?? say("没有写明按什么排先后", "no fact is named to put applicants in order by")
      case .tie: say("先后相同，未规定谁先", "others stand at the same place, and no rule says who comes first")
      case .others: say("取决于别的申请人", "it depends on other applicants")
      }
    }.joined(separator: say("；", "; "))
  }
}
