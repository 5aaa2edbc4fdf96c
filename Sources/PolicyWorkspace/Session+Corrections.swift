import PolicyIR
package import PolicyTesting
import PolicyText

/// Lines of a case file before and after a correction.
package struct CorrectedLines: Hashable, Sendable {
  package let path: String
  /// The first of them in the file as it was, from 1.
  package let line: Int
  package let before: [String]
  package let after: [String]
}

/// Case files with the answers of now in the place of those that were expected.
package struct CorrectedFiles: Sendable {
  /// In the order of files and lines.
  package fileprivate(set) var lines: [CorrectedLines] = []
  /// The cases that pass now.
  package fileprivate(set) var corrected: [String] = []
  /// The cases that still don't: there are no words for the answer, or the file isn't one of those asked for.
  package fileprivate(set) var left: [String] = []
  fileprivate var contents: [String: [UInt8]] = [:]
}

extension Session {
  /// Replaces exactly the words of expectations that failed; nothing is written yet.
  ///
  /// What comes out is read, checked and run before it is believed.
  package func corrections(of results: [CaseResult]) throws(FileFailure) -> CorrectedFiles {
    let expectations = program.cases.flatMap(\.expectations)
    var edits: [FileID: [Edit]] = [:]
    for failure in results.flatMap(\.failures) {
      guard case .part(let axis, let text) = failure.correction,
        let part = expectations.first(where: { $0.span == failure.span })?.parts.first(where: { $0.axis == axis }),
        isCorrectable(part.span.file)
      else { continue }
      let edit = Edit(part.span, text, in: files[part.span.file].bytes)
      if edits[edit.span.file]?.contains(edit) != true { edits[edit.span.file, default: []].append(edit) }
    }
    var result = CorrectedFiles()
    var draft = Draft()
    for file in edits.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
      let source = files[file]
      let ordered = edits[file]!.sorted { $0.span.start < $1.span.start }
      draft.replaced[source.path] = apply(ordered, to: source.bytes)
      result.lines += lines(ordered, source)
    }
    result.contents = draft.replaced
    let changed = try loadPolicies(policies.paths, draft: draft, from: .asRead(for: state.base), reusing: policies)
    let failed = Set(results.filter { !$0.passed }.map(\.name))
    let now =
      changed.hasErrors
      ? [] : runCases(changed.program, files: changed.files).filter { failed.contains($0.name) && $0.passed }
    result.corrected = results.map(\.name).filter { name in now.contains { $0.name == name } }
    result.left = results.filter { !$0.passed }.map(\.name).filter { !result.corrected.contains($0) }
    if changed.hasErrors { (result.lines, result.contents) = ([], [:]) }
    return result
  }

  /// Writes corrected files, each whole or not at all, and reads them again.
  package func write(_ corrected: CorrectedFiles) throws(FileFailure) {
    for path in corrected.contents.keys.sorted() {
      try FileSystem.write(String(decoding: corrected.contents[path]!, as: UTF8.self), to: path)
    }
    if !corrected.contents.isEmpty { _ = try reload() }
  }

  /// Only files that were asked for are changed: no shared folder, and nothing that was typed.
  private func isCorrectable(_ file: FileID) -> Bool {
    policies.isAskedFor(files[file].path) && state.draft.replaced[files[file].path] == nil
  }

  private func apply(_ edits: [Edit], to bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var position = 0
    for edit in edits where Int(edit.span.start) >= position {
      result += bytes[position..<Int(edit.span.start)]
      result += Array(edit.text.utf8)
      position = Int(edit.span.end)
    }
    return result + bytes[position...]
  }

  /// The changed lines, those that touch each other together.
  private func lines(_ edits: [Edit], _ file: SourceFile) -> [CorrectedLines] {
    var groups: [(first: Int, last: Int, edits: [Edit])] = []
    for edit in edits {
      let (first, last) = (file.line(of: edit.span.start), file.line(of: edit.span.end))
      if let group = groups.last, first <= group.last {
        groups[groups.count - 1].last = max(last, group.last)
        groups[groups.count - 1].edits.append(edit)
      } else {
        groups.append((first, last, [edit]))
      }
    }
    return groups.map { group in
      let start = UInt32(file.lineRange(group.first).lowerBound)
      let end = UInt32(file.lineRange(group.last).upperBound)
      let moved = group.edits.map { edit in
        Edit(
          span: Span(file: edit.span.file, start: edit.span.start - start, end: edit.span.end - start), text: edit.text)
      }
      let old = Array(file.bytes[Int(start)..<Int(end)])
      func split(_ bytes: [UInt8]) -> [String] {
        String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      }
      return CorrectedLines(path: file.path, line: group.first, before: split(old), after: split(apply(moved, to: old)))
    }
  }
}

/// Other words in the place of some.
private struct Edit: Hashable {
  var span: Span
  var text: String

  init(span: Span, text: String) {
    self.span = span
    self.text = text
  }

  /// Words that go take the mark before them with them.
  init(_ span: Span, _ text: String, in bytes: [UInt8]) {
    self.init(span: span, text: text)
    guard text.isEmpty else { return }
    let marks: [[UInt8]] = ["，", "、", "；", ",", ";", " ", "\t", "\n", "\r", "　"].map { Array($0.utf8) }
    var start = Int(span.start)
    while let mark = marks.first(where: { start >= $0.count && Array(bytes[start - $0.count..<start]) == $0 }) {
      start -= mark.count
    }
    self.span = Span(file: span.file, start: UInt32(start), end: span.end)
  }
}
