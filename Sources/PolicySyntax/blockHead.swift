import PolicyText

/// Whether a text begins with the word of a block that stands apart.
package func beginsBlock(_ text: String) -> Bool {
  let bytes = Array(text.utf8)
  return BlockWords.match(bytes, at: 0, end: bytes.count)?.separated == true
}

/// The word and the name at the head of a text that declares one block; nil for any other text.
package func headOfBlock(_ text: String) -> (keyword: Keyword, name: String)? {
  let bytes = Array(text.utf8)
  var scanner = LineScanner(bytes: bytes)
  guard let line = scanner.next(), let head = Head.read(bytes, line, in: nil) else { return nil }
  return (head.keyword, bytes.nameKey(bytes.unquoted(head.name)))
}

extension BlockView {
  /// The head's name as names are compared.
  package var headName: String {
    guard let name else { return "" }
    let node = file.tree[name]
    return file.source.bytes.nameKey(file.source.bytes.unquoted(ByteRange(start: Int(node.start), end: Int(node.end))))
  }
}
