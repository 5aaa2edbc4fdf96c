/// The history of this process and, if it has a path, on disk; used from the thread of the editor.
package final class HistoryStore {
  /// The entries, oldest first.
  package private(set) var history: History
  /// The system's error number of the last failure to keep an entry; 0 if there was none.
  package private(set) var failure: Int32 = 0
  /// Where the entries are kept; nil if nowhere.
  package let file: HistoryFile?
  private let remembered: (String) -> String

  /// Loads the entries at the path, if any, and tidies the file when it has grown.
  ///
  /// - Parameter remembered: What is kept of an entry.
  package init(path: String?, remembered: @escaping (String) -> String = { $0 }) {
    self.remembered = remembered
    file = path.map(HistoryFile.init)
    history = History()
    guard let file else { return }
    failure = file.create()
    file.compact()
    history = History(file.load())
  }

  /// Keeps an entry, unless it is blank, begins with a space, or is the latest one.
  package func record(_ entry: String) {
    guard let text = History.kept(remembered(entry)), text != history.entries.last else { return }
    history.add(text)
    if let file { failure = file.append(text) }
  }

  /// Forgets all entries, those on disk too.
  package func clear() {
    history = History()
    if let file { failure = file.clear() }
  }
}
