package import PolicyAnalysis
package import PolicyComparison
package import PolicyIR
import PolicyText

extension Session {
  /// A session on other rules with the same files of facts; nil: on the rules as they were when this session began.
  package func session(on policies: PolicySet?) throws(FileFailure) -> Session {
    let other = Session(policies: policies ?? opened, asOf: asOf, language: language)
    try other.loadFacts(factPaths)
    return other
  }

  /// The subjects of an earlier session beside those of this one that have the same kind and name.
  package func pairs(with earlier: Session) -> [(before: Subject?, after: Subject?)] {
    let old = Dictionary(zip(earlier.subjectKeys, earlier.subjects), uniquingKeysWith: { first, _ in first })
    let keys = subjectKeys
    let known = Set(keys)
    return zip(keys, subjects).map { (old[$0], $1) }
      + zip(earlier.subjectKeys, earlier.subjects).filter { !known.contains($0.0) }.map { ($0.1, nil) }
  }

  /// Compares earlier rules with those of the session; each difference with the edits that cause it.
  ///
  /// - Returns: nil where `watch` stopped it.
  /// - Throws: `libraryMissing` where Z3 isn't installed and a rule has changed.
  package func comparison(with before: PolicySet, limits: Solver.Limits = .init()) throws(SolverFailure) -> Comparison?
  {
    try compare(
      Version(program: before.program, files: before.files), Version(program: program, files: policies.files),
      asOf: asOf,
      language: language, history: history(from: before), limits: limits, watch: watch)
  }

  /// What a comparison means for the subjects of an earlier session and of this one.
  ///
  /// - Returns: nil where `watch` stopped it.
  package func impact(of comparison: Comparison, from earlier: Session) -> Impact? {
    assess(
      comparison, Version(program: earlier.program, files: earlier.policies.files),
      Version(program: program, files: policies.files), subjects: pairs(with: earlier), asOf: asOf, language: language,
      history: history(from: earlier.policies), watch: watch)
  }

  /// The edits that lead from earlier rules to those of the session, and what some of them make of the earlier ones.
  package func history(from before: PolicySet) -> History {
    let (old, new) = (before.versionFiles, policies.versionFiles)
    let found = edits(
      from: old, to: new,
      places: (
        RulePlaces(before.program, before.files, path: before.pathWithin),
        RulePlaces(program, policies.files, path: policies.pathWithin)
      ))
    let known = Dictionary(old.map { ($0.path, $0.file) }, uniquingKeysWith: { first, _ in first })
    return History(edits: found, from: before.program, to: program) { made in
      var files = Dictionary(old.map { ($0.path, $0.file.bytes) }, uniquingKeysWith: { first, _ in first })
      for (path, edits) in Dictionary(grouping: made.map { found[$0] }, by: \.path) {
        let bytes = apply(edits, to: known[path])
        files[path] = bytes.isEmpty ? nil : bytes
      }
      var draft = Draft()
      var memory: [String: [UInt8]] = [:]
      for (path, bytes) in files {
        if path == PolicySet.sessionPath {
          draft.added = String(decoding: bytes, as: UTF8.self)
        } else {
          let place = before.path(ofFileWithin: path)
          memory[place] = bytes
          // An edit alone need not agree with the text, which another edit changes.
          if path.hasSuffix(".tiaoli") { draft.replaced[place] = bytes }
        }
      }
      let mixed = try? loadPolicies(before.paths, draft: draft, from: .memory(memory), reusing: before)
      guard let mixed, !mixed.hasErrors else { return nil }
      return Version(program: mixed.program, files: mixed.files)
    }
  }
}

extension PolicySet {
  /// The files by their paths within the version.
  fileprivate var versionFiles: [VersionFile] {
    files.ids.map { VersionFile(path: pathWithin(files[$0].path), file: files[$0]) }
  }

  /// The folder that paths of the version are told from.
  private var root: [Substring] {
    guard let first = paths.first.map({ FileSystem.normalized($0) }) else { return [] }
    let isFile = files.ids.contains { files[$0].path == first }
    return Array(
      (isFile ? FileSystem.resolve(".", relativeTo: first) : first).split(separator: "/").filter { $0 != "." })
  }

  /// A path as told from the folder that was asked for: the same in another version of it.
  fileprivate func pathWithin(_ path: String) -> String {
    if path == Self.sessionPath { return path }
    let (root, parts) = (root, FileSystem.normalized(path).split(separator: "/"))
    let common = zip(root, parts).prefix { $0 == $1 }.count
    let ups = Array(repeating: Substring(".."), count: root.count - common)
    return (ups + parts[common...]).joined(separator: "/")
  }

  /// The path of a file of another version in this one.
  fileprivate func path(ofFileWithin path: String) -> String {
    let isAbsolute = paths.first?.hasPrefix("/") == true
    return FileSystem.normalized((isAbsolute ? "/" : "") + (root.map(String.init) + [path]).joined(separator: "/"))
  }
}
