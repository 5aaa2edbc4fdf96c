/// What is counted (张, 人, 岁 …), as an index into one fixed table.
package struct CounterUnit: Hashable, Sendable {
  /// The index into `names`; 0 is no counter.
  package let rawValue: UInt16

  /// No counter.
  package static let none = CounterUnit(rawValue: 0)

  /// The Chinese name and the English singular and plural of every counter, in the order of their raw values.
  package static let names: [(chinese: String, singular: String, plural: String)] = [
    ("", "", ""), ("张", "bed", "beds"), ("人", "person", "persons"), ("岁", "year-old", "years-old"),
    ("个", "item", "items"), ("户", "household", "households"), ("家", "entity", "entities"),
    ("件", "piece", "pieces"), ("次", "time", "times"), ("间", "room", "rooms"),
    ("床", "bed-place", "bed-places"), ("项", "matter", "matters"), ("公里", "kilometre", "kilometres"),
    ("处", "site", "sites"), ("所", "institution", "institutions"), ("栋", "building", "buildings"),
    ("套", "set", "sets"), ("台", "machine", "machines"), ("辆", "vehicle", "vehicles"),
    ("座", "structure", "structures"), ("人次", "person-time", "person-times"),
    ("村", "village", "villages"), ("对", "pair", "pairs"), ("头", "head", "heads"),
    ("只", "animal", "animals"), ("株", "plant", "plants"), ("公斤", "kilogram", "kilograms"),
    ("千瓦", "kilowatt", "kilowatts"), ("小时", "hour", "hours"), ("本", "booklet", "booklets"),
    ("块", "block", "blocks"), ("条", "line", "lines"), ("班", "class", "classes"),
    ("学时", "class-hour", "class-hours"), ("场", "event", "events"), ("篇", "paper", "papers"),
    ("幢", "house", "houses"), ("批", "batch", "batches"), ("层", "storey", "storeys"),
    ("例", "case", "cases"), ("份", "copy", "copies"), ("度", "kilowatt-hour", "kilowatt-hours"),
    ("立方米", "cubic-metre", "cubic-metres"), ("部", "lift", "lifts"), ("艘", "ship", "ships"),
    ("架", "aircraft", "aircraft"), ("名额", "quota-place", "quota-places"),
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
  /// The English plural, empty for `none`.
  package var englishName: String { Self.names[Int(rawValue)].plural }
  /// The English singular, empty for `none`.
  package var englishSingular: String { Self.names[Int(rawValue)].singular }
}
