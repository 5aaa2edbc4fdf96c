package import ArgumentParser
import PolicyAnswers
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
    let (zh, en): (String, String) =
      switch failure {
      case .notDatabase: ("不是 SQLite 文件", "is no SQLite file")
      case .notRecords: ("是别的 SQLite 文件，不是留痕文件", "is a SQLite file of something else and holds no records")
      case .newer(let version):
        ("由更新的版本写成（第\(version)版），请用更新的程序", "was made by a later version (\(version)); use a later program")
      case .altered: ("表或者触发器被改动过，不能作为留痕使用", "its tables or triggers were altered, so it can't be used as records")
      case .locked:
        (
          "另一个程序正在写入，等了\(RecordFile.patience)秒仍未结束；稍后再试",
          "another program has been writing to it for \(RecordFile.patience) seconds; try again later"
        )
      case .full: ("磁盘已满，没有写入", "the disk is full; nothing was written")
      case .notWritable: ("文件或者所在文件夹不能写入", "it or its folder can't be written to")
      case .notOpened: ("打不开：所在文件夹不存在，或者没有权限", "can't be opened: its folder is missing, or permission is")
      case .damaged: ("文件已损坏", "the file is damaged")
      case .inputOutput: ("系统读写失败，没有写入", "the system failed to read or write it; nothing was written")
      case .noRecord(let number): ("没有编号\(number)", "there is no number \(number)")
      case .other(let code, let text): ("SQLite 错误 \(code)：\(text)", "SQLite error \(code): \(text)")
      }
    self.init("\(path)：\(zh)", "\(path): \(en)", exit: .unreadable)
  }
}
