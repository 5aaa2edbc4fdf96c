import PolicyFacts
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
    for (path, bytes) in rules + state.inputs.map({ ($0.path, $0.bytes) }) where known.insert(path).inserted {
      let stamp = FileSystem.stamp(path)
      if let stamp, stamps[path] == stamp { continue }
      if let now = try? FileSystem.read(path), now == bytes { stamps[path] = stamp } else { changed.append(path) }
    }
    var listed = (try? factFiles(factPaths)) ?? []
    for folder in policies.paths where FileSystem.isFolder(folder) == true {
      listed += (try? FileSystem.files(below: FileSystem.normalized(folder), ending: ".tiaoli")) ?? []
    }
    return changed + listed.filter { !known.contains($0) }
  }
}
