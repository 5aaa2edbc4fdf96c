package import PolicyText
package import PolicyValues

/// A well-typed expression of the program, with the place that it was written at.
package struct Expression: Hashable, Sendable {
  package var form: Form
  package var type: ValueType
  package var span: Span

  package init(_ form: Form, type: ValueType, span: Span) {
    self.form = form
    self.type = type
    self.span = span
  }

  /// What an expression does. Truth-typed forms follow Kleene's logic; every other form is unknown when an operand is.
  package indirect enum Form: Hashable, Sendable {
    /// A literal: `3亿元`, `2025年12月31日`, `民营企业`, `是`
    case literal(Value)
    /// A fact of the subject (`depth` 0) or of the subject around a 任一/全部/合计… (`depth` 1, 2…): `备案总投资`
    case field(FieldID, depth: Int)
    /// A fact of a related subject: `运营方 的 企业类别`
    case fieldOf(Expression, FieldID)
    /// A named definition of the subject at `depth`: `康养项目`, `建设补助时点`
    case definition(DefinitionID, depth: Int)
    /// Whether the subject's option value is sorted 是: `社会力量`
    case classification(ClassificationID, depth: Int)
    /// The value of a rule still to be issued, or of what filled it: `建设补助办法`
    case hole(HoleID)
    /// A dated parameter read at a date: `低保标准 于 申请日期`
    case parameter(ParameterID, at: Expression)
    /// A decision table's result for the subject: `每床补助`
    case table(TableID)
    /// A tier schedule applied to its base: `阶梯补助（投资额）`; the base stands in the schedule
    case tiers(TierScheduleID)
    /// Whether another measure's verdict is yes: `床位补助 符合`
    case measureHolds(MeasureID)
    /// Another measure's amount: `床位补助 的 金额`
    case measureAmount(MeasureID)
    /// 查询日期
    case asOf
    /// Whether the subject's name stands on a list of names: `在名单 骨干企业名单`
    case onList(NameListID)
    /// A test that refers to a text not on file or not named: always unknown until a finding is given: `符合相关规定`
    case dangling(String)

    /// 且
    case conjunction([Expression])
    /// 或
    case disjunction([Expression])
    /// 非
    case negation(Expression)
    /// k 项以上: `至少 2 项（甲；乙；丙）`
    case atLeast(Int, [Expression])
    /// `投资额 3亿元以上`, `所在县区 为 右玉县`, `完工日期 在 2025年年底 以前`
    case comparison(Comparison, Expression, Expression)
    /// `所在县区 为 右玉县、怀仁市、应县`; an open list (等) leaves an unlisted value unknown
    case membership(Expression, [Value], open: Bool)
    /// `＋ － × ÷`; dates and durations add and subtract
    case arithmetic(Arithmetic, Expression, Expression)
    /// 若 条件 则 甲 否则 乙
    case conditional(Expression, Expression, Expression)
    case call(Builtin, [Expression])
    /// 任一, 全部, 合计, 计数, 最大, 最小 over a many-relation of the subject at `depth`; the body sees the related
    /// subject at depth 0 and the present one at depth 1
    case aggregate(Aggregate, relation: FieldID, depth: Int, filter: Expression?, body: Expression?)
    /// A stated rounding: `四舍五入 到 元`
    case rounded(Expression, Rounding)
  }

  /// Comparisons; options compare by declared order.
  package enum Comparison: String, Hashable, Sendable, CaseIterable {
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual

    /// The comparison with its sides changed.
    package var mirrored: Comparison {
      switch self {
      case .equal, .notEqual: self
      case .less: .greater
      case .lessOrEqual: .greaterOrEqual
      case .greater: .less
      case .greaterOrEqual: .lessOrEqual
      }
    }
  }

  package enum Arithmetic: String, Hashable, Sendable, CaseIterable {
    case add, subtract, multiply, divide
  }

  /// Functions over the related subjects of one.
  package enum Aggregate: String, Hashable, Sendable, CaseIterable {
    /// 任一: yes when one is, also while the list is not complete
    case any
    /// 全部: yes only over a complete list
    case all
    /// 合计: a lower bound while the list is not complete
    case sum
    /// 计数: of those that the filter holds for
    case count
    /// 最大, 最小
    case greatest, least
  }

  /// A rounding that the text states.
  package struct Rounding: Hashable, Sendable {
    package var mode: RoundingMode
    /// The unit rounded to, in the base unit: 1元, 0.01元, 10000元.
    package var unit: Rational

    package init(mode: RoundingMode, unit: Rational) {
      self.mode = mode
      self.unit = unit
    }
  }
}

/// Functions of the language; a new one does not compile until every interpretation answers for it.
package enum Builtin: String, Hashable, Sendable, CaseIterable {
  /// 较小值（甲，乙…）: quantities, dates or lengths of time
  case least
  /// 较大值（甲，乙…）
  case greatest
  /// 周岁（出生日期，日期）: full years on the birthday, as a count of 岁
  case fullYears
  /// 满月数（起，止）: full months
  case fullMonths
  /// 天数（起，止）: days, the first day not counted (民法典 201)
  case days
  /// 工作日后（日期，5）: the date so many working days later; unknown where the year's notice is not loaded
  case workingDaysAfter
  /// 年末（日期）: the last day of its year
  case endOfYear
  /// 年份（日期）
  case year
  /// The month and day of a date as month × 100 + day, for windows that come every year: `每年3月1日`
  case monthDay
}
