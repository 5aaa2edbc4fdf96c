import PolicyAnswers
import PolicyCoverage
import PolicyIR
import PolicyText
import PolicyValues

/// Mistakes in definitions, tables, groups and documents that aren't in expressions.
extension MutantMaker {
  mutating func declarations() {
    for index in program.definitions.indices { readings(of: DefinitionID(index)) }
    for index in program.classifications.indices { sorting(of: ClassificationID(index)) }
    for index in program.tables.indices { rows(of: TableID(index)) }
    for index in program.tierSchedules.indices { tiers(of: TierScheduleID(index)) }
    for index in program.parameters.indices { steps(of: ParameterID(index)) }
    for index in program.holes.indices { fillings(of: HoleID(index)) }
    for index in program.nameLists.indices { names(of: NameListID(index)) }
    for index in program.groups.indices { group(GroupID(index)) }
    for (index, document) in program.documents.enumerated() {
      period(
        document.period, .document(DocumentID(index)), document.span, users(of: .documentPeriod(DocumentID(index))),
        "文件的"
      ) { program, changed in program.documents[index].period = changed }
    }
  }

  private mutating func readings(of id: DefinitionID) {
    let definition = program.definitions[id]
    let measures = users(of: .definition(id, 0))
    guard let choice = definition.choice, definition.bodies.count > 1, !measures.isEmpty else { return }
    let names = program.choices[choice].readings
    for position in 1..<definition.bodies.count {
      add(
        .definition(id), definition.origin.span, .readings, "读法“\(names[position - 1])”和“\(names[position])”的内容对调",
        "readings “\(names[position - 1])” and “\(names[position])” change places", measures: measures,
        place: .init(owner: .definition(id, position), path: [])
      ) { $0.definitions[id.index].bodies.swapAt(position - 1, position) }
    }
    if let ruling = program.choices[choice].ruling {
      let other = (ruling.reading + 1) % definition.bodies.count
      add(
        .definition(id), ruling.span, .readings, "口径由“\(names[ruling.reading])”改为“\(names[other])”",
        "the ruling “\(names[ruling.reading])” becomes “\(names[other])”", measures: measures
      ) { $0.choices[choice.index].ruling?.reading = other }
    }
  }

  private mutating func sorting(of id: ClassificationID) {
    let classification = program.classifications[id]
    let measures = users(of: .classification(id))
    guard !measures.isEmpty, case .option(let option) = program.fields[classification.field].type else { return }
    for (value, sorting) in classification.sorting.enumerated() {
      var other = sorting
      other.turn()
      let changed = other
      let name = program.optionTypes[option].values[value].name
      add(
        .classification(id), classification.origin.span, .boundaries, "“\(name)”由\(word(sorting))改为\(word(other))",
        "“\(name)” sorted otherwise", measures: measures
      ) { $0.classifications[id.index].sorting[value] = changed }
    }
  }

  private func word(_ sorting: Classification.Sorting) -> String {
    switch sorting {
    case .yes: "是"
    case .no: "否"
    case .disputed: "分歧"
    case .unsettled: "待定"
    }
  }

  private mutating func rows(of id: TableID) {
    let measures = users(of: .row(id, 0))
    guard !measures.isEmpty else { return }
    for (position, row) in program.tables[id].rows.enumerated() {
      add(.table(id), row.span, .money, "去掉第\(position + 1)行", "row \(position + 1) dropped", measures: measures) {
        _ = $0.tables[id.index].rows.remove(at: position)
      }
      for (column, test) in row.tests.enumerated() where test != nil {
        add(
          .table(id), row.span, .money, "第\(position + 1)行“\(program.tables[id].columns[column])”改为不限",
          "row \(position + 1): any “\(program.tables[id].columns[column])”", measures: measures
        ) { $0.tables[id.index].rows[position].tests[column] = nil }
      }
    }
  }

  private mutating func tiers(of id: TierScheduleID) {
    let schedule = program.tierSchedules[id]
    let measures = users(of: .tiers(id))
    guard !measures.isEmpty, case .quantity(let dimension) = schedule.base.type else { return }
    add(
      .tiers(id), schedule.origin.span, .money, schedule.mode == .whole ? "按全额改为按分段" : "按分段改为按全额",
      "the other way of applying tiers", measures: measures
    ) { $0.tierSchedules[id.index].mode = schedule.mode == .whole ? .sliced : .whole }
    for position in schedule.tiers.indices.dropFirst() {
      let (before, after) = (schedule.tiers[position - 1], schedule.tiers[position])
      guard let boundary = after.low ?? before.high else { continue }
      for case .quantity(let other) in neighbours(.quantity(boundary), .quantity(dimension)) {
        add(
          .tiers(id), after.span, .money, "档次界值\(zh.quantity(boundary, dimension))改为\(zh.quantity(other, dimension))",
          "boundary \(en.quantity(boundary, dimension)) becomes \(en.quantity(other, dimension))", measures: measures
        ) {
          $0.tierSchedules[id.index].tiers[position - 1].high = other
          $0.tierSchedules[id.index].tiers[position].low = other
        }
      }
      add(
        .tiers(id), after.span, .money, "档次界值\(zh.quantity(boundary, dimension))归入另一档",
        "boundary \(en.quantity(boundary, dimension)) goes to the other tier", measures: measures
      ) {
        $0.tierSchedules[id.index].tiers[position - 1].highIncluded.toggle()
        $0.tierSchedules[id.index].tiers[position].lowIncluded.toggle()
      }
    }
  }

  private mutating func steps(of id: ParameterID) {
    let parameter = program.parameters[id]
    let measures = users(of: .parameter(id))
    guard !measures.isEmpty else { return }
    for (position, step) in parameter.steps.enumerated() {
      for case .date(let other) in neighbours(.date(step.from), .date) {
        add(
          .parameter(id), step.span, .boundaries, "自\(zh.date(step.from))改为自\(zh.date(other))",
          "from \(en.date(step.from)) becomes \(en.date(other))", measures: measures
        ) { $0.parameters[id.index].steps[position].from = other }
      }
      for other in neighbours(step.value, parameter.type) {
        add(
          .parameter(id), step.span, .money,
          "\(zh.value(step.value, parameter.type))改为\(zh.value(other, parameter.type))",
          "\(en.value(step.value, parameter.type)) becomes \(en.value(other, parameter.type))", measures: measures
        ) { $0.parameters[id.index].steps[position].value = other }
      }
    }
  }

  private mutating func fillings(of id: HoleID) {
    for (position, filling) in program.holes[id].fillings.enumerated() {
      let measures = users(of: .filling(id, position))
      guard !measures.isEmpty else { continue }
      add(.hole(id), filling.value.span, .money, "去掉这项补入", "the filling is dropped", measures: measures) {
        _ = $0.holes[id.index].fillings.remove(at: position)
      }
      period(filling.period, .hole(id), filling.value.span, measures, "补入的") { program, changed in
        program.holes[id.index].fillings[position].period = changed
      }
    }
  }

  private mutating func names(of id: NameListID) {
    let list = program.nameLists[id]
    let measures = program.measures.indices.map { MeasureID($0) }.filter { lists(of: $0).contains(id) }
    guard let names = list.names, !measures.isEmpty else { return }
    for (position, name) in names.enumerated() {
      add(
        .nameList(id), list.origin.span, .boundaries, "名单“\(list.name)”去掉“\(name)”",
        "“\(name)” dropped from “\(list.name)”", measures: measures
      ) {
        _ = $0.nameLists[id.index].names?.remove(at: position)
      }
    }
    add(
      .nameList(id), list.origin.span, .boundaries, list.complete ? "名单“\(list.name)”改为未列全" : "名单“\(list.name)”改为列全",
      "“\(list.name)” is \(list.complete ? "not " : "")complete", measures: measures
    ) {
      $0.nameLists[id.index].complete.toggle()
    }
  }

  private func lists(of measure: MeasureID) -> Set<NameListID> {
    var reach = Reach()
    reach.add(measure, in: program)
    return reach.nameLists
  }

  private mutating func group(_ id: GroupID) {
    let group = program.groups[id]
    let groups = program.groups.indices.map { GroupID($0) }.filter {
      $0 == id || program.groups[$0].subgroups.contains(id)
    }
    let rule = RuleName.group(id)
    let other: Group.Rule = group.rule == .highest ? .stack : .highest
    add(
      rule, group.origin.span, .money, "组合“\(group.name)”的算法改变", "another rule of the group “\(group.name)”",
      measures: group.members, groups: groups
    ) {
      $0.groups[id.index].rule = other
    }
    for (position, member) in group.members.enumerated() where group.members.count > 1 {
      let name = program.measures[member].name
      add(
        rule, group.origin.span, .money, "组合“\(group.name)”去掉“\(name)”", "“\(name)” dropped from “\(group.name)”",
        measures: group.members, groups: groups
      ) {
        _ = $0.groups[id.index].members.remove(at: position)
      }
    }
    if let cap = group.cap {
      add(
        rule, cap.span, .money, "组合“\(group.name)”去掉限额", "the cap of “\(group.name)” dropped", measures: group.members,
        groups: groups
      ) {
        $0.groups[id.index].cap = nil
      }
      if case .literal(let value) = cap.form {
        for other in neighbours(value, cap.type) {
          add(
            rule, cap.span, .money, "限额\(zh.value(value, cap.type))改为\(zh.value(other, cap.type))",
            "cap \(en.value(value, cap.type)) becomes \(en.value(other, cap.type))", measures: group.members,
            groups: groups
          ) {
            $0.groups[id.index].cap = cap.with(.literal(other))
          }
        }
      }
    }
  }
}
