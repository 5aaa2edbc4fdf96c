import Glibc
import PolicyAnalysis
package import PolicyDiagnostics
import PolicyIR
import PolicyText
package import PolicyValues
package import PolicyWorkspace

extension Session {
  /// The file and line at which a span begins: `33-财政政策.tiaoli:25`.
  func place(of span: Span) -> String {
    let file = files[span.file]
    return "\(file.path):\(file.line(of: span.start))"
  }

  /// The measure that a word names.
  func measure(_ word: String) throws(VerbFailure) -> MeasureID {
    switch measure(named: word) {
    case .one(let id): return id
    case .several(let names): throw .several("措施", "measures", word, names)
    case .none(let near): throw .none("措施", "measure", word, near)
    }
  }

  /// The subject that a word names, by its position.
  func subject(_ word: String) throws(VerbFailure) -> Int {
    guard !subjects.isEmpty else {
      throw VerbFailure("没有载入主体；用 --facts 给出事实文件", "no subjects are loaded; give files of facts with --facts")
    }
    switch subject(named: word) {
    case .one(let index): return index
    case .several(let names): throw .several("主体", "subjects", word, names)
    case .none(let near): throw .none("主体", "subject", word, near)
    }
  }

  func authority(_ word: String) throws(VerbFailure) -> AuthorityID {
    switch authority(named: word) {
    case .one(let id): return id
    case .several(let names): throw .several("机关", "authorities", word, names)
    case .none(let near): throw .none("机关", "authority", word, near)
    }
  }

  /// A measure and a subject in any order, with the selected subject where only a measure is named.
  func measureAndSubject(_ words: [String]) throws(VerbFailure) -> (MeasureID, Int) {
    guard let first = words.first else {
      throw VerbFailure("应写措施和主体的名称", "expected the names of a measure and a subject")
    }
    if words.count == 1 {
      let measure = try measure(first)
      return (measure, try currentSubject(for: measure))
    }
    let rest = words.dropFirst().joined(separator: " ")
    if case .one(let id) = measure(named: first) { return (id, try subject(rest)) }
    if case .one(let index) = subject(named: first) { return (try measure(rest), index) }
    return (try measure(first), try subject(rest))
  }

  /// The selected subject, or the only one of the measure's kind.
  func currentSubject(for measure: MeasureID) throws(VerbFailure) -> Int {
    if let selected { return selected }
    let kind = program.measures[measure].object?.kind
    let fitting = subjects.indices.filter { subjects[$0].kind == kind }
    if fitting.count == 1 { return fitting[0] }
    throw VerbFailure(
      "没有说是哪个主体；写出名称，或者先用“:选定 名称”", "no subject is named; name one, or select one first",
      exit: .usage)
  }

  /// Those of the subjects for which an expression holds; subjects of kinds that it can't be asked of are left out.
  func filter(_ subjects: [Int], by text: String) throws(VerbFailure) -> [Int] {
    var conditions: [KindID: (Subject) -> Bool] = [:]
    var failure: [Diagnostic]?
    for kind in Set(subjects.map { self.subjects[$0].kind }).sorted() {
      let (condition, remarks) = expression(text, kind: kind, expecting: .truth)
      if let condition { conditions[kind] = test(condition, kind: kind) } else if failure == nil { failure = remarks }
    }
    if conditions.isEmpty, let failure {
      let shown = self.text(of: failure)
      throw VerbFailure(shown, shown)
    }
    var fitting: [Int] = []
    for (done, index) in subjects.enumerated() {
      try goOn(done, of: subjects.count)
      let subject = self.subjects[index]
      if conditions[subject.kind]?(subject) ?? false { fitting.append(index) }
    }
    return fitting
  }

  /// The smallest changes that make a measure hold.
  ///
  /// - Throws: `VerbFailure.interrupted` where the person stopped the search.
  func plans(_ measure: MeasureID, _ subject: Subject) throws(VerbFailure) -> NearestLines {
    do throws(SolverFailure) { return try changesThatMakeHold(measure, subject: subject) } catch { throw .interrupted }
  }

  /// Says how far a question about many subjects is.
  ///
  /// - Throws: `VerbFailure.interrupted` where the person stopped it.
  func goOn(_ done: Int, of total: Int) throws(VerbFailure) {
    if !watch(done, total) { throw .interrupted }
  }

  /// The day that a text writes.
  package func day(_ text: String) throws(VerbFailure) -> CivilDate {
    if let day = (try? LiteralReader.date(text))?.day { return day }
    throw VerbFailure("“\(text)”不是日期，应写如 2024-06-01", "“\(text)” is not a date; write it like 2024-06-01")
  }

  /// Remarks as a person reads them.
  package func text(of remarks: [Diagnostic], format: DiagnosticFormat = .text, color: Bool = false) -> String {
    PolicyDiagnostics.render(
      remarks, files: files, format: format, language: language, color: color, width: outputWidth())
  }
}

/// What a search finds.
///
/// - Throws: `VerbFailure.interrupted` where the person stopped it.
func stoppable<Found>(_ search: () throws(Interrupted) -> Found) throws(VerbFailure) -> Found {
  do throws(Interrupted) { return try search() } catch { throw .interrupted }
}

extension VerbFailure {
  package static var interrupted: VerbFailure { VerbFailure("已中断", "interrupted", exit: .interrupted) }

  /// The failure with what it leaves as it was.
  package func and(_ rest: Bilingual) -> VerbFailure {
    VerbFailure("\(message.zh)；\(rest.zh)", "\(message.en); \(rest.en)", exit: exit)
  }

  static func several(_ zh: String, _ en: String, _ word: String, _ names: [String]) -> VerbFailure {
    let shown = names.prefix(8).map { "“\($0)”" }.joined(separator: "、") + (names.count > 8 ? "…" : "")
    return VerbFailure("“\(word)”可以是几个\(zh)：\(shown)", "“\(word)” could be several \(en): \(shown)")
  }

  /// Nothing of a kind has the name; the nearest names.
  package static func none(_ zh: String, _ en: String, _ word: String, _ near: [String]) -> VerbFailure {
    let shown = near.map { "“\($0)”" }.joined(separator: "、")
    return VerbFailure(
      "没有名为“\(word)”的\(zh)" + (near.isEmpty ? "" : "；是不是\(shown)？"),
      "there is no \(en) named “\(word)”" + (near.isEmpty ? "" : "; did you mean \(shown)?"))
  }
}

/// The columns of the terminal that reads the output, or 100 where none does.
package func outputWidth() -> Int {
  var size = winsize()
  if ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= 20 { return Int(size.ws_col) }
  return 100
}
