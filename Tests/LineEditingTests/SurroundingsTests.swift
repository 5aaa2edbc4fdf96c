import Foundation
import Glibc
import LineEditing
import TerminalDriver
import Testing

private let ready = "策略> \u{1B}[?25h"

/// Runs the demo with its standard input and output away from any terminal.
private func run(_ input: Data?, arguments: [String] = [], closeInput: Bool = false) throws -> (
  output: String, status: Int32
) {
  let directory = TemporaryDirectory()
  let process = Process()
  process.executableURL = URL(fileURLWithPath: closeInput ? "/bin/sh" : PseudoTerminal.demo)
  process.arguments = closeInput ? ["-c", "exec \(PseudoTerminal.demo) <&-"] : arguments
  process.environment = ["TERM": "xterm", "HOME": directory.path, "PATH": "/usr/bin:/bin"]
  let output = Pipe()
  process.standardOutput = output
  if let input {
    let file = directory.path + "/input"
    try input.write(to: URL(fileURLWithPath: file))
    process.standardInput = FileHandle(forReadingAtPath: file)
  } else {
    process.standardInput = FileHandle(forReadingAtPath: "/dev/null")
  }
  try process.run()
  let data = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  #expect(!FileManager.default.fileExists(atPath: directory.path + "/.local"))
  return (String(decoding: data, as: UTF8.self), process.terminationStatus)
}

/// Terminals without motion, no terminal at all, key files, and the history file.
@Suite(.serialized) struct SurroundingsTests {
  @Test func standardInputIsAScript() throws {
    let text = "\u{FEFF}甲\r\n（乙\n丙）\n丁"
    #expect(try run(Data(text.utf8)) == ("«甲» -:1\n«（乙\n丙）» -:2\n«丁» -:4\n«结束»\n", 0))
    #expect(try run(nil) == ("«结束»\n", 0))
    #expect(try run(nil, closeInput: true) == ("«结束»\n", 0))
  }

  @Test func otherEncodingsAreNamedByPlace() throws {
    let gbk = Data("甲\n".utf8) + Data([0x61, 0xB2, 0xDF, 0xC2, 0xD4, 0x0A])
    #expect(try run(gbk) == ("«甲» -:1\n«invalid-utf8 -:2:2 @5»\n", 3))
  }

  @Test(arguments: [["TERM": "dumb"], ["TERM": ""]]) func terminalWithoutMotion(environment: [String: String]) {
    let terminal = PseudoTerminal(environment: environment, directory: TemporaryDirectory())
    plainSession(terminal)
  }

  @Test func plainByChoice() {
    plainSession(PseudoTerminal(arguments: ["--plain"], directory: TemporaryDirectory()))
  }

  private func plainSession(_ terminal: PseudoTerminal) {
    #expect(terminal.expect("策略> "))
    terminal.send("预算\n")
    #expect(terminal.expect("«预算»") && terminal.expect("策略> "))
    terminal.send("（甲\n")
    #expect(terminal.expect("  ... "))
    terminal.send("乙）\n")
    #expect(terminal.expect("«（甲\n乙）»".replacingOccurrences(of: "\n", with: "\r\n")) && terminal.expect("策略> "))
    terminal.send("半\u{3}")
    #expect(terminal.expect("«中断»") && terminal.expect("策略> "))
    terminal.send("（半\n")
    #expect(terminal.expect("  ... "))
    terminal.send("\u{4}")
    #expect(terminal.expect("«中断»") && terminal.expect("策略> "))
    terminal.send("睡\n")
    #expect(terminal.expect("睡着"))
    terminal.send("\u{3}")
    #expect(terminal.expect("醒了") && terminal.expect("策略> "))
    terminal.send([0xB2, 0xDF, 0x0A])
    #expect(terminal.expect("«invalid-utf8 -:") && terminal.exitStatus() == 3)
    #expect(!terminal.output.contains("\u{1B}"))
  }

  @Test func unknownTerminalIsQuiet() {
    let terminal = PseudoTerminal(environment: ["TERM": "kein-terminal"], directory: TemporaryDirectory())
    #expect(terminal.expect("\u{1B}[?2004h"))
    #expect(terminal.output.isEmpty || !terminal.output.contains("terminal"))
    terminal.send("好\r")
    #expect(terminal.expect("«好»"))
  }

  @Test(arguments: [
    (
      "bind ^T tiaoli-kill-all\n# 注释\nline-editor-demo:bind ^G em-kill-line\nother:bind ^T ed-insert\n", "",
      "甲\u{14}乙\r"
    ),
    ("bind ^T no-such-command\nbind ^B ed-insert\n", "line: 1", "乙\r"),
    ("bind -v\n", "viKeysUnsafe", "乙\u{1B}[D\u{1B}[C\r"),
    ("bind -e\n", "", "乙\r"), ("bind -s ^T 乙\n", "", "\u{14}\r"), ("\u{1}\u{0}垃圾\n\n", "", "乙\r"),
  ])
  func keyFiles(text: String, note: String, keys: String) throws {
    let directory = TemporaryDirectory()
    try text.write(toFile: directory.path + "/.editrc", atomically: true, encoding: .utf8)
    let terminal = PseudoTerminal(directory: directory)
    if !note.isEmpty { #expect(terminal.expect(note)) }
    #expect(terminal.expect(ready))
    terminal.send(keys)
    #expect(terminal.expect("«乙»") && terminal.expect(ready))
  }

  @Test func keyFileThatTurnsEditingOff() throws {
    let directory = TemporaryDirectory()
    try "edit off\n".write(toFile: directory.path + "/.editrc", atomically: true, encoding: .utf8)
    let terminal = PseudoTerminal(directory: directory)
    #expect(terminal.expect("策略> ") && terminal.isCooked)
    terminal.send("好\n")
    #expect(terminal.expect("«好»"))
  }

  @Test func twoWritersAndOneFile() throws {
    let directory = TemporaryDirectory()
    let first = PseudoTerminal(directory: directory)
    let second = PseudoTerminal(directory: directory)
    #expect(first.expect(ready) && second.expect(ready))
    for number in 0..<20 {
      first.send("甲\(number)且\r续\r")
      second.send("乙\(number)\r")
      #expect(first.expect("«甲\(number)且") && first.expect(ready))
      #expect(second.expect("«乙\(number)»") && second.expect(ready))
    }
    first.send(" 不留\r")
    #expect(first.expect("« 不留»") && first.expect(ready))
    // Even a killed process has kept what was entered.
    kill(first.process, SIGKILL)
    let path = directory.path + "/.local/state/line-editor-demo/history"
    let entries = HistoryFile(path: path).load()
    #expect(entries.count == 40 && Set(entries).count == 40 && entries.contains("甲7且\n续"))
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    let third = PseudoTerminal(directory: directory)
    #expect(third.expect(ready))
    third.send("甲1\u{1B}[5~")
    #expect(third.expect("续"))
    third.send("\r")
    #expect(third.expect("«甲19且"))
  }
}
