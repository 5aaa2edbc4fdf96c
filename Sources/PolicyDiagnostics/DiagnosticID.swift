/// The catalogue of diagnostics; a number is never reused.
///
/// T00xx reading characters, T01xx structure, T02xx names and expressions, T03xx clauses and quotes, T06xx facts of subjects.
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
  case missingLine = "T0105"
  case textNotFound = "T0308"
  case textNotOnFile = "T0309"
  case missingClause = "T0310"
  case wrongMeaning = "T0204"
  case ambiguousName = "T0205"
  case unknownType = "T0206"
  case typeMismatch = "T0207"
  case wrongArguments = "T0208"
  case cycle = "T0209"
  case unsortedValue = "T0401"
  case conflict = "T0402"
  case overlap = "T0403"
  case gap = "T0404"
  case sharesOff = "T0405"
  case maskedRow = "T0406"
  case tableGap = "T0407"
  case amountWithoutPayer = "T0501"
  case grantWithoutAmount = "T0502"
  case undefinedSet = "T0503"
  case pastTimeLimit = "T0504"
  case factsNotDecoded = "T0601"
  case factsDecoded = "T0602"
  case malformedTable = "T0603"
  case rowLength = "T0604"
  case duplicateColumn = "T0605"
  case columnNotUsed = "T0606"
  case rowNotUsed = "T0607"
  case unreadableCell = "T0608"
  case cellWithoutUnit = "T0609"
  case cellUnitMismatch = "T0610"
  case approximateCell = "T0611"
  case unknownOptionCell = "T0612"
  case duplicateSubject = "T0613"
  case subjectWithoutName = "T0614"
  case unknownSubjectKind = "T0615"
  case relationNotLinked = "T0616"
  case serialDate = "T0617"
  case unitFromNote = "T0618"
  case malformedJSON = "T0619"
  case malformedYAML = "T0620"
  case unknownKey = "T0621"
  case factsRemarksCut = "T0622"

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
    case .missingLine: Bilingual(zh: "缺少一行内容", en: "a line is missing")
    case .textNotFound: Bilingual(zh: "找不到原文文件", en: "the official text is not there")
    case .textNotOnFile: Bilingual(zh: "文本未取得", en: "the text is not on file")
    case .missingClause: Bilingual(zh: "规则不在任何条款里", en: "the rule stands in no clause")
    case .wrongMeaning: Bilingual(zh: "名称不能这样用", en: "the name means something else")
    case .ambiguousName: Bilingual(zh: "名称在这里有几个意思", en: "the name has several meanings here")
    case .unknownType: Bilingual(zh: "没有写类型或者没有这种类型", en: "the type is missing or unknown")
    case .typeMismatch: Bilingual(zh: "类型不合", en: "the types do not match")
    case .wrongArguments: Bilingual(zh: "个数或者写法不对", en: "wrong arguments")
    case .cycle: Bilingual(zh: "互相依赖", en: "a circle of dependencies")
    case .unsortedValue: Bilingual(zh: "有的值没有归类", en: "a value is left unsorted")
    case .conflict: Bilingual(zh: "规则冲突", en: "rules conflict")
    case .overlap: Bilingual(zh: "两档重叠", en: "two tiers overlap")
    case .gap: Bilingual(zh: "两档之间有空当", en: "a gap between tiers")
    case .tableGap: Bilingual(zh: "标准表没有适用的一行", en: "no row of a table applies")
    case .maskedRow: Bilingual(zh: "从不适用的一行", en: "a row that never applies")
    case .sharesOff: Bilingual(zh: "比例合计不是百分之百", en: "the shares do not add up to the whole")
    case .amountWithoutPayer: Bilingual(zh: "有金额没有出资", en: "an amount without a payer")
    case .grantWithoutAmount: Bilingual(zh: "给付没有金额", en: "an entitlement without an amount")
    case .undefinedSet: Bilingual(zh: "范围没有规定", en: "an undefined set")
    case .pastTimeLimit: Bilingual(zh: "期限已过", en: "the time limit has passed")
    case .factsNotDecoded: Bilingual(zh: "文件的编码读不了", en: "the file's encoding cannot be read")
    case .factsDecoded: Bilingual(zh: "文件按 GB18030 读取", en: "the file was read as GB18030")
    case .malformedTable: Bilingual(zh: "CSV 的引号写法不对", en: "malformed quotes in a CSV file")
    case .rowLength: Bilingual(zh: "一行的列数与表头不同", en: "a row is shorter or longer than the header")
    case .duplicateColumn: Bilingual(zh: "两列给同一个事实", en: "two columns give one fact")
    case .columnNotUsed: Bilingual(zh: "一列没有读取", en: "a column was not used")
    case .rowNotUsed: Bilingual(zh: "一行不是记录", en: "a row is no record")
    case .unreadableCell: Bilingual(zh: "单元格读不懂", en: "an unreadable cell")
    case .cellWithoutUnit: Bilingual(zh: "单元格的数没有单位", en: "a number without a unit")
    case .cellUnitMismatch: Bilingual(zh: "单位不对", en: "the wrong unit")
    case .approximateCell: Bilingual(zh: "约数不能计算", en: "an approximate number")
    case .unknownOptionCell: Bilingual(zh: "不是选项的值", en: "no value of the option")
    case .duplicateSubject: Bilingual(zh: "两个主体同名", en: "two subjects have one name")
    case .subjectWithoutName: Bilingual(zh: "主体没有名称", en: "a subject has no name")
    case .unknownSubjectKind: Bilingual(zh: "看不出主体的种类", en: "the kind of a subject cannot be told")
    case .relationNotLinked: Bilingual(zh: "关系没有连上", en: "a relation could not be linked")
    case .serialDate: Bilingual(zh: "日期按电子表格序号读取", en: "dates were read from serial numbers")
    case .unitFromNote: Bilingual(zh: "单位取自表上的说明", en: "the unit was taken from a note above the table")
    case .malformedJSON: Bilingual(zh: "JSON 写法不对", en: "malformed JSON")
    case .malformedYAML: Bilingual(zh: "YAML 写法不对", en: "malformed YAML")
    case .unknownKey: Bilingual(zh: "没有这个事实", en: "no such fact")
    case .factsRemarksCut: Bilingual(zh: "提示太多，其余略去", en: "too many remarks")
    }
  }
}
