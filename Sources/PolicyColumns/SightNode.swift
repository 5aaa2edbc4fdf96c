import PolicyEvaluation
import PolicyIR
import PolicyValues

/// A part of what the answer of a measure rests on, looked at for one subject after another.
///
/// What a part comes to is a truth, the same under every reading, or open; only of what is open its own parts are seen.
indirect enum SightNode: Sendable {
  /// The same for every subject; nil: open.
  case settled(Bool?)
  case test(FactTest)
  case all([SightNode])
  case any([SightNode])
  case negation(SightNode)
  case atLeast(Int, [SightNode])
  case choose(SightNode, SightNode, SightNode)
  /// One of them, by a reading.
  case readings([SightNode])
  /// A measure's verdict as a condition.
  case holds(object: SightNode, conditions: SightNode)
  /// 任一 or 全部 of the related subjects in a slot of an owner, each looked at as the one on a level.
  case members(owner: Int, slot: Int, isAny: Bool, level: Int, SightNode)
  /// Facts that are seen as they are, whatever is made of them.
  case facts(SeenFacts)
}

/// A test of one fact.
struct FactTest: Sendable {
  /// How many relations lead to the subject that has the fact.
  var level: Int
  var slot: Int
  var type: ValueType
  var form: Form

  enum Form: Sendable {
    /// The fact itself.
    case truth
    case limit(Expression.Comparison, Int64)
    /// By the position of an option's value: 0 no, 1 yes, anything else open.
    case option([Int64])
  }

  /// 0 no, 1 yes, anything else open: what tells apart why.
  func outcome(_ number: Int64) -> Int64 {
    if number < FactVector.leastWide { return number == FactVector.State.notApplicable.wide ? 0 : number }
    switch form {
    case .truth: return number
    case .limit(let comparison, let limit): return comparison.holds(number, limit) ? 1 : 0
    case .option(let outcomes): return number >= 0 && number < outcomes.count ? outcomes[Int(number)] : number + 2
    }
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
