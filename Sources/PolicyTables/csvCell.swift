/// A text as a cell of CSV on one line: in quotes where it would be taken for something else, its line ends as vertical tabs.
package func csvCell(text: String) -> [UInt8] {
  var result: [UInt8] = []
  result.append(csvText: Array(text.utf8))
  return result
}

extension [UInt8] {
  /// Appends a text as a cell of CSV on one line. Line ends become vertical tabs, CRs form feeds, other control characters blanks.
  mutating func append(csvText text: some Collection<UInt8>) {
    guard let first = text.first else { return }
    var needsQuotes = CSVValue.mayBegin(with: first) || first <= 0x20
    for byte in text where byte == 0x22 || byte == 0x2C || byte < 0x20 {
      needsQuotes = true
      break
    }
    if !needsQuotes { return append(contentsOf: text) }
    append(0x22)
    var isCR = false
    for byte in text {
      switch byte {
      case 0x22: self += [0x22, 0x22]
      // CRLF is one line end.
      case 0x0A: if isCR { self[count - 1] = 0x0B } else { append(0x0B) }
      case 0x0D: append(0x0C)
      case 0x09: append(byte)
      case 0..<0x20: append(0x20)
      default: append(byte)
      }
      isCR = byte == 0x0D
    }
    append(0x22)
  }
}
