/// The key of a clause or of a sentence in it, one for every spelling; components go from the outside in.
package struct ClauseAddress: Hashable, Sendable {
  /// One level of an address.
  package enum Component: Hashable, Sendable {
    /// 一、
    case part(Int)
    /// （一）
    case item(Int)
    /// 1.
    case number(Int)
    /// （1）
    case subnumber(Int)
    /// 第一章
    case chapter(Int)
    /// 第一节
    case section(Int)
    /// 第一条
    case article(Int)
    /// 第二款
    case paragraph(Int)
    /// 第（一）项
    case articleItem(Int)
    /// 第1目
    case subitem(Int)
    /// 正文, the text of a document without headings
    case body
    /// 首部, everything before the first clause
    case head
    /// 尾部, everything behind the last clause
    case tail
  }

  /// The levels from the outside in.
  package let components: [Component]
  /// The number of a sentence in the clause, where 0 is the clause's own title.
  package let sentence: Int?

  /// Makes an address from its levels.
  package init(_ components: [Component], sentence: Int? = nil) {
    self.components = components
    self.sentence = sentence
  }

  /// 首部
  package static let head = ClauseAddress([.head])
  /// 正文
  package static let body = ClauseAddress([.body])
  /// 尾部
  package static let tail = ClauseAddress([.tail])

  /// The address without the sentence.
  package var clause: ClauseAddress { ClauseAddress(components) }

  /// The clause of a sentence, or the clause around a clause; nil for an outermost clause.
  package var parent: ClauseAddress? {
    if sentence != nil { return clause }
    return components.count > 1 ? ClauseAddress(Array(components.dropLast())) : nil
  }

  /// The address of a sentence in this clause.
  package func sentence(_ number: Int) -> ClauseAddress { ClauseAddress(components, sentence: number) }

  /// Whether the other address is this one, or a clause or sentence inside it.
  package func contains(_ other: ClauseAddress) -> Bool {
    if let sentence { return components == other.components && sentence == other.sentence }
    return other.components.starts(with: components)
  }
}

extension ClauseAddress: Comparable {
  /// Document order: 首部 first, 尾部 last, a clause before what it contains.
  package static func < (left: ClauseAddress, right: ClauseAddress) -> Bool {
    for (one, two) in zip(left.components, right.components) where one != two {
      return one.order < two.order
    }
    if left.components.count != right.components.count {
      return left.components.count < right.components.count
    }
    return (left.sentence ?? -1) < (right.sentence ?? -1)
  }
}

extension ClauseAddress.Component {
  /// The kind's rank and the number in it.
  fileprivate var order: (Int, Int) {
    switch self {
    case .head: (0, 0)
    case .body: (1, 0)
    case .chapter(let count): (2, count)
    case .section(let count): (3, count)
    case .part(let count): (4, count)
    case .article(let count): (5, count)
    case .articleItem(let count): (6, count)
    case .paragraph(let count): (7, count)
    case .subitem(let count): (8, count)
    case .item(let count): (9, count)
    case .number(let count): (10, count)
    case .subnumber(let count): (11, count)
    case .tail: (12, 0)
    }
  }
}

extension ClauseAddress: CustomStringConvertible {
  /// The canonical spelling, such as 三（三）第2句 or 第五条第二款第（一）项, which `parse` reads back.
  package var description: String {
    var text = ""
    var last: Component?
    for component in components {
      switch component {
      case .part(let count): text += ChineseCount.text(count)
      case .item(let count): text += "（\(ChineseCount.text(count))）"
      case .number(let count):
        // 二1 would read as a numeral, and a lone 1 as a count.
        if case .part = last { text += "、" }
        text += last == nil ? "\(count)." : "\(count)"
      case .subnumber(let count): text += "（\(count)）"
      case .chapter(let count): text += "第\(ChineseCount.text(count))章"
      case .section(let count): text += "第\(ChineseCount.text(count))节"
      case .article(let count): text += "第\(ChineseCount.text(count))条"
      case .paragraph(let count): text += "第\(ChineseCount.text(count))款"
      case .articleItem(let count): text += "第（\(ChineseCount.text(count))）项"
      case .subitem(let count): text += "第\(count)目"
      case .body: text += "正文"
      case .head: text += "首部"
      case .tail: text += "尾部"
      }
      last = component
    }
    if let sentence { text += "第\(sentence)句" }
    return text
  }
}
