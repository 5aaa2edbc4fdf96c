import PolicyDiagnostics
package import PolicyIR
import PolicySyntax
package import PolicyText
import PolicyValues

/// How much of a document stands in rules.
package struct DocumentCoverage: Sendable {
  /// What became of one sentence.
  package enum State: Hashable, Sendable {
    case covered
    /// 不入规则, with its reason.
    case exempt(String)
    case uncovered
  }

  package struct Sentence: Sendable {
    package let address: ClauseAddress
    package let text: String
    package let line: Int
    /// Where it stands in the normalised text.
    package let range: Range<Int>
    package let state: State
  }

  package let document: DocumentID
  package let sentences: [Sentence]

  package var coveredCount: Int { sentences.count { $0.state == .covered } }
  package var uncoveredCount: Int { sentences.count { $0.state == .uncovered } }
  package var exemptCount: Int { sentences.count - coveredCount - uncoveredCount }
}

extension Checker {
  /// `不入规则 三（三）第1句：目标`
  func readUnruled(_ index: Int) {
    let block = blocks[index]
    let view = block.view
    let contents = view.headContents
    guard let document = block.document else { return }
    var addresses: [(ClauseAddress, Span)] = []
    for item in contents.first.map({ view.file.items($0) }) ?? [] {
      if item.kind(0) == .address, let address = ClauseAddress.parse(item.text(0)) {
        addresses.append((address, item.span(0)))
      }
    }
    if addresses.isEmpty {
      remark(.missingText, view.span, "“不入规则”后面应有句子，如 三（三）第1句", "expected sentences after “unruled”")
    }
    guard let content = view.headItems, let reason = view.file.items(content).first,
      let keyword = reason.keyword(0), [.title, .goal, .modifier, .repeated].contains(keyword)
    else {
      remark(
        .missingText, view.span, "应写不入规则的理由：标题、目标、修饰或重复",
        "expected the reason: title, goal, modifier or repeated")
      return
    }
    for (address, span) in addresses { exempt(address, span, keyword.entry.zh[0], document) }
  }

  private func exempt(_ address: ClauseAddress, _ span: Span, _ reason: String, _ document: DocumentID) {
    guard let text = texts[document]?.text else { return }
    if address.sentence != nil {
      guard text.sentence(address) != nil else {
        remark(.unknownClause, span, "原文没有“\(address)”", "the text has no “\(address)”")
        return
      }
      exempted[document, default: [:]][address] = reason
    } else if let clause = text.clause(address) {
      for sentence in clause.sentences { exempted[document, default: [:]][sentence.address] = reason }
    } else {
      remark(.unknownClause, span, "原文没有条款“\(address)”", "the text has no clause “\(address)”")
    }
  }

  /// Every sentence stands in a rule or is marked; what is both is remarked too.
  func checkCoverage() {
    if coverage.contains(where: { $0.uncoveredCount > 0 }) {
      for block in blocks where block.view.hasUnreadableLines {
        guard let document = block.document else { continue }
        uncertain[document, default: []].insert(block.clause.map { program.clauses[$0].address })
      }
    }
    for report in coverage {
      let uncertain = uncertain[report.document] ?? []
      if uncertain.contains(nil) { continue }
      for sentence in report.sentences where sentence.state == .uncovered {
        if uncertain.contains(sentence.address.clause) { continue }
        guard let loaded = texts[report.document] else { continue }
        remark(
          .sentenceNotCovered, loaded.span(sentence.range),
          "“\(sentence.address)”没有规则：“\(shortened(sentence.text))”",
          "no rule rests on \(sentence.address): “\(shortened(sentence.text))”",
          help: [
            Bilingual(
              zh: "写一条引用它的规则，或者写“不入规则 \(sentence.address)：目标（或标题、修饰、重复）”",
              en: "write a rule that quotes it, or “unruled \(sentence.address): goal (or heading, modifier, repeated)”"
            )
          ])
      }
    }
  }

  private func shortened(_ text: String) -> String { text.count > 24 ? text.prefix(24) + "…" : text }

  func coverageReports() -> [DocumentCoverage] {
    var covered = program.documents.indices.map { index in
      Array(repeating: false, count: texts[DocumentID(index)]?.text.sentenceKeyEnd ?? 0)
    }
    for journal in journals {
      for sentence in journal.covered { covered[sentence.document.index][sentence.key] = true }
    }
    return program.documents.indices.compactMap { index in
      let id = DocumentID(index)
      guard let text = texts[id]?.text else { return nil }
      let reasons = exempted[id] ?? [:]
      var sentences: [DocumentCoverage.Sentence] = []
      sentences.reserveCapacity(text.sentenceKeyEnd)
      for (clause, content) in text.clauses.enumerated() {
        for sentence in content.sentences {
          let isCovered = covered[index][text.sentenceKey(clause: clause, number: sentence.number)]
          sentences.append(
            DocumentCoverage.Sentence(
              address: sentence.address, text: sentence.text, line: sentence.line, range: sentence.range,
              state: isCovered ? .covered : reasons[sentence.address].map { .exempt($0) } ?? .uncovered))
        }
      }
      return DocumentCoverage(document: id, sentences: sentences)
    }
  }
}
