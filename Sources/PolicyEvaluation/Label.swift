import PolicyIR

/// The one word that a person reads, derived from the axes of a decision here and nowhere else.
package enum Label: String, Hashable, Sendable, CaseIterable {
  case expired, notYet, notApplicable, disputed
  case missingFact, findingOpen, ruleMissing, listMissing, ruleConflict, notComputable
  case no
  case entitled, amountOpen, quantityOpen, mayApply, atDiscretion, duty, advocated, prioritised, piloted
  /// A goal or a delegation, which decides nothing for a subject.
  case noClaim

  /// The word in Chinese.
  package var chinese: String { texts.chinese }
  /// The word in English.
  package var english: String { texts.english }

  private var texts: (chinese: String, english: String) {
    switch self {
    case .expired: ("已过期", "expired")
    case .notYet: ("未生效", "not yet in force")
    case .notApplicable: ("不适用", "not applicable")
    case .disputed: ("解释分歧", "readings differ")
    case .missingFact: ("待定（缺事实）", "open (a fact is missing)")
    case .findingOpen: ("待定（待认定）", "open (a finding is not made)")
    case .ruleMissing: ("待定（缺细则）", "open (a rule is still to be issued)")
    case .listMissing: ("待定（清单未定）", "open (a list is not settled)")
    case .ruleConflict: ("待定（规则冲突）", "open (rules conflict)")
    case .notComputable: ("待定（不可计算）", "open (not computable)")
    case .no: ("不符合", "not eligible")
    case .entitled: ("符合", "eligible")
    case .amountOpen: ("符合（金额待定）", "eligible (amount to be set)")
    case .quantityOpen: ("符合（数额待定）", "eligible (quantity to be set)")
    case .mayApply: ("可提请", "may be applied for")
    case .atDiscretion: ("符合（由机关决定）", "eligible (the authority decides)")
    case .duty: ("机关有此职责", "the authority has this duty")
    case .advocated: ("属倡导对象（无可申领利益）", "encouraged (nothing to claim)")
    case .prioritised: ("属优先对象", "has priority")
    case .piloted: ("属试行对象", "within the trial")
    case .noClaim: ("无个案结论", "decides no single case")
    }
  }
}

extension Label {
  /// The label that follows from verdict and period alone; nil where reasons, force and amount say more.
  package init?(_ verdict: Verdict, _ period: PeriodState) {
    switch period {
    case .expired:
      self = .expired
      return
    case .notYet:
      self = .notYet
      return
    case .inForce, .unstated: break
    }
    switch verdict {
    case .notApplicable: self = .notApplicable
    case .disputed: self = .disputed
    case .no: self = .no
    case .yes, .unknown: return nil
    }
  }
}

extension Decision {
  /// The label, by the first rule that fits.
  package var label: Label {
    if let settled = Label(verdict, period) { return settled }
    if verdict == .unknown { return reasons.map(\.reason.label).min { $0.order < $1.order } ?? .notComputable }
    switch force.weakest {
    case .entitlement:
      switch amount {
      case .none, .exact, .length, .atMost: return .entitled
      case .range, .toBeSet, .unknown, .disputed: return grantsOtherwise ? .quantityOpen : .amountOpen
      }
    case .procedure: return .mayApply
    case .permission: return .atDiscretion
    case .obligation, .prohibition: return .duty
    case .encouragement: return .advocated
    case .priority: return .prioritised
    case .trial: return .piloted
    case .delegation, .goal: return .noClaim
    }
  }
}

extension Reason {
  /// The label of a verdict that is unknown for this reason alone.
  package var label: Label {
    switch self {
    case .missingFact, .listIncomplete, .unnamed: .missingFact
    case .finding, .openList, .unsettled, .unranked, .discretion: .findingOpen
    case .hole, .danglingReference: .ruleMissing
    case .listNotOnFile, .notOnIncompleteList: .listMissing
    case .conflict: .ruleConflict
    case .notComputable: .notComputable
    }
  }
}

extension Label {
  fileprivate var order: Int { Label.allCases.firstIndex(of: self) ?? 0 }
}
