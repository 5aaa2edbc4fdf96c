import PolicyIR
import PolicyWorkspace

extension Session {
  /// The measures and the subjects that options and words name; nil measures: all.
  func selection(
    _ measure: String?, _ subject: String?, _ filter: String?, _ words: [String]
  ) throws(VerbFailure) -> (measures: [MeasureID]?, subjects: [Int]) {
    var measures: [MeasureID]?
    var subjects: [Int]?
    if let measure { measures = [try self.measure(measure)] }
    if let subject { subjects = [try self.subject(subject)] }
    for word in words {
      if measures == nil, case .one(let id) = self.measure(named: word) {
        measures = [id]
      } else if subjects == nil, case .one(let index) = self.subject(named: word) {
        subjects = [index]
      } else if measures == nil {
        measures = [try self.measure(word)]
      } else {
        subjects = [try self.subject(word)]
      }
    }
    if let id = measures?.first, program.measures[id].object == nil {
      throw VerbFailure(
        "“\(program.measures[id].name)”没有对象，没有个案结论；用“措施”或者“条款”查看",
        "“\(program.measures[id].name)” has no subject and decides no single case; see “measures” or “clause”")
    }
    if subjects == nil, self.subjects.isEmpty {
      throw VerbFailure("没有载入主体；用 --facts 给出事实文件", "no subjects are loaded; give files of facts with --facts")
    }
    if subjects == nil, let selected { subjects = [selected] }
    if subjects == nil, let kind = measures?.first.flatMap({ program.measures[$0].object?.kind }) {
      // Whoever asks for one measure asks of those that it is for.
      subjects = self.subjects.indices.filter { self.subjects[$0].kind == kind }
    }
    let chosen = subjects ?? Array(self.subjects.indices)
    guard let filter else { return (measures, chosen) }
    return (measures, try self.filter(chosen, by: filter))
  }
}
