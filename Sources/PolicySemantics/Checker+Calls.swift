import PolicyDiagnostics
import PolicyIR
import PolicySyntax
import PolicyText
import PolicyValues

extension Checker {
  // MARK: 的, 于

  func path(_ operands: NodeList, _ parts: SyntaxFile.Significant, _ file: SyntaxFile, _ scope: Scope, _ span: Span)
    -> Expression?
  {
    guard let left = operands.first else { return nil }
    if file.tree[left].kind == .nameUse {
      let number = Int(file.tree[left].detail)
      for meaning in symbols.meanings(of: number) {
        // 项目 的 投资主体: the subject itself, or one around it.
        if case .kind(let kind) = meaning, let depth = scope.kinds.firstIndex(of: kind), operands.count == 2 {
          return nameUse(operands[1], file, Scope(kinds: [kind]), expecting: nil, isOwned: true).map {
            shifted($0, by: depth, span)
          }
        }
        if case .measure(let id) = meaning, operands.count == 1 {
          guard !grantsOtherwise.contains(id) else {
            remark(
              .typeMismatch, span, "“\(program.measures[id].name)”给的不是金额，不能用在式子里",
              "“\(program.measures[id].name)” grants no money, so its amount can't be used")
            return nil
          }
          return Expression(.measureAmount(id), type: .money, span: span)
        }
      }
    }
    guard operands.count == 2, let owner = lower(left, file, scope, expecting: nil) else { return nil }
    guard case .entity(let kind) = owner.type else {
      remark(
        .typeMismatch, file.span(left), "“\(file.text(left))”不是相关主体，后面不能接“的”",
        "“\(file.text(left))” is no related subject, so “of” cannot follow",
        help: isMany(owner.type)
          ? [Bilingual(zh: "若干主体要用 任一、全部、合计、计数 等", en: "use any, all, sum, count-of over many")] : [])
      return nil
    }
    guard
      case .field(let field, _)? = nameUse(operands[1], file, Scope(kinds: [kind]), expecting: nil, isOwned: true)?.form
    else {
      return nil
    }
    return Expression(.fieldOf(owner, field), type: program.fields[field].type, span: span)
  }

  private func isMany(_ type: ValueType) -> Bool {
    if case .many = type { return true }
    return false
  }

  /// A name of an outer subject, seen from inside.
  private func shifted(_ expression: Expression, by depth: Int, _ span: Span) -> Expression {
    var result = expression
    result.span = span
    switch expression.form {
    case .field(let id, _): result.form = .field(id, depth: depth)
    case .definition(let id, _): result.form = .definition(id, depth: depth)
    case .classification(let id, _): result.form = .classification(id, depth: depth)
    default: break
    }
    return result
  }

  func pointInTime(_ operands: NodeList, _ file: SyntaxFile, _ scope: Scope, _ span: Span) -> Expression? {
    guard operands.count == 2, file.tree[operands[0]].kind == .nameUse else { return nil }
    for case .parameter(let id) in symbols.meanings(of: Int(file.tree[operands[0]].detail)) {
      guard let date = lower(operands[1], file, scope, expecting: .date) else { return nil }
      guard date.type == .date else { return mismatch(file.span(operands[1]), expected: .date, found: date.type) }
      usedOrigins.append(program.parameters[id].origin)
      return Expression(.parameter(id, at: date), type: program.parameters[id].type, span: span)
    }
    remark(
      .wrongMeaning, file.span(operands[0]), "“\(file.text(operands[0]))”不是参数",
      "“\(file.text(operands[0]))” is not a parameter",
      help: didYouMean(nearest(file.text(operands[0]), in: program.parameters.map(\.name))))
    return nil
  }

  // MARK: Functions

  func call(_ node: Int, _ parts: SyntaxFile.Significant, _ operands: NodeList, _ file: SyntaxFile, _ scope: Scope)
    -> Expression?
  {
    guard let keyword = Keyword(rawValue: UInt8(truncatingIfNeeded: file.tree[node].detail)) else { return nil }
    let span = file.span(node)
    switch keyword {
    case .asOf: return Expression(.asOf, type: .date, span: span)
    case .sum, .counting, .any, .all, .maximum, .minimum:
      return aggregate(keyword, operands, file, scope, span)
    case .atLeastCount: return atLeast(operands, file, scope, span)
    case .least, .greatest: return extremum(keyword, operands, file, scope, span)
    case .fullYears: return dateFunction(.fullYears, operands, file, scope, span, .quantity(unit("岁")))
    case .fullMonths: return dateFunction(.fullMonths, operands, file, scope, span, .quantity(.number))
    case .days: return dateFunction(.days, operands, file, scope, span, .quantity(.number))
    case .endOfYear: return dateFunction(.endOfYear, operands, file, scope, span, .date)
    case .yearOf: return dateFunction(.year, operands, file, scope, span, .quantity(.number))
    case .workingDaysAfter: return workingDays(operands, file, scope, span)
    default:
      remark(.unexpectedText, span, "“\(file.text(node))”不能放在这里", "“\(file.text(node))” cannot stand here")
      return nil
    }
  }

  private func unit(_ name: String) -> Dimension { Unit.named(name)?.dimension ?? .number }

  private func wrongArguments(_ span: Span, _ zh: String, _ en: String) -> Expression? {
    remark(.wrongArguments, span, zh, en)
    return nil
  }

  private func extremum(
    _ keyword: Keyword, _ operands: NodeList, _ file: SyntaxFile, _ scope: Scope, _ span: Span
  ) -> Expression? {
    var values: [Expression] = []
    for operand in operands {
      guard let value = lower(operand, file, scope, expecting: values.first?.type) else { return nil }
      if let first = values.first, first.type != value.type {
        return mismatch(file.span(operand), expected: first.type, found: value.type)
      }
      values.append(value)
    }
    guard values.count >= 2, isComparableValue(values[0].type) || values[0].type == .duration else {
      return wrongArguments(
        span, "“\(keyword.entry.zh[0])”要两个以上的数值、日期或期间",
        "“\(keyword.entry.en)” takes two or more quantities, dates or lengths of time")
    }
    return Expression(.call(keyword == .least ? .least : .greatest, values), type: values[0].type, span: span)
  }

  private func isComparableValue(_ type: ValueType) -> Bool {
    switch type {
    case .quantity, .date: true
    default: false
    }
  }

  private func dateFunction(
    _ builtin: Builtin, _ operands: NodeList, _ file: SyntaxFile, _ scope: Scope, _ span: Span, _ type: ValueType
  ) -> Expression? {
    let wanted = builtin == .endOfYear || builtin == .year ? 1 : 2
    guard operands.count == wanted else {
      return wrongArguments(span, "此处应有\(wanted)个日期", "expected \(wanted) dates")
    }
    var dates: [Expression] = []
    for operand in operands {
      guard let date = lower(operand, file, scope, expecting: .date) else { return nil }
      guard date.type == .date else { return mismatch(file.span(operand), expected: .date, found: date.type) }
      dates.append(date)
    }
    return Expression(.call(builtin, dates), type: type, span: span)
  }

  private func workingDays(_ operands: NodeList, _ file: SyntaxFile, _ scope: Scope, _ span: Span) -> Expression? {
    guard operands.count == 2, let date = lower(operands[0], file, scope, expecting: .date), date.type == .date,
      let count = lower(operands[1], file, scope, expecting: .quantity(.number))
    else { return wrongArguments(span, "应写“工作日后（日期，天数）”", "expected “working-days-after (date, count)”") }
    var number = count
    if case .literal(.duration(let duration)) = count.form {
      number = Expression(
        .literal(.quantity(Rational(Int(duration.workingDays)))), type: .quantity(.number), span: count.span)
    }
    guard case .quantity = number.type else {
      return mismatch(file.span(operands[1]), expected: .quantity(.number), found: count.type)
    }
    return Expression(.call(.workingDaysAfter, [date, number]), type: .date, span: span)
  }

  /// `至少 2 项（甲；乙；丙）`
  private func atLeast(_ operands: NodeList, _ file: SyntaxFile, _ scope: Scope, _ span: Span) -> Expression? {
    guard let first = operands.first, file.tree[first].kind == .quantity,
      let literal = try? LiteralReader.quantity(strip(file.text(first))), literal.value.isInteger,
      let count = Int(exactly: literal.value.numerator)
    else { return wrongArguments(span, "应写“至少 2 项（甲；乙；丙）”", "expected “at-least-of 2 items (a; b; c)”") }
    literals.append(
      LiteralUse(
        value: .quantity(literal.value, literal.dimension), span: file.span(first), text: strip(file.text(first))))
    let tests = operands.dropFirst().map { truth($0, file, scope) }
    guard tests.allSatisfy({ $0 != nil }) else { return nil }
    guard count >= 1, count <= tests.count else {
      return wrongArguments(
        span, "只列了\(tests.count)项，不能要求至少\(count)项", "only \(tests.count) items are listed, \(count) are asked for")
    }
    return Expression(.atLeast(count, tests.compactMap { $0 }), type: .truth, span: span)
  }

  /// `任一（贷款，贷款机构 为 银行）`, `合计（贷款 的 本金，当 …）`, `计数（贷款）`
  private func aggregate(
    _ keyword: Keyword, _ operands: NodeList, _ file: SyntaxFile, _ scope: Scope, _ span: Span
  ) -> Expression? {
    guard let first = operands.first else {
      return wrongArguments(span, "“\(keyword.entry.zh[0])”后面应写若干主体", "expected related subjects")
    }
    var relationNode = first
    var bodyNode: Int?
    if file.tree[first].kind == .path {
      let ends = file.significant(first).filter { !file.tree[$0].kind.isToken }
      if ends.count == 2 {
        relationNode = ends[0]
        bodyNode = ends[1]
      }
    }
    guard let relation = lower(relationNode, file, scope, expecting: nil) else { return nil }
    guard case .field(let field, let depth) = relation.form, case .many(let kind) = relation.type else {
      return wrongArguments(
        file.span(relationNode), "“\(file.text(relationNode))”不是“若干”主体",
        "“\(file.text(relationNode))” is not a many-relation")
    }
    let inner = scope.inside(kind)
    var filter: Expression?
    for operand in operands.dropFirst() {
      if file.tree[operand].kind == .item {
        guard let test = file.significant(operand).first(where: { !file.tree[$0].kind.isToken }),
          let condition = truth(test, file, inner)
        else { return nil }
        filter = condition
      } else {
        bodyNode = operand
      }
    }
    return aggregate(keyword, field, depth, filter, bodyNode, file, inner, span)
  }

  private func aggregate(
    _ keyword: Keyword, _ field: FieldID, _ depth: Int, _ filter: Expression?, _ bodyNode: Int?, _ file: SyntaxFile,
    _ inner: Scope, _ span: Span
  ) -> Expression? {
    func result(_ kind: Expression.Aggregate, _ body: Expression?, _ type: ValueType) -> Expression {
      Expression(.aggregate(kind, relation: field, depth: depth, filter: filter, body: body), type: type, span: span)
    }
    switch keyword {
    case .counting:
      if let bodyNode {
        guard let body = truth(bodyNode, file, inner) else { return nil }
        return Expression(
          .aggregate(.count, relation: field, depth: depth, filter: body, body: nil), type: .quantity(.number),
          span: span)
      }
      return result(.count, nil, .quantity(.number))
    case .any, .all:
      guard let bodyNode else {
        return wrongArguments(
          span, "“\(keyword.entry.zh[0])”后面应写条件，如（贷款，贷款机构 为 银行）", "expected a condition as the second argument")
      }
      guard let body = truth(bodyNode, file, inner) else { return nil }
      return result(keyword == .any ? .any : .all, body, .truth)
    default:
      guard let bodyNode else {
        return wrongArguments(
          span, "“\(keyword.entry.zh[0])”应写明哪个数值，如（贷款 的 本金）", "expected which value, such as (loans of principal)")
      }
      guard let body = lower(bodyNode, file, inner, expecting: nil) else { return nil }
      guard isComparableValue(body.type), keyword != .sum || body.type != .date else {
        return mismatch(file.span(bodyNode), expected: .money, found: body.type)
      }
      return result(keyword == .sum ? .sum : keyword == .maximum ? .greatest : .least, body, body.type)
    }
  }
}
