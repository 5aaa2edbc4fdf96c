package import ArgumentParser
package import PolicyAnalysis
import PolicyAnswers

/// What one question to the solver may cost.
package struct SolverOptions: ParsableArguments {
  @Option(
    name: .customLong("timeout"), help: help("每个问题的时限，毫秒；默认 10000", "milliseconds for one question; 10000 if not given")
  )
  package var timeout: UInt32?
  @Option(
    name: .customLong("steps"), help: help("每个问题的步数上限，与机器快慢无关", "steps for one question, the same on every machine"))
  package var steps: UInt32?

  package init() {}

  /// The solver's own limits where the options name none.
  package var limits: Solver.Limits {
    var limits = Solver.Limits()
    if let timeout { limits.time = timeout }
    if let steps { limits.steps = steps }
    return limits
  }
}

/// Why the encoder can't say something, as people read it.
func unsupported(_ reason: Unsupported, _ wording: Wording) -> String {
  switch reason {
  case .product: wording.say("含有两个未知数量的乘除", "it multiplies or divides two unknown quantities")
  case .workingDays: wording.say("按工作日计算", "it counts working days")
  case .durations: wording.say("期间作为事实", "it reads durations")
  case .openList(let list): wording.say("“\(list)”可能不全", "“\(list)” may not be complete")
  case .openTable(let table): wording.say("“\(table)”的结果可能未知", "results of “\(table)” may be unknown")
  case .rates(let tiers): wording.say("“\(tiers)”的比率取决于事实", "rates of “\(tiers)” depend on facts")
  case .relation: wording.say("经由有读法的定义找到主体", "a subject is reached by a definition with readings")
  case .tooLarge: wording.say("超出分析的规模", "it is too large")
  case .malformed: wording.say("表达式不合类型", "an expression is not well typed")
  }
}

extension VerbFailure {
  /// A solver that isn't there, or that failed.
  init(_ failure: SolverFailure) {
    switch failure {
    case .interrupted: self = .interrupted
    case .libraryMissing:
      self.init(
        "没有找到求解器：分析需要安装 libz3-4（libz3.so.4）", "the solver is not there: analysis needs libz3-4 (libz3.so.4)",
        exit: .unreadable)
    case .limit(let word), .failed(let word):
      self.init("求解器出错：\(word)", "the solver failed: \(word)", exit: .internal)
    }
  }
}
