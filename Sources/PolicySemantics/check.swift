package import PolicyDiagnostics
package import PolicyIR
package import PolicySyntax
package import PolicyText

/// An official text that is on file.
package struct LoadedText: Sendable {
  package let file: FileID
  package let source: SourceFile
  package let text: OfficialText

  package init(file: FileID, source: SourceFile, text: OfficialText) {
    self.file = file
    self.source = source
    self.text = text
  }

  /// The place of a stretch of the normalised text in the file.
  package func span(_ range: Range<Int>) -> Span {
    let start = text.normalized.originalOffset(of: range.lowerBound)
    let last = text.normalized.originalOffset(of: max(range.lowerBound, range.upperBound - 1))
    return Span(file: file, start: UInt32(start), end: UInt32(last + 1))
  }
}

/// The rule files of one check, in the order in which they were loaded.
package struct CheckInput: Sendable {
  package var files: [SyntaxFile]
  package var vocabulary: Vocabulary
  /// Official texts by the path of the rule file that names them and the path that it names.
  package var texts: [TextKey: LoadedText]
  /// Files with rules typed at a prompt: what the text doesn't back there is a warning, and marks the rule 未引条款.
  package var sessionFiles: Set<FileID>
  /// A check of nearly the same files, which rules are taken from that did not change.
  package var earlier: CheckResult?
  /// Files that have the number and the tree that they had in the earlier check.
  package var unchanged: Set<FileID>

  package struct TextKey: Hashable, Sendable {
    package var ruleFile: FileID
    package var path: String

    package init(ruleFile: FileID, path: String) {
      self.ruleFile = ruleFile
      self.path = path
    }
  }

  package init(
    files: [SyntaxFile], vocabulary: Vocabulary, texts: [TextKey: LoadedText], sessionFiles: Set<FileID> = [],
    earlier: CheckResult? = nil, unchanged: Set<FileID> = []
  ) {
    self.earlier = earlier
    self.unchanged = unchanged
    self.files = files
    self.vocabulary = vocabulary
    self.texts = texts
    self.sessionFiles = sessionFiles
  }
}

/// What a check found.
package struct CheckResult: Sendable {
  /// As much of the program as could be understood.
  package var program: Program
  package var remarks: [Diagnostic]
  package var coverage: [DocumentCoverage]
  package var symbols: SymbolTable
  /// Subjects that rule files hold (登记), with their places.
  package var records: [(subject: Subject, span: Span)]
  /// The official texts of documents that are on file.
  package var texts: [DocumentID: LoadedText]
  /// What the next check of nearly the same files can take from this one.
  package var memory: CheckMemory
  /// How many rule files were read again, of how many; the rules of the others were taken from an earlier check.
  package var readFiles: (read: Int, all: Int)

  /// Whether a remark is an error.
  package var hasErrors: Bool { remarks.contains { $0.severity == .error } }
}

/// Resolves names, types, quotes and numbers of rule files; never fails: what can't be understood is remarked and left
/// out of the program. The result is the same with an earlier check and without.
package func check(_ input: CheckInput) -> CheckResult {
  var checker = Checker(input)
  checker.run()
  if checker.renumbering.missesEntries {
    var whole = input
    whole.earlier = nil
    checker = Checker(whole)
    checker.run()
  }
  return CheckResult(
    program: checker.program, remarks: checker.remarks, coverage: checker.coverage,
    symbols: checker.symbols, records: checker.records, texts: checker.texts,
    memory: checker.memory(),
    readFiles: (input.files.count - checker.isCarried.count { $0 }, input.files.count))
}

/// The paths of official texts that a rule file names in its 文件 blocks.
package func textPaths(in file: SyntaxFile) -> [String] {
  file.blocks.filter { $0.keyword == .document }.compactMap { block in
    block.line(.quote)?.firstItem?.quoted(0)
  }
}

/// The paths that a rule file's 引入 blocks name.
package func importPaths(in file: SyntaxFile) -> [(path: String, span: Span)] {
  file.blocks.filter { $0.keyword == .importing }.flatMap { block in
    block.headContents.flatMap { file.items($0) }.compactMap { item in item.quoted(0).map { ($0, item.span) } }
  }
}
