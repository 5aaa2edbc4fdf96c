/// The catalogue of diagnostics; a number is never reused.
///
/// T00xx reading characters, T01xx structure, T02xx names and expressions, T03xx clauses and quotes.
package enum DiagnosticID: String, CaseIterable, Sendable {
  case invalidEncoding = "T0001"
  case unexpectedCharacter = "T0002"
  case unterminatedQuote = "T0003"
  case malformedNumber = "T0004"
  case malformedDate = "T0005"
  case unexpectedText = "T0101"
  case missingText = "T0102"
  case unknownKeyword = "T0103"
  case unclosedBracket = "T0104"
  case unknownName = "T0201"
  case ambiguousSplit = "T0202"
  case duplicateName = "T0203"
  case unknownClause = "T0301"
  case missingQuote = "T0302"
  case quoteNotFound = "T0303"
  case quoteInOtherClause = "T0304"
  case valueNotInQuote = "T0305"
  case numberNotUsed = "T0306"
  case sentenceNotCovered = "T0307"

  /// The one-line title of the diagnostic's page.
  package var title: Bilingual {
    switch self {
    case .invalidEncoding: Bilingual(zh: "文件不是 UTF-8 编码", en: "the file is not UTF-8")
    case .unexpectedCharacter: Bilingual(zh: "不能识别的字符", en: "unexpected character")
    case .unterminatedQuote: Bilingual(zh: "引号没有结束", en: "unterminated quote")
    case .malformedNumber: Bilingual(zh: "数字写法不对", en: "malformed number")
    case .malformedDate: Bilingual(zh: "日期写法不对", en: "malformed date")
    case .unexpectedText: Bilingual(zh: "此处不应有这些文字", en: "unexpected text")
    case .missingText: Bilingual(zh: "此处缺少内容", en: "something is missing")
    case .unknownKeyword: Bilingual(zh: "没有这个关键词", en: "unknown keyword")
    case .unclosedBracket: Bilingual(zh: "括号没有结束", en: "unclosed bracket")
    case .unknownName: Bilingual(zh: "名称没有声明", en: "unknown name")
    case .ambiguousSplit: Bilingual(zh: "这一串文字有几种读法", en: "the text can be split in several ways")
    case .duplicateName: Bilingual(zh: "名称重复声明", en: "the name is declared twice")
    case .unknownClause: Bilingual(zh: "原文没有这一条款", en: "the source has no such clause")
    case .missingQuote: Bilingual(zh: "规则没有引用原文", en: "the rule quotes nothing")
    case .quoteNotFound: Bilingual(zh: "原文没有这些文字", en: "the source does not hold the quoted words")
    case .quoteInOtherClause: Bilingual(zh: "引文在另一条款", en: "the quote stands in another clause")
    case .valueNotInQuote: Bilingual(zh: "引文里没有这个数值", en: "no quote holds this value")
    case .numberNotUsed: Bilingual(zh: "引文里的数字没有用到", en: "a number in the quote is not used")
    case .sentenceNotCovered: Bilingual(zh: "原文有句子没有规则", en: "a sentence of the source has no rule")
    }
  }
}
