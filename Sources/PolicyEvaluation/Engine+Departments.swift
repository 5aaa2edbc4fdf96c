import PolicyIR
import PolicyValues

extension Engine {
  /// Who answers for a measure for this subject: payers whose condition is no fall away, a county's authority is named.
  mutating func departments(of measure: Int32) -> [DepartmentEntry] {
    guard plan.departmentsVary[Int(measure)] else { return plan.departments[Int(measure)] }
    let option = plan.departmentOption[Int(measure)]
    guard option >= 0 else { return freshDepartments(of: measure) }
    // Only the county varies, so the list is kept for the next subject of the same county.
    let place: Int
    switch county(ofOption: OptionTypeID(Int(option))) {
    case .option(_, let value): place = Int(value) + 1
    case .whole, .unknown: place = 0
    }
    if place >= countyDepartments[Int(measure)].count {
      let missing = place + 1 - countyDepartments[Int(measure)].count
      countyDepartments[Int(measure)].append(contentsOf: Array(repeating: nil, count: missing))
    }
    if let known = countyDepartments[Int(measure)][place] { return known }
    let fresh = freshDepartments(of: measure)
    countyDepartments[Int(measure)][place] = fresh
    return fresh
  }

  /// Whether a measure's authorities depend on nothing, or only on the county.
  @inline(__always)
  func departmentsFollowFromCounty(_ measure: Int32) -> Bool {
    !plan.departmentsVary[Int(measure)] || plan.departmentOption[Int(measure)] >= 0
  }

  private mutating func freshDepartments(of measure: Int32) -> [DepartmentEntry] {
    var entries: [DepartmentEntry] = []
    for var entry in plan.departments[Int(measure)] {
      if entry.role == .payer {
        let verdict = summary(pays(entry.authority, measure))
        if verdict == .no { continue }
        entry.isUncertain = verdict != .yes
      }
      entry.county = county(of: entry.authority)
      entries.append(entry)
    }
    return entries
  }

  /// Whether an authority pays anything: under one of its conditions where it is named with several.
  private mutating func pays(_ authority: AuthorityID, _ measure: Int32) -> Ref<Tri> {
    let payers = plan.program.measures[Int(measure)].payers
    let conditions = plan.measures[Int(measure)].payers
    if payers.indices.contains(where: { payers[$0].authority == authority && conditions[$0].condition < 0 }) {
      return .leaf(.yes)
    }
    var result: Ref<Tri> = .leaf(.no)
    if Tracer.isOn { recorder.open(RawStep(.department(authority))) }
    for position in payers.indices where payers[position].authority == authority {
      result = or(result, truth(conditions[position].condition, 0))
    }
    if Tracer.isOn { recorder.close(.truth(result)) }
    return result
  }

  /// Which county's authority it is for this subject.
  mutating func county(of authority: AuthorityID) -> DepartmentEntry.County {
    guard plan.program.authorities.indices.contains(authority.index),
      let option = plan.program.authorities[authority].perOption
    else { return .whole }
    return county(ofOption: option)
  }

  private mutating func county(ofOption option: OptionTypeID) -> DepartmentEntry.County {
    guard counties.indices.contains(option.index) else { return .unknown }
    if counties[option.index].stamp == stamp { return counties[option.index].county }
    let county = freshCounty(option)
    counties[option.index] = (stamp, county)
    return county
  }

  private mutating func freshCounty(_ option: OptionTypeID) -> DepartmentEntry.County {
    let kind = frames[0].subject.kind
    guard plan.program.kinds.indices.contains(kind.index) else { return .unknown }
    for field in plan.program.kinds[kind].fields
    where plan.program.fields.indices.contains(field.index) && plan.program.fields[field].type == .option(option) {
      if case .value(.option(let value)) = fact(field.rawValue, 0) { return .option(option, value) }
      return .unknown
    }
    return .unknown
  }
}
