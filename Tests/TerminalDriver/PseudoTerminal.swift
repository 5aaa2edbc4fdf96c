import CPseudoTerminal
import Foundation
import Glibc

/// A program on a pseudo-terminal: what it writes is collected, what it reads is sent.
package final class PseudoTerminal {
  package private(set) var output = ""
  private var bytes: [UInt8] = []
  private let master: Int32
  package let process: Int32
  private var status: Int32?

  package init(
    _ path: String = PseudoTerminal.demo, arguments: [String] = [], environment: [String: String] = [:],
    columns: Int = 80,
    rows: Int = 24, home: String
  ) {
    var variables = [
      "TERM": "xterm", "LANG": "C", "PATH": "/usr/bin:/bin", "HOME": home, "SWIFT_BACKTRACE": "enable=no",
    ]
    for (name, value) in environment { variables[name] = value.isEmpty ? nil : value }
    var argv = ([path] + arguments).map { strdup($0) } + [nil]
    var envp = variables.map { strdup("\($0)=\($1)") } + [nil]
    var descriptor: Int32 = -1
    process = cpt_spawn(path, &argv, &envp, Int32(columns), Int32(rows), &descriptor)
    master = descriptor
    for pointer in argv + envp { free(pointer) }
  }

  package convenience init(
    _ path: String = PseudoTerminal.demo, arguments: [String] = [], environment: [String: String] = [:],
    columns: Int = 80, rows: Int = 24, directory: TemporaryDirectory
  ) {
    self.init(
      path, arguments: arguments, environment: environment, columns: columns, rows: rows, home: directory.path)
  }

  deinit {
    if status == nil && process > 0 {
      kill(process, SIGKILL)
      var ignored: Int32 = 0
      waitpid(process, &ignored, 0)
    }
    close(master)
  }

  package static var demo: String {
    let bundle = Bundle.allBundles.map(\.bundleURL).first { $0.pathExtension == "xctest" }
    let folder =
      bundle?.deletingLastPathComponent() ?? URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    return folder.appendingPathComponent("line-editor-demo").path
  }

  package func send(_ text: String) { send(Array(text.utf8)) }

  package func send(_ data: [UInt8]) {
    var sent = 0
    while sent < data.count {
      let count = data.withUnsafeBytes { write(master, $0.baseAddress! + sent, min(1024, data.count - sent)) }
      if count > 0 { sent += count }
      receive(milliseconds: 0)
      if count < 0 && errno != EAGAIN && errno != EINTR { return }
    }
  }

  /// Waits until the text has appeared in what came since the last successful wait, and removes everything up to it; false
  /// where another one came first.
  package func expect(_ text: String, notAfter other: String? = nil, seconds: Double = 20) -> Bool {
    let end = Date(timeIntervalSinceNow: seconds)
    while true {
      if let range = output.range(of: text) {
        if let other, output[..<range.lowerBound].contains(other) { return false }
        output.removeSubrange(..<range.upperBound)
        return true
      }
      if Date() > end || !receive(milliseconds: 50) && output.range(of: text) == nil { return false }
    }
  }

  /// Waits until what came ends in one of the texts, and takes it all; nil if it doesn't come to that.
  package func take(untilSuffix suffixes: [String], seconds: Double = 60) -> String? {
    let end = Date(timeIntervalSinceNow: seconds)
    while Date() < end {
      if suffixes.contains(where: { output.hasSuffix($0) }) {
        defer { output = "" }
        return output
      }
      if !receive(milliseconds: 50) { return nil }
    }
    return nil
  }

  /// Reads and forgets what comes until nothing has come for a while.
  package func settle(milliseconds: Int32 = 200) {
    var previous = -1
    while previous != output.utf8.count + bytes.count {
      previous = output.utf8.count + bytes.count
      receive(milliseconds: milliseconds)
    }
    output = ""
  }

  /// The exit code, or the negative number of the signal; nil if the process goes on.
  package func exitStatus(seconds: Double = 20) -> Int32? {
    let end = Date(timeIntervalSinceNow: seconds)
    while Date() < end {
      var code: Int32 = 0
      if waitpid(process, &code, WNOHANG) == process {
        status = code & 0x7F == 0 ? (code >> 8) & 0xFF : -(code & 0x7F)
        receive(milliseconds: 0)
        return status
      }
      receive(milliseconds: 20)
    }
    return nil
  }

  package func resize(columns: Int, rows: Int) { cpt_resize(master, Int32(columns), Int32(rows)) }

  /// True if the terminal echoes and reads whole lines, as a shell wants it.
  package var isCooked: Bool {
    var state = termios()
    tcgetattr(master, &state)
    return state.c_lflag & UInt32(ICANON) != 0 && state.c_lflag & UInt32(ECHO) != 0
  }

  @discardableResult
  private func receive(milliseconds: Int32) -> Bool {
    var wanted = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&wanted, 1, milliseconds) > 0 else { return true }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = read(master, &buffer, buffer.count)
    guard count > 0 else { return false }
    bytes += buffer[..<count]
    // Only whole scalars are taken over.
    var end = bytes.count
    while end > 0 && bytes.count - end < 3 && bytes[end - 1] & 0xC0 == 0x80 { end -= 1 }
    if end > 0 && bytes[end - 1] >= 0xC0 { end -= 1 } else { end = bytes.count }
    if let whole = String(validating: bytes, as: UTF8.self) {
      output += whole
      bytes = []
    } else {
      output += String(decoding: bytes[..<end], as: UTF8.self)
      bytes.removeFirst(end)
    }
    return true
  }
}

/// A folder that is removed with the value.
package final class TemporaryDirectory {
  package let path: String

  package init() {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tiaoli-\(UUID().uuidString)")
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
