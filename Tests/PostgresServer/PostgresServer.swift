import Foundation
import Glibc

/// A PostgreSQL server of a test's own: in a new folder, on a Unix socket only, as user postgres where root runs the test.
package final class PostgresServer: Sendable {
  /// Whether tests with engines were asked for: `make test-engines` sets TIAOLI_ENGINES.
  package static var isWanted: Bool { ProcessInfo.processInfo.environment["TIAOLI_ENGINES"] != nil }

  /// The folder of the socket, of the data and of the log.
  package let folder: String
  /// The user whose server it is.
  package let user: String

  /// Starts a server; the last release stops it.
  package init() throws {
    folder = "/tmp/tiaoli-postgres-\(UUID().uuidString.prefix(8))"
    user = geteuid() == 0 ? "postgres" : NSUserName()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    if geteuid() == 0, let owner = getpwnam("postgres") { chown(folder, owner.pointee.pw_uid, owner.pointee.pw_gid) }
    try run(
      "initdb", "-D", folder + "/data", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "-U", user)
    try run(
      "pg_ctl", "-D", folder + "/data", "-w", "-l", folder + "/log", "-o",
      "-c listen_addresses='' -c unix_socket_directories=\(folder) -c fsync=off -c synchronous_commit=off -c full_page_writes=off",
      "start")
  }

  deinit {
    try? run("pg_ctl", "-D", folder + "/data", "-m", "immediate", "stop")
    try? FileManager.default.removeItem(atPath: folder)
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
    try run(
      "psql", "-h", folder, "-U", user, "-d", database, "-v", "ON_ERROR_STOP=1", "-X", "-q", "-A", "-t", "-c",
      statements)
  }

  /// Why a program of PostgreSQL failed.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  @discardableResult
  private func run(_ program: String, _ arguments: String...) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
    let path = versions.sorted().reversed().map { "/usr/lib/postgresql/\($0)/bin" } + ["/usr/bin", "/bin"]
    let asUser = geteuid() == 0 ? ["runuser", "-u", user, "--"] : []
    process.arguments = ["PATH=" + path.joined(separator: ":")] + asUser + [program] + arguments
    process.currentDirectoryURL = URL(filePath: "/tmp")
    let output = URL(filePath: NSTemporaryDirectory() + "tiaoli-\(UUID().uuidString)")
    FileManager.default.createFile(atPath: output.path, contents: nil)
    defer { try? FileManager.default.removeItem(at: output) }
    let handle = try FileHandle(forWritingTo: output)
    (process.standardOutput, process.standardError, process.standardInput) = (handle, handle, FileHandle.nullDevice)
    try process.run()
    process.waitUntilExit()
    let text = try String(contentsOf: output, encoding: .utf8)
    if process.terminationStatus != 0 { throw Failure(description: "\(program): \(text)") }
    return text
  }
}
