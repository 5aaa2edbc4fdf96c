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
      let source = try WorkbookSource(workbook, sheet)
      var bytes: [UInt8] = []
      while try source.read(into: &bytes, atMost: 1 << 20) {
        if bytes.count > FileSystem.sizeLimit { throw TableFailure("", "", .full) }
      }
      // Messages show the line, which a vertical tab would tear apart.
      for place in bytes.indices where bytes[place] == 0x0B || bytes[place] == 0x0C { bytes[place] = 0x20 }
      let input = FactsInput(path: "\(path):\(sheet.name)", bytes: bytes, format: .csv)
      let head = TableStream(path: input.path, program: program).head(bytes, isWhole: true).head
      if head == nil { others.append(input) } else { inputs.append(input) }
    }
    // Where no sheet is a table, the first one's remarks say why.
    return inputs.isEmpty ? Array(others.prefix(1)) : inputs
  }
}
