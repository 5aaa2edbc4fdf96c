import PolicyAnalysis
import PolicyAnswers
import PolicyCoverage
import PolicyDiagnostics
import PolicyIR
import PolicyTesting
import PolicyWorkspace

/// `test --generate`
extension TestVerb {
  /// Writes cases for what no case shows yet, with the present answers.
  func generate(_ session: Session) throws(VerbFailure) -> Answer {
    let wording = session.wording
    var measures: Set<MeasureID>?
    if !words.isEmpty {
      measures = []
      for word in words { measures!.insert(try session.measure(word)) }
    }
    let generated: GeneratedCases
    do throws(SolverFailure) {
      generated = try session.generatedCases(of: measures, limits: .init())
    } catch { throw VerbFailure(error) }
    let text = session.text(of: generated)
    let names = CoverageText(CoveragePlan(session.program, .boundaries), wording)
    let impossible = generated.unreached.filter { $0.why == .impossible }
    let open = generated.unreached.filter { $0.why == .notFound }
    var lines = [
      wording.say(
        "生成\(generated.cases.count)个案例；\(impossible.count)项没有主体能够显示，\(open.count)项没有找到",
        "\(generated.cases.count) cases generated; \(impossible.count) items that no subject can show, \(open.count) not found"
      )
    ]
    for (title, items) in [
      (wording.say("没有主体能够显示", "no subject can show"), impossible), (wording.say("没有找到", "not found"), open),
    ] {
      lines += items.map { "  \(title)：\(names.title(of: $0.item))，\(names.sentence($0.item))" }
    }
    let summary = lines.joined(separator: "\n")
    guard let output else {
      session.say(summary)
      return Answer(text)
    }
    do throws(FileFailure) { try session.append(cases: text, to: output) } catch { throw VerbFailure(error) }
    return Answer(summary)
  }
}
