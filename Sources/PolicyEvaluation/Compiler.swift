import PolicyIR
import PolicyValues

/// Turns expressions into nodes.
struct Compiler {
  let program: Program
  var nodes: [Node] = []
  var operands: [Int32] = []
  var constants: [Cell] = []
  var texts: [String] = []
  var expressions: [Expression] = []
  /// For each node, whether it is a list whose members only add.
  var listsOnlyAdd: [Bool] = []
  var definitionsThatAdd: [DefinitionID: Bool] = [:]
  var memoCount = 0
  /// For each node the first node that means the same.
  private var canonical: [Int32] = []
  private var known: [Key: Int32] = [:]
  private var constantNumbers: [Value: Int32] = [:]
  private var textNumbers: [String: Int32] = [:]
  private var uses: [Int32] = []

  init(program: Program) { self.program = program }

  /// What makes two nodes mean the same: their parts without their places.
  private struct Key: Hashable {
    var operation: UInt8
    var detail: UInt8
    var depth: UInt8
    var parts: [Int32]
  }

  mutating func optional(_ expression: Expression?) -> Int32 {
    guard let expression else { return -1 }
    return node(expression)
  }

  mutating func intern(_ text: String) -> Int32 {
    if let known = textNumbers[text] { return known }
    texts.append(text)
    textNumbers[text] = Int32(texts.count - 1)
    return Int32(texts.count - 1)
  }

  mutating func cell(_ value: Value) -> Cell {
    switch value {
    case .truth(let flag): .option(flag ? 1 : 0)
    case .quantity(let number): .quantity(number)
    case .date(let date): .date(date)
    case .duration(let duration): .duration(duration)
    case .text(let text): .text(intern(text))
    case .option(let index): .option(index)
    }
  }

  private mutating func constant(_ value: Value) -> Int32 {
    if let known = constantNumbers[value] { return known }
    constants.append(cell(value))
    constantNumbers[value] = Int32(constants.count - 1)
    return Int32(constants.count - 1)
  }

  private mutating func list(_ items: [Int32]) -> Int32 {
    operands.append(contentsOf: items)
    return Int32(operands.count - items.count)
  }

  /// Compiles one expression with its operands and returns its node.
  mutating func node(_ expression: Expression) -> Int32 {
    var node = Node(.malformed, isTruth: expression.type == .truth)
    var parts: [Int32] = []
    var addsOnly = false
    switch expression.form {
    case .literal(let value):
      node.operation = .literal
      node.a = constant(value)
      parts = [node.a]
    case .field(let field, let depth):
      guard has(program.fields, field.index) else { break }
      node.operation = .field
      node.a = field.rawValue
      node.depth = UInt8(clamping: depth)
      parts = [node.a]
    case .fieldOf(let owner, let field):
      guard has(program.fields, field.index) else { break }
      node.operation = .fieldOf
      node.a = field.rawValue
      node.b = self.node(owner)
      parts = [node.a, canonical[Int(node.b)]]
    case .definition(let definition, let depth):
      guard has(program.definitions, definition.index) else { break }
      node.operation = .definition
      node.a = definition.rawValue
      node.depth = UInt8(clamping: depth)
      parts = [node.a]
    case .classification(let classification, let depth):
      guard has(program.classifications, classification.index),
        has(program.fields, program.classifications[classification].field.index)
      else { break }
      node.operation = .classification
      node.a = classification.rawValue
      node.depth = UInt8(clamping: depth)
      parts = [node.a]
    case .hole(let hole):
      guard has(program.holes, hole.index) else { break }
      node.operation = .hole
      node.a = hole.rawValue
      parts = [node.a]
    case .parameter(let parameter, let at):
      guard has(program.parameters, parameter.index) else { break }
      node.operation = .parameter
      node.a = parameter.rawValue
      node.b = self.node(at)
      parts = [node.a, canonical[Int(node.b)]]
    case .table(let table):
      guard has(program.tables, table.index) else { break }
      node.operation = .table
      node.a = table.rawValue
      parts = [node.a]
    case .tiers(let schedule):
      guard has(program.tierSchedules, schedule.index) else { break }
      node.operation = .tiers
      node.a = schedule.rawValue
      parts = [node.a]
    case .measureHolds(let measure), .measureAmount(let measure):
      guard has(program.measures, measure.index) else { break }
      if case .measureHolds = expression.form {
        node.operation = .measureHolds
      } else {
        node.operation = .measureAmount
      }
      node.a = measure.rawValue
      parts = [node.a]
    case .asOf:
      node.operation = .asOf
    case .onList(let list):
      guard has(program.nameLists, list.index) else { break }
      node.operation = .onList
      node.a = list.rawValue
      parts = [node.a]
    case .dangling(let text):
      node.operation = .dangling
      node.a = intern(text)
      parts = [node.a]
    case .conjunction(let items), .disjunction(let items), .atLeast(_, let items), .call(_, let items):
      let compiled = items.map { self.node($0) }
      node.a = list(compiled)
      node.b = Int32(compiled.count)
      parts = compiled.map { canonical[Int($0)] }
      switch expression.form {
      case .conjunction: node.operation = .conjunction
      case .disjunction: node.operation = .disjunction
      case .atLeast(let count, _):
        node.operation = .atLeast
        node.c = Int32(clamping: count)
        parts.append(node.c)
      case .call(let builtin, _):
        node.operation = .call
        node.detail = position(builtin)
      default: break
      }
    case .negation(let operand):
      node.operation = .negation
      node.a = self.node(operand)
      parts = [canonical[Int(node.a)]]
    case .comparison(let comparison, let left, let right):
      node.operation = .comparison
      node.detail = position(comparison)
      node.a = self.node(left)
      node.b = self.node(right)
      if case .option(let option) = left.type, has(program.optionTypes, option.index) { node.c = option.rawValue }
      parts = [canonical[Int(node.a)], canonical[Int(node.b)], node.c]
    case .membership(let operand, let values, let open):
      node.operation = .membership
      node.detail = open ? 1 : 0
      node.a = self.node(operand)
      let compiled = values.map { constant($0) }
      node.b = list(compiled)
      node.c = Int32(compiled.count)
      // An open list is named by its place in a reason, so two places are two meanings.
      parts = [canonical[Int(node.a)]] + compiled + (open ? [Int32(expressions.count)] : [])
    case .arithmetic(let arithmetic, let left, let right):
      node.operation = .arithmetic
      node.detail = position(arithmetic)
      node.a = self.node(left)
      node.b = self.node(right)
      parts = [canonical[Int(node.a)], canonical[Int(node.b)]]
    case .conditional(let test, let then, let otherwise):
      node.operation = .conditional
      node.a = self.node(test)
      node.b = self.node(then)
      node.c = self.node(otherwise)
      parts = [canonical[Int(node.a)], canonical[Int(node.b)], canonical[Int(node.c)]]
    case .aggregate(let aggregate, let relation, let depth, let filter, let body):
      guard has(program.fields, relation.index) else { break }
      node.operation = .aggregate
      node.detail = position(aggregate)
      node.depth = UInt8(clamping: depth)
      node.a = relation.rawValue
      node.b = optional(filter)
      node.c = optional(body)
      parts = [node.a, node.b < 0 ? -1 : canonical[Int(node.b)], node.c < 0 ? -1 : canonical[Int(node.c)]]
      addsOnly = aggregate == .count || body.map { onlyAdds($0) } ?? false
    case .rounded(let operand, let rounding):
      node.operation = .rounded
      node.a = self.node(operand)
      node.b = constant(.quantity(rounding.unit))
      node.detail = position(rounding.mode)
      parts = [canonical[Int(node.a)], node.b]
    }
    node.source = Int32(expressions.count)
    expressions.append(expression)
    if node.operation == .malformed { parts = [node.source] }
    let index = Int32(nodes.count)
    let key = Key(
      operation: node.operation.rawValue, detail: node.detail, depth: node.depth &* 2 &+ (node.isTruth ? 1 : 0),
      parts: parts)
    if let first = known[key] {
      canonical.append(first)
      uses[Int(first)] += 1
    } else {
      known[key] = index
      canonical.append(index)
    }
    uses.append(1)
    nodes.append(node)
    listsOnlyAdd.append(addsOnly)
    return index
  }

  /// Gives nodes that mean the same one place in the memo, where a second evaluation would cost more than a look.
  mutating func shareMemos() {
    var places: [Int32: Int32] = [:]
    for index in nodes.indices {
      let first = canonical[index]
      switch nodes[index].operation {
      case .literal, .field, .asOf, .dangling, .measureHolds, .measureAmount, .malformed: continue
      case .definition, .classification, .table, .tiers, .hole, .aggregate, .onList: break
      default: if uses[Int(first)] < 2 { continue }
      }
      // Only what is said of the subject itself is kept.
      guard nodes[index].depth == 0 else { continue }
      if let place = places[first] {
        nodes[index].memo = place
      } else {
        nodes[index].memo = Int32(memoCount)
        places[first] = Int32(memoCount)
        memoCount += 1
      }
    }
  }

  private func has<Entry>(_ table: [Entry], _ index: Int) -> Bool { table.indices.contains(index) }

  private func position<Case: CaseIterable & Equatable>(_ value: Case) -> UInt8 {
    UInt8(clamping: Array(Case.allCases).firstIndex(of: value) ?? 255)
  }
}
