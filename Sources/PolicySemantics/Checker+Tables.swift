import PolicyDiagnostics
import PolicyIR
import PolicySyntax
import PolicyText
import PolicyValues

extension Checker {
  func declareTable(_ index: Int) {
    let view = blocks[index].view
    guard let kind = tableKind(view) else { return markBroken(view) }
    let id = TableID(program.tables.count)
    declare(.table(id), view) { [self] in ruleSpan($0) }
    let rows = view.rows
    let type = resultType(view, rows, kind) ?? .money
    program.tables.append(
      DecisionTable(
        name: displayName(view), kind: kind, type: type, columns: [], rows: [],
        origin: origin(of: index, required: true)))
    blocks[index].index = id.index
  }

  /// The kind in brackets, or the one kind that has all the columns.
  func tableKind(_ view: BlockView) -> KindID? {
    if view.parameter != nil || program.kinds.count == 1 { return parameterKind(view) }
    let heads = columnNames(view)
    let fitting = program.kinds.indices.filter { kind in
      heads.dropLast().allSatisfy { name in
        symbols.meanings(of: name).contains { belongs($0, to: KindID(kind)) }
      }
    }
    if fitting.count == 1 { return KindID(fitting[0]) }
    remark(
      .missingText, view.span, "标准表“\(displayName(view))”应在括号里写主体，如（项目）",
      "the table “\(displayName(view))” needs its kind in brackets")
    return nil
  }

  func belongs(_ symbol: Symbol, to kind: KindID) -> Bool {
    switch symbol {
    case .field(let id): program.fields[id].kind == kind
    case .definition(let id): program.definitions[id].kind == kind
    case .classification(let id): program.classifications[id].kind == kind
    default: false
    }
  }

  func columnNames(_ view: BlockView) -> [String] {
    (view.rows.first?.cells ?? []).map { strip(view.file.text($0)) }
  }

  /// The type of the first row's result, read without remarks.
  func resultType(_ view: BlockView, _ rows: [(node: Int, cells: [Int])], _ kind: KindID) -> ValueType? {
    guard rows.count > 1, let cell = rows[1].cells.last, let node = cellExpression(cell, view.file) else { return nil }
    let kept = (remarks, literals, usedOrigins)
    defer { (remarks, literals, usedOrigins) = kept }
    return lower(node, view.file, Scope(kinds: [kind]), expecting: nil)?.type
  }

  func cellContent(_ cell: Int, _ file: SyntaxFile) -> Int? {
    file.significant(cell).first { file.tree[$0].kind == .content }
  }

  func cellExpression(_ cell: Int, _ file: SyntaxFile) -> Int? {
    cellContent(cell, file).flatMap { content in file.significant(content).first { !file.tree[$0].kind.isToken } }
  }

  func completeTable(_ index: Int) {
    let block = blocks[index]
    guard block.index >= 0 else { return }
    let view = block.view
    let table = program.tables[block.index]
    let scope = Scope(kinds: [table.kind])
    let rows = view.rows
    beginRule()
    guard rows.count >= 2, let heads = rows.first?.cells, heads.count >= 2 else {
      remark(
        .missingLine, view.span, "标准表“\(table.name)”至少要有表头、一列条件和一行标准",
        "the table “\(table.name)” needs a head, a column of tests and a row")
      return
    }
    var inputs: [Expression] = []
    for head in heads.dropLast() {
      guard let node = cellExpression(head, view.file), let input = lower(node, view.file, scope, expecting: nil) else {
        if cellExpression(head, view.file) == nil {
          remark(.missingText, view.file.span(head), "表头应为字段或定义的名称", "a column's head names a fact or definition")
        }
        return
      }
      inputs.append(input)
    }
    program.tables[block.index].columns = heads.dropLast().map { view.file.text($0) }
    for row in rows.dropFirst() {
      guard row.cells.count == heads.count else {
        remark(
          .wrongArguments, view.file.span(row.node), "这一行有\(row.cells.count)格，表头有\(heads.count)格",
          "this row has \(row.cells.count) cells, the head has \(heads.count)")
        continue
      }
      var tests: [Expression?] = []
      for (cell, input) in zip(row.cells, inputs) { tests.append(cellTest(cell, input, view.file, scope)) }
      guard let node = cellExpression(row.cells[heads.count - 1], view.file),
        let result = lower(node, view.file, scope, expecting: table.type)
      else { continue }
      guard result.type == table.type else {
        _ = mismatch(view.file.span(node), expected: table.type, found: result.type)
        continue
      }
      program.tables[block.index].rows.append(
        DecisionTable.Row(tests: tests, result: result, span: view.file.span(row.node)))
    }
    // A row that could not be read would seem to leave a gap.
    if program.tables[block.index].rows.count == rows.count - 1 {
      tableInputs[TableID(block.index)] = inputs
    }
    endRule(table.origin)
  }

  /// The test of a cell on its column's value; nil for — and an empty cell.
  func cellTest(_ cell: Int, _ input: Expression, _ file: SyntaxFile, _ scope: Scope) -> Expression? {
    guard let content = cellContent(cell, file) else { return nil }
    let nodes = file.significant(content).filter { !file.tree[$0].kind.isToken }
    var tests: [Expression] = []
    for node in nodes {
      if let test = cellTest(node, of: input, file, scope) { tests.append(test) }
    }
    guard let first = tests.first else { return nil }
    return tests.count == 1 ? first : Expression(.conjunction(tests), type: .truth, span: file.span(content))
  }

  func cellTest(_ node: Int, of input: Expression, _ file: SyntaxFile, _ scope: Scope) -> Expression? {
    let span = file.span(node)
    let operands = NodeList(operandsOf: node, in: file)
    let keyword = Keyword(rawValue: UInt8(truncatingIfNeeded: file.tree[node].detail))
    switch file.tree[node].kind {
    case .comparison where operands.count == 1:
      return keyword.flatMap { compare(input, operands[0], relation($0), file, scope, span) }
    case .bound where !operands.isEmpty:
      guard let keyword else { return nil }
      if keyword == .through {
        guard operands.count == 2, let low = compare(input, operands[0], .greaterOrEqual, file, scope, span),
          let high = compare(input, operands[1], .lessOrEqual, file, scope, span)
        else { return nil }
        return Expression(.conjunction([low, high]), type: .truth, span: span)
      }
      return compare(input, operands[0], boundRelation(keyword, inclusion(operands, file)), file, scope, span)
    case .membership:
      let tests = operands.compactMap { compare(input, $0, .equal, file, scope, span) }
      return tests.count == operands.count ? Expression(.disjunction(tests), type: .truth, span: span) : nil
    case .conjunction:
      let tests = operands.compactMap { cellTest($0, of: input, file, scope) }
      return tests.count == operands.count ? Expression(.conjunction(tests), type: .truth, span: span) : nil
    case .truth where input.type == .truth:
      let isYes = [Keyword.trueValue, .yes].contains { file.tree[node].detail == UInt32($0.rawValue) }
      return isYes ? input : Expression(.negation(input), type: .truth, span: span)
    default:
      return compare(input, node, .equal, file, scope, span)
    }
  }
}
