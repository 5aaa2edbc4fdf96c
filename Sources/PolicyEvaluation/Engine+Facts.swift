import PolicyIR
import PolicyValues

extension Engine {
  /// The recorded fact of a field; `missing` for a subject whose facts don't fit its kind.
  @inline(__always)
  mutating func fact(_ field: Int32, _ frame: Int32) -> Fact {
    let slot = Int(plan.fieldSlots[Int(field)])
    guard frame >= 0, frames[Int(frame)].subject.kind.rawValue == plan.fieldKinds[Int(field)], slot >= 0,
      slot < frames[Int(frame)].subject.facts.count
    else { return .missing }
    return frames[Int(frame)].subject.facts[slot]
  }

  mutating func factState(_ field: Int32, _ frame: Int32) -> FactState {
    let slot = Int(plan.fieldSlots[Int(field)])
    guard frame >= 0, frames[Int(frame)].subject.kind.rawValue == plan.fieldKinds[Int(field)], slot >= 0,
      slot < frames[Int(frame)].subject.facts.count
    else { return .missing }
    switch frames[Int(frame)].subject.facts[slot] {
    case .missing: return .missing
    case .notKnown: return .notKnown
    case .notApplicable: return .notApplicable
    case .value, .one, .many: return .value
    }
  }

  /// The reason for a fact that is not there.
  mutating func lacking(_ field: Int32, _ frame: Int32, asked: Bool) -> SlotSet {
    if frame == 0, let known = registry.lacking(field, asked: asked) { return known }
    let id = FieldID(Int(field))
    let path = subjectPath(of: frame)
    let set: SlotSet
    if let text = plan.program.fields[id].refersTo {
      let finding = OpenFinding(field: id, by: plan.program.fields[id].finder, subject: path, asked: asked)
      set = because(.danglingReference(text, finding: finding))
    } else if let finder = plan.program.fields[id].finder {
      set = because(.finding(id, by: finder, subject: path, asked: asked))
    } else {
      set = because(.missingFact(id, subject: path, asked: asked))
    }
    if frame == 0 { registry.remember(field: field, asked: asked, set) }
    return set
  }

  mutating func truthFact(_ field: Int32, _ frame: Int32) -> Tri {
    switch fact(field, frame) {
    case .value(.truth(let flag)): .of(flag)
    case .missing: .unknown(lacking(field, frame, asked: false))
    case .notKnown: .unknown(lacking(field, frame, asked: true))
    case .notApplicable: .no
    case .value, .one, .many: .unknown(because(.notComputable(.malformed)))
    }
  }

  mutating func cellFact(_ field: Int32, _ frame: Int32) -> Cell {
    switch fact(field, frame) {
    case .value(let value): return cell(value)
    case .notApplicable: return .notApplicable
    case .missing: return .unknown(lacking(field, frame, asked: false), unknownBounds(field))
    case .notKnown: return .unknown(lacking(field, frame, asked: true), unknownBounds(field))
    case .one, .many: return failed(.malformed)
    }
  }

  /// Quantity facts are never below zero: whoever reads them refuses such values.
  mutating func unknownBounds(_ field: Int32) -> Bounds {
    Bounds(low: plan.fieldIsQuantity[Int(field)] ? .zero : nil, high: nil, mayVanish: true)
  }

  mutating func cell(_ value: Value) -> Cell {
    switch value {
    case .truth(let flag): .option(flag ? 1 : 0)
    case .quantity(let number): .quantity(number)
    case .date(let date): .date(date)
    case .duration(let duration): .duration(duration)
    case .option(let index): .option(index)
    case .text(let text): .text(registry.place(of: text, program: plan.texts))
    }
  }

  /// Follows an expression to a related subject and reads it there.
  mutating func related<Result>(
    _ owner: Int32, _ frame: Int32, _ read: (inout Engine, Int32) -> Result, missing: (inout Engine, SlotSet) -> Result,
    absent: () -> Result
  ) -> Result {
    let kept = frames.count
    defer { frames.removeSubrange(kept...) }
    switch entity(owner, frame) {
    case .frame(let found): return read(&self, found)
    case .unknown(let reasons): return missing(&self, reasons)
    case .absent: return absent()
    }
  }

  private enum Entity {
    case frame(Int32)
    case unknown(SlotSet)
    case absent
  }

  /// The subject that an expression names, on a frame of its own; the caller takes the frame away.
  private mutating func entity(_ index: Int32, _ frame: Int32) -> Entity {
    let node = plan.nodes[Int(index)]
    depth += 1
    defer { depth -= 1 }
    if depth > Self.deepest { return .unknown(because(.notComputable(.nesting))) }
    if Tracer.isOn { open(index, frame) }
    defer { if Tracer.isOn { recorder.close(.none) } }
    switch node.operation {
    case .field: return entity(field: node.a, of: ancestor(frame, node.depth))
    case .fieldOf:
      switch entity(node.b, frame) {
      case .frame(let owner): return entity(field: node.a, of: owner)
      case .unknown(let reasons): return .unknown(reasons)
      case .absent: return .absent
      }
    case .definition where plan.definitions[Int(node.a)].count == 1:
      return entity(plan.definitions[Int(node.a)][0], ancestor(frame, node.depth))
    default: return .unknown(because(.notComputable(.malformed)))
    }
  }

  private mutating func entity(field: Int32, of frame: Int32) -> Entity {
    switch fact(field, frame) {
    case .one(let subject):
      frames.append(
        Frame(
          subject: subject, parent: frame, owner: frame, relation: FieldID(Int(field)), position: -1, path: -1))
      return .frame(Int32(frames.count - 1))
    case .missing: return .unknown(lacking(field, frame, asked: false))
    case .notKnown: return .unknown(lacking(field, frame, asked: true))
    case .notApplicable: return .absent
    case .value, .many: return .unknown(because(.notComputable(.malformed)))
    }
  }
}
