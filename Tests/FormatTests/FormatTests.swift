import PolicyDiagnostics
import PolicyFormat
import PolicyIR
import PolicySemantics
import PolicySyntax
import PolicyTesting
import PolicyText
import PolicyWorkspace
import Testing

/// The repository's folder, from this file's place.
private let root = String(#filePath.split(separator: "/").dropLast(3).joined(separator: "/"))

/// Every policy of the repository, each a folder of its own.
private let policies: [String] = {
  let tutorial = (try? FileSystem.files(below: "/\(root)/policies/tutorial", ending: ".tiaoli")) ?? []
  let lessons = Set(
    tutorial.compactMap { path in path.split(separator: "/").dropLast().first { $0.contains("-") && $0.first!.isNumber }
    })
  return ["/\(root)/policies/shuozhou-2022-36"] + lessons.sorted().map { "/\(root)/policies/tutorial/\($0)" }
}()

/// A policy whose rule files are replaced by what a conversion makes of them, checked like files.
private func converted(_ set: PolicySet, _ conversion: (SyntaxFile) -> String) -> (CheckResult, SourceFiles) {
  var files = SourceFiles()
  var sources: [(FileID, SourceFile, FileID)] = []
  for file in set.syntax {
    let source = SourceFile(path: file.source.path, text: conversion(file))
    sources.append((files.add(source), source, file.id))
  }
  let vocabulary = Vocabulary(sources.flatMap { declaredNames(in: $0.1.bytes) })
  var texts: [CheckInput.TextKey: LoadedText] = [:]
  let syntax = sources.map { id, source, _ in
    SyntaxFile(id: id, source: source, tree: parse(source, id: id, vocabulary: vocabulary).tree)
  }
  for file in syntax {
    for path in textPaths(in: file) {
      guard let bytes = try? FileSystem.read(FileSystem.resolve(path, relativeTo: file.source.path)) else { continue }
      let text = SourceFile(path: path, bytes: bytes)
      let issuer = file.blocks.first { $0.keyword == .document }?.line(.issuer)?.items.first.map {
        $0.quoted(0) ?? $0.file.text($0.node)
      }
      texts[.init(ruleFile: file.id, path: path)] = LoadedText(
        file: files.add(text), source: text, text: OfficialText(file: text, issuer: issuer))
    }
  }
  return (check(CheckInput(files: syntax, vocabulary: vocabulary, texts: texts)), files)
}

@Suite("Layout and the two languages of keywords")
struct FormatTests {
  @Test("Formatting is idempotent and keeps every token", arguments: policies)
  func idempotent(_ policy: String) throws {
    let set = try loadPolicies([policy])
    for file in set.syntax {
      let once = format(file)
      let source = SourceFile(path: file.source.path, text: once)
      let tree = parse(source, id: file.id, vocabulary: set.vocabulary).tree
      let again = SyntaxFile(id: file.id, source: source, tree: tree)
      #expect(format(again) == once, "\(file.source.path)")
      #expect(tokens(file) == tokens(again), "\(file.source.path)")
    }
  }

  @Test("A file in English keywords means the same, and turns back into Chinese", arguments: policies)
  func bilingual(_ policy: String) throws {
    let set = try loadPolicies([policy])
    let (english, files) = converted(set) { format($0, keywords: .en) }
    #expect(!english.remarks.contains { $0.severity == .error })
    #expect(english.program.measures.map(\.name) == set.program.measures.map(\.name))
    #expect(english.program.measures.map(\.force) == set.program.measures.map(\.force))
    #expect(english.program.measures.map(\.departments) == set.program.measures.map(\.departments))
    let before = runCases(set.program, files: set.files)
    let after = runCases(english.program, files: files)
    #expect(!before.isEmpty)
    #expect(after.map(\.name) == before.map(\.name))
    #expect(after.filter { !$0.passed }.map(\.name) == [])
    for file in set.syntax {
      let text = SourceFile(path: file.source.path, text: format(file, keywords: .en))
      let tree = parse(text, id: file.id, vocabulary: set.vocabulary).tree
      let back = format(SyntaxFile(id: file.id, source: text, tree: tree), keywords: .zh)
      #expect(back == format(file, keywords: .zh), "\(file.source.path)")
    }
  }

  /// The tokens that carry meaning, as they are written.
  private func tokens(_ file: SyntaxFile) -> [String] {
    file.tree.nodes.indices.filter {
      file.tree[$0].kind.isToken && ![.whitespace, .newline].contains(file.tree[$0].kind)
    }
    .map { file.text($0) }
  }
}
