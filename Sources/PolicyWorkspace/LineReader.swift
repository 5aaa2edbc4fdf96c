import PolicyTables

/// Reads the lines of a file one by one; the memory that it takes is that of the longest line.
final class LineReader {
  private let path: String
  private let table: FileTable
  private var count = 0
  private var buffer: [UInt8] = []
  private var start = 0
  private var isEnded = false

  init(_ path: String) throws(BatchFailure) {
    self.path = path
    table = try FileTable(path)
  }

  var size: Int { table.size }
  var done: Int { table.done }

  /// The next line without its line end; nil at the end.
  ///
  /// - Throws: Also for a line that is longer than a record can be.
  func next() throws(BatchFailure) -> [UInt8]? {
    var searched = start
    while true {
      if let end = buffer[searched...].firstIndex(of: 0x0A) {
        var line = buffer[start..<end]
        if line.last == 0x0D { line.removeLast() }
        start = end + 1
        count += 1
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
      if buffer.count > TableBatch.longestRecord {
        throw .table(
          TableFailure(
            "\(path):\(count + 1): 这一行超过 16 MiB，不像一行 JSON；从这里起没有读取",
            "\(path):\(count + 1): the line has more than 16 MiB, which no line of JSON has; nothing was read from here on"
          ))
      }
      isEnded = try !table.read(into: &buffer, atMost: 1 << 18)
    }
  }
}
