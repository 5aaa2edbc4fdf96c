import PolicyText

/// Tells whether a text follows a grammar: every way to read it is tried, each rule once at each place.
///
/// - Requires: no rule begins with itself.
struct Recogniser {
  private enum Node {
    case terminal([UInt32])
    case rule(Int)
    case characters(Set<UInt32>, [ClosedRange<UInt32>], Bool)
    case sequence([Int])
    case choice([Int])
    case optional(Int)
    case many(Int, Bool)
    case endOfLine
    case name
  }

  private var nodes: [Node] = []
  /// For each rule its node, and whether it is made of characters rather than words.
  private var rules: [(node: Int, isLexical: Bool)] = []
  private var numbers: [String: Int] = [:]
  private let trie: NameTrie
  private var text: [UInt32] = []
  private var memo: [Int: [Int]] = [:]
  /// The place up to which something could be read.
  private(set) var furthest = 0

  /// - Parameter names: The declared names; where nil, `name` is what its rule says.
  init(_ grammar: EBNF, names: [String]?) {
    trie = NameTrie(names ?? [])
    for (number, name) in grammar.names.enumerated() { numbers[name] = number }
    for name in grammar.names {
      let node = name == "name" && names != nil ? place(.name) : add(grammar.rules[name]!)
      rules.append((node, name.first!.isLowercase))
    }
  }

  private mutating func place(_ node: Node) -> Int {
    nodes.append(node)
    return nodes.count - 1
  }

  private mutating func add(_ expression: EBNFExpression) -> Int {
    switch expression {
    case .terminal(let scalars): return place(.terminal(scalars))
    case .rule("Eol"): return place(.endOfLine)
    case .rule(let name): return place(.rule(numbers[name] ?? -1))
    case .characters(let set, let ranges, let negated): return place(.characters(set, ranges, negated))
    case .sequence(let parts): let all = parts.map { add($0) }; return place(.sequence(all))
    case .choice(let parts): let all = parts.map { add($0) }; return place(.choice(all))
    case .optional(let inner): let one = add(inner); return place(.optional(one))
    case .many(let inner, let atLeastOne): let one = add(inner); return place(.many(one, atLeastOne))
    }
  }

  /// Whether the whole text can be read as the rule.
  mutating func accepts(_ scalars: [UInt32], as rule: String) -> Bool {
    guard let number = numbers[rule] else { return false }
    text = scalars
    memo.removeAll(keepingCapacity: true)
    furthest = 0
    return ends(ofRule: number, 0).contains { skip($0, lines: true) == text.count }
  }

  private mutating func ends(ofRule number: Int, _ start: Int) -> [Int] {
    guard number >= 0 else { return [] }
    let key = start * rules.count + number
    if let known = memo[key] { return known }
    let result = ends(rules[number].node, start, rules[number].isLexical)
    memo[key] = result
    return result
  }

  private mutating func ends(_ node: Int, _ start: Int, _ isLexical: Bool) -> [Int] {
    switch nodes[node] {
    case .rule(let number):
      let wordStart = rules[number].isLexical && !isLexical ? skip(start) : start
      return ends(ofRule: number, wordStart)
    case .sequence(let parts):
      var places = [start]
      for part in parts {
        var next: [Int] = []
        for place in places { next.merge(ends(part, place, isLexical)) }
        if next.isEmpty { return [] }
        places = next
      }
      return places
    case .choice(let parts):
      var result: [Int] = []
      for part in parts { result.merge(ends(part, start, isLexical)) }
      return result
    case .optional(let inner):
      var result = ends(inner, start, isLexical)
      result.merge([start])
      return result
    case .many(let inner, let atLeastOne):
      var result = atLeastOne ? [] : [start]
      var seen: Set<Int> = [start]
      var fresh = [start]
      while !fresh.isEmpty {
        var next: [Int] = []
        for place in fresh { next.merge(ends(inner, place, isLexical)) }
        fresh = next.filter { seen.insert($0).inserted }
        result.merge(next)
      }
      return result
    case .terminal(let word):
      let begin = isLexical ? start : skip(start)
      let end = begin + word.count
      guard end <= text.count, text[begin..<end].elementsEqual(word) else { return [] }
      if !isLexical, let last = word.last, isLatin(last), end < text.count, isLatin(text[end]) { return [] }
      return reached(end)
    case .characters(let set, let ranges, let negated):
      let begin = isLexical ? start : skip(start)
      guard begin < text.count else { return [] }
      let isIn = set.contains(text[begin]) || ranges.contains { $0.contains(text[begin]) }
      return isIn != negated ? reached(begin + 1) : []
    case .endOfLine:
      let place = skip(start)
      return place < text.count && text[place] == 0x0A ? reached(place + 1) : []
    case .name:
      var result: [Int] = []
      for end in trie.ends(text, start)
      where end == text.count || !isLatin(text[end]) || !isLatin(text[end - 1]) { result.merge(reached(end)) }
      return result
    }
  }

  private mutating func reached(_ end: Int) -> [Int] {
    furthest = max(furthest, end)
    return [end]
  }

  private func skip(_ start: Int, lines: Bool = false) -> Int {
    var place = start
    while place < text.count, PreparedLines.isSpace(text[place]) || lines && text[place] == 0x0A { place += 1 }
    return place
  }

  private func isLatin(_ scalar: UInt32) -> Bool {
    (0x61...0x7A).contains(scalar) || (0x41...0x5A).contains(scalar) || (0x30...0x39).contains(scalar) || scalar == 0x5F
  }
}

extension [Int] {
  fileprivate mutating func merge(_ others: [Int]) {
    for other in others where !contains(other) { append(other) }
  }
}

/// Declared names by their characters.
private struct NameTrie {
  private var children: [[UInt32: Int]] = [[:]]
  private var isEnd: [Bool] = [false]

  init(_ names: [String]) {
    for name in names {
      var node = 0
      for scalar in name.unicodeScalars {
        let folded = foldingWidth(scalar.value)
        if let next = children[node][folded] {
          node = next
        } else {
          children.append([:])
          isEnd.append(false)
          children[node][folded] = children.count - 1
          node = children.count - 1
        }
      }
      isEnd[node] = true
    }
  }

  func ends(_ text: [UInt32], _ start: Int) -> [Int] {
    var result: [Int] = []
    var node = 0
    var index = start
    while index < text.count, let next = children[node][foldingWidth(text[index])] {
      node = next
      index += 1
      if isEnd[node] { result.append(index) }
    }
    return result
  }
}
