import PolicyEvaluation
import PolicyIR
import PolicyPlans
import PolicyValues

/// Puts the steps of a query together: facts, what is computed from them, and one block of answers a measure.
struct QueryAssembly {
  var writer: SQLWriter
  let options: SQLOptions
  let words: SQLWords
  let faults: String
  private(set) var blocks: [String] = []
  var dialect: SQLDialect { options.dialect }
  var program: Program { writer.compiler.program }

  init(_ writer: SQLWriter, _ options: SQLOptions, _ words: SQLWords) {
    self.writer = writer
    self.options = options
    self.words = words
    var names = [options.id]
    for field in writer.compiler.program.kinds[writer.compiler.planner.kind].fields {
      let name = writer.compiler.program.fields[field].name
      names += options.hasStates ? [name, name + "_不适用", name + "_不知"] : [name]
    }
    self.writer.reserve(names)
    faults = self.writer.unique(words.say("有误", "faults"))
  }

  /// What the table is called where its cells are read first.
  var imported: String { words.say("原表", "cells") }

  /// The columns of the table that are read.
  var columns: [SQLColumn] { writer.slots.sorted().compactMap { writer.column($0) } }

  // MARK: Answers

  /// Adds the answers of a measure.
  mutating func add(_ plan: MeasurePlan) -> SQLQuery.Measure {
    let name = program.measures[plan.id].name
    var measure = SQLQuery.Measure(id: plan.id, label: writer.unique(name, suffix: words.say("_结论", "_answer")))
    var comments = words.measure(plan.id)
    var answers: [(sql: String, name: String)] = []
    if plan.readings.isEmpty {
      let label: Label = plan.period == .notYet ? .notYet : .expired
      answers.append((dialect.literal(words.label(label)), measure.label))
    } else {
      let state = writer.state(of: plan, named: name)
      measure.readings = plan.readings.map(\.chosen)
      let (reasons, mask) = writer.mask(of: plan, state: state, named: name)
      measure.reasons = reasons
      if let mask {
        measure.mask = writer.unique(name, suffix: words.say("_原因", "_reasons"))
        comments += reasons.enumerated().map {
          "\(words.say("原因", "reason ")) \(1 << Int64($0.0))：\(words.reason($0.1))"
        }
        answers.append((mask.sql, measure.mask ?? ""))
      }
      let amount = writer.amount(of: plan, state: state)
      answers.insert((label(plan, state, mask, reasons, amount), measure.label), at: 0)
      if let amount, let value = amount.value {
        let type = plan.amount?.type ?? .money
        measure.parts = amount.parts
        measure.isAtMost = amount.isAtMost
        let column = writer.unique(name, suffix: "_" + amountName(type, amount))
        measure.amount = column
        answers.append((value.sql, column))
      }
      if plan.readings.count > 1 {
        let split = writer.unique(name, suffix: words.say("_读法", "_readings"))
        measure.split = split
        comments += plan.readings.enumerated().map { place, reading in
          words.say("读法第\(place + 1)位：", "reading \(place + 1): ")
            + reading.chosen.map { words.choice($0.choice, $0.reading) }.joined(separator: words.say("，", ", "))
        }
        let same = ["Y", "N", "U", "X"].map { "'" + String(repeating: $0, count: plan.readings.count) + "'" }
        answers.append(("CASE WHEN \(state.sql) NOT IN (\(same.joined(separator: ", "))) THEN \(state.sql) END", split))
      }
    }
    let lines = answers.map {
      "CASE WHEN \(dialect.quoted(faults)) IS NULL THEN \($0.sql) END AS \(dialect.quoted($0.name))"
    }
    blocks.append(
      comments.map { "  -- " + comment($0) + "\n" }.joined() + lines.map { "  " + $0 }.joined(separator: ",\n"))
    return measure
  }

  private func amountName(_ type: ValueType, _ amount: MeasureAmount) -> String {
    let dimension: Dimension = if case .quantity(let dimension) = type { dimension } else { .money }
    let word =
      type == .money
      ? amount.isAtMost ? words.say("金额至多", "amount_at_most") : words.say("金额", "amount")
      : amount.isAtMost ? words.say("数额至多", "quantity_at_most") : words.say("数额", "quantity")
    return "\(word)_\(SQLColumn.unit(dimension, parts: amount.parts))"
  }

  /// The label of a measure: the word that every answer has.
  private func label(
    _ plan: MeasurePlan, _ state: Piece, _ mask: Piece?, _ reasons: [Reason], _ amount: MeasureAmount?
  ) -> String {
    func all(_ letter: String) -> String { "'" + String(repeating: letter, count: plan.readings.count) + "'" }
    func word(_ label: Label) -> String { dialect.literal(words.label(label)) }
    let weakest = program.measures[plan.id].force.map(\.strength).max()
    let yes: String
    if let amount, (weakest ?? .goal) == .entitlement {
      let open = plan.amount?.type == .money ? Label.amountOpen : .quantityOpen
      yes =
        switch amount.isOpen {
        case .no: word(.entitled)
        case .yes: word(open)
        case .when(let piece): "CASE WHEN \(piece.sql) THEN \(word(open)) ELSE \(word(.entitled)) END"
        }
    } else {
      yes = word(Label.granted(weakest))
    }
    var lines = [
      "CASE \(state.sql) WHEN \(all("Y")) THEN \(yes)", "WHEN \(all("N")) THEN \(word(.no))",
      "WHEN \(all("X")) THEN \(word(.notApplicable))",
    ]
    if let mask {
      var open = ""
      for label in Label.allCases {
        let bits = reasons.indices.filter { reasons[$0].label == label }.reduce(Int64(0)) { $0 | 1 << Int64($1) }
        if bits == 0 { continue }
        open += " WHEN (\(mask.sql) & \(bits)) <> 0 THEN \(word(label))"
      }
      lines.append("WHEN \(all("U")) THEN CASE\(open) ELSE \(word(.notComputable)) END")
    }
    return lines.joined(separator: " ") + (plan.readings.count > 1 ? " ELSE \(word(.disputed)) END" : " END")
  }

  // MARK: Text

  private func comment(_ text: String) -> String {
    // A comment ends with its line.
    String(text.map { $0.isNewline ? " " : $0 })
  }

  /// The whole query.
  func text(refusals: [(measure: MeasureID, why: Refusal)]) -> String {
    let compiler = writer.compiler
    var head = [
      words.say(
        "查询日期：\(compiler.planner.asOf.isoDescription)；主体：\(program.kinds[compiler.planner.kind].name)；方言：\(dialect.rawValue)",
        "as of \(compiler.planner.asOf.isoDescription); subjects: \(program.kinds[compiler.planner.kind].name); dialect: \(dialect.rawValue)"
      ),
      words.say(
        "NULL 是没有给出。“\(faults)”不是 NULL 的行有读不出的事实，不作回答。",
        "NULL is not given. A row whose “\(faults)” isn't NULL has facts that can't be read, and is not answered."),
      words.say(
        "原因是各位之和；读法一位一种：Y 符合，N 不符合，U 待定，X 不适用，各读法相同时为 NULL。",
        "Reasons are a sum of bits; readings are a letter each: Y eligible, N not eligible, U open, X not applicable; NULL where all agree."
      ),
    ]
    head += refusals.map { words.say("未编译：", "not compiled: ") + words.refusal($0.measure, $0.why) }
    var text = head.map { "-- " + comment($0) + "\n" }.joined()
    if let view = options.view { text += "CREATE VIEW \(dialect.path(view)) AS\n" }
    let stepName = words.say("步骤", "step_")
    text += "WITH "
    if let importedQuery { text += "\(dialect.quoted(imported)) AS (\n\(importedQuery)\(dialect.barrier)),\n" }
    text += "\(dialect.quoted(words.say("事实", "facts"))) AS (\n\(factsQuery)\(dialect.barrier))"
    var previous = words.say("事实", "facts")
    let kept = keptNames
    for (number, stage) in writer.stages.enumerated() {
      let name = stepName + "\(number + 1)"
      let columns = kept[number].map { dialect.quoted($0) }.joined(separator: ", ")
      text += ",\n\(dialect.quoted(name)) AS (\n  SELECT \(columns)"
      for entry in stage { text += ",\n    \(entry.sql) AS \(dialect.quoted(entry.name))" }
      text += "\n  FROM \(dialect.quoted(previous))\(dialect.barrier))"
      previous = name
    }
    text += "\nSELECT \(dialect.quoted(options.id)), \(dialect.quoted(faults))"
    for block in blocks { text += ",\n" + block }
    return text + "\nFROM \(dialect.quoted(previous));\n"
  }
}

extension Label {
  /// The label of a yes that is no entitlement with an amount.
  static func granted(_ weakest: Force?) -> Label {
    switch weakest ?? .goal {
    case .entitlement: .entitled
    case .procedure: .mayApply
    case .permission: .atDiscretion
    case .obligation, .prohibition: .duty
    case .encouragement: .advocated
    case .priority: .prioritised
    case .trial: .piloted
    case .delegation, .goal: .noClaim
    }
  }
}
