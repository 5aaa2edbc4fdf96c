import PolicyDiagnostics
import PolicyIR
import PolicySemantics
import PolicyTesting
import PolicyText
import PolicyWorkspace

let arguments = CommandLine.arguments.dropFirst()
let isTest = arguments.first == "test"
let paths = arguments.filter { !$0.hasPrefix("-") && $0 != "test" }
do {
  let set = try loadPolicies(Array(paths))
  print(render(set.remarks, files: set.files, format: arguments.last == "--gnu" ? .gnu : .text, language: .zh, color: false, width: nil))
  for report in set.checked.coverage { print(report.sentences.count, report.coveredCount, report.exemptCount, report.uncoveredCount) }
  print(set.program.measures.count, "measures")
  if isTest {
    let results = runCases(set.program, files: set.files)
    for result in results where !result.passed {
      for failure in result.failures {
        let file = set.files[failure.span.file]
        print("\(file.path):\(file.line(of: failure.span.start)): 案例“\(result.name)” \(failure.target)：应为 \(failure.expected.zh)，得到 \(failure.found.zh)")
      }
    }
    print("\(results.count { $0.passed }) passed, \(results.count { !$0.passed }) failed")
  }
} catch {
  print(error)
}
