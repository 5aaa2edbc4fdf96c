import Foundation
import Testing

/// The absences that docs/architecture.md states, looked for in the sources.
@Suite struct ArchitectureTests {
  private struct Source {
    var module: String
    var name: String
    /// Without lines that are comments.
    var lines: [Substring]
  }

  private static let sources: [Source] = {
    let folder = DocumentPage.root.appending(path: "Sources")
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return paths.filter { $0.hasSuffix(".swift") }.sorted().compactMap { path in
      guard let text = try? String(contentsOf: folder.appending(path: path), encoding: .utf8) else { return nil }
      let parts = path.split(separator: "/")
      let lines = text.split(separator: "\n").filter { !$0.drop(while: \.isWhitespace).hasPrefix("//") }
      return Source(module: String(parts[0]), name: String(parts[parts.count - 1]), lines: lines)
    }
  }()

  /// The files, `Module/Name.swift`, in which a line matches.
  private func files(where matches: (Substring) -> Bool) -> [String] {
    Self.sources.filter { $0.lines.contains(where: matches) }.map { "\($0.module)/\($0.name)" }
  }

  private func modules(importing library: String) -> Set<String> {
    Set(files { $0.hasSuffix("import \(library)") }.map { String($0.prefix { $0 != "/" }) })
  }

  private func words(_ line: Substring) -> Set<Substring> {
    Set(line.split { !$0.isLetter && !$0.isNumber && $0 != "_" })
  }

  @Test func interpretationsKnowNoSyntax() {
    let readers = modules(importing: "PolicySyntax").union(modules(importing: "PolicySemantics"))
    #expect(
      readers.isDisjoint(with: [
        "PolicyIR", "PolicyEvaluation", "PolicyPlans", "PolicyColumns", "PolicySQL", "PolicyFacts", "PolicyAnswers",
        "PolicyCoverage",
        "PolicyTesting",
      ]))
  }

  @Test func theEngineSpeaksNoLanguage() {
    #expect(!modules(importing: "PolicyDiagnostics").contains("PolicyEvaluation"))
    let speaking = Self.sources.filter { source in
      source.module == "PolicyEvaluation"
        && source.lines.contains {
          $0.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } && $0.contains("\"")
        }
    }
    #expect(speaking.map(\.name) == ["Label.swift"])
  }

  @Test func theFrontEndDoesNotThrow() {
    let front: Set = ["PolicySyntax", "PolicySemantics", "PolicyIR", "PolicyDiagnostics"]
    let throwing = files { !words($0).isDisjoint(with: ["throw", "throws"]) }
    #expect(throwing.filter { front.contains(String($0.prefix { $0 != "/" })) } == [])
  }

  @Test func librariesStandInOnePlace() {
    #expect(files { $0.hasSuffix("import Foundation") } == [])
    #expect(modules(importing: "Yams") == ["PolicyFacts"])
    #expect(modules(importing: "CEditLine") == ["LineEditing"])
    #expect(modules(importing: "CZ3") == ["PolicyAnalysis"])
    #expect(modules(importing: "CPQ") == ["PolicyStore"])
    #expect(modules(importing: "GRDB") == ["SQLiteFiles", "PolicyRecords", "PolicyStore"])
    #expect(modules(importing: "CSHA2") == ["PolicyRecords"])
    #expect(modules(importing: "CSheets") == ["PolicyTables"])
    #expect(modules(importing: "GRDBSQLite") == ["PolicyTables"])
    #expect(modules(importing: "ArgumentParser") == ["PolicyVerbs", "PolicyREPL"])
  }

  @Test func nothingIsInexactOrPublic() {
    #expect(files { !words($0).isDisjoint(with: ["Double", "Float", "Decimal"]) } == [])
    #expect(files { $0.drop(while: \.isWhitespace).hasPrefix("public ") } == [])
  }

  @Test func theClockIsReadOnce() {
    #expect(files { $0.contains("time(nil)") || $0.contains("clock_gettime") } == ["PolicyVerbs/runCommandLine.swift"])
    #expect(
      files { $0.contains("ContinuousClock.now") || $0.contains("SuspendingClock") } == [
        "PolicyREPL/Pager.swift", "PolicyVerbs/Progress.swift",
      ])
  }

  @Test func threadsStartInOnePlace() {
    let starting: Set<Substring> = [
      "concurrentPerform", "pthread_create", "DispatchQueue", "DispatchGroup", "Task", "TaskGroup", "withTaskGroup",
      "async",
    ]
    #expect(files { !words($0).isDisjoint(with: starting) } == ["PolicyColumns/inParallel.swift"])
  }

  @Test func filesAreOpenedInFourPlaces() {
    let opening = files {
      $0.contains("O_RDONLY") || $0.contains("O_RDWR") || $0.contains("O_WRONLY") || $0.contains("fopen(")
    }
    #expect(
      opening.allSatisfy {
        // The null device of a program that is run is no file of anybody's.
        [
          "PolicyWorkspace/FileSystem.swift", "PolicyWorkspace/FileSystem+Streams.swift",
          "PolicyWorkspace/runProgram.swift",
        ].contains($0)
          || $0.hasPrefix("LineEditing/")
      }, "\(opening)")
    #expect(
      files { $0.contains("DatabaseQueue(") || $0.contains("DatabasePool(") } == ["SQLiteFiles/SQLiteFile.swift"])
    #expect(
      files { $0.contains("zip.open(") || $0.contains("CSheets_workbook(") || $0.contains("sqlite3_open_v2(") } == [
        "PolicyTables/Archive.swift", "PolicyTables/Database.swift", "PolicyTables/WorkbookSink.swift",
      ])
  }

  /// A store that the user names by its address is asked through libpq; there is no other way out.
  @Test func oneModuleLeavesTheMachine() {
    #expect(files { $0.contains("connectdbParams(") } == ["PolicyStore/PostgresStore.swift"])
    let calls: Set<Substring> = ["socket", "fork", "execv", "execve", "popen", "system", "Process"]
    #expect(files { line in words(line).contains { calls.contains($0) && line.contains("\($0)(") } } == [])
  }

  @Test func programsAreStartedInTwoPlaces() {
    let starting = files { $0.contains("posix_spawn(") || $0.contains("posix_spawnp(") }
    #expect(starting == ["PolicyREPL/ForegroundProgram.swift", "PolicyWorkspace/runProgram.swift"])
    let running = files { $0.contains("runProgram(") && !$0.contains("func runProgram(") }
    #expect(running == ["PolicyWorkspace/GitRevision.swift"])
  }
}
