/// Every word that the language reserves, by meaning.
package enum Keyword: UInt8, CaseIterable, Hashable, Sendable {
  // Blocks.
  case document, authority, option, kind, definition, classification, clause, hole, filling, measure, decisionTable,
    tiers
  case group, parameter, nameList, calendar, ruling, policyCase, record, unruled, importing
  // Labels.
  case title, issuer, adopted, inForce, validity, quote, textState, generalDuty, bounds, alias, code, responsible
  case reading, body, follows, yes, no, disputed, unsettled, authors, floor, ceiling, value, object, actor
  case condition, exception, timeLimit, precondition, carry, trigger, window, amount, payers, instalments, materials
  case steps, dutyDeadline, precedence, prevailing, transition, analogy, accordance, deference, totalLimit, members,
    rule, cap, received
  case chosen, from, basis, date, number, names, holidays, workdays, asOf, expect, note, status, values, unranked
  // Attributes and fixed words of items.
  case level, perCounty, per, ordered, restricted, ask, foundBy, provenBy, unchangeable, refersTo, lead, assist
  case unstated, notOnFile, complete, incomplete, share, rest, given, onwards, found, inside
  case national, province, city, county, township, wholeBase, sliced, highest, topUp, oneOf, stack, exclusive
  case nothing, everyYear, tag, firstCome, proportional, ranked, discretionary, notKnown, notApplicable, because
  case goal, modifier, repeated, generated, sameOne, includes, excludes, owed, due
  // Types.
  case money, area, count, rate, dateType, duration, text, truth, many
  // Connectives and tests.
  case and, or, not, isValue, isNotValue, of, at, before, after, through
  case atLeast, atMost, within, beyond, moreThan, lessThan, notLess, notMore, equals, notEquals
  case plus, minus, times, dividedBy, raise, lower, half, noMoreThan, noLessThan
  case ifWord, thenWord, elseWord, pointInTime, holds, onList, etc, rounding, roundUp, roundDown, atLeastCount, items
  // Functions.
  case least, greatest, sum, counting, any, all, maximum, minimum, fullYears, fullMonths, days, workingDaysAfter
  case endOfYear, yearOf, trueValue, falseValue
  // Verdicts in expectations.
  case verdictNo, verdictUnknown, verdictDisputed
  // Causes in expectations, and the state of a case.
  case onlyBecause, factMissing, findingOpen, listOpen, ruleMissing, textMissing, nameListMissing, nameMissing
  case unsorted, ruleConflict, notComputable, unmet, confirmed, strength

  /// Where a word can stand.
  package enum Role: String, Sendable {
    case block, label, attribute, type, connective, test, arithmetic, function, verdict
  }
}

/// One row of the keyword table: the words, where they stand, and what they mean.
package struct KeywordEntry: Sendable {
  package let keyword: Keyword
  /// The official Chinese word first, then its other spellings.
  package let zh: [String]
  /// The English twin of the first Chinese word.
  package var en: String { enWords[0] }
  /// English twins, one for each Chinese spelling, so that a spelling comes back from English.
  package let enWords: [String]
  package let role: Keyword.Role
  package let summary: String

  init(_ keyword: Keyword, _ zh: String, _ en: String, _ role: Keyword.Role, _ summary: String) {
    self.keyword = keyword
    self.zh = Self.words(zh)
    enWords = Self.words(en)
    self.role = role
    self.summary = summary
  }

  /// The words between blanks; most rows have one.
  private static func words(_ text: String) -> [String] {
    text.utf8.contains(0x20) ? text.split(separator: " ").map(String.init) : [text]
  }
}

extension Keyword {
  /// The row of the table.
  package var entry: KeywordEntry { Keyword.table[Int(rawValue)] }

  /// The one table of reserved words; lexer, formatter, completion, grammar and reference page read it.
  ///
  /// - Invariant: one row for each case, at the case's raw value (tested).
  package static let table: [KeywordEntry] = {
    var rows = [KeywordEntry?](repeating: nil, count: allCases.count)
    for row in blockRows + labelRows + attributeRows + expressionRows { rows[Int(row.keyword.rawValue)] = row }
    return rows.compactMap { $0 }
  }()
}
