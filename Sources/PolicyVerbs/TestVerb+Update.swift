import Glibc
import PolicyAnswers
import PolicyDiagnostics
import PolicyTesting
import PolicyText
import PolicyWorkspace

/// `--update` and `--watch`.
extension TestVerb {
  /// Accepts the present answers where expectations failed.
  func update(_ session: Session) throws(VerbFailure) -> Answer {
    let results = runCases(session.program, files: session.files, filter: filter)
    let wording = session.wording
    let corrected: CorrectedFiles
    do throws(FileFailure) {
      corrected = try session.corrections(of: results)
      try session.write(corrected)
    } catch { throw VerbFailure(error) }
    var lines: [String] = []
    for change in corrected.lines {
      lines.append("\(change.path):\(change.line)")
      lines += change.before.map { "- " + $0 } + change.after.map { "+ " + $0 }
    }
    for result in results where corrected.left.contains(result.name) { lines.append(failed(result, session)) }
    lines.append(
      wording.say(
        "改写了\(corrected.corrected.count)个案例的预期，还有\(corrected.left.count)个不能改写",
        "rewrote the expectations of \(corrected.corrected.count) cases, \(corrected.left.count) can't be rewritten"))
    return Answer(lines.joined(separator: "\n"), exit: corrected.left.isEmpty ? .answered : .negative)
  }

  /// Runs the cases whenever a file changes, until the process is interrupted or the question is stopped.
  func watch(_ session: Session) throws(VerbFailure) -> Answer {
    let wording = session.wording
    var results = runCases(session.program, files: session.files, filter: filter)
    var files = session.fileState()
    write(listing(results, session) + "\n" + wording.say("等待文件改动……", "waiting for changes…") + "\n", to: 1)
    while session.watch(0, 1) {
      usleep(200_000)
      let now = session.fileState()
      if now == files { continue }
      files = now
      do throws(FileFailure) {
        switch try session.reload() {
        case .interrupted: return Answer("", exit: .interrupted)
        case .refused(let set):
          write(
            set.remarks.filter { $0.severity == .error }.map { remark in
              let file = set.files[remark.primary.span.file]
              return "\(file.path):\(file.line(of: remark.primary.span.start)): "
                + remark.primary.message[session.language]
            }.joined(separator: "\n") + "\n", to: 1)
        case .adopted:
          let fresh = runCases(session.program, files: session.files, filter: filter)
          write(changes(from: results, to: fresh, session) + "\n", to: 1)
          results = fresh
        }
      } catch { write(VerbFailure(error).message[session.language] + "\n", to: 1) }
    }
    return Answer("", exit: .interrupted)
  }

  /// The cases that went differently before, and the totals.
  private func changes(from before: [CaseResult], to after: [CaseResult], _ session: Session) -> String {
    func told(_ result: CaseResult) -> [String] {
      result.failures.map { "\($0.target)\u{0}\($0.expected.zh)\u{0}\($0.found.zh)" }
    }
    let known = Dictionary(before.map { ($0.name, told($0)) }, uniquingKeysWith: { old, _ in old })
    let lines = after.filter { known[$0.name] ?? [] != told($0) }.map { result in
      result.passed ? "✓ \(result.name)" : failed(result, session)
    }
    return (lines + [totals(after, session)]).joined(separator: "\n")
  }
}
