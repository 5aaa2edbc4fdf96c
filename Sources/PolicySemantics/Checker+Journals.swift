import PolicyIR
import PolicyText

/// What all rules share, written to the journal of the file that is being read.
extension Checker {
  func noteCovered(_ document: DocumentID, _ key: Int) {
    journals[journal].covered.append(FileJournal.Sentence(document: document, key: key))
  }

  func noteUsed(_ value: LiteralUse.Value) {
    journals[journal].usedValues.append(FileJournal.UsedValue(document: currentDocument, value: value))
  }

  func noteUsed(_ number: QuoteNumber) { journals[journal].usedNumbers.append(number) }

  func noteUse(of hole: HoleID, _ scope: Scope) {
    if holeScopes[hole, default: []].insert(scope).inserted || journal > 0 {
      journals[journal].holeUses.insert(FileJournal.HoleUse(hole: hole, scope: scope))
    }
  }

  /// Notes that the rules being read are to be read again in the next check.
  func noteUnfinished() { journals[journal].isRemarked = true }

  /// What a quote says.
  func reading(of quote: Quote) -> QuoteReading {
    let place = place(of: quote.span.file)
    return quotes[place].reading(of: quote, in: place)
  }

  /// The place of a file among those of the check.
  func place(of file: FileID) -> Int {
    filePlaces.indices.contains(Int(file.rawValue)) ? filePlaces[Int(file.rawValue)] : 0
  }
}
