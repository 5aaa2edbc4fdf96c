import PolicyFacts
import PolicyStore
import PolicyText

/// When a file was written last, its size and its number on the disk.
struct FileStamp: Hashable, Sendable {
  var seconds: Int
  var nanoseconds: Int
  var size: Int
  var number: UInt
}

extension Session {
  /// The files that are not on the disk as they were read: changed, gone, or new below a folder that was asked for.
  ///
  /// A file is compared byte for byte when its stamp differs from the one at which it was last found the same.
  package func changedFiles() -> [String] {
    var changed: [String] = []
    var known: Set<String> = []
    let rules = state.base.files.ids.map { state.base.files[$0] }.map { (path: $0.path, bytes: $0.bytes) }
    for portfolio in state.portfolios where known.insert(portfolio.address.shown).inserted {
      if hasNews(portfolio) { changed.append(portfolio.address.shown) }
    }
    for (path, bytes) in rules + state.inputs.map({ ($0.path, $0.bytes) }) where known.insert(path).inserted {
      let stamp = FileSystem.stamp(path)
      if let stamp, stamps[path] == stamp { continue }
      if let now = try? FileSystem.read(path), now == bytes { stamps[path] = stamp } else { changed.append(path) }
    }
    return changed + listedFiles().filter { !known.contains($0) && !known.contains(FileSystem.normalized($0)) }
  }

  /// Whether something was said in a store since it was read; not where the store can't be asked.
  private func hasNews(_ portfolio: Portfolio) -> Bool {
    guard case .file(let path) = portfolio.address else { return news(portfolio) }
    guard let stamp = FileSystem.stamp(path) else { return true }
    if stamps[path] == stamp { return false }
    if news(portfolio) { return true }
    stamps[path] = stamp
    return false
  }

  private func news(_ portfolio: Portfolio) -> Bool {
    ((try? openStore(at: portfolio.address).latest()) ?? portfolio.seen) != portfolio.seen
  }

  /// The files of facts and of rules that stand below the folders that were asked for.
  private func listedFiles() -> [String] {
    var listed = ((try? factFiles(factPaths)) ?? []).filter { ServerURL($0) == nil }
    for folder in policies.paths where FileSystem.isFolder(folder) == true {
      listed += (try? FileSystem.files(below: FileSystem.normalized(folder), ending: ".tiaoli")) ?? []
    }
    return listed
  }
}

/// What the files of a session were like at one moment.
package struct FileState: Hashable, Sendable {
  private let stamps: [String: FileStamp]

  fileprivate init(_ paths: [String]) {
    stamps = Dictionary(
      uniqueKeysWithValues: Set(paths).compactMap { path in FileSystem.stamp(path).map { (path, $0) } })
  }
}

extension Session {
  /// What the files that were read are like now, and new ones below the folders that were asked for.
  package func fileState() -> FileState {
    FileState(
      state.base.files.ids.map { state.base.files[$0].path } + policies.paths + state.inputs.map(\.path) + listedFiles()
    )
  }
}
