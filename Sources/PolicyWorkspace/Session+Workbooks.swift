import PolicyDiagnostics
import PolicyFacts
import PolicyTables

extension Session {
  /// The content of a file of facts: of a workbook the sheets that have a header, each as a table of its own.
  func factsInputs(of path: String) throws(FileFailure) -> [FactsInput] {
    let beginning = try FileSystem.beginning(of: path)
    if let other = Workbook.otherForm(beginning) {
      throw FileFailure(path: path, cause: .table(TableFailure("\(path)：\(other.zh)", "\(path): \(other.en)")))
    }
    guard TableForm.ofFile(path, beginning) == .workbook else {
      return [FactsInput(path: path, bytes: try FileSystem.read(path))]
    }
    do throws(TableFailure) { return try sheets(of: try Workbook(path), path) } catch {
      throw FileFailure(path: path, cause: error.cause == .full ? .tooLarge : .table(error))
    }
  }

  private func sheets(of workbook: Workbook, _ path: String) throws(TableFailure) -> [FactsInput] {
    var inputs: [FactsInput] = []
    var others: [FactsInput] = []
    for sheet in workbook.sheets where !sheet.isHidden {
      let name = "\(path):\(sheet.name)"
      let beginning = try bytes(of: try WorkbookSource(workbook, sheet), atMost: 1 << 20)
      let head = TableStream(path: name, program: program).head(beginning, isWhole: beginning.count < 1 << 20).head
      let source = try WorkbookSource(workbook, sheet)
      if let head { source.fill(to: head.width, from: head.records + 1) }
      var bytes = try bytes(of: source, atMost: FileSystem.sizeLimit)
      if bytes.count >= FileSystem.sizeLimit { throw TableFailure("", "", .full) }
      // Messages show the line, which a vertical tab would tear apart.
      for place in bytes.indices where bytes[place] == 0x0B || bytes[place] == 0x0C { bytes[place] = 0x20 }
      let input = FactsInput(path: name, bytes: bytes, format: .csv)
      if head == nil { others.append(input) } else { inputs.append(input) }
    }
    // Where no sheet is a table, the first one's remarks say why.
    return inputs.isEmpty ? Array(others.prefix(1)) : inputs
  }

  /// The first bytes of a sheet, at most about so many.
  private func bytes(of source: WorkbookSource, atMost most: Int) throws(TableFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < most, try source.read(into: &bytes, atMost: 1 << 20) {}
    return bytes
  }
}
