import PolicyDiagnostics
import PolicyIR
import PolicySyntax
import PolicyText
import PolicyValues

extension Checker {
  /// The most combinations of a table's inputs that are tried.
  private static let combinationLimit = 20_000

  /// Looks at a table once the measures that use it are known.
  func analyseTable(_ index: Int) {
    guard blocks[index].index >= 0 else { return }
    let id = TableID(blocks[index].index)
    guard let inputs = tableInputs[id] else { return }
    analyse(program.tables[id], inputs, excluding: conditions(around: id))
  }

  /// For each measure whose amount comes from a table, its conditions, with whether each must fail; a combination that
  /// every one of them excludes needs no row.
  private func conditions(around table: TableID) -> [[(test: Expression, fails: Bool)]] {
    program.measures.filter { $0.amount.map { uses(table, $0.value) } ?? false }.map { measure in
      measure.conditions.map { ($0.test, $0.role == .exception || $0.role == .precedence) }
    }
  }

  private func uses(_ table: TableID, _ expression: Expression) -> Bool {
    switch expression.form {
    case .table(table): true
    case .definition(let id, _): program.definitions[id].bodies.contains { uses(table, $0) }
    default: expression.children.contains { uses(table, $0) }
    }
  }

  /// Whether a test holds where the columns have these values; nil where it depends on more.
  private func holds(_ test: Expression, _ inputs: [Expression], _ point: [Value]) -> Bool? {
    func value(_ expression: Expression) -> Value? {
      inputs.firstIndex { $0.form == expression.form }.map { point[$0] }
    }
    switch test.form {
    case .conjunction(let tests):
      let results = tests.map { holds($0, inputs, point) }
      return results.contains(false) ? false : results.contains(nil) ? nil : true
    case .disjunction(let tests):
      let results = tests.map { holds($0, inputs, point) }
      return results.contains(true) ? true : results.contains(nil) ? nil : false
    case .negation(let inner): return holds(inner, inputs, point).map { !$0 }
    case .comparison(let relation, let left, let right):
      guard let one = value(left), case .literal(let other) = right.form else { return nil }
      return compare(relation, one, other)
    case .membership(let operand, let values, open: false): return value(operand).map { values.contains($0) }
    default:
      guard case .truth(let truth)? = value(test) else { return nil }
      return truth
    }
  }

  /// Gaps, overlaps with different results, and rows that never apply, found by trying every combination of the values
  /// that the table tells apart; nothing is said of a table that tests anything but its columns' values.
  private func analyse(
    _ table: DecisionTable, _ inputs: [Expression], excluding users: [[(test: Expression, fails: Bool)]]
  ) {
    guard !table.rows.isEmpty, table.rows.allSatisfy({ $0.tests.count == inputs.count }) else { return }
    let samples = inputs.indices.map { column in
      self.samples(of: inputs[column], in: table.rows.compactMap { $0.tests[column] })
    }
    guard samples.allSatisfy({ !$0.isEmpty }),
      samples.reduce(1, { $0 > Checker.combinationLimit ? $0 : $0 * $1.count }) <= Checker.combinationLimit
    else { return }
    var hits = Array(repeating: 0, count: table.rows.count)
    var gap: [Value]?
    var overlaps: Set<[Int]> = []
    eachCombination(samples) { point in
      var fitting: [Int] = []
      for (index, row) in table.rows.enumerated() {
        var fits = true
        for (test, value) in zip(row.tests, point) {
          guard let test else { continue }
          guard let result = holds(test, value) else { return false }
          if !result {
            fits = false
            break
          }
        }
        if fits { fitting.append(index) }
      }
      for index in fitting { hits[index] += 1 }
      if fitting.isEmpty, gap == nil {
        let isExcluded =
          !users.isEmpty
          && users.allSatisfy { conditions in conditions.contains { holds($0.test, inputs, point) == $0.fails } }
        if !isExcluded { gap = point }
      }
      if fitting.count > 1, Set(fitting.map { table.rows[$0].result.form }).count > 1 {
        overlaps.insert(Array(fitting.prefix(2)))
      }
      return true
    }
    report(table, inputs, gap, overlaps, hits)
  }

  private func report(
    _ table: DecisionTable, _ inputs: [Expression], _ gap: [Value]?, _ overlaps: Set<[Int]>, _ hits: [Int]
  ) {
    if let gap {
      let point = zip(zip(table.columns, inputs), gap).map { head, value in
        "\(head.0) \(shown(value, head.1.type))"
      }.joined(separator: "，")
      remark(
        .tableGap, table.origin.span, "标准表“\(table.name)”没有适用于“\(point)”的一行",
        "no row of the table “\(table.name)” applies to “\(point)”",
        help: [
          Bilingual(
            zh: "原文确实没有规定的，不必补；查询时会说明没有适用的一行",
            en: "leave it where the text has no rule; answers will say that no row applies")
        ])
    }
    for pair in overlaps.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      remark(
        .overlap, table.rows[pair[1]].span, "这一行与前面的一行有重叠，结果不同", "this row overlaps an earlier one with another result",
        related: [
          .init(span: table.rows[pair[0]].span, message: Bilingual(zh: "前面的一行", en: "the earlier row"))
        ])
    }
    for (index, count) in hits.enumerated() where count == 0 {
      remark(.maskedRow, table.rows[index].span, "这一行从不适用", "this row never applies")
    }
  }

  private func shown(_ value: Value, _ type: ValueType) -> String {
    switch (value, type) {
    case (.truth(let truth), _): truth ? "是" : "否"
    case (.quantity(let number), .quantity(let dimension)): QuantityFormat.chinese(number, dimension)
    case (.date(let date), _): date.chineseDescription
    case (.option(let index), .option(let id)): program.optionTypes[id].values[Int(index)].name
    default: "…"
    }
  }

  private func eachCombination(_ samples: [[Value]], _ body: ([Value]) -> Bool) {
    var indices = Array(repeating: 0, count: samples.count)
    while true {
      if !body(zip(samples, indices).map { $0[$1] }) { return }
      var column = 0
      while column < indices.count {
        indices[column] += 1
        if indices[column] < samples[column].count { break }
        indices[column] = 0
        column += 1
      }
      if column == indices.count { return }
    }
  }

  /// Values that lie on, below and above everything that a column compares with; all values of an option.
  private func samples(of input: Expression, in tests: [Expression]) -> [Value] {
    switch input.type {
    case .truth: return [.truth(true), .truth(false)]
    case .option(let id):
      return program.optionTypes[id].values.indices.map { .option(Int32($0)) }
    case .quantity:
      var bounds: Set<Rational> = []
      for test in tests { collect(test) { if case .quantity(let value) = $0 { bounds.insert(value) } } }
      let sorted = bounds.sorted()
      guard let first = sorted.first, let last = sorted.last else { return [.quantity(.zero)] }
      var values: [Rational] = first > .zero ? [.zero] : []
      for (index, bound) in sorted.enumerated() {
        values.append(bound)
        if index + 1 < sorted.count, let sum = try? bound.adding(sorted[index + 1]),
          let middle = try? sum.divided(by: 2)
        {
          values.append(middle)
        }
      }
      if let beyond = try? last.adding(1) { values.append(beyond) }
      return values.map { .quantity($0) }
    case .date:
      var days: Set<CivilDate> = []
      for test in tests {
        collect(test) {
          guard case .date(let day) = $0 else { return }
          for step in -1...1 { if let near = try? day.adding(days: step) { days.insert(near) } }
        }
      }
      return days.sorted().map { .date($0) }
    default: return []
    }
  }

  private func collect(_ test: Expression, _ body: (Value) -> Void) {
    if case .literal(let value) = test.form { body(value) }
    if case .membership(_, let values, _) = test.form { values.forEach(body) }
    for child in test.children { collect(child, body) }
  }

  /// Whether a column's test holds for a value; nil where it tests something else too.
  private func holds(_ test: Expression, _ value: Value) -> Bool? {
    switch test.form {
    case .comparison(let relation, _, let bound):
      guard case .literal(let other) = bound.form else { return nil }
      return compare(relation, value, other)
    case .membership(_, let values, let open): return open ? nil : values.contains(value)
    case .conjunction(let tests):
      var all = true
      for test in tests {
        guard let result = holds(test, value) else { return nil }
        all = all && result
      }
      return all
    case .disjunction(let tests):
      var any = false
      for test in tests {
        guard let result = holds(test, value) else { return nil }
        any = any || result
      }
      return any
    case .negation(let inner): return holds(inner, value).map { !$0 }
    default:
      // A yes/no column's own value.
      if case .truth(let truth) = value { return truth }
      return nil
    }
  }

  private func compare(_ relation: Expression.Comparison, _ one: Value, _ two: Value) -> Bool? {
    let order: Int
    switch (one, two) {
    case (.quantity(let a), .quantity(let b)): order = a < b ? -1 : a == b ? 0 : 1
    case (.date(let a), .date(let b)): order = a < b ? -1 : a == b ? 0 : 1
    case (.option(let a), .option(let b)): order = a < b ? -1 : a == b ? 0 : 1
    default: return nil
    }
    switch relation {
    case .equal: return order == 0
    case .notEqual: return order != 0
    case .less: return order < 0
    case .lessOrEqual: return order <= 0
    case .greater: return order > 0
    case .greaterOrEqual: return order >= 0
    }
  }
}
