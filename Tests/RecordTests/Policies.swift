import Foundation
import PolicyDiagnostics
import PolicyIR
import PolicyRecords
import PolicyValues
import PolicyWorkspace

enum Policies {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path
  static let shuozhou = root + "/policies/shuozhou-2022-36"
  static let tutorials = ((try? FileManager.default.contentsOfDirectory(atPath: root + "/policies/tutorial")) ?? [])
    .sorted().map { root + "/policies/tutorial/" + $0 }
  static let day = CivilDate(year: 2024, month: 6, day: 1)!

  static func session(_ path: String, facts: [String] = []) throws -> Session {
    let session = Session(policies: try loadPolicies([path]), asOf: day, language: .zh)
    try session.loadFacts(facts)
    return session
  }

  static func shuozhouSession() throws -> Session { try session(shuozhou, facts: [shuozhou + "/项目"]) }

  /// The records of every measure with every subject of its kind, among the first so many.
  static func records(_ session: Session, subjects: Int = .max) -> [AnswerRecord] {
    let index = RuleIndex(session.policies)
    return session.subjects.prefix(subjects).flatMap { subject in
      session.program.measures.indices.compactMap { measure in
        session.program.measures[measure].object?.kind == subject.kind
          ? session.record(of: .init(measure), for: subject, index: index, engine: "test") : nil
      }
    }
  }
}

/// A path in a folder that is removed with the value.
final class TemporaryFile {
  let folder: String
  var path: String { folder + "/记录.sqlite" }

  init() throws {
    folder = NSTemporaryDirectory() + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }
}

/// Numbers that look random and are the same in every run.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
