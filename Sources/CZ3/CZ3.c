#include "CZ3.h"

#include <dlfcn.h>
#include <signal.h>
#include <stddef.h>

_Bool CZ3_open(const char *name, CZ3 *functions) {
  void *library = dlopen(name, RTLD_LAZY | RTLD_LOCAL);
  if (!library) return 0;
#define CZ3_FIND(name)                                                                                                 \
  if (!(*(void **)&functions->name = dlsym(library, "Z3_" #name))) return 0;
  CZ3_FUNCTIONS(CZ3_FIND)
#undef CZ3_FIND
  return 1;
}

static void (*interrupt_context)(Z3_context);
static Z3_context checked;
static struct sigaction former;

static void on_interrupt(int number) {
  interrupt_context(checked);
  if (former.sa_handler == SIG_IGN) return;
  if (former.sa_handler != SIG_DFL) {
    former.sa_handler(number);
    return;
  }
  sigaction(number, &former, NULL);
  raise(number);
}

Z3_lbool CZ3_check(
    const CZ3 *functions, Z3_context context, Z3_solver solver, unsigned count, const Z3_ast *assumptions) {
  struct sigaction own = {0};
  own.sa_handler = on_interrupt;
  own.sa_flags = SA_RESTART | SA_ONSTACK;
  sigemptyset(&own.sa_mask);
  interrupt_context = functions->interrupt;
  checked = context;
  sigaction(SIGINT, NULL, &former);
  sigaction(SIGINT, &own, NULL);
  Z3_lbool result = functions->solver_check_assumptions(context, solver, count, assumptions);
  sigaction(SIGINT, &former, NULL);
  return result;
}
