import PolicyDiagnostics
package import PolicyIR
package import PolicyText

/// Reads the subjects of files of facts, which may refer to one another by name (a table of projects, a table of their loans).
///
/// Never fails: what cannot be read is remarked on, and its fact stays *not given*. The text of every file, as decoded, is added
/// to `files`, and all places of the result are places there (without a byte order mark). The format is chosen by extension
/// (.json, .jsonl, .yaml, .yml, else CSV), for other extensions by the first character: [ or { is JSON.
///
/// - Parameters:
///   - defaultKind: the kind of subjects whose file neither names nor shows it.
///   - watch: told now and then how many bytes are done, and of how many; what it throws ends the reading.
package func readFacts<Stop: Error>(
  _ inputs: [FactsInput], into files: inout SourceFiles, program: Program, defaultKind: KindID? = nil,
  watch: (_ done: Int, _ total: Int) throws(Stop) -> Void
) throws(Stop) -> FactsResult {
  var result = FactsResult()
  var drafts: [SubjectDraft] = []
  var lost: Set<KindID> = []
  let total = inputs.reduce(0) { $0 + $1.bytes.count }
  var done = 0
  for input in inputs {
    try watch(done, total)
    let decoded = decodeFacts(input.bytes)
    let file = SourceFile(path: input.path, bytes: decoded.bytes)
    let id = files.add(file)
    var remarks = FactsRemarks(id)
    reportEncoding(decoded, &remarks)
    let report = FactsReport(
      file: id, encoding: decoded.encoding, format: input.format ?? format(of: input.path, decoded.bytes))
    if decoded.failure != nil {
      result.reports.append(report)
      result.remarks += remarks.all
      lost.formUnion(program.kinds.indices.map { KindID($0) })
      continue
    }
    let read = try readFile(file, report, program, defaultKind) { offset throws(Stop) in
      try watch(min(done + offset, total), total)
    }
    done += input.bytes.count
    drafts += read.drafts
    lost.formUnion(read.lost)
    result.reports.append(read.report)
    result.remarks += remarks.all + read.remarks
  }
  var linker = SubjectLinker(drafts, lost: lost, program: program)
  (result.subjects, result.places) = linker.link()
  var links = Array(linker.remarks.prefix(1000))
  if linker.remarks.count > links.count {
    let rest = linker.remarks[links.count...]
    links.append(FactsRemarks.cutRemark(rest.count, at: rest[rest.startIndex].primary.span))
  }
  result.remarks = (result.remarks + links).sortedAndUnique()
  return result
}

/// Reads the subjects of files of facts in one go.
package func readFacts(
  _ inputs: [FactsInput], into files: inout SourceFiles, program: Program, defaultKind: KindID? = nil
) -> FactsResult {
  readFacts(inputs, into: &files, program: program, defaultKind: defaultKind) { (_, _) throws(Never) in }
}

private func readFile<Stop: Error>(
  _ file: SourceFile, _ report: FactsReport, _ program: Program, _ defaultKind: KindID?,
  _ watch: (_ offset: Int) throws(Stop) -> Void
) throws(Stop) -> (drafts: [SubjectDraft], lost: Set<KindID>, remarks: [Diagnostic], report: FactsReport) {
  let tree: Result<FactNode, JSONReader.Failure>
  let id: DiagnosticID
  switch report.format {
  case .csv:
    var reader = TableReader(file, report: report, program: program)
    try reader.read(defaultKind: defaultKind, watch)
    return (reader.drafts, reader.lost, reader.remarks.all, reader.report)
  case .lines: return readLines(file, report, program, defaultKind)
  case .json: (tree, id) = (JSONReader.read(file.bytes, file: report.file), .malformedJSON)
  case .yaml: (tree, id) = (YAMLReader.read(file, id: report.file), .malformedYAML)
  }
  switch tree {
  case .success(let root):
    var reader = NodeReader(file: report.file, program: program)
    reader.read(root, defaultKind: defaultKind)
    return (reader.drafts, reader.lost, reader.remarks.all, report)
  case .failure(let failure):
    let related = failure.related.map {
      [Diagnostic.Label(span: $0, message: Bilingual(zh: "另一处", en: "the other place"))]
    }
    let message = Bilingual(
      zh: failure.message.zh + "；文件没有读取", en: failure.message.en + "; the file was not read")
    let all = Set(program.kinds.indices.map { KindID($0) })
    return ([], all, [Diagnostic(id, at: failure.span, message, related: related ?? [])], report)
  }
}

private func format(of path: String, _ bytes: [UInt8]) -> FactsFormat {
  switch path.split(separator: ".").last?.lowercased() {
  case "json": return .json
  case "jsonl", "ndjson": return .lines
  case "yaml", "yml": return .yaml
  case "csv", "tsv", "txt": return .csv
  default:
    let first = bytes.first { $0 > 0x20 }
    return first == 0x7B || first == 0x5B ? .json : .csv
  }
}

func reportEncoding(_ decoded: DecodedFacts, _ remarks: inout FactsRemarks) {
  let start = remarks.span(0, 0)
  guard let failure = decoded.failure else {
    if decoded.encoding == .gb18030 {
      remarks.add(
        Diagnostic(
          .factsDecoded, .note, at: start,
          Bilingual(zh: "文件不是 UTF-8，按 GB18030 读取", en: "the file is not UTF-8; it was read as GB18030")))
    }
    return
  }
  var span = start
  let message: Bilingual
  var help: [Bilingual] = [Bilingual(zh: "另存为“CSV UTF-8”", en: "save it as “CSV UTF-8”")]
  switch failure {
  case .invalidByte(let byte, let offset, let line, let decodedOffset):
    span = remarks.span(decodedOffset, decodedOffset + 3)
    let name = decoded.encoding == .gb18030 ? "GB18030" : "UTF-8"
    let digits = String(byte, radix: 16, uppercase: true)
    message = Bilingual(
      zh: "第 \(line) 行有不是 \(name) 的字节 0x\(digits)（文件第 \(offset + 1) 个字节），文件没有读取",
      en:
        "line \(line) has the byte 0x\(digits), which is not \(name) (byte \(offset + 1) of the file); the file was not read"
    )
  case .utf16:
    message = Bilingual(zh: "文件是 UTF-16 编码，没有读取", en: "the file is UTF-16; it was not read")
  case .binary(let offset):
    message = Bilingual(
      zh: "文件不是文字（第 \(offset + 1) 个字节是 0），没有读取", en: "the file is not text (byte \(offset + 1) is 0); it was not read")
  case .workbook:
    message = Bilingual(zh: "文件是 Excel 工作簿，没有读取", en: "the file is an Excel workbook; it was not read")
  case .tooLarge:
    message = Bilingual(zh: "文件超过 2 GiB，没有读取", en: "the file is larger than 2 GiB; it was not read")
    help = [Bilingual(zh: "分成几个文件", en: "split it")]
  case .noConverter:
    message = Bilingual(
      zh: "文件不是 UTF-8，而这台机器不能转换 GB18030", en: "the file is not UTF-8, and this system cannot convert GB18030")
  }
  remarks.add(Diagnostic(.factsNotDecoded, at: span, message, help: help))
}
