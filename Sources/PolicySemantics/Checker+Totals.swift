import PolicyDiagnostics
import PolicyIR
import PolicySyntax
import PolicyText
import PolicyValues

extension Checker {
  /// `总额：1000万元，先到先得（申请日期）`
  func readTotalLimit(_ view: BlockView, _ measure: inout Measure, _ scope: Scope) {
    guard let line = view.line(.totalLimit) else { return }
    var limit = TotalLimit(limit: nil, order: .unstated, span: line.span)
    for item in line.items {
      if item.kind(0) == .numeral {
        if let amount = quantityLiteral(item, 0) { limit.limit = total(amount, measure) }
        continue
      }
      switch item.keyword(0) {
      case .firstCome:
        limit.order = .firstCome
        limit.key = key(item, measure) { $0 == .date }
      case .ranked:
        limit.order = .ranked
        limit.key = key(item, measure) { if case .quantity(let dimension) = $0 { dimension.money == 0 } else { false } }
      case .proportional: limit.order = .proportional
      default:
        remark(
          .unexpectedText, item.span, "“\(item.file.text(item.node))”不能放在总额里",
          "“\(item.file.text(item.node))” can't stand in a total limit",
          help: [
            Bilingual(
              zh: "写“1000万元，先到先得（申请日期）”，或按比例、按排名（名次）",
              en: "write an amount and first-come (a date), proportional or ranked (a rank)")
          ])
      }
    }
    measure.totalLimit = limit
  }

  private func total(_ amount: Expression, _ measure: Measure) -> Rational? {
    if let type = measure.amount?.type, type != amount.type {
      _ = mismatch(amount.span, expected: type, found: amount.type)
      return nil
    }
    guard case .literal(.quantity(let number)) = amount.form else { return nil }
    return number
  }

  /// The field in brackets behind an order; nil where none is written.
  private func key(_ item: ItemView, _ measure: Measure, _ fits: (ValueType) -> Bool) -> FieldID? {
    for word in item.words where item.file.tree[word].kind == .group {
      guard let inner = item.file.groupItems(word).first, let number = inner.name(0) else { continue }
      for case .field(let id) in symbols.meanings(of: number)
      where program.fields[id].kind == measure.object?.kind && fits(program.fields[id].type) {
        return id
      }
      remark(
        .wrongMeaning, inner.span, "“\(nameText(number))”不是对象的日期或者名次，不能用来排先后",
        "“\(nameText(number))” is no date or rank of the subject to put applicants in order by")
    }
    return nil
  }
}
