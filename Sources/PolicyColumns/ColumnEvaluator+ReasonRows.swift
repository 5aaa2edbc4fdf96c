import PolicyEvaluation
import PolicyPlans

/// The memory in which the reasons of one measure are collected for all rows of a chunk.
struct ReasonMemory {
  /// Reasons that were met, and a plane of rows for each.
  fileprivate(set) var found: [Int32] = []
  fileprivate var planes: [UInt64] = []
  /// The place of each reason in `found`; −1: not met.
  fileprivate var places: [Int32]
  /// Planes of the rows that are looked at, one for each step down.
  fileprivate var masks: [UInt64] = []

  init(reasons: Int) { places = Array(repeating: -1, count: reasons) }

  fileprivate mutating func clear() {
    for reason in found { places[Int(reason)] = -1 }
    found.removeAll(keepingCapacity: true)
    planes.removeAll(keepingCapacity: true)
  }

  /// Adds rows of a word to a reason's.
  fileprivate mutating func set(_ reason: Int32, _ word: Int, _ rows: UInt64) {
    let start = plane(of: reason)
    planes[start + word] |= rows
  }

  /// Where the plane of a reason begins.
  fileprivate mutating func plane(of reason: Int32) -> Int {
    if places[Int(reason)] < 0 {
      places[Int(reason)] = Int32(found.count)
      found.append(reason)
      planes.append(contentsOf: repeatElement(0, count: Chunk.words))
    }
    return Int(places[Int(reason)]) * Chunk.words
  }
}

extension ColumnEvaluator {
  /// Collects why the verdicts of a measure are unknown, for all rows of the chunk at once: the body is given each reason
  /// (`ColumnProgram.reasons`, ascending) with the rows for which it stands, 64 a word.
  ///
  /// The rows for which the interpreter has to be asked are not among them; false: for all of them it has to be.
  package func reasonRows(
    of measure: Int, _ body: (_ reason: Int32, _ rows: UnsafeBufferPointer<UInt64>) -> Void
  ) -> Bool {
    let plan = program.plans[measure]
    if plan.period.blocks || !plan.isOfKind { return true }
    // Where readings differ, a reason stands under some of them, which the interpreter lists.
    guard plan.refusal == nil, plan.readings.count == 1 else { return false }
    reasonMemory.clear()
    let unknown = verdicts + (measure * 4 + 3) * Chunk.words
    makeMasks(depth: 0)
    for word in 0..<chunk.count {
      reasonMemory.masks[word] = unknown[word] & ~askedRows(measure, word) & rowsOf(word)
    }
    if plan.readings[0].object >= 0 { collect(plan.readings[0].object, 0) }
    collect(plan.readings[0].conditions, 0)
    reasonMemory.planes.withUnsafeBufferPointer { planes in
      for reason in reasonMemory.found.sorted() {
        let start = Int(reasonMemory.places[Int(reason)]) * Chunk.words
        body(reason, UnsafeBufferPointer(rebasing: planes[start..<start + chunk.count]))
      }
    }
    return true
  }

  private func makeMasks(depth: Int) {
    let missing = (depth + 1) * Chunk.words - reasonMemory.masks.count
    if missing > 0 { reasonMemory.masks.append(contentsOf: repeatElement(0, count: missing)) }
  }

  /// Goes down from a step, for the rows of a mask in which it is unknown.
  private func collect(_ step: Int32, _ depth: Int) {
    makeMasks(depth: depth + 1)
    let (above, own) = (depth * Chunk.words, (depth + 1) * Chunk.words)
    let known = chunk.known + chunk.plane(step)
    var any: UInt64 = 0
    reasonMemory.masks.withUnsafeMutableBufferPointer { masks in
      for word in 0..<chunk.count {
        let rows = masks[above + word] & ~known[word]
        masks[own + word] = rows
        any |= rows
      }
    }
    if any == 0 { return }
    switch program.truths[Int(step)] {
    case .constant(_, let reason): if reason >= 0 { note(reason, own) { _, rows in rows } }
    case .field(let slot), .quantity(let slot, _, _, _), .date(let slot, _, _): note(slot: slot, own)
    case .option(let slot, _, let open, let reasons):
      note(slot: slot, own)
      let column = chunk.columns[slot]
      for (value, reason) in zip(open, reasons) {
        let plane = reasonMemory.plane(of: program.ranks[Int(reason)])
        chunk.rows(of: value, column) { word, rows in
          reasonMemory.planes[plane + word] |= reasonMemory.masks[own + word] & rows
        }
      }
    case .dates(let one, _, let two):
      note(slot: one, own)
      note(slot: two, own)
    case .values(let one, _, let two): note(values: one, two, own)
    case .all(let operands), .any(let operands), .atLeast(_, let operands):
      for operand in operands { collect(operand, depth + 1) }
    case .negation(let operand): collect(operand, depth + 1)
    case .choose(let test, let then, let otherwise): choose(test, then, otherwise, depth + 1)
    case .holds(let object, let conditions):
      collect(object, depth + 1)
      collect(conditions, depth + 1)
    }
  }

  /// Goes down to the test, and to the side that it leaves open.
  private func choose(_ test: Int32, _ then: Int32, _ otherwise: Int32, _ depth: Int) {
    collect(test, depth)
    makeMasks(depth: depth + 1)
    let (above, own) = (depth * Chunk.words, (depth + 1) * Chunk.words)
    let plane = chunk.plane(test)
    for (side, isThen) in [(then, true), (otherwise, false)] {
      for word in 0..<chunk.count {
        let (isKnown, isYes) = (chunk.known[plane + word], chunk.yes[plane + word])
        reasonMemory.masks[own + word] = reasonMemory.masks[above + word] & (~isKnown | (isThen ? isYes : ~isYes))
      }
      collect(side, depth + 1)
    }
  }

  @inline(__always)
  private func note(_ number: Int32, _ mask: Int, _ rows: (_ word: Int, _ rows: UInt64) -> UInt64) {
    let plane = reasonMemory.plane(of: program.ranks[Int(number)])
    let count = chunk.count
    reasonMemory.masks.withUnsafeBufferPointer { masks in
      reasonMemory.planes.withUnsafeMutableBufferPointer { planes in
        for word in 0..<count { planes[plane + word] |= rows(word, masks[mask + word]) }
      }
    }
  }

  /// Notes why two values aren't known, row by row.
  private func note(values one: Int32, _ two: Int32, _ mask: Int) {
    for word in 0..<chunk.count {
      var rows = reasonMemory.masks[mask + word]
      while rows != 0 {
        let bit = rows.trailingZeroBitCount
        rows &= rows - 1
        let why = chunk.reasons(ofValues: one, two, word * 64 + bit)
        for reason in chunk.reasoning.sets[why] {
          reasonMemory.set(reason, word, 1 << UInt64(bit))
        }
      }
    }
  }

  /// Notes the reasons of a fact that isn't known.
  private func note(slot: Int, _ mask: Int) {
    let memory = chunk.columns[slot].memory
    let (known, none, asked) = (
      memory.known + chunk.first, memory.notApplicable + chunk.first, memory.notKnown + chunk.first
    )
    note(program.missing[slot], mask) { word, rows in rows & ~(known[word] | none[word] | asked[word]) }
    var any: UInt64 = 0
    for word in 0..<chunk.count { any |= asked[word] }
    if any != 0 {
      note(program.notKnown[slot], mask) { word, rows in rows & asked[word] & ~(known[word] | none[word]) }
    }
  }
}
