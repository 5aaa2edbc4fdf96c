package import PolicyIR
package import PolicyValues

/// A program made ready for evaluation: compiled once, asked for any number of subjects and dates.
package struct PreparedProgram: Sendable {
  /// The program that was prepared.
  package let program: Program

  var nodes: [Node] = []
  var operands: [Int32] = []
  var constants: [Cell] = []
  var texts: [String] = []
  /// The places of the nodes, by their `source`.
  var expressions: [Expression] = []
  /// The bodies of each definition; one when a ruling settles the choice.
  var definitions: [[Int32]] = []
  /// The choice of each definition; −1 when there is none or it is settled.
  var openChoices: [Int32] = []
  /// The choice and reading that a ruling settles for each definition; −1 for none.
  var settled: [(choice: Int32, reading: Int32)] = []
  var holes: [HolePlan] = []
  var tables: [TablePlan] = []
  var tierSchedules: [TierPlan] = []
  var measures: [MeasurePlan] = []
  var groups: [GroupPlan] = []
  var lists: [Set<String>] = []
  var memoCount = 0
  /// For each node, whether it is a list whose members only add; asked for bounds only.
  var listsOnlyAdd: [Bool] = []
  /// Each field's slot in its kind, and its kind.
  var fieldSlots: [Int32] = []
  var fieldKinds: [Int32] = []
  /// Whether each field is a quantity.
  var fieldIsQuantity: [Bool] = []
  /// Departments of each measure without county or payer's condition, and whether that is so.
  var departments: [[DepartmentEntry]] = []
  var departmentsVary: [Bool] = []
  /// The one option by which a measure's departments vary; −1 where a payer's condition or a second option does.
  var departmentOption: [Int32] = []
  var forces: [ForceClaims] = []
  /// Whether each measure's period is judged on a date of the subject instead (新旧划断).
  var transitional: [Bool] = []
  /// The life of each measure and of its document.
  var lives: [(rule: Period, document: Period?)] = []

  /// Compiles the program.
  package init(_ program: Program) {
    self.program = program
    compile()
  }
}

extension PreparedProgram {
  /// Where a date lies in the life of the measure and of its document; 新旧划断 has made it conditions.
  package func periodState(of measure: MeasureID, on date: CivilDate) -> PeriodState {
    if transitional[measure.index] { return .inForce }
    let own = lives[measure.index].rule.state(on: date)
    guard let document = lives[measure.index].document?.state(on: date) else { return own }
    return document.blocks || (!own.blocks && document == .inForce) ? document : own
  }
}
