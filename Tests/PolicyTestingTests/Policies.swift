import Foundation
import PolicyIR
import PolicyTesting
import PolicyText
import PolicyWorkspace

/// The repository's own policies.
enum Policies {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func path(_ name: String) -> String { root.appending(path: "policies/\(name)").path(percentEncoded: false) }

  static let tutorials: [String] = {
    let folder = root.appending(path: "policies/tutorial")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))) ?? []
    return names.filter { $0.first?.isNumber == true }.sorted().map { "tutorial/\($0)" }
  }()

  /// Rules written in a test, where they need neither clause nor quote.
  static func typed(_ text: String) throws -> PolicySet {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tiaoli-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var draft = Draft()
    draft.added = text
    return try loadPolicies([folder.path(percentEncoded: false)], draft: draft)
  }

  /// A copy of a policy that a test may write to; the caller removes it.
  static func copy(_ name: String) throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tiaoli-\(UUID().uuidString)")
    try FileManager.default.copyItem(at: root.appending(path: "policies"), to: folder)
    return folder
  }
}
