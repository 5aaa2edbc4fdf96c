/* Z3 (https://github.com/Z3Prover/z3, MIT) through its C interface, opened on first use: a program that proves nothing
   neither waits for the library nor needs it to be installed. The types are those of z3.h. */
#ifndef TIAOLI_CZ3_H
#define TIAOLI_CZ3_H

#include <z3.h>

/* Every function that is used. */
#define CZ3_FUNCTIONS(F)                                                                                               \
  F(mk_config) F(del_config) F(mk_context) F(del_context) F(set_error_handler) F(get_error_code) F(get_error_msg)      \
  F(get_full_version) F(mk_string_symbol) F(mk_bool_sort) F(mk_int_sort) F(mk_real_sort) F(mk_const) F(mk_fresh_const) \
  F(mk_true) F(mk_false) F(mk_numeral) F(mk_and) F(mk_or) F(mk_not) F(mk_ite) F(mk_eq) F(mk_le) F(mk_lt) F(mk_add)     \
  F(mk_sub) F(mk_mul) F(mk_div) F(mk_mod) F(mk_int2real) F(mk_real2int) F(mk_params) F(params_inc_ref)                 \
  F(params_dec_ref) F(params_set_uint) F(params_set_bool) F(interrupt) F(mk_solver) F(solver_inc_ref) F(solver_dec_ref) F(solver_set_params)           \
  F(solver_assert) F(solver_check_assumptions) F(solver_get_model) F(solver_get_unsat_core)                            \
  F(solver_get_reason_unknown) F(model_inc_ref) F(model_dec_ref) F(model_eval) F(get_bool_value)                       \
  F(get_numeral_string) F(ast_vector_inc_ref) F(ast_vector_dec_ref) F(ast_vector_size) F(ast_vector_get)

/* The functions of an opened library, by their names without Z3_. */
typedef struct CZ3 {
#define CZ3_FIELD(name) __typeof__(Z3_##name) *_Nonnull name;
  CZ3_FUNCTIONS(CZ3_FIELD)
#undef CZ3_FIELD
} CZ3;

/* Opens the library of this name and fills in its functions; false where it is not there or lacks one. It stays open. */
_Bool CZ3_open(const char *_Nonnull name, CZ3 *_Nonnull functions);

/* Z3_solver_check_assumptions, which SIGINT makes give up besides what it does otherwise; Z3's own way would keep the signal
   from everybody else. One at a time in a process. */
Z3_lbool CZ3_check(
    const CZ3 *_Nonnull functions, Z3_context _Nonnull context, Z3_solver _Nonnull solver, unsigned count,
    const Z3_ast _Nullable *_Nullable assumptions);

#endif
