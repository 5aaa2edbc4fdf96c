import PolicyText
import Testing

@Suite struct NearestTests {
  private let names = ["投资主体", "投资额", "备案总投资", "所在县区", "贷款", "本金", "省建设补助", "立项日期", "开工日期"]

  @Test(arguments: [
    ("投资主休", ["投资主体", "投资额"]), ("投资頟", ["投资额"]), ("总投资", ["备案总投资"]), ("主体投资", []), ("立项曰期", ["立项日期"]),
    ("县区", ["所在县区"]), ("资投额", ["投资额"]), ("无关的名称", []), ("贷", ["贷款"]), ("", []), ("贷款", []),
  ])
  func `misspelt names`(_ word: String, _ expected: [String]) {
    #expect(nearest(word, in: names) == expected)
  }

  @Test func `the limit holds and order is stable`() {
    #expect(nearest("甲乙丙", in: ["甲乙丁", "甲乙戊", "甲乙己", "甲乙庚", "甲乙丁"], limit: 2) == ["甲乙丁", "甲乙戊"])
    #expect(nearest("甲乙丙", in: ["甲乙丁"], limit: 0) == [])
  }
}
