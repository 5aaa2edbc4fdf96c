import Glibc
package import PolicyDiagnostics

/// The language in which this process speaks before a session says otherwise.
package enum ProcessLanguage {
  /// `--lang` on the line, else the locale; Chinese where the locale names no language.
  package static let current: Language = {
    let arguments = CommandLine.arguments
    for (index, word) in arguments.enumerated() {
      if word == "--lang", index + 1 < arguments.count, let language = Language(rawValue: arguments[index + 1]) {
        return language
      }
      if word.hasPrefix("--lang="), let language = Language(rawValue: String(word.dropFirst(7))) { return language }
    }
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
      guard let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty else { continue }
      return value.hasPrefix("en") ? .en : .zh
    }
    return .zh
  }()
}
