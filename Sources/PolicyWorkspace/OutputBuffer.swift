/// Bytes that are to be written, in memory that is used again.
final class OutputBuffer {
  private(set) var count = 0
  private var capacity: Int
  private var memory: UnsafeMutablePointer<UInt8>

  init() {
    capacity = 1 << 16
    memory = .allocate(capacity: capacity)
  }

  deinit { memory.deallocate() }

  /// What was appended.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: memory, count: count) }

  func removeAll() { count = 0 }

  func append(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer(append) }

  func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress else { return }
    room(for: bytes.count).update(from: start, count: bytes.count)
    count += bytes.count
  }

  /// Where the next bytes go; there is room for so many. `took` says how many were written.
  func room(for added: Int) -> UnsafeMutablePointer<UInt8> {
    if capacity - count < added { grow(by: added) }
    return memory + count
  }

  func took(_ added: Int) { count += added }

  private func grow(by added: Int) {
    capacity = max(capacity * 2, count + added)
    let wider = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    wider.update(from: memory, count: count)
    memory.deallocate()
    memory = wider
  }
}
