import PolicyDiagnostics
import PolicyIR
import PolicyText

/// Reads the subjects of JSON Lines; a line that is no JSON is remarked on and the others are read.
func readLines(
  _ file: SourceFile, _ report: FactsReport, _ program: Program, _ defaultKind: KindID?
) -> (drafts: [SubjectDraft], lost: Set<KindID>, remarks: [Diagnostic], report: FactsReport) {
  var nodes: [FactNode] = []
  var broken = FactsRemarks(report.file)
  var start = 0
  for line in file.bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
    defer { start += line.count + 1 }
    if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
    switch JSONReader.read(Array(line), file: report.file) {
    case .success(let node): nodes.append(node.moved(by: UInt32(clamping: start)))
    case .failure(let failure):
      let message = Bilingual(
        zh: failure.message.zh + "；这一行没有读取", en: failure.message.en + "; the line was not read")
      broken.add(Diagnostic(.malformedJSON, at: failure.span.moved(by: UInt32(clamping: start)), message))
    }
  }
  var reader = NodeReader(file: report.file, program: program)
  let whole = Span(file: report.file, start: 0, end: UInt32(clamping: file.bytes.count))
  reader.read(FactNode(form: .array(nodes), span: whole), defaultKind: defaultKind)
  let lost = broken.all.isEmpty ? reader.lost : Set(program.kinds.indices.map { KindID($0) })
  return (reader.drafts, lost, broken.all + reader.remarks.all, report)
}

extension Span {
  fileprivate func moved(by offset: UInt32) -> Span { Span(file: file, start: start + offset, end: end + offset) }
}

extension FactNode {
  /// The same value behind so many more bytes.
  fileprivate func moved(by offset: UInt32) -> FactNode {
    let form: Form =
      switch form {
      case .null, .bool, .scalar: form
      case .array(let elements): .array(elements.map { $0.moved(by: offset) })
      case .object(let members):
        .object(
          members.map {
            Member(key: $0.key, keySpan: $0.keySpan.moved(by: offset), value: $0.value.moved(by: offset))
          })
      }
    return FactNode(form: form, span: span.moved(by: offset))
  }
}
