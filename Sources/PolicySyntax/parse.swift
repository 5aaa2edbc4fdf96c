package import PolicyDiagnostics
package import PolicyText

/// Reads a rule file into a lossless tree; never fails: what can't be read stands in `.unexpected` nodes and is remarked.
package func parse(
  _ file: SourceFile, id: FileID, vocabulary: Vocabulary
) -> (tree: SyntaxTree, remarks: [Diagnostic]) {
  var parser = Parser(bytes: file.bytes, file: id, vocabulary: vocabulary)
  parser.parseFile()
  return parser.finish()
}

/// Reads only the 引入 blocks of a rule file, into a tree that has nothing else.
package func parseImports(_ file: SourceFile, id: FileID) -> SyntaxTree {
  var parser = Parser(bytes: file.bytes, file: id, vocabulary: Vocabulary(), nodes: 16)
  parser.parseImports()
  return parser.finish().tree
}

/// Reads a text as one expression, for questions at a prompt; the root is a `.content` node.
package func parseExpression(
  _ file: SourceFile, id: FileID, vocabulary: Vocabulary
) -> (tree: SyntaxTree, remarks: [Diagnostic]) {
  var parser = Parser(bytes: file.bytes, file: id, vocabulary: vocabulary)
  parser.builder.open(.file, at: 0)
  parser.parseContent(ByteRange(start: 0, end: file.bytes.count), .expression)
  parser.finishFile()
  return parser.finish()
}

/// Reads a text as a list of items, for facts at a prompt; the root is a `.content` node.
package func parseItems(
  _ file: SourceFile, id: FileID, vocabulary: Vocabulary
) -> (tree: SyntaxTree, remarks: [Diagnostic]) {
  var parser = Parser(bytes: file.bytes, file: id, vocabulary: vocabulary)
  parser.builder.open(.file, at: 0)
  parser.parseContent(ByteRange(start: 0, end: file.bytes.count), .items(.addressItems))
  parser.finishFile()
  return parser.finish()
}
