package import PolicyEvaluation
package import PolicyIR
package import PolicyPlans
package import PolicyValues

/// The measures of one kind as a query over a table of subjects.
package struct SQLQuery {
  /// What the query answers, in the program's order.
  package private(set) var measures: [Measure] = []
  package private(set) var refusals: [(measure: MeasureID, why: Refusal)] = []
  /// The columns of the table that it reads, in the order of fields.
  package private(set) var columns: [SQLColumn] = []
  /// The column that names what of a row can't be read; its answers are NULL then.
  package private(set) var faults = ""
  /// One SELECT, or a view of it, with a semicolon.
  package private(set) var text = ""

  /// A measure's columns in the answer.
  package struct Measure {
    package let id: MeasureID
    /// The label's column.
    package let label: String
    /// The column of a sum of bits, one for each of `reasons` by position; nil where no reason can stand.
    package var mask: String?
    package var reasons: [Reason] = []
    /// The column of one letter for each of `readings` (Y N U, X for 不适用), NULL where they agree; nil where there is one.
    package var split: String?
    package var readings: [[(choice: OpenChoice, reading: Int)]] = []
    /// The column of the amount, or of its upper bound where an authority sets it.
    package var amount: String?
    /// How many of the amount's units make one base unit.
    package var parts: Int128 = 1
    package var isAtMost = false
  }

  /// Compiles the measures of a kind, or some of them, as of a date.
  package init(
    _ prepared: PreparedProgram, kind: KindID, asOf: CivilDate, measures: [MeasureID]? = nil, options: SQLOptions,
    words: SQLWords
  ) {
    let program = prepared.program
    let wanted = (measures ?? program.measures.indices.map { MeasureID($0) }).filter {
      program.measures[$0].object?.kind == kind
    }
    var compiler = SQLCompiler(prepared, kind: kind, asOf: asOf, dialect: options.dialect)
    var plans = wanted.map { compiler.plan(of: $0) }
    // A measure that is refused leaves steps behind, which nothing uses.
    var sketch = SQLWriter(compiler, plans: plans, hasStates: options.hasStates)
    for index in plans.indices where plans[index].refusal == nil {
      plans[index].refusal = sketch.refusal(of: plans[index])
    }
    var assembly = QueryAssembly(SQLWriter(compiler, plans: plans, hasStates: options.hasStates), options, words)
    for plan in plans {
      if let refusal = plan.refusal {
        refusals.append((plan.id, refusal))
      } else {
        self.measures.append(assembly.add(plan))
      }
    }
    columns = assembly.columns
    faults = assembly.faults
    text = assembly.text(refusals: refusals)
  }
}
