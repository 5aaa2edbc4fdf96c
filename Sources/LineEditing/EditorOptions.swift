/// What the program decides about editing.
package struct EditorOptions {
  /// The program's name, which selects lines of the user's key file.
  package var program = "tiaoli"
  /// True for a terminal without any motion of the cursor, as after `--plain`.
  package var isPlain = false
  /// True if styles may be shown as colours.
  package var colour = false
  /// True if the rest of an earlier entry is shown in grey; needs colour.
  package var hints = true
  /// Where entries are kept; nil to keep them for this session only.
  package var historyPath: String?
  /// What the history keeps of an entry, in which secrets may stand.
  package var remembered: (String) -> String = { $0 }
  /// The editor's own words.
  package var texts = EditorTexts()
  /// Where other threads put what is to be shown above the prompt.
  package var messages = MessageBox()

  /// The usual choices: no colour, no file.
  package init() {}
}

/// The few words that the editor itself shows.
package struct EditorTexts: Sendable {
  /// Before the words of a search.
  package var search = "（查找历史）"
  /// Before the words of a search that finds nothing.
  package var searchFailed = "（没有找到）"
  /// The question before a long list of candidates.
  package var listQuestion: @Sendable (Int) -> String = { "共 \($0) 项，全部列出？(y/n) " }
  /// Told when an entry is longer than the limit.
  package var entryFull: @Sendable (Int) -> String = { "一次输入最多 \($0) 个字符，超出部分未收入；长的输入请存为文件，用 -f 运行" }

  /// Chinese words.
  package init() {}
}
