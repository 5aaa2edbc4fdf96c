import PolicyAnswers
package import PolicyEvaluation
package import PolicyIR
import PolicyText

/// Why an answer is what it is, as an expectation names it.
package struct Cause: Hashable, Sendable {
  package var kind: ExpectedCause.Kind
  /// What it is about, in Chinese.
  package var name: String

  package init(kind: ExpectedCause.Kind, name: String) {
    self.kind = kind
    self.name = name
  }

  /// Whether an expectation means it: by its kind and its name, of conditions and of choices by a part of it.
  func isMeant(by expected: ExpectedCause) -> Bool {
    if let kind = expected.kind, kind != self.kind { return false }
    let (found, wanted) = (Cause.folded(name), Cause.folded(expected.name))
    return wanted.isEmpty || found == wanted || found.hasPrefix(wanted + "：")
      || kind == .unmet && found.contains(wanted)
  }

  /// A text without white space and width.
  private static func folded(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars where !scalar.properties.isWhitespace {
      let folded = Unicode.Scalar(foldingWidth(scalar.value)) ?? scalar
      result.unicodeScalars.append(folded == ":" ? "：" : folded)
    }
    return result
  }
}

extension Wording {
  /// All causes of a decision: the conditions that aren't met, the class, the period, what is unknown and what is disputed.
  ///
  /// - Requires: the wording is Chinese.
  package func causes(of decision: Decision) -> [Cause] {
    var causes: [Cause] = []
    func add(_ cause: Cause) { if !causes.contains(cause) { causes.append(cause) } }
    if decision.period.blocks { add(Cause(kind: .period, name: period(decision.period))) }
    if decision.verdict == .notApplicable {
      add(Cause(kind: .notOfClass, name: program.measures[decision.measure].object?.name ?? ""))
    }
    for position in decision.blockedBy {
      add(Cause(kind: .unmet, name: ruleText(program.measures[decision.measure].conditions[position].test.span)))
    }
    for choice in decision.readings.map(\.choice) {
      add(Cause(kind: .reading, name: program.choices[choice].name))
    }
    for reason in decision.reasons + decision.amountReasons + decision.paymentReasons {
      add(Cause(kind: reason.reason.expectedKind, name: what(reason.reason)))
    }
    return causes
  }
}

extension Reason {
  /// What expectations call it.
  package var expectedKind: ExpectedCause.Kind {
    switch self {
    case .missingFact: .missingFact
    case .finding: .finding
    case .openList: .openList
    case .listIncomplete, .notOnIncompleteList: .incomplete
    case .hole: .hole
    case .danglingReference: .dangling
    case .listNotOnFile: .listNotOnFile
    case .unnamed: .unnamed
    case .unsettled: .unsettled
    case .unranked: .unranked
    case .discretion: .discretion
    case .conflict: .conflict
    case .notComputable: .notComputable
    }
  }
}

extension ExpectedCause.Kind {
  /// The word of the language; nil for the period, which `标签` names.
  package var word: (zh: String, en: String)? {
    switch self {
    case .missingFact: ("缺事实", "fact-missing")
    case .finding: ("待认定", "finding-open")
    case .openList: ("列举未尽", "list-open")
    case .incomplete: ("未列全", "incomplete")
    case .hole: ("缺细则", "rule-missing")
    case .dangling: ("所指不明", "text-missing")
    case .listNotOnFile: ("名单未取得", "list-not-on-file")
    case .unnamed: ("缺名称", "name-missing")
    case .unsettled: ("未归类", "unsorted")
    case .unranked: ("不排序", "unranked")
    case .discretion: ("由机关确定", "at-discretion")
    case .conflict: ("规则冲突", "rules-conflict")
    case .notComputable: ("不可计算", "not-computable")
    case .unmet: ("未满足", "unmet")
    case .notOfClass: ("不属于", "not-among")
    case .reading: ("读法", "reading")
    case .period: nil
    }
  }
}
