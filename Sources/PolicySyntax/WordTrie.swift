import PolicyText

/// Words by their characters, so that finding all that begin at a place takes one step a character.
struct WordTrie: Sendable {
  /// Transitions by (node, scalar), in open addressing.
  private var keys: [UInt64]
  private var targets: [Int32]
  private var filled = 0
  /// The word that ends at a node, or -1.
  private var ends: [Int32] = [-1]

  init(expecting count: Int = 64) {
    var capacity = 256
    while capacity < count * 16 { capacity *= 2 }
    keys = [UInt64](repeating: 0, count: capacity)
    targets = [Int32](repeating: 0, count: capacity)
  }

  /// Adds a word with a number, unless it stands there already; returns the number that it has.
  @discardableResult
  mutating func insert(_ word: String, _ number: Int) -> Int {
    var node = 0
    for scalar in word.unicodeScalars {
      if let next = step(node, scalar.value) {
        node = next
      } else {
        if filled * 2 >= keys.count { grow() }
        let next = ends.count
        ends.append(-1)
        place(key(node, scalar.value), Int32(next))
        filled += 1
        node = next
      }
    }
    if ends[node] < 0 { ends[node] = Int32(number) }
    return Int(ends[node])
  }

  /// The node after one more character.
  func step(_ node: Int, _ scalar: UInt32) -> Int? {
    let wanted = key(node, scalar)
    var slot = hash(wanted)
    while keys[slot] != 0 {
      if keys[slot] == wanted { return Int(targets[slot]) }
      slot = (slot + 1) & (keys.count - 1)
    }
    return nil
  }

  /// The word that ends at a node.
  func word(at node: Int) -> Int? { ends[node] < 0 ? nil : Int(ends[node]) }

  /// The word that a range of a text writes, in any width of its characters and with white space anywhere.
  func number(of range: ByteRange, in bytes: [UInt8]) -> Int? {
    var node = 0
    var index = range.start
    while index < range.end {
      let (raw, length) = decodedScalar(in: bytes, at: index)
      index += length
      let scalar = foldingWidth(raw)
      if CharacterClass.isSpace(scalar) || scalar == 0x0A { continue }
      guard let next = step(node, scalar) else { return nil }
      node = next
    }
    return word(at: node)
  }

  private func key(_ node: Int, _ scalar: UInt32) -> UInt64 { UInt64(node) << 32 | UInt64(scalar) }

  private func hash(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 24) & (keys.count - 1)
  }

  private mutating func place(_ key: UInt64, _ target: Int32) {
    var slot = hash(key)
    while keys[slot] != 0 { slot = (slot + 1) & (keys.count - 1) }
    keys[slot] = key
    targets[slot] = target
  }

  private mutating func grow() {
    let old = zip(keys, targets)
    keys = [UInt64](repeating: 0, count: keys.count * 2)
    targets = [Int32](repeating: 0, count: targets.count * 2)
    for (key, target) in old where key != 0 { place(key, target) }
  }
}
