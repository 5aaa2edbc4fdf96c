import CSHA2

/// A rule as it stood when it took part in an answer.
package struct RuleVersion: Hashable, Sendable {
  /// The word that opens it: 措施, 定义, 参数; 事实 for a line of a 主体.
  package let kind: String
  package let name: String
  /// The clause that it stands in; nil for shared vocabulary.
  package let clause: String?
  /// Its words without layout, a line each.
  package let text: String
  /// `sha256:` and 64 hexadecimal digits, over `text` in UTF-8.
  package let digest: String

  /// A rule of these words.
  package init(kind: String, name: String, clause: String?, text: String) {
    self.init(kind: kind, name: name, clause: clause, text: text, digest: "sha256:" + sha256(text))
  }

  init(kind: String, name: String, clause: String?, text: String, digest: String) {
    self.kind = kind
    self.name = name
    self.clause = clause
    self.text = text
    self.digest = digest
  }

  /// What tells a rule from others in every version of it.
  package var key: Key { Key(kind: kind, name: name) }

  /// The kind and the name of a rule.
  package struct Key: Hashable, Comparable, Sendable {
    package let kind: String
    package let name: String

    package init(kind: String, name: String) {
      self.kind = kind
      self.name = name
    }

    package static func < (a: Key, b: Key) -> Bool { (a.kind, a.name) < (b.kind, b.name) }
  }
}

/// The SHA-256 of a text's UTF-8, as hexadecimal digits.
package func sha256(_ text: String) -> String {
  let bytes = Array(text.utf8)
  var digits = [CChar](repeating: 0, count: 65)
  CSHA2_hex(bytes, bytes.count, &digits)
  return String(decoding: digits.prefix(64).map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
