package import PolicyDiagnostics
package import PolicyEvaluation
package import PolicyIR
package import PolicyText
package import PolicyValues

/// Puts parts of answers into the words of one language.
package struct Wording: Sendable {
  package let program: Program
  package let language: Language
  /// Rule files and official texts, for the words that a rule uses.
  package let files: SourceFiles
  /// Whether sentences for a person carry colours.
  package let isColoured: Bool

  package init(program: Program, language: Language, files: SourceFiles, isColoured: Bool = false) {
    self.program = program
    self.language = language
    self.files = files
    self.isColoured = isColoured
  }

  /// The text in the wording's language.
  package func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

  /// Between parts of a list.
  package var comma: String { say("、", ", ") }

  // MARK: Values

  package func date(_ date: CivilDate) -> String { say(date.chineseDescription, date.isoDescription) }

  package func quantity(_ value: Rational, _ dimension: Dimension) -> String {
    language == .zh ? QuantityFormat.chinese(value, dimension) : QuantityFormat.english(value, dimension)
  }

  /// A value of a type, as people read it.
  package func value(_ value: Value, _ type: ValueType) -> String {
    switch value {
    case .truth(let truth): return say(truth ? "是" : "否", truth ? "yes" : "no")
    case .quantity(let number):
      if case .quantity(let dimension) = type { return quantity(number, dimension) }
      return number.description
    case .date(let date): return self.date(date)
    case .duration(let duration): return say(duration.chineseDescription, duration.englishDescription)
    case .text(let text): return text
    case .option(let index):
      if case .option(let id) = type, program.optionTypes[id].values.indices.contains(Int(index)) {
        return program.optionTypes[id].values[Int(index)].name
      }
      return "\(index)"
    }
  }

  /// A recorded fact, as people read it.
  package func fact(_ fact: Fact, _ type: ValueType) -> String {
    switch fact {
    case .missing: say("未提供", "not given")
    case .notKnown: say("不知", "not known")
    case .notApplicable: say("不适用", "not applicable")
    case .value(let value): self.value(value, type)
    case .one(let subject): subject.id
    case .many(let subjects, let complete):
      say("\(subjects.count)项", "\(subjects.count) in all")
        + say(complete ? "（列全）" : "（未列全）", complete ? " (complete)" : " (incomplete)")
    }
  }

  /// The words of a rule file at a place, without white space in Chinese.
  package func ruleText(_ span: Span) -> String {
    let text = files.text(of: span)
    return text.split(whereSeparator: \.isNewline).map { $0.trimmingSpaces }.joined(separator: " ")
  }

  // MARK: Verdicts and reasons

  package func verdict(_ verdict: Verdict) -> String {
    switch verdict {
    case .yes: say("符合", "yes")
    case .no: say("不符合", "no")
    case .unknown: say("待定", "unknown")
    case .disputed: say("解释分歧", "disputed")
    case .notApplicable: say("不适用", "not applicable")
    }
  }

  package func label(_ label: Label) -> String { say(label.chinese, label.english) }

  /// Whose fact a reason is about: 贷款第2项 的 本金.
  package func factName(_ field: FieldID, _ path: SubjectPath) -> String {
    var name = ""
    for step in path.steps {
      name += program.fields[step.relation].name
      if let position = step.position { name += say("第\(position + 1)项", " \(position + 1)") }
      name += say("的", "’s ")
    }
    return name + program.fields[field].name
  }

  /// What a reason is about, in a few words.
  package func what(_ reason: Reason) -> String {
    switch reason {
    case .missingFact(let field, let path, _): factName(field, path)
    case .finding(let field, _, let path, _): factName(field, path)
    case .openList(let field, let list): field.map { program.fields[$0].name } ?? ruleText(list)
    case .listIncomplete(let field, let path): factName(field, path)
    case .hole(let id): program.holes[id].name
    case .danglingReference(let text, let finding): finding.map { factName($0.field, $0.subject) } ?? text
    case .unnamed: say("名称", "the name")
    case .listNotOnFile(let id), .notOnIncompleteList(let id): program.nameLists[id].name
    case .unsettled(let id, let value): optionName(classified(id), value)
    case .unranked(let id, let value): optionName(id, value)
    case .discretion(let id): program.measures[id].name
    case .conflict(.fillings(let id, _)): program.holes[id].name
    case .conflict(.rows(let id, _)): program.tables[id].name
    case .conflict(.members(let id, _)): program.groups[id].name
    case .conflict(.shares(let id)), .conflict(.instalments(let id)): program.measures[id].name
    case .notComputable(let failure): what(failure)
    }
  }

  private func classified(_ id: ClassificationID) -> OptionTypeID? {
    if case .option(let option) = program.fields[program.classifications[id].field].type { return option }
    return nil
  }

  private func optionName(_ id: OptionTypeID?, _ value: Int32) -> String {
    guard let id, program.optionTypes[id].values.indices.contains(Int(value)) else { return "" }
    return program.optionTypes[id].values[Int(value)].name
  }

  private func what(_ failure: Reason.Failure) -> String {
    switch failure {
    case .overflow: say("数值溢出", "overflow")
    case .divisionByZero: say("除以零", "division by zero")
    case .calendarYear(let year): say("\(year)年节假日安排", "holiday notice of \(year)")
    case .unlikeDurations: say("期间单位不同", "lengths of time in unlike units")
    case .tableGap(let id): program.tables[id].name
    case .tierGap(let id): program.tierSchedules[id].name
    case .beforeFirstPeriod(let id): program.parameters[id].name
    case .emptyList(let id): program.fields[id].name
    case .noAmount(let id): program.measures[id].name
    case .noSuchMember(let id): program.groups[id].name
    case .limit(let limit): limit.choices.map { program.choices[$0].name }.joined(separator: comma)
    case .nesting: say("规则互相引用", "rules that refer to one another")
    case .malformed: say("规则有误", "a rule in error")
    }
  }

  /// Who owes what a reason lacks.
  package func owner(_ reason: Reason) -> String? {
    switch reason {
    case .missingFact, .listIncomplete, .unnamed: say("申请人", "the applicant")
    case .finding(_, let authority, _, _): program.authorities[authority].name
    case .danglingReference(_, let finding): finding?.by.map { program.authorities[$0].name }
    case .hole(let id):
      program.holes[id].authors.isEmpty
        ? nil : program.holes[id].authors.map { program.authorities[$0.authority].name }.joined(separator: comma)
    default: nil
    }
  }

  /// A reason as a clause of a sentence.
  package func sentence(_ reason: Reason) -> String {
    let name = what(reason)
    let by = owner(reason)
    switch reason {
    case .missingFact(_, _, let asked):
      return asked
        ? say("“\(name)”不知", "“\(name)” is not known") : say("缺事实“\(name)”", "the fact “\(name)” is missing")
    case .finding: return say("“\(name)”待\(by ?? "")认定", "“\(name)” is to be found by \(by ?? "")")
    case .openList: return say("“\(name)”不在列举之内，列举带“等”", "“\(name)” is not in the list, which is open (等)")
    case .listIncomplete: return say("“\(name)”未列全", "“\(name)” is not complete")
    case .hole(let id):
      return say("“\(name)”待\(by ?? "")制定", "“\(name)” is to be issued by \(by ?? "somebody")") + due(id)
    case .danglingReference(let text, let finding):
      let missing = say("所指“\(text)”未取得或未指明", "the text referred to, “\(text)”, is not on file or not named")
      guard finding != nil else { return missing }
      return say("“\(name)”待\(by ?? "")认定，", "“\(name)” is to be found by \(by ?? "somebody"): ") + missing
    case .listNotOnFile: return say("“\(name)”未取得", "the list “\(name)” is not on file")
    case .unnamed(let list):
      let list = program.nameLists[list].name
      return say("缺名称，不能与“\(list)”核对", "it has no name that could be looked up in “\(list)”")
    case .notOnIncompleteList: return say("不在“\(name)”上，而名单未列全", "not on “\(name)”, which is not complete")
    case .unsettled: return say("“\(name)”尚未归类", "“\(name)” is not sorted yet")
    case .unranked: return say("“\(name)”不参加比较", "“\(name)” has no rank")
    case .discretion: return say("“\(name)”由机关确定", "“\(name)” is at the authority's discretion")
    case .conflict(.shares):
      return say(
        "“\(name)”各出资人的份额合计不等于金额（规则冲突）", "the payers' shares of “\(name)” don't come to the amount (a conflict)")
    case .conflict(.instalments):
      return say("“\(name)”各期合计不等于金额（规则冲突）", "the instalments of “\(name)” don't come to the amount (a conflict)")
    case .conflict: return say("“\(name)”的规则冲突", "the rules of “\(name)” conflict")
    case .notComputable(let failure): return failureSentence(failure, name)
    }
  }

  /// By when a hole is to be filled; empty where no time limit is stated.
  package func due(_ hole: HoleID) -> String {
    switch program.dueDate(of: program.holes[hole]) {
    case .date(let day): say("（\(date(day))以前）", " (by \(date(day)))")
    case .yearNotLoaded(let year):
      say(
        "（未载入\(year)年节假日安排，到期日不可计算）",
        " (the holiday notice of \(year) is not loaded, so its due date can't be computed)")
    case nil: ""
    }
  }

  private func failureSentence(_ failure: Reason.Failure, _ name: String) -> String {
    switch failure {
    case .calendarYear: say("未载入\(name)，不可计算", "the \(name) is not loaded, so it can't be computed")
    case .tableGap: say("“\(name)”没有适用的一行", "no row of “\(name)” applies")
    case .tierGap: say("“\(name)”没有适用的一档", "no tier of “\(name)” applies")
    case .beforeFirstPeriod: say("“\(name)”在该日以前没有值", "“\(name)” has no value so early")
    case .emptyList: say("“\(name)”里没有可比的项", "there is nothing in “\(name)” to compare")
    case .noAmount: say("“\(name)”没有金额", "“\(name)” has no amount")
    case .noSuchMember: say("所选不是“\(name)”的成员", "the choice is no member of “\(name)”")
    case .limit: say("同时有分歧的读法太多：\(name)", "too many readings at once: \(name)")
    default: say("不可计算：\(name)", "not computable: \(name)")
    }
  }

  // MARK: Readings

  /// `康养项目取“广义”`
  package func chosen(_ reading: ChosenReading) -> String {
    let choice = program.choices[reading.choice]
    return say(
      "“\(choice.name)”取“\(choice.readings[reading.reading])”",
      "“\(choice.name)” read as “\(choice.readings[reading.reading])”")
  }

  // MARK: Amounts

  package func amount(_ amount: Amount, of measure: MeasureID) -> String {
    self.amount(amount, program.amountType(of: measure))
  }

  /// An amount of a type; money is never named where the type is another.
  package func amount(_ amount: Amount, _ type: ValueType) -> String {
    switch amount {
    case .none: return say("无", "none")
    case .exact(let value): return quantity(value, type)
    case .length(let length): return say(length.chineseDescription, length.englishDescription)
    case .range(let low, let high): return range(low, high, type)
    case .toBeSet(let hole, let low, let high):
      let by = owner(.hole(hole)) ?? ""
      var text =
        say("待\(by)按“\(program.holes[hole].name)”确定", "to be set by \(by) (“\(program.holes[hole].name)”)") + due(hole)
      if low != nil || high != nil { text += say("，", ", ") + range(low, high, type) }
      return text
    case .atMost(let value):
      let most = value.map { quantity($0, type) }
      return most.map { say("最高\($0)，由机关确定", "at most \($0), at the authority's discretion") }
        ?? say("由机关确定", "at the authority's discretion")
    case .unknown: return say("待定", "unknown")
    case .disputed(let amounts):
      return say("有分歧：", "disputed: ")
        + amounts.map { self.amount($0, type) }.joined(separator: say("；", "; "))
    }
  }

  /// A quantity granted: a plain ratio is a rate.
  private func quantity(_ value: Rational, _ type: ValueType) -> String {
    guard case .quantity(let dimension) = type else { return value.description }
    return dimension.isNumber ? QuantityFormat.rate(value) : quantity(value, dimension)
  }

  private func range(_ low: Rational?, _ high: Rational?, _ type: ValueType) -> String {
    switch (low.map { quantity($0, type) }, high.map { quantity($0, type) }) {
    case (let low?, let high?) where low == high:
      say("\(low)（有待定事项，但不改变此数）", "\(low) (something is open that doesn't change it)")
    case (let low?, let high?): say("\(low)至\(high)", "\(low) to \(high)")
    case (let low?, nil): say("不少于\(low)", "\(low) or more")
    case (nil, let high?): say("不超过\(high)", "\(high) or less")
    case (nil, nil): say("待定", "unknown")
    }
  }

  /// What an amount of a type is called.
  package func amountWord(_ type: ValueType) -> String {
    type == .money ? say("金额", "amount") : say("数额", "quantity")
  }

  package func period(_ period: PeriodState) -> String {
    switch period {
    case .inForce: say("在有效期内", "in force")
    case .notYet: say("未生效", "not yet in force")
    case .expired: say("已过期", "expired")
    case .unstated: say("有效期未规定，效力状态需人工确认", "no term is stated; whether it is in force needs a person's check")
    }
  }

  package func role(_ role: Department.Role) -> String {
    switch role {
    case .responsible: say("责任", "responsible")
    case .lead: say("牵头", "lead")
    case .assist: say("配合", "assisting")
    case .payer: say("出资", "payer")
    case .actor: say("承办", "actor")
    case .general: say("普遍责任", "general duty")
    }
  }

  /// An authority, with the subject's county where there is one in each.
  package func department(_ entry: DepartmentEntry) -> String { authority(entry.authority, entry.county) }

  package func authority(_ id: AuthorityID, _ county: DepartmentEntry.County) -> String {
    let name = program.authorities[id].name
    switch county {
    case .whole: return name
    case .unknown: return say("\(name)（所在县待定）", "\(name) (county unknown)")
    case .option(let option, let value):
      return say("\(name)（\(optionName(option, value))）", "\(name) (\(optionName(option, value)))")
    }
  }

  package func forces(_ measure: Measure) -> String { measure.force.map(\.word).joined(separator: " ") }

  package func forceClass(_ force: Force) -> String {
    switch force {
    case .obligation: say("义务", "obligation")
    case .prohibition: say("禁止", "prohibition")
    case .entitlement: say("给付", "entitlement")
    case .procedure: say("程序", "procedure")
    case .permission: say("准许", "permission")
    case .priority: say("次序", "priority")
    case .encouragement: say("倡导", "encouragement")
    case .trial: say("试行", "trial")
    case .delegation: say("授权", "delegation")
    case .goal: say("目标", "goal")
    }
  }

  // MARK: Sources

  /// `《关于…的实施意见》（朔政办发〔2022〕36号）三（三）第2句`
  package func citation(_ quote: Quote) -> String {
    let document = program.documents[quote.document]
    let title = document.title.map { "《\($0)》" } ?? ""
    let number = document.title == nil ? "《\(document.key)》" : document.title == document.key ? "" : "（\(document.key)）"
    return title + number + quote.address.description
  }

  /// The clause of a measure in the standard form, without a quote.
  package func clause(_ origin: Origin) -> String {
    origin.clause.map { program.clauses[$0].address.description } ?? say("未引条款", "no clause quoted")
  }
}

extension Substring {
  fileprivate var trimmingSpaces: Substring {
    var text = self
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return text
  }
}
