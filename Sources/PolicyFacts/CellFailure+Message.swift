package import PolicyDiagnostics
import PolicyValues

extension CellFailure {
  /// What is wrong, without the place: “约800”是约数，不能计算.
  package var message: Bilingual {
    let cell = "“\(clipped(text))”"
    func say(_ zh: String, _ en: String) -> Bilingual { Bilingual(zh: cell + zh, en: cell + " " + en) }
    switch cause {
    case .approximate(let word):
      return say("带“\(word)”，是约数，不能计算", "is approximate (“\(word)”) and cannot be computed with")
    case .missingUnit(let dimension):
      return say("没有单位，不能当作\(dimension.inChinese)", "has no unit, so it is no \(dimension.inEnglish)")
    case .doubleScale(let unit): return say("带“万”或“亿”，而列的单位是\(unit)", "has 万 or 亿 of its own in a column of \(unit)")
    case .wrongUnit(let found, let expected):
      return say(
        "是\(found.inChinese)，这里要\(expected.inChinese)", "is \(found.inEnglish), and \(expected.inEnglish) is expected")
    case .unknownUnit(let unit, _): return say("的单位“\(clipped(unit))”不认识", "has the unknown unit “\(clipped(unit))”")
    case .negative: return say("是负数", "is negative")
    case .notANumber: return say("不是数", "is not a number")
    case .outOfRange: return say("太大，不能精确计算", "is too large for exact arithmetic")
    case .trailing(let rest): return say("后面多了“\(clipped(rest))”", "goes on with “\(clipped(rest))”")
    case .notADate: return say("不是日期", "is not a date")
    case .impossibleDate: return say("这一天不存在", "is a day that does not exist")
    case .notADay: return say("不是某一天", "is not one day")
    case .notADuration: return say("不是期间", "is not a duration")
    case .missingTimeUnit: return say("没有单位，不能当作期间", "has no unit, so it is no duration")
    case .notYesNo: return say("不是“是”或“否”", "is neither 是 (yes) nor 否 (no)")
    case .unknownOption(let type, _): return say("不是“\(type)”的值", "is no value of “\(type)”")
    case .ambiguousOption(let type, let values):
      let names = values.joined(separator: "、")
      return say("可指“\(type)”的几个值：\(names)", "names several values of “\(type)”: \(names)")
    case .spreadsheetError: return say("是电子表格的错误值", "is an error value of the spreadsheet")
    case .itemsExpected(let kind): return say("不是一份“\(kind)”清单", "is no list of “\(kind)”")
    case .nobody(let kind): return say("不是“\(kind)”的名称", "is no name of “\(kind)”")
    case .structure: return Bilingual(zh: "这里要一个值，不是数组或对象", en: "one value is expected here, not an array or object")
    }
  }

  /// What to write instead.
  package var help: [Bilingual] {
    switch cause {
    case .approximate:
      return [Bilingual(zh: "写出准确的数；不清楚写“不知”", en: "write the exact number, or 不知 where it is not known")]
    case .missingUnit(let dimension):
      return [
        Bilingual(
          zh:
            "在单元格里写单位，如“\(dimension.examples(clipped(text)).joined(separator: "”或“"))”，或写进列名，如“\(field)_\(dimension.exampleUnit)”",
          en:
            "write the unit in the cell (\(dimension.examples(clipped(text)).joined(separator: " or "))) or in the header (\(field)_\(dimension.exampleUnit))"
        )
      ]
    case .doubleScale: return [Bilingual(zh: "写全单位，如“3亿元”", en: "write the whole unit, such as 3亿元")]
    case .wrongUnit(_, let expected), .unknownUnit(_, let expected):
      return [Bilingual(zh: "用\(expected.exampleUnit)等单位", en: "use a unit such as \(expected.exampleUnit)")]
    case .negative, .outOfRange: return [Bilingual(zh: "核对这个数", en: "check the number")]
    case .notANumber, .trailing:
      return [
        Bilingual(
          zh: "只写数和单位；没有的写 0，不清楚写“不知”，不涉及写“不适用”",
          en: "write number and unit only; 0 for none, 不知 where it is not known, 不适用 where it does not apply")
      ]
    case .notADate, .impossibleDate, .notADay:
      return [Bilingual(zh: "写到日，如 2023年6月1日 或 2023-06-01", en: "write the day, such as 2023-06-01")]
    case .notADuration, .missingTimeUnit:
      return [Bilingual(zh: "写如“3年”“18个月”“30日”", en: "write it like 3年, 18个月 or 30日")]
    case .notYesNo:
      return [
        Bilingual(
          zh: "写“是”或“否”（也可写 √、×）；不清楚写“不知”，不涉及写“不适用”",
          en: "write 是 or 否 (or √, ×); 不知 where it is not known, 不适用 where it does not apply")
      ]
    case .unknownOption(_, let nearest):
      if nearest.isEmpty { return [] }
      let names = nearest.map { "“\($0)”" }.joined(separator: "、")
      return [Bilingual(zh: "最接近的是\(names)", en: "the nearest is \(names)")]
    case .ambiguousOption: return [Bilingual(zh: "写全名", en: "write the full name")]
    case .spreadsheetError: return [Bilingual(zh: "在电子表格里改好公式再导出", en: "mend the formula and export again")]
    case .itemsExpected(let kind):
      return [
        Bilingual(
          zh: "用列“\(field)1_…”“\(field)2_…”，或另一份“\(kind)”表；确实没有写“无”",
          en: "use columns “\(field)1_…”, “\(field)2_…” or a second table of “\(kind)”; write 无 where there is none")
      ]
    case .nobody:
      return [
        Bilingual(zh: "不涉及写“不适用”，不清楚写“不知”", en: "write 不适用 where it does not apply, 不知 where it is not known")
      ]
    case .structure: return []
    }
  }
}

extension Dimension {
  fileprivate var inChinese: String { self == .number ? "比率" : chineseName.isEmpty ? "数" : description(true) }
  fileprivate var inEnglish: String { self == .number ? "a rate" : description(false) }

  private func description(_ chinese: Bool) -> String {
    switch self {
    case .money, .area, .percentagePoints: chinese ? chineseName : englishName
    default: chinese ? "以\(chineseName)计的数" : "a number of \(englishName)"
    }
  }

  /// The number with units of which only its writer knows the right one.
  fileprivate func examples(_ number: String) -> [String] {
    switch self {
    case .money: [number + "元", number + "万元"]
    case .area: [number + "亩", number + "平方米"]
    default: [number + exampleUnit]
    }
  }

  fileprivate var exampleUnit: String {
    switch self {
    case .money: "万元"
    case .number: "%"
    default: symbol(chinese: true)
    }
  }
}
