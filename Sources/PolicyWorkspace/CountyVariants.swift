import PolicyIR

/// By which options of a subject the authorities of a measure are told apart, and the number for each combination of their values.
struct CountyVariants {
  /// For each option its slot by kind, nil where a kind has none, and how many values it has.
  private var options: [(slots: [Int?], values: Int32)] = []
  /// How many numbers there are.
  private(set) var count = 1

  /// One number for all subjects.
  init() {}

  init(of measure: Measure, in program: Program) {
    let authorities = measure.departments.map(\.authority) + measure.payers.map(\.authority)
    for option in Set(authorities.compactMap { program.authorities[$0].perOption }).sorted() {
      let values = program.optionTypes[option].values.count
      let slots = program.kinds.map { kind in
        kind.fields.firstIndex { program.fields[$0].type == .option(option) }
      }
      options.append((slots, Int32(values)))
      count = min(count * (values + 1), 1 << 20)
    }
  }

  /// The slots of a kind's vectors, with the number of values, each.
  func slots(of kind: KindID) -> [(slot: Int?, values: Int32)] { options.map { ($0.slots[kind.index], $0.values) } }

  /// The number of a subject.
  func number(of subject: Subject) -> Int32 {
    options.reduce(0) { number, option in
      var place: Int32 = 0
      if let slot = option.slots[subject.kind.index], slot < subject.facts.count,
        case .value(.option(let value)) = subject.facts[slot]
      {
        place = value + 1
      }
      return number * (option.values + 1) + place
    }
  }

  /// The number of a row of a kind's vectors.
  func number(of row: Int, _ vectors: [FactVector], _ kind: KindID) -> Int32 {
    options.reduce(0) { number, option in
      let place = option.slots[kind.index].map { max(vectors[$0].small[row], -1) + 1 } ?? 0
      return number * (option.values + 1) + place
    }
  }
}
