package import PolicyValues

/// The type of a fact or of an expression.
package enum ValueType: Hashable, Sendable {
  /// 是否: `属康养产业：是否`
  case truth
  /// 金额, 面积, 比率, 数量…: `备案总投资：金额`
  case quantity(Dimension)
  /// 日期: `立项日期：日期`
  case date
  /// 期间: `运营期：期间`
  case duration
  /// 文本, compared only for equality: `建设单位：文本`
  case text
  /// One value of a declared option: `所在县区：县区`
  case option(OptionTypeID)
  /// One related subject: `运营方：企业`
  case entity(KindID)
  /// Several related subjects: `贷款：若干 贷款`
  case many(KindID)

  /// 金额
  package static let money = ValueType.quantity(.money)
}

/// A value of a fact or of an expression; truth values of expressions are `Truth`, facts hold `.truth`.
package enum Value: Hashable, Sendable {
  case truth(Bool)
  /// In the base unit of its dimension: 元, 亩, 1.
  case quantity(Rational)
  case date(CivilDate)
  case duration(Duration)
  case text(String)
  /// The index of an option's value, in declared order.
  case option(Int32)
}
