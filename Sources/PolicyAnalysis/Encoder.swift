package import PolicyIR
import PolicyText
import PolicyValues

/// The measures of one program as formulas over a space of facts.
///
/// It says what the evaluator says: for every subject of the space and every reading, the terms of `verdict` hold where
/// `Evaluation` gives that verdict. What it can't say it throws as `Unsupported`, measure by measure.
///
/// Two versions of a program are compared by encoding both in one space: the facts are the same unknowns, and so are readings,
/// holes and lists of the same name.
/// ```swift
/// let solver = try Solver()
/// let space = FactSpace(solver)
/// let (old, new) = (Encoder(before, in: space), Encoder(after, in: space))
/// let (one, two) = (try old.verdict(of: measure), try new.verdict(of: renamed))
/// let question = space.question()                  // after encoding: it takes the constraints that encoding added
/// question.assert(solver.differs(one.yes, two.yes))
/// guard let answer = try question.answer() else { … }  // nil: both are yes for the same subjects (of the space)
/// let witness = new.witness(answer, kind: kind)    // to be replayed by `Evaluation` before it is shown
/// ```
/// `question.answer(assuming: [two.yes, solver.not(one.yes)])` tells broader from narrower; `space.boundedLists` and
/// `FactSpace` say what “the same for all subjects” is bound to.
package final class Encoder {
  package let program: Program
  package let space: FactSpace
  /// Readings that are settled here although the program leaves them open.
  let fixedReadings: [ChoiceID: Int]
  /// The choices that some term depends on.
  package internal(set) var touchedChoices: Set<ChoiceID> = []
  var verdicts: [String: (wouldBe: SymbolicVerdict, isOfKind: Bool)] = [:]
  var amounts: [String: SymbolicCell] = [:]
  var truths: [Place: SymbolicTruth] = [:]
  var cells: [Place: SymbolicCell] = [:]
  var depth = 0

  /// A definition of one subject.
  struct Place: Hashable {
    var definition: DefinitionID
    var subject: ObjectIdentifier
  }

  package init(_ program: Program, in space: FactSpace, readings: [ChoiceID: Int] = [:]) {
    self.program = program
    self.space = space
    fixedReadings = readings
  }

  var solver: Solver { space.solver }

  /// Enters one level of an expression or of rules that refer to each other; each way out takes it off again.
  func deeper() throws(Unsupported) {
    depth += 1
    if depth > 200 {
      depth -= 1
      throw .tooLarge
    }
  }

  func kind(of subject: SymbolicSubject) -> KindID? {
    program.kinds.firstIndex { $0.name == subject.kind }.map { KindID($0) }
  }

  func frame(_ frames: [SymbolicSubject], _ depth: Int) throws(Unsupported) -> SymbolicSubject {
    guard frames.indices.contains(depth) else { throw .malformed }
    return frames[depth]
  }
}
