import PolicyIR
import PolicyValues

extension Engine {
  /// A definition's truth for the subject of a frame, over its readings.
  mutating func definitionTruth(_ definition: Int32, _ frame: Int32) -> Ref<Tri> {
    guard frame >= 0 else { return .leaf(.unknown(because(.notComputable(.malformed)))) }
    let bodies = plan.definitions[Int(definition)].count
    let choice = plan.openChoices[Int(definition)]
    if choice < 0 {
      guard bodies > 0 else { return .leaf(.unknown(because(.notComputable(.malformed)))) }
      openSettled(definition)
      let result = truth(plan.definitions[Int(definition)][0], frame)
      if Tracer.isOn { recorder.close(.truth(result)) }
      return result
    }
    let mark = stores.selections.mark
    for reading in 0..<bodies {
      if Tracer.isOn { recorder.open(RawStep(.reading(ChoiceID(Int(choice)), reading))) }
      let result = truth(plan.definitions[Int(definition)][reading], frame)
      if Tracer.isOn { recorder.close(.truth(result)) }
      stores.selections.push(result)
    }
    return selected(choice, from: mark)
  }

  /// The diagram of the truths under the readings of a choice that were pushed since the mark, remembered.
  private mutating func selected(_ choice: Int32, from mark: Int) -> Ref<Tri> {
    let selection = stores.selections.unreduced(choice, from: mark)
    while stores.selected.count <= Int(selection) { stores.selected.append(nil) }
    if let known = stores.selected[Int(selection)] { return known }
    let branches = Array(stores.selections.tree.branches(of: selection))
    let result = choose(choice, readings: branches.count) { _, reading in branches[reading] }
    stores.selected[Int(selection)] = result
    return result
  }

  /// A definition's value for the subject of a frame, over its readings.
  mutating func definitionValue(_ definition: Int32, _ frame: Int32) -> Ref<Cell> {
    guard frame >= 0 else { return .leaf(failed(.malformed)) }
    let bodies = plan.definitions[Int(definition)].count
    let choice = plan.openChoices[Int(definition)]
    if choice < 0 {
      guard bodies > 0 else { return .leaf(failed(.malformed)) }
      openSettled(definition)
      let result = value(plan.definitions[Int(definition)][0], frame)
      if Tracer.isOn { recorder.close(.value(result)) }
      return result
    }
    return choose(choice, readings: bodies) { engine, reading in
      if Tracer.isOn { engine.recorder.open(RawStep(.reading(ChoiceID(Int(choice)), reading))) }
      let result = engine.value(engine.plan.definitions[Int(definition)][reading], frame)
      if Tracer.isOn { engine.recorder.close(.value(result)) }
      return result
    }
  }

  /// Notes the ruling of a definition that has one, and opens the step of its body.
  private mutating func openSettled(_ definition: Int32) {
    let ruled = plan.settled[Int(definition)]
    if ruled.choice >= 0 { touch(ChoiceID(Int(ruled.choice))) }
    if Tracer.isOn {
      let kind: StepKind =
        ruled.choice >= 0 ? .settled(ChoiceID(Int(ruled.choice)), Int(ruled.reading)) : .expression
      recorder.open(RawStep(kind))
    }
  }

  /// The reason that a classification leaves a value 待定.
  private mutating func unsettled(_ classification: Int32, _ value: Int32) -> SlotSet {
    if let known = registry.unsettled[Int(classification)].first(where: { $0.value == value }) { return known.set }
    let set = because(.unsettled(ClassificationID(Int(classification)), value: value))
    registry.unsettled[Int(classification)].append((value, set))
    return set
  }

  /// Whether the subject's value is sorted 是.
  mutating func classification(_ classification: Int32, _ index: Int32, _ frame: Int32) -> Ref<Tri> {
    let field = plan.program.classifications[Int(classification)].field.rawValue
    switch fact(field, frame) {
    case .missing: return .leaf(.unknown(lacking(field, frame, asked: false)))
    case .notKnown: return .leaf(.unknown(lacking(field, frame, asked: true)))
    case .notApplicable: return .leaf(.no)
    case .value(.option(let value)):
      guard plan.program.classifications[Int(classification)].sorting.indices.contains(Int(value)) else {
        return .leaf(.unknown(because(.notComputable(.malformed))))
      }
      switch plan.program.classifications[Int(classification)].sorting[Int(value)] {
      case .yes: return .leaf(.yes)
      case .no: return .leaf(.no)
      case .unsettled:
        return .leaf(.unknown(unsettled(classification, value)))
      case .disputed(let choice):
        guard plan.program.choices.indices.contains(choice.index) else { return .leaf(.yes) }
        if let ruling = plan.program.choices[choice].ruling {
          touch(choice)
          return .leaf(.of(ruling.reading == 0))
        }
        let mark = stores.selections.mark
        stores.selections.push(.leaf(.yes))
        stores.selections.push(.leaf(.no))
        return selected(choice.rawValue, from: mark)
      }
    case .value, .one, .many: return .leaf(.unknown(because(.notComputable(.malformed))))
    }
  }
}
