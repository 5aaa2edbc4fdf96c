import PolicySyntax
import PolicyText

/// What of the policies a question needs, so that files which can't change its answer are left unread.
package struct PolicyNeed: Sendable {
  /// Words that may name measures: where they do, only what these rest on is needed, and what speaks of that. nil: all rules.
  let words: [String]?
  /// Whether cases are needed.
  let withCases: Bool

  package static let all = PolicyNeed(words: nil, withCases: true)
  /// All rules, and no cases.
  package static let rules = PolicyNeed(words: nil, withCases: false)

  /// The rules that measures rest on, where words are their whole names; else all rules.
  package static func measure(in words: [String]) -> PolicyNeed { PolicyNeed(words: words, withCases: false) }

  /// The places of the files that aren't needed.
  func unneeded(among files: [(file: SourceFile, heads: FileHeads)], _ vocabulary: Vocabulary) -> Set<Int> {
    if withCases { return [] }
    let cases = Set(files.indices.filter { files[$0].heads.holdsOnlyCases })
    guard let words else { return cases }
    let wanted = Set(words.map { Vocabulary.key(of: $0) })
    let measures = Set(files.flatMap(\.heads.measures))
    // A word may also be a part of a measure's name, if of one measure only; which one, all names tell.
    let isWhole = wanted.subtracting(measures).allSatisfy { word in !measures.contains { $0.contains(word) } }
    let named = files.indices.filter { place in files[place].heads.measures.contains { wanted.contains($0) } }
    if named.isEmpty || !isWhole { return cases }
    var closure = Closure(
      files.indices.filter { !cases.contains($0) }.map { (place: $0, files[$0].file, files[$0].heads) }, vocabulary)
    closure.add(named + files.indices.filter { files[$0].heads.declaresFacts })
    return cases.union(Set(files.indices).subtracting(closure.needed))
  }
}

/// The files that some files need: those that declare a name which one of them writes, those in the folder of one of them, as
/// they are of one document, and those that may say something of a rule which one of them declares.
private struct Closure {
  private typealias Entry = (place: Int, file: SourceFile, heads: FileHeads)

  private let vocabulary: Vocabulary
  private let entries: [Int: Entry]
  private var declarers: [Int: [Int]] = [:]
  private var folders: [Substring: [Int]] = [:]
  /// The files that may say something of a rule, by the number of its name.
  private var speakers: [Int: [Int]] = [:]
  private(set) var needed: Set<Int> = []

  init(_ files: [(place: Int, file: SourceFile, heads: FileHeads)], _ vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
    entries = Dictionary(uniqueKeysWithValues: files.map { ($0.place, $0) })
    let rules = Set(files.flatMap { $0.heads.rules.compactMap(vocabulary.number) })
    for (place, file, heads) in files {
      for number in Set(heads.names.compactMap(vocabulary.number)) { declarers[number, default: []].append(place) }
      folders[Closure.folder(file), default: []].append(place)
      var spokenOf: Set<Int> = []
      for range in heads.sayings {
        vocabulary.eachWritten(in: file.bytes, range) { number in
          if rules.contains(number) { spokenOf.insert(number) }
          return true
        }
      }
      for number in spokenOf { speakers[number, default: []].append(place) }
    }
  }

  private static func folder(_ file: SourceFile) -> Substring {
    file.path.lastIndex(of: "/").map { file.path[..<$0] } ?? ""
  }

  mutating func add(_ places: [Int]) {
    var waiting = places
    while let place = waiting.popLast() {
      guard let entry = entries[place], needed.insert(place).inserted else { continue }
      waiting += folders[Closure.folder(entry.file)] ?? []
      var written: Set<Int> = []
      vocabulary.eachWritten(in: entry.file.bytes, entry.file.bytes.indices) { number in
        written.insert(number)
        return true
      }
      for number in written { waiting += declarers[number] ?? [] }
      for rule in entry.heads.rules { waiting += vocabulary.number(of: rule).flatMap { speakers[$0] } ?? [] }
    }
  }
}
