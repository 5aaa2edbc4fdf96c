import PolicyIR
import PolicyValues

extension Engine {
  /// The leaves' function over a diagram.
  @inline(__always)
  mutating func map<A: StoredLeaf, C: StoredLeaf>(
    _ a: Ref<A>, _ leaf: (inout Engine, A) -> C
  ) -> Ref<C> {
    if case .leaf(let value) = a { return .leaf(leaf(&self, value)) }
    return bounded(mapNodes(a, leaf))
  }

  /// The leaves' function over two diagrams; what depends on no choice is computed once.
  @inline(__always)
  mutating func apply<A: StoredLeaf, B: StoredLeaf, C: StoredLeaf>(
    _ a: Ref<A>, _ b: Ref<B>, _ leaf: (inout Engine, A, B) -> C
  ) -> Ref<C> {
    if case .leaf(let one) = a, case .leaf(let two) = b { return .leaf(leaf(&self, one, two)) }
    return bounded(applyNodes(a, b, leaf))
  }

  @inline(never)
  private mutating func mapNodes<A: StoredLeaf, C: StoredLeaf>(
    _ a: Ref<A>, _ leaf: (inout Engine, A) -> C
  ) -> Ref<C> {
    if case .leaf(let value) = a { return .leaf(leaf(&self, value)) }
    let (choice, arity) = A.modify(&stores) { ($0.choice(of: a), $0.arity(of: a)) }
    let mark = C.modify(&stores) { $0.mark }
    for reading in 0..<arity {
      let branch = A.modify(&stores) { $0.restricted(a, choice, reading) }
      let result = mapNodes(branch, leaf)
      C.modify(&stores) { $0.push(result) }
    }
    return C.modify(&stores) { $0.node(choice, from: mark) }
  }

  @inline(never)
  private mutating func applyNodes<A: StoredLeaf, B: StoredLeaf, C: StoredLeaf>(
    _ a: Ref<A>, _ b: Ref<B>, _ leaf: (inout Engine, A, B) -> C
  ) -> Ref<C> {
    if case .leaf(let one) = a, case .leaf(let two) = b { return .leaf(leaf(&self, one, two)) }
    let (first, firstArity) = A.modify(&stores) { ($0.choice(of: a), $0.arity(of: a)) }
    let (second, secondArity) = B.modify(&stores) { ($0.choice(of: b), $0.arity(of: b)) }
    let choice = min(first, second)
    let arity = first <= second ? firstArity : secondArity
    let mark = C.modify(&stores) { $0.mark }
    for reading in 0..<arity {
      let one = A.modify(&stores) { $0.restricted(a, choice, reading) }
      let two = B.modify(&stores) { $0.restricted(b, choice, reading) }
      let result = applyNodes(one, two, leaf)
      C.modify(&stores) { $0.push(result) }
    }
    return C.modify(&stores) { $0.node(choice, from: mark) }
  }

  /// The leaves' function over two truths, remembered where they depend on choices.
  @inline(__always)
  mutating func remembered(
    _ operation: Stores.Operation, _ a: Ref<Tri>, _ b: Ref<Tri> = .leaf(.no), _ leaf: (inout Engine, Tri, Tri) -> Tri
  ) -> Ref<Tri> {
    if case .leaf(let one) = a, case .leaf(let two) = b { return .leaf(leaf(&self, one, two)) }
    if let known = stores.known(operation, a, b) { return known }
    let result = bounded(applyNodes(a, b, leaf))
    stores.remember(operation, a, b, result)
    return result
  }

  /// The leaves' function over any number of diagrams.
  mutating func applyAll<C: StoredLeaf>(
    _ truths: [Ref<Tri>], _ cells: [Ref<Cell>], _ leaf: (inout Engine, [Tri], [Cell]) -> C
  ) -> Ref<C> {
    bounded(applyAllNodes(truths, cells, leaf))
  }

  private mutating func applyAllNodes<C: StoredLeaf>(
    _ truths: [Ref<Tri>], _ cells: [Ref<Cell>], _ leaf: (inout Engine, [Tri], [Cell]) -> C
  ) -> Ref<C> {
    var choice = Int32.max
    var arity = 0
    for truth in truths where stores.truths.choice(of: truth) < choice {
      choice = stores.truths.choice(of: truth)
      arity = stores.truths.arity(of: truth)
    }
    for cell in cells where stores.cells.choice(of: cell) < choice {
      choice = stores.cells.choice(of: cell)
      arity = stores.cells.arity(of: cell)
    }
    if choice == .max {
      let one = truths.map { if case .leaf(let value) = $0 { value } else { Tri.no } }
      let two = cells.map { if case .leaf(let value) = $0 { value } else { Cell.notApplicable } }
      return .leaf(leaf(&self, one, two))
    }
    let mark = C.modify(&stores) { $0.mark }
    for reading in 0..<arity {
      var (one, two) = (truths, cells)
      for place in one.indices { one[place] = stores.truths.restricted(one[place], choice, reading) }
      for place in two.indices { two[place] = stores.cells.restricted(two[place], choice, reading) }
      let result = applyAllNodes(one, two, leaf)
      C.modify(&stores) { $0.push(result) }
    }
    return C.modify(&stores) { $0.node(choice, from: mark) }
  }

  /// The diagram, or unknown where more combinations of readings are live than the limit allows.
  @inline(__always)
  mutating func bounded<C: StoredLeaf>(_ ref: Ref<C>) -> Ref<C> {
    // Choices whose readings combine in more than 1 024 ways divide a diagram into twelve paths at least.
    if C.modify(&stores, { $0.paths(of: ref) }) < 12 { return ref }
    return refused(ref)
  }

  @inline(never)
  private mutating func refused<C: StoredLeaf>(_ ref: Ref<C>) -> Ref<C> {
    let (choices, combinations) = C.modify(&stores) { $0.support(of: ref) }
    if combinations <= Evaluation.combinationLimit { return ref }
    let limit = EvaluationLimit(choices: choices.map { ChoiceID(Int($0)) })
    return .leaf(C.unknownLeaf(because(.notComputable(.limit(limit)))))
  }

  /// A node of a choice whose branches are results of its readings.
  mutating func choose<C: StoredLeaf>(
    _ choice: Int32, readings: Int, _ body: (inout Engine, Int) -> Ref<C>
  ) -> Ref<C> {
    let mark = C.modify(&stores) { $0.mark }
    var ascends = true
    for reading in 0..<readings {
      let branch = body(&self, reading)
      let isAbove = C.modify(&stores) { stores in
        stores.push(branch)
        return stores.choice(of: branch) > choice
      }
      ascends = ascends && isAbove
    }
    if ascends { return bounded(C.modify(&stores) { $0.node(choice, from: mark) }) }
    // A branch touches this choice or a smaller one, so the node is built by selection, which keeps the order.
    let branches = C.modify(&stores) { $0.take(from: mark) }
    return bounded(select(choice, branches))
  }

  private mutating func select<C: StoredLeaf>(_ choice: Int32, _ branches: [Ref<C>]) -> Ref<C> {
    var least = choice
    var arity = branches.count
    for branch in branches {
      let (own, size) = C.modify(&stores) { ($0.choice(of: branch), $0.arity(of: branch)) }
      if own < least {
        least = own
        arity = size
      }
    }
    let mark = C.modify(&stores) { $0.mark }
    for reading in 0..<arity {
      let result: Ref<C>
      if least == choice {
        // A branch may depend on the same choice (随), and then only on this reading of it.
        result = C.modify(&stores) { $0.restricted(branches[reading], choice, reading) }
      } else {
        var inner: [Ref<C>] = []
        inner.reserveCapacity(branches.count)
        for branch in branches { inner.append(C.modify(&stores) { $0.restricted(branch, least, reading) }) }
        result = select(choice, inner)
      }
      C.modify(&stores) { $0.push(result) }
    }
    return C.modify(&stores) { $0.node(least, from: mark) }
  }
}
