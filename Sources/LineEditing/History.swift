/// The entries of earlier and of this session, oldest first, each one once.
package struct History: Sendable {
  /// The most entries kept.
  package static let limit = 10_000
  /// The entries, oldest first.
  package private(set) var entries: [String] = []

  /// A history of the given entries; a repeated one counts where it stands last.
  package init(_ entries: [String] = []) {
    var seen = Set<String>()
    for entry in entries.reversed() where seen.insert(entry).inserted { self.entries.append(entry) }
    self.entries = self.entries.prefix(Self.limit).reversed()
  }

  /// The entry as it is kept; nil for blank ones and for those that begin with a space, which says "don't keep".
  package static func kept(_ entry: String) -> String? {
    let text = trimmedEntry(entry)
    return text.isEmpty || text.hasPrefix(" ") || text.hasPrefix("\u{3000}") ? nil : text
  }

  /// Adds an entry at the end and removes its earlier copy.
  package mutating func add(_ entry: String) {
    if let index = entries.lastIndex(of: entry) { entries.remove(at: index) }
    entries.append(entry)
    if entries.count > Self.limit { entries.removeFirst(entries.count - Self.limit) }
  }

  /// The index of the nearest entry before `index` that contains the words; ASCII letters match in either case.
  package func search(_ words: String, before index: Int) -> Int? {
    let needle = folded(words)
    return entries[..<min(index, entries.count)].lastIndex { contains(folded($0), needle) }
  }

  /// The index of the nearest entry after `index` that contains the words.
  package func search(_ words: String, after index: Int) -> Int? {
    let needle = folded(words)
    return entries.indices.dropFirst(index + 1).first { contains(folded(entries[$0]), needle) }
  }

  /// What the latest entry that begins with the text goes on with; nil if none does.
  package func continuation(of text: String) -> String? {
    guard !text.isEmpty,
      let entry = entries.last(where: { $0.utf8.count > text.utf8.count && $0.utf8.starts(with: text.utf8) })
    else { return nil }
    return String(decoding: entry.utf8.dropFirst(text.utf8.count), as: UTF8.self)
  }

  /// The range of UTF-8 offsets where the entry contains the words.
  package static func match(of words: String, in entry: String) -> Range<Int>? {
    let needle = folded(words)
    return position(of: needle, in: folded(entry)).map { $0..<$0 + needle.count }
  }
}

private func folded(_ text: String) -> [UInt8] {
  text.utf8.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
}

private func contains(_ text: [UInt8], _ needle: [UInt8]) -> Bool { position(of: needle, in: text) != nil }

private func position(of needle: [UInt8], in text: [UInt8]) -> Int? {
  guard let first = needle.first else { return 0 }
  guard text.count >= needle.count else { return nil }
  for start in 0...(text.count - needle.count) where text[start] == first {
    if text[start..<start + needle.count].elementsEqual(needle) { return start }
  }
  return nil
}
