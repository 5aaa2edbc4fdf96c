/// The stored source of one document, cut into clauses and sentences.
///
/// A class, because every quote is looked up in it: handing it on then costs one count.
package final class OfficialText: Sendable {
  /// A clause with its own text, without that of the clauses inside it.
  package struct Clause: Sendable {
    /// The key of the clause.
    package let address: ClauseAddress
    /// The title without number and punctuation, such as 立项政策; empty if there is none.
    package let title: String
    /// The normalised offsets of the clause, number and unit note included.
    package let range: Range<Int>
    /// The sentences in order. Their numbers start at 0 where the clause has a number, else at 1.
    package let sentences: [Sentence]
    /// The line of the first byte in the file, from 1.
    package let line: Int
    /// The normalised offsets of the closing bracket such as （责任单位：…）, the brackets included.
    package let unitNote: Range<Int>?

    /// The sentence with a number.
    package func sentence(_ number: Int) -> Sentence? {
      let index = number - (sentences.first?.number ?? 0)
      return sentences.indices.contains(index) ? sentences[index] : nil
    }
  }

  /// A sentence of a clause.
  package struct Sentence: Sendable {
    /// What a sentence is in its clause.
    package enum Kind: Sendable {
      /// The number and the title of the clause; always sentence 0.
      case title
      /// The number of a clause without title; always sentence 0.
      case mark
      /// Text of the clause.
      case text
      /// The responsible units at the end of the clause.
      case unitNote
    }

    /// The clause and the number of the sentence.
    package let address: ClauseAddress
    /// What it is.
    package let kind: Kind
    /// Its normalised offsets.
    package let range: Range<Int>
    /// The line of its first byte in the file, from 1.
    package let line: Int
    /// Its text without white space.
    package let text: String

    /// The number in the clause.
    package var number: Int { address.sentence ?? 0 }
  }

  /// The issuer that it was cut with.
  package let issuer: String?
  /// The text without white space.
  package let normalized: NormalizedText
  /// The clauses in document order; together they are the whole text.
  package let clauses: [Clause]
  /// The addresses that occur again; a lookup finds the first clause.
  package let duplicates: [ClauseAddress]
  /// Per clause, the number behind which its sentences are counted, so that `sentenceKey` is one number for an address.
  private let sentenceBases: [Int]
  /// Behind every `sentenceKey`.
  package let sentenceKeyEnd: Int
  /// Per clause, the index behind the last clause inside it.
  let subtreeEnds: [Int]
  let quotes: QuoteIndex
  private let positions: [ClauseAddress: Int]

  /// Cuts a document; the issuer (发文机关) tells where its signature begins.
  package init(file: SourceFile, issuer: String?) {
    self.issuer = issuer
    normalized = NormalizedText(file)
    var reader = OutlineReader(normalized, issuer: issuer)
    clauses = ClauseBuilder(normalized).clauses(reader.read())
    quotes = QuoteIndex(normalized.bytes)
    var positions: [ClauseAddress: Int] = [:]
    var duplicates: [ClauseAddress] = []
    for (index, clause) in clauses.enumerated() {
      if positions[clause.address] == nil {
        positions[clause.address] = index
      } else {
        duplicates.append(clause.address)
      }
    }
    self.positions = positions
    self.duplicates = duplicates
    // Clauses with the same address share their keys.
    var sizes = Array(repeating: 0, count: clauses.count)
    for clause in clauses {
      let owner = positions[clause.address]!
      sizes[owner] = max(sizes[owner], (clause.sentences.last?.number ?? 0) + 1)
    }
    var end = 0
    let bases = sizes.map { size in
      defer { end += size }
      return end
    }
    sentenceBases = clauses.map { bases[positions[$0.address]!] }
    sentenceKeyEnd = end
    var ends = Array(1...max(clauses.count, 1))
    for index in clauses.indices.reversed() {
      var next = index + 1
      while next < clauses.count, clauses[index].address.contains(clauses[next].address),
        clauses[index].address != clauses[next].address
      {
        next = ends[next]
      }
      ends[index] = next
    }
    subtreeEnds = ends
  }

  /// The clause with an address; a sentence's address finds its clause, and 第N条第一款 the article.
  package func clause(_ address: ClauseAddress) -> Clause? { clauseIndex(address).map { clauses[$0] } }

  /// The position of a clause in `clauses`.
  package func clauseIndex(_ address: ClauseAddress) -> Int? {
    if let index = positions[address.clause] { return index }
    guard address.components.count > 1, address.components[1] == .paragraph(1) else { return nil }
    // The first paragraph of an article is the article's own text.
    var components = address.components
    components.remove(at: 1)
    return positions[ClauseAddress(components)]
  }

  /// A number for the address of a sentence, dense from zero: the clause's position in `clauses`, the sentence's number.
  package func sentenceKey(clause: Int, number: Int) -> Int { sentenceBases[clause] + number }

  /// The sentence with an address.
  package func sentence(_ address: ClauseAddress) -> Sentence? {
    guard let number = address.sentence else { return nil }
    return clause(address)?.sentence(number)
  }

  /// The position in `clauses` of the clause that holds a normalised offset.
  package func clauseIndex(atOffset offset: Int) -> Int? {
    var low = 0
    var high = clauses.count
    while low < high {
      let middle = (low + high) / 2
      if clauses[middle].range.lowerBound <= offset { low = middle + 1 } else { high = middle }
    }
    return low > 0 && clauses[low - 1].range.contains(offset) ? low - 1 : nil
  }

  /// The line in the file, from 1, of the byte at a normalised offset.
  package func line(ofNormalizedOffset offset: Int) -> Int { normalized.line(of: offset) }

  /// The text of a normalised range, clamped.
  package func text(of range: Range<Int>) -> String { normalized.text(of: range) }
}
