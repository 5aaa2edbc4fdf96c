#include "CZ3.h"

#include <dlfcn.h>
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
