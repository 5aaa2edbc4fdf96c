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
  private var meanings: [[Symbol]]

  init(_ vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
    meanings = Array(repeating: [], count: vocabulary.names.count)
  }

  mutating func add(_ symbol: Symbol, named number: Int) {
    guard number < meanings.count, !meanings[number].contains(symbol) else { return }
    meanings[number].append(symbol)
  }

  /// The meanings of a name by its number in the vocabulary.
  package func meanings(of number: Int) -> [Symbol] { number < meanings.count ? meanings[number] : [] }

  /// The meanings of a name as a person types it.
  package func meanings(of name: String) -> [Symbol] { vocabulary.number(of: name).map { meanings(of: $0) } ?? [] }
}
