package import PolicyDiagnostics

/// Why a table can't be read or written further, with its place.
package struct TableFailure: Error, Hashable, Sendable {
  /// What the person can do about it decides the exit code.
  package enum Cause: Hashable, Sendable {
    /// What was read is no such table, or damaged.
    case unreadable
    /// The call must say more, or something else.
    case choice
    /// There is no room for what is written.
    case full
    /// A library isn't installed.
    case noLibrary
  }

  package let cause: Cause
  package let message: Bilingual

  package init(_ zh: String, _ en: String, _ cause: Cause = .unreadable) {
    self.cause = cause
    message = Bilingual(zh: zh, en: en)
  }

  /// The same failure with its file before it, and the row behind which it is.
  func at(_ path: String, behind row: Int? = nil) -> TableFailure {
    let (zh, en) = row.map { ("读到第 \($0) 行为止：", "read up to row \($0): ") } ?? ("", "")
    return TableFailure("\(path)：\(zh)\(message.zh)", "\(path): \(en)\(message.en)", cause)
  }

  static func missing(_ library: String, _ package: String) -> TableFailure {
    TableFailure(
      "没有安装读写工作簿的库 \(library)（Debian：apt install \(package)）",
      "the library \(library), which workbooks need, is not installed (Debian: apt install \(package))",
      .noLibrary)
  }
}
