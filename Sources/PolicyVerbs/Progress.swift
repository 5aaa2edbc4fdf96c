import Glibc
import PolicyAnswers

/// How far long work is, on one line of a terminal's standard error; nothing elsewhere.
///
/// The one place besides the as-of date that looks at a clock, and only to tell a person how long it will take.
struct Progress {
  private let isShown = isatty(2) == 1
  private let begun = ContinuousClock.now
  private var told: ContinuousClock.Instant?

  /// Tells how many of all steps are done, and how many records, a few times a second at most.
  mutating func tell(_ done: Int, of all: Int, records: Int, _ wording: Wording) {
    guard isShown, all > 0 else { return }
    let now = ContinuousClock.now
    if let told, told.duration(to: now) < .milliseconds(200), done < all { return }
    told = now
    let passed = begun.duration(to: now).components
    let milliseconds = max(1, Int(passed.seconds) * 1000 + Int(passed.attoseconds / 1_000_000_000_000_000))
    let rate = records * 1000 / milliseconds
    let left = done > 0 ? milliseconds * max(0, all - done) / done / 1000 : 0
    let clock = "\(left / 60):" + (left % 60 < 10 ? "0" : "") + "\(left % 60)"
    let text = wording.say(
      "已答\(records)行（\(done * 100 / all)%），每秒\(rate)行，还要 \(clock)",
      "\(records) rows (\(done * 100 / all)%), \(rate) a second, \(clock) left")
    write("\r\u{1B}[K" + text, to: 2)
  }

  /// Takes the line away, and the ^C that a terminal writes behind it.
  func end() {
    if isShown { write("\r\u{1B}[K", to: 2) }
  }
}
