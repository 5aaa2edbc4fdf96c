package import ArgumentParser
import PolicyAnalysis
import PolicyAnswers
import PolicyComparison
import PolicyDiagnostics
import PolicyText
package import PolicyWorkspace

/// `diff 比较`: what two versions of a policy answer differently, for whom, and which edit causes it.
package struct Diff: Verb {
  package static let configuration = PolicyVerbs.configuration(
    "diff", ["比较", "比", "df"], "比较两个版本：哪些措施变了，对谁有影响，起因是哪一处修改",
    "compare two versions: which measures change, for whom, and which edit causes it")
  package static let wordKinds: [WordKind] = [.file]

  @OptionGroup package var common: CommonOptions
  @Option(
    name: .customLong("fail-on"),
    help: help(
      "有这些变化时退出码为 1，如 收窄,失去；可以是 \(Diff.failures.map(\.zh).joined(separator: "、"))",
      "exit with 1 on these, such as narrower,loses; \(Diff.failures.map(\.en).joined(separator: ", "))"))
  package var failOn: String?
  @OptionGroup package var solver: SolverOptions
  @Argument(
    help: help(
      "旧版和新版：文件夹，或者 git 的版本（HEAD~1，HEAD~1:路径）；其后可写规则文件夹",
      "the old and the new version: folders, or git revisions (HEAD~1, HEAD~1:path); then the folder of the policy"))
  package var words: [String] = []

  package init() {}

  /// The forms of the report.
  enum Form: String, CaseIterable { case text, json, csv, markdown, html, note }

  /// Compares an earlier version with the session's rules: what its word names, else the rules as the session opened them.
  package func answer(in session: Session) throws(VerbFailure) -> Answer {
    guard words.count <= 1 else {
      throw VerbFailure(
        "这里只写旧版，新版是当前的规则", "only the old version is written here: the new one is the rules in force")
    }
    return try answer(
      comparing: words.first.map { word throws(VerbFailure) in
        try VersionName(word, folder: session.policies.paths.first ?? ".")
      }, with: session)
  }

  /// - Parameter version: The earlier version; nil for the rules as the session opened them.
  package func answer(comparing version: VersionName?, with session: Session) throws(VerbFailure) -> Answer {
    let form = try chosenForm(common.format, session, among: Form.allCases, otherwise: .text)
    let watched = try watched
    let name = version?.shown ?? session.wording.say("打开时的规则", "the rules as opened")
    let earlier: Session
    do throws(FileFailure) {
      earlier = try session.session(
        on: version.map { version throws(FileFailure) in
          try loadPolicies([version.path], from: version.source)
        })
    } catch { throw VerbFailure(error) }
    try refuseErrors(earlier, asVersion: name)
    tellFactRemarks(of: earlier, beside: session)
    let report = try DiffReport(
      earlier, session, names: (name, session.policies.paths.joined(separator: " ")), limits: solver.limits)
    let text =
      switch form {
      case .text: report.text()
      case .json: report.json()
      case .csv: report.table().csv()
      case .markdown: report.markdown()
      case .html: report.html()
      case .note: report.note()
      }
    return Answer(text, exit: report.shows(watched) ? .negative : .answered)
  }

  /// Says what of the facts the earlier version can't read although the later one can: its answers lack it.
  private func tellFactRemarks(of earlier: Session, beside session: Session) {
    func told(_ session: Session) -> [String] {
      session.factRemarks.filter { $0.severity != .note }.map { session.text(of: [$0]) }
    }
    let known = Set(told(session))
    let new = told(earlier).filter { !known.contains($0) }
    guard !new.isEmpty else { return }
    let shown = new.prefix(5).joined(separator: "\n")
    let more = new.count > 5 ? session.wording.say("\n……共\(new.count)处", "\n… \(new.count) in all") : ""
    session.say(
      session.wording.say("旧版不能这样读取事实：\n", "the old version can't read the facts like this:\n") + shown + more)
  }

  // MARK: Failing

  /// What `--fail-on` can name.
  enum Failure: Hashable {
    case state(MeasureComparison.State)
    case effect(Impact.Effect.Kind)
  }

  static let failures: [(zh: String, en: String, what: Failure)] =
    MeasureComparison.State.allCases.filter { $0 != .unchanged }.map { ($0.title.zh, $0.rawValue, .state($0)) }
    + Impact.Effect.Kind.allCases.map { ($0.title.zh, $0.rawValue, .effect($0)) }

  private var watched: Set<Failure> {
    get throws(VerbFailure) {
      var result: Set<Failure> = []
      for word in failOn?.split(whereSeparator: { ",，、".contains($0) }) ?? [] {
        let word = word.filter { !$0.isWhitespace }
        guard let failure = Diff.failures.first(where: { $0.zh == word || $0.en == word }) else {
          throw VerbFailure.none("变化", "change", word, nearest(word, in: Diff.failures.flatMap { [$0.zh, $0.en] }))
        }
        result.insert(failure.what)
      }
      return result
    }
  }
}

/// A version of a policy as a person names it.
package struct VersionName {
  /// The folder or file, within the revision where there is one.
  var path: String
  var source: FileSource
  /// As messages and reports call it.
  var shown: String

  /// A folder or file on the disk, or a revision of git.
  ///
  /// - Parameter folder: Where the policy of a revision lies when the name gives no path.
  init(_ word: String, folder: String) throws(VerbFailure) {
    if FileSystem.isFolder(word) != nil {
      (path, source, shown) = (word, .disk, word)
      return
    }
    let parts = word.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    do throws(GitRevision.Failure) {
      // A path that is named is one of the repository that one stands in.
      let near = FileSystem.isFolder(folder) == false ? FileSystem.resolve(".", relativeTo: folder) : folder
      let place = parts.count > 1 || FileSystem.isFolder(near) == nil ? "." : near
      let revision = try GitRevision(parts[0], in: place)
      if parts.count > 1 {
        path =
          parts[1].hasPrefix("./") || parts[1].hasPrefix("../")
          ? try revision.path(ofWorking: parts[1]) : revision.path(fromRoot: parts[1])
      } else {
        path = try revision.path(ofWorking: folder)
      }
      (source, shown) = (.revision(revision), path)
    } catch {
      switch error {
      case .noGit:
        throw VerbFailure(
          "没有文件或文件夹“\(word)”，也不能运行 git 来找这个版本",
          "there is no file or folder “\(word)”, and git can't be run to look for such a revision", exit: .unreadable)
      case .noRepository(let folder):
        throw VerbFailure(
          "没有文件或文件夹“\(word)”，而“\(folder)”不在 git 仓库里",
          "there is no file or folder “\(word)”, and “\(folder)” is in no git repository", exit: .unreadable)
      case .noRevision(let name, let near):
        throw VerbFailure(
          "没有文件或文件夹“\(word)”，git 里也没有版本“\(name)”"
            + (near.isEmpty ? "" : "；是不是“\(near.joined(separator: "”、“"))”"),
          "there is no file or folder “\(word)”, nor a git revision “\(name)”"
            + (near.isEmpty ? "" : "; did you mean “\(near.joined(separator: "”, “"))”"), exit: .unreadable)
      }
    }
  }
}

extension Diff {
  /// The session of the later version that the words name, and the earlier version.
  func open() throws(VerbFailure) -> (Session, VersionName) {
    guard let first = words.first else {
      throw VerbFailure(
        "比较需要旧版和新版：文件夹，或者 git 的版本，如“比较 HEAD~1 规则文件夹”",
        "diff needs the old and the new version: folders, or git revisions, as in “diff HEAD~1 FOLDER”")
    }
    guard words.count <= 3 else {
      throw VerbFailure("比较两个版本，其后至多再写一个文件夹", "diff takes two versions and at most a folder after them")
    }
    if words.count == 1, FileSystem.isFolder(first) != nil {
      throw VerbFailure(
        "只给出了一个文件夹“\(first)”；比较需要旧版和新版，旧版可以是 git 的版本，如“比较 HEAD~1 \(first)”",
        "only the folder “\(first)” is given; diff needs two versions, of which the old one can be a git revision, as in “diff HEAD~1 \(first)”"
      )
    }
    // A revision is that of the folder of the other version, or of the third word.
    let others = words.count == 3 ? [words[2]] : Array(words.reversed())
    let folder = others.first { FileSystem.isFolder($0) != nil } ?? "."
    let later = try VersionName(words.count == 1 ? "." : words[1], folder: folder)
    let earlier = try VersionName(first, folder: folder)
    return (try loadSession([later.path], common, from: later.source), earlier)
  }
}

/// A version with errors is compared with nothing.
private func refuseErrors(_ session: Session, asVersion name: String) throws(VerbFailure) {
  do throws(VerbFailure) { try refuseErrors(session) } catch {
    throw VerbFailure(
      "版本“\(name)”：\n\(error.message.zh)", "the version “\(name)”:\n\(error.message.en)", exit: error.exit)
  }
}
