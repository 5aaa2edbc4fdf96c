package import PolicyIR
package import PolicyText

/// A file of a version, by its path within it.
package struct VersionFile: Sendable {
  package var path: String
  package var file: SourceFile

  package init(path: String, file: SourceFile) {
    self.path = path
    self.file = file
  }
}

/// The edits that lead from the files of one version to those of another, in the order of the later version's files; each as
/// small as lines allow.
///
/// - Parameter places: Where the rules of each version stand, by path.
package func edits(
  from before: [VersionFile], to after: [VersionFile], places: (before: RulePlaces, after: RulePlaces)
) -> [Edit] {
  let old = Dictionary(before.map { ($0.path, $0.file) }, uniquingKeysWith: { first, _ in first })
  let new = Set(after.map(\.path))
  var result: [Edit] = []
  for entry in after { result += edits(entry.path, old[entry.path], entry.file, places) }
  for entry in before where !new.contains(entry.path) { result += edits(entry.path, entry.file, nil, places) }
  return result
}

private func edits(
  _ path: String, _ old: SourceFile?, _ new: SourceFile?, _ places: (before: RulePlaces, after: RulePlaces)
) -> [Edit] {
  let (one, two) = (lines(old), lines(new))
  if one == two { return [] }
  var removed = Set<Int>()
  var added = Set<Int>()
  for change in two.difference(from: one) {
    switch change {
    case .remove(let offset, _, _): removed.insert(offset)
    case .insert(let offset, _, _): added.insert(offset)
    }
  }
  var result: [Edit] = []
  var (i, j) = (0, 0)
  while i < one.count || j < two.count {
    let (first, second) = (i, j)
    while removed.contains(i) { i += 1 }
    while added.contains(j) { j += 1 }
    if first == i, second == j {
      i += 1
      j += 1
      continue
    }
    // As many lines for as many are edits of each line.
    let isPaired = i - first == j - second
    for place in isPaired ? 0..<(i - first) : 0..<1 {
      let (a, b) =
        isPaired ? (first + place..<first + place + 1, second + place..<second + place + 1) : (first..<i, second..<j)
      let rule = b.isEmpty ? places.before.rule(at: path, lines: a) : places.after.rule(at: path, lines: b)
      result.append(
        Edit(
          path: path, before: a.lowerBound + 1..<a.upperBound + 1, after: b.lowerBound + 1..<b.upperBound + 1,
          removed: Array(one[a]), added: Array(two[b]), rule: rule?.name, clause: rule?.clause,
          touched: places.before.rules(at: path, lines: a).union(places.after.rules(at: path, lines: b))))
    }
  }
  return result
}

private func lines(_ file: SourceFile?) -> [String] {
  guard let file, !file.bytes.isEmpty else { return [] }
  return (1...file.lineCount).map { file.lineText($0) }
}

/// A file with some of the edits made.
package func apply(_ edits: [Edit], to file: SourceFile?) -> [UInt8] {
  let old = lines(file)
  var result: [String] = []
  var next = 0
  for edit in edits.sorted(by: { $0.before.lowerBound < $1.before.lowerBound }) {
    let start = edit.before.lowerBound - 1
    if start > next { result += old[next..<start] }
    result += edit.added
    next = max(next, edit.before.upperBound - 1)
  }
  if next < old.count { result += old[next...] }
  return Array(result.joined(separator: "\n").utf8)
}

/// Where the rules of a version stand.
package struct RulePlaces: Sendable {
  /// By path, ascending by line.
  private var rules: [String: [(line: Int, name: String, clause: String?)]] = [:]

  /// The places of a program's rules.
  ///
  /// - Parameter path: The path of a file within the version.
  package init(_ program: Program, _ files: SourceFiles, path: (String) -> String) {
    func add(_ name: String, _ span: Span, _ clause: ClauseID?) {
      let file = files[span.file]
      rules[path(file.path), default: []].append(
        (file.line(of: span.start), name, clause.map { program.clauses[$0].address.description }))
    }
    func add(_ name: String, _ origin: Origin) { add(name, origin.span, origin.clause) }
    for document in program.documents { add(document.key, document.span, nil) }
    for (index, clause) in program.clauses.enumerated() {
      add(clause.address.description, clause.span, ClauseID(index))
    }
    for authority in program.authorities { add(authority.name, authority.span, nil) }
    for option in program.optionTypes { add(option.name, option.span, nil) }
    for kind in program.kinds { add(kind.name, kind.span, nil) }
    for definition in program.definitions { add(definition.name, definition.origin) }
    for entry in program.classifications { add(entry.name, entry.origin) }
    for hole in program.holes {
      add(hole.name, hole.origin)
      for filling in hole.fillings { add(hole.name, filling.origin) }
    }
    for choice in program.choices {
      if let ruling = choice.ruling { add(choice.name, ruling.span, choice.origin.clause) }
    }
    for parameter in program.parameters { add(parameter.name, parameter.origin) }
    for table in program.tables { add(table.name, table.origin) }
    for schedule in program.tierSchedules { add(schedule.name, schedule.origin) }
    for list in program.nameLists { add(list.name, list.origin) }
    for measure in program.measures { add(measure.name, measure.origin) }
    for group in program.groups { add(group.name, group.origin) }
    for path in rules.keys { rules[path]?.sort { $0.line < $1.line } }
  }

  /// The rule in which a line stands: the last that begins at or before it.
  func rule(at path: String, line: Int) -> (name: String, clause: String?)? {
    rules[path]?.last { $0.line <= line }.map { ($0.name, $0.clause) }
  }

  /// All rules of some lines, counted from zero; an empty name for lines before the first.
  func rules(at path: String, lines: Range<Int>) -> Set<String> {
    guard !lines.isEmpty else { return [] }
    let starting = (rules[path] ?? []).filter { lines.contains($0.line - 1) }.map(\.name)
    return Set(starting + [rule(at: path, line: lines.lowerBound + 1)?.name ?? ""])
  }

  /// The rule of some lines: one that begins among them, else the one that they stand in.
  func rule(at path: String, lines: Range<Int>) -> (name: String, clause: String?)? {
    if let own = rules[path]?.first(where: { lines.contains($0.line - 1) }) { return (own.name, own.clause) }
    return rule(at: path, line: lines.lowerBound + 1)
  }
}
