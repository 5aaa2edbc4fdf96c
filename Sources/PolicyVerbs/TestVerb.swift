package import ArgumentParser
import PolicyAnswers
import PolicyDiagnostics
import PolicyTesting
import PolicyText
package import PolicyWorkspace

/// `test 测试`: runs the cases.
package struct TestVerb: Verb {
  package static let configuration = PolicyVerbs.configuration(
    "test", ["测试", "测", "t"], "运行案例", "run the cases")
  package static let wordKinds: [WordKind] = []

  @OptionGroup package var common: CommonOptions
  @Option(help: help("只运行名称或所问措施含有此词的案例", "only cases whose name, or one of whose measures, holds this"))
  package var filter: String?
  @Flag(
    help: help("把不符的预期改写成现在的答案，列出改动", "rewrite expectations that fail to the present answers, and show the changes"))
  package var update = false
  @Flag(
    help: help("文件一有改动就重新运行，只列变化；Ctrl-C 结束", "run again whenever a file changes, and print what changed; Ctrl-C ends"))
  package var watch = false
  @Flag(
    help: help("列出案例覆盖了规则的哪些条件、界值、读法、表行和待定的原因", "what the cases cover: conditions, thresholds, readings, rows, reasons")
  )
  package var coverage = false
  @Option(
    help: help("覆盖率、发现率低于此百分数时退出码为 1", "exit with 1 where coverage, or what is noticed, is below this percentage"))
  package var threshold: Int?
  @Flag(help: help("为案例没有覆盖的内容生成案例，标明待确认", "write cases for what no case shows, marked as to be confirmed"))
  package var generate = false
  @Option(
    help: help("生成的案例写到这个文件的末尾；不写就列在屏幕上", "the file that generated cases are added to; standard output if not given"))
  package var output: String?
  @Flag(help: help("逐处改错规则，列出案例没有发现的改动", "make single mistakes in the rules and list those that no case notices"))
  package var mutate = false
  @Argument(help: help("规则文件夹或文件", "policies: folders or files")) package var words: [String] = []

  package init() {}

  package func answer(in session: Session) throws(VerbFailure) -> Answer {
    try refuseMixture()
    if watch { return try watch(session) }
    if coverage { return try coverage(session) }
    if generate { return try generate(session) }
    if mutate { return try mutate(session) }
    if update { return try update(session) }
    let results = try runCases(session.program, files: session.files, filter: filter) {
      done, total throws(VerbFailure) in
      try session.goOn(done, of: total)
    }
    let failed = results.count { !$0.passed }
    let text: String
    switch common.format ?? (session.format == "json" ? "json" : nil) {
    case nil, "text": text = listing(results, session)
    case "json": text = json(results, session)
    case "junit": text = junit(results, session)
    case let other?:
      throw VerbFailure(
        "没有格式“\(other)”；可以是 text、json、junit", "there is no format “\(other)”; it can be text, json, junit")
    }
    return Answer(text, exit: failed == 0 ? .answered : .negative)
  }

  /// One thing at a time, and no option that the thing doesn't have.
  private func refuseMixture() throws(VerbFailure) {
    let modes = [
      ("--watch", watch), ("--coverage", coverage), ("--generate", generate), ("--mutate", mutate),
      ("--update", update),
    ].filter(\.1).map(\.0)
    if modes.count > 1 {
      let list = modes.joined(separator: "、")
      throw VerbFailure("\(list) 一次只能用一个", "\(modes.joined(separator: ", ")): one at a time")
    }
    if threshold != nil, !coverage, !mutate {
      throw VerbFailure("--threshold 要和 --coverage 或 --mutate 一起用", "--threshold belongs to --coverage or --mutate")
    }
    if let threshold, !(0...100).contains(threshold) {
      throw VerbFailure("--threshold 应为 0 至 100", "--threshold is from 0 to 100")
    }
    if output != nil, !generate {
      throw VerbFailure("--output 要和 --generate 一起用", "--output belongs to --generate")
    }
    if filter != nil, generate || mutate {
      throw VerbFailure(
        "--generate 和 --mutate 按措施的名称限定，不用 --filter", "--generate and --mutate are restricted by names of measures")
    }
  }
}
