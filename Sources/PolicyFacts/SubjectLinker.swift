import PolicyDiagnostics
import PolicyIR
import PolicyText

/// Makes subjects of drafts: looks up the subjects that others name, and gives owned rows to their owners.
///
/// A chain of relations holds each kind at most twice, so that subjects that name one another end: from there on a related
/// subject is a name whose facts are *not given*.
struct SubjectLinker {
  private let program: Program
  private let drafts: [SubjectDraft]
  private(set) var remarks: [Diagnostic] = []
  private var byName: [Key: [Int]] = [:]
  private var children: [Slot: [Int]] = [:]
  private var owned: Set<Int> = []
  private var made: [Route: Subject] = [:]
  private var lost: Set<KindID>

  private struct Key: Hashable {
    var kind: KindID
    var name: String
  }
  private struct Slot: Hashable {
    var draft: Int
    var slot: Int
  }
  private struct Route: Hashable {
    var draft: Int
    var path: [KindID]
  }

  /// - Parameter lost: the kinds of which something was not read: no list of them is complete.
  init(_ drafts: [SubjectDraft], lost: Set<KindID>, program: Program) {
    self.lost = lost
    self.drafts = drafts
    self.program = program
    for (index, draft) in drafts.enumerated() {
      byName[Key(kind: draft.kind, name: comparable(draft.name)), default: []].append(index)
    }
  }

  /// The subjects that no other owns, with their places.
  mutating func link() -> (subjects: [Subject], places: [SubjectPlace]) {
    linkOwners()
    releaseCircles()
    for draft in drafts { check(draft) }
    var subjects: [Subject] = []
    var places: [SubjectPlace] = []
    var names: [Key: SubjectDraft] = [:]
    var used: Set<Key> = []
    for draft in drafts { used.insert(Key(kind: draft.kind, name: draft.name)) }
    var numbers: [Key: Int] = [:]
    for (index, draft) in drafts.enumerated() where !owned.contains(index) {
      var subject = subject(index, path: [])
      let key = Key(kind: draft.kind, name: comparable(draft.name))
      if let first = names[key] {
        var number = numbers[key] ?? 1
        repeat {
          number += 1
          subject.id = "\(draft.name)#\(number)"
        } while !used.insert(Key(kind: draft.kind, name: subject.id)).inserted
        numbers[key] = number
        reportDuplicate(draft, first, subject.id)
      } else {
        names[key] = draft
      }
      subjects.append(subject)
      places.append(SubjectPlace(span: draft.span, row: draft.row))
    }
    return (subjects, places)
  }

  private mutating func reportDuplicate(_ draft: SubjectDraft, _ first: SubjectDraft, _ name: String) {
    let kind = program.kinds[draft.kind].name
    remarks.append(
      Diagnostic(
        .duplicateSubject, .warning, at: draft.nameSpan,
        Bilingual(
          zh: "两个“\(kind)”都叫“\(clipped(draft.name))”，都保留，这一个称作“\(clipped(name))”",
          en:
            "two subjects (\(kind)) are called “\(clipped(draft.name))”; both are kept, and this one is called “\(clipped(name))”"
        ),
        related: [
          Diagnostic.Label(span: first.nameSpan, message: Bilingual(zh: "第一个在这里", en: "the first is here"))
        ], help: [Bilingual(zh: "若是同一个，删去一个；若不是，改名", en: "remove one if they are the same, else rename one")]))
  }

  // MARK: Owners

  private mutating func linkOwners() {
    let kinds = Set(drafts.map(\.kind))
    var reported: Set<FieldID> = []
    for (index, draft) in drafts.enumerated() {
      guard let owner = draft.owner else { continue }
      let field = program.fields[owner.field]
      let kind = program.kinds[field.kind].name
      if !kinds.contains(field.kind) {
        if reported.insert(owner.field).inserted {
          remarks.append(
            Diagnostic(
              .relationNotLinked, .warning, at: owner.span,
              Bilingual(
                zh: "没有读入任何“\(kind)”，“\(field.name)”没有连上",
                en: "no subject of the kind \(kind) was read, so \(field.name) is not linked"),
              help: [Bilingual(zh: "把“\(kind)”的文件一起读入", en: "read the file of \(kind) too")]))
        }
        continue
      }
      // An owned row is never a subject of its own, also where its owner is not found; one owned by its own kind still is.
      if field.kind != draft.kind { owned.insert(index) }
      let found = byName[Key(kind: field.kind, name: comparable(owner.name))] ?? []
      if found.count == 1 {
        children[Slot(draft: found[0], slot: field.slot), default: []].append(index)
      } else {
        lost.insert(draft.kind)
        reportOwner(owner, found, field, kind)
      }
    }
  }

  /// Rows that own one another in a circle would be part of no subject; they stay subjects of their own.
  private mutating func releaseCircles() {
    var below: [Int: [Int]] = [:]
    var linked: Set<Int> = []
    for (slot, rows) in children {
      below[slot.draft, default: []] += rows
      linked.formUnion(rows)
    }
    var reached: Set<Int> = []
    var waiting = drafts.indices.filter { !owned.contains($0) }
    while let next = waiting.popLast() {
      for row in below[next] ?? [] where reached.insert(row).inserted { waiting.append(row) }
    }
    for index in linked.subtracting(reached).sorted() where owned.contains(index) {
      owned.remove(index)
      remarks.append(
        Diagnostic(
          .relationNotLinked, .warning, at: drafts[index].owner?.span ?? drafts[index].span,
          Bilingual(
            zh: "“\(clipped(drafts[index].name))”的归属成了一个圈，仍当作单独的主体",
            en: "“\(clipped(drafts[index].name))” and its owner own one another; it stays a subject of its own")))
    }
  }

  private mutating func reportOwner(_ owner: SubjectDraft.Owner, _ found: [Int], _ field: Field, _ kind: String) {
    let name = clipped(owner.name)
    let near =
      found.isEmpty && drafts.count <= 2000 && remarks.count < 50 ? nearest(owner.name, in: namesOf(field.kind)) : []
    remarks.append(
      Diagnostic(
        .relationNotLinked, at: owner.span,
        found.isEmpty
          ? Bilingual(
            zh: "没有叫“\(name)”的“\(kind)”，这一行没有用", en: "no subject (\(kind)) is called “\(name)”; the row was not used")
          : Bilingual(
            zh: "有 \(found.count) 个“\(kind)”叫“\(name)”，这一行没有用",
            en: "\(found.count) subjects (\(kind)) are called “\(name)”; the row was not used"),
        related: found.prefix(3).map {
          Diagnostic.Label(span: drafts[$0].nameSpan, message: Bilingual(zh: "同名的一个", en: "one of them"))
        },
        help: near.isEmpty
          ? []
          : [
            Bilingual(
              zh: "最接近的是" + near.map { "“\($0)”" }.joined(separator: "、"),
              en: "the nearest is " + near.joined(separator: ", "))
          ]))
  }

  private func namesOf(_ kind: KindID) -> [String] { drafts.filter { $0.kind == kind }.map(\.name) }

  // MARK: References

  /// Reports names that several subjects have, and complete lists of nothing.
  private mutating func check(_ draft: SubjectDraft) {
    for (slot, fact) in draft.facts.enumerated() {
      switch fact {
      case .fact: break
      case .reference(let name, let span): checkReference(name, span, draft, slot)
      case .part(let part): check(part)
      case .many(let items, _, _):
        for item in items {
          switch item {
          case .subject(let inner): check(inner)
          case .reference(let name, let span): checkReference(name, span, draft, slot)
          }
        }
      }
    }
  }

  private mutating func checkReference(_ name: String, _ span: Span, _ draft: SubjectDraft, _ slot: Int) {
    guard let kind = target(draft.kind, slot), let found = byName[Key(kind: kind, name: comparable(name))],
      found.count > 1
    else { return }
    remarks.append(
      Diagnostic(
        .relationNotLinked, at: span,
        Bilingual(
          zh: "有 \(found.count) 个“\(program.kinds[kind].name)”叫“\(clipped(name))”，没有连上",
          en: "\(found.count) subjects (\(program.kinds[kind].name)) are called “\(clipped(name))”; none was linked"),
        related: found.prefix(3).map {
          Diagnostic.Label(span: drafts[$0].nameSpan, message: Bilingual(zh: "同名的一个", en: "one of them"))
        }))
  }

  private func target(_ kind: KindID, _ slot: Int) -> KindID? {
    switch program.fields[program.kinds[kind].fields[slot]].type {
    case .entity(let kind), .many(let kind): kind
    default: nil
    }
  }

  // MARK: Subjects

  private mutating func subject(_ index: Int, path: [KindID]) -> Subject {
    let route = Route(draft: index, path: path)
    if let subject = made[route] { return subject }
    let subject = subject(drafts[index], index, path)
    // A root is asked for once, so only inner ones are worth keeping.
    if !path.isEmpty { made[route] = subject }
    return subject
  }

  private mutating func subject(_ draft: SubjectDraft, _ index: Int?, _ path: [KindID]) -> Subject {
    var facts: [Fact] = []
    facts.reserveCapacity(draft.facts.count)
    let inner = path + [draft.kind]
    for (slot, fact) in draft.facts.enumerated() {
      let rows = index.flatMap { children[Slot(draft: $0, slot: slot)] } ?? []
      facts.append(resolve(fact, rows, draft, slot, inner))
    }
    return Subject(kind: draft.kind, id: draft.name, isNamed: !draft.isNameless, facts: facts)
  }

  private mutating func resolve(
    _ fact: FactDraft, _ rows: [Int], _ draft: SubjectDraft, _ slot: Int, _ path: [KindID]
  ) -> Fact {
    switch fact {
    case .fact(let fact) where rows.isEmpty: return fact
    case .fact(.missing): return .many(rows.map { inner($0, path) }, complete: false)
    case .fact:
      if path.count == 1 { reportConflict(rows[0], draft, slot) }
      return .missing
    case .reference(let name, _): return related(name, draft, slot, path).map { Fact.one($0) } ?? .missing
    case .part(let part): return .one(subject(part, nil, path))
    case .many(let items, let complete, let span):
      var subjects: [Subject] = []
      for item in items {
        switch item {
        case .subject(let inner): subjects.append(subject(inner, nil, path))
        case .reference(let name, _):
          // A name that cannot be told apart leaves the list open.
          guard let found = related(name, draft, slot, path) else { return .missing }
          subjects.append(found)
        }
      }
      for row in rows { subjects.append(inner(row, path)) }
      if subjects.isEmpty, complete == true {
        if path.count == 1 { reportEmptyComplete(span, draft, slot) }
        return .missing
      }
      if subjects.isEmpty { return .missing }
      guard complete == true, let kind = target(draft.kind, slot), lost.contains(kind) else {
        return .many(subjects, complete: complete ?? false)
      }
      if path.count == 1 { reportIncomplete(span, draft, slot) }
      return .many(subjects, complete: false)
    }
  }

  /// The subject that a name means; one of the name alone where no file describes it, nil where several have it.
  private mutating func related(_ name: String, _ draft: SubjectDraft, _ slot: Int, _ path: [KindID]) -> Subject? {
    guard let kind = target(draft.kind, slot) else { return nil }
    let found = byName[Key(kind: kind, name: comparable(name))] ?? []
    if found.count > 1 { return nil }
    return found.first.map { inner($0, path) } ?? nameOnly(kind, name)
  }

  private mutating func inner(_ index: Int, _ path: [KindID]) -> Subject {
    let draft = drafts[index]
    if path.count(where: { $0 == draft.kind }) >= 2 { return nameOnly(draft.kind, draft.name) }
    return subject(index, path: path)
  }

  private func nameOnly(_ kind: KindID, _ name: String) -> Subject {
    let count = program.kinds[kind].fields.count
    return Subject(kind: kind, id: name, facts: Array(repeating: .missing, count: count))
  }

  private mutating func reportConflict(_ row: Int, _ draft: SubjectDraft, _ slot: Int) {
    let field = program.fields[program.kinds[draft.kind].fields[slot]].name
    remarks.append(
      Diagnostic(
        .relationNotLinked, at: drafts[row].span,
        Bilingual(
          zh: "“\(clipped(draft.name))”的“\(field)”写没有、不知或不适用，而这里有一项，两边都没有用",
          en:
            "\(field) of “\(clipped(draft.name))” says none, not known or not applicable, and here is one; neither was used"
        ),
        related: [Diagnostic.Label(span: draft.span, message: Bilingual(zh: "“\(field)”在这里", en: "\(field) is here"))]))
  }

  private mutating func reportIncomplete(_ span: Span, _ draft: SubjectDraft, _ slot: Int) {
    let field = program.fields[program.kinds[draft.kind].fields[slot]].name
    remarks.append(
      Diagnostic(
        .relationNotLinked, .warning, at: span,
        Bilingual(
          zh: "“\(clipped(draft.name))”的“\(field)”写列全，而有的行或列没有读到，不算列全",
          en:
            "\(field) of “\(clipped(draft.name))” is said to be complete, and some row or column was not read; it counts as not complete"
        ),
        help: [Bilingual(zh: "先改正没有读到的行或列", en: "mend what was not read first")]))
  }

  private mutating func reportEmptyComplete(_ span: Span, _ draft: SubjectDraft, _ slot: Int) {
    let field = program.fields[program.kinds[draft.kind].fields[slot]].name
    remarks.append(
      Diagnostic(
        .relationNotLinked, .warning, at: span,
        Bilingual(
          zh: "“\(clipped(draft.name))”的“\(field)”写列全，却一项也没有读到，算没有给出",
          en:
            "\(field) of “\(clipped(draft.name))” is said to be complete, and no item was read; it counts as not given"),
        help: [Bilingual(zh: "确实没有的，写“无”", en: "write 无 where there is none")]))
  }
}
