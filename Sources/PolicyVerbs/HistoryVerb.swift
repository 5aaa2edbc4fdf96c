package import ArgumentParser
import PolicyAnswers
import PolicyDiagnostics
import PolicyStore
import PolicyText
import PolicyValues
package import PolicyWorkspace

/// `timeline 履历`: who said what of a subject, from when on it holds, and when it was recorded.
package struct HistoryVerb: Verb {
  package static let configuration = PolicyVerbs.configuration(
    "timeline", ["履历", "履", "tl"], "项目库里一个主体的每个事实：谁说过什么，从哪天起",
    "who said what of a subject's facts from when on, from a store")
  package static let wordKinds: [WordKind] = [.subject]

  @OptionGroup package var common: CommonOptions
  @Argument(help: help("规则文件夹或文件，其后写主体和事实的名称", "policies, then names of a subject and a fact"))
  package var words: [String] = []

  package init() {}

  package func answer(in session: Session) throws(VerbFailure) -> Answer {
    let format = try AnswerFormat(common.format, session)
    guard session.hasStore else {
      throw VerbFailure(
        "履历在项目库里；没有载入项目库，先“:加载 项目.db”或者用 --facts 项目.db",
        "no store is loaded; “:load projects.db” or --facts projects.db")
    }
    let (index, fact) = try subjectAndFact(session)
    var history = session.history(of: index)
    if let fact {
      let found = history.filter { $0.said.path.steps.contains(fact) }
      guard !found.isEmpty else {
        throw .none("履历", "history", fact, nearest(fact, in: history.flatMap { $0.said.path.steps }))
      }
      history = found
    } else {
      history.removeAll { $0.said.path == .existence }
    }
    return Answer(text(history, session, format))
  }

  private func subjectAndFact(_ session: Session) throws(VerbFailure) -> (Int, String?) {
    if let first = words.first, case .one(let index) = session.subject(named: first) {
      return (index, words.count > 1 ? words.dropFirst().joined(separator: " ") : nil)
    }
    // A fact alone is one of the selected subject.
    let index = session.selected ?? (session.subjects.count == 1 ? 0 : nil)
    if let index, words.count < 2, words.first.map({ word in isFact(word, of: index, session) }) ?? true {
      return (index, words.first)
    }
    guard let first = words.first else {
      throw VerbFailure("没有说是哪个主体；写出名称，或者先用“:选定 名称”", "no subject is named; name one, or select one first")
    }
    return (try session.subject(first), nil)
  }

  private func isFact(_ word: String, of index: Int, _ session: Session) -> Bool {
    session.history(of: index).contains { $0.said.path.steps.contains(word) }
  }

  /// A date as a person reads it, or in tables for programs as they do.
  private func since(_ said: SaidFact, _ wording: Wording, _ format: AnswerFormat) -> String {
    guard let since = said.since else { return wording.say("自始", "always") }
    return format == .text ? (try? LiteralReader.date(since))?.day.map { wording.date($0) } ?? since : since
  }

  private func text(_ history: [StoredFact], _ session: Session, _ format: AnswerFormat) -> String {
    let wording = session.wording
    let held = session.heldFacts(history)
    var order: [FactPath: Int] = [:]
    for fact in history where order[fact.said.path] == nil { order[fact.said.path] = order.count }
    let sorted = history.sorted { (order[$0.said.path]!, $0.number) < (order[$1.said.path]!, $1.number) }
    if format == .json {
      return JSONValue.array(
        sorted.map { fact in
          .object([
            ("subject", .string(fact.said.subject)), ("fact", .array(fact.said.path.steps.map { .string($0) })),
            ("value", .string(fact.said.value)), ("since", fact.said.since.map { .string($0) } ?? .null),
            ("by", fact.saving.by.map { .string($0) } ?? .null), ("recorded", .string(fact.saving.recorded)),
            ("number", .integer(fact.number)), ("holds", .bool(held.contains(fact.number))),
          ])
        }
      ).serialized(pretty: true)
    }
    var table = Table(
      wording.language == .zh
        ? ["事实", "内容", "起", "谁说", "查询日期适用", "记录时间（UTC）"]
        : ["fact", "value", "from", "said by", "holds as of the date", "recorded (UTC)"])
    for fact in sorted {
      table.add([
        fact.said.path.steps.joined(separator: "/"), fact.said.value,
        since(fact.said, wording, format), fact.saving.by ?? wording.say("没有写明", "not named"),
        held.contains(fact.number) ? wording.say("是", "yes") : "", recordedText(fact.saving),
      ])
    }
    switch format {
    case .csv: return table.csv()
    case .markdown: return table.markdown()
    default:
      return table.text(isColoured: session.isColoured)
        + wording.say("\n\n查询日期：", "\n\nas of ") + wording.date(session.asOf)
    }
  }
}
