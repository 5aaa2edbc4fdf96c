package import ArgumentParser
import PolicyAnswers
import PolicyDiagnostics
import PolicyEvaluation
import PolicyIR
import PolicyRecords
package import PolicyWorkspace

/// `record 留痕`: keeps answers, with all that they rest on, in a file of records.
package struct RecordVerb: Verb {
  package static let configuration = PolicyVerbs.configuration(
    "record", ["留痕", "留", "rc"], "把结论连同事实、规则和推导存入留痕文件",
    "keep answers with facts, rules and derivation in a file of records")
  package static let wordKinds: [WordKind] = [.measure, .subject]

  @OptionGroup package var common: CommonOptions
  @Option(
    name: .customLong("to"),
    help: help("留痕文件（SQLite），没有就新建，如 记录.sqlite", "the file of records (SQLite), made where there is none"))
  package var file: String?
  @Option(help: help("主体的名称", "the name of a subject")) package var subject: String?
  @Option(help: help("措施的名称", "the name of a measure")) package var measure: String?
  @Option(name: .customLong("where"), help: help("只留满足此式的主体", "only subjects for which this expression holds"))
  package var filter: String?
  @Argument(help: help("规则文件夹或文件，其后可写措施和主体的名称", "policies, then names of a measure and a subject"))
  package var words: [String] = []

  package init() {}

  package func answer(in session: Session) throws(VerbFailure) -> Answer {
    _ = try AnswerFormat(common.format, session, among: [.text])
    guard let file else {
      throw VerbFailure(
        "没有说存到哪个文件；写出如“--to 记录.sqlite”", "no file to keep them in is named; write “--to records.sqlite”")
    }
    if FileSystem.isFolder(file) == true { throw VerbFailure(FileFailure(path: file, cause: .isFolder)) }
    let (measures, subjects) = try session.selection(measure, subject, filter, words)
    var questions = try questions(measures, subjects, session)[...]
    let wording = session.wording
    guard !questions.isEmpty else {
      return Answer(wording.say("没有可以留痕的结论：\(file) 没有改动", "there is no answer to keep: \(file) is as it was"))
    }
    let total = questions.count
    let index = RuleIndex(session.policies)
    do {
      let numbers = try RecordFile(path: file).append {
        while let (measure, subject) = questions.popFirst() {
          try session.goOn(total - questions.count - 1, of: total)
          if let record = session.record(
            of: measure, for: session.subjects[subject], index: index, engine: engineVersion)
          {
            return record
          }
        }
        return nil
      }
      let span = numbers.count == 1 ? "\(numbers.lowerBound)" : "\(numbers.lowerBound)—\(numbers.upperBound - 1)"
      return Answer(
        wording.say(
          "已留痕\(numbers.count)条（编号\(span)）：\(file)", "\(numbers.count) records kept (number \(span)): \(file)"))
    } catch let failure as RecordFailure {
      throw VerbFailure(failure, file)
    } catch let failure as VerbFailure {
      throw failure
    } catch {
      throw VerbFailure("内部错误：\(error)", "internal error: \(error)", exit: .internal)
    }
  }

  /// Each measure with each subject that it is for, as `query` lists them.
  private func questions(
    _ measures: [MeasureID]?, _ subjects: [Int], _ session: Session
  ) throws(VerbFailure) -> [(MeasureID, Int)] {
    var questions: [(MeasureID, Int)] = []
    for (done, index) in subjects.enumerated() {
      try session.goOn(done, of: subjects.count)
      for decision in session.decisions(for: session.subjects[index]).decisions {
        let isAsked =
          measures?.contains(decision.measure) ?? (decision.verdict != .notApplicable || decision.classFailed)
        if isAsked { questions.append((decision.measure, index)) }
      }
    }
    return questions
  }
}

extension VerbFailure {
  /// A file of records that can't be read or written; nothing was written.
  init(_ failure: RecordFailure, _ path: String) {
    switch failure {
    case .file(let failure): self.init(failure, path, Bilingual(zh: "留痕文件", en: "file of records"))
    case .noRecord(let number):
      self.init("\(path)：没有编号\(number)", "\(path): there is no number \(number)", exit: .unreadable)
    }
  }
}
