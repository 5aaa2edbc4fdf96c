import PolicyIR
import PolicySemantics
import PolicySyntax
import PolicyText
import PolicyWorkspace

/// Reading and checking of rule files that lie in memory: the names, the trees, the program.
private struct FrontInput {
  let name: String
  let policies: PolicySet
  let texts: [CheckInput.TextKey: LoadedText]

  init(_ name: String, _ policies: PolicySet) {
    self.name = name
    self.policies = policies
    var texts: [CheckInput.TextKey: LoadedText] = [:]
    for file in policies.syntax {
      for path in textPaths(in: file) {
        let target = FileSystem.resolve(path, relativeTo: file.source.path)
        texts[.init(ruleFile: file.id, path: path)] = policies.checked.texts.values.first { $0.source.path == target }
      }
    }
    self.texts = texts
  }

  var byteCount: Int { policies.syntax.reduce(0) { $0 + $1.source.bytes.count } }

  func vocabulary() -> Vocabulary { Vocabulary(policies.syntax.flatMap { declaredNames(in: $0.source.bytes) }) }

  func trees() -> [SyntaxFile] {
    policies.syntax.map { file in
      SyntaxFile(
        id: file.id, source: file.source, tree: parse(file.source, id: file.id, vocabulary: policies.vocabulary).tree)
    }
  }

  func result() -> CheckResult {
    check(CheckInput(files: policies.syntax, vocabulary: policies.vocabulary, texts: texts))
  }
}

/// Prints how fast policies are read and checked, each phase for itself.
func measureFront(_ paths: [String]) {
  print("reading and checking, in one process (CPU time; MB are 10^6 bytes of rule files, official texts not counted)")
  for path in paths {
    guard let policies = try? loadPolicies([path]) else { fail("can't read \(path)") }
    require(!policies.hasErrors, "\(path) has errors")
    let input = FrontInput(path, policies)
    require(input.vocabulary().names == policies.vocabulary.names, "names of \(path)")
    require(zip(input.trees(), policies.syntax).allSatisfy { $0.tree.nodes == $1.tree.nodes }, "trees of \(path)")
    require(input.result().program.measures == policies.program.measures, "program of \(path)")
    measure(input)
  }
}

private func measure(_ input: FrontInput) {
  var sink = 0
  let rounds = max(5, min(101, 20_000_000 / input.byteCount))
  let times = interleavedMedians(
    rounds: rounds,
    [
      { sink += input.vocabulary().names.count },
      { sink += input.trees().count },
      { sink += input.result().program.measures.count },
    ])
  print(
    "\n\(input.name): \(input.byteCount) bytes, \(input.policies.program.measures.count) measures, \(input.policies.program.cases.count) cases"
  )
  func speed(_ time: Double) -> String {
    decimals(time / 1e6, 2) + " ms  " + decimals(Double(input.byteCount) * 1e3 / time) + " MB/s"
  }
  row("names", speed(times[0]))
  row("parse", speed(times[1]))
  row("check, quotes against the official text", speed(times[2]))
  row("parse + check", speed(times[1] + times[2]))
  require(sink > 0, "nothing was done")
}
