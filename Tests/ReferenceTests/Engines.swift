import Foundation
import PolicySQL
import PostgresServer

/// Why an engine can't be asked, for a person.
struct EngineFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// A program with its output.
///
/// - Throws: `EngineFailure` where it can't be started or ends with another code than 0.
@discardableResult func run(_ program: String, _ arguments: [String], input: String? = nil) throws -> String {
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = [program] + arguments
  let (output, errors, source) = (Pipe(), Pipe(), Pipe())
  process.standardOutput = output
  process.standardError = errors
  process.standardInput = input == nil ? FileHandle.nullDevice : source
  try process.run()
  let writer = Thread {
    if let input { try? source.fileHandleForWriting.write(contentsOf: Data(input.utf8)) }
    try? source.fileHandleForWriting.close()
  }
  writer.start()
  let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  let failure = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  if process.terminationStatus != 0 {
    throw EngineFailure("\(program) ended with \(process.terminationStatus): \(failure.prefix(3_000))")
  }
  return text
}

/// A folder that other users may enter, removed by `remove`.
func temporaryFolder(_ name: String) throws -> String {
  let folder = FileManager.default.temporaryDirectory.appending(path: "tiaoli-\(name)-\(UUID().uuidString.prefix(8))")
    .path
  try FileManager.default.createDirectory(
    atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o777])
  try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder)
  return folder
}

// MARK: PostgreSQL

struct PostgreSQLEngine: SQLEngine {
  let dialect = SQLDialect.postgresql
  let server: PostgresServer

  mutating func ask(_ query: SQLQuery, _ schema: SQLSchema, rows: [[String]]) throws -> (
    names: [String], rows: [[String?]]
  ) {
    let script =
      "DROP TABLE IF EXISTS \"\(schema.options.table)\";\n" + schema.createTable(note: { _ in "" }, state: "")
      + schema.insert(rows) + query.text
    // Cells and rows end with characters that no value holds.
    let text = try run(
      "psql",
      [
        "-X", "-q", "-A", "-v", "ON_ERROR_STOP=1", "-h", server.folder, "-U", server.user, "-P", "footer=off", "-F",
        "\u{1f}",
        "-R", "\u{1e}", "-P", "null=\u{1d}", "postgres",
      ], input: "SET client_min_messages = warning;\n" + script)
    let lines = text.split(separator: "\u{1e}").map { line in
      line.split(separator: "\u{1f}", omittingEmptySubsequences: false).map { cell in
        String(cell.last == "\n" ? cell.dropLast() : cell)
      }
    }
    guard let names = lines.first else { throw EngineFailure("psql answered nothing") }
    return (names, lines.dropFirst().map { $0.map { $0 == "\u{1d}" ? nil : $0 } })
  }
}

// MARK: Python

/// One long-lived Python that runs SQL: `Tests/Engines/engine.py`.
final class PythonHelper {
  private let process = Process()
  private let (input, output) = (Pipe(), Pipe())
  private var buffer = Data()

  init(_ arguments: [String]) throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let python = ProcessInfo.processInfo.environment["TIAOLI_PYTHON"] ?? root.appending(path: ".venv/bin/python").path
    guard FileManager.default.isExecutableFile(atPath: python) else {
      throw EngineFailure("no Python at \(python); make test-engines makes one with duckdb and pyspark")
    }
    process.executableURL = URL(filePath: python)
    process.arguments = [root.appending(path: "Tests/Engines/engine.py").path] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(["SPARK_LOCAL_IP": "127.0.0.1"]) { old, _ in old }
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle(forWritingAtPath: "/dev/null")
    try process.run()
    _ = try line()
  }

  func ask(_ statements: [String], _ query: String) throws -> (names: [String], rows: [[String?]]) {
    let job = try JSONSerialization.data(withJSONObject: ["statements": statements, "query": query])
    try input.fileHandleForWriting.write(contentsOf: job + Data("\n".utf8))
    guard let answer = try JSONSerialization.jsonObject(with: line()) as? [String: Any] else {
      throw EngineFailure("no JSON from the helper")
    }
    if let error = answer["error"] as? String { throw EngineFailure(error + "\n" + query.prefix(20_000)) }
    guard let names = answer["names"] as? [String], let rows = answer["rows"] as? [[Any]] else {
      throw EngineFailure("the helper answered \(answer.keys)")
    }
    return (names, rows.map { $0.map { $0 as? String } })
  }

  private func line() throws -> Data {
    while true {
      if let end = buffer.firstIndex(of: 10) {
        defer { buffer = Data(buffer[(end + 1)...]) }
        return Data(buffer[..<end])
      }
      let more = output.fileHandleForReading.availableData
      if more.isEmpty {
        throw EngineFailure(
          "the helper has ended: \(process.arguments ?? []); is the engine installed? try make test-engines")
      }
      buffer += more
    }
  }

  func stop() {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}

struct PythonEngine: SQLEngine {
  let dialect: SQLDialect
  let helper: PythonHelper

  mutating func ask(_ query: SQLQuery, _ schema: SQLSchema, rows: [[String]]) throws -> (
    names: [String], rows: [[String?]]
  ) {
    let table = dialect.quoted(schema.options.table)
    // Statements one by one: none of them holds a semicolon at the end of a line but its own.
    let filling = schema.insert(rows, atOnce: 5_000).split(separator: ";\n").map(String.init)
    let creation = String(schema.createTable(note: { _ in "" }, state: "").dropLast(2))
    let text = query.text.hasSuffix(";\n") ? String(query.text.dropLast(2)) : query.text
    return try helper.ask(["DROP TABLE IF EXISTS \(table)", creation] + filling, text)
  }
}

// MARK: Spark

/// A Spark of the test's own: a master and two workers on loopback.
final class SparkCluster {
  let folder: String
  let master = "spark://127.0.0.1:17077"
  private var processes: [Process] = []

  init() throws {
    folder = try temporaryFolder("spark")
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let python = ProcessInfo.processInfo.environment["TIAOLI_PYTHON"] ?? root.appending(path: ".venv/bin/python").path
    guard FileManager.default.isExecutableFile(atPath: python) else {
      throw EngineFailure("no Python at \(python); make test-engines makes one with duckdb and pyspark")
    }
    let home = try run(python, ["-c", "import pyspark, os; print(os.path.dirname(pyspark.__file__))"])
      .trimmingCharacters(in: .whitespacesAndNewlines)
    let command = "org.apache.spark.deploy."
    try start(home, [command + "master.Master", "--host", "127.0.0.1", "--port", "17077", "--webui-port", "0"])
    for number in 0..<2 {
      try start(
        home,
        [
          command + "worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "768m", "--webui-port", "0",
          "--work-dir",
          folder + "/worker\(number)", master,
        ])
    }
  }

  private func start(_ home: String, _ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(filePath: home + "/bin/spark-class")
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging([
      "SPARK_HOME": home, "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_NO_DAEMONIZE": "1",
    ]) { _, new in new }
    process.standardOutput = FileHandle(forWritingAtPath: "/dev/null")
    process.standardError = FileHandle(forWritingAtPath: "/dev/null")
    try process.run()
    processes.append(process)
  }

  func stop() {
    for process in processes.reversed() {
      process.terminate()
      process.waitUntilExit()
    }
    try? FileManager.default.removeItem(atPath: folder)
  }
}
