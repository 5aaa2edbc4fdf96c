import Foundation
import PolicyDiagnostics
import PolicyText
import PolicyValues
import PolicyVerbs
import PolicyWorkspace
import Testing

/// Every folder of Fixtures/check holds rules, their official text and what the check says of them.
///
/// A folder named by an id yields that id alone, and its `repaired.tiaoli` nothing; one named `one-cause-…` yields one
/// remark; `clean…` none.
@Suite struct FixtureTests {
  static let folder = Repository.root.appending(path: "Tests/Fixtures/check")
  static let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.sorted() ?? []

  /// Rules as `check` sees them on 1 June 2024.
  private func session(_ name: String, _ file: String) throws -> Session {
    let path = Self.folder.appending(path: name + "/" + file).path
    let day = try #require(CivilDate(year: 2024, month: 6, day: 1))
    return Session(policies: try loadPolicies([path]), asOf: day, language: .zh)
  }

  @Test(arguments: names) func fixture(_ name: String) throws {
    let session = try session(name, "input.tiaoli")
    let remarks = checkRemarks(session).sortedAndUnique()
    let prefix = Self.folder.appending(path: name).path + "/"
    func shown(_ format: DiagnosticFormat, _ language: Language) -> String {
      render(remarks, files: session.files, format: format, language: language, width: 100)
        .replacingOccurrences(of: prefix, with: "")
    }
    try expectGolden(
      shown(.text, .zh) + "\n" + shown(.gnu, .en), Self.folder.appending(path: name + "/expected.txt"))
    let ids = remarks.map(\.id.rawValue)
    if name.hasPrefix("T") { #expect(Set(ids) == [String(name.prefix(5))]) }
    if name.hasPrefix("one-cause") { #expect(ids.count == 1) }
    if name.hasPrefix("clean") { #expect(ids.isEmpty) }
    for remark in remarks {
      #expect(!remark.primary.message.zh.isEmpty && !remark.primary.message.en.isEmpty)
      #expect(Int(remark.primary.span.end) <= session.files[remark.primary.span.file].bytes.count)
    }
  }

  @Test(arguments: names.filter { $0.hasPrefix("T") }) func repaired(_ name: String) throws {
    let remarks = checkRemarks(try session(name, "repaired.tiaoli"))
    #expect(remarks.isEmpty, "\(remarks.map(\.primary.message.zh))")
  }

  /// Facts have fixtures and pages of their own in PolicyFactsTests.
  @Test(arguments: DiagnosticID.allCases.filter { !$0.rawValue.hasPrefix("T06") })
  func everyIdHasItsFixture(_ id: DiagnosticID) { #expect(Self.names.contains(id.rawValue)) }

  /// Every folder has all its files and no other.
  @Test(arguments: names) func noFixtureIsOrphaned(_ name: String) throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.appending(path: name).path)
      .filter { !$0.hasPrefix(".") }
    var wanted: Set = ["input.tiaoli", "原文.txt", "expected.txt"]
    if name.hasPrefix("T") { wanted.insert("repaired.tiaoli") }
    #expect(Set(files) == wanted)
  }
}
