import Foundation
import PolicyDiagnostics
import PolicyIR
import PolicyValues
import PolicyWorkspace

/// A policy of the repository with its sample subjects.
struct RepositoryPolicy {
  let name: String
  let set: PolicySet
  let samples: [Subject]

  /// The Shuozhou policy and those of the tutorial.
  static func all() throws -> [RepositoryPolicy] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = root.appending(path: "policies")
    var paths = [folder.appending(path: "shuozhou-2022-36")]
    paths += try FileManager.default.contentsOfDirectory(
      at: folder.appending(path: "tutorial"), includingPropertiesForKeys: [.isDirectoryKey]
    ).filter { $0.hasDirectoryPath }.sorted { $0.path < $1.path }
    return try paths.map { path in
      let set = try loadPolicies([path.path])
      let session = Session(policies: set, asOf: day(2024, 6, 1), language: .zh)
      let samples = path.appending(path: "项目")
      if FileManager.default.fileExists(atPath: samples.path) { try session.loadFacts([samples.path]) }
      return RepositoryPolicy(name: path.lastPathComponent, set: set, samples: session.subjects)
    }
  }

  /// The samples of a kind, and subjects each of whose facts is one of theirs, missing, not known, 不适用, or any value of its option.
  func subjects(_ kind: KindID, mixed count: Int, _ random: inout Random) -> [Subject] {
    let own = samples.filter { $0.kind == kind }
    return own + (0..<count).map { _ in mixed(own, kind, &random) }
  }

  private func mixed(_ samples: [Subject], _ kind: KindID, _ random: inout Random) -> Subject {
    let program = set.program
    let facts = program.kinds[kind].fields.map { field -> Fact in
      switch random.below(10) {
      case 0: return .missing
      case 1: return .notKnown
      case 2: return .notApplicable
      default: break
      }
      switch program.fields[field].type {
      case .truth: return .value(.truth(random.oneIn(2)))
      case .option(let id): return .value(.option(Int32(random.below(program.optionTypes[id].values.count))))
      case .quantity, .date, .duration, .text, .entity, .many:
        return samples.isEmpty ? .missing : random.pick(samples).facts[program.fields[field].slot]
      }
    }
    return Subject(kind: kind, id: "混合", facts: facts)
  }
}
