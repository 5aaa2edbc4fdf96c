import Foundation

/// A `console` block, cut into what was typed and what was answered.
///
/// A line after `$ ` is a command for the shell. Below `$ tiaoli repl …`, lines after the prompt are entries.
struct Transcript {
  /// What was typed, and what stands below it.
  struct Exchange {
    /// The lines as they stand in the page.
    var typed: [String]
    var command: String
    var isEntry: Bool
    var answer: [String]
  }

  private(set) var exchanges: [Exchange] = []

  init(_ lines: [String]) {
    for line in lines {
      if line.hasPrefix("$ ") {
        exchanges.append(Exchange(typed: [line], command: String(line.dropFirst(2)), isEntry: false, answer: []))
      } else if let entry = Self.entry(line), !exchanges.isEmpty {
        exchanges.append(Exchange(typed: [line], command: entry, isEntry: true, answer: []))
      } else if line.hasPrefix("  … "), let last = exchanges.last, last.isEntry, last.answer.isEmpty {
        exchanges[exchanges.count - 1].typed.append(line)
        exchanges[exchanges.count - 1].command += "\n" + line.dropFirst(4)
      } else if !exchanges.isEmpty {
        exchanges[exchanges.count - 1].answer.append(line)
      }
    }
  }

  var isSession: Bool { exchanges.contains(where: \.isEntry) }

  /// What stands behind `条理> ` or `条理〔甲〕> `.
  private static func entry(_ line: String) -> String? {
    guard line.hasPrefix("条理") || line.hasPrefix("tiaoli"), let mark = line.range(of: "> ") else { return nil }
    let head = line[..<mark.lowerBound]
    guard head == "条理" || head == "tiaoli" || head.hasSuffix("〕") else { return nil }
    return String(line[mark.upperBound...])
  }

  /// The answers that the program gives now, in the order of the exchanges.
  ///
  /// - Parameter shell: Makes a folder as it is in the beginning.
  func run(_ shell: () throws -> Shell) rethrows -> [[String]] {
    guard isSession else {
      let shell = try shell()
      return exchanges.map { shell.run($0.command) }
    }
    // The piped session shows no banner; `:status` prints the same line.
    var answers: [[String]] = []
    var before = 0
    for count in exchanges.indices {
      let entries = [":status"] + exchanges[1..<(count + 1)].map(\.command)
      // A session's commands can write files, so each of its beginnings has a folder of its own.
      let output = try shell().run(
        exchanges[0].command + " --keep-going", input: entries.joined(separator: "\n") + "\n"
      )
      .map { $0.replacing(#/^-:\d+: /#, with: "") }
      answers.append(Array(output.dropFirst(before)))
      before = output.count
    }
    return answers
  }

  /// Whether lines are as a page shows them: a line `…` stands for any lines, `…` at a line's end for the rest of it.
  static func matches(_ shown: [String], _ found: [String]) -> Bool {
    guard let first = shown.first else { return found.isEmpty }
    let rest = Array(shown.dropFirst())
    if first == "…" { return (0...found.count).contains { matches(rest, Array(found.dropFirst($0))) } }
    guard let line = found.first else { return false }
    guard first == line || first.hasSuffix("…") && line.hasPrefix(first.dropLast()) else { return false }
    return matches(rest, Array(found.dropFirst()))
  }
}

/// Runs commands as a reader would, with the program that was built beside the tests, in a folder of its own that holds
/// a copy of `policies/`.
final class Shell {
  private let programs: URL
  private let folder: URL

  init() throws {
    let bundle = Bundle.allBundles.map(\.bundleURL).first { $0.pathExtension == "xctest" }
    programs =
      bundle?.deletingLastPathComponent() ?? URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    folder = FileManager.default.temporaryDirectory.appending(path: "tiaoli-docs-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: DocumentPage.root.appending(path: "policies"), to: folder.appending(path: "policies"))
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// What a command writes, messages too, without blank lines at its end.
  func run(_ command: String, input: String? = nil) -> [String] {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "exec 2>&1\n" + command]
    process.currentDirectoryURL = folder
    process.environment = [
      "PATH": programs.path + ":/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": folder.path, "NO_COLOR": "1",
    ]
    let (output, source) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardInput = source
    do { try process.run() } catch { return ["\(error)"] }
    source.fileHandleForWriting.write(Data((input ?? "").utf8))
    source.fileHandleForWriting.closeFile()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    var lines = text.components(separatedBy: "\n")
    while lines.last == "" { lines.removeLast() }
    return lines
  }
}
