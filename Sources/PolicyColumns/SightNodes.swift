import PolicyEvaluation
import PolicyIR
import PolicyValues

/// A part of what the answer of a measure rests on, looked at for one subject after another.
///
/// What a part comes to is a truth, the same under every reading, or open; only of what is open its own parts are seen. Parts are numbers in
/// `SightNodes`, so that nothing is counted while they are looked at.
enum SightNode {
  /// The same for every subject.
  case settled(SeenTruth)
  case test(FactTest)
  case all(Operands)
  case any(Operands)
  case negation(Int32)
  case atLeast(Int, Operands)
  case choose(Int32, Int32, Int32)
  /// One of them, by a reading.
  case readings(Operands)
  /// A measure's verdict as a condition.
  case holds(object: Int32, conditions: Int32)
  /// 任一 or 全部 of the related subjects in a slot of an owner, each looked at as the one on a level.
  case members(owner: Int, slot: Int, isAny: Bool, level: Int, Int32)
  /// Facts that are seen as they are, whatever is made of them: a place in `SightNodes.facts`.
  case facts(Int)

  /// The places of some nodes' numbers in `SightNodes.operands`.
  typealias Operands = Range<Int>
}

/// What a node comes to under every reading.
enum SeenTruth {
  case no, yes, open
}

/// A test of one fact.
struct FactTest {
  /// How many relations lead to the subject that has the fact.
  var level: Int
  var slot: Int
  /// The place of its type in `SightNodes.types`.
  var type: Int
  var form: Form

  enum Form {
    /// The fact itself.
    case truth
    case limit(Expression.Comparison, Int64)
    /// By the position of an option's value, from a place in `SightNodes.outcomes` on: 0 no, 1 yes, anything else open.
    case option(Range<Int>)
  }
}

/// The nodes of a sight.
final class SightNodes: Sendable {
  let nodes: [SightNode]
  let operands: [Int32]
  let outcomes: [Int64]
  let types: [ValueType]
  let facts: [SeenFacts]

  init(nodes: [SightNode], operands: [Int32], outcomes: [Int64], types: [ValueType], facts: [SeenFacts]) {
    (self.nodes, self.operands, self.outcomes) = (nodes, operands, outcomes)
    (self.types, self.facts) = (types, facts)
  }
}

/// Facts by kind, each in its class.
struct SeenFacts: Sendable {
  private(set) var parts: [[Part]]

  /// One field that is seen.
  struct Part: Sendable {
    var slot: Int
    var type: ValueType
    var classes: FactClasses
  }

  init(_ tests: [FieldID: FactTests], in program: Program) {
    parts = program.kinds.map { kind in
      kind.fields.compactMap { id in
        let field = program.fields[id]
        return tests[id].map { Part(slot: field.slot, type: field.type, classes: $0.classes(field.type, in: program)) }
      }
    }
  }
}
