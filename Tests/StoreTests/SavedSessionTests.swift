import Foundation
import PolicyDiagnostics
import PolicyIR
import PolicyStore
import PolicyText
import PolicyValues
import PolicyWorkspace
import Testing

/// Sessions that save and load portfolios, alone and two at once, on every engine.
@Suite struct SavedSessionTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path
  static let shuozhou = root + "/policies/shuozhou-2022-36"
  static let tutorials = ((try? FileManager.default.contentsOfDirectory(atPath: root + "/policies/tutorial")) ?? [])
    .sorted().map { root + "/policies/tutorial/" + $0 }

  private static let policies = Result { try loadPolicies([shuozhou]) }

  private func session(_ facts: [String], on date: String = "2024-06-01") throws -> Session {
    let session = Session(policies: try Self.policies.get(), asOf: day(date), language: .zh)
    try session.loadFacts(facts)
    return session
  }

  private func day(_ text: String) -> CivilDate { try! LiteralReader.date(text).day! }

  private func options(by: String? = nil, since: SaveOptions.Since = .usual, insists: Bool = false) -> SaveOptions {
    var options = SaveOptions()
    (options.by, options.since, options.insists) = (by, since, insists)
    return options
  }

  private func investment(_ session: Session) throws -> Fact {
    let index = try #require(session.subjects.firstIndex { $0.id == "虚构怀仁医养综合体" })
    let field = try #require(session.program.fields.first { $0.name == "备案总投资" })
    return session.subjects[index].facts[field.slot]
  }

  private func find(_ facts: String, in session: Session) throws {
    let index = try #require(session.subjects.firstIndex { $0.id == "虚构怀仁医养综合体" })
    #expect(session.find(facts, of: index).isEmpty)
  }

  private func yuan(_ amount: Int) -> Fact { .value(.quantity(Rational(Int128(amount)))) }

  // MARK: Coming back

  /// Subjects of the sample policies come back from a store as they went, with their related subjects.
  @Test(arguments: tutorials + [shuozhou], Engine.all) func subjectsComeBack(_ policy: String, _ engine: Engine) throws
  {
    let folder = try TemporaryFolder()
    let policies = try loadPolicies([policy])
    let first = Session(policies: policies, asOf: day("2024-06-01"), language: .zh)
    let tables =
      (try? FileManager.default.subpathsOfDirectory(atPath: policy))?
      .filter { $0.hasSuffix(".csv") }.sorted().map { policy + "/" + $0 } ?? []
    try first.loadFacts(tables)
    // Records of rule files come with the rules.
    let before = first.subjects
    let report = try first.save(to: try engine.newStore(folder), options())
    #expect(report.said.isEmpty == tables.isEmpty)
    func sorted(_ subjects: [Subject]) -> [Subject] { subjects.sorted { ($0.kind, $0.id) < ($1.kind, $1.id) } }
    #expect(sorted(first.subjects) == sorted(before))
    #expect(first.factRemarks.allSatisfy { $0.severity == .note }, "\(first.factRemarks.map(\.primary.message.zh))")
    // Nothing is new then.
    #expect(try first.save(to: nil, options()).said.isEmpty)
  }

  @Test(arguments: Engine.all) func aSuppositionIsNotSavedUnlessItIsFound(_ engine: Engine) throws {
    let folder = try TemporaryFolder()
    let store = try engine.newStore(folder)
    let one = try session([Self.shuozhou + "/项目"])
    _ = try one.save(to: store, options(by: "某局"))
    let index = try #require(one.subjects.firstIndex { $0.id == "虚构怀仁医养综合体" })
    one.suppose("备案总投资 3亿元", of: index)
    #expect(try one.save(to: nil, options()).said.isEmpty)
    #expect(try investment(one) == yuan(300_000_000), "it stays supposed")
    #expect(try investment(session([store])) == yuan(299_999_900))
    #expect(one.confirmSuppositions() == 1 && one.confirmSuppositions() == 0)
    let report = try one.save(to: nil, options(by: "某委"))
    #expect(report.said.map(\.said.value) == ["3亿元"] && report.said.map(\.said.since) == ["2024-06-01"])
    #expect(one.steps.isEmpty)
    #expect(try investment(session([store])) == yuan(300_000_000))
    #expect(try investment(session([store], on: "2024-05-31")) == yuan(299_999_900))
  }

  /// What holds changes with the date of the session; suppositions stay.
  @Test(arguments: Engine.all) func theDateChoosesTheFacts(_ engine: Engine) throws {
    let folder = try TemporaryFolder()
    let one = try session([Self.shuozhou + "/项目"])
    _ = try one.save(to: try engine.newStore(folder), options())
    try find("备案总投资 3亿元", in: one)
    let later = try one.save(to: nil, options(since: .day(day("2025-01-01"))))
    #expect(later.hidden.map(\.said.said.value) == ["3亿元"] && later.hidden[0].holding?.said.value == "29999.99万元")
    #expect(try investment(one) == yuan(299_999_900))
    let index = try #require(one.subjects.firstIndex { $0.id == "虚构怀仁医养综合体" })
    one.suppose("投资主体 央企", of: index)
    let supposed = one.subjects[index]
    one.asOf = day("2025-01-01")
    #expect(try investment(one) == yuan(300_000_000))
    #expect(one.steps.count == 1)
    one.asOf = day("2024-12-31")
    #expect(one.subjects[index] == supposed)
    // A correction of what always held.
    try find("备案总投资 1亿元", in: one)
    #expect(try one.save(to: nil, options(since: .always)).said[0].said.since == nil)
    #expect(try investment(one) == yuan(100_000_000))
    one.asOf = day("2025-06-01")
    #expect(try investment(one) == yuan(300_000_000))
    let history = one.history(of: index).filter { $0.said.path.text == "备案总投资" }
    #expect(history.map(\.said.value) == ["29999.99万元", "3亿元", "1亿元"])
    #expect(one.heldFacts(history) == [history[1].number])
  }

  // MARK: Two sessions

  @Test(arguments: Engine.all) func aLostUpdateIsRefused(_ engine: Engine) throws {
    let folder = try TemporaryFolder()
    let store = try engine.newStore(folder)
    _ = try session([Self.shuozhou + "/项目"]).save(to: store, options())
    let (one, other) = (try session([store]), try session([store]))
    try find("备案总投资 3亿元", in: one)
    _ = try one.save(to: nil, options(by: "某局"))
    // The other session is told before its next answer, and again only when it changes again.
    #expect(other.changedFiles() == [StoreAddress(store).shown])
    try find("备案总投资 2亿元，投资主体 央企", in: other)
    do throws(SaveFailure) {
      _ = try other.save(to: nil, options(by: "某委"))
      Issue.record("saved")
    } catch {
      guard case .clash(_, let clashes) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(clashes.map(\.ours.value) == ["2亿元"] && clashes.map(\.theirs.said.value) == ["3亿元"])
      #expect(clashes.map(\.theirs.saving.by) == ["某局"])
    }
    #expect(try investment(session([store])) == yuan(300_000_000))
    #expect(other.steps.count == 1, "what was found is still there")
    // Seen and said all the same.
    guard case .adopted = try other.reload() else {
      Issue.record("not reloaded")
      return
    }
    #expect(try investment(other) == yuan(200_000_000) && other.changedFiles().isEmpty)
    #expect(try other.save(to: nil, options(by: "某委")).said.count == 2)
    // Or without looking.
    try find("备案总投资 4亿元", in: one)
    #expect(throws: SaveFailure.self) { try one.save(to: nil, options()) }
    #expect(try one.save(to: nil, options(insists: true)).said.map(\.said.value) == ["4亿元"])
    #expect(try investment(session([store])) == yuan(400_000_000))
    let history = try session([store]).history(of: #require(one.subjects.firstIndex { $0.id == "虚构怀仁医养综合体" }))
    #expect(history.filter { $0.said.path.text == "备案总投资" }.map(\.said.value) == ["29999.99万元", "3亿元", "2亿元", "4亿元"])
  }

  /// Sessions that change different facts don't stand in each other's way, and each sees the other's.
  @Test(arguments: Engine.all) func otherFactsGoTogether(_ engine: Engine) throws {
    let folder = try TemporaryFolder()
    let store = try engine.newStore(folder)
    _ = try session([Self.shuozhou + "/项目"]).save(to: store, options())
    let (one, other) = (try session([store]), try session([store]))
    try find("备案总投资 3亿元", in: one)
    try find("投资主体 央企", in: other)
    #expect(try one.save(to: nil, options()).said.count == 1)
    #expect(try other.save(to: nil, options()).said.count == 1)
    #expect(try investment(other) == yuan(300_000_000))
    #expect(one.changedFiles() == [StoreAddress(store).shown] && other.changedFiles().isEmpty)
  }

  /// The same table again says nothing; another value in it is somebody else's word until it is insisted on.
  @Test(arguments: Engine.all) func aTableOverAStore(_ engine: Engine) throws {
    let folder = try TemporaryFolder()
    let store = try engine.newStore(folder)
    let table = folder.path + "/项目.csv"
    func write(_ text: String) throws { try text.write(toFile: table, atomically: true, encoding: .utf8) }
    try write("名称,备案总投资,贷款_列全,贷款1_本金,贷款2_本金\n虚构甲园,1亿元,是,100万元,200万元\n")
    #expect(try session([table]).save(to: store, options()).said.count == 7)
    #expect(try session([table]).save(to: store, options()).said.isEmpty)
    try write("名称,备案总投资,贷款_列全,贷款1_本金\n虚构甲园,1亿元,是,150万元\n虚构乙园,2亿元,,\n")
    let monthly = try session([table])
    #expect(throws: SaveFailure.self) { try monthly.save(to: store, options()) }
    #expect(try session([store]).subjects.map(\.id) == ["虚构甲园"], "nothing was saved")
    let said = try monthly.save(to: store, options(since: .day(day("2024-05-01")), insists: true)).said
    #expect(
      Set(said.map { "\($0.said.path.text) \($0.said.value)" }) == [
        "贷款/贷款1/本金 150万元", "贷款/贷款2 无", "（主体） 虚构乙园", "备案总投资 2亿元",
      ])
    let field = try #require(monthly.program.fields.first { $0.name == "贷款" })
    guard case .many(let loans, complete: true) = try session([store]).subjects[0].facts[field.slot] else {
      Issue.record("no complete list")
      return
    }
    #expect(loans.map(\.id) == ["贷款1"])
    // Before that there were two.
    guard case .many(let before, complete: true) = try session([store], on: "2024-04-30").subjects[0].facts[field.slot]
    else {
      Issue.record("no complete list")
      return
    }
    #expect(before.map(\.id) == ["贷款1", "贷款2"])
  }

  /// A field that got another name keeps its history where the old name is declared beside it.
  @Test func aFieldThatIsRenamed() throws {
    let folder = try TemporaryFolder(["甲.csv": "名称,投资,贷款1_本金\n虚构甲园,1亿元,100万元\n"])
    func session(_ fields: String, _ facts: String) throws -> Session {
      try
        "主体 贷款：\n    \(fields.split(separator: "|")[1])\n主体 项目：\n    \(fields.split(separator: "|")[0])\n    贷款：若干 贷款\n"
        .write(
          toFile: folder.path + "/规则.tiaoli", atomically: true, encoding: .utf8)
      let session = Session(
        policies: try loadPolicies([folder.path + "/规则.tiaoli"]), asOf: day("2024-06-01"), language: .zh)
      try session.loadFacts([folder.path + "/" + facts])
      return session
    }
    _ = try session("投资：金额|本金：金额", "甲.csv").save(to: folder.path + "/项目.db", options())
    let later = try session("总投资：金额 别名“投资”|贷款额：金额 别名“本金”", "项目.db")
    #expect(later.find("总投资 2亿元", of: 0).isEmpty)
    #expect(try later.save(to: nil, options()).said.map(\.said.path.text) == ["总投资"])
    let again = try session("总投资：金额 别名“投资”|贷款额：金额 别名“本金”", "项目.db")
    #expect(again.subjects[0].facts[0] == yuan(200_000_000) && again.factRemarks.isEmpty)
    #expect(again.history(of: 0).map(\.said.path.text).contains("贷款/贷款1/贷款额"))
    #expect(again.history(of: 0).filter { $0.said.path.text == "总投资" }.map(\.said.value) == ["1亿元", "2亿元"])
  }

  /// Another file in the place of the one that was loaded doesn't get the changes alone.
  @Test(arguments: Engine.all) func aStoreThatWasReplaced(_ engine: Engine) throws {
    let folder = try TemporaryFolder()
    let store = try engine.newStore(folder)
    let one = try session([Self.shuozhou + "/项目"])
    _ = try one.save(to: store, options())
    try find("备案总投资 3亿元", in: one)
    switch engine {
    case .sqlite: try FileManager.default.removeItem(atPath: store)
    case .postgres: try engine.sql("DROP SCHEMA 条理 CASCADE", in: store)
    }
    do throws(SaveFailure) {
      _ = try one.save(to: nil, options())
      Issue.record("saved")
    } catch {
      guard case .store(_, .replaced) = error else {
        Issue.record("\(error)")
        return
      }
    }
    let copy = try engine.newStore(folder)
    #expect(try one.save(to: copy, options()).said.count > 600)
    #expect(try investment(session([copy])) == yuan(300_000_000))
  }

  @Test func whatWasKnownThen() throws {
    let folder = try TemporaryFolder()
    let store = try Engine.sqlite.newStore(folder)
    let one = try session([Self.shuozhou + "/项目"])
    _ = try one.save(to: store, options())
    one.knownUntil = day("2000-01-01")
    try one.loadFacts([store])
    #expect(one.subjects.isEmpty)
    #expect(throws: SaveFailure.self) { try one.save(to: nil, options()) }
  }

  @Test func namesAreNeeded() throws {
    let folder = try TemporaryFolder(["甲.csv": "名称,备案总投资\n虚构甲园,1亿元\n虚构甲园,2亿元\n,3亿元\n"])
    let one = try session([folder.path + "/甲.csv"])
    do throws(SaveFailure) {
      _ = try one.save(to: folder.path + "/项目.db", options())
      Issue.record("saved")
    } catch {
      guard case .unnamed(let names) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(names.count == 3)
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/项目.db"))
  }
}
