import PolicyStore
import Testing

/// Which of the things said holds on a day.
@Suite struct PortfolioTests {
  private func portfolio(_ said: [(value: String, since: String?, recorded: String)], known: String? = nil) -> Portfolio
  {
    Portfolio(
      .file("项目.db"),
      facts: said.enumerated().map { index, entry in
        StoredFact(
          number: index + 1,
          said: SaidFact(kind: "项目", subject: "虚构甲", path: FactPath(["投资"]), value: entry.value, since: entry.since),
          saving: Saving(number: index + 1, recorded: entry.recorded + "T08:00:00Z", by: nil))
      }, knownUntil: known)
  }

  private let said: [(value: String, since: String?, recorded: String)] = [
    ("1亿元", nil, "2024-01-10"), ("2亿元", "2024-03-01", "2024-03-05"), ("3亿元", "2024-06-01", "2024-06-02"),
    // What was wrong for March is corrected in July, and what always held in August.
    ("2.5亿元", "2024-03-01", "2024-07-01"), ("0.9亿元", nil, "2024-08-01"),
  ]

  @Test(arguments: [
    ("2024-02-29", nil, "0.9亿元"), ("2024-03-01", nil, "2.5亿元"), ("2024-05-31", nil, "2.5亿元"),
    ("2024-06-01", nil, "3亿元"), ("2030-01-01", nil, "3亿元"),
    // What was known then.
    ("2024-05-31", "2024-06-30", "2亿元"), ("2024-02-29", "2024-07-31", "1亿元"), ("2030-01-01", "2024-03-04", "1亿元"),
    ("2030-01-01", "2024-03-05", "2亿元"),
  ])
  func whatHolds(_ day: String, _ known: String?, _ value: String) {
    #expect(portfolio(said, known: known).holding(on: day).map(\.said.value) == [value])
  }

  @Test func nothingHoldsBeforeItsFirstDay() {
    #expect(portfolio([("1亿元", "2024-03-01", "2024-01-01")]).holding(on: "2024-02-29").isEmpty)
  }
}
