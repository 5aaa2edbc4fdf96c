import CZ3
package import PolicyValues

/// Some assertions, and what follows from them with further assumptions; one of many over the terms of a solver.
package final class Question {
  package let solver: Solver
  private let handle: OpaquePointer
  private var proxies: [Term: Term] = [:]
  private var terms: [Term: Term] = [:]
  /// The assumptions that contradicted each other in the last check without an answer.
  package private(set) var core: [Term] = []

  /// A question without assertions, within the solver's limits.
  package init(_ solver: Solver) {
    self.solver = solver
    let z3 = solver.functions
    // Z3_mk_simple_solver would ignore the limit of steps.
    handle = z3.mk_solver(solver.context)!
    z3.solver_inc_ref(solver.context, handle)
    let parameters = z3.mk_params(solver.context)
    z3.params_inc_ref(solver.context, parameters)
    for (name, value) in [("timeout", solver.limits.time), ("rlimit", solver.limits.steps)] {
      z3.params_set_uint(solver.context, parameters, z3.mk_string_symbol(solver.context, name), value)
    }
    // Ctrl-C is dealt with in `CZ3_check`.
    z3.params_set_bool(solver.context, parameters, z3.mk_string_symbol(solver.context, "ctrl_c"), false)
    z3.solver_set_params(solver.context, handle, parameters)
    z3.params_dec_ref(solver.context, parameters)
  }

  deinit { solver.functions.solver_dec_ref(solver.context, handle) }

  package func assert(_ term: Term) {
    if term != solver.yes { solver.functions.solver_assert(solver.context, handle, term.ast) }
  }

  /// An assignment under which the assertions and the assumptions hold; nil where there is none.
  ///
  /// - Throws: `limit` where the solver gave up: then nothing follows; `interrupted` where it was stopped.
  package func answer(assuming assumptions: [Term] = []) throws(SolverFailure) -> Answer? {
    if !solver.goOn() { throw .interrupted }
    core = []
    if assumptions.contains(solver.no) {
      core = [solver.no]
      return nil
    }
    let literals = assumptions.filter { $0 != solver.yes }.map { Optional(proxy($0).ast) }
    var z3 = solver.functions
    switch CZ3_check(&z3, solver.context, handle, UInt32(literals.count), literals) {
    case Z3_L_TRUE:
      guard let model = z3.solver_get_model(solver.context, handle) else { throw .failed("Z3_solver_get_model") }
      return Answer(solver, model)
    case Z3_L_FALSE:
      guard let found = z3.solver_get_unsat_core(solver.context, handle) else { return nil }
      z3.ast_vector_inc_ref(solver.context, found)
      for index in 0..<z3.ast_vector_size(solver.context, found) {
        if let ast = z3.ast_vector_get(solver.context, found, index), let term = terms[Term(ast)] {
          core.append(term)
        }
      }
      z3.ast_vector_dec_ref(solver.context, found)
      return nil
    default:
      if !solver.goOn() { throw .interrupted }
      if z3.get_error_code(solver.context) != Z3_OK {
        throw .failed(
          z3.get_error_msg(solver.context, z3.get_error_code(solver.context)).map { String(cString: $0) } ?? "")
      }
      throw .limit(z3.solver_get_reason_unknown(solver.context, handle).map { String(cString: $0) } ?? "")
    }
  }

  /// A Boolean constant that stands for an assumption: Z3 wants literals.
  private func proxy(_ term: Term) -> Term {
    if let known = proxies[term] { return known }
    let proxy = solver.constant("assume", .truth)
    assert(solver.implies(proxy, term))
    proxies[term] = proxy
    terms[proxy] = term
    return proxy
  }
}

/// An assignment of values to the unknowns.
package final class Answer {
  private let solver: Solver
  private let model: OpaquePointer

  fileprivate init(_ solver: Solver, _ model: OpaquePointer) {
    self.solver = solver
    self.model = model
    solver.functions.model_inc_ref(solver.context, model)
  }

  deinit { solver.functions.model_dec_ref(solver.context, model) }

  package func truth(_ term: Term) -> Bool {
    if term == solver.yes || term == solver.no { return term == solver.yes }
    return solver.functions.get_bool_value(solver.context, value(term)) == Z3_L_TRUE
  }

  /// The number of an integer or real term; nil where it doesn't fit.
  package func number(_ term: Term) -> Rational? {
    if let known = solver.number(term) { return known }
    guard let ast = value(term), let text = solver.functions.get_numeral_string(solver.context, ast) else { return nil }
    let parts = String(cString: text).split(separator: "/")
    guard let numerator = parts.first.flatMap({ Int128($0) }) else { return nil }
    let denominator = parts.count > 1 ? Int128(parts[1]) : 1
    return denominator.flatMap { try? Rational(numerator: numerator, denominator: $0) }
  }

  package func integer(_ term: Term) -> Int? {
    number(term).flatMap { $0.isInteger ? Int(exactly: $0.numerator) : nil }
  }

  private func value(_ term: Term) -> OpaquePointer? {
    var result: OpaquePointer?
    // What the assignment leaves open gets a value too.
    guard solver.functions.model_eval(solver.context, model, term.ast, true, &result) else { return nil }
    return result
  }
}
