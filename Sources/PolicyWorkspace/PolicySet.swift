package import PolicyDiagnostics
package import PolicyIR
package import PolicySemantics
package import PolicySyntax
package import PolicyText

/// Rule files that were loaded and checked together.
package struct PolicySet: Sendable {
  /// The folders and files that were asked for.
  package let paths: [String]
  package private(set) var files: SourceFiles
  /// Rule files in the order in which they were read.
  package let syntax: [SyntaxFile]
  package let vocabulary: Vocabulary
  package let checked: CheckResult
  /// All remarks of reading and checking, in file order.
  package let remarks: [Diagnostic]
  /// The rule files that were left unread.
  package let left: [String]
  /// The rule files that were parsed for it; those of another set that read the same were taken from there.
  package let parsed: [String]
  /// What each rule file says before it is parsed.
  let previews: [FilePreview]
  /// Rule files in which the parser found something to remark.
  let remarked: Set<FileID>
  /// A digest of all rule files and official texts, in reading order.
  package let digest: String

  package var program: Program { checked.program }
  package var hasErrors: Bool { remarks.contains { $0.severity == .error } }

  /// Whether a file holds rules typed at a prompt.
  package func isSession(_ file: SyntaxFile) -> Bool { file.source.path == Self.sessionPath }

  /// What the file of rules typed at a prompt is called.
  static let sessionPath = "<会话>"

  /// Whether a rule file is one of those asked for, or below a folder asked for, and not merely imported.
  package func isAskedFor(_ path: String) -> Bool {
    paths.contains { asked in
      let asked = FileSystem.normalized(asked)
      return path == asked || path.hasPrefix(asked + "/")
    }
  }
}

/// What a rule file says before it is parsed.
struct FilePreview: Sendable {
  let heads: FileHeads
  /// What it imports, as written.
  let imports: [(path: String, span: Span)]
  /// The offset of the first byte that is not UTF-8.
  let illFormed: Int?

  init(_ file: SourceFile, _ id: FileID) {
    heads = FileHeads(of: file.bytes)
    illFormed = firstIllFormed(file.bytes)
    let mayImport = file.bytes.contains(sequence: "引入") || file.bytes.contains(sequence: "import")
    imports = mayImport ? importPaths(in: SyntaxFile(id: id, source: file, tree: parseImports(file, id: id))) : []
  }
}

/// Loads folders and files of rules with what they import, and checks them.
///
/// - Parameter need: What of them is asked for; the other files are left unread.
/// - Parameter draft: Rules typed at a prompt: they replace blocks of files in memory, or stand in a file of their own, where
///   they may lack clause and quote.
/// - Parameter source: Where files are read from.
/// - Parameter goOn: Asked before each file is read and again before it is parsed; false stops.
/// - Parameter earlier: A set loaded before: what reads the same in it is not parsed again. The result is the same without.
/// - Throws: What could not be read, `interrupted` where it was stopped.
package func loadPolicies(
  _ paths: [String], for need: PolicyNeed = .all, draft: Draft = Draft(), from source: FileSource = .disk,
  reusing earlier: PolicySet? = nil, goOn: @escaping () -> Bool = { true }
) throws(FileFailure) -> PolicySet {
  var loader = Loader(need: need, draft: draft, source: source, earlier: earlier, goOn: goOn)
  for path in paths { try loader.load(path, from: nil) }
  return try loader.finish(paths)
}

/// Rules that are not written to any file yet.
package struct Draft: Hashable, Sendable {
  /// The content of files in which a block was replaced, by path.
  package var replaced: [String: [UInt8]] = [:]
  /// Blocks that no file has.
  package var added: String = ""

  package init() {}

  package var isEmpty: Bool { replaced.isEmpty && added.isEmpty }
}

private struct Loader {
  let need: PolicyNeed
  let draft: Draft
  let goOn: () -> Bool
  var files = SourceFiles()
  var sources: [(id: FileID, file: SourceFile, preview: FilePreview)] = []
  var seen: Set<String> = []
  var texts: [CheckInput.TextKey: LoadedText] = [:]
  var remarks: [Diagnostic] = []
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Files in which the draft replaced a block.
  var drafts: Set<FileID> = []

  let source: FileSource
  let earlier: PolicySet?
  /// The places of rule files in the earlier set, by path.
  private var places: [String: Int] = [:]
  private var parsed: [String] = []
  private var remarked: Set<FileID> = []

  init(need: PolicyNeed, draft: Draft, source: FileSource, earlier: PolicySet?, goOn: @escaping () -> Bool) {
    self.need = need
    self.draft = draft
    self.source = source
    self.earlier = earlier
    self.goOn = goOn
    for (place, file) in (earlier?.syntax ?? []).enumerated() { places[file.source.path] = place }
  }

  private func ask(about path: String) throws(FileFailure) {
    if !goOn() { throw FileFailure(path: path, cause: .interrupted) }
  }

  private func read(_ path: String) throws(FileFailure) -> [UInt8] {
    try ask(about: path)
    return try source.read(path)
  }

  /// Loads a file, or every rule file below a folder.
  mutating func load(_ path: String, from span: Span?) throws(FileFailure) {
    if source.isFolder(path) == true {
      for file in try source.ruleFiles(below: path) { try loadFile(file) }
    } else {
      try loadFile(FileSystem.normalized(path))
    }
  }

  private mutating func loadFile(_ path: String) throws(FileFailure) {
    guard seen.insert(path).inserted else { return }
    let bytes: [UInt8]
    if let replaced = draft.replaced[path] { bytes = replaced } else { bytes = try read(path) }
    add(bytes)
    let known = places[path].flatMap { earlier!.syntax[$0].source.bytes == bytes ? $0 : nil }
    let file = known.map { earlier!.syntax[$0].source } ?? SourceFile(path: path, bytes: bytes)
    let id = files.add(file)
    let preview = known.map { earlier!.previews[$0] } ?? FilePreview(file, id)
    if draft.replaced[path] != nil { drafts.insert(id) }
    if let bad = preview.illFormed {
      remarks.append(
        Diagnostic(
          .invalidEncoding, at: Span(file: id, start: UInt32(bad), end: UInt32(bad + 1)),
          Bilingual(
            zh: "文件不是 UTF-8 编码（第\(bad + 1)个字节）", en: "the file is not UTF-8 (byte \(bad + 1))"),
          help: [Bilingual(zh: "用编辑器另存为 UTF-8", en: "save it as UTF-8")]))
    }
    // Imports are read first, so that their names stand before their users.
    for (name, written) in preview.imports {
      let span = Span(file: id, start: written.start, end: written.end)
      if name.hasPrefix("/") {
        remarks.append(
          Diagnostic(
            .textNotFound, at: span,
            Bilingual(
              zh: "引入的“\(name)”是绝对路径，换一台机器就找不到", en: "“\(name)” is an absolute path, which another machine won't have"),
            help: [
              Bilingual(
                zh: "写相对于本规则文件的路径，如“../common”", en: "write a path relative to this rule file, such as “../common”")
            ]))
        continue
      }
      let target = FileSystem.resolve(name, relativeTo: path)
      guard source.isFolder(target) != nil else {
        remarks.append(
          Diagnostic(
            .textNotFound, at: span,
            Bilingual(zh: "找不到引入的“\(name)”", en: "the import “\(name)” is not there"),
            help: [Bilingual(zh: "路径相对于本规则文件", en: "paths are relative to this rule file")]))
        continue
      }
      try load(target, from: span)
    }
    sources.append((id, file, preview))
  }

  private mutating func add(_ bytes: [UInt8]) {
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
  }

  consuming func finish(_ paths: [String]) throws(FileFailure) -> PolicySet {
    var sessionFiles = drafts
    if !draft.added.isEmpty {
      let file = SourceFile(path: PolicySet.sessionPath, text: draft.added)
      let id = files.add(file)
      sessionFiles.insert(id)
      sources.append((id, file, FilePreview(file, id)))
    }
    let (vocabulary, difference) = vocabularies()
    let left = need.unneeded(among: sources.map { ($0.file, $0.preview.heads) }, vocabulary)
    let all = sources
    sources = all.indices.filter { !left.contains($0) }.map { all[$0] }
    var syntax: [SyntaxFile] = []
    var same: Set<FileID> = []
    for (id, file, _) in sources {
      try ask(about: file.path)
      if let old = places[file.path].map({ earlier!.syntax[$0] }), old.source.bytes == file.bytes,
        earlier?.remarked.contains(old.id) == false, !difference.occurs(in: file.bytes)
      {
        if old.id == id { same.insert(id) }
        syntax.append(old.id == id ? old : SyntaxFile(id: id, source: file, tree: SyntaxTree(old.tree, of: id)))
        continue
      }
      parsed.append(file.path)
      let (tree, found) = parse(file, id: id, vocabulary: vocabulary)
      if !found.isEmpty { remarked.insert(id) }
      remarks += found
      syntax.append(SyntaxFile(id: id, source: file, tree: tree))
    }
    for file in syntax { try loadTexts(of: file) }
    try ask(about: paths.first ?? "")
    let checked = check(
      CheckInput(
        files: syntax, vocabulary: vocabulary, texts: texts, sessionFiles: sessionFiles, earlier: earlier?.checked,
        unchanged: same))
    let everything = (remarks + withoutConsequences(checked.remarks, of: remarks)).sortedAndUnique()
    var digits = String(hash, radix: 16)
    digits = String(repeating: "0", count: 16 - digits.count) + digits
    return PolicySet(
      paths: paths, files: files, syntax: syntax, vocabulary: vocabulary, checked: checked, remarks: everything,
      left: left.sorted().map { all[$0].file.path }, parsed: parsed, previews: sources.map(\.preview),
      remarked: remarked,
      digest: "fnv1a64:" + digits)
  }

  /// The declared names, and those that the earlier set had not, or had and are gone.
  private func vocabularies() -> (Vocabulary, difference: Vocabulary) {
    let names = sources.flatMap(\.preview.heads.names)
    guard let earlier else { return (Vocabulary(names), Vocabulary()) }
    if names.elementsEqual(earlier.previews.lazy.flatMap(\.heads.names)) { return (earlier.vocabulary, Vocabulary()) }
    return earlier.vocabulary.changed(to: names)
  }

  /// Reads the official texts that a rule file names; a missing one is the checker's remark.
  private mutating func loadTexts(of file: SyntaxFile) throws(FileFailure) {
    for block in file.blocks where block.keyword == .document {
      guard let path = block.line(.quote)?.firstItem?.quoted(0), !path.hasPrefix("/") else { continue }
      let target = FileSystem.resolve(path, relativeTo: file.source.path)
      let bytes: [UInt8]
      do throws(FileFailure) { bytes = try read(target) } catch {
        if error.cause == .interrupted { throw error }
        continue
      }
      add(bytes)
      let text = SourceFile(path: target, bytes: bytes)
      let id = files.add(text)
      let issuer = block.line(.issuer)?.firstItem.map { $0.quoted(0) ?? $0.file.text($0.node) }
      texts[.init(ruleFile: file.id, path: path)] = LoadedText(
        file: id, source: text, text: officialText(text, issuer))
    }
  }

  /// The official text, the one that was read before where it is the same.
  private func officialText(_ file: SourceFile, _ issuer: String?) -> OfficialText {
    let known = earlier?.checked.texts.values.first {
      $0.source.path == file.path && $0.text.issuer == issuer && $0.source.bytes == file.bytes
    }
    return known?.text ?? OfficialText(file: file, issuer: issuer)
  }
}

/// Remarks of checking without those about a place in which the parser could not read something.
private func withoutConsequences(_ remarks: [Diagnostic], of causes: [Diagnostic]) -> [Diagnostic] {
  guard !causes.isEmpty else { return remarks }
  var places: [FileID: [Span]] = [:]
  for cause in causes where cause.severity == .error {
    places[cause.primary.span.file, default: []].append(cause.primary.span)
  }
  for file in places.keys { places[file]?.sort { $0.start < $1.start } }
  return remarks.filter { remark in
    let span = remark.primary.span
    guard let spans = places[span.file] else { return true }
    var (low, high) = (0, spans.count)
    while low < high {
      let middle = (low + high) / 2
      if spans[middle].start < span.start { low = middle + 1 } else { high = middle }
    }
    return !(low < spans.count && spans[low].end <= span.end)
  }
}

/// The offset of the first byte that is not UTF-8.
private func firstIllFormed(_ bytes: [UInt8]) -> Int? {
  var index = 0
  while index < bytes.count {
    if bytes[index] < 0x80 {
      index += 1
      continue
    }
    let (value, length) = decodedScalar(in: bytes, at: index)
    if value == 0xFFFD, length == 1 { return index }
    index += length
  }
  return nil
}

extension [UInt8] {
  fileprivate func contains(sequence text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard self.count >= count else { return false }
    return withUnsafeBufferPointer { buffer in
      for start in 0...(buffer.count - count) where buffer[start] == text.utf8Start[0] {
        var index = 1
        while index < count, buffer[start + index] == text.utf8Start[index] { index += 1 }
        if index == count { return true }
      }
      return false
    }
  }
}
