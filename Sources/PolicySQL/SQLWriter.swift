import PolicyIR
import PolicyPlans
import PolicyValues

/// Turns steps into pieces of SQL. What has a name, is used twice or is long becomes a column of one of the query's steps.
struct SQLWriter {
  let compiler: SQLCompiler
  let dialect: SQLDialect
  /// Whether the table has columns for 不知 and 不适用.
  let hasStates: Bool
  /// The columns of each step, from the first on behind the facts.
  var stages: [[(name: String, sql: String)]] = []
  private(set) var slots: Set<Int> = []
  private var taken: Set<String> = []
  private var truthPieces: [Int32: Piece] = [:]
  var valueTexts: [Int32: ValueText] = [:]
  var whyTruths: [Int32: [Int32: Piece]] = [:]
  var whyValues: [Int32: [Int32: Piece]] = [:]
  private var uses: [StepID: Int] = [:]

  init(_ compiler: SQLCompiler, plans: [MeasurePlan], hasStates: Bool) {
    self.compiler = compiler
    dialect = compiler.dialect
    self.hasStates = hasStates
    for plan in plans where plan.refusal == nil {
      for reading in plan.readings {
        if reading.object >= 0 { count(.truth(reading.object)) }
        count(.truth(reading.conditions))
        if reading.amount >= 0 { count(.value(reading.amount)) }
      }
    }
  }

  /// Counts the uses of a step, and those of its operands once.
  private mutating func count(_ step: StepID) {
    uses[step, default: 0] += 1
    if uses[step] != 1 { return }
    switch step {
    case .truth(let number): for operand in compiler.planner.truths[Int(number)].operands { count(operand) }
    case .value(let number): for operand in compiler.planner.values[Int(number)].operands { count(operand) }
    }
  }

  // MARK: Names

  /// A name that nothing else has, as short as the dialect needs it.
  mutating func unique(_ name: String, suffix: String = "") -> String {
    var text = name
    var number = 1
    while true {
      let end = (number == 1 ? "" : "_\(number)") + suffix
      while (text + end).utf8.count > dialect.longestName, !text.isEmpty { text.removeLast() }
      if taken.insert((text + end).lowercased()).inserted { return text + end }
      number += 1
    }
  }

  /// A column of its own for a piece.
  mutating func column(_ piece: Piece, named name: String) -> Piece {
    let name = unique(name)
    while stages.count <= piece.level { stages.append([]) }
    stages[piece.level].append((name, piece.sql))
    return .atom(dialect.quoted(name), piece.level + 1)
  }

  // MARK: Facts

  /// The column of facts of a slot.
  func column(_ slot: Int) -> SQLColumn? { SQLColumn(compiler.field(slot), in: compiler.program) }

  /// A fact; NULL where it is not known or 不适用.
  mutating func fact(_ slot: Int) -> Piece {
    slots.insert(slot)
    return .atom(dialect.quoted(compiler.program.fields[compiler.field(slot)].name))
  }

  /// Whether a fact is 不适用.
  mutating func absent(_ slot: Int) -> Flag {
    slots.insert(slot)
    return hasStates
      ? .when(.atom(dialect.quoted(compiler.program.fields[compiler.field(slot)].name + "_不适用"))) : .no
  }

  /// Reserves the names of the facts that the query has.
  mutating func reserve(_ names: [String]) { for name in names { taken.insert(name.lowercased()) } }

  /// Whether a fact was asked for and is not known.
  func notKnown(_ slot: Int) -> Piece {
    .atom(dialect.quoted(compiler.program.fields[compiler.field(slot)].name + "_不知"))
  }

  // MARK: Truths

  /// A truth as SQL.
  mutating func truth(_ number: Int32) -> Piece {
    if let known = truthPieces[number] { return known }
    let step = compiler.planner.truths[Int(number)]
    var piece = piece(of: step)
    let name = compiler.planner.names[.truth(number)]
    let isLeaf = step.operands.isEmpty
    if case .constant = step {
    } else if name != nil || !isLeaf && (uses[.truth(number), default: 0] > 1 || piece.sql.utf8.count > 160) {
      piece = column(piece, named: name ?? "式")
    }
    truthPieces[number] = piece
    return piece
  }

  private mutating func piece(of step: TruthStep) -> Piece {
    switch step {
    case .constant(let truth, _):
      return .atom(truth.map { $0 ? "TRUE" : "FALSE" } ?? "CAST(NULL AS \(dialect == .sqlite ? "INTEGER" : "BOOLEAN"))")
    case .field(let slot): return present(fact(slot), absent(slot))
    case .option(let slot, let yes, let open, _): return option(slot, yes, open)
    case .quantity(let slot, let comparison, let number, let settled):
      return quantity(slot, comparison, number, settled)
    case .date(let slot, let comparison, let date):
      return present(Piece(sql: "\(fact(slot).sql) \(comparison.sign) \(dialect.literal(date))"), absent(slot))
    case .dates(let one, let comparison, let two):
      return present(
        Piece(sql: "\(fact(one).sql) \(comparison.sign) \(fact(two).sql)"), .any([absent(one), absent(two)]))
    case .values(let one, let comparison, let two): return compare(one, comparison, two)
    case .all(let operands): return joined(operands.map { truth($0) }, by: "AND")
    case .any(let operands): return operands.isEmpty ? .no : joined(operands.map { truth($0) }, by: "OR")
    case .negation(let operand):
      let inner = truth(operand)
      return Piece(sql: "NOT \(inner.operand)", level: inner.level)
    case .atLeast(let least, let operands): return atLeast(least, operands)
    case .choose(let test, let then, let otherwise):
      let (a, b, c) = (truth(test), truth(then), truth(otherwise))
      return Piece(
        sql:
          "CASE WHEN \(a.sql) THEN \(b.sql) WHEN NOT \(a.operand) THEN \(c.sql) WHEN \(b.operand) AND \(c.operand) THEN TRUE "
          + "WHEN NOT \(b.operand) AND NOT \(c.operand) THEN FALSE END",
        level: max(a.level, b.level, c.level))
    case .holds(let object, let conditions):
      let (a, b) = (truth(object), truth(conditions))
      return Piece(
        sql: "CASE WHEN \(a.sql) THEN \(b.sql) WHEN NOT \(a.operand) THEN FALSE END", level: max(a.level, b.level))
    }
  }

  /// A test of a fact, no where that is 不适用.
  private func present(_ piece: Piece, _ absent: Flag) -> Piece {
    guard case .when(let flag) = absent else { return piece }
    return joined([piece, Piece(sql: "NOT \(flag.operand)", level: flag.level)], by: "AND")
  }

  private mutating func option(_ slot: Int, _ yes: [Int32], _ open: [Int32]) -> Piece {
    guard let column = column(slot), case .option(let values) = column.form else { return .no }
    let fact = fact(slot).sql
    func test(_ places: [Int32]) -> String? {
      let texts = places.filter { values.indices.contains(Int($0)) }.map { dialect.literal(values[Int($0)]) }
      return texts.isEmpty
        ? nil : texts.count == 1 ? "\(fact) = \(texts[0])" : "\(fact) IN (\(texts.joined(separator: ", ")))"
    }
    let sql: String
    if yes.count + open.count == values.count, !open.isEmpty {
      sql = test(yes).map { "CASE WHEN \($0) THEN TRUE END" } ?? "CAST(NULL AS \(dialect.truth))"
    } else if let openTest = test(open) {
      sql = "CASE WHEN NOT (\(openTest)) THEN \(test(yes) ?? "FALSE") END"
    } else if let yesTest = test(yes) {
      sql = yesTest
    } else {
      sql = "CASE WHEN \(fact) IS NOT NULL THEN FALSE END"
    }
    return present(Piece(sql: sql), absent(slot))
  }

  /// A fact against a fixed number, in units of its column.
  private mutating func quantity(
    _ slot: Int, _ comparison: Expression.Comparison, _ number: Rational, _ settled: Bool
  ) -> Piece {
    guard let column = column(slot), case .quantity(let parts, let greatest) = column.form else { return .no }
    let (fact, absent) = (fact(slot).sql, absent(slot))
    guard let scaled = try? number.scaled(by: parts) else { return .no }
    let test = whole(fact, comparison, scaled, greatest)
    return present(Piece(sql: settled ? "COALESCE(\(test), FALSE)" : test), absent)
  }

  /// A column of whole numbers against any number; one beyond what a cell may have is as good as the next beyond it.
  private func whole(_ fact: String, _ comparison: Expression.Comparison, _ number: Rational, _ greatest: Int128)
    -> String
  {
    let floor = min(max(number.floor, -1), greatest + 1)
    if number.isInteger { return "\(fact) \(comparison.sign) \(floor)" }
    return switch comparison {
    case .equal: "CASE WHEN \(fact) IS NOT NULL THEN FALSE END"
    case .notEqual: "CASE WHEN \(fact) IS NOT NULL THEN TRUE END"
    case .less, .lessOrEqual: "\(fact) <= \(floor)"
    case .greater, .greaterOrEqual: "\(fact) > \(floor)"
    }
  }

  private mutating func atLeast(_ least: Int, _ operands: [Int32]) -> Piece {
    if least <= 0 { return .yes }
    if least > operands.count { return .no }
    let pieces = operands.map { truth($0) }
    let sure = joined(pieces.map { Piece(sql: "CASE WHEN \($0.sql) THEN 1 ELSE 0 END", level: $0.level) }, by: "+")
    let possible = joined(
      pieces.map { Piece(sql: "CASE WHEN NOT \($0.operand) THEN 0 ELSE 1 END", level: $0.level) }, by: "+")
    return Piece(
      sql: "CASE WHEN \(sure.operand) >= \(least) THEN TRUE WHEN \(possible.operand) < \(least) THEN FALSE END",
      level: sure.level)
  }
}
