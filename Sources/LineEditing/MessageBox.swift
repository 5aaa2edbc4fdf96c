import CEditLine
import Synchronization

/// Messages from any thread, which the editor shows above the prompt without touching what is being typed.
package final class MessageBox: Sendable {
  private let messages = Mutex<[String]>([])

  /// An empty box.
  package init() {}

  /// Adds a message of one or more lines.
  package func post(_ message: String) {
    messages.withLock { $0.append(message) }
    cle_wake()
  }

  /// Takes all messages out, oldest first.
  package func takeAll() -> [String] {
    messages.withLock { box in
      defer { box = [] }
      return box
    }
  }
}
