/// A word by which a document says how strong a measure is; the label of a measure's effect line.
package struct ForceWord: Hashable, Sendable {
  package let word: String
  package let en: String
  /// The raw name of the class in the program: `obligation`, `entitlement`…
  package let strength: String

  /// The words of each class (language reference, “strength”); a verb outside the table is written with its class:
  /// `义务“聚焦”：…`.
  package static let table: [ForceWord] = rows.flatMap { strength, words in
    words.map { ForceWord(word: $0.0, en: $0.1, strength: strength) }
  }

  /// The names of the classes, to write a word that is not in the table.
  package static let classNames: [(zh: String, en: String, strength: String)] = [
    ("义务", "obligation", "obligation"), ("禁止性", "prohibition", "prohibition"),
    ("给付", "entitlement", "entitlement"), ("程序", "procedure", "procedure"),
    ("准许", "permission", "permission"), ("次序", "priority", "priority"),
    ("倡导", "encouragement", "encouragement"), ("试行", "trial", "trial"),
    ("授权", "delegation", "delegation"), ("宣示", "goal", "goal"),
  ]

  private static let rows: [(String, [(String, String)])] = [
    (
      "obligation",
      [
        ("应当", "shall"), ("必须", "must"), ("要", "is-to"), ("须", "has-to"), ("落实", "implements"),
        ("建立", "establishes"), ("加强", "strengthens"), ("优化", "optimises"), ("积极", "actively"),
        ("增强", "reinforces"), ("增加", "increases"), ("扩大", "expands"), ("加大", "steps-up"),
        ("改造", "rebuilds"), ("新建", "builds"), ("打造", "creates"), ("发展", "develops"), ("加快", "speeds-up"),
        ("引入", "brings-in"), ("引进", "attracts"), ("布局", "lays-out"), ("提请", "submits"), ("确保", "ensures"),
        ("简化", "simplifies"), ("提高", "raises"), ("拓展", "extends"), ("提升", "improves"),
      ]
    ),
    ("prohibition", [("不得", "shall-not"), ("禁止", "is-forbidden"), ("严禁", "is-strictly-forbidden")]),
    ("entitlement", [("给予", "grants"), ("享受", "enjoys"), ("补助", "subsidises")]),
    (
      "procedure",
      [("实行", "applies"), ("办理", "handles"), ("从简从快", "fast-tracks"), ("一事一议", "decides-case-by-case")]
    ),
    ("permission", [("可以", "may"), ("可", "can"), ("允许", "allows")]),
    (
      "priority",
      [("优先", "gives-priority"), ("倾斜", "favours"), ("重点", "focuses-on"), ("侧重", "leans-towards")]
    ),
    (
      "encouragement",
      [
        ("支持", "supports"), ("扶持", "fosters"), ("鼓励", "encourages"), ("引导", "guides"),
        ("推进", "advances"), ("推广", "promotes"), ("促进", "furthers"), ("培育", "cultivates"),
      ]
    ),
    ("trial", [("探索", "explores"), ("试点", "pilots"), ("先行先试", "goes-first")]),
    ("delegation", [("另行制定", "to-be-issued"), ("研究设立", "to-be-set-up"), ("完善", "completes")]),
    ("goal", [("目标", "aims"), ("口号", "proclaims"), ("机遇", "opportunity"), ("构建", "builds-up")]),
  ]
}
