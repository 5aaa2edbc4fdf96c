package import PolicyDiagnostics

/// One side of what a measure's answer says; two versions of a measure, and an answer that
/// was kept and the present one, are compared on each of them.
package enum Aspect: String, Hashable, Sendable, CaseIterable, Comparable {
  /// What the measure is called.
  case name
  /// The verdict, why it is open and what readings it depends on, without regard to the period.
  case conclusion
  /// What is granted.
  case amount
  /// What groups leave of it.
  case payable
  case payers
  case instalments
  case deadlines
  case departments
  case period
  case force
  /// What follows, who acts and on which occasion.
  case effect
  /// Materials and steps.
  case procedure
  /// The limit over all applicants.
  case total
  /// The settled readings that the answer rests on.
  case rulings
  /// The clause and the quoted words.
  case source

  package static func < (a: Aspect, b: Aspect) -> Bool {
    allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
  }

  /// Whether it is the same for every subject.
  package var isOfMeasure: Bool {
    switch self {
    case .name, .period, .force, .effect, .procedure, .total, .source: true
    case .conclusion, .amount, .payable, .payers, .instalments, .deadlines, .departments, .rulings: false
    }
  }

  package var title: Bilingual {
    switch self {
    case .name: Bilingual(zh: "名称", en: "name")
    case .conclusion: Bilingual(zh: "结论", en: "conclusion")
    case .amount: Bilingual(zh: "金额", en: "amount")
    case .payable: Bilingual(zh: "组合应付", en: "payable in a group")
    case .payers: Bilingual(zh: "出资", en: "payers")
    case .instalments: Bilingual(zh: "分期", en: "instalments")
    case .deadlines: Bilingual(zh: "时限", en: "deadlines")
    case .departments: Bilingual(zh: "责任单位", en: "departments")
    case .period: Bilingual(zh: "有效期", en: "period")
    case .force: Bilingual(zh: "效力", en: "force")
    case .effect: Bilingual(zh: "内容", en: "effect")
    case .procedure: Bilingual(zh: "材料和步骤", en: "materials and steps")
    case .total: Bilingual(zh: "总额", en: "total limit")
    case .rulings: Bilingual(zh: "口径", en: "rulings")
    case .source: Bilingual(zh: "原文", en: "source")
    }
  }
}
