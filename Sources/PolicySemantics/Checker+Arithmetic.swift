import PolicyDiagnostics
import PolicyIR
import PolicySyntax
import PolicyText
import PolicyValues

extension Checker {
  /// `＋ － × ÷` in a row, from left to right.
  func arithmetic(_ node: Int, _ parts: SyntaxFile.Significant, _ file: SyntaxFile, _ scope: Scope) -> Expression? {
    var result: Expression?
    var pending: Expression.Arithmetic?
    for part in parts {
      if file.tree[part].kind.isToken {
        pending = operation(part, file)
        continue
      }
      guard let value = lower(part, file, scope, expecting: nil) else { return nil }
      guard let left = result else {
        result = value
        continue
      }
      guard let operation = pending, let combined = combine(operation, left, value, file.span(node)) else { return nil }
      result = combined
    }
    return result
  }

  private func operation(_ token: Int, _ file: SyntaxFile) -> Expression.Arithmetic? {
    switch (file.tree[token].kind, file.tree[token].detail) {
    case (.punctuation, 0x2B): .add
    case (.punctuation, 0x2D): .subtract
    case (.punctuation, 0xD7), (.punctuation, 0x2A): .multiply
    case (.punctuation, 0xF7), (.punctuation, 0x2F): .divide
    case (.keyword, UInt32(Keyword.plus.rawValue)): .add
    case (.keyword, UInt32(Keyword.minus.rawValue)): .subtract
    case (.keyword, UInt32(Keyword.times.rawValue)): .multiply
    case (.keyword, UInt32(Keyword.dividedBy.rawValue)): .divide
    default: nil
    }
  }

  /// Types of an operation: dimensions add only to themselves and multiply freely; dates move by durations.
  func combine(_ operation: Expression.Arithmetic, _ left: Expression, _ right: Expression, _ span: Span) -> Expression?
  {
    func result(_ type: ValueType) -> Expression {
      Expression(.arithmetic(operation, left, right), type: type, span: span)
    }
    switch (operation, left.type, right.type) {
    case (.add, .quantity(let one), .quantity(let two)), (.subtract, .quantity(let one), .quantity(let two)):
      if let sum = one.sum(with: two) { return result(.quantity(sum)) }
    case (.multiply, .quantity(let one), .quantity(let two)):
      if let product = one.times(two) { return result(.quantity(product)) }
    case (.divide, .quantity(let one), .quantity(let two)):
      if let quotient = one.dividedBy(two) { return result(.quantity(quotient)) }
    case (.add, .date, .duration), (.subtract, .date, .duration): return result(.date)
    default: break
    }
    let word = operationName(operation)
    remark(
      .typeMismatch, span, "\(name(of: left.type).zh)和\(name(of: right.type).zh)不能相\(word.zh)",
      "cannot \(word.en) \(name(of: left.type).en) and \(name(of: right.type).en)")
    return nil
  }

  private func operationName(_ operation: Expression.Arithmetic) -> Bilingual {
    switch operation {
    case .add: Bilingual(zh: "加", en: "add")
    case .subtract: Bilingual(zh: "减", en: "subtract")
    case .multiply: Bilingual(zh: "乘", en: "multiply")
    case .divide: Bilingual(zh: "除", en: "divide")
    }
  }

  /// `提高 5%` multiplies, `提高 5个百分点` and `提高 100元` add; `减半` multiplies by one half.
  func adjustment(_ node: Int, _ operands: NodeList, _ file: SyntaxFile, _ scope: Scope) -> Expression? {
    guard let first = operands.first, let base = lower(first, file, scope, expecting: nil) else { return nil }
    let span = file.span(node)
    func literal(_ value: Rational) -> Expression {
      Expression(.literal(.quantity(value)), type: .quantity(.number), span: span)
    }
    let keyword = Keyword(rawValue: UInt8(truncatingIfNeeded: file.tree[node].detail))
    if keyword == .half {
      guard let half = try? Rational(numerator: 1, denominator: 2) else { return nil }
      return combine(.multiply, base, literal(half), span)
    }
    guard operands.count > 1, let change = lower(operands[1], file, scope, expecting: nil) else { return nil }
    let operation: Expression.Arithmetic = keyword == .raise ? .add : .subtract
    if change.type == .quantity(.percentagePoints) {
      guard base.type == .quantity(.number) else {
        return mismatch(file.span(operands[0]), expected: .quantity(.number), found: base.type)
      }
      return Expression(.arithmetic(operation, base, change), type: .quantity(.number), span: span)
    }
    if change.type == .quantity(.number) {
      let factor = Expression(
        .arithmetic(operation, literal(.one), change), type: .quantity(.number), span: file.span(operands[1]))
      return combine(.multiply, base, factor, span)
    }
    return combine(operation, base, change, span)
  }

  /// `…，最高 300万元`
  func clamp(_ node: Int, _ operands: NodeList, _ file: SyntaxFile, _ scope: Scope) -> Expression? {
    guard operands.count == 2, let base = lower(operands[0], file, scope, expecting: nil),
      let limit = lower(operands[1], file, scope, expecting: base.type)
    else { return nil }
    guard base.type == limit.type, case .quantity = base.type else {
      return mismatch(file.span(operands[1]), expected: base.type, found: limit.type)
    }
    let isCap = file.tree[node].detail == UInt32(Keyword.noMoreThan.rawValue)
    return Expression(.call(isCap ? .least : .greatest, [base, limit]), type: base.type, span: file.span(node))
  }

  /// `…，四舍五入到 1元`
  func rounded(_ node: Int, _ operands: NodeList, _ file: SyntaxFile, _ scope: Scope) -> Expression? {
    guard operands.count == 2, let base = lower(operands[0], file, scope, expecting: nil),
      let unit = lower(operands[1], file, scope, expecting: base.type)
    else { return nil }
    guard base.type == unit.type, case .literal(.quantity(let step)) = unit.form, step > .zero else {
      return mismatch(file.span(operands[1]), expected: base.type, found: unit.type)
    }
    let mode: RoundingMode =
      switch Keyword(rawValue: UInt8(truncatingIfNeeded: file.tree[node].detail)) {
      case .roundUp: .up
      case .roundDown: .down
      default: .halfUp
      }
    return Expression(
      .rounded(base, Expression.Rounding(mode: mode, unit: step)), type: base.type, span: file.span(node))
  }

  func conditional(
    _ operands: NodeList, _ file: SyntaxFile, _ scope: Scope, _ type: ValueType?, _ span: Span
  ) -> Expression? {
    guard operands.count == 3, let test = truth(operands[0], file, scope),
      let yes = lower(operands[1], file, scope, expecting: type),
      let no = lower(operands[2], file, scope, expecting: type ?? yes.type)
    else { return nil }
    guard yes.type == no.type else { return mismatch(file.span(operands[2]), expected: yes.type, found: no.type) }
    return Expression(.conditional(test, yes, no), type: yes.type, span: span)
  }
}
