/// How serious a diagnostic is; errors come first.
package enum Severity: String, Sendable, CaseIterable, Comparable {
  case error, warning, note

  /// The word that a message starts with.
  package var word: Bilingual {
    switch self {
    case .error: Bilingual(zh: "错误", en: "error")
    case .warning: Bilingual(zh: "警告", en: "warning")
    case .note: Bilingual(zh: "提示", en: "note")
    }
  }

  /// More serious first.
  package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .error: 0
    case .warning: 1
    case .note: 2
    }
  }
}
