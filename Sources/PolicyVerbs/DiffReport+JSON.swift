import PolicyAnswers
import PolicyComparison
import PolicyText
import PolicyValues
import PolicyWorkspace

extension DiffReport {
  /// The whole comparison for a program; the schema stands in docs/reference.
  func json() -> String {
    var number = 0
    let measures = comparison.measures.filter { $0.state != .unchanged }.map { measure -> JSONValue in
      .object([
        ("name", .string(measure.name)), ("clause", .string(clause(measure))),
        ("state", .string(measure.state.rawValue)),
        (
          "changes",
          .array(
            measure.changes.flatMap { change in
              change.examples.map { example -> JSONValue in
                number += 1
                return .object([
                  ("aspect", .string(change.aspect.rawValue)), ("direction", .string(example.direction.rawValue)),
                  ("before", .string(example.before)), ("after", .string(example.after)),
                  ("case", .string(caseText(example, measure, numbered: number))), ("causes", causes(example.causes)),
                ])
              }
            })
        ),
        (
          "notCompared",
          .array(
            measure.notCompared.map {
              .object([("aspect", .string($0.aspect.rawValue)), ("why", .string(why($0)))])
            })
        ),
        ("memberLimit", measure.isBounded ? .integer(comparison.memberLimit) : .null),
        ("causes", causes(measure.causes)),
      ])
    }
    return JSONValue.object([
      ("before", .string(names.before)), ("after", .string(names.after)), ("asOf", .string(later.asOf.isoDescription)),
      (
        "counts",
        .object(MeasureComparison.State.allCases.map { ($0.rawValue, .integer(comparison.count($0))) })
      ),
      ("measures", .array(measures)),
      (
        "edits",
        .array(
          comparison.edits.map { edit in
            .object([
              ("file", .string(edit.path)), ("before", lines(edit.before)), ("after", lines(edit.after)),
              ("rule", .optional(edit.rule)), ("clause", .optional(edit.clause)),
              ("removed", .array(edit.removed.map { .string($0) })), ("added", .array(edit.added.map { .string($0) })),
            ])
          })
      ),
      ("silentEdits", causes(comparison.silentEdits)),
      ("impact", impact.map(json) ?? .null),
    ]).serialized(pretty: true)
  }

  /// Positions in the list of edits.
  private func causes(_ edits: [Int]) -> JSONValue { .array(edits.map { .integer($0) }) }

  private func lines(_ range: Range<Int>) -> JSONValue {
    .object([("line", .integer(range.lowerBound)), ("count", .integer(range.count))])
  }

  private func json(_ impact: Impact) -> JSONValue {
    .object([
      ("subjects", .integer(impact.subjects)),
      ("counts", .object(Impact.Effect.Kind.allCases.map { ($0.rawValue, .integer(impact.count($0))) })),
      (
        "effects",
        .array(
          impact.effects.map { effect in
            .object([
              ("subject", .string(effect.subject)), ("kind", .string(effect.subjectKind)),
              ("county", .optional(effect.county)), ("measure", .string(effect.measure)),
              ("clause", .optional(effect.clause)), ("effect", .string(effect.kind.rawValue)),
              ("before", .string(effect.before)), ("after", .string(effect.after)),
              ("aspects", .array(effect.aspects.map { .string($0.rawValue) })), ("causes", causes(effect.causes)),
            ])
          })
      ),
      (
        "money",
        .array(
          impact.money.map { row in
            .object([
              ("by", .string(row.dimension.rawValue)), ("name", .string(row.name)), ("before", total(row.before)),
              ("after", total(row.after)),
            ])
          })
      ),
    ])
  }

  private func total(_ total: Impact.Total) -> JSONValue {
    .object([
      ("low", total.overflows ? .null : .string(total.low.description)),
      ("high", total.overflows || total.unbounded > 0 ? .null : .string(total.high.description)),
      ("grants", .integer(total.grants)), ("open", .integer(total.unbounded)),
    ])
  }
}
