import PolicyAnswers
import PolicyCoverage
import PolicyIR
import PolicyText
import PolicyValues

/// Mistakes in expressions.
extension MutantMaker {
  mutating func expression(_ expression: Expression, _ place: Mutant.Place) {
    let span = expression.span
    switch expression.form {
    case .literal(let value): literal(value, expression, place)
    case .comparison(let comparison, let left, let right): self.comparison(comparison, left, right, span, place)
    case .membership(let operand, let values, let isOpen): membership(operand, values, isOpen, span, place)
    case .conjunction(let parts): connective(parts, place, span, isAll: true)
    case .disjunction(let parts): connective(parts, place, span, isAll: false)
    case .negation:
      change(place, span, .conditions, "去掉“非”", "not dropped") { $0.children[0] }
    case .atLeast(let count, let parts):
      for other in [count - 1, count + 1] where other > 0 && other <= parts.count {
        change(place, span, .conditions, "至少\(count)项改为至少\(other)项", "at least \(count) becomes \(other)") {
          $0.with(.atLeast(other, $0.children))
        }
      }
    case .field, .fieldOf, .classification, .definition, .measureHolds, .onList, .dangling, .hole:
      if expression.type == .truth {
        change(place, span, .conditions, "改为非", "negated", isIdle: program.isNeverKnown(expression)) {
          Expression(.negation($0), type: .truth, span: $0.span)
        }
      }
    case .arithmetic(let operation, _, _):
      let other: Expression.Arithmetic =
        switch operation {
        case .add: .subtract
        case .subtract: .add
        case .multiply: .divide
        case .divide: .multiply
        }
      change(
        place, span, .money, "\(word(operation))改为\(word(other))", "\(operation.rawValue) becomes \(other.rawValue)"
      ) {
        $0.with(.arithmetic(other, $0.children[0], $0.children[1]))
      }
    case .conditional:
      change(place, span, .conditions, "“则”和“否则”对调", "the branches change places") {
        $0.with(.conditional($0.children[0], $0.children[2], $0.children[1]))
      }
    case .call(let builtin, let parts): call(builtin, parts, span, place)
    case .aggregate(let aggregate, let relation, let depth, let filter, let body):
      if let other = aggregate.opposite {
        change(
          place, span, .conditions, "“\(word(aggregate))”改为“\(word(other))”",
          "\(aggregate.rawValue) becomes \(other.rawValue)"
        ) { $0.with(.aggregate(other, relation: relation, depth: depth, filter: filter, body: body)) }
      }
      if filter != nil, body != nil || aggregate == .count {
        change(place, span, .conditions, "去掉“当”的条件", "where dropped") {
          $0.with(.aggregate(aggregate, relation: relation, depth: depth, filter: nil, body: body))
        }
      }
    case .rounded(_, let rounding):
      let other: RoundingMode = rounding.mode == .down ? .up : .down
      change(place, span, .money, "改变取整的方法", "another rounding") {
        $0.with(.rounded($0.children[0], Expression.Rounding(mode: other, unit: rounding.unit)))
      }
      change(place, span, .money, "去掉取整", "rounding dropped") { $0.children[0] }
    case .parameter, .table, .tiers, .measureAmount, .asOf: break
    }
    for (position, child) in expression.children.enumerated() {
      // The sides of a comparison are changed with it.
      if case .comparison = expression.form, case .literal = child.form { continue }
      self.expression(child, Mutant.Place(owner: place.owner, path: place.path + [position]))
    }
  }

  private mutating func literal(_ value: Value, _ expression: Expression, _ place: Mutant.Place) {
    for other in neighbours(value, expression.type) {
      let (from, to) = (zh.value(value, expression.type), zh.value(other, expression.type))
      change(
        place, expression.span, isMoney(place.owner) ? .money : .boundaries, "\(from)改为\(to)",
        "\(en.value(value, expression.type)) becomes \(en.value(other, expression.type))"
      ) { $0.with(.literal(other)) }
    }
  }

  /// One least unit more and less; the other truth.
  func neighbours(_ value: Value, _ type: ValueType) -> [Value] {
    switch (value, type) {
    case (.truth(let flag), _): return [.truth(!flag)]
    case (.quantity(let number), .quantity(let dimension)):
      // A rate or a plain number is changed by a hundredth.
      let unit =
        dimension.isNumber && !number.isInteger
        ? (try? Rational(numerator: 1, denominator: 100)) ?? .one
        : dimension.leastStep(at: number)
      return [try? number.subtracting(unit), try? number.adding(unit)].compactMap { $0 }.filter { !$0.isNegative }
        .map { .quantity($0) }
    case (.date(let day), _):
      return [try? day.adding(days: -1), try? day.adding(days: 1)].compactMap { $0 }.map { .date($0) }
    case (.duration(let length), _): return [length.longer, length.shorter].compactMap { $0 }.map { .duration($0) }
    default: return []
    }
  }

  private mutating func comparison(
    _ comparison: Expression.Comparison, _ left: Expression, _ right: Expression, _ span: Span, _ place: Mutant.Place
  ) {
    let other = comparison.neighbour
    change(
      place, span, .boundaries, "\(word(comparison))改为\(word(other))",
      "\(comparison.rawValue) becomes \(other.rawValue)"
    ) { $0.with(.comparison(other, $0.children[0], $0.children[1])) }
    for (position, side) in [left, right].enumerated() {
      guard case .literal(let value) = side.form else { continue }
      var others = neighbours(value, side.type)
      if case .option(let index) = value, case .option(let id) = side.type {
        others = [index - 1, index + 1].filter { program.optionTypes[id].values.indices.contains(Int($0)) }
          .map { .option($0) }
      }
      for other in others {
        change(
          place, span, .boundaries, "界值\(zh.value(value, side.type))改为\(zh.value(other, side.type))",
          "threshold \(en.value(value, side.type)) becomes \(en.value(other, side.type))"
        ) { $0.replacing([position]) { $0.with(.literal(other)) } }
      }
    }
  }

  private mutating func membership(
    _ operand: Expression, _ values: [Value], _ isOpen: Bool, _ span: Span, _ place: Mutant.Place
  ) {
    for position in values.indices where values.count > 1 {
      var rest = values
      rest.remove(at: position)
      let left = rest
      change(
        place, span, .boundaries, "列举去掉“\(zh.value(values[position], operand.type))”",
        "“\(en.value(values[position], operand.type))” dropped from the list"
      ) { $0.with(.membership($0.children[0], left, open: isOpen)) }
    }
    change(
      place, span, .boundaries, isOpen ? "列举去掉“等”" : "列举加上“等”", isOpen ? "the list is closed" : "the list is open"
    ) { $0.with(.membership($0.children[0], values, open: !isOpen)) }
    change(place, span, .conditions, "改为非", "negated") { Expression(.negation($0), type: .truth, span: $0.span) }
  }

  private mutating func connective(_ parts: [Expression], _ place: Mutant.Place, _ span: Span, isAll: Bool) {
    change(
      place, span, .conditions, isAll ? "且改为或" : "或改为且", isAll ? "and becomes or" : "or becomes and",
      isIdle: parts.allSatisfy { program.isNeverKnown($0) }
    ) {
      $0.with(isAll ? .disjunction($0.children) : .conjunction($0.children))
    }
    for position in parts.indices {
      change(
        place, span, .conditions, "去掉“\(zh.ruleText(parts[position].span))”",
        "“\(en.ruleText(parts[position].span))” dropped"
      ) { whole in
        var rest = whole.children
        rest.remove(at: position)
        if rest.count == 1 { return rest[0] }
        return whole.with(isAll ? .conjunction(rest) : .disjunction(rest))
      }
    }
  }

  private mutating func call(_ builtin: Builtin, _ parts: [Expression], _ span: Span, _ place: Mutant.Place) {
    guard builtin == .least || builtin == .greatest else { return }
    let other: Builtin = builtin == .least ? .greatest : .least
    change(
      place, span, .money, "\(word(builtin))改为\(word(other))", "\(builtin.rawValue) becomes \(other.rawValue)"
    ) { $0.with(.call(other, $0.children)) }
    for position in parts.indices where parts.count == 2 {
      change(
        place, span, .money, "去掉“\(zh.ruleText(parts[position].span))”",
        "“\(en.ruleText(parts[position].span))” dropped"
      ) {
        $0.children[1 - position]
      }
    }
  }

  // MARK: Words

  private func word(_ comparison: Expression.Comparison) -> String {
    switch comparison {
    case .equal: "等于"
    case .notEqual: "不等于"
    case .less: "小于（早于）"
    case .lessOrEqual: "不大于（不晚于）"
    case .greater: "大于（晚于）"
    case .greaterOrEqual: "不小于（不早于）"
    }
  }

  private func word(_ operation: Expression.Arithmetic) -> String {
    switch operation {
    case .add: "加"
    case .subtract: "减"
    case .multiply: "乘"
    case .divide: "除"
    }
  }

  private func word(_ builtin: Builtin) -> String { builtin == .least ? "取小" : "取大" }

  private func word(_ aggregate: Expression.Aggregate) -> String {
    switch aggregate {
    case .any: "任一"
    case .all: "全部"
    case .sum: "合计"
    case .count: "计数"
    case .greatest: "最大"
    case .least: "最小"
    }
  }
}

extension Expression {
  func with(_ form: Form) -> Expression { Expression(form, type: type, span: span) }
}

extension Expression.Comparison {
  /// The comparison that differs from it only on the threshold.
  fileprivate var neighbour: Expression.Comparison {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .less: .lessOrEqual
    case .lessOrEqual: .less
    case .greater: .greaterOrEqual
    case .greaterOrEqual: .greater
    }
  }
}

extension Expression.Aggregate {
  fileprivate var opposite: Expression.Aggregate? {
    switch self {
    case .any: .all
    case .all: .any
    case .greatest: .least
    case .least: .greatest
    case .sum, .count: nil
    }
  }
}

extension Duration {
  /// One more of its own least unit.
  fileprivate var longer: Duration? { changed(by: 1) }
  /// One less; nil where nothing would be left.
  fileprivate var shorter: Duration? { changed(by: -1).flatMap { $0.isZero ? nil : $0 } }

  private func changed(by step: Int32) -> Duration? {
    if workingDays != 0 { return Duration(months: months, days: days, workingDays: workingDays + step) }
    if days != 0 { return Duration(months: months, days: days + step, workingDays: workingDays) }
    return Duration(months: months + step, days: days, workingDays: workingDays)
  }
}
