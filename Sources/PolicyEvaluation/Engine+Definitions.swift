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
    return choose(choice, readings: bodies) { engine, reading in
      if Tracer.isOn { engine.recorder.open(RawStep(.reading(ChoiceID(Int(choice)), reading))) }
      let result = engine.truth(engine.plan.definitions[Int(definition)][reading], frame)
      if Tracer.isOn { engine.recorder.close(.truth(result)) }
      return result
    }
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
        return .leaf(.unknown(because(.unsettled(ClassificationID(Int(classification)), value: value))))
      case .disputed(let choice):
        guard plan.program.choices.indices.contains(choice.index) else { return .leaf(.yes) }
        if let ruling = plan.program.choices[choice].ruling {
          touch(choice)
          return .leaf(.of(ruling.reading == 0))
        }
        return choose(choice.rawValue, readings: 2) { _, reading in .leaf(.of(reading == 0)) }
      }
    case .value, .one, .many: return .leaf(.unknown(because(.notComputable(.malformed))))
    }
  }
}
