import Foundation
import PolicySQL
import PostgresServer
import Testing

/// The engines that TIAOLI_ENGINES names, with commas.
let wantedEngines = (ProcessInfo.processInfo.environment["TIAOLI_ENGINES"] ?? "").split(separator: ",").map(String.init)

/// The queries in other databases against the interpreter, each on 10⁴ subjects at least; `make test-engines` runs them.
///
/// Without TIAOLI_ENGINES nothing is run.
@Suite(.serialized, .enabled(if: !wantedEngines.isEmpty)) struct EngineTests {
  @Test func postgresql() throws {
    if !wantedEngines.contains("postgresql") { return }
    let server = try PostgresServer()
    var engine = PostgreSQLEngine(server: server)
    try check(&engine, programs: 160, subjects: 100, policies: true)
  }

  @Test func duckdb() throws {
    if !wantedEngines.contains("duckdb") { return }
    let helper = try PythonHelper(["duckdb"])
    defer { helper.stop() }
    var engine = PythonEngine(dialect: .duckdb, helper: helper)
    try check(&engine, programs: 160, subjects: 100, policies: true)
  }

  @Test func spark() throws {
    if !wantedEngines.contains("spark") { return }
    let cluster = try SparkCluster()
    defer { cluster.stop() }
    let helper = try PythonHelper(["spark", cluster.master, cluster.folder])
    defer { helper.stop() }
    var engine = PythonEngine(dialect: .spark, helper: helper)
    // A statement of Spark takes a second, however few its rows are.
    try check(&engine, programs: 24, subjects: 800, policies: false)
  }

  private func check(
    _ engine: inout some SQLEngine, programs: Int, subjects: Int, policies: Bool
  ) throws {
    var tally = SQLTally()
    for number in 0..<programs {
      if let wrong = try SQLSample.difference(number, subjects: subjects, &engine, &tally) {
        Issue.record("\(engine.dialect.rawValue): \(wrong)")
        return
      }
    }
    #expect(tally.subjects >= 10_000, "too little is compiled: \(tally)")
    if policies {
      try SQLSample.comparePolicies(&engine, &tally)
    } else {
      try SQLSample.compareShuozhou(&engine, &tally)
    }
    print("\(engine.dialect.rawValue): \(tally)")
    #expect(tally.amounts > 0 && tally.reasons > 0 && tally.splits > 0, "\(tally)")
  }
}
