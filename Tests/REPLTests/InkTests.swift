import LineEditing
import PolicyAnswers
import PolicyEvaluation
import PolicyText
import Testing

/// The colours of answers, and the cells of ambiguous characters.
@Suite struct InkTests {
  /// 符合 green, 不符合 red, what is open or disputed yellow, 不适用 grey: the word decides.
  @Test func eachLabelHasTheInkOfItsWord() {
    for label in Label.allCases {
      let word = label.chinese
      let expected: Ink =
        word.hasPrefix("待定") || word == "解释分歧"
        ? .open : ["不符合", "已过期", "未生效"].contains(word) ? .bad : ["不适用", "无个案结论"].contains(word) ? .faint : .good
      #expect(label.ink == expected, "\(word)")
    }
  }

  @Test func paintComesOff() {
    for ink in [Ink.good, .bad, .open, .faint, .head] {
      #expect(ink.paint("符合").hasPrefix("\u{1B}[") && Ink.plain("甲" + ink.paint("符合") + "乙") == "甲符合乙")
    }
    #expect(Ink.plain("无") == "无" && Ink.good.paint("") == "")
  }

  /// One setting for tables, carets and the prompt.
  @Test func ambiguousWidthIsSaidOnce() {
    let text = "“标准地”——①"
    let (narrow, wide) = (PolicyText.displayWidth(text), LineEditing.displayWidth(text))
    #expect(narrow == 11 && wide == 11)
    AmbiguousWidth.$isWide.withValue(true) {
      ExtraWidth.$current.withValue(ExtraWidth(AmbiguousWidth.contains)) {
        #expect(PolicyText.displayWidth(text) == 16 && LineEditing.displayWidth(text) == 16)
        #expect(padded("“甲”", to: 8) == "“甲”  " && truncated("“甲乙丙丁”", to: 8) == "“甲乙…")
        #expect(wrapped("“甲”“乙”", width: 6) == ["“甲”", "“乙”"])
      }
    }
  }
}
