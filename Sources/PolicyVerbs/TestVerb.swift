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
  @Option(help: help("只运行名称含有此词的案例", "only cases whose name holds this")) package var filter: String?
  @Argument(help: help("规则文件夹或文件", "policies: folders or files")) package var words: [String] = []

  package init() {}

  package func answer(in session: Session) throws(VerbFailure) -> Answer {
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

  private func place(_ result: CaseResult, _ session: Session) -> String {
    let file = session.files[result.span.file]
    return "\(file.path):\(file.line(of: result.span.start))"
  }

  private func message(_ failure: CaseFailure, _ session: Session) -> String {
    let language = session.language
    return session.wording.say(
      "\(failure.target)：应为 \(failure.expected[language])，得到 \(failure.found[language])",
      "\(failure.target): expected \(failure.expected[language]), found \(failure.found[language])")
  }

  private func listing(_ results: [CaseResult], _ session: Session) -> String {
    let wording = session.wording
    var lines: [String] = []
    for result in results where !result.passed {
      lines.append(wording.paint("✗", .bad) + " \(result.name)  \(place(result, session))")
      for failure in result.failures {
        let file = session.files[failure.span.file]
        lines.append("    \(file.path):\(file.line(of: failure.span.start)): \(message(failure, session))")
      }
    }
    let passed = results.count { $0.passed }
    let generated = results.count { $0.generated }
    var total = wording.say(
      "案例\(results.count)个：通过\(passed)个，失败\(results.count - passed)个",
      "\(passed) passed, \(results.count - passed) failed")
    if generated > 0 { total += wording.say("（其中生成待确认\(generated)个）", " (\(generated) generated, to be confirmed)") }
    lines.append(total)
    return lines.joined(separator: "\n")
  }

  private func json(_ results: [CaseResult], _ session: Session) -> String {
    JSONValue.array(
      results.map { result in
        .object([
          ("name", .string(result.name)), ("passed", .bool(result.passed)), ("generated", .bool(result.generated)),
          ("place", .string(place(result, session))),
          ("failures", .array(result.failures.map { .string(message($0, session)) })),
        ])
      }
    ).serialized(pretty: true)
  }

  private func junit(_ results: [CaseResult], _ session: Session) -> String {
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
      "<testsuite name=\"tiaoli\" tests=\"\(results.count)\" failures=\"\(results.count { !$0.passed })\">",
    ]
    for result in results {
      let head = "  <testcase name=\"\(escaped(result.name))\" classname=\"\(escaped(place(result, session)))\""
      if result.passed {
        lines.append(head + "/>")
      } else {
        lines.append(head + ">")
        for failure in result.failures {
          lines.append("    <failure message=\"\(escaped(message(failure, session)))\"/>")
        }
        lines.append("  </testcase>")
      }
    }
    lines.append("</testsuite>")
    return lines.joined(separator: "\n")
  }

  private func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
    return result
  }
}
