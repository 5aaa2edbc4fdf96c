package import ArgumentParser
import Glibc
import PolicyAnswers
import PolicyDiagnostics
import PolicyEvaluation
import PolicyFacts
import PolicyIR
import PolicyTables
package import PolicyWorkspace

/// `batch 批量`: answers a table of any size row by row into another.
package struct Batch: Verb {
  package static let configuration = PolicyVerbs.configuration(
    "batch", ["批量", "批", "b"], "逐行回答一张表，写成另一张表", "answers a table row by row into another")
  package static let wordKinds: [WordKind] = [.file, .measure]

  @OptionGroup package var common: CommonOptions
  @Option(help: help("写到这个文件；默认在原表旁边", "the file to write; beside the table if not given")) package var out: String?
  @Option(help: help("工作簿里的哪张工作表：名称或序号", "the sheet of a workbook: its name or number")) package var sheet: String?
  @Flag(help: help("每项措施一行", "one row for each measure")) package var long = false
  @Flag(help: help("接着做上次没有做完的", "go on where an earlier run ended")) package var resume = false
  @Flag(help: help("数据库里已有同名的表时换掉它", "take the place of a table of the same name in the database")) package
    var replace = false
  @Option(
    parsing: .upToNextOption,
    help: help("只加这些列：结论、金额、条款、依据、责任单位、待补", "only these columns: answer, amount, clause, quote, departments, lacking"))
  package var columns: [String] = []
  @Option(help: help("用几个线程；默认每个核一个", "the number of threads; one a core if not given")) package var threads: Int?
  @Argument(
    help: help(
      "规则、一张表（CSV、XLSX、JSON Lines、数据库文件:表），其后可写措施的名称",
      "policies, a table (CSV, XLSX, JSON Lines, SQLITE-FILE:TABLE), then names of measures"))
  package var words: [String] = []

  package init() {}

  package var need: PolicyNeed { .rules }

  /// The table is there like the rules, and stands behind them.
  package mutating func takePolicies() throws(VerbFailure) -> [String] {
    var (paths, rest) = splitPolicies(words)
    // A table of a database is no file, and stands behind the rules all the same.
    let isFound = rest.first.map { TableForm.databaseParts($0) != nil } ?? false
    if paths.count > 1, !isFound { rest.insert(paths.removeLast(), at: 0) }
    words = rest
    return paths
  }

  package func answer(in session: Session) throws(VerbFailure) -> Answer {
    guard let input = words.first else {
      throw VerbFailure("应写要回答的表：“批量 规则 表.csv”", "expected the table to answer: “batch POLICY TABLE.csv”")
    }
    let output = try destination(input)
    var measures: [MeasureID] = []
    for word in words.dropFirst() {
      let id = try session.measure(word)
      if session.program.measures[id].object == nil {
        throw VerbFailure("“\(word)”没有对象，没有个案结论", "“\(word)” has no subject and decides no single case")
      }
      measures.append(id)
    }
    var options = BatchOptions()
    if !columns.isEmpty { options.columns = try chosenColumns() }
    (options.isLong, options.resumes, options.sheet) = (long, resume, sheet)
    options.replaces = replace
    options.threads = max(1, min(threads ?? Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 64))
    let wording = session.wording
    var progress = Progress()
    do throws(BatchFailure) {
      let batch = try session.batch(input, to: output, measures: measures.isEmpty ? nil : measures, options: options)
      try refuseUnfinished(batch)
      for remark in batch.headRemarks where remark.diagnostic.severity != .note || batch.isTold(remark) {
        session.say(line(remark, wording))
      }
      let absent = batch.absentFields
      if !absent.isEmpty {
        session.say(
          wording.say(
            "\(input)：没有这些事实的列，所有行都算没有给出：",
            "\(input): no column gives these facts; they count as not given in every row: ")
            + absent.joined(separator: wording.comma))
      }
      let report = try batch.run(
        tell: { remark in
          progress.end()
          session.say(line(remark, wording))
        },
        progress: { bytes, size, records in
          progress.tell(bytes, of: size, records: records, wording)
          // The prompt's own figures would stand in the same line.
          return session.watch(0, 0)
        })
      progress.end()
      return Answer(summary(report, batch, output, session), exit: report.faulty > 0 ? .negative : .answered)
    } catch {
      progress.end()
      throw failure(error, input, output, wording)
    }
  }

  /// Where the answers go: beside the table, in the same form, and never over the table itself.
  private func destination(_ input: String) throws(VerbFailure) -> String {
    let word = ProcessLanguage.current == .zh ? ".结论" : ".answers"
    let output: String
    if let out {
      output = out
    } else if let (file, table) = TableForm.databaseParts(input) {
      let ending = file.lastIndex(of: ".") ?? file.endIndex
      output = file[..<ending] + word + file[ending...] + (table.map { ":" + $0 } ?? "")
    } else {
      let endings = [".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".jsonl", ".ndjson"]
      let ending = endings.first { input.lowercased().hasSuffix($0) } ?? ""
      output = input.dropLast(ending.count) + word + TableForm(named: input).ending
    }
    if FileSystem.normalized(output) == FileSystem.normalized(input) {
      throw VerbFailure("“\(output)”是要回答的表本身；用 --out 写到别处", "“\(output)” is the table itself; name another with --out")
    }
    return output
  }

  private func refuseUnfinished(_ batch: TableBatch) throws(BatchFailure) {
    if !resume, let part = try batch.unfinished() { throw .unfinished(part) }
  }

  private func chosenColumns() throws(VerbFailure) -> [BatchColumn] {
    var chosen: [BatchColumn] = []
    for name in columns.flatMap({ $0.split { "、,，".contains($0) }.map(String.init) }) {
      guard let column = BatchColumn.allCases.first(where: { [$0.name(.zh), $0.name(.en)].contains(name) }) else {
        throw VerbFailure.none("列", "column", name, BatchColumn.allCases.map { $0.name(ProcessLanguage.current) })
      }
      chosen.append(column)
    }
    return BatchColumn.allCases.filter { chosen.contains($0) }
  }

  private func line(_ remark: BatchRemark, _ wording: Wording) -> String {
    let severity =
      switch remark.diagnostic.severity {
      case .error: wording.say("错误", "error")
      case .warning: wording.say("警告", "warning")
      case .note: wording.say("提示", "note")
      }
    return "\(remark.place): \(severity)[\(remark.diagnostic.id.rawValue)]: "
      + remark.diagnostic.primary.message[wording.language]
  }

  private func failure(
    _ failure: BatchFailure, _ input: String, _ output: String, _ wording: Wording
  ) -> VerbFailure {
    let part = TableForm(named: output).part(of: output)
    switch failure {
    case .file(let failure): return VerbFailure(writing: failure, part: part)
    case .table(let failure):
      let told = VerbFailure(failure)
      let isLeft = failure.cause == .full || failure.cause == .unreadable
      guard isLeft, TableForm(named: output).isResumable, FileSystem.isFolder(part) == false || failure.cause == .full
      else {
        return told
      }
      return told.and(
        Bilingual(
          zh: "答好的行在“\(part)”里，改好后用 --resume 接着做",
          en: "the rows answered are in “\(part)”: mend it and go on with --resume"))
    case .unfinished(let part):
      return VerbFailure(
        "“\(part)”是上次没有做完的；用 --resume 接着做，或者先删去它",
        "“\(part)” is the unfinished output of an earlier run; go on with --resume, or remove it")
    case .interrupted:
      return VerbFailure.interrupted.and(
        TableForm(named: output).isResumable
          ? Bilingual(
            zh: "答好的行在“\(part)”里，用 --resume 接着做", en: "the rows answered are in “\(part)”: go on with --resume")
          : Bilingual(zh: "什么也没有写", en: "nothing was written"))
    case .noHead(let remarks):
      let lines = remarks.map { line($0, wording) }.joined(separator: "\n")
      return VerbFailure(
        lines + (lines.isEmpty ? "" : "\n") + "\(input)：没有找到表头，什么也没有写",
        lines + (lines.isEmpty ? "" : "\n") + "\(input): no header was found; nothing was written",
        exit: .unreadable)
    case .endless(let line):
      return VerbFailure(
        "\(input):\(line): 引号一直没有结束，从这里起没有读取；以前的行在“\(part)”里，改好后用 --resume 接着做",
        "\(input):\(line): a quote never ends; nothing was read from here on. The rows before are in “\(part)”: mend it and go on with --resume",
        exit: .unreadable)
    case .otherPart(let path):
      return VerbFailure(
        "“\(path)”是另一张表、另一些规则、另一个查询日期或者另一些列的结果，不能接着做；删去它再做",
        "“\(path)” is of another table, other rules, another date or other columns, and can't be gone on with; remove it"
      )
    }
  }
}

extension VerbFailure {
  /// What a table of another form fails with.
  init(_ failure: TableFailure) {
    self.init(failure.message.zh, failure.message.en, exit: failure.cause == .choice ? .usage : .unreadable)
  }

  /// A file that can't be read or written while answers are written to a part.
  fileprivate init(writing failure: FileFailure, part: String) {
    guard case .other(let number) = failure.cause, number == ENOSPC || number == EDQUOT || number == EFBIG else {
      self.init(failure)
      return
    }
    self.init(
      "\(failure.path)：磁盘已满；写好的行在“\(part)”里，腾出空间后用 --resume 接着做",
      "\(failure.path): the disk is full; the rows written are in “\(part)”: make room and go on with --resume",
      exit: .unreadable)
  }
}
