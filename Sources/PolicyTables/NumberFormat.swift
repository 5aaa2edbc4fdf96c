/// What a workbook's number format makes of a number: how a person sees it, as far as that changes what it says.
enum NumberFormat: Hashable {
  case plain
  case percent
  /// A day, a day with a time, or a time alone.
  case date, dateTime, time
  /// The number with a word behind it, such as 万元 or 亩.
  case unit(String)
  /// The number is shown divided (0!.0, shows 万): what is seen is not what is stored.
  case scaled

  /// The format that goes by a number without a code of its own.
  init(builtIn id: Int) {
    switch id {
    case 9, 10: self = .percent
    // 27–31, 36 and 50–58 are the days of Chinese, Japanese and Korean programs; 32–35 their times.
    case 14...17, 27...31, 36, 50...54, 57, 58: self = .date
    case 22: self = .dateTime
    case 18...21, 32...35, 45...47, 55, 56: self = .time
    default: self = .plain
    }
  }

  /// Reads the code of a format; what it says of positive numbers counts.
  init(code: String) {
    var scan = Scan()
    scan.read(code)
    self = scan.format
  }
}

/// What stands in the first section of a format.
private struct Scan {
  private var hasDay = false
  private var hasTime = false
  private var hasMonth = false
  private var hasPlace = false
  private var hasPercent = false
  private var isScaled = false
  private var commaBehind = false
  private var words = ""
  private var isPlaceBehindWord = false

  mutating func read(_ code: String) {
    var rest = Substring(code)
    while let sign = rest.popFirst() {
      switch sign {
      case ";": return close()
      case "\"":
        let word = rest.prefix { $0 != "\"" }
        rest = rest.dropFirst(word.count + 1)
        add(String(word))
      case "\\", "!":
        guard let next = rest.popFirst() else { break }
        add(String(next))
      // A space as wide as the next sign, and a sign that fills the cell.
      case "_", "*": _ = rest.popFirst()
      case "[":
        let inner = rest.prefix { $0 != "]" }
        rest = rest.dropFirst(inner.count + 1)
        // [h] [mm] [ss] count on; the others are colours, conditions, currencies and languages.
        if !inner.isEmpty, inner.lowercased().allSatisfy({ "hms".contains($0) }) { hasTime = true }
      case "0", "#", "?":
        place()
        commaBehind = false
      case ",": commaBehind = hasPlace
      case ".": break
      case "%": hasPercent = true
      case "G", "g":
        if rest.lowercased().hasPrefix("eneral") {
          rest = rest.dropFirst(6)
          place()
        } else if rest.hasPrefix("/通用格式") {
          rest = rest.dropFirst(5)
          place()
        } else {
          hasDay = true
        }
      case "y", "Y", "d", "D", "e", "b", "B": hasDay = true
      case "E": rest = rest.first == "+" || rest.first == "-" ? rest.dropFirst() : rest
      case "m", "M": hasMonth = true
      case "h", "H", "s", "S": hasTime = true
      case "A", "a", "上":
        if rest.lowercased().hasPrefix("m/pm") || rest.hasPrefix("午/下午") {
          rest = rest.dropFirst(4)
          hasTime = true
        } else if sign == "a" || sign == "A" {
          hasDay = true
        } else {
          add(String(sign))
        }
      case " ", "-", "+", "/", "(", ")", ":", "@", "$", "¥", "￥": break
      default: add(String(sign))
      }
    }
    close()
  }

  private mutating func place() {
    if !words.isEmpty, hasPlace { isScaled = true }
    hasPlace = true
  }

  private mutating func add(_ word: String) {
    close()
    if hasPlace { words += word }
  }

  /// A comma behind the last place divides by a thousand.
  private mutating func close() {
    if commaBehind { isScaled = true }
    commaBehind = false
  }

  var format: NumberFormat {
    if hasPlace {
      if isScaled { return .scaled }
      if hasPercent { return .percent }
      let unit = words.filter { $0 != " " }
      return unit.isEmpty ? .plain : .unit(unit)
    }
    // m is a month beside a day, a minute beside a time, and a month alone.
    if hasDay || hasMonth && !hasTime { return hasTime ? .dateTime : .date }
    return hasTime ? .time : .plain
  }
}
