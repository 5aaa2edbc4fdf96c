import PolicyDiagnostics
import PolicyIR
import PolicySyntax
import PolicyText
import PolicyValues

extension Checker {
  // MARK: Comparisons

  func comparison(_ node: Int, _ operands: [Int], _ file: SyntaxFile, _ scope: Scope) -> Expression? {
    guard operands.count == 2, let keyword = Keyword(rawValue: UInt8(truncatingIfNeeded: file.tree[node].detail)),
      let left = lower(operands[0], file, scope, expecting: nil)
    else { return nil }
    return compare(left, operands[1], relation(keyword), file, scope, file.span(node))
  }

  func relation(_ keyword: Keyword) -> Expression.Comparison {
    switch keyword {
    case .moreThan: .greater
    case .lessThan: .less
    case .notLess: .greaterOrEqual
    case .notMore: .lessOrEqual
    case .notEquals, .isNotValue: .notEqual
    default: .equal
    }
  }

  func compare(
    _ left: Expression, _ right: Int, _ relation: Expression.Comparison, _ file: SyntaxFile, _ scope: Scope, _ span: Span
  ) -> Expression? {
    if file.tree[right].kind == .dateValue, left.type == .date {
      return compareDate(left, right, relation, file, span)
    }
    guard let value = lower(right, file, scope, expecting: left.type) else { return nil }
    guard comparable(left.type, value.type) else {
      return mismatch(file.span(right), expected: left.type, found: value.type)
    }
    if relation != .equal, relation != .notEqual, !isOrdered(left.type) {
      remark(
        .typeMismatch, span, "\(name(of: left.type).zh)没有大小，不能这样比较", "\(name(of: left.type).en) has no order")
      return nil
    }
    return Expression(.comparison(relation, left, value), type: .truth, span: span)
  }

  private func comparable(_ one: ValueType, _ two: ValueType) -> Bool { one == two }

  private func isOrdered(_ type: ValueType) -> Bool {
    switch type {
    case .quantity, .date: true
    case .option(let id): program.optionTypes[id].ordered
    default: false
    }
  }

  /// A date against a day or a period, whose last day 以前 includes and whose first day 以后 includes.
  private func compareDate(
    _ left: Expression, _ right: Int, _ relation: Expression.Comparison, _ file: SyntaxFile, _ span: Span
  ) -> Expression? {
    guard let period = datePeriod(right, file) else { return nil }
    func test(_ relation: Expression.Comparison, _ day: CivilDate) -> Expression {
      let value = Expression(.literal(.date(day)), type: .date, span: file.span(right))
      return Expression(.comparison(relation, left, value), type: .truth, span: span)
    }
    switch relation {
    case .lessOrEqual, .greater: return test(relation, period.last)
    case .greaterOrEqual, .less: return test(relation, period.first)
    case .equal:
      if let day = period.day { return test(.equal, day) }
      return Expression(
        .conjunction([test(.greaterOrEqual, period.first), test(.lessOrEqual, period.last)]), type: .truth, span: span)
    case .notEqual:
      if let day = period.day { return test(.notEqual, day) }
      return Expression(
        .disjunction([test(.less, period.first), test(.greater, period.last)]), type: .truth, span: span)
    }
  }

  /// `投资额 3亿元以上`, `完工日期 在 2025年年底 以前`, `医院等级 二级以上`
  func bound(_ node: Int, _ operands: [Int], _ parts: [Int], _ file: SyntaxFile, _ scope: Scope) -> Expression? {
    guard let keyword = Keyword(rawValue: UInt8(truncatingIfNeeded: file.tree[node].detail)), operands.count >= 2,
      let left = lower(operands[0], file, scope, expecting: nil)
    else { return nil }
    let span = file.span(node)
    if keyword == .through {
      guard operands.count >= 3, let low = compare(left, operands[1], .greaterOrEqual, file, scope, span),
        let high = compare(left, operands[2], .lessOrEqual, file, scope, span)
      else { return nil }
      return Expression(.conjunction([low, high]), type: .truth, span: span)
    }
    let values = operands.filter { file.tree[$0].kind != .group }
    guard values.count >= 2 else { return nil }
    let relation = boundRelation(keyword, inclusion(operands, file))
    return compare(left, values[1], relation, file, scope, span)
  }

  /// What a bound word means here: the Civil Code (art. 1259), the document's own rule, or the bracket behind the word.
  func boundRelation(_ keyword: Keyword, _ included: Bool?) -> Expression.Comparison {
    let exclusive = currentDocument.map { exclusiveBounds[$0]?.contains(keyword) == true } ?? false
    let includes = included ?? (keyword == .beyond ? false : !exclusive)
    switch keyword {
    case .atMost, .within, .before: return includes ? .lessOrEqual : .less
    default: return includes ? .greaterOrEqual : .greater
    }
  }

  /// `（含）` is true, `（不含）` false.
  func inclusion(_ operands: [Int], _ file: SyntaxFile) -> Bool? {
    for group in operands where file.tree[group].kind == .group {
      for word in file.significant(group) where file.tree[word].kind == .keyword {
        if file.tree[word].detail == UInt32(Keyword.includes.rawValue) { return true }
        if file.tree[word].detail == UInt32(Keyword.excludes.rawValue) { return false }
      }
    }
    return nil
  }

  // MARK: 为

  func membership(_ node: Int, _ operands: [Int], _ parts: [Int], _ file: SyntaxFile, _ scope: Scope) -> Expression? {
    guard operands.count >= 2, let left = lower(operands[0], file, scope, expecting: nil) else { return nil }
    let span = file.span(node)
    let isNegated = file.tree[node].detail == UInt32(Keyword.isNotValue.rawValue)
    let isOpen = parts.contains {
      file.tree[$0].kind == .keyword && file.tree[$0].detail == UInt32(Keyword.etc.rawValue)
    }
    let result: Expression?
    if operands.count == 2, !isOpen {
      result = single(left, operands[1], file, scope, span)
    } else {
      result = several(left, Array(operands.dropFirst()), isOpen, file, scope, span)
    }
    guard let result else { return nil }
    return isNegated ? Expression(.negation(result), type: .truth, span: span) : result
  }

  private func single(_ left: Expression, _ right: Int, _ file: SyntaxFile, _ scope: Scope, _ span: Span) -> Expression? {
    if left.type == .truth, file.tree[right].kind == .truth {
      let isYes = [Keyword.trueValue, .yes].contains { file.tree[right].detail == UInt32($0.rawValue) }
      return isYes ? left : Expression(.negation(left), type: .truth, span: span)
    }
    return compare(left, right, .equal, file, scope, span)
  }

  private func several(
    _ left: Expression, _ values: [Int], _ isOpen: Bool, _ file: SyntaxFile, _ scope: Scope, _ span: Span
  ) -> Expression? {
    var list: [Value] = []
    for node in values where !file.tree[node].kind.isToken {
      guard let value = lower(node, file, scope, expecting: left.type) else { return nil }
      guard value.type == left.type, case .literal(let literal) = value.form else {
        return mismatch(file.span(node), expected: left.type, found: value.type)
      }
      if list.contains(literal) {
        remark(.duplicateName, file.span(node), "“\(file.text(node))”写了两次", "“\(file.text(node))” is listed twice")
      }
      if case .option(let option) = left.type, case .option(let index) = literal {
        let entry = program.optionTypes[option].values[Int(index)]
        literals.append(
          LiteralUse(
            value: .words([entry.name, file.text(node)] + entry.aliases), span: file.span(node), text: file.text(node)))
      }
      list.append(literal)
    }
    return Expression(.membership(left, list, open: isOpen), type: .truth, span: span)
  }

  // MARK: Other rules

  func holds(_ operands: [Int], _ file: SyntaxFile, _ span: Span) -> Expression? {
    guard let node = operands.first else { return nil }
    if file.tree[node].kind == .nameUse {
      let number = Int(file.tree[node].detail)
      for case .measure(let id) in symbols.meanings(of: number) {
        return Expression(.measureHolds(id), type: .truth, span: span)
      }
    }
    remark(
      .wrongMeaning, file.span(node), "“\(file.text(node))”不是措施，不能说它“符合”", "“\(file.text(node))” is not a measure",
      help: didYouMean(nearest(file.text(node), in: program.measures.map(\.name))))
    return nil
  }

  func onList(_ operands: [Int], _ file: SyntaxFile, _ scope: Scope, _ span: Span) -> Expression? {
    guard let node = operands.last, file.tree[node].kind == .nameUse else { return nil }
    for case .nameList(let id) in symbols.meanings(of: Int(file.tree[node].detail)) {
      guard program.nameLists[id].kind == scope.kinds[0] else {
        remark(
          .typeMismatch, file.span(node),
          "名单“\(program.nameLists[id].name)”列的是“\(program.kinds[program.nameLists[id].kind].name)”",
          "the list “\(program.nameLists[id].name)” is of “\(program.kinds[program.nameLists[id].kind].name)”")
        return nil
      }
      return Expression(.onList(id), type: .truth, span: span)
    }
    remark(
      .wrongMeaning, file.span(node), "“\(file.text(node))”不是名单", "“\(file.text(node))” is not a list of names",
      help: didYouMean(nearest(file.text(node), in: program.nameLists.map(\.name))))
    return nil
  }
}
