package import PolicyEvaluation
package import PolicyIR
package import PolicyValues

/// What the answer of one measure at one date rests on of a subject, as a list of numbers: subjects with equal lists get equal answers,
/// but for the counties of authorities where these follow from nothing else.
///
/// Conditions are looked at as far as they are open: of what comes to the same under every reading only that is seen, and of a fact that
/// is compared with what stands in the rules only the outcome. Texts, lengths of time and numbers that no vector holds have no list.
package struct Sight: Sendable {
  /// The kind that the measure is asked for.
  private let kind: KindID
  /// The period decides.
  private let isBlocked: Bool
  private let nodes: SightNodes
  private let object: Int32
  private let conditions: Int32
  /// What amounts, payments and dates read, where something is granted.
  private let grant: SeenFacts
  /// What authorities follow from.
  private let authorities: SeenFacts
  private let seesNames: Bool

  /// - Parameter counties: whether the counties of authorities count too.
  package init(of measure: MeasureID, in prepared: PreparedProgram, asOf: CivilDate, counties: Bool) {
    let (program, entry) = (prepared.program, prepared.program.measures[measure])
    kind = entry.object?.kind ?? KindID(-1)
    isBlocked = prepared.periodState(of: measure, on: asOf).blocks
    var compiler = SightCompiler(prepared, kind: kind, asOf: asOf)
    (object, conditions) = compiler.parts(of: measure)
    nodes = compiler.compiled
    var all = SightBuilder(program, asOf: asOf)
    all.add(measure)
    seesNames = all.seesNames
    var grant = SightBuilder(program, asOf: asOf)
    grant.addGrant(of: measure)
    self.grant = SeenFacts(grant.tests, in: program)
    var authorities = SightBuilder(program, asOf: asOf)
    authorities.addAuthorities(of: measure, counties: counties)
    self.authorities = SeenFacts(authorities.tests, in: program)
  }

  /// Adds what is seen of a subject; false: its answer is like no other's.
  package func add(_ subject: Subject, to list: inout [Int64]) -> Bool {
    add(.subject(subject), of: subject.kind, to: &list)
  }

  /// Adds what is seen of a row about a subject of the measure's kind.
  package func add(_ row: Int, of rows: RowVectors, to list: inout [Int64]) -> Bool {
    add(.row(row, rows), of: kind, to: &list)
  }

  private func add(_ frame: SightFrame, of kind: KindID, to list: inout [Int64]) -> Bool {
    list.append(Int64(kind.rawValue))
    if seesNames { return false }
    var look = SightLook(frame, of: kind, nodes, list)
    list = []
    defer { list = look.list }
    look.see(authorities)
    // A subject of another kind has no fact that conditions read.
    if kind == self.kind, !isBlocked {
      let isObject = look.see(object)
      if isObject != .no {
        let holds = look.see(conditions)
        if isObject == .open || holds != .no { look.see(grant) }
      }
    }
    return !look.isOdd
  }
}
