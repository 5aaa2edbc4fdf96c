/// A language that messages exist in.
package enum Language: String, Sendable, CaseIterable {
  case zh, en
}

/// A text in both languages.
package struct Bilingual: Hashable, Sendable {
  /// The Chinese text.
  package let zh: String
  /// The English text.
  package let en: String

  /// Makes a text from its two versions.
  package init(zh: String, en: String) {
    self.zh = zh
    self.en = en
  }

  /// The version in a language.
  package subscript(language: Language) -> String {
    switch language {
    case .zh: zh
    case .en: en
    }
  }
}
