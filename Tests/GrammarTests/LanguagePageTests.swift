import Foundation
import PolicyDiagnostics
import PolicySyntax
import PolicyTesting
import PolicyText
import PolicyWorkspace
import Testing

/// The rules that the language page shows are run.
@Suite struct LanguagePageTests {
  struct Example: CustomTestStringConvertible, Sendable {
    var line: Int
    var tag: String
    var text: String
    var testDescription: String { "docs/language.md:\(line) \(tag)" }
  }

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The fenced blocks whose tag begins with `tiaoli`.
  static let examples: [Example] = {
    let page = (try? String(contentsOf: root.appending(path: "docs/language.md"), encoding: .utf8)) ?? ""
    var examples: [Example] = []
    var open: Example?
    for (index, line) in page.components(separatedBy: "\n").enumerated() {
      if line.hasPrefix("```") {
        if let example = open {
          if example.tag.hasPrefix("tiaoli") { examples.append(example) }
          open = nil
        } else {
          open = Example(line: index + 1, tag: String(line.dropFirst(3)), text: "")
        }
      } else {
        open?.text += line + "\n"
      }
    }
    return examples
  }()

  @Test func thereAreExamples() { #expect(Self.examples.count > 20) }

  /// Checked without a remark, as if typed at the prompt; the cases pass.
  @Test(arguments: examples.filter { $0.tag == "tiaoli check" }) func checks(_ example: Example) throws {
    let set = try load(example)
    #expect(set.remarks.map { "\($0.id.rawValue) \($0.primary.message.zh)" } == [])
    let failures = runCases(set.program, files: set.files).flatMap(\.failures)
    #expect(failures.map { "\($0.target): \($0.expected.zh), \($0.found.zh)" } == [])
  }

  /// Gives the named diagnostic and no other error.
  @Test(arguments: examples.filter { $0.tag.hasPrefix("tiaoli error ") }) func gives(_ example: Example) throws {
    let set = try load(example)
    let errors = Set(set.remarks.filter { $0.severity == .error }.map(\.id.rawValue))
    #expect(errors == [String(example.tag.dropFirst("tiaoli error ".count))])
  }

  private func load(_ example: Example) throws -> PolicySet {
    var draft = Draft()
    draft.added = example.text
    return try loadPolicies([], draft: draft)
  }

  @Test(arguments: examples.filter { $0.tag == "tiaoli fragment" }) func parses(_ example: Example) {
    let names = Self.examples.filter { $0.tag != "tiaoli" }.flatMap { declaredNames(in: Array($0.text.utf8)) }
    var files = SourceFiles()
    let file = SourceFile(path: "例.tiaoli", text: example.text)
    let (_, remarks) = parse(file, id: files.add(file), vocabulary: Vocabulary(names))
    #expect(remarks.map(\.id.rawValue) == [])
  }

  /// Stands word for word in a rule file of `policies/`.
  @Test(arguments: examples.filter { $0.tag == "tiaoli" }) func stands(_ example: Example) throws {
    let folder = Self.root.appending(path: "policies")
    let paths = FileManager.default.enumerator(atPath: folder.path())?.compactMap { $0 as? String } ?? []
    let found = try paths.filter { $0.hasSuffix(".tiaoli") }.contains { path in
      try String(contentsOf: folder.appending(path: path), encoding: .utf8).contains(example.text)
    }
    #expect(found)
  }
}
