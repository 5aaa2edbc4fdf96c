import PolicyDiagnostics
import PolicyFacts
import PolicyTables

extension TableAddress {
  /// A remark with its place: file, line and column, or the terms of a source that isn't a text of the person's own.
  ///
  /// - Parameter line: The line of the source's bytes, from 1.
  /// - Parameter text: That line.
  func placed(_ remark: TableBlock.Remark, line: Int, in text: [UInt8], of source: any TableSource) -> BatchRemark {
    let cell = CSVRecords.cell(at: remark.column, in: text)
    let place = source.place(line: line, cell: cell) ?? "\(path):\(remark.line):\(remark.column)"
    return BatchRemark(place: place, diagnostic: remark.diagnostic)
  }

  /// The remarks on a head.
  func placed(_ remarks: [TableBlock.Remark], in head: [UInt8], of source: any TableSource) -> [BatchRemark] {
    let lines = head.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
    return remarks.map { remark in
      let text = lines.indices.contains(remark.line - 1) ? lines[remark.line - 1] : []
      return placed(remark, line: remark.line, in: text, of: source)
    }
  }
}

extension VectorBlock {
  /// Marks the rows that their table could not give, which are blank.
  ///
  /// - Parameter first: The line of the first row; each row of such a table is one line.
  func add(_ faults: [TableFault], from first: Int) {
    for fault in faults { mark(fault.line - first, fault.message) }
  }
}

extension TableBatch {
  /// The first of the remarks on a part, in their order, each with its place.
  ///
  /// - Parameter first: The line of the part's first row.
  func firstRemarks(
    _ most: Int, of remarks: [TableBlock.Remark], _ faults: [TableFault], in bytes: ArraySlice<UInt8>, from first: Int,
    of source: any TableSource
  ) -> [BatchRemark] {
    var told: [(line: Int, remark: BatchRemark)] = faults.prefix(most).map { fault in
      (fault.line, BatchRemark(place: fault.place, diagnostic: fault.diagnostic))
    }
    let lines = remarks.isEmpty ? [] : bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    for remark in remarks.prefix(most) {
      let line = remark.line + source.headRows
      let text = lines.indices.contains(line - first) ? Array(lines[line - first]) : []
      told.append((line, input.placed(remark, line: line, in: text, of: source)))
    }
    // Of one line those of the table come first: the sort keeps their order.
    return told.enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }.prefix(most).map {
      $0.element.remark
    }
  }
}
