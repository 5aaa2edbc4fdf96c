import PolicyAnswers
import PolicyIR
import PolicyText
import PolicyValues

/// A side of a measure as it stands in the rules: what it says, and the expressions in it.
struct AspectStructure {
  /// Equal for two versions that say the same word for word.
  var number: Int
  /// The same without the expressions, whose values may be equal although they are written differently.
  var frame: Int
  var expressions: [Expression] = []
}

extension Structures {
  /// One side of a measure; of `conclusion` and `amount` the whole is one number.
  func structure(_ aspect: Aspect, of id: MeasureID) -> AspectStructure {
    let measure = program.measures[id]
    func plain(_ parts: [String]) -> AspectStructure {
      let number = number("\(aspect.rawValue) \(parts)")
      return AspectStructure(number: number, frame: number)
    }
    func name(_ authority: AuthorityID) -> String {
      let authority = program.authorities[authority]
      return authority.name + (authority.perOption.map { "/" + program.optionTypes[$0].name } ?? "")
    }
    func framed(_ parts: [(frame: String, expressions: [Expression?])]) -> AspectStructure {
      let frame = number("\(aspect.rawValue) \(parts.map { "\($0.frame) \($0.expressions.map { $0 != nil })" })")
      let expressions = parts.flatMap(\.expressions).compactMap { $0 }
      let whole = number("\(frame) \(expressions.map { number($0) })")
      return AspectStructure(number: whole, frame: frame, expressions: expressions)
    }
    switch aspect {
    case .name: return plain([measure.name])
    case .conclusion, .rulings: return plain(["\(numberOfVerdict(id))"])
    case .amount: return plain(["\(numberOfAmount(id))"])
    case .payable:
      // What the others grant decides what is left of this one.
      return plain(
        groups(of: id).map { "\(number($0))" } + partners(of: id).map { "\(numberOfVerdict($0)) \(numberOfAmount($0))" }
      )
    case .payers:
      return framed(
        measure.payers.map { payer in
          switch payer.share {
          case .unstated: ("\(name(payer.authority)) ?", [payer.condition])
          case .rest: ("\(name(payer.authority)) rest", [payer.condition])
          case .rate(let rate): ("\(name(payer.authority)) rate", [payer.condition, rate])
          case .amount(let amount): ("\(name(payer.authority)) amount", [payer.condition, amount])
          }
        })
    case .instalments:
      return framed(
        measure.instalments.map { ("\($0.name) \($0.share)", [$0.condition, $0.date]) })
    case .deadlines:
      return framed(
        measure.deadlines.map { deadline in
          let length = deadline.length.map { $0.workingDays > 0 ? "\($0) \(calendar)" : "\($0)" } ?? ""
          return ("\(deadline.act) \(length) \(deadline.words.filter { !$0.isWhitespace })", [deadline.start])
        })
    case .departments: return plain(measure.departments.map { "\(name($0.authority)) \($0.role.rawValue)" })
    case .period: return plain([text(measure.period), documentPeriod(measure), "\(measure.isTransitional)"])
    case .force: return plain(measure.force.map { "\($0.strength.rawValue) \($0.word)" })
    case .effect:
      let actors = measure.actors.map { actor in
        switch actor {
        case .authority(let id): name(id)
        case .described(let words): words
        }
      }
      return plain([measure.effect, measure.trigger ?? ""] + actors)
    case .procedure: return plain(measure.materials + ["/"] + measure.steps)
    case .total:
      guard let total = measure.totalLimit else { return plain([]) }
      let key = total.key.map { program.fields[$0].name } ?? ""
      return plain([total.limit.map { "\($0)" } ?? "", total.order.rawValue, key])
    case .source:
      let clause = measure.origin.clause.map { program.clauses[$0].address.description } ?? ""
      return plain(
        ["\(measure.isUnbacked)", clause]
          + measure.origin.quotes.map { quote in
            let document = program.documents[quote.document]
            return "\(document.key) \(document.title ?? "") \(quote.address) \(quote.text.filter { !$0.isWhitespace })"
          })
    }
  }

  /// The groups that hold a measure, at any depth.
  func groups(of measure: MeasureID) -> [GroupID] {
    program.groups.indices.map { GroupID($0) }.filter { members(of: $0).contains(measure) }
  }

  /// The measures whose grants are seen together with those of one.
  func partners(of measure: MeasureID) -> [MeasureID] {
    var result: [MeasureID] = []
    for group in groups(of: measure) {
      for member in members(of: group) where !result.contains(member) { result.append(member) }
    }
    return result
  }

  private func members(of group: GroupID) -> [MeasureID] {
    program.groups[group].members + program.groups[group].subgroups.flatMap { members(of: $0) }
  }
}
