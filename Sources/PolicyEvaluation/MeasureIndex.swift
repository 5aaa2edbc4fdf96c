import PolicyIR
import PolicyValues

/// The measures of one kind, found by what they need of single facts: by the values of an option, by intervals of a number or a
/// date, and by the days on which they are in force.
///
/// Measures of one class stand together: a class that surely doesn't hold leaves all of them 不适用, and only where it surely
/// holds do their conditions decide; where it isn't known, or differs by reading, each has to be asked.
struct MeasureIndex: Sendable {
  private(set) var classes: [MeasureClass] = []
  /// The classes, by what they need.
  private(set) var lists: KeyLists

  /// The measures of one class.
  struct MeasureClass: Sendable {
    /// The node of the class; −1: the kind itself.
    let membership: Int32
    /// Its gate; −1 where the engine answers.
    let gate: Int32
    /// The wires of its measures, by what their conditions need.
    let members: KeyLists
    /// All of them.
    let all: [Int32]
  }

  init(_ plan: PreparedProgram, _ circuit: Circuit) {
    let asOfSlot = Int32(circuit.asOfSlot)
    var reader = RegionReader(plan, kind: circuit.kind, asOfSlot: asOfSlot)
    var members: [[(id: Int32, regions: Regions)]] = []
    var memberships: [(node: Int32, gate: Int32)] = []
    var known: [Int32: Int] = [:]
    for (place, wire) in circuit.wires.enumerated() {
      let node = plan.measures[Int(wire.measure)].membership
      // Nodes that mean the same share a memo.
      let key = node < 0 ? -1 : plan.nodes[Int(node)].memo >= 0 ? -2 - plan.nodes[Int(node)].memo : node
      if known[key] == nil {
        known[key] = members.count
        members.append([])
        memberships.append((node, wire.object))
      }
      let number = known[key]!
      if wire.object >= 0 { memberships[number].gate = wire.object }
      members[number].append((Int32(place), reader.conditions(of: wire.measure)))
    }
    var entries: [(id: Int32, regions: Regions)] = []
    for (number, (node, gate)) in memberships.enumerated() {
      classes.append(
        MeasureClass(
          membership: node, gate: gate, members: KeyLists(members[number]), all: members[number].map(\.id)))
      entries.append((Int32(number), node < 0 ? .free : reader.regions(node, positively: true)))
    }
    lists = KeyLists(entries)
  }

  /// What it holds in memory.
  var bytes: Int {
    classes.reduce(lists.bytes) { $0 + $1.members.bytes + $1.all.count * 4 + 64 }
  }
}
