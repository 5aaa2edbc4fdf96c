package import PolicyIR
package import PolicySyntax

/// What a name can mean.
package enum Symbol: Hashable, Sendable {
  case document(DocumentID)
  case authority(AuthorityID)
  case optionType(OptionTypeID)
  case optionValue(OptionTypeID, Int32)
  case kind(KindID)
  case field(FieldID)
  case definition(DefinitionID)
  case classification(ClassificationID)
  case hole(HoleID)
  case parameter(ParameterID)
  case table(TableID)
  case tiers(TierScheduleID)
  case nameList(NameListID)
  case measure(MeasureID)
  case group(GroupID)
}

/// All meanings of all names.
package struct SymbolTable: Sendable {
  package let vocabulary: Vocabulary
  /// The entry of each name's first meaning, by the name's number; none is -1.
  private var firsts: [Int32]
  private var entries: [Entry] = []

  fileprivate struct Entry: Sendable {
    let symbol: Symbol
    /// The entry of the name's next meaning, or -1.
    var next: Int32 = -1
  }

  init(_ vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
    firsts = Array(repeating: -1, count: vocabulary.names.count)
    entries.reserveCapacity(vocabulary.names.count)
  }

  mutating func add(_ symbol: Symbol, named number: Int) {
    guard number < firsts.count else { return }
    var last = -1
    var entry = Int(firsts[number])
    while entry >= 0 {
      if entries[entry].symbol == symbol { return }
      (last, entry) = (entry, Int(entries[entry].next))
    }
    if last < 0 { firsts[number] = Int32(entries.count) } else { entries[last].next = Int32(entries.count) }
    entries.append(Entry(symbol: symbol))
  }

  /// The meanings of a name by its number in the vocabulary.
  package func meanings(of number: Int) -> Meanings {
    Meanings(entries: entries, entry: number < firsts.count ? Int(firsts[number]) : -1)
  }

  /// The meanings of a name as a person types it.
  package func meanings(of name: String) -> Meanings { meanings(of: vocabulary.number(of: name) ?? .max) }

  /// The meanings of one name, in the order of their declarations.
  package struct Meanings: Sequence, IteratorProtocol {
    fileprivate let entries: [Entry]
    fileprivate var entry: Int

    package mutating func next() -> Symbol? {
      guard entry >= 0 else { return nil }
      defer { entry = Int(entries[entry].next) }
      return entries[entry].symbol
    }
  }
}
