import Foundation
import Glibc

/// A PostgreSQL server of a test's own: in a new folder, on a Unix socket only, as user postgres where root runs the test.
///
/// It ends with the process that started it, however that ends.
package final class PostgresServer: @unchecked Sendable {
  /// Whether tests with engines were asked for: `make test-engines` sets TIAOLI_ENGINES.
  package static var isWanted: Bool { ProcessInfo.processInfo.environment["TIAOLI_ENGINES"] != nil }

  /// The folder of the socket, of the data and of the log.
  package let folder: String
  /// The user whose server it is.
  package let user: String
  /// While it is open the server runs.
  private let lifeline = Pipe()

  /// Starts a server.
  package init() throws {
    folder =
      FileManager.default.temporaryDirectory.appending(path: "tiaoli-postgres-\(UUID().uuidString.prefix(8))").path
    user = geteuid() == 0 ? "postgres" : NSUserName()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    if geteuid() == 0, let owner = getpwnam("postgres") { chown(folder, owner.pointee.pw_uid, owner.pointee.pw_gid) }
    let options =
      "-c listen_addresses='' -c unix_socket_directories=\(folder)"
      + " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    let script = """
      exec 2>&1
      initdb -D \(folder)/data -A trust -E UTF8 --locale=C.UTF-8 --no-sync -U \(user) >\(folder)/log &&
      pg_ctl -D \(folder)/data -w -l \(folder)/log -o "\(options)" start >>\(folder)/log || { cat \(folder)/log; rm -rf \(folder)/*; exit 1; }
      echo ready
      cat >/dev/null
      pg_ctl -D \(folder)/data -m immediate stop >/dev/null
      rm -rf \(folder) \(folder)/*
      """
    let process = process(["sh", "-c", script])
    let output = Pipe()
    (process.standardInput, process.standardOutput, process.standardError) = (lifeline, output, output)
    try process.run()
    let answer = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    guard answer == "ready\n" else { throw Failure(description: answer) }
  }

  /// A new database's address for libpq.
  package func newDatabase() throws -> String {
    let name = "d\(UUID().uuidString.prefix(8).lowercased())"
    try sql("CREATE DATABASE \(name)", in: "postgres")
    return "postgres://\(user)@/\(name)?host=\(folder)"
  }

  /// Runs statements with psql and returns what it prints, a row a line.
  @discardableResult
  package func sql(_ statements: String, in database: String) throws -> String {
    let process = process([
      "psql", "-h", folder, "-U", user, "-d", database, "-v", "ON_ERROR_STOP=1", "-X", "-q", "-A", "-t", "-c",
      statements,
    ])
    let output = Pipe()
    (process.standardInput, process.standardOutput, process.standardError) = (FileHandle.nullDevice, output, output)
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    if process.terminationStatus != 0 { throw Failure(description: text) }
    return text
  }

  /// What PostgreSQL says when it fails.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  /// A program of PostgreSQL or the shell, as the server's user.
  private func process(_ words: [String]) -> Process {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
    let path =
      versions.sorted().reversed().map { "/usr/lib/postgresql/\($0)/bin" } + ["/usr/bin", "/bin", "/usr/sbin", "/sbin"]
    let asUser = geteuid() == 0 ? ["runuser", "-u", user, "--"] : []
    process.arguments = ["PATH=" + path.joined(separator: ":")] + asUser + words
    process.currentDirectoryURL = FileManager.default.temporaryDirectory
    return process
  }
}
