import PolicyIR
import PolicyValues

extension Engine {
  mutating func comparison(_ node: Node, _ frame: Int32) -> Ref<Tri> {
    let comparison = Expression.Comparison.allCases[min(Int(node.detail), 5)]
    return apply(any(node.a, frame), any(node.b, frame)) { engine, one, two in
      engine.compare(one, two, comparison, option: node.c)
    }
  }

  mutating func arithmetic(_ node: Node, _ frame: Int32) -> Ref<Cell> {
    let operation = Expression.Arithmetic.allCases[min(Int(node.detail), 3)]
    return apply(value(node.a, frame), value(node.b, frame)) { engine, one, two in
      engine.compute(one, two, operation)
    }
  }
}
