package import PolicyAnswers
package import PolicyCoverage
import PolicyDiagnostics
import PolicyIR
import PolicyText
import PolicyValues

/// Puts items of coverage into words, without a place and without white space, so that layout changes nothing.
package struct CoverageText: Sendable {
  let plan: CoveragePlan
  package let wording: Wording
  private var program: Program { plan.program }

  package init(_ plan: CoveragePlan, _ wording: Wording) {
    self.plan = plan
    self.wording = wording
  }

  /// `措施 床位补助`
  package func title(_ rule: CoverageReport.Rule) -> String { title(rule.owner) }

  /// The declaration that an item stands in.
  package func title(of item: CoverageItem) -> String { title(program.rule(of: item.owner)) }

  private func title(_ rule: RuleName) -> String {
    let title = program.title(of: rule)
    return wording.say("\(title.zh) \(title.name)", "\(title.en) \(title.name)")
  }

  package func clause(_ rule: CoverageReport.Rule) -> String {
    rule.clause.map { program.clauses[$0].address.description } ?? wording.say("不在条款内", "no clause")
  }

  /// Whole percents, rounded down, so that 100 % is all.
  package func percent(_ covered: Int, of count: Int) -> String { count == 0 ? "100%" : "\(covered * 100 / count)%" }

  /// The words of the rule that an item stands for.
  package func words(_ item: CoverageItem) -> String {
    plan.spans[item].map { span in wording.ruleText(span).filter { !$0.isWhitespace } } ?? ""
  }

  /// What an item wants to be shown.
  package func sentence(_ item: CoverageItem) -> String {
    place(item) + wording.say("：", ": ") + aspect(item)
  }

  private func place(_ item: CoverageItem) -> String {
    switch item.owner {
    case .object: return wording.say("对象“\(words(item))”", "object “\(words(item))”")
    case .condition(let id, let position):
      let role = self.role(program.measures[id].conditions[position].role)
      return role + "“\(words(item))”"
    case .verdict: return wording.say("待定的原因", "reason for unknown")
    case .amount: return wording.say("金额“\(words(item))”", "amount “\(words(item))”")
    case .payer: return wording.say("出资“\(words(item))”", "payer “\(words(item))”")
    case .instalment: return wording.say("分期“\(words(item))”", "instalment “\(words(item))”")
    case .deadline: return wording.say("时限“\(words(item))”", "deadline “\(words(item))”")
    case .definition(let id, let reading):
      let choice = program.definitions[id].choice.map { program.choices[$0].readings }
      guard let choice, choice.indices.contains(reading) else { return "“\(words(item))”" }
      return wording.say("读法“\(choice[reading])”的", "reading “\(choice[reading])”, ") + "“\(words(item))”"
    case .classification: return wording.say("归类的值", "sorted value")
    case .choice(let id): return "“\(program.choices[id].name)”"
    case .filling: return wording.say("补入“\(words(item))”", "filling “\(words(item))”")
    case .row(_, let row): return wording.say("第\(row + 1)行", "row \(row + 1)")
    case .tiers(let id):
      guard case .side = item.aspect, let tier = item.path.first else {
        return wording.say("档次表", "tiers")
      }
      return wording.say("第\(tier + 1)档的下限", "lower end of tier \(tier + 1)") + low(id, tier)
    case .parameter(let id):
      guard let step = item.path.first else { return wording.say("参数", "parameter") }
      return wording.say("自", "from ") + wording.date(program.parameters[id].steps[step].from)
    case .measurePeriod, .documentPeriod:
      return item.path.first == 0
        ? wording.say("施行之日", "first day in force") : wording.say("有效期末日", "last day in force")
    }
  }

  private func low(_ id: TierScheduleID, _ tier: Int) -> String {
    guard case .quantity(let dimension) = program.tierSchedules[id].base.type,
      let low = program.tierSchedules[id].tiers[tier].low
    else { return "" }
    return " " + wording.quantity(low, dimension)
  }

  private func role(_ role: Measure.Condition.Role) -> String {
    switch role {
    case .condition: wording.say("条件", "condition")
    case .exception: wording.say("除外", "exception")
    case .timeLimit: wording.say("期限", "time limit")
    case .precondition: wording.say("前提", "precondition")
    case .carried: wording.say("承接的前提", "carried precondition")
    case .window: wording.say("申报窗口", "window")
    case .precedence: wording.say("让位于", "precedence")
    }
  }

  private func aspect(_ item: CoverageItem) -> String {
    switch item.aspect {
    case .outcome(let flag): return wording.say(flag ? "为是" : "为否", flag ? "yes" : "no")
    case .decides(let flag):
      return wording.say(flag ? "单独起作用地为是" : "单独起作用地为否", flag ? "decides as yes" : "decides as no")
    case .side(let side):
      switch side {
      case .below: return wording.say("小于（早于）界值", "below the threshold")
      case .equal: return wording.say("等于界值", "on the threshold")
      case .above: return wording.say("大于（晚于）界值", "above the threshold")
      }
    case .next(let side):
      return side == .below
        ? wording.say("比界值少一个最小单位", "one unit below the threshold")
        : wording.say("比界值多一个最小单位", "one unit above the threshold")
    case .branch(let flag): return wording.say(flag ? "取“则”" : "取“否则”", flag ? "then" : "otherwise")
    case .value(let position): return wording.say("“\(value(item, position))”", "“\(value(item, position))”")
    case .used(let position): return used(item, position)
    case .reading(let reading):
      guard case .choice(let id) = item.owner else { return "" }
      return wording.say(
        "取“\(program.choices[id].readings[reading])”", "read as “\(program.choices[id].readings[reading])”")
    case .reason(let reason): return self.reason(reason)
    }
  }

  private func used(_ item: CoverageItem, _ position: Int) -> String {
    switch item.owner {
    case .tiers: wording.say("第\(position + 1)档", "tier \(position + 1)")
    case .parameter(let id):
      wording.say(
        "自\(wording.date(program.parameters[id].steps[position].from))起的值",
        "the value from \(wording.date(program.parameters[id].steps[position].from))")
    default: wording.say("用到", "used")
    }
  }

  private func value(_ item: CoverageItem, _ position: Int) -> String {
    if case .classification(let id) = item.owner,
      case .option(let option) = program.fields[program.classifications[id].field].type
    {
      return program.optionTypes[option].values[position].name
    }
    guard let expression = program.expression(at: item), case .membership(let operand, let values, _) = expression.form
    else { return "\(position + 1)" }
    return wording.value(values[position], operand.type)
  }

  private func reason(_ key: ReasonKey) -> String {
    func field(_ id: FieldID) -> String { program.fields[id].name }
    func option(_ id: OptionTypeID, _ value: Int32) -> String { program.optionTypes[id].values[Int(value)].name }
    switch key {
    case .field(let id):
      if program.fields[id].refersTo != nil || program.fields[id].finder != nil {
        return wording.say("待认定“\(field(id))”", "finding open: “\(field(id))”")
      }
      return wording.say("缺事实“\(field(id))”", "fact missing: “\(field(id))”")
    case .openList(let id): return wording.say("列举未尽“\(id.map(field) ?? "")”", "list open: “\(id.map(field) ?? "")”")
    case .listIncomplete(let id): return wording.say("未列全“\(field(id))”", "not complete: “\(field(id))”")
    case .hole(let id):
      return wording.say("缺细则“\(program.holes[id].name)”", "rule missing: “\(program.holes[id].name)”")
    case .text(let text): return wording.say("所指不明“\(text)”", "text missing: “\(text)”")
    case .listNotOnFile(let id):
      return wording.say("名单未取得“\(program.nameLists[id].name)”", "list not on file: “\(program.nameLists[id].name)”")
    case .unnamed(let id):
      return wording.say(
        "缺名称，不能与“\(program.nameLists[id].name)”核对", "no name to look up in “\(program.nameLists[id].name)”")
    case .notOnIncompleteList(let id):
      return wording.say(
        "不在未列全的“\(program.nameLists[id].name)”上", "not on “\(program.nameLists[id].name)”, which isn't complete")
    case .unsettled(let id, let value):
      guard case .option(let type) = program.fields[program.classifications[id].field].type else { return "" }
      return wording.say("未归类“\(option(type, value))”", "unsorted: “\(option(type, value))”")
    case .unranked(let type, let value):
      return wording.say("不排序“\(option(type, value))”", "unranked: “\(option(type, value))”")
    case .discretion: return wording.say("由机关确定", "at discretion")
    case .beforeFirstPeriod(let id):
      return wording.say("“\(program.parameters[id].name)”还没有值", "“\(program.parameters[id].name)” has no value yet")
    }
  }
}
