import Foundation
import Glibc
import Testing

enum Repository {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
}

/// The program that was built beside the tests.
enum Tool {
  static let path: String = {
    let bundle = Bundle.allBundles.map(\.bundleURL).first { $0.pathExtension == "xctest" }
    let folder =
      bundle?.deletingLastPathComponent() ?? URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    return folder.appending(path: "tiaoli").path
  }()

  /// What a run gave back.
  struct Run {
    let output: String
    let errors: String
    let code: Int32
  }

  static let policy = "policies/shuozhou-2022-36"
  static let facts = ["--facts", "policies/shuozhou-2022-36/项目", "--as-of", "2024-06-01"]

  /// Runs the program in the root of the repository, in Chinese unless the environment says otherwise.
  static func run(
    _ arguments: [String], input: String = "", environment: [String: String] = [:], folder: URL = Repository.root
  ) throws -> Run {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    var variables = ["PATH": "/usr/bin:/bin", "HOME": NSTemporaryDirectory(), "TZ": "UTC"]
    for (name, value) in environment { variables[name] = value }
    process.environment = variables
    // Files and no pipes, so that neither side ever waits for the other.
    let files = (0..<3).map { _ in FileManager.default.temporaryDirectory.appending(path: UUID().uuidString) }
    defer { for file in files { try? FileManager.default.removeItem(at: file) } }
    for file in files {
      _ = FileManager.default.createFile(atPath: file.path, contents: Data(file == files[0] ? input.utf8 : "".utf8))
    }
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    return Run(
      output: try String(contentsOf: files[1], encoding: .utf8),
      errors: try String(contentsOf: files[2], encoding: .utf8),
      code: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus)
  }
}

/// Holds a text against a file; UPDATE_GOLDEN=1 rewrites the file, and the run fails all the same.
func expectGolden(_ text: String, _ file: URL) throws {
  let expected = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  if text != expected, ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
    try text.write(to: file, atomically: true, encoding: .utf8)
  }
  #expect(text == expected, "\(file.path)")
}

/// A folder that is removed with the value.
final class TemporaryFolder {
  let path: String

  init(_ files: [String: [UInt8]] = [:]) throws {
    path = FileManager.default.temporaryDirectory.appending(path: "tiaoli-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, bytes) in files { try Data(bytes).write(to: URL(filePath: path + "/" + name)) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
