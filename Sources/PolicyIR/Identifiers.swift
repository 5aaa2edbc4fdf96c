/// A dense number, from zero, for one entry of one of the program's tables.
@usableFromInline @frozen
package struct ID<Entry>: Hashable, Comparable, Sendable, CustomStringConvertible {
  @usableFromInline package let rawValue: Int32

  @inlinable package init(_ index: Int) { rawValue = Int32(truncatingIfNeeded: index) }

  /// The position in the table.
  @inlinable package var index: Int { Int(rawValue) }

  @usableFromInline package var description: String { "\(rawValue)" }

  @inlinable package static func < (a: ID, b: ID) -> Bool { a.rawValue < b.rawValue }
}

package typealias DocumentID = ID<Document>
package typealias ClauseID = ID<Clause>
package typealias AuthorityID = ID<Authority>
package typealias OptionTypeID = ID<OptionType>
package typealias KindID = ID<Kind>
package typealias FieldID = ID<Field>
package typealias DefinitionID = ID<Definition>
package typealias ClassificationID = ID<Classification>
package typealias ChoiceID = ID<Choice>
package typealias HoleID = ID<Hole>
package typealias ParameterID = ID<Parameter>
package typealias TableID = ID<DecisionTable>
package typealias TierScheduleID = ID<TierSchedule>
package typealias NameListID = ID<NameList>
package typealias MeasureID = ID<Measure>
package typealias GroupID = ID<Group>

extension Array {
  /// The entry that an id names.
  @inlinable package subscript(id: ID<Element>) -> Element { self[id.index] }
}
