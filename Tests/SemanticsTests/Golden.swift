import Foundation
import Testing

enum Repository {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
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

  init(_ files: [String: String] = [:]) throws {
    path = FileManager.default.temporaryDirectory.appending(path: "tiaoli-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, text) in files { try text.write(toFile: path + "/" + name, atomically: true, encoding: .utf8) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
