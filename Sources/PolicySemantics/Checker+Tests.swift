import PolicyDiagnostics
import PolicyIR
import PolicySyntax
import PolicyText
import PolicyValues

extension Checker {
  // MARK: Comparisons

  func comparison(_ node: Int, _ operands: NodeList, _ file: SyntaxFile, _ scope: Scope) -> Expression? {
    guard operands.count == 2, let keyword = Keyword(rawValue: UInt8(truncatingIfNeeded: file.tree[node].detail)),
      let left = lower(operands[0], file, scope, expecting: nil)
    else { return nil }
    return compare(left, operands[1], relation(keyword), file, scope, file.span(node))
  }

  func relation(_ keyword: Keyword) -> Expression.Comparison {
    let inclusive = currentDocument.flatMap { statedBounds[$0]?[keyword] }
    switch keyword {
    case .moreThan: return inclusive == true ? .greaterOrEqual : .greater
    case .lessThan: return inclusive == true ? .lessOrEqual : .less
    case .notLess: return inclusive == false ? .greater : .greaterOrEqual
    case .notMore: return inclusive == false ? .less : .lessOrEqual
    case .notEquals, .isNotValue: return .notEqual
    default: return .equal
    }
  }

  func compare(
    _ left: Expression, _ right: Int, _ relation: Expression.Comparison, _ file: SyntaxFile, _ scope: Scope,
    _ span: Span
  ) -> Expression? {
    if file.tree[right].kind == .dateValue, file.tree[right].detail == 1, left.type == .date {
      return compareEveryYear(left, right, relation, file, span)
    }
    if file.tree[right].kind == .dateValue, left.type == .date {
      return compareDate(left, right, relation, file, span)
    }
    guard let value = lower(right, file, scope, expecting: left.type) else { return nil }
    // “有增长的” can only be written as more than 0, which no text spells out.
    if case .literal(.quantity(.zero)) = value.form { literals.removeAll { $0.span == value.span } }
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

  /// `申报日期 在 每年3月1日 以后`: by month and day alone.
  private func compareEveryYear(
    _ left: Expression, _ right: Int, _ relation: Expression.Comparison, _ file: SyntaxFile, _ span: Span
  ) -> Expression? {
    let text = strip(file.text(right))
    guard let day = MonthDay(text) else { return nil }
    literals.append(LiteralUse(value: .monthDay(day.number), span: file.span(right), text: text))
    let number = Expression(.literal(.quantity(Rational(day.number))), type: .quantity(.number), span: file.span(right))
    let ofYear = Expression(.call(.monthDay, [left]), type: .quantity(.number), span: left.span)
    return Expression(.comparison(relation, ofYear, number), type: .truth, span: span)
  }

  /// `成立日期 至 查询日期 满 1年`: full months from a start to an end, or days where the length is in days.
  func elapsed(_ node: Int, _ operands: NodeList, _ file: SyntaxFile, _ scope: Scope) -> Expression? {
    guard operands.count == 3, let keyword = Keyword(rawValue: UInt8(truncatingIfNeeded: file.tree[node].detail)),
      let start = lower(operands[0], file, scope, expecting: .date),
      let end = lower(operands[1], file, scope, expecting: .date),
      let length = lower(operands[2], file, scope, expecting: .duration)
    else { return nil }
    for (side, operand) in [(start, operands[0]), (end, operands[1])] where side.type != .date {
      return mismatch(file.span(operand), expected: .date, found: side.type)
    }
    guard case .literal(.duration(let duration)) = length.form, duration.workingDays == 0,
      duration.months == 0 || duration.days == 0
    else { return mismatch(file.span(operands[2]), expected: .duration, found: length.type) }
    let count = duration.months > 0 ? duration.months : duration.days
    let elapsed = Expression(
      .call(duration.months > 0 ? .fullMonths : .days, [start, end]), type: .quantity(.number), span: file.span(node))
    let wanted = Expression(
      .literal(.quantity(Rational(Int(count)))), type: .quantity(.number), span: file.span(operands[2]))
    return Expression(.comparison(relation(keyword), elapsed, wanted), type: .truth, span: file.span(node))
  }

  private func comparable(_ one: ValueType, _ two: ValueType) -> Bool { one == two }

  private func isOrdered(_ type: ValueType) -> Bool {
    switch type {
    case .quantity, .date, .duration: true
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
  func bound(_ node: Int, _ operands: NodeList, _ parts: SyntaxFile.Significant, _ file: SyntaxFile, _ scope: Scope)
    -> Expression?
  {
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
    guard let value = operands.dropFirst().first(where: { file.tree[$0].kind != .group }) else { return nil }
    let relation = boundRelation(keyword, inclusion(operands, file))
    return compare(left, value, relation, file, scope, span)
  }

  /// What a bound word means here: the Civil Code (art. 1259), the document's own rule, or the bracket behind the word.
  func boundRelation(_ keyword: Keyword, _ included: Bool?) -> Expression.Comparison {
    let stated = currentDocument.flatMap { statedBounds[$0]?[keyword] }
    let includes = included ?? stated ?? (keyword != .beyond)
    switch keyword {
    case .atMost, .within, .before: return includes ? .lessOrEqual : .less
    default: return includes ? .greaterOrEqual : .greater
    }
  }

  /// `（含）` is true, `（不含）` false.
  func inclusion(_ operands: NodeList, _ file: SyntaxFile) -> Bool? {
    for group in operands where file.tree[group].kind == .group {
      for word in file.significant(group) where file.tree[word].kind == .keyword {
        if file.tree[word].detail == UInt32(Keyword.includes.rawValue) { return true }
        if file.tree[word].detail == UInt32(Keyword.excludes.rawValue) { return false }
      }
    }
    return nil
  }

  // MARK: 为

  func membership(
    _ node: Int, _ operands: NodeList, _ parts: SyntaxFile.Significant, _ file: SyntaxFile, _ scope: Scope
  ) -> Expression? {
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

  private func single(_ left: Expression, _ right: Int, _ file: SyntaxFile, _ scope: Scope, _ span: Span) -> Expression?
  {
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

  /// The subject's own name, or a text of it, against a list.
  private func onList(
    _ id: NameListID, _ operand: Int, _ file: SyntaxFile, _ scope: Scope, _ span: Span
  ) -> Expression? {
    let list = program.nameLists[id]
    if file.tree[operand].kind == .nameUse {
      for case .kind(let kind) in symbols.meanings(of: Int(file.tree[operand].detail)) where kind == scope.kinds[0] {
        return Expression(.onList(id), type: .truth, span: span)
      }
    }
    guard let value = lower(operand, file, scope, expecting: .text) else { return nil }
    guard value.type == .text else { return mismatch(file.span(operand), expected: .text, found: value.type) }
    guard let names = list.names else { return Expression(.onList(id), type: .truth, span: span) }
    return Expression(
      .membership(value, names.map { .text($0) }, open: !list.complete), type: .truth, span: span)
  }

  func holds(_ operands: NodeList, _ file: SyntaxFile, _ scope: Scope, _ span: Span) -> Expression? {
    guard let node = operands.first else { return nil }
    if file.tree[node].kind == .nameUse {
      let number = Int(file.tree[node].detail)
      for case .measure(let id) in symbols.meanings(of: number) {
        if scope.kinds.count > 1 {
          remark(
            .wrongMeaning, span, "任一、全部、合计、计数里不能问措施是否符合",
            "whether a measure holds can't be asked inside any, all, sum or count-of")
          return nil
        }
        return Expression(.measureHolds(id), type: .truth, span: span)
      }
    }
    remark(
      .wrongMeaning, file.span(node), "“\(file.text(node))”不是措施，不能说它“符合”", "“\(file.text(node))” is not a measure",
      help: didYouMean(nearest(file.text(node), in: program.measures.map(\.name))))
    return nil
  }

  func onList(_ operands: NodeList, _ file: SyntaxFile, _ scope: Scope, _ span: Span) -> Expression? {
    guard let node = operands.last, file.tree[node].kind == .nameUse, operands.count == 2 else { return nil }
    for case .nameList(let id) in symbols.meanings(of: Int(file.tree[node].detail)) {
      guard program.nameLists[id].kind == scope.kinds[0] else {
        remark(
          .typeMismatch, file.span(node),
          "名单“\(program.nameLists[id].name)”列的是“\(program.kinds[program.nameLists[id].kind].name)”",
          "the list “\(program.nameLists[id].name)” is of “\(program.kinds[program.nameLists[id].kind].name)”")
        return nil
      }
      return onList(id, operands[0], file, scope, span)
    }
    remark(
      .wrongMeaning, file.span(node), "“\(file.text(node))”不是名单", "“\(file.text(node))” is not a list of names",
      help: didYouMean(nearest(file.text(node), in: program.nameLists.map(\.name))))
    return nil
  }
}
