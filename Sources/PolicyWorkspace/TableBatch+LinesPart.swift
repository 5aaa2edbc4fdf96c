import PolicyFacts
import PolicyTables
import PolicyText

extension TableBatch {
  /// The state of unfinished JSON Lines.
  ///
  /// It is this table's where its first line has the keys that would be written, and its last says the same date and rules.
  func linesPart(_ path: String) throws(BatchFailure) -> PartState? {
    let original = input.form == .lines ? try LineReader(input.path) : nil
    let reader = try LineReader(path)
    let perRecord = options.isLong ? measures.count : 1
    var state = PartState(bytes: 0, records: 0)
    var (rows, bytes, isFirst) = (0, 0, true)
    var last: [UInt8]?
    while let line = try reader.next() {
      bytes += line.count + 1
      // A line without its end was cut off.
      if bytes > reader.size { break }
      if isFirst, !line.isEmpty {
        guard try isOwn(line, original) else { throw .otherPart(path) }
        isFirst = false
      }
      if !line.isEmpty { last = line }
      rows += 1
      if rows % perRecord == 0 { state = PartState(bytes: bytes, records: rows / perRecord) }
    }
    if let last, !last.suffix(lineEnding.count).elementsEqual(lineEnding) { throw .otherPart(path) }
    return state.records > 0 ? state : nil
  }

  /// What every line ends with.
  private var lineEnding: [UInt8] {
    let members = zip(addedHeads.suffix(2), stamp).map {
      JSONValue.string($0).serialized() + ":" + JSONValue.string($1).serialized()
    }
    return Array((members.joined(separator: ",") + "}").utf8)
  }

  /// Whether a line has the keys of the table and of the answers.
  private func isOwn(_ line: [UInt8], _ original: LineReader?) throws(BatchFailure) -> Bool {
    guard let keys = try? JSONLine(line).keys, keys.suffix(addedHeads.count) == addedHeads[...] else { return false }
    let own = keys.dropLast(addedHeads.count)
    guard let original else { return own == lineKeys[...] }
    while let text = try original.next() {
      if text.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
      return own == ((try? JSONLine(text.withoutMark).keys) ?? ["原行"])[...]
    }
    return false
  }
}
