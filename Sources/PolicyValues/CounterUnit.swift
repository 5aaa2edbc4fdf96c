/// What is counted (张, 人, 岁 …), as an index into one fixed table.
package struct CounterUnit: Hashable, Sendable {
  /// The index into `names`; 0 is no counter.
  package let rawValue: UInt16

  /// No counter.
  package static let none = CounterUnit(rawValue: 0)

  /// The Chinese and English name of every counter, in the order of their raw values.
  package static let names: [(chinese: String, english: String)] = [
    ("", ""),
    ("张", "beds"), ("人", "persons"), ("岁", "years-old"), ("个", "items"), ("户", "households"),
    ("家", "entities"), ("件", "pieces"), ("次", "times"), ("间", "rooms"), ("床", "bed-places"),
    ("项", "matters"), ("公里", "kilometres"), ("处", "sites"), ("所", "institutions"),
    ("栋", "buildings"), ("套", "sets"), ("台", "machines"), ("辆", "vehicles"), ("座", "structures"),
    ("人次", "person-times"), ("村", "villages"), ("对", "pairs"), ("头", "heads"), ("只", "animals"),
    ("株", "plants"), ("公斤", "kilograms"), ("千瓦", "kilowatts"), ("小时", "hours"), ("本", "booklets"),
    ("块", "blocks"), ("条", "lines"), ("班", "classes"), ("学时", "class-hours"), ("场", "events"),
    ("篇", "papers"), ("幢", "houses"), ("批", "batches"), ("层", "storeys"), ("例", "cases"),
    ("份", "copies"), ("度", "kilowatt-hours"), ("立方米", "cubic-metres"), ("部", "lifts"),
    ("艘", "ships"), ("架", "aircraft"), ("名额", "quota-places"),
  ]

  /// - Requires: `rawValue` is an index of `names`.
  private init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The counter with this Chinese name, nil where the table has none.
  package init?(named name: String) {
    guard let index = Self.names.firstIndex(where: { $0.chinese == name }) else { return nil }
    self.init(rawValue: UInt16(index))
  }

  /// Every counter of the table, without `none`.
  package static var all: [CounterUnit] {
    names.indices.dropFirst().map { CounterUnit(rawValue: UInt16($0)) }
  }

  /// The Chinese name, empty for `none`.
  package var chineseName: String { Self.names[Int(rawValue)].chinese }
  /// The English name, empty for `none`.
  package var englishName: String { Self.names[Int(rawValue)].english }
}
