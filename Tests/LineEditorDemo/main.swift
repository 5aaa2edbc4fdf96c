import Glibc
import LineEditing

// Echoes every entry as «…»; an entry that ends in 且 or has an open （ goes on. «睡» sleeps until Ctrl-C, after «忙» there is always something to do.
func say(_ text: String) {
  let bytes = Array((text + "\n").utf8)
  _ = write(STDOUT_FILENO, bytes, bytes.count)
}

var options = EditorOptions()
options.program = "line-editor-demo"
options.historyPath = HistoryFile.standardPath(program: "line-editor-demo")
options.isPlain = CommandLine.arguments.contains("--plain")
options.colour = CommandLine.arguments.contains("--colour")

let words = ["项目加载", "项目动态", "预算金额", "预算科目", "财政局"]

func isComplete(_ text: String) -> Bool {
  let open = text.filter { $0 == "（" }.count - text.filter { $0 == "）" }.count
  return open <= 0 && text.last != "且"
}

func completions(_ text: String, _ cursor: Int) -> Completion {
  let head = String(decoding: text.utf8.prefix(cursor), as: UTF8.self)
  let word = head.lastIndex { " （）\n".contains($0) }.map { head[head.index(after: $0)...] } ?? Substring(head)
  let start = cursor - word.utf8.count
  if word == "多" { return Completion(replacing: start..<cursor, candidates: (1...150).map { Candidate("多\($0)") }) }
  let matching = words.filter { $0.hasPrefix(word) && !word.isEmpty }
  return Completion(replacing: start..<cursor, candidates: matching.map { Candidate($0) })
}

nonisolated(unsafe) var idleMoments = 0
nonisolated(unsafe) var hasEndlessWork = false
let input = InputState(
  isComplete: isComplete, completer: completions,
  whileIdle: {
    idleMoments += 1
    return hasEndlessWork
  })
let editor = makeEditor(options: options, inputState: input)
for note in editor.notes { say("note: \(note)") }
let prompt = Prompt("策略> ", continuation: "  ... ")

reading: while true {
  switch editor.readLine(prompt: prompt) {
  case .line("睡"):
    say("睡着")
    var slept = 0
    while !takeInterrupt() && slept < 1000 {
      usleep(10_000)
      slept += 1
    }
    say("醒了")
  case .line("卡"):
    say("卡住")
    while true { usleep(1_000_000) }
  case .line("闲"):
    say("闲\(idleMoments > 3 ? "多" : "\(idleMoments)")次")
  case .line("忙"):
    hasEndlessWork = true
    say("忙起来")
  case .line("崩"):
    exit(7)
  case .line("迟"):
    let messages = options.messages
    Task.detached {
      usleep(300_000)
      messages.post("迟来的消息")
    }
  case .line("讯"):
    options.messages.post("来自别处的消息")
  case .line(let entry):
    let place = editor.origin.map { " \($0.source):\($0.line)" } ?? ""
    say("«\(entry)»\(place)")
  case .interrupted:
    say("«中断»")
  case .endOfInput:
    say("«结束»")
    break reading
  case .failure(let failure):
    say("«\(failure.code.rawValue) \(failure.source):\(failure.line):\(failure.byte) @\(failure.offset)»")
    exit(3)
  }
}
