/// A source of entries: a terminal with or without editing, a script, or a test.
package protocol LineEditor: AnyObject {
  /// Reads one whole entry, which may have several lines; the caller evaluates it and calls again.
  func readLine(prompt: Prompt) -> ReadResult
  /// True if a person is typing: prompts and banners make sense.
  var isInteractive: Bool { get }
  /// Where the entry last returned began; nil when a person typed it.
  var origin: EntryOrigin? { get }
  /// What went wrong while the editor was set up, to be told once.
  var notes: [EditorNote] { get }
  /// The entries of earlier and of this session; nil where none are kept.
  var history: HistoryStore? { get }
}

/// The outcome of reading one entry.
package enum ReadResult: Hashable, Sendable {
  /// A complete entry, without its last line break.
  case line(String)
  /// The user dropped the entry with Ctrl-C, or an unfinished one with Ctrl-D.
  case interrupted
  /// Nothing more will come.
  case endOfInput
  /// The input could not be read or is not UTF-8; the next call goes on after it.
  case failure(EditorFailure)
}

/// The place in a script where an entry begins.
package struct EntryOrigin: Hashable, Sendable {
  /// The file's name as given, or what stands for it.
  package var source: String
  /// The line, from 1.
  package var line: Int

  /// A place in a script.
  package init(source: String, line: Int) {
    self.source = source
    self.line = line
  }
}
