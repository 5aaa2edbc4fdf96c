import PolicyIR
import PolicySyntax
import PolicyText
import PolicyValues

/// What a quote says, as places in the tables of `QuoteTable`.
struct QuoteReading: Sendable {
  /// The place of its file among those of the check.
  let file: Int
  /// Its words without white space.
  let words: Range<Int>
  /// Every numeral in it, Chinese ones too.
  let numbers: Range<Int>
  /// Those that a reader takes for a number.
  let plain: Range<Int>
}

/// What the quotes of one file say, each read once; the values of rules are held against it.
struct QuoteTable: Sendable {
  private var bytes: [UInt8] = []
  private var numbers: [LiteralUse.Value] = []
  private var plain: [PlainNumber] = []
  private var readings: [QuoteReading] = []
  private var spans: [Span] = []
  private var places: [Span: Int] = [:]
  /// The reading that was asked for last: what is asked for next is mostly the same one or the next.
  private var last = 0

  /// Whether a rule that rests on the quote uses a number.
  private var isUsed: [Bool] = []

  /// The table without what rules use.
  var withoutMarks: QuoteTable {
    var table = self
    table.isUsed = []
    return table
  }

  mutating func mark(_ number: Int) {
    if isUsed.count < numbers.count { isUsed += Array(repeating: false, count: numbers.count - isUsed.count) }
    isUsed[number] = true
  }

  /// A numeral that a reader takes for a number: digits, or one with a unit of money, area or rate; outside document
  /// numbers, 《》 and quoted labels.
  private struct PlainNumber: Sendable {
    let number: Int
    /// Where it stands among the bytes.
    let place: Range<Int>
  }

  mutating func reading(of quote: Quote, in file: Int) -> QuoteReading {
    if last < spans.count, spans[last] == quote.span { return readings[last] }
    if last + 1 < spans.count, spans[last + 1] == quote.span {
      last += 1
      return readings[last]
    }
    if let place = places[quote.span] {
      last = place
      return readings[place]
    }
    let (word, number, mark) = (bytes.count, numbers.count, plain.count)
    bytes.append(contentsOf: strippingSpaces(quote.text).utf8)
    readNumbers(word..<bytes.count)
    let reading = QuoteReading(
      file: file, words: word..<bytes.count, numbers: number..<numbers.count, plain: mark..<plain.count)
    last = readings.count
    places[quote.span] = last
    spans.append(quote.span)
    readings.append(reading)
    return reading
  }

  /// Whether a word without white space stands in a quote.
  func holds(_ word: String, in reading: QuoteReading) -> Bool { stands(word, in: bytes, reading.words) }

  /// Calls the body with the numbers of a quote that a rule can mean by a value.
  func eachMeant(by value: LiteralUse.Value, in reading: QuoteReading, _ body: (Int) -> Void) {
    for index in reading.numbers where numbers[index].isMeant(by: value) { body(index) }
  }

  /// The numbers that a reader takes for numbers and no rule on the quote uses, as the quote writes them.
  func unusedNumbers(in reading: QuoteReading) -> [(value: LiteralUse.Value, text: String)] {
    var unused: [(value: LiteralUse.Value, text: String)] = []
    for mark in plain[reading.plain] where mark.number >= isUsed.count || !isUsed[mark.number] {
      unused.append((numbers[mark.number], String(decoding: bytes[mark.place], as: UTF8.self)))
    }
    return unused
  }

  private mutating func readNumbers(_ words: Range<Int>) {
    var index = words.lowerBound
    var quoteDepth = 0
    while index < words.upperBound {
      let (scalar, length) = decodedScalar(in: bytes, at: index)
      switch scalar {
      case 0x201C, 0x300A, 0x3014: quoteDepth += 1
      case 0x201D, 0x300B, 0x3015: quoteDepth = max(0, quoteDepth - 1)
      default: break
      }
      let first = numbers.count
      guard LiteralReader.mayBegin(with: foldingWidth(scalar)), let end = readNumber(index, words.upperBound) else {
        index += length
        continue
      }
      let isDigit = (0x30...0x39).contains(foldingWidth(scalar))
      // A document's number stands between 〕 and 号.
      let isDocumentNumber =
        bytes[words.lowerBound..<index].suffix(3).elementsEqual("〕".utf8)
        && bytes[end..<words.upperBound].starts(with: "号".utf8)
      if quoteDepth == 0, !isDocumentNumber, isDigit || isUnmistakable(numbers[first]) {
        plain.append(PlainNumber(number: first, place: index..<end))
      }
      index = end
    }
  }

  private func isUnmistakable(_ value: LiteralUse.Value) -> Bool {
    if case .quantity(_, let dimension) = value { return dimension.money != 0 || dimension.area != 0 }
    return false
  }

  /// Adds what begins at a place, in every way that it can be read, and returns the offset behind it.
  private mutating func readNumber(_ index: Int, _ limit: Int) -> Int? {
    if let (value, stop) = LiteralReader.datePrefix(bytes, from: index, limit: limit),
      case .success(let period) = value
    {
      numbers.append(.date(period))
      return stop
    }
    if let (day, stop) = MonthDay.read(bytes, from: index, limit: limit) {
      numbers.append(.monthDay(day.number))
      return stop
    }
    var end: Int?
    if let (value, stop) = LiteralReader.durationPrefix(bytes, from: index, limit: limit) {
      numbers.append(.duration(value))
      end = stop
    }
    if let (value, stop) = LiteralReader.quantityPrefix(bytes, from: index, limit: limit) {
      numbers.append(.quantity(value.value, value.dimension))
      end = max(end ?? stop, stop)
    }
    return end
  }
}

/// Whether a word stands in a stretch of a text; nothing stands everywhere.
func stands(_ word: String, in bytes: [UInt8], _ range: Range<Int>) -> Bool {
  var word = word
  return word.isEmpty || word.withUTF8 { firstOffset(of: $0, in: bytes, range: range) } != nil
}

/// A text without its white space.
func strippingSpaces(_ text: String) -> String {
  // Most texts have none, and looking at their bytes is much faster than at their Characters.
  mayHaveSpace(text) ? text.filter { !$0.isWhitespace } : text
}

/// Whether a text is nothing but white space.
func isBlank(_ text: String) -> Bool {
  guard let first = text.utf8.first else { return true }
  // No white space begins with the first byte of a Chinese character.
  if first > 0x20 && first < 0x80 || (0xE4...0xE9).contains(first) { return false }
  return text.allSatisfy(\.isWhitespace)
}

/// Whether a text may hold white space or line ends; no means that it holds none.
func mayHaveSpace(_ text: String) -> Bool {
  var text = text
  return text.withUTF8 { hasWhiteSpace($0) }
}

/// The values that rules use, found by what a quoted number is compared by.
struct UsedValues {
  private var quantities: [Rational: Set<Dimension>] = [:]
  private var dates: [CivilDate: Set<DatePeriod>] = [:]
  private var others: Set<LiteralUse.Value> = []

  mutating func add(_ value: LiteralUse.Value) {
    switch value {
    case .quantity(let number, let dimension): quantities[number, default: []].insert(dimension)
    case .date(let period): dates[period.last, default: []].insert(period)
    case .duration, .monthDay: others.insert(value)
    case .words: break
    }
  }

  /// Whether some rule uses the value that a quote writes.
  func holds(_ quoted: LiteralUse.Value) -> Bool {
    switch quoted {
    case .quantity(let number, _):
      quantities[number]?.contains { quoted.isMeant(by: .quantity(number, $0)) } ?? false
    case .date(let period): dates[period.last]?.contains { quoted.isMeant(by: .date($0)) } ?? false
    case .duration, .monthDay: others.contains(quoted)
    case .words: false
    }
  }
}

extension LiteralUse.Value {
  /// Whether a rule that uses a value can mean this one of a quote.
  func isMeant(by used: LiteralUse.Value) -> Bool {
    switch (self, used) {
    case (.quantity(let one, let dimension), .quantity(let two, let other)):
      guard one == two else { return false }
      // The text may put the “per” elsewhere (每张补助8000元), or count by another word (两个以上 for 两项).
      let isMoney = dimension.money != 0 || other.money != 0
      return dimension == other || isMoney && dimension.money == other.money || !isMoney && dimension.area == other.area
    case (.date(let one), .date(let two)):
      return one.last == two.last && one.first == two.first || one.last == two.last && two.day != nil
    case (.duration(let one), .duration(let two)): return one == two
    case (.monthDay(let one), .monthDay(let two)): return one == two
    default: return false
    }
  }
}
