package import PolicyDiagnostics
package import PolicyIR
import PolicySyntax
package import PolicyText

/// Reads a text as an expression over the facts of a kind, with the names of a checked program.
///
/// Numbers need no quote here: the expression is a question and no rule.
package func resolveExpression(
  _ file: SourceFile, id: FileID, kind: KindID, in checked: CheckResult, expecting type: ValueType? = nil
) -> (expression: Expression?, remarks: [Diagnostic]) {
  let (tree, remarks) = parseExpression(file, id: id, vocabulary: checked.symbols.vocabulary)
  if remarks.contains(where: { $0.severity == .error }) { return (nil, remarks) }
  let checker = Checker(adHoc: checked)
  let syntax = SyntaxFile(id: id, source: file, tree: tree)
  guard let content = syntax.significant(0).first(where: { tree[$0].kind == .content }) else { return (nil, remarks) }
  let result = checker.expression(content, syntax, Scope(kinds: [kind]), expecting: type)
  return (result, remarks + checker.remarks)
}

/// Reads facts as they are written in cases (`备案总投资 3亿元，投资主体 民营企业`) into a subject.
package func resolveFacts(
  _ file: SourceFile, id: FileID, into subject: inout Subject, in checked: CheckResult
) -> [Diagnostic] {
  let (tree, remarks) = parseItems(file, id: id, vocabulary: checked.symbols.vocabulary)
  let checker = Checker(adHoc: checked)
  let syntax = SyntaxFile(id: id, source: file, tree: tree)
  if let content = syntax.significant(0).first(where: { tree[$0].kind == .content }) {
    checker.readFacts(content, syntax, into: &subject)
  }
  // What can't be read has no further meaning to remark on.
  return remarks.contains { $0.severity == .error } ? remarks : remarks + checker.remarks
}

/// The subjects of a file of 登记 blocks; whatever else stands there is remarked.
package func readRecords(
  _ file: SourceFile, id: FileID, in checked: CheckResult
) -> (records: [(subject: Subject, span: Span)], remarks: [Diagnostic]) {
  let (tree, remarks) = parse(file, id: id, vocabulary: checked.symbols.vocabulary)
  let checker = Checker(adHoc: checked)
  for block in SyntaxFile(id: id, source: file, tree: tree).blocks {
    guard block.keyword == .record else {
      checker.remark(
        .unexpectedText, block.span, "事实文件里只能有“登记”块，“\(block.keyword.entry.zh[0])”要放在规则文件里",
        "a file of facts holds only record blocks; “\(block.keyword.entry.en)” belongs in a rule file")
      continue
    }
    if let subject = checker.readRecord(block) { checker.records.append((subject, block.span)) }
  }
  return (checker.records, remarks + checker.remarks)
}

extension Checker {
  /// A checker of questions to a program that is checked already.
  convenience init(adHoc checked: CheckResult) {
    self.init(CheckInput(files: [], vocabulary: checked.symbols.vocabulary, texts: [:]))
    program = checked.program
    symbols = checked.symbols
    texts = checked.texts
  }
}
