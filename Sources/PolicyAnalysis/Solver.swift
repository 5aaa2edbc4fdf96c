import CZ3
import PolicyValues

/// Z3 with its terms: opened on first use, bounded in every question.
///
/// Terms are hash-consed, so equal pointers are equal terms; what is constant is folded as it is built, and much of a program
/// is constant once a subject's facts are. Nothing of Z3 is seen outside this file and `Question`.
package final class Solver {
  let functions: CZ3
  let context: OpaquePointer
  /// The Boolean constants.
  package let yes: Term, no: Term
  package let limits: Limits
  /// Asked before each question; false stops it.
  let goOn: () -> Bool
  private let boolSort: OpaquePointer, intSort: OpaquePointer, realSort: OpaquePointer
  /// Integer and real numerals.
  private var numbers: [Term: Rational] = [:]
  private var negations: [Term: Term] = [:]
  /// The parts of an if-then-else.
  private var branches: [Term: (test: Term, then: Term, otherwise: Term)] = [:]

  /// What one question may cost before it stays open.
  package struct Limits: Hashable, Sendable {
    /// Milliseconds.
    package var time: UInt32 = 10_000
    /// Steps as Z3 counts them; unlike time they are the same on every machine.
    package var steps: UInt32 = 4_000_000

    package init() {}
    package init(time: UInt32, steps: UInt32) {
      self.time = time
      self.steps = steps
    }
  }

  /// The library's file as Debian's libz3-4 installs it, and as other systems do.
  package static let libraryNames = ["libz3.so.4", "libz3.so", "libz3.so.4.8"]

  /// A solver without terms.
  ///
  /// - Throws: `libraryMissing`.
  package init(
    limits: Limits = Limits(), libraries: [String] = Solver.libraryNames, goOn: @escaping () -> Bool = { true }
  ) throws(SolverFailure) {
    self.goOn = goOn
    let functions = UnsafeMutablePointer<CZ3>.allocate(capacity: 1)
    defer { functions.deallocate() }
    guard libraries.contains(where: { CZ3_open($0, functions) }) else { throw .libraryMissing }
    let z3 = functions.pointee
    let configuration = z3.mk_config()
    guard let context = z3.mk_context(configuration) else { throw .failed("Z3_mk_context") }
    z3.del_config(configuration)
    // Without a handler an error is a code to be read, and not the end of the process.
    z3.set_error_handler(context, nil)
    self.functions = z3
    self.context = context
    self.limits = limits
    (boolSort, intSort, realSort) = (z3.mk_bool_sort(context)!, z3.mk_int_sort(context)!, z3.mk_real_sort(context)!)
    (yes, no) = (Term(z3.mk_true(context)), Term(z3.mk_false(context)))
  }

  deinit { functions.del_context(context) }

  /// The library's version: which witness is found depends on it.
  package var version: String { String(cString: functions.get_full_version()!) }

  // MARK: Constants

  enum Sort { case truth, integer, real }

  /// A new unknown; two of one name are two.
  func constant(_ name: String, _ sort: Sort) -> Term {
    let sort =
      switch sort {
      case .truth: boolSort
      case .integer: intSort
      case .real: realSort
      }
    return Term(functions.mk_fresh_const(context, name, sort))
  }

  package func truth(_ flag: Bool) -> Term { flag ? yes : no }

  package func integer(_ value: Int) -> Term { integer(Rational(value)) }

  func real(_ value: Rational) -> Term { numeral(value, realSort) }

  private func numeral(_ value: Rational, _ sort: OpaquePointer) -> Term {
    let text = value.isInteger ? "\(value.numerator)" : "\(value.numerator)/\(value.denominator)"
    let term = Term(functions.mk_numeral(context, text, sort))
    numbers[term] = value
    return term
  }

  /// The number that a term is.
  func number(_ term: Term) -> Rational? { numbers[term] }

  // MARK: Truths

  package func and(_ terms: [Term]) -> Term { junction(terms, neutral: yes, functions.mk_and) }
  package func or(_ terms: [Term]) -> Term { junction(terms, neutral: no, functions.mk_or) }
  package func and(_ a: Term, _ b: Term) -> Term { and([a, b]) }
  package func or(_ a: Term, _ b: Term) -> Term { or([a, b]) }

  private func junction(
    _ terms: [Term], neutral: Term, _ make: (OpaquePointer, UInt32, UnsafePointer<OpaquePointer?>?) -> OpaquePointer?
  ) -> Term {
    var kept: [Term] = []
    for term in terms where term != neutral {
      if term == not(neutral) { return term }
      if let negation = negations[term], kept.contains(negation) { return not(neutral) }
      if !kept.contains(term) { kept.append(term) }
    }
    if kept.count < 2 { return kept.first ?? neutral }
    let asts = kept.map { Optional($0.ast) }
    return Term(make(context, UInt32(asts.count), asts))
  }

  package func not(_ a: Term) -> Term {
    if a == yes { return no }
    if a == no { return yes }
    if let known = negations[a] { return known }
    let term = Term(functions.mk_not(context, a.ast))
    negations[a] = term
    negations[term] = a
    return term
  }

  package func implies(_ a: Term, _ b: Term) -> Term { or(not(a), b) }

  /// Whether two truths differ.
  package func differs(_ a: Term, _ b: Term) -> Term { not(equal(a, b)) }

  // MARK: Values

  package func equal(_ a: Term, _ b: Term) -> Term {
    if a == b { return yes }
    if let one = numbers[a], let two = numbers[b] { return truth(one == two) }
    if a == yes { return b }
    if b == yes { return a }
    if a == no { return not(b) }
    if b == no { return not(a) }
    // The leaves of what was chosen before are often numbers.
    if let split = branches[a], numbers[b] != nil, numbers[split.then] != nil {
      return choose(split.test, equal(split.then, b), equal(split.otherwise, b))
    }
    if let split = branches[b], numbers[a] != nil, numbers[split.then] != nil { return equal(b, a) }
    return Term(functions.mk_eq(context, a.ast, b.ast))
  }

  func lessOrEqual(_ a: Term, _ b: Term) -> Term {
    if a == b { return yes }
    if let one = numbers[a], let two = numbers[b] { return truth(one <= two) }
    return Term(functions.mk_le(context, a.ast, b.ast))
  }

  func less(_ a: Term, _ b: Term) -> Term { not(lessOrEqual(b, a)) }

  /// One term or the other.
  package func choose(_ test: Term, _ then: Term, _ otherwise: Term) -> Term {
    if test == yes || then == otherwise { return then }
    if test == no { return otherwise }
    if then == yes { return or(test, otherwise) }
    if then == no { return and(not(test), otherwise) }
    if otherwise == yes { return or(not(test), then) }
    if otherwise == no { return and(test, then) }
    let term = Term(functions.mk_ite(context, test.ast, then.ast, otherwise.ast))
    branches[term] = (test, then, otherwise)
    return term
  }

  func minimum(_ a: Term, _ b: Term) -> Term { choose(lessOrEqual(a, b), a, b) }
  func maximum(_ a: Term, _ b: Term) -> Term { choose(lessOrEqual(a, b), b, a) }

  func add(_ a: Term, _ b: Term) -> Term { sum(a, b, functions.mk_add) { try? $0.adding($1) } }

  func subtract(_ a: Term, _ b: Term) -> Term { sum(a, b, functions.mk_sub) { try? $0.subtracting($1) } }

  private func sum(
    _ a: Term, _ b: Term, _ make: (OpaquePointer, UInt32, UnsafePointer<OpaquePointer?>?) -> OpaquePointer?,
    _ exact: (Rational, Rational) -> Rational?
  ) -> Term {
    if let two = numbers[b], two.isZero { return a }
    if let one = numbers[a], let two = numbers[b], let result = exact(one, two) { return like(a, result) }
    let asts = [Optional(a.ast), Optional(b.ast)]
    return Term(make(context, 2, asts))
  }

  /// The numeral in the sort of a numeral.
  private func like(_ term: Term, _ value: Rational) -> Term {
    integers.contains(term) ? integer(value) : real(value)
  }

  /// A number times a term; a choice among numbers times a term is a choice among multiples.
  ///
  /// - Returns: nil where both factors are unknown, which would no longer be linear.
  func multiply(_ a: Term, _ b: Term) -> Term? {
    if let one = numbers[a], let two = numbers[b], let product = try? one.multiplied(by: two) {
      return like(a, product)
    }
    if let one = numbers[a] {
      if one.isZero { return a }
      if one == .one { return b }
      let asts = [Optional(a.ast), Optional(b.ast)]
      return Term(functions.mk_mul(context, 2, asts))
    }
    if numbers[b] != nil { return multiply(b, a) }
    for (tree, other) in [(a, b), (b, a)] {
      guard isChoiceOfNumbers(tree), let split = branches[tree] else { continue }
      guard let then = multiply(split.then, other), let otherwise = multiply(split.otherwise, other) else { return nil }
      return choose(split.test, then, otherwise)
    }
    return nil
  }

  /// A term for each number that a choice among numbers may be.
  func eachNumber(of term: Term, _ result: (Rational) -> Term?) -> Term? {
    if let number = numbers[term] { return result(number) }
    guard isChoiceOfNumbers(term), let split = branches[term] else { return nil }
    guard let then = eachNumber(of: split.then, result), let otherwise = eachNumber(of: split.otherwise, result) else {
      return nil
    }
    return choose(split.test, then, otherwise)
  }

  func isChoiceOfNumbers(_ term: Term, depth: Int = 0) -> Bool {
    if numbers[term] != nil { return true }
    guard depth < 12, let split = branches[term] else { return false }
    return isChoiceOfNumbers(split.then, depth: depth + 1) && isChoiceOfNumbers(split.otherwise, depth: depth + 1)
  }

  /// The integer quotient towards −∞.
  ///
  /// - Requires: a divisor above 0.
  func quotient(_ a: Term, _ divisor: Int) -> Term {
    if let one = numbers[a] { return integer(Int(floorDivided(one.numerator, divisor))) }
    return Term(functions.mk_div(context, a.ast, integer(divisor).ast))
  }

  /// The remainder of `quotient`.
  func remainder(_ a: Term, _ divisor: Int) -> Term {
    if let one = numbers[a] {
      return integer(Int(one.numerator - floorDivided(one.numerator, divisor) * Int128(divisor)))
    }
    return Term(functions.mk_mod(context, a.ast, integer(divisor).ast))
  }

  private func floorDivided(_ a: Int128, _ b: Int) -> Int128 {
    let (quotient, rest) = a.quotientAndRemainder(dividingBy: Int128(b))
    return rest < 0 ? quotient - 1 : quotient
  }

  func toReal(_ a: Term) -> Term {
    if let one = numbers[a] { return real(one) }
    return Term(functions.mk_int2real(context, a.ast))
  }

  /// The greatest integer that is not above a real.
  func floor(_ a: Term) -> Term {
    if let one = numbers[a] { return integer(Rational(one.floor)) }
    return Term(functions.mk_real2int(context, a.ast))
  }

  private var integers: Set<Term> = []

  private func integer(_ value: Rational) -> Term {
    let term = numeral(value, intSort)
    integers.insert(term)
    return term
  }
}

/// A Z3 term of one solver.
package struct Term: Hashable {
  let ast: OpaquePointer

  /// - Requires: a term that Z3 made; it makes none only where the sorts don't fit or memory ends.
  init(_ ast: OpaquePointer?) {
    guard let ast else { fatalError("Z3 made no term") }
    self.ast = ast
  }
}

/// Why a solver says nothing.
package enum SolverFailure: Error, Hashable, Sendable {
  /// libz3 isn't installed.
  case libraryMissing
  /// The question was given up at its limit of time or steps; the solver's own word for it.
  case limit(String)
  /// The person stopped it.
  case interrupted
  /// The solver's own message.
  case failed(String)
}
