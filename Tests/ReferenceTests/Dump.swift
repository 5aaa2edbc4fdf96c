import PolicyIR
import PolicyValues

extension Program {
  /// A measure and all that it rests on, short enough to read.
  func dump(_ measure: MeasureID, _ subject: Subject) -> String {
    var lines: [String] = []
    var seen: Set<String> = []
    func line(_ head: String, _ rest: @autoclosure () -> String, _ parts: [Expression]) {
      guard seen.insert(head).inserted else { return }
      lines.append("\(head) \(rest())")
      parts.forEach(follow)
    }
    func follow(_ expression: Expression) {
      switch expression.form {
      case .definition(let id, _):
        let one = definitions[id]
        line(
          "d\(id)", "choice \(one.choice.map(text) ?? "—"): " + one.bodies.map(text).joined(separator: " | "),
          one.bodies)
      case .classification(let id, _):
        let one = classifications[id]
        line("c\(id)", "of \(fields[one.field].name): \(one.sorting)", [])
      case .hole(let id):
        let one = holes[id]
        let fillings = one.fillings.map { text($0.value) + " " + span($0.period) }
        line(
          "hole\(id)",
          "[\(one.lowest.map(text) ?? "") \(one.highest.map(text) ?? "")]: " + fillings.joined(separator: " | "), [])
      case .table(let id):
        let rows = tables[id].rows.map {
          $0.tests.map { $0.map(text) ?? "—" }.joined(separator: ",") + " → " + text($0.result)
        }
        line("table\(id)", rows.joined(separator: " | "), tables[id].rows.map(\.result))
      case .tiers(let id):
        let one = tierSchedules[id]
        let tiers = one.tiers.map {
          "\($0.low?.description ?? "") ..< \($0.high?.description ?? "") \(text($0.rate))\($0.isRate ? "×" : "")"
        }
        line("tiers\(id)", "\(one.mode) of \(text(one.base)): " + tiers.joined(separator: " | "), [one.base])
      case .measureHolds(let id), .measureAmount(let id): follow(id)
      default: break
      }
      expression.children.forEach(follow)
    }
    func follow(_ id: MeasureID) {
      let one = measures[id]
      var parts = one.conditions.map(\.test)
      if let amount = one.amount { parts.append(amount.value) }
      if let test = one.object?.membership { parts.append(test) }
      line("m\(id)", describe(id), parts)
      if case .measure(let other)? = one.reference?.target { follow(other) }
    }
    follow(measure)
    return (lines + [text(subject)]).joined(separator: "\n")
  }

  private func text(_ choice: ChoiceID) -> String {
    "\(choice)" + (choices[choice].ruling.map { "(settled \($0.reading))" } ?? "")
  }

  private func describe(_ id: MeasureID) -> String {
    let measure = measures[id]
    var text =
      "of \(measure.object?.kind.index ?? -1) class \(measure.object?.membership.map(self.text) ?? "—") life \(span(measure.period))"
    if let clause = measure.origin.clause { text += " in \(span(documents[clauses[clause].document].period))" }
    for condition in measure.conditions { text += "\n  \(condition.role) \(self.text(condition.test))" }
    if let amount = measure.amount {
      text += "\n  amount \(self.text(amount.value))\(amount.discretionary ? " discretionary" : "")"
    }
    if let reference = measure.reference { text += "\n  \(reference.manner) \(reference.target)" }
    return text
  }

  private func span(_ period: Period) -> String { "\(text(period.start))…\(text(period.end))" }

  private func text(_ boundary: Period.Boundary) -> String {
    if case .date(let date) = boundary { "\(date)" } else { "" }
  }

  func text(_ subject: Subject) -> String {
    let facts = zip(kinds[subject.kind].fields, subject.facts).compactMap { field, fact -> String? in
      if fact == .missing, fields[field].finder == nil, fields[field].refersTo == nil { return nil }
      let text: String =
        switch fact {
        case .missing: "?"
        case .notKnown: "不知"
        case .notApplicable: "不适用"
        case .value(let value): self.text(value)
        case .one(let other): self.text(other)
        case .many(let members, let complete):
          "[" + members.map { self.text($0) }.joined(separator: "; ") + (complete ? "]" : " …]")
        }
      return
        "\(fields[field].name)\(fields[field].finder == nil ? "" : "(f)")\(fields[field].refersTo == nil ? "" : "(r)")=\(text)"
    }
    return "\(subject.id){" + facts.joined(separator: ", ") + "}"
  }

  private func text(_ value: Value) -> String {
    switch value {
    case .truth(let truth): "\(truth)"
    case .quantity(let number): number.description
    case .date(let date): date.description
    case .duration(let duration): duration.description
    case .text(let text): "“\(text)”"
    case .option(let index): "#\(index)"
    }
  }

  func text(_ expression: Expression) -> String {
    func list(_ word: String, _ items: [Expression]) -> String {
      "(\(word) " + items.map(text).joined(separator: " ") + ")"
    }
    switch expression.form {
    case .literal(let value): return text(value)
    case .field(let field, let depth): return fields[field].name + String(repeating: "^", count: depth)
    case .fieldOf(let owner, let field): return text(owner) + "." + fields[field].name
    case .definition(let id, let depth): return "d\(id)" + String(repeating: "^", count: depth)
    case .classification(let id, let depth): return "c\(id)" + String(repeating: "^", count: depth)
    case .hole(let id): return "hole\(id)"
    case .parameter(let id, let date): return "(p\(id) at \(text(date)))"
    case .table(let id): return "table\(id)"
    case .tiers(let id): return "tiers\(id)"
    case .measureHolds(let id): return "m\(id)"
    case .measureAmount(let id): return "amount\(id)"
    case .asOf: return "asOf"
    case .onList(let id): return "onList\(id)"
    case .dangling(let text): return "dangling“\(text)”"
    case .conjunction(let tests): return list("and", tests)
    case .disjunction(let tests): return list("or", tests)
    case .negation(let test): return list("not", [test])
    case .atLeast(let count, let tests): return list("\(count)of", tests)
    case .comparison(let comparison, let left, let right): return list("\(comparison)", [left, right])
    case .membership(let operand, let values, let open):
      return "(\(text(operand)) in \(values.map { text($0) })\(open ? "…" : ""))"
    case .arithmetic(let operation, let left, let right): return list("\(operation)", [left, right])
    case .conditional(let test, let yes, let no): return list("if", [test, yes, no])
    case .call(let builtin, let arguments): return list("\(builtin)", arguments)
    case .aggregate(let aggregate, let relation, let depth, let filter, let body):
      return
        "(\(aggregate) \(fields[relation].name)\(String(repeating: "^", count: depth)) filter \(filter.map(text) ?? "—") body \(body.map(text) ?? "—"))"
    case .rounded(let operand, let rounding): return list("\(rounding.mode) to \(rounding.unit)", [operand])
    }
  }
}
