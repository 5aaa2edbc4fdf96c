/// Reads the lines of a file one by one; the memory that it takes is that of the longest line.
final class LineReader {
  private let table: FileTable
  private var buffer: [UInt8] = []
  private var start = 0
  private var isEnded = false

  init(_ path: String) throws(BatchFailure) { table = try FileTable(path) }

  var size: Int { table.size }
  var done: Int { table.done }

  /// The next line without its line end; nil at the end.
  ///
  /// - Throws: `endless` for a line that is longer than a record can be.
  func next() throws(BatchFailure) -> [UInt8]? {
    var searched = start
    while true {
      if let end = buffer[searched...].firstIndex(of: 0x0A) {
        var line = buffer[start..<end]
        if line.last == 0x0D { line.removeLast() }
        start = end + 1
        return Array(line)
      }
      if isEnded {
        defer { start = buffer.count }
        return start < buffer.count ? Array(buffer[start...]) : nil
      }
      if start > 0 {
        buffer.removeFirst(start)
        start = 0
      }
      searched = buffer.count
      if buffer.count > TableBatch.longestRecord { throw .endless(line: 0) }
      isEnded = try !table.read(into: &buffer, atMost: 1 << 18)
    }
  }
}
