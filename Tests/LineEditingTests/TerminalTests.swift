import Foundation
import Glibc
import LineEditing
import TerminalDriver
import Testing

private let ready = "策略> \u{1B}[?25h"

/// A demo on its own terminal, which has shown its first prompt.
private func session(
  _ directory: TemporaryDirectory = TemporaryDirectory(), environment: [String: String] = [:], columns: Int = 80,
  rows: Int = 24
) throws -> PseudoTerminal {
  let terminal = PseudoTerminal(environment: environment, columns: columns, rows: rows, directory: directory)
  try #require(terminal.expect(ready))
  return terminal
}

extension PseudoTerminal {
  /// Sends keys that end an entry and waits for the result and the next prompt.
  fileprivate func enter(_ keys: String, gives result: String) -> Bool {
    send(keys)
    return expect("«\(result)»".replacingOccurrences(of: "\n", with: "\r\n")) && expect(ready)
  }
}

/// The cases of the guide's §5 on a real pseudo-terminal.
@Suite(.serialized) struct TerminalTests {
  @Test(arguments: [
    ["LANG": "C"], ["LANG": "POSIX"], ["LANG": ""], ["LANG": "zh_CN.GBK"], ["LC_ALL": "zh_CN.GB18030"],
    ["LANG": "C.UTF-8"],
  ])
  func chineseUnderAnyLocale(environment: [String: String]) throws {
    let terminal = PseudoTerminal(environment: environment, directory: TemporaryDirectory())
    let isForeign = environment.values.contains { $0.contains("GB") }
    if isForeign { #expect(terminal.expect("foreignLocale")) }
    #expect(terminal.expect(ready))
    #expect(terminal.enter("预算“金额”①𠮷\r", gives: "预算“金额”①𠮷"))
    #expect(!terminal.output.contains("note:"))
  }

  @Test func searchTakesCharactersWhoseLowByteIsAControl() throws {
    let terminal = try session()
    for entry in ["不合格", "标准", "一票", "其他"] { #expect(terminal.enter(entry + "\r", gives: entry)) }
    #expect(terminal.enter("\u{12}不\r", gives: "不合格"))
    #expect(terminal.enter("\u{12}标\r", gives: "标准"))
    #expect(terminal.enter("\u{12}一\r", gives: "一票"))
    #expect(terminal.enter("\u{12}一\u{1B}[F了\r", gives: "一票了"))
    #expect(terminal.enter("原\u{12}标\u{7}\r", gives: "原"))
    terminal.send("原来\u{12}标")
    #expect(terminal.expect("标准"))
    kill(terminal.process, SIGINT)
    #expect(terminal.expect("原来"))
    #expect(terminal.enter("\r", gives: "原来"))
  }

  @Test func wrapWithOneFreeColumnAndBack() throws {
    let terminal = try session(columns: 10)
    #expect(terminal.enter("abc标\u{1B}[D\u{1B}[D不\u{1B}[C\u{7F}\r", gives: "ab不标"))
  }

  @Test func lineTallerThanTheScreen() throws {
    let terminal = try session(columns: 40, rows: 8)
    let text = String(repeating: "条款", count: 400)
    #expect(terminal.enter(text + "\u{1}甲\u{5}乙\u{1}丙\u{5}丁\r", gives: "丙甲" + text + "乙丁"))
  }

  @Test func interruptDropsTheLine() throws {
    let terminal = try session()
    for keys in ["半行", "（开\r", "（开\r续", ""] {
      terminal.send(keys)
      if !keys.isEmpty { #expect(terminal.expect(keys.hasSuffix("\r") ? "... " : String(keys.last!))) }
      terminal.send("\u{3}")
      #expect(terminal.expect("^C") && terminal.expect("«中断»") && terminal.expect(ready))
    }
    #expect(terminal.enter("好\r", gives: "好"))
  }

  @Test func interruptStopsAnEvaluation() throws {
    let terminal = try session()
    terminal.send("睡\r")
    #expect(terminal.expect("睡着"))
    terminal.send("\u{3}")
    #expect(terminal.expect("醒了") && terminal.expect(ready))
    #expect(terminal.enter("好\r", gives: "好"))
    terminal.send("卡\r")
    #expect(terminal.expect("卡住"))
    terminal.send("\u{3}")
    usleep(200_000)
    terminal.send("\u{3}")
    #expect(terminal.exitStatus() == 130)
  }

  /// One quiet moment in each read is used, however long it waits, and none where keys come at once.
  @Test func quietMoments() throws {
    let terminal = try session()
    for count in 1...2 {
      usleep(400_000)
      terminal.send("闲\r")
      #expect(terminal.expect("闲\(count)次") && terminal.expect(ready))
    }
  }

  /// Work that never ends is done in parts, and a key comes before the next part.
  @Test func keysComeBeforeTheRestOfTheWork() throws {
    let terminal = try session()
    terminal.send("忙\r")
    #expect(terminal.expect("忙起来") && terminal.expect(ready))
    for word in ["甲乙", "丙"] {
      usleep(200_000)
      #expect(terminal.enter(word + "\u{1}丁\r", gives: "丁" + word))
    }
    terminal.send("闲\r")
    #expect(terminal.expect("闲多次"))
  }

  @Test func endOfInputThreeWays() throws {
    let terminal = try session()
    #expect(terminal.enter("甲乙\u{1}\u{4}\r", gives: "乙"))
    terminal.send("（开\r")
    #expect(terminal.expect("... "))
    #expect(terminal.enter("\u{4}", gives: "中断"))
    #expect(terminal.enter("甲\u{4}乙\r", gives: "甲乙"))
    terminal.send("\u{4}")
    #expect(terminal.expect("«结束»") && terminal.exitStatus() == 0)
  }

  @Test func severalLines() throws {
    let terminal = try session()
    #expect(terminal.enter("  甲且\r乙\r", gives: "  甲且\n  乙"))
    #expect(terminal.enter("甲且\r\r", gives: "甲且"))
    #expect(terminal.enter("（半\u{1B}\r", gives: "（半"))
    #expect(terminal.enter("一且\r二且\r三\u{1B}[A\u{1B}[A前\u{5}后\u{1B}[B\u{1}中\r\r\u{3}", gives: "中断"))
    #expect(terminal.enter("一且\r三\u{1B}[A零\r\u{1B}\r", gives: "一零且\n三"))
  }

  @Test func graphemesUndoAndKills() throws {
    let terminal = try session()
    #expect(terminal.enter("xe\u{301}\u{1B}[D中\r", gives: "x中e\u{301}"))
    #expect(terminal.enter("xe\u{301}\u{7F}y\r", gives: "xy"))
    #expect(terminal.enter("甲乙 丙丁\u{17}\u{1F}\r", gives: "甲乙 丙丁"))
    #expect(terminal.enter("甲乙 丙丁\u{17}\u{7F}\u{19}\u{19}\r", gives: "甲乙丙丁丙丁"))
    #expect(terminal.enter("甲乙\u{1B}b\u{B}一\u{19}\r", gives: "一甲乙"))
  }

  @Test func pasteIsOneEdit() throws {
    let terminal = try session()
    func pasted(_ text: String) -> String { "\u{1B}[200~\(text)\u{1B}[201~" }
    #expect(terminal.enter(pasted("项目\t甲\r乙\u{7}") + "\r", gives: "项目\t甲\n乙"))
    #expect(terminal.enter(pasted("策略> （甲\r  ... 乙）") + "\r", gives: "（甲\n乙）"))
    #expect(terminal.enter("前" + pasted("一\r二") + "\u{1F}后\r", gives: "前后"))
    let lines = (1...1500).map { "第\($0)条" }
    terminal.send(pasted(lines.joined(separator: "\r")) + "\u{1}首\u{5}尾\r")
    #expect(terminal.expect("«第1条") && terminal.expect("首第1500条尾»") && terminal.expect(ready))
  }

  @Test func pasteOverTheLimitIsCut() throws {
    let terminal = try session()
    terminal.send("\u{1B}[200~" + String(repeating: "长", count: 70_000) + "\u{1B}[201~")
    #expect(terminal.expect("65536"))
    terminal.send("多\u{1}\u{B}\u{19}\u{19}\u{1}\u{1B}[C\u{B}\r")
    #expect(terminal.expect("«长»") && terminal.expect(ready))
  }

  @Test func suspendAndContinue() throws {
    let directory = TemporaryDirectory()
    let shell = PseudoTerminal(
      "/bin/bash", arguments: ["--norc", "--noediting", "-i"], environment: ["PS1": "壳$ "], directory: directory)
    #expect(shell.expect("壳$ "))
    shell.send("\(PseudoTerminal.demo)\n")
    #expect(shell.expect(ready))
    shell.send("半")
    #expect(shell.expect("半"))
    shell.send("\u{1A}")
    #expect(shell.expect("Stopped") && shell.expect("壳$ "))
    #expect(shell.isCooked)
    shell.send("fg\n")
    #expect(shell.expect("策略> 半"))
    #expect(shell.enter("行\r", gives: "半行"))
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGQUIT, SIGSEGV, SIGABRT]) func terminalIsRestoredWhenKilled(signal: Int32) throws
  {
    let terminal = try session()
    terminal.send("半")
    #expect(terminal.expect("半") && !terminal.isCooked)
    kill(terminal.process, signal)
    #expect(terminal.exitStatus() == -signal)
    #expect(terminal.isCooked && terminal.output.contains("[?2004l"))
  }

  @Test func exitLeavesTheTerminalCooked() throws {
    let terminal = try session()
    terminal.send("崩\r")
    #expect(terminal.exitStatus() == 7 && terminal.isCooked)
  }

  @Test func completionAndMessages() throws {
    let terminal = try session()
    terminal.send("项\t")
    #expect(terminal.expect("策略> 项目"))
    terminal.send("\t")
    #expect(terminal.expect("项目加载  项目动态"))
    #expect(terminal.enter("加\t\r", gives: "项目加载"))
    #expect(terminal.enter("（财\t）\r", gives: "（财政局）"))
    terminal.send("多\t")
    #expect(terminal.expect("150"))
    terminal.send("y")
    #expect(terminal.expect("多150"))
    #expect(terminal.enter("\r", gives: "多"))
    terminal.send("讯\r")
    #expect(terminal.expect("来自别处的消息") && terminal.expect(ready))
  }

  @Test func messageFromAnotherThreadLeavesTheTextAlone() throws {
    let terminal = try session()
    terminal.send("迟\r")
    #expect(terminal.expect("迟") && terminal.expect(ready))
    terminal.send("打到一半")
    #expect(terminal.expect("半") && terminal.expect("迟来的消息") && terminal.expect("策略> 打到一半"))
    #expect(terminal.enter("了\r", gives: "打到一半了"))
  }

  @Test func hintIsShownInGreyAndTakenByRight() throws {
    let terminal = PseudoTerminal(arguments: ["--colour"], directory: TemporaryDirectory())
    #expect(terminal.expect("\u{1B}[0;1;32m策略> \u{1B}[0m\u{1B}[?25h"))
    terminal.send("预算金额\r")
    #expect(terminal.expect("«预算金额»") && terminal.expect("\u{1B}[0m\u{1B}[?25h"))
    terminal.send("预算")
    #expect(terminal.expect("预算\u{1B}[0;2m金额"))
    terminal.send("\u{1B}[C\r")
    #expect(terminal.expect("«预算金额»"))
  }

  @Test func resizing() throws {
    let terminal = try session()
    terminal.send("一二三四五六七八九十")
    #expect(terminal.expect("十"))
    terminal.resize(columns: 12, rows: 10)
    #expect(terminal.expect("十\u{1B}[?25h"))
    terminal.resize(columns: 1, rows: 1)
    usleep(50_000)
    terminal.resize(columns: 200, rows: 50)
    #expect(terminal.expect("十\u{1B}[?25h"))
    #expect(terminal.enter("百\r", gives: "一二三四五六七八九十百"))
  }

  @Test func anyKeysWhatever() throws {
    var random = SplitMix(seed: 11)
    for _ in 0..<4 {
      let terminal = try session(columns: 20 + random.below(60), rows: 3 + random.below(20))
      var keys: [UInt8] = []
      let pool = [
        "\u{1B}", "[", "O", "~", "2", "0", "1", ";", "5", "A", "中", "𠮷", "e\u{301}", "\t", "\u{12}", "\u{19}", "\u{B}",
        "\u{1B}\r", "\u{16}", "\u{14}", "\u{0}", "\u{18}",
      ]
      for _ in 0..<1500 {
        if random.below(5) == 0 {
          let byte = UInt8(random.below(256))
          // Signals, flow control and the end of input have tests of their own.
          if ![3, 4, 0x1A, 0x1C, 0x11, 0x13].contains(byte) { keys.append(byte) }
        } else {
          keys += Array(pool[random.below(pool.count)].utf8)
        }
      }
      terminal.send(keys)
      terminal.send("\u{1B}[201~")
      // The first may be taken literally after Ctrl-V, the second end a search, the third drop the line.
      for _ in 0..<3 {
        terminal.settle()
        terminal.send("\u{3}")
      }
      terminal.settle()
      let isAlive = terminal.enter("活着\r", gives: "活着")
      #expect(isAlive, "\(terminal.output.suffix(600))")
    }
  }
}
