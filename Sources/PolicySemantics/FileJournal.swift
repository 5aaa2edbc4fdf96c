import PolicyIR
import PolicySyntax
import PolicyText

/// What reading the rules of one file did to what all rules share; noting it again is as good as reading them again.
struct FileJournal: Sendable {
  /// Sentences that the rules rest on.
  var covered: [Sentence] = []
  var usedValues: [UsedValue] = []
  /// Numbers of quotes, of this file or another, that the rules use.
  var usedNumbers: [QuoteNumber] = []
  /// Whose facts the rules see that use a hole.
  var holeUses: Set<HoleUse> = []
  /// Whether something was remarked, or left to be remarked on, so that the rules are to be read again.
  var isRemarked = false

  struct Sentence: Sendable {
    let document: DocumentID
    /// Its key in the document's text.
    let key: Int
  }

  struct UsedValue: Sendable {
    /// nil: what stands in no document.
    let document: DocumentID?
    let value: LiteralUse.Value
  }

  struct HoleUse: Hashable, Sendable {
    let hole: HoleID
    let scope: Scope
  }
}

/// A number of a quote, in the table of the quotes of its file.
struct QuoteNumber: Sendable {
  let file: Int32
  let number: Int32
}

/// What a check keeps for the next one of nearly the same files.
package struct CheckMemory: Sendable {
  /// The rule files, in the order in which they were checked.
  let files: [FileMemory]
  let texts: [CheckInput.TextKey: LoadedText]
  /// Files that were checked as what is typed at a prompt.
  let sessionFiles: Set<FileID>
  let tableInputs: [TableID: [Expression]]
  /// Whether entries were changed to break a circle, so that they are not what their rules say.
  let hasCycle: Bool
}

/// What a check keeps of one rule file.
struct FileMemory: Sendable {
  let file: SyntaxFile
  /// The names that it writes; nil where nobody asked.
  let names: FileNames?
  let journal: FileJournal
  let quotes: QuoteTable
  /// In written order.
  let blocks: [BlockMemory]
}

/// What one block declared.
struct BlockMemory: Sendable {
  /// The entry in the table of its kind, or -1.
  let index: Int32
  let clause: ClauseID?
  let choices: Range<Int>
}
