import PolicyDiagnostics
import PolicyIR
import PolicySyntax
import PolicyText
import PolicyValues

extension Checker {
  func declareGroup(_ index: Int) {
    let view = blocks[index].view
    guard let kind = parameterKind(view) else { return }
    let id = GroupID(program.groups.count)
    declare(.group(id), view) { [self] in ruleSpan($0) }
    var group = Group(
      name: displayName(view), kind: kind, members: [], rule: .stack, origin: origin(of: index, required: true))
    if let clause = blocks[index].clause { group.departments = program.clauses[clause].departments }
    program.groups.append(group)
    blocks[index].index = id.index
  }

  func completeGroup(_ index: Int) {
    let block = blocks[index]
    guard block.index >= 0 else { return }
    let view = block.view
    var group = program.groups[block.index]
    let scope = Scope(kinds: [group.kind])
    beginRule()
    for item in view.lines(.members).flatMap(\.items) {
      guard let number = item.name(0) else { continue }
      if let subgroup = subgroup(number, before: block.index, item.span(0), group) {
        group.subgroups.append(subgroup)
        continue
      }
      guard let member = measureNamed(number, item.span(0)) else { continue }
      usedOrigins.append(program.measures[member].origin)
      if group.members.contains(member) {
        remark(.duplicateName, item.span, "“\(nameText(number))”写了两次", "“\(nameText(number))” is listed twice")
      } else {
        checkMember(member, group, item.span)
        group.members.append(member)
      }
    }
    if view.lines(.members).flatMap(\.items).count < 2 {
      remark(
        .missingLine, view.span, "组合“\(group.name)”至少要有两个成员", "the group “\(group.name)” needs two members or more")
    }
    readRule(view, &group)
    let type = checkDimension(of: group, view)
    group.cap = lineExpression(view.line(.cap), scope, type)
    group.received = lineExpression(view.line(.received), scope, type)
    if group.rule == .topUp, group.received == nil {
      remark(.missingLine, view.span, "补差的组合应写“已得：…”", "a top-up group needs a line “received: …”")
    }
    readChosen(view, &group)
    program.groups[block.index] = group
    endRule(group.origin)
  }

  /// A group that is a member; it must stand before the group that holds it.
  private func subgroup(_ number: Int, before index: Int, _ span: Span, _ group: Group) -> GroupID? {
    for case .group(let id) in symbols.meanings(of: number) {
      if id.index >= index || program.groups[id].kind != group.kind {
        remark(
          .wrongMeaning, span, "组合“\(program.groups[id].name)”要写在前面，并且以同一种主体为准",
          "the group “\(program.groups[id].name)” must stand before this one and be of the same kind")
        return nil
      }
      usedOrigins.append(program.groups[id].origin)
      return id
    }
    return nil
  }

  /// What the members grant; 亩 and 元 can't be added, and neither can lengths of time be compared in every unit.
  private func checkDimension(of group: Group, _ view: BlockView) -> ValueType {
    var parts = group.members.filter { program.measures[$0].amount != nil }.map {
      (program.amountType(of: $0), program.measures[$0].name)
    }
    parts += group.subgroups.map { (program.amountType(of: $0), program.groups[$0].name) }
    guard let first = parts.first else { return .money }
    if let other = parts.first(where: { $0.0 != first.0 }) {
      remark(
        .typeMismatch, view.span,
        "组合“\(group.name)”的成员给的不是一种东西：“\(first.1)”给\(name(of: first.0).zh)，“\(other.1)”给\(name(of: other.0).zh)",
        "the group “\(group.name)” mixes what its members grant: “\(first.1)” grants \(name(of: first.0).en), “\(other.1)” \(name(of: other.0).en)"
      )
    } else if first.0 == .duration {
      remark(
        .typeMismatch, view.span, "组合“\(group.name)”的成员给的是期间，不能合并计算",
        "the members of “\(group.name)” grant lengths of time, which can't be taken together")
    }
    return first.0
  }

  private func checkMember(_ id: MeasureID, _ group: Group, _ span: Span) {
    let kind = program.measures[id].object?.kind
    let isRelated = program.kinds[group.kind].fields.contains { field in
      if case .many(let other) = program.fields[field].type { return other == kind }
      return false
    }
    guard kind != group.kind, !isRelated else { return }
    remark(
      .typeMismatch, span, "“\(program.measures[id].name)”的对象不是“\(program.kinds[group.kind].name)”，也不是它的若干主体",
      "“\(program.measures[id].name)” is for neither “\(program.kinds[group.kind].name)” nor its related subjects",
      related: [
        .init(
          span: program.measures[id].origin.span, message: Bilingual(zh: "成员声明在这里", en: "the member is declared here"))
      ])
  }

  private func readRule(_ view: BlockView, _ group: inout Group) {
    let rules: [Keyword: Group.Rule] = [
      .highest: .highest, .topUp: .topUp, .oneOf: .oneOf, .stack: .stack, .exclusive: .exclusive,
    ]
    guard let line = view.line(.rule), let item = line.firstItem, let rule = item.keyword(0).flatMap({ rules[$0] })
    else {
      remark(
        .missingLine, view.span, "组合“\(group.name)”应写规则：就高不重复、补差、择一、叠加或互斥",
        "the group “\(group.name)” needs a rule: highest-only, top-up, one-of, stack or exclusive")
      return
    }
    group.rule = rule
  }

  private func readChosen(_ view: BlockView, _ group: inout Group) {
    guard let line = view.line(.chosen), let item = line.firstItem, let number = item.name(0) else {
      if group.rule == .oneOf {
        remark(
          .missingLine, view.span, "择一的组合应写“选择：…”，指明记载申请人选择的字段",
          "a one-of group needs the field that records the choice")
      }
      return
    }
    for case .field(let id) in symbols.meanings(of: number) where program.fields[id].kind == group.kind {
      group.chosen = id
    }
    if group.chosen == nil {
      remark(
        .wrongMeaning, item.span, "“\(nameText(number))”不是“\(program.kinds[group.kind].name)”的字段",
        "“\(nameText(number))” is no field of “\(program.kinds[group.kind].name)”")
    }
  }
}
