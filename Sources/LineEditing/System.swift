import Glibc

/// The value of an environment variable; nil if it is missing or empty.
func environment(_ name: String) -> String? {
  guard let value = getenv(name), value.pointee != 0 else { return nil }
  return String(cString: value)
}

/// Writes all bytes; 0 or the system's error number.
@discardableResult
func writeAll(_ descriptor: Int32, _ bytes: [UInt8]) -> Int32 {
  var done = 0
  while done < bytes.count {
    let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress! + done, bytes.count - done) }
    if written > 0 {
      done += written
    } else if errno == EAGAIN {
      var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      poll(&wanted, 1, 1000)
    } else if errno != EINTR {
      return errno
    }
  }
  return 0
}

/// Reads to the end; what was read before an error counts.
func readAll(_ descriptor: Int32) -> [UInt8] {
  var result: [UInt8] = []
  while case .bytes(let chunk) = readChunk(descriptor), !chunk.isEmpty { result += chunk }
  return result
}

/// One read from a descriptor.
enum Chunk {
  /// Some bytes; none at the end of the input.
  case bytes([UInt8])
  /// The system's error number.
  case failure(Int32)
}

/// Reads up to 64 K bytes, waiting for the first.
func readChunk(_ descriptor: Int32) -> Chunk {
  while true {
    var failure: Int32 = 0
    let chunk = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
      let size = read(descriptor, buffer.baseAddress, buffer.count)
      failure = size < 0 ? errno : 0
      count = max(0, size)
    }
    if failure == 0 { return .bytes(chunk) }
    if failure == EAGAIN {
      var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      poll(&wanted, 1, -1)
    } else if failure != EINTR {
      return .failure(failure)
    }
  }
}

/// The size of the terminal on fd 1; 80 × 24 if it tells none.
func terminalSize() -> (columns: Int, rows: Int) {
  var size = winsize()
  guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return (80, 24) }
  return (Int(size.ws_col), Int(size.ws_row))
}
