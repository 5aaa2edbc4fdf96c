import PolicyAnswers
import PolicyDiagnostics
import PolicyTesting
import PolicyText
import PolicyWorkspace

/// Results of cases as text, JSON and JUnit.
extension TestVerb {
  private func message(_ failure: CaseFailure, _ session: Session) -> String {
    let language = session.language
    return session.wording.say(
      "\(failure.target)：应为 \(failure.expected[language])，得到 \(failure.found[language])",
      "\(failure.target): expected \(failure.expected[language]), found \(failure.found[language])")
  }

  func listing(_ results: [CaseResult], _ session: Session) -> String {
    (results.filter { !$0.passed }.map { failed($0, session) } + [totals(results, session)]).joined(separator: "\n")
  }

  /// A case that failed, with each expectation that wasn't met.
  func failed(_ result: CaseResult, _ session: Session) -> String {
    var lines = [session.wording.paint("✗", .bad) + " \(result.name)  \(session.place(of: result.span))"]
    for failure in result.failures {
      lines.append("    \(session.place(of: failure.span)): \(message(failure, session))")
    }
    return lines.joined(separator: "\n")
  }

  /// How many passed and failed.
  func totals(_ results: [CaseResult], _ session: Session) -> String {
    let wording = session.wording
    let passed = results.count { $0.passed }
    let generated = results.count { $0.generated }
    var total = wording.say(
      "案例\(results.count)个：通过\(passed)个，失败\(results.count - passed)个",
      "\(passed) passed, \(results.count - passed) failed")
    if generated > 0 { total += wording.say("（其中生成待确认\(generated)个）", " (\(generated) generated, to be confirmed)") }
    return total
  }

  func json(_ results: [CaseResult], _ session: Session) -> String {
    JSONValue.array(
      results.map { result in
        .object([
          ("name", .string(result.name)), ("passed", .bool(result.passed)), ("generated", .bool(result.generated)),
          ("place", .string(session.place(of: result.span))),
          ("failures", .array(result.failures.map { .string(message($0, session)) })),
        ])
      }
    ).serialized(pretty: true)
  }

  func junit(_ results: [CaseResult], _ session: Session) -> String {
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
      "<testsuite name=\"tiaoli\" tests=\"\(results.count)\" failures=\"\(results.count { !$0.passed })\">",
    ]
    for result in results {
      let head = "  <testcase name=\"\(escaped(result.name))\" classname=\"\(escaped(session.place(of: result.span)))\""
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
}

/// A text that XML takes as it is.
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
