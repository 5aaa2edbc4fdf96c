package import PolicyIR
package import PolicyValues

/// Whether a missing fact of a subject can change a measure's verdict under some reading, whatever the other missing facts are.
///
/// - Returns: nil where the encoder can't say it or the solver gives up: then it may.
package func canMatter(
  _ field: FieldID, to measure: MeasureID, for subject: Subject, asOf: CivilDate, in program: Program,
  limits: Solver.Limits = .init(time: 2000, steps: 1_000_000)
) -> Bool? {
  let type = program.fields[field].type
  switch type {
  case .entity, .many, .duration: return nil
  case .truth, .quantity, .date, .text, .option: break
  }
  let open = program.kinds[subject.kind].fields.filter { id in
    switch program.fields[id].type {
    case .entity, .many, .duration: return false
    case .truth, .quantity, .date, .text, .option: return subject.facts[program.fields[id].slot] == .missing
    }
  }
  guard open.contains(field), let solver = try? Solver(limits: limits) else { return nil }
  var domain = FactSpace.Domain()
  (domain.recorded, domain.asOf, domain.fillsGaps, domain.mayBeNotApplicable) = (subject, asOf, false, false)
  domain.free = Set(open)
  let space = FactSpace(solver, domain)
  do {
    // The second subject shares every fact with the first but the one in question.
    let one = try Encoder(program, in: space).verdict(of: measure, kind: subject.kind)
    let other = space.twin(of: subject.kind, without: field, in: program)
    let two = try Encoder(program, in: space).verdict(of: measure, of: other, kind: subject.kind)
    let question = space.question()
    question.assert(
      solver.or([
        solver.differs(one.yes, two.yes), solver.differs(one.no, two.no),
        solver.differs(one.notApplicable, two.notApplicable),
      ]))
    return try question.answer() != nil
  } catch { return nil }
}
