/// What could stand at the cursor instead of the word there.
package struct Completion: Hashable, Sendable {
  /// The UTF-8 offsets of the word to replace, its part after the cursor included.
  package var replaced: Range<Int>
  /// The possible words, in the order to be shown.
  package var candidates: [Candidate]

  /// Candidates for a range of the text.
  package init(replacing replaced: Range<Int>, candidates: [Candidate]) {
    self.replaced = replaced
    self.candidates = candidates
  }

  /// No candidates at a place.
  package static func none(at offset: Int) -> Completion {
    Completion(replacing: offset..<offset, candidates: [])
  }

  /// The longest beginning, in whole characters, that all candidates share.
  package var commonPrefix: String {
    guard var prefix = candidates.first.map({ Substring($0.text) }) else { return "" }
    for candidate in candidates.dropFirst() {
      var end = prefix.startIndex
      var other = candidate.text.startIndex
      while end < prefix.endIndex, other < candidate.text.endIndex, prefix[end] == candidate.text[other] {
        end = prefix.index(after: end)
        other = candidate.text.index(after: other)
      }
      prefix = prefix[..<end]
    }
    return String(prefix)
  }
}

/// One possible word.
package struct Candidate: Hashable, Sendable {
  /// What is put into the line.
  package var text: String
  /// What the list shows; the text itself unless said otherwise.
  package var display: String
  /// A few words about it; may be empty.
  package var detail: String

  /// A candidate that is shown as itself unless `display` is given.
  package init(_ text: String, display: String? = nil, detail: String = "") {
    self.text = text
    self.display = display ?? text
    self.detail = detail
  }
}
