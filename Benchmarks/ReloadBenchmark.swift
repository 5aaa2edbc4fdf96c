import PolicyIR
import PolicySemantics
import PolicyText
import PolicyWorkspace

/// Prints what it takes to load rules again after an edit of one file, beside loading them afresh.
func measureReload(_ policy: String) {
  print("rules loaded again after an edit (CPU time, median)")
  guard let set = try? loadPolicies([policy]) else { fail("can't read \(policy)") }
  var files: [String: [UInt8]] = [:]
  for id in set.files.ids { files[set.files[id].path] = set.files[id].bytes }
  measure(policy, [policy], files, edited: policy + "/31-立项政策.tiaoli", "投资额3亿元", "投资额2亿元", rounds: 51)
  let documents = generatedDocuments(200, measures: 50)
  measure(
    "200 documents of 50 measures", ["规则"], documents, edited: "规则/文件100/规则.tiaoli", "养老床位 5020张以上", "养老床位 5019张以上",
    rounds: 11)
}

/// Documents that rest on one vocabulary, each in a folder of its own.
private func generatedDocuments(_ count: Int, measures: Int) -> [String: [UInt8]] {
  var files = ["规则/共用/主体.tiaoli": Array(GeneratedPolicy.vocabulary.utf8)]
  for number in 0..<count {
    let document = GeneratedPolicy(number: number + 1, measures: number * measures..<(number + 1) * measures)
    files["规则/文件\(number)/规则.tiaoli"] = Array(document.rules.utf8)
    files["规则/文件\(number)/原文.txt"] = Array(document.text.utf8)
  }
  return files
}

private func measure(
  _ name: String, _ paths: [String], _ files: [String: [UInt8]], edited path: String, _ before: String, _ after: String,
  rounds: Int
) {
  guard let bytes = files[path] else { fail("no file \(path)") }
  func changed(_ edit: (String) -> String) -> [String: [UInt8]] {
    var result = files
    result[path] = Array(edit(String(decoding: bytes, as: UTF8.self)).utf8)
    return result
  }
  func replacing(_ text: String) -> String {
    guard text.contains(before) else { fail("\(path) does not write \(before)") }
    return text.split(separator: before, omittingEmptySubsequences: false).joined(separator: after)
  }
  let variants = [
    ("one number changed", changed(replacing)),
    ("a definition added", changed { $0 + "\n定义 某某一说（项目）：是否\n    原文：“某”\n    即：所在县区 为 应县\n" }),
  ]
  guard let first = try? loadPolicies(paths, from: .memory(files)) else { fail("can't load \(name)") }
  print(
    "\n\(name): \(first.syntax.count) rule files, \(first.program.measures.count) measures, \(first.program.cases.count) cases"
  )
  for (what, edit) in variants {
    var sink = 0
    guard let fresh = try? loadPolicies(paths, from: .memory(edit)),
      let again = try? loadPolicies(paths, from: .memory(edit), reusing: first)
    else { fail("can't load \(name)") }
    require(again.program.measures == fresh.program.measures && again.remarks == fresh.remarks, what)
    let times = interleavedMedians(
      rounds: rounds,
      [
        { sink += (try? loadPolicies(paths, from: .memory(edit)))?.remarks.count ?? 0 },
        { sink += (try? loadPolicies(paths, from: .memory(edit), reusing: first))?.remarks.count ?? 0 },
      ])
    row(
      what,
      "\(decimals(times[0] / 1e6, 2)) ms afresh  \(decimals(times[1] / 1e6, 2)) ms again  (\(again.checked.readFiles.read) files read, \(again.parsed.count) parsed)"
    )
    require(sink >= 0, what)
  }
}
