import PolicyText
import Testing

@Suite struct PreorderTreeTests {
  @Test func `children are found by jumping over subtrees`() {
    var tree = PreorderTree<String>()
    let a = tree.open("a")
    tree.leaf("b")
    let c = tree.open("c")
    tree.leaf("d")
    tree.close()
    tree.leaf("e")
    tree.close()
    tree.close()
    tree.leaf("f")
    #expect(tree.children(of: a).map { tree[$0] } == ["b", "c", "e"])
    #expect(tree.children(of: c).map { tree[$0] } == ["d"])
    #expect(tree.roots.map { tree[$0] } == ["a", "f"])
    #expect(tree.end(of: a) == 5 && tree.count == 6 && tree.isLeaf(5) && !tree.isLeaf(a))
  }

  @Test func `an open element reaches to the end`() {
    var tree = PreorderTree<Int>()
    let root = tree.open(1)
    tree.leaf(2)
    #expect(tree.end(of: root) == 2 && tree.depth == 1)
    #expect(Array(tree.children(of: root)) == [1])
  }
}
