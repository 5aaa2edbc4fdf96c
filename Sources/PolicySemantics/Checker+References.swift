import PolicyDiagnostics
import PolicyIR
import PolicySyntax
import PolicyText

extension Checker {
  func readReference(_ view: BlockView, _ measure: inout Measure) {
    let manners: [(Keyword, Reference.Manner)] = [
      (.analogy, .analogy), (.accordance, .accordance), (.deference, .deference),
    ]
    for (keyword, manner) in manners {
      guard let line = view.line(keyword), let item = line.firstItem else { continue }
      measure.reference = Reference(manner: manner, target: target(of: item), span: line.span)
    }
  }

  /// A measure by its name or by the clause in which it stands; what isn't at hand is the text's own words.
  private func target(of item: ItemView) -> Reference.Target {
    var document: DocumentID?
    var measure: MeasureID?
    var address: ClauseAddress?
    for position in item.words.indices {
      if item.kind(position) == .address { address = ClauseAddress.parse(item.text(position)) }
      guard let number = item.name(position) else { continue }
      for meaning in symbols.meanings(of: number) {
        if case .document(let id) = meaning, address == nil, document == nil { document = id }
        if case .measure(let id) = meaning { measure = id }
      }
    }
    let words = item.quoted(0) ?? item.name(0).map { nameText($0) } ?? item.file.text(item.node)
    guard let address else { return measure.map { .measure($0) } ?? .text(words) }
    let whole = item.file.text(item.node)
    // A document that isn't named is the rule's own.
    guard let document = document ?? (item.name(0) == nil ? currentDocument : nil), texts[document] != nil else {
      return .text(whole)
    }
    let found = program.measures.indices.map { MeasureID($0) }.filter { stands($0, in: document, address) }
    if let measure {
      if found.contains(measure) { return .measure(measure) }
      remark(
        .wrongMeaning, item.span, "“\(program.measures[measure].name)”不在\(program.documents[document].key)“\(address)”",
        "“\(program.measures[measure].name)” does not stand in \(program.documents[document].key) \(address)",
        related: [
          .init(
            span: program.measures[measure].origin.span, message: Bilingual(zh: "它声明在这里", en: "it is declared here"))
        ])
      return .text(whole)
    }
    if found.count == 1 { return .measure(found[0]) }
    if texts[document]?.text.clause(address) == nil {
      remark(
        .unknownClause, item.span, "\(program.documents[document].key)没有条款“\(address)”",
        "\(program.documents[document].key) has no clause “\(address)”")
    } else if found.isEmpty {
      remark(
        .wrongMeaning, item.span, "“\(address)”没有写成措施，不能参照", "no measure stands in “\(address)” to refer to")
    } else {
      remark(
        .wrongMeaning, item.span, "“\(address)”有几项措施，应写明参照哪一项",
        "several measures stand in “\(address)”; say which is meant",
        help: didYouMean(found.map { program.measures[$0].name }))
    }
    return .text(whole)
  }

  private func stands(_ measure: MeasureID, in document: DocumentID, _ address: ClauseAddress) -> Bool {
    guard let clause = program.measures[measure].origin.clause else { return false }
    return program.clauses[clause].document == document && program.clauses[clause].address == address
  }
}
