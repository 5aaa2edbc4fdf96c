import PolicyAnswers
import PolicyDiagnostics
import PolicyRecords
import PolicyText
import PolicyValues
import PolicyWorkspace

/// What `replay` found, record by record, in every format.
struct ReplayReport {
  private struct Entry {
    var number: Int
    var record: AnswerRecord
    var replayed: ReplayedRecord
    /// The date of the question, as it was asked again.
    var asOf: String
  }

  private let file: String
  private let session: Session
  private var wording: Wording { session.wording }
  /// The records that flipped, can't be replayed, or rest on changed rules.
  private var entries: [Entry] = []
  private var same = 0
  private var flipped = 0
  private var failed = 0
  /// Records that are the same on changed rules.
  private var restated = 0

  init(file: String, session: Session) {
    self.file = file
    self.session = session
  }

  /// Whether every record could be replayed and none flipped.
  var isUnchanged: Bool { flipped == 0 && failed == 0 }

  mutating func add(_ number: Int, _ record: AnswerRecord, _ replayed: ReplayedRecord, asOf: CivilDate?) {
    switch replayed.result {
    case .same:
      same += 1
      if replayed.rules.isEmpty { return }
      restated += 1
    case .flipped: flipped += 1
    case .failed: failed += 1
    }
    entries.append(
      Entry(number: number, record: record, replayed: replayed, asOf: asOf?.isoDescription ?? record.asOf))
  }

  // MARK: Text

  func text() -> String {
    let total = same + flipped + failed
    var head = wording.say(
      "留痕\(total)条：相同\(same)条，改变\(flipped)条，不能重放\(failed)条",
      "\(total) records: \(same) same, \(flipped) changed, \(failed) can't be replayed")
    if restated > 0 {
      head += wording.say(
        "；相同的里面有\(restated)条所据的规则改过", "; of the same, \(restated) rest on rules that changed")
    }
    return ([head] + entries.compactMap { lines(of: $0) }.map { $0.joined(separator: "\n") }).joined(separator: "\n\n")
  }

  private func lines(of entry: Entry) -> [String]? {
    let record = entry.record
    let head = wording.say("编号\(entry.number)", "number \(entry.number)")
    let date = (try? LiteralReader.date(entry.asOf))?.day.map { wording.date($0) } ?? entry.asOf
    var lines = [
      "\(head)  \(record.subject)  \(record.measure)  \(wording.say("查询日期", "as of "))\(date)"
    ]
    switch entry.replayed.result {
    case .same: return nil
    case .failed(let causes):
      lines += causes.map { wording.say("  不能重放：", "  can't be replayed: ") + $0[session.language] }
      return lines
    case .flipped(let changes):
      lines += changes.map { "  " + text(of: $0) }
    }
    if !record.sessionChanges.isEmpty {
      let kept = record.sessionChanges.split(separator: "\n").joined(separator: wording.say("；", "; "))
      lines.append(wording.say("  留痕时有会话改动：", "  it was made under changes of a session: ") + kept)
    }
    if entry.replayed.rules.isEmpty { lines.append(otherCause(of: entry)) }
    for rule in entry.replayed.rules where rule.kind != .unused {
      lines.append("  " + title(of: rule))
      // The words of a rule that is only new here stand at its place.
      guard rule.kind != .new else { continue }
      lines += rule.before.map { wording.say("    原 ", "    was ") + $0 }
      lines += rule.after.map { wording.say("    现 ", "    now ") + $0 }
    }
    let unused = entry.replayed.rules.filter { $0.kind == .unused }.map { "\($0.key.kind) \($0.key.name)" }
    if !unused.isEmpty {
      lines.append(wording.say("  不再参与：", "  takes no part now: ") + unused.joined(separator: wording.comma))
    }
    return lines
  }

  /// What differs where every rule that took part is as it was.
  private func otherCause(of entry: Entry) -> String {
    let record = entry.record
    var causes: [String] = []
    if entry.asOf != record.asOf {
      causes.append(
        wording.say("查询日期由\(record.asOf)改为\(entry.asOf)", "the as-of date was \(record.asOf), now \(entry.asOf)"))
    }
    if record.policyDigest != session.policies.digest {
      causes.append(wording.say("原文或者别的规则有改动", "the official text or other rules changed"))
    }
    if record.engine != engineVersion {
      causes.append(
        wording.say("程序由\(record.engine)改为\(engineVersion)", "the program was \(record.engine), now \(engineVersion)"))
    }
    return wording.say("  参与的规则没有改动；", "  no rule that took part changed; ")
      + causes.joined(separator: wording.say("；", "; "))
  }

  private func text(of change: ReplayedRecord.Change) -> String {
    func shown(_ text: String) -> String { text.isEmpty ? wording.say("无", "none") : text }
    return change.axis.title[session.language] + wording.say("：", ": ") + shown(change.before) + " → "
      + shown(change.after)
  }

  /// `规则改过：措施 标准地供地探索，朔政办发〔2022〕36号 三（二）  [32-用地政策.tiaoli:59]`
  private func title(of rule: ReplayedRecord.RuleChange) -> String {
    let what =
      switch rule.kind {
      case .changed: wording.say("规则改过：", "changed: ")
      case .gone: wording.say("规则已没有：", "gone: ")
      case .unused: wording.say("不再参与：", "takes no part now: ")
      case .new: wording.say("新参与：", "takes part now: ")
      }
    var text = what + rule.key.kind + " " + rule.key.name
    if let clause = rule.clause { text += wording.say("，", ", ") + clause }
    if let place = place(rule) { text += "  [\(place.file):\(place.line)]" }
    return text
  }

  private func place(_ rule: ReplayedRecord.RuleChange) -> (file: String, line: Int)? {
    rule.place.map { span in
      let file = session.files[span.file]
      return (file.path, file.line(of: span.start))
    }
  }

  // MARK: Tables

  /// A row for each axis that differs, and for each cause for which a record can't be replayed.
  func table() -> Table {
    var table = Table([
      wording.say("编号", "number"), wording.say("主体", "subject"), wording.say("措施", "measure"),
      wording.say("查询日期", "as of"), wording.say("方面", "axis"), wording.say("原来", "was"), wording.say("现在", "now"),
      wording.say("规则", "rules"),
    ])
    for entry in entries {
      let rules = entry.replayed.rules.map { title(of: $0) }.joined(separator: wording.say("；", "; "))
      let start = ["\(entry.number)", entry.record.subject, entry.record.measure, entry.asOf]
      switch entry.replayed.result {
      case .same: break
      case .flipped(let changes):
        for change in changes {
          table.add(start + [change.axis.title[session.language], change.before, change.after, rules])
        }
      case .failed(let causes):
        for cause in causes {
          table.add(start + [wording.say("不能重放", "can't be replayed"), "", cause[session.language], rules])
        }
      }
    }
    return table
  }

  // MARK: JSON

  func json() -> JSONValue {
    .object([
      ("file", .string(file)),
      (
        "policy",
        .object([
          ("paths", .array(session.policies.paths.map { .string($0) })), ("digest", .string(session.policies.digest)),
        ])
      ),
      ("engine", .string(engineVersion)), ("same", .integer(same)), ("flipped", .integer(flipped)),
      ("failed", .integer(failed)), ("records", .array(entries.map { json($0) })),
    ])
  }

  private func json(_ entry: Entry) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("number", .integer(entry.number)), ("subject", .string(entry.record.subject)),
      ("measure", .string(entry.record.measure)), ("asOf", .string(entry.asOf)),
      ("engine", .string(entry.record.engine)),
    ]
    switch entry.replayed.result {
    case .same: members.append(("result", "same"))
    case .flipped(let changes):
      members.append(("result", "flipped"))
      members.append(
        (
          "changes",
          .array(
            changes.map {
              .object([("axis", .string($0.axis.rawValue)), ("was", .string($0.before)), ("now", .string($0.after))])
            })
        ))
    case .failed(let causes):
      members.append(("result", "failed"))
      members.append(("causes", .array(causes.map { .string($0[session.language]) })))
    }
    members.append(("rules", .array(entry.replayed.rules.map { json($0) })))
    return .object(members)
  }

  private func json(_ rule: ReplayedRecord.RuleChange) -> JSONValue {
    .object([
      ("change", .string(rule.kind.rawValue)), ("kind", .string(rule.key.kind)), ("name", .string(rule.key.name)),
      ("clause", .optional(rule.clause)), ("was", .array(rule.before.map { .string($0) })),
      ("now", .array(rule.after.map { .string($0) })),
      (
        "rule",
        place(rule).map { .object([("file", .string($0.file)), ("line", .integer($0.line))]) } ?? .null
      ),
    ])
  }
}
