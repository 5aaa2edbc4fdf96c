import PolicyValues
import Testing

@Suite struct UnitTests {
  private func counter(_ name: String) throws -> Dimension {
    .count(try #require(CounterUnit(named: name)))
  }

  @Test func spellingsAreUnique() {
    var seen: [String: String] = [:]
    for unit in Unit.table + Unit.timeTable {
      for spelling in Set([unit.name, unit.englishName] + unit.aliases) {
        #expect(seen[spelling] == nil, "\(spelling) names \(seen[spelling] ?? "") and \(unit.name)")
        seen[spelling] = unit.name
      }
      #expect(unit.factor > .zero)
      #expect(Unit.denominator(named: unit.name) == unit)
      #expect(Unit.denominator(named: unit.englishName) == unit)
    }
    let counters = CounterUnit.names.map(\.chinese)
    #expect(Set(counters).count == counters.count)
  }

  @Test(arguments: [
    ("元", "1"), ("角", "0.1"), ("分", "0.01"), ("万元", "10000"), ("亿元", "100000000"), ("千元", "1000"),
    ("百元", "100"), ("亩", "1"), ("公顷", "15"), ("平方米", "0.0015"), ("㎡", "0.0015"), ("平米", "0.0015"),
    ("平方公里", "1500"), ("%", "0.01"), ("％", "0.01"), ("‰", "0.001"), ("个百分点", "0.01"), ("万", "10000"),
    ("张", "1"), ("张床位", "1"), ("周岁", "1"), ("Hectares", "15"), ("yuan", "1"), ("YUAN", "1"),
  ])
  func factors(_ name: String, _ factor: String) throws {
    #expect(try #require(Unit.named(name)).factor.description == factor)
  }

  @Test func names() {
    #expect(Unit.named("年") == nil)
    #expect(Unit.denominator(named: "年")?.factor == 12)
    #expect(Unit.named("元整") == nil)
    #expect(Unit.named("") == nil)
    #expect(Unit.named("周岁")?.name == "岁")
    #expect(Unit.named("床") != Unit.named("张"))
    #expect(Unit.named("台（套）")?.name == "台")
  }

  @Test func dimensions() throws {
    let beds = try counter("张")
    let people = try counter("人")
    let perBed = try #require(Dimension.money.dividedBy(beds))
    #expect(perBed.times(beds) == .money)
    #expect(beds.times(perBed) == .money)
    #expect(perBed.times(people) == nil)
    #expect(Dimension.money.dividedBy(.money) == .number)
    #expect(beds.dividedBy(people) == nil)
    #expect(beds.dividedBy(beds) == .number)
    #expect(Dimension.money.times(.percentagePoints) == nil)
    #expect(Dimension.number.times(.percentagePoints) == .percentagePoints)
    #expect(Dimension.percentagePoints.dividedBy(.percentagePoints) == .number)
    #expect(Dimension.number.sum(with: .percentagePoints) == .number)
    #expect(Dimension.percentagePoints.sum(with: .number) == nil)
    #expect(Dimension.money.sum(with: .area) == nil)
    #expect(Dimension.money.sum(with: .money) == .money)
    #expect(perBed.symbol(chinese: true) == "元/张")
    #expect(perBed.englishName == "yuan/bed")
    var power = Dimension.money
    for _ in 0..<300 { power = power.times(.money) ?? power }
    #expect(power.money == .max)
  }
}
