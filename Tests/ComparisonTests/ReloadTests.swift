import Foundation
import PolicyDiagnostics
import PolicyIR
import PolicySemantics
import PolicySyntax
import PolicyText
import PolicyValues
import PolicyWorkspace
import SeededRandom
import Testing

/// Rules loaded again after an edit, what reads the same taken from before, against rules loaded afresh.
@Suite struct ReloadTests {
  static let policies =
    ["policies/shuozhou-2022-36"]
    + ((try? FileManager.default.contentsOfDirectory(atPath: "policies/tutorial")) ?? []).sorted().map {
      "policies/tutorial/" + $0
    }

  /// A policy whose rule files are cut into many, so that most rules stand in another file than what they look at: before every
  /// clause, and before a case or a definition that stands in none.
  private func inManyFiles(_ path: String) throws -> [String: [UInt8]] {
    let set = try loadPolicies([path])
    var files: [String: [UInt8]] = [:]
    for id in set.files.ids { files[set.files[id].path] = set.files[id].bytes }
    // Of two documents in one folder each rule belongs to the one that stands before it in its file.
    if set.checked.texts.count > 1, !path.hasSuffix("两级文件") { return files }
    for file in set.syntax where file.source.path.hasPrefix(path) {
      files[file.source.path] = nil
      var parts: [[BlockView]] = []
      for block in file.blocks {
        let opens: [Keyword] = [.document, .kind, .clause, .policyCase, .record, .option]
        if parts.isEmpty || opens.contains(block.keyword) { parts.append([]) }
        parts[parts.count - 1].append(block)
      }
      let stem = file.source.path.dropLast(".tiaoli".count)
      for (number, part) in parts.enumerated() {
        guard let first = part.first.map({ file.tree[$0.node].start }),
          let last = part.last.map({ file.tree[$0.node].end })
        else { continue }
        let text = Array(file.source.bytes[Int(first)..<Int(last)]) + [0x0A]
        files["\(stem)-\(number / 10)\(number % 10).tiaoli"] = text
      }
    }
    return files
  }

  /// A file with one random change: a line gone, doubled, cut or put elsewhere, a character changed, a declaration added.
  private func edited(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
    let place = generator.below(lines.count)
    switch generator.below(9) {
    case 0: lines.remove(at: place)
    case 1: lines.insert(lines[place], at: place)
    case 2: lines[place] = Array(lines[place].prefix(generator.below(lines[place].count + 1)))
    case 3: lines.swapAt(place, generator.below(lines.count))
    case 4: lines[place] = lines[place].map { $0 == 0x33 ? 0x34 : $0 }
    case 5: lines.append(Array("\n定义 新的说法\(generator.below(3))：\n    内容：是\n".utf8))
    case 6: lines.append(Array("\n措施 新的措施\(generator.below(3))：\n    内容：是\n".utf8))
    // A rule gone, or put before all others.
    case 7, 8:
      let heads = lines.indices.filter { at in
        ["措施 ", "定义 ", "案例 ", "组合 ", "标准表 "].contains { lines[at].starts(with: $0.utf8) }
      }
      guard !heads.isEmpty else { break }
      let start = heads[generator.below(heads.count)]
      let end = lines[(start + 1)...].firstIndex { $0.first != 0x20 && !$0.isEmpty } ?? lines.count
      let block = Array(lines[start..<end])
      lines.removeSubrange(start..<end)
      if place % 2 == 0, let first = heads.first { lines.insert(contentsOf: block, at: min(first, lines.count)) }
    // A name that other lines of the policy may write.
    default:
      let words = ["项目", "以上", "措施", "补助", "市级", "建设", "老年人", "甲"]
      lines.append(
        Array("\n选项 \(words[generator.below(words.count)])：\(words[generator.below(words.count)])某某、其他某某\n".utf8))
    }
    return Array(lines.joined(separator: [0x0A]))
  }

  private func contents(of set: PolicySet) -> [String: [UInt8]] {
    Dictionary(set.files.ids.map { (set.files[$0].path, set.files[$0].bytes) }, uniquingKeysWith: { first, _ in first })
  }

  /// All of a program but its calendar, whose sets print in any order.
  private func text(_ program: Program) -> String {
    var program = program
    program.calendar = WorkCalendar(years: [], holidays: [], workdays: [])
    return "\(program)"
  }

  /// The nodes of a tree and of what could stand in their place, names by their texts: a name keeps its number from load to load.
  private func named(_ tree: SyntaxTree, _ vocabulary: Vocabulary) -> [String] {
    ([(0, [tree.nodes])] + tree.alternatives.sorted { $0.key < $1.key }.map { (Int($0.key), $0.value) }).flatMap {
      place, trees in
      trees.joined().map { node in
        let isName = [.name, .quotedName, .nameUse].contains(node.kind) && node.detail != .max
        let detail = isName ? vocabulary.names[Int(node.detail)] : "\(node.detail)"
        return "\(place) \(node.kind) \(detail) \(node.start) \(node.end) \(node.next)"
      }
    }
  }

  @Test(arguments: policies) func equalsAFreshLoad(_ path: String) throws {
    var generator = SeededGenerator(seed: 11)
    let start = path.hasSuffix("36") ? try contents(of: loadPolicies([path])) : try inManyFiles(path)
    var set = try loadPolicies([path], from: .memory(start))
    #expect(set.parsed.count == set.syntax.count)
    let errors = set.remarks.filter { $0.severity == .error }.map(\.primary.message.zh)
    #expect(errors == [])
    var (taken, parsed, carried) = (0, 0, 0)
    for number in 0..<60 {
      var files = contents(of: set)
      // Also official texts change, and sometimes nothing does.
      let paths = files.keys.sorted()
      let changed = paths[generator.below(paths.count)]
      if number % 8 != 7 { files[changed] = edited(files[changed]!, &generator) }
      let fresh = try loadPolicies([path], from: .memory(files))
      let again = try loadPolicies([path], from: .memory(files), reusing: set)
      #expect(text(again.program) == text(fresh.program), "\(changed), edit \(number)")
      #expect(again.program.calendar == fresh.program.calendar)
      #expect(again.checked.records.map(\.subject) == fresh.checked.records.map(\.subject))
      #expect(again.checked.records.map(\.span) == fresh.checked.records.map(\.span))
      #expect("\(again.checked.coverage)" == "\(fresh.checked.coverage)", "\(changed), edit \(number)")
      #expect(again.remarks == fresh.remarks, "\(changed), edit \(number)")
      #expect(again.digest == fresh.digest && again.vocabulary.declared == fresh.vocabulary.declared)
      for (one, two) in zip(again.syntax, fresh.syntax) {
        #expect(one.id == two.id && one.source.path == two.source.path)
        #expect(named(one.tree, again.vocabulary) == named(two.tree, fresh.vocabulary))
        #expect(one.tree.file == two.tree.file)
      }
      carried += again.checked.readFiles.all - again.checked.readFiles.read
      parsed += again.parsed.count
      taken += again.syntax.count - again.parsed.count
      if number % 8 == 7, fresh.remarks.isEmpty { #expect(again.parsed.isEmpty) }
      // Edits pile up only while the rules can be read.
      if !fresh.hasErrors || number % 3 == 0 {
        set = fresh.hasErrors ? try loadPolicies([path], from: .memory(start)) : again
      }
    }
    print("reload, \(path): \(taken) files taken, \(parsed) parsed; \(carried) not checked again")
    if set.syntax.count > 4 { #expect(carried > 60) }
    if set.syntax.count > 1 { #expect(taken > parsed, "\(taken) files taken, \(parsed) parsed") }
  }

  /// Rules that look at others without writing their names, or that others are changed by: 优先于, and 依照 a clause.
  @Test func rulesThatMeetWithoutNames() throws {
    func measure(_ name: String, _ more: String) -> String {
      """
      措施 \(name)：
          对象：项目
          原文：“对床位10张以上的项目给予\(name)”
      \(more)
          支持：\(name)


      """
    }
    let condition = "    条件：床位 10张以上"
    var files = [
      "规则/00.tiaoli": """
      主体 项目
          床位：数量（张）

      文件 虚政发〔2024〕1号：
          标题：“虚构办法”
          成文日期：未规定
          施行日期：未规定
          有效期：未规定
          原文：“原文.txt”

      不入规则 首部：标题
      """,
      "规则/01.tiaoli": "条款 一 甲：\n\n" + measure("甲支持", condition),
      "规则/02.tiaoli": "条款 二 乙：\n\n" + measure("乙支持", condition + "\n    优先于：甲支持"),
      "规则/03.tiaoli": "条款 三 丙：\n\n" + measure("丙支持", "    依照：二"),
      "规则/原文.txt": "虚构办法\n\n"
        + ["甲", "乙", "丙"].enumerated().map { "\(["一", "二", "三"][$0])、\($1)。对床位10张以上的项目给予\($1)支持。\n" }.joined(
          separator: "\n"),
    ]
    func load(reusing earlier: PolicySet? = nil) throws -> PolicySet {
      try loadPolicies(["规则"], from: .memory(files.mapValues { Array($0.utf8) }), reusing: earlier)
    }
    var set = try load()
    #expect(set.remarks.filter { $0.severity == .error }.map(\.primary.message.zh) == [])
    #expect(set.program.measures[0].conditions.map(\.role) == [.precedence, .condition])
    #expect(set.program.measures[2].reference?.target == .measure(MeasureID(1)))
    let second = files["规则/02.tiaoli"]!
    for edit in [
      second.replacingOccurrences(of: "    优先于：甲支持\n", with: ""), second,
      "措施 新的支持：\n    内容：是\n\n" + second, second, "", second,
      second.replacingOccurrences(of: "条款 二", with: "条款 三"), second,
    ] {
      files["规则/02.tiaoli"] = edit
      let (fresh, again) = (try load(), try load(reusing: set))
      #expect(text(again.program) == text(fresh.program), "\(edit)")
      #expect(again.remarks == fresh.remarks, "\(edit)")
      #expect(again.checked.readFiles.read < again.checked.readFiles.all)
      set = again
    }
  }

  /// A hole's bound is read as the rules see it that use the hole, also where these are taken from before and the hole has
  /// another number than before.
  @Test func boundsOfHolesFollowTheirUsers() throws {
    let opening = ["规则/原文.txt": "虚构办法\n\n一、标准。标准由市财政局另行制定，每张床不超过1元。\n\n二、支持。按标准补助机构，由市财政局承担。\n"]
    func hole(_ name: String) -> String {
      "空缺 \(name)：金额\n    原文：“标准由市财政局另行制定，每张床不超过1元”\n    制定：市财政局，时限 未规定\n    不多于：床位 × 1元/张\n\n"
    }
    let rules = [
      "规则/00.tiaoli": "主体 项目\n    床位：数量（张）\n\n主体 机构\n    床位：数量（张）\n\n机关 市财政局：级别 市\n\n"
        + "文件 虚政发〔2024〕1号：\n    标题：“虚构办法”\n    成文日期：未规定\n    施行日期：未规定\n    有效期：未规定\n    原文：“原文.txt”\n\n不入规则 首部：标题\n",
      "规则/01.tiaoli": "条款 一 标准：\n\n" + hole("甲标准"),
      "规则/02.tiaoli": "条款 一 标准：\n\n" + hole("乙标准"),
      "规则/03.tiaoli":
        "条款 二 支持：\n\n措施 乙补助：\n    对象：机构\n    原文：“按标准补助机构，由市财政局承担”\n    补助：发展\n    金额：乙标准\n    出资：市财政局，比例 未规定\n",
    ].merging(opening) { $1 }
    func load(_ edit: [String: String] = [:], reusing earlier: PolicySet? = nil) throws -> PolicySet {
      try loadPolicies(
        ["规则"], from: .memory(rules.merging(edit) { $1 }.mapValues { Array($0.utf8) }), reusing: earlier)
    }
    var set = try load()
    #expect(set.remarks.filter { $0.severity == .error }.map(\.primary.message.zh) == [])
    for first in ["条款 一 标准：\n\n", rules["规则/01.tiaoli"]! + hole("丙标准"), rules["规则/01.tiaoli"]!] {
      let edit = ["规则/01.tiaoli": first]
      let (fresh, again) = (try load(edit), try load(edit, reusing: set))
      #expect(text(again.program) == text(fresh.program) && again.remarks == fresh.remarks)
      #expect(again.checked.readFiles.read == 1)
      set = again
    }
  }

  /// What a draft may lack, a file may not: the same content is checked again once it stands in a file.
  @Test func aDraftIsCheckedAgainInAFile() throws {
    let path = "policies/shuozhou-2022-36"
    let set = try loadPolicies([path])
    var files = contents(of: set)
    let changed = path + "/35-税收政策.tiaoli"
    let lines = String(decoding: try #require(files[changed]), as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    let text = lines.filter { !$0.hasPrefix("条款") && !$0.hasPrefix("    责任单位") }.joined(separator: "\n")
    var draft = Draft()
    draft.replaced[changed] = Array(text.utf8)
    let drafted = try loadPolicies([path], draft: draft, from: .memory(files), reusing: set)
    files[changed] = Array(text.utf8)
    let fresh = try loadPolicies([path], from: .memory(files))
    #expect(fresh.remarks.contains { $0.id == .missingClause } && !drafted.remarks.contains { $0.id == .missingClause })
    #expect(try loadPolicies([path], from: .memory(files), reusing: drafted).remarks == fresh.remarks)
  }

  /// One edited number: of all the files only its own is parsed, and the official texts are those from before.
  @Test func parsesOnlyTheFileThatChanged() throws {
    let path = "policies/shuozhou-2022-36"
    let set = try loadPolicies([path])
    var files = contents(of: set)
    let changed = path + "/31-立项政策.tiaoli"
    let text = String(decoding: try #require(files[changed]), as: UTF8.self)
    files[changed] = Array(text.replacingOccurrences(of: "投资额3亿元", with: "投资额2亿元").utf8)
    let again = try loadPolicies([path], from: .memory(files), reusing: set)
    #expect(again.parsed == [changed])
    for (document, loaded) in again.checked.texts { #expect(loaded.text === set.checked.texts[document]?.text) }
  }
}
