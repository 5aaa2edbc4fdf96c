import PolicyDiagnostics
import PolicyFacts
import PolicyIR
import SeededRandom
import Testing

/// Rows read into vectors against the same rows read as whole tables are.
@Suite struct VectorTests {
  private static let headers = [
    "项目名称", "备案总投资_万元", "用地面积_亩", "床位数_张", "贷款利率", "投资主体", "所在县区", "等级", "属康养产业", "开工日期", "运营期_年", "建设单位", "备注",
    "贷款1_本金_万元", "贷款1_贷款机构", "贷款2_本金_万元", "贷款12_已还", "贷款_列全", "贷款", "运营方_注册资本_万元", "运营方",
  ]
  /// Cells as they come, good and bad.
  private static let cells: [[String]] = [
    ["虚构项目", "合肥路养老院", "单家寨", "总部基地", "小村", "合计", "小计", "注：虚构", "制表人：某", "", "　", "不知", "虚构　项目", "\"引号\"\"名\"", "a,b"],
    [
      "35000", "0", "3.5", "0.00001", "12.", "007", ".5", "3亿", "3.5亿元", "不知", "", "-", "-5", "99999999999999", "1e5",
      "９", "约3亿", "12万",
    ],
    ["120", "80.25", "80.255", "1/3", "", "约10", "10公顷", "不适用"],
    ["50", "1.5", "0", "五十", "", "50张", "无", "#N/A", "1,000"],
    ["4.35%", "0.0435", "百分之五", "", "0", "未知"],
    ["民营企业", "个人", "央企", "民营", "", "不详", "市属国企 "],
    ["朔城区", "朔城", "140602", "右玉县", "怀仁", "北京", ""],
    ["一级", "二级", "未定级", "无", "四级", ""],
    ["是", "否", "√", "Y", "或许", "", "不知", "是 "],
    [
      "2024-06-01", "2024-02-30", "2024/6/1", "2024年6月1日", "45444", "2024-06", "0000-01-01", "9999-12-31", "",
      "2024-06-01 ",
    ],
    ["10", "10年", "", "半年"],
    ["甲公司", "乙", "", "不知", "一个很长很长很长很长很长很长很长很长的名字"],
    ["", "随便", "合计"],
    ["2000", "", "不知", "-", "3亿", "不适用", "-1", "多"],
    ["银行", "", "其他", "信用社", "不知"],
    ["500", "", "0", "—", "无"],
    ["是", "", "否", "或许", "不知"],
    ["否", "", "是", "不知", "也许", "-"],
    ["", "", "无", "不知", "不适用", "某笔", "没有"],
    ["100", "", "不知", "无"],
    ["", "", "甲公司", "不适用", "无"],
  ]

  /// A table in which good rows are the rule; with `roughness` 0 all are.
  private func table(_ random: inout SeededGenerator, roughness: Int) -> (text: String, rows: Int) {
    let width = 2 + random.below(Self.headers.count - 1)
    let order = [0] + Array(1..<Self.headers.count).shuffled(using: &random).prefix(width - 1)
    let delimiter = random.below(4) == 0 ? "\t" : ","
    let ends = random.below(3) == 0 ? ["\n", "\r\n", "\r"] : [random.below(2) == 0 ? "\n" : "\r\n"]
    var text = order.map { Self.headers[$0] }.joined(separator: delimiter) + ends[0]
    let rows = 1 + random.below(120)
    for row in 0..<rows {
      var cells = order.map { column -> String in
        let all = Self.cells[column]
        if roughness == 0 || random.below(10) > roughness { return all[random.below(min(2, all.count))] }
        return all[random.below(all.count)]
      }
      if cells[0] == "虚构项目" { cells[0] += "\(row)" }
      if roughness > 0 {
        if random.below(12) == 0 { cells.removeLast() }
        if random.below(12) == 0 { cells.append(random.below(2) == 0 ? "" : "多") }
        if random.below(20) == 0 { cells = cells.map { _ in "" } }
        if random.below(9) == 0, let place = cells.indices.randomElement(using: &random) {
          cells[place] = "\"" + cells[place].filter { $0 != "\"" } + (random.below(4) == 0 ? "\n" : "") + "\""
        }
        if random.below(60) == 0 { cells[0] = "坏\"名" }
        if random.below(60) == 0 { cells[0] = "\"没完" }
      }
      text += cells.joined(separator: delimiter) + ends[random.below(ends.count)]
    }
    if random.below(3) == 0 { text.removeLast() }
    return (text, rows)
  }

  private func differ(_ text: [UInt8], _ random: inout SeededGenerator) -> (what: String?, plain: Int) {
    let stream = TableStream(path: "甲.csv", program: Sample.program, defaultKind: Sample.project)
    guard let head = stream.head(text, isWhole: true).head, head.kind == Sample.project else { return (nil, 0) }
    let body = text[head.bytes.count...]
    let reader = VectorReader(stream, head, kind: Sample.project, in: Sample.program, capacity: 4096)
    let before = random.below(3) * 1000
    // The parts that a stream would be cut into hold the same records.
    let whole = stream.whole(body, head, atMost: 4096, isLast: true)
    #expect(whole.bytes == body.count)
    reader.read(body, recordsBefore: before, linesBefore: before)
    let expected = stream.block(Array(body), head, recordsBefore: before, linesBefore: before)
    let block = reader.block
    if block.openQuote != expected.openQuote { return ("open quotes", 0) }
    if block.rows.count != expected.rows.count || whole.records != expected.rows.count { return ("rows", 0) }
    func told(_ remarks: [TableBlock.Remark]) -> [String] {
      remarks.map { "\($0.line):\($0.column) \($0.diagnostic.primary.message.zh)" }
    }
    if told(block.remarks) != told(expected.remarks) {
      return ("remarks \(told(block.remarks)), should be \(told(expected.remarks))", 0)
    }
    for (place, row) in expected.rows.enumerated() {
      let found = block.rows[place]
      if block.text[Int(found.start)..<Int(found.end)] != expected.text[row.range] { return ("text of \(place)", 0) }
      let other = block.other(place)
      if other?.remarks ?? [] != row.remarks || other?.isFaulty ?? false != row.isFaulty {
        return ("remarks of row \(place)", 0)
      }
      if other == nil && row.cells != head.width { return ("cells of \(place)", 0) }
      guard let subject = row.subject.map({ expected.subjects[$0] }) else {
        if block.hasSubject(place) { return ("row \(place) has a subject", 0) }
        continue
      }
      guard block.hasSubject(place, of: Sample.project) else { return ("row \(place) has no subject", 0) }
      // In a whole table a name that was there before gets a number.
      func unnumbered(_ subject: Subject) -> Subject {
        var subject = subject
        if let name = subject.name { subject.id = name }
        return subject
      }
      let own = unnumbered(reader.subject(at: place, recordsBefore: before))
      if own != unnumbered(subject) { return ("row \(place) \(own), should be \(subject)", 0) }
      for (slot, vector) in block.vectors.enumerated() {
        let fact = vector.fact(at: place)
        // Related subjects of plain rows stand in vectors of their own.
        if block.other(place) == nil, block.facts.related[slot] != nil { continue }
        let isHeld = FactVector.number(for: subject.facts[slot], vector.type) != FactVector.State.odd.wide
        if isHeld ? fact != subject.facts[slot] : fact != nil { return ("slot \(slot) of \(place)", 0) }
      }
    }
    return (nil, block.rows.indices.count { block.other($0) == nil })
  }

  /// Where most rows can't be read plainly, lines and numbers of rows are told all the same, and those of quotes over several lines.
  @Test func rowsThatAreNotPlainKeepTheirPlaces() {
    var random = SeededGenerator(seed: 5)
    let text =
      "项目名称,备案总投资_万元,贷款1_本金_万元,贷款_列全\n甲,1,2,是\n乙,坏,2,是\n\"丙\n人\",3,,是\n丁,4,,是\n戊,5,6,\n合计,1,,\n己,x,y,z\n\"庚\n,7"
    let found = differ(Array(text.utf8), &random)
    #expect(found.what == nil, "\(found.what ?? "")")
    #expect(found.plain == 2)
  }

  @Test func vectorsEqualWholeTables() {
    var random = SeededGenerator(seed: 36)
    var (plain, rows) = (0, 0)
    for number in 0..<400 {
      let made = table(&random, roughness: [0, 1, 1, 6][number % 4])
      let found = differ(Array(made.text.utf8), &random)
      #expect(found.what == nil, "\(found.what ?? "")\n\(made.text)")
      if found.what != nil { return }
      plain += found.plain
      rows += made.rows
    }
    #expect(plain > rows / 6, "few rows are plain: \(plain) of \(rows)")
  }

  /// Bytes of no encoding, NUL, cut-off characters.
  @Test func damageIsReadAsInWholeTables() {
    var random = SeededGenerator(seed: 22)
    for _ in 0..<60 {
      var text = Array(table(&random, roughness: 1).text.utf8)
      let place = text.count / 2 + random.below(max(1, text.count / 2))
      if place < text.count { text[place] = [0x00, 0xFF, 0xE5, 0x80, 0xC0, 0xF5][random.below(6)] }
      let found = differ(text, &random)
      #expect(found.what == nil, "\(found.what ?? "")\n\(String(decoding: text, as: UTF8.self))")
      if found.what != nil { return }
    }
  }
}
