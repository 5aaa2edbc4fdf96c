import PolicyFacts
import PolicyIR
import PolicyText
import Testing

@Suite struct HeaderTests {
  /// A table of projects with one more column, and what that column gives.
  @Test(
    arguments: [
      ("备案总投资", "备案总投资"), ("备案投资额", "备案总投资"), ("总投资", nil), ("投资", nil), ("备案总投资额", nil),
      (" 备案 总投资\u{3000}", "备案总投资"), ("备案总投资_万元", "备案总投资（万元）"), ("备案总投资(万元)", "备案总投资（万元）"),
      ("备案总投资（万元）", "备案总投资（万元）"), ("备案总投资（单位：万元）", "备案总投资（万元）"), ("\"备案总投资\n（亿元）\"", "备案总投资（亿元）"),
      ("备案总投资/元", "备案总投资（元）"), ("备案总投资_5万元", nil), ("备案总投资_亩", nil), ("备案总投资（含税）", nil),
      ("县（市、区）", "所在县区"), ("县(市、区)", "所在县区"), ("每床标准_元/张", "每床标准（元/张）"), ("贷款利率(%)", "贷款利率（%）"),
      ("贷款利率_％", "贷款利率（%）"), ("运营期_月", "运营期（个月）"), ("运营期_万元", nil), ("用地面积_平方米", "用地面积（平方米）"),
      ("贷款1_本金_万元", "贷款"), ("贷款2_名称", "贷款"), ("贷款_列全", "贷款"), ("贷款_本金", nil), ("贷款1_利息", nil),
      ("运营方_注册资本", "运营方"), ("运营方1_注册资本", nil), ("", nil),
    ] as [(String, String?)])
  func use(_ header: String, _ expected: String?) {
    var files = SourceFiles()
    let text = "项目名称,属康养产业,开工日期,\(header)\n甲,是,2023.6.1,\n"
    let result = readFacts([FactsInput(path: "甲.csv", bytes: Array(text.utf8))], into: &files, program: Sample.program)
    let fields = Sample.program.fields
    let found: String? =
      switch result.reports[0].columns.last?.use {
      case .field(let id, let unit): fields[id].name + (unit.map { "（\($0)）" } ?? "")
      case .related(let id): fields[id].name
      default: nil
      }
    #expect(found == expected)
  }

  @Test(arguments: [
    ("项目名称,备案总投资_万元\n甲,1\n", "项目"), ("企业名称,注册资本_万元\n甲,1\n", "企业"), ("名称,本金_万元\n甲,1\n", "贷款"),
    ("类别,名称\n企业,甲\n", "企业"), ("kind,name\n贷款,甲\n", "贷款"), ("项目,贷款金额_万元\n甲,1\n", "贷款"),
  ])
  func kinds(_ text: String, _ kind: String) {
    var files = SourceFiles()
    let result = readFacts([FactsInput(path: "甲", bytes: Array(text.utf8))], into: &files, program: Sample.program)
    #expect(result.subjects.map { Sample.program.kinds[$0.kind].name } == [kind])
  }

  @Test func defaultKindDecidesTies() {
    var files = SourceFiles()
    let input = FactsInput(path: "甲.csv", bytes: Array("名称,备注\n甲,x\n".utf8))
    #expect(readFacts([input], into: &files, program: Sample.program).subjects.isEmpty)
    let result = readFacts([input], into: &files, program: Sample.program, defaultKind: Sample.company)
    #expect(result.subjects.map(\.kind) == [Sample.company])
  }
}
