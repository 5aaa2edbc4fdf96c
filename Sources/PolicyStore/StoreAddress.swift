/// Where a store is: a SQLite file, or a PostgreSQL server.
package enum StoreAddress: Hashable, Sendable {
  case file(String)
  case server(ServerURL)

  /// What a person typed: `项目.db`, `postgres://user@host/db`, `postgres:///db?host=/run/postgresql`.
  package init(_ text: String) {
    self = ServerURL(text).map { .server($0) } ?? .file(text)
  }

  /// The address as messages show it, without a password.
  package var shown: String {
    switch self {
    case .file(let path): path
    case .server(let url): url.shown
    }
  }
}

/// A `postgres://` address; its password never comes out in a text for a person.
package struct ServerURL: Hashable, Sendable {
  /// As it was typed.
  package let text: String
  /// The same without a password.
  package let shown: String
  /// The password as it stands in the address, with escapes of URLs, and without them.
  let secrets: [String]

  /// nil where a text is no such address.
  package init?(_ text: String) {
    guard ServerURL.schemes.contains(where: { text.hasPrefix($0) }) else { return nil }
    self.text = text
    (shown, secrets) = ServerURL.hidePasswords(of: text)
  }

  private static let schemes = ["postgres://", "postgresql://"]

  /// A line with the passwords of all such addresses in it taken out.
  package static func withoutPasswords(_ line: String) -> String {
    guard schemes.contains(where: { line.contains($0) }) else { return line }
    var result = ""
    var word = ""
    func shown(_ word: String) -> String {
      for scheme in schemes {
        guard let start = range(of: scheme, in: word) else { continue }
        return word[..<start] + hidePasswords(of: String(word[start...])).shown
      }
      return word
    }
    for character in line {
      if character.isWhitespace || "“”\"「」".contains(character) {
        result += shown(word) + String(character)
        word = ""
      } else {
        word.append(character)
      }
    }
    return result + shown(word)
  }

  private static func range(of part: String, in text: String) -> String.Index? {
    text.indices.first { text[$0...].hasPrefix(part) }
  }

  /// The password stands between the first `:` and the last `@` of what is before the path, or in the parameter `password`.
  private static func hidePasswords(of text: String) -> (shown: String, secrets: [String]) {
    guard let scheme = range(of: "://", in: text) else { return (text, []) }
    let rest = text[text.index(scheme, offsetBy: 3)...]
    var shown = String(text[..<text.index(scheme, offsetBy: 3)])
    var secrets: [String] = []
    // A password with a bare / or ? in it ends at the last @ all the same.
    let query = rest.firstIndex(of: "?") ?? rest.endIndex
    let path = rest.firstIndex(of: "/") ?? rest.endIndex
    let head = rest[..<min(query, path)]
    let tail: Substring
    if let at = head.lastIndex(of: "@") ?? rest[..<query].lastIndex(of: "@"),
      let colon = rest[..<at].firstIndex(of: ":")
    {
      secrets.append(String(rest[rest.index(after: colon)..<at]))
      shown += rest[..<colon] + ":***"
      tail = rest[at...]
    } else {
      tail = rest
    }
    let start = tail.firstIndex(of: "?").map { tail.index(after: $0) } ?? tail.endIndex
    shown += tail[..<start]
    shown += tail[start...].split(separator: "&", omittingEmptySubsequences: false).map { parameter in
      for name in ["password=", "sslpassword=", "passfile="] where parameter.hasPrefix(name) {
        if name != "passfile=" { secrets.append(String(parameter.dropFirst(name.count))) }
        return name + "***"
      }
      return String(parameter)
    }.joined(separator: "&")
    return (shown, secrets.filter { !$0.isEmpty }.flatMap { [$0, unescaped($0)] })
  }

  /// `%40` as `@`.
  private static func unescaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == 0x25, rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A message of the server or the library without the password, should it repeat it.
  func withoutSecrets(_ message: String) -> String {
    var result = message
    for secret in secrets {
      while let start = ServerURL.range(of: secret, in: result) {
        result.replaceSubrange(start..<result.index(start, offsetBy: secret.count), with: "***")
        if secret == "***" { break }
      }
    }
    return result
  }
}
