import PolicyIR
import PolicySyntax
import PolicyText
import PolicyValues

/// The words of a quote as the values of rules are held against them.
struct QuoteReading {
  /// The words without white space.
  let bytes: [UInt8]
  let numbers: QuoteNumbers

  init(_ text: String) {
    bytes = Array(strippingSpaces(text).utf8)
    numbers = QuoteNumbers(bytes)
  }

  /// The numbers that a reader takes for numbers, as the quote writes them.
  var plainNumbers: some Sequence<(value: LiteralUse.Value, text: String)> {
    numbers.plain.lazy.map { (numbers.all[$0.index], String(decoding: bytes[$0.place], as: UTF8.self)) }
  }

  /// Whether a word without white space stands in the quote.
  func holds(_ word: String) -> Bool { stands(word, in: bytes, bytes.indices) }
}

/// Whether a word stands in a stretch of a text; nothing stands everywhere.
func stands(_ word: String, in bytes: [UInt8], _ range: Range<Int>) -> Bool {
  word.isEmpty || firstOffset(of: Array(word.utf8)[...], in: bytes, range: range) != nil
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
  return text.withUTF8 { bytes in
    for (index, byte) in bytes.enumerated() where byte <= 0x20 || byte >= 0xC2 && (byte < 0xE4 || byte == 0xEF) {
      if whiteSpaceLength(in: bytes, at: index) > 0 { return true }
    }
    return false
  }
}

/// The values that rules use, found by what a quoted number is compared by.
struct UsedValues {
  private var quantities: [Rational: Set<Dimension>] = [:]
  private var dates: [CivilDate: Set<DatePeriod>] = [:]
  private var others: Set<LiteralUse.Value> = []

  mutating func insert(_ value: LiteralUse.Value) {
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

/// The numbers of a quoted text, white space removed.
struct QuoteNumbers {
  /// Every numeral, Chinese ones too.
  private(set) var all: [LiteralUse.Value] = []
  /// Those that a reader takes for a number: digits, or a numeral with a unit of money, area or rate; outside document
  /// numbers, 《》 and quoted labels. Each is one of `all`, with its place among the bytes.
  private(set) var plain: [(index: Int, place: Range<Int>)] = []

  init(_ bytes: [UInt8]) {
    var index = 0
    var quoteDepth = 0
    while index < bytes.count {
      let (scalar, length) = decodedScalar(in: bytes, at: index)
      switch scalar {
      case 0x201C, 0x300A, 0x3014: quoteDepth += 1
      case 0x201D, 0x300B, 0x3015: quoteDepth = max(0, quoteDepth - 1)
      default: break
      }
      let first = all.count
      guard LiteralReader.mayBegin(with: foldingWidth(scalar)), let end = read(bytes, index) else {
        index += length
        continue
      }
      let isDigit = (0x30...0x39).contains(foldingWidth(scalar))
      // A document's number stands between 〕 and 号.
      let isDocumentNumber = bytes[..<index].suffix(3).elementsEqual("〕".utf8) && bytes[end...].starts(with: "号".utf8)
      if quoteDepth == 0, !isDocumentNumber, isDigit || isUnmistakable(all[first]) {
        plain.append((first, index..<end))
      }
      index = end
    }
  }

  private func isUnmistakable(_ value: LiteralUse.Value) -> Bool {
    if case .quantity(_, let dimension) = value { return dimension.money != 0 || dimension.area != 0 }
    return false
  }

  /// Adds what begins at a place, in every way that it can be read, and returns the offset behind it.
  private mutating func read(_ bytes: [UInt8], _ index: Int) -> Int? {
    if let (value, stop) = LiteralReader.datePrefix(bytes, from: index, limit: bytes.count),
      case .success(let period) = value
    {
      all.append(.date(period))
      return stop
    }
    if let (day, stop) = MonthDay.read(bytes, from: index, limit: bytes.count) {
      all.append(.monthDay(day.number))
      return stop
    }
    var end: Int?
    if let (value, stop) = LiteralReader.durationPrefix(bytes, from: index, limit: bytes.count) {
      all.append(.duration(value))
      end = stop
    }
    if let (value, stop) = LiteralReader.quantityPrefix(bytes, from: index, limit: bytes.count) {
      all.append(.quantity(value.value, value.dimension))
      end = max(end ?? stop, stop)
    }
    return end
  }
}
