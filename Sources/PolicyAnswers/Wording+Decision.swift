import PolicyDiagnostics
package import PolicyEvaluation
package import PolicyIR
package import PolicyValues

extension Wording {
  /// One sentence that can be pasted into a letter: the answer, why, the clause with its words, who is responsible, the date.
  package func letter(_ decision: Decision, subject: Subject, asOf: CivilDate) -> String {
    let measure = program.measures[decision.measure]
    var parts: [String] = []
    parts.append(
      say(
        "“\(subject.id)”的“\(measure.name)”：\(inked(decision.label))",
        "“\(measure.name)” for “\(subject.id)”: \(inked(decision.label))"))
    if let why = because(decision) { parts.append(why) }
    if decision.verdict == .yes, measure.amount != nil { parts.append(amountSentence(decision)) }
    if decision.verdict == .yes, let total = totalLimit(decision.measure) {
      parts.append(say("受总额限制：全部申请人合计\(total)", "under a limit over all applicants: \(total)"))
    }
    parts.append(source(measure))
    if let departments = departments(decision) { parts.append(departments) }
    if !decision.paymentReasons.isEmpty {
      parts.append(
        say("出资或者分期待定：", "payment open: ")
          + unique(decision.paymentReasons.map { sentence($0.reason) }).joined(separator: say("；", "; ")))
    }
    for ruling in decision.rulings { parts.append(self.ruling(ruling)) }
    if measure.isUnbacked, !measure.origin.quotes.isEmpty {
      parts.append(say("规则是尚未有原文支持的草稿（未引条款）", "the rule is a draft that the text does not back yet"))
    }
    if decision.period == .unstated { parts.append(period(.unstated)) }
    parts.append(say("查询日期：\(date(asOf))", "as of \(date(asOf))"))
    if language == .en { parts = parts.map { $0.prefix(1).uppercased() + $0.dropFirst() } }
    return parts.joined(separator: say("。", ". ")) + say("。", ".")
  }

  /// Why a decision is not a plain yes.
  package func because(_ decision: Decision) -> String? {
    switch decision.verdict {
    case .yes: return nil
    case .notApplicable:
      guard let object = program.measures[decision.measure].object else { return nil }
      return decision.classFailed
        ? say("不属于“\(object.name)”", "it is not “\(object.name)”")
        : say("对象是“\(object.name)”", "the measure is for “\(object.name)”")
    case .no:
      if decision.period.blocks { return period(decision.period) }
      let blocked = decision.blockedBy.map { conditionText(decision, $0) }
      return blocked.isEmpty ? nil : say("不满足：", "not met: ") + blocked.joined(separator: say("；", "; "))
    case .unknown:
      return unique(decision.reasons.map { sentence($0.reason) }).joined(separator: say("；", "; "))
    case .disputed: return disputes(decision)
    }
  }

  /// Each sentence once, in order.
  func unique(_ sentences: [String]) -> [String] {
    if sentences.count < 2 { return sentences }
    var seen: Set<String> = []
    return sentences.filter { seen.insert($0).inserted }
  }

  /// A condition in the rule's own words.
  package func conditionText(_ decision: Decision, _ position: Int) -> String {
    let condition = program.measures[decision.measure].conditions[position]
    return roleName(condition.role) + say("“", " “") + ruleText(condition.test.span) + say("”", "”")
  }

  package func roleName(_ role: Measure.Condition.Role) -> String {
    switch role {
    case .condition: say("条件", "condition")
    case .exception: say("除外", "exception")
    case .timeLimit: say("期限", "time limit")
    case .precondition: say("前提", "precondition")
    case .carried: say("承接的前提", "precondition carried on")
    case .window: say("申报窗口", "window")
    case .precedence: say("让位于", "yields to")
    }
  }

  /// Every reading with its verdict and what it still lacks; readings with one result stand together.
  package func disputes(_ decision: Decision) -> String {
    var parts: [String] = []
    var open: [String] = []
    for split in decision.readings {
      let choice = program.choices[split.choice]
      if split.readings.allSatisfy({ $0.verdict == .disputed }) {
        open.append(
          say(
            "“\(choice.name)”（\(choice.readings.joined(separator: "／"))）",
            "“\(choice.name)” (\(choice.readings.joined(separator: " / ")))"))
        continue
      }
      var results: [(readings: [String], result: String)] = []
      for (name, entry) in zip(choice.readings, split.readings) {
        let text = result(entry, decision)
        if let known = results.firstIndex(where: { $0.result == text }) {
          results[known].readings.append(name)
        } else {
          results.append(([name], text))
        }
      }
      let shown = results.map { readings, result in
        say("取", "read as ") + readings.map { "“\($0)”" }.joined(separator: say("", ", ")) + say("则", ": ") + result
      }
      parts.append(say("“\(choice.name)”", "“\(choice.name)” ") + shown.joined(separator: say("，", "; ")))
    }
    if !open.isEmpty {
      parts.append(say(parts.isEmpty ? "取决于几项读法：" : "还取决于", "it depends on ") + open.joined(separator: comma))
    }
    return parts.joined(separator: say("；", "; "))
  }

  private func result(_ entry: ReadingSplit.Entry, _ decision: Decision) -> String {
    if entry.verdict == .disputed { return say("仍有分歧", "still disputed") }
    var text = verdict(entry.verdict)
    if !entry.lacking.isEmpty {
      text += say("（", " (") + unique(entry.lacking.map { sentence($0) }).joined(separator: comma) + say("）", ")")
    }
    if decision.disputed.contains(.amount) {
      let word = amountWord(program.amountType(of: decision.measure))
      let amount = amount(entry.amount, of: decision.measure)
      text += say("，\(word)\(amount)", ", \(word) \(amount)")
    }
    return text
  }

  package func amountSentence(_ decision: Decision) -> String {
    var text =
      amountWord(program.amountType(of: decision.measure)) + say("：", ": ")
      + amount(decision.amount, of: decision.measure)
    if case .unknown = decision.amount {
      text +=
        say("（", " (") + unique(decision.amountReasons.map { sentence($0.reason) }).joined(separator: comma)
        + say("）", ")")
    }
    if decision.unrounded { text += say("（取整未规定）", " (no rounding is stated)") }
    if let payable = decision.payable {
      text += say(
        "，在组合“\(program.groups[payable.group].name)”中应付\(amount(payable.amount, of: decision.measure))",
        "; payable within “\(program.groups[payable.group].name)”: \(amount(payable.amount, of: decision.measure))")
    }
    return text
  }

  /// The citation with the quoted words.
  package func source(_ measure: Measure) -> String {
    guard let first = measure.origin.quotes.first else { return say("规则未引条款", "the rule quotes no clause") }
    let words = measure.origin.quotes.map { "“\(strip($0.text))”" }.joined(separator: say("、", ", "))
    return say("依据\(citation(first))：", "under \(citation(first)): ") + paint(words, .faint)
  }

  private func strip(_ text: String) -> String { language == .zh ? text.filter { !$0.isWhitespace } : text }

  /// The departments in the document's order, each role named.
  package func departments(_ decision: Decision) -> String? {
    departments(
      decision.departments.map { entry in
        (department(entry) + (entry.isUncertain ? say("（条件未定）", " (condition open)") : ""), entry.role)
      }, sharesUnstated: leavesSharesUnstated(decision))
  }

  /// Whether several pay and the text doesn't say how much each.
  package func leavesSharesUnstated(_ decision: Decision) -> Bool {
    decision.payers.count > 1 && decision.payers.contains(where: \.isUnstated)
  }

  /// The departments of a measure without regard to a subject.
  package func departments(of measure: Measure) -> String? {
    departments(
      measure.departments.map { (program.authorities[$0.authority].name, $0.role) },
      sharesUnstated: measure.payers.count > 1 && measure.payers.contains { $0.share == .unstated })
  }

  /// Names by role, the roles in their fixed order and the names in the document's.
  package func departments(
    _ entries: [(name: String, role: Department.Role)], sharesUnstated: Bool
  ) -> String? {
    guard !entries.isEmpty else { return nil }
    return Department.Role.allCases.compactMap { role -> String? in
      let names = entries.filter { $0.role == role }.map(\.name)
      guard !names.isEmpty else { return nil }
      let head = role == .responsible ? say("责任单位", "responsible") : self.role(role)
      let tail = role == .payer && sharesUnstated ? say("，比例未规定", " (shares unstated)") : ""
      return head + say("：", ": ") + names.joined(separator: comma) + tail
    }.joined(separator: say("；", "; "))
  }

  /// Who must or may act, only as the text names it.
  package func actors(_ measure: Measure) -> [String] {
    measure.actors.map { actor in
      switch actor {
      case .authority(let id): program.authorities[id].name
      case .described(let words): words
      }
    }
  }

  /// `口径：“康养项目”取“广义”（依据…，某年某月某日）`
  package func ruling(_ id: ChoiceID) -> String {
    let choice = program.choices[id]
    guard let ruling = choice.ruling else { return "" }
    return say(
      "口径：“\(choice.name)”取“\(choice.readings[ruling.reading])”（\(ruling.basis)，\(date(ruling.date))）",
      "ruling: “\(choice.name)” read as “\(choice.readings[ruling.reading])” (\(ruling.basis), \(date(ruling.date)))")
  }
}
