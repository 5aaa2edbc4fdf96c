package import ArgumentParser
import PolicyDiagnostics
import PolicyRecords
import PolicyText
import PolicyValues
package import PolicyWorkspace

/// `replay 重放`: asks the questions of a file of records again and says which answers differ.
package struct ReplayVerb: Verb {
  package static let configuration = PolicyVerbs.configuration(
    "replay", ["重放", "放", "rp"], "用现在的规则重算留痕，列出改变的结论",
    "ask the questions of records again and list the answers that differ")
  package static let wordKinds: [WordKind] = [.file]

  @OptionGroup package var common: CommonOptions
  @Argument(
    help: help("留痕文件，其后可写规则文件夹或文件；不写就用留痕时的规则路径", "a file of records, then policies; those of the records if not given"))
  package var words: [String] = []

  package init() {}

  package mutating func takePolicies() throws(VerbFailure) -> [String] {
    guard let file = words.first else { throw ReplayVerb.noFile }
    let (given, rest) = splitPolicies(Array(words.dropFirst()))
    if let word = rest.first {
      throw VerbFailure("没有文件或文件夹“\(word)”", "there is no file or folder “\(word)”", exit: .unreadable)
    }
    words = [file]
    guard given.isEmpty else { return given }
    let kept: [[String]]
    let records = try ReplayVerb.open(file)
    do throws(RecordFailure) { kept = try records.policies() } catch { throw VerbFailure(error, file) }
    guard let only = kept.first else {
      throw VerbFailure("\(file)：里面没有留痕；要重放就写出规则", "\(file) holds no records; name the policies to replay with")
    }
    guard kept.count == 1 else {
      let list = kept.map { $0.joined(separator: " ") }
      throw VerbFailure(
        "\(file)：留痕用过几组规则（\(list.joined(separator: "；"))），写出要用哪一组",
        "\(file): its records were made with several policies (\(list.joined(separator: "; "))); name those to use")
    }
    return only
  }

  private static var noFile: VerbFailure {
    VerbFailure("没有给出留痕文件，如“重放 记录.sqlite”", "no file of records is given, such as “replay records.sqlite”")
  }

  private static func open(_ file: String) throws(VerbFailure) -> RecordFile {
    switch FileSystem.isFolder(file) {
    case nil: throw VerbFailure(FileFailure(path: file, cause: .notFound))
    case true?: throw VerbFailure(FileFailure(path: file, cause: .isFolder))
    case false?: break
    }
    do throws(RecordFailure) { return try RecordFile(path: file) } catch { throw VerbFailure(error, file) }
  }

  package func answer(in session: Session) throws(VerbFailure) -> Answer {
    let format = try AnswerFormat(common.format, session)
    guard let file = words.first else { throw ReplayVerb.noFile }
    guard words.count == 1 else {
      throw VerbFailure("提示符下重放用载入的规则，只写留痕文件", "at the prompt the loaded rules are used; name only the file of records")
    }
    let records = try ReplayVerb.open(file)
    let date = try common.asOf.map { text throws(VerbFailure) in try session.day(text) }
    let index = RuleIndex(session.policies)
    var report = ReplayReport(file: file, session: session)
    do {
      let count = try records.count()
      for number in 0..<count {
        try session.goOn(number, of: count)
        let record = try records.record(number + 1)
        report.add(number + 1, record, session.replay(record, asOf: date, index: index), asOf: date)
      }
    } catch let failure as RecordFailure {
      throw VerbFailure(failure, file)
    } catch let failure as VerbFailure {
      throw failure
    } catch {
      throw VerbFailure("内部错误：\(error)", "internal error: \(error)", exit: .internal)
    }
    let text =
      switch format {
      case .text: report.text()
      case .json: report.json().serialized(pretty: true)
      case .csv: report.table().csv()
      case .markdown: report.table().markdown()
      }
    return Answer(text, exit: report.isUnchanged ? .answered : .negative)
  }
}
