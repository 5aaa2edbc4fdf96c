import Foundation
import PolicyStore
import PostgresServer
import Testing

/// What a store is kept in; the same tests run on each.
enum Engine: String, CaseIterable, CustomTestStringConvertible {
  case sqlite, postgres

  var testDescription: String { rawValue }

  /// SQLite, and PostgreSQL where tests with engines were asked for.
  static var all: [Engine] { PostgresServer.isWanted ? allCases : [.sqlite] }

  private static let server = Result { try PostgresServer() }

  /// The address of a new store.
  func newStore(_ folder: TemporaryFolder) throws -> String {
    switch self {
    case .sqlite: folder.path + "/\(UUID().uuidString.prefix(8)).db"
    case .postgres: try Engine.server.get().newDatabase()
    }
  }

  /// Runs statements beside the program.
  @discardableResult
  func sql(_ statements: String, in store: String) throws -> String {
    switch self {
    case .sqlite: try shell("/usr/bin/sqlite3", store, statements)
    case .postgres:
      try Engine.server.get().sql(
        statements, in: String(store.drop { $0 != "@" }.dropFirst(2).prefix { $0 != "?" }))
    }
  }
}

func shell(_ program: String, _ arguments: String...) throws -> String {
  let process = Process()
  process.executableURL = URL(filePath: program)
  process.arguments = arguments
  let pipe = Pipe()
  (process.standardOutput, process.standardError) = (pipe, pipe)
  process.standardInput = FileHandle.nullDevice
  try process.run()
  let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  return output
}

/// A folder that is removed with the value.
final class TemporaryFolder {
  let path: String

  init(_ files: [String: String] = [:]) throws {
    path = NSTemporaryDirectory() + "tiaoli-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, text) in files { try text.write(toFile: path + "/" + name, atomically: true, encoding: .utf8) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
