import PolicyIR
import PolicyText
import PolicyValues

/// What a header or key gives for subjects of one kind.
enum HeaderMeaning {
  /// The subject's name; the lower the rank, the better the header.
  case name(rank: Int)
  /// A fact, with the unit of its bare numbers.
  case field(FieldID, unit: ColumnUnit?)
  /// 贷款_列全.
  case complete(FieldID)
  /// 贷款1_本金 (number 1), 运营方_注册资本 (number 0), 贷款1_名称 (no field).
  case item(FieldID, number: Int, field: FieldID?, unit: ColumnUnit?)
  /// 项目, 所属项目: the name of the subject that has this one in its many-relation.
  case owner(FieldID)
  /// A field's name with a unit that does not fit its type.
  case wrongUnit(FieldID, unit: ColumnUnit)
  /// A field's name with something behind it that is no unit.
  case unknownUnit(FieldID, text: String)
  /// Several fields go by this alias, or several relations lead here: none is chosen.
  case ambiguous([String])
}

/// The names under which files may give the facts of one kind.
struct KindIndex {
  let kind: KindID
  private let program: Program
  private var names: [String: FieldID] = [:]
  private var aliases: [String: [FieldID]] = [:]
  private var relations: [(name: String, field: FieldID, target: KindID)] = []
  private var owners: [String: [FieldID]] = [:]
  private var nameRanks: [String: Int] = [:]

  init(_ kind: KindID, in program: Program) {
    self.kind = kind
    self.program = program
    for id in program.kinds[kind].fields {
      let field = program.fields[id]
      if names[comparable(field.name)] == nil { names[comparable(field.name)] = id }
      for alias in field.aliases { aliases[comparable(alias), default: []].append(id) }
      switch field.type {
      case .entity(let target), .many(let target):
        for name in [field.name] + field.aliases { relations.append((comparable(name), id, target)) }
      default: break
      }
    }
    relations.sort { $0.name.utf8.count > $1.name.utf8.count }
    indexOwners()
    let own = comparable(program.kinds[kind].name)
    let ranked = [
      own + "名称", own + "名", "名称", "主体名称", "单位名称", "机构名称", "项目名称", "企业名称", own, "name", "id", "编号", "序号",
    ]
    for (rank, name) in ranked.enumerated() where nameRanks[name] == nil { nameRanks[name] = rank }
  }

  private mutating func indexOwners() {
    for (index, field) in program.fields.enumerated() where field.type == .many(kind) {
      let owner = comparable(program.kinds[field.kind].name)
      let id = FieldID(index)
      for name in [owner, "所属" + owner, owner + "名称", "所属" + owner + "名称"] {
        owners[name, default: []].append(id)
      }
      owners[owner + "_" + comparable(field.name)] = [id]
    }
  }

  /// The names of the kind's fields, for the nearest one.
  var fieldNames: [String] { program.kinds[kind].fields.map { program.fields[$0].name } }

  /// What a header gives; only whole names and declared aliases count, with a unit behind them.
  func meaning(of header: String) -> HeaderMeaning? {
    let key = comparable(header)
    if key.isEmpty { return nil }
    let own = direct(key)
    switch own {
    // 贷款_列全 begins with the name of a field too.
    case .unknownUnit, .wrongUnit, nil: return related(key) ?? own
    default: return own
    }
  }

  /// The parts of 贷款3_…, whether or not the rest is understood; nil where no numbered relation begins the header.
  func numberedRelation(_ header: String) -> (field: FieldID, target: KindID, number: Int, start: String, rest: String)?
  {
    let key = comparable(header)
    guard key.utf8.count <= 200 else { return nil }
    for (name, field, target) in relations where key.hasPrefix(name) {
      let digits = key.dropFirst(name.count).prefix { ("0"..."9").contains($0) }
      guard let number = Int(digits) else { continue }
      let rest = key[digits.endIndex...].drop { "_.".contains($0) }
      return (field, target, number, name + digits + "_", String(rest))
    }
    return nil
  }

  /// How much a header speaks for this kind: 2 for a fact or the kind's own name, 1 for another name or an owner, else 0.
  func weight(of header: String) -> Int {
    switch meaning(of: header) {
    case .field, .complete, .item, .wrongUnit, .unknownUnit: 2
    // 项目名称 speaks for projects, 名称 for nothing in particular.
    case .name(let rank) where rank <= 1: 2
    case .name, .owner, .ambiguous: 1
    case nil: 0
    }
  }

  /// What a header gives of the subject itself.
  private func direct(_ key: String) -> HeaderMeaning? { field(key) ?? ownOrOwner(key) ?? withUnit(key) }

  /// The rank of a header as the subject's name, also where it names a field; nil where it is none.
  func nameRank(of header: String) -> Int? {
    let key = comparable(header)
    return nameRanks[key] ?? nameRanks[key.lowercased()]
  }

  /// The best header for the subject's name that gives nothing else.
  var nameKey: String {
    let headers = nameRanks.sorted { $0.value < $1.value }.map(\.key)
    return headers.first { header in
      if case .name? = meaning(of: header) { true } else { false }
    } ?? "名称"
  }

  private func field(_ key: String) -> HeaderMeaning? {
    if let field = names[key] { return .field(field, unit: nil) }
    guard let found = aliases[key] else { return nil }
    if found.count == 1 || Set(found).count == 1 { return .field(found[0], unit: nil) }
    return .ambiguous(found.map { program.fields[$0].name })
  }

  private func ownOrOwner(_ key: String) -> HeaderMeaning? {
    // 项目名称 names a project, and in a table of loans the project that they belong to.
    if let found = owners[key], nameRanks[key].map({ $0 > 3 }) ?? true {
      if found.count == 1 { return .owner(found[0]) }
      return .ambiguous(
        found.map { program.kinds[program.fields[$0].kind].name + "_" + program.fields[$0].name })
    }
    return (nameRanks[key] ?? nameRanks[key.lowercased()]).map { .name(rank: $0) }
  }

  private func withUnit(_ key: String) -> HeaderMeaning? {
    var misfit: HeaderMeaning?
    for (base, unitText) in unitSplits(of: key) {
      guard case .field(let id, _) = field(base) else { continue }
      guard let unit = ColumnUnit(named: unitText) else {
        misfit = misfit ?? .unknownUnit(id, text: unitText)
        continue
      }
      switch program.fields[id].type {
      case .quantity(let dimension) where unit.fits(dimension): return .field(id, unit: unit)
      case .duration where unit.dimension == nil: return .field(id, unit: unit)
      default: misfit = misfit ?? .wrongUnit(id, unit: unit)
      }
    }
    return misfit
  }

  private func related(_ key: String) -> HeaderMeaning? {
    guard key.utf8.count <= 200 else { return nil }
    for (name, id, target) in relations where key.hasPrefix(name) {
      var rest = key.dropFirst(name.count)
      let digits = rest.prefix { ("0"..."9").contains($0) }
      rest = rest.dropFirst(digits.count)
      guard let separator = rest.first, "_.".contains(separator) else { continue }
      rest = rest.dropFirst()
      let isMany = program.fields[id].type == .many(target)
      if isMany, digits.isEmpty, rest == "列全" { return .complete(id) }
      guard digits.isEmpty != isMany, let number = digits.isEmpty ? 0 : Int(digits), number < 10_000 else { continue }
      let inner = KindIndex(target, in: program)
      switch inner.direct(String(rest)) {
      case .field(let field, let unit): return .item(id, number: number, field: field, unit: unit)
      case .name, .owner: return .item(id, number: number, field: nil, unit: nil)
      case .wrongUnit, .unknownUnit, .ambiguous, .complete, .item, nil: continue
      }
    }
    return nil
  }
}

/// The ways to read a header as a name with a unit behind it: 总投资（万元）, 总投资_万元, 总投资/万元.
/// - Parameter key: the comparable form of the header.
func unitSplits(of key: String) -> [(base: String, unit: String)] {
  guard key.utf8.count <= 200, mayHaveUnit(key) else { return [] }
  var splits: [(String, String)] = []
  for (open, close) in [("(", ")"), ("[", "]"), ("【", "】"), ("〔", "〕")] as [(Character, Character)]
  where key.last == close {
    guard let start = key.lastIndex(of: open) else { continue }
    splits.append((String(key[..<start]), withoutUnitWord(key[key.index(after: start)...].dropLast())))
  }
  for index in key.indices where "_/:,-".contains(key[index]) {
    splits.append((String(key[..<index]), withoutUnitWord(key[key.index(after: index)...])))
  }
  return splits
}

/// Whether a mark that can stand before a unit, or the bytes that closing brackets end in, are there; most names have none.
private func mayHaveUnit(_ key: String) -> Bool {
  key.utf8.contains { byte in
    switch byte {
    case 0x5F, 0x2F, 0x3A, 0x2C, 0x2D: true  // _ / : , -
    default: false
    }
  } || [0x29, 0x5D, 0x91, 0x95].contains(key.utf8.last)  // ) ] 】 〕
}

/// 单位:万元 without its first word.
private func withoutUnitWord(_ text: Substring) -> String {
  guard text.hasPrefix("单位") else { return String(text) }
  return String(text.dropFirst(2).drop { $0 == ":" || $0 == "为" })
}
