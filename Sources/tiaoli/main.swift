import PolicyDiagnostics
import PolicyIR
import PolicySemantics
import PolicyWorkspace

let paths = CommandLine.arguments.dropFirst().filter { !$0.hasPrefix("-") }
do {
  let set = try loadPolicies(paths)
  print(render(set.remarks, files: set.files, format: CommandLine.arguments.last == "--gnu" ? .gnu : .text, language: .zh, color: false, width: nil))
  for report in set.checked.coverage { print(report.sentences.count, report.coveredCount, report.exemptCount, report.uncoveredCount) }
  print(set.program.measures.count, "measures")
} catch {
  print(error)
}
