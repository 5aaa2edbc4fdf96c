#include "CPQ.h"

#include <dlfcn.h>

_Bool CPQ_open(const char *name, CPQ *functions) {
  void *library = dlopen(name, RTLD_LAZY | RTLD_LOCAL);
  if (!library) return 0;
#define CPQ_FIND(name, result, parameters)                                                                             \
  if (!(*(void **)&functions->name = dlsym(library, "PQ" #name))) return 0;
  CPQ_FUNCTIONS(CPQ_FIND)
#undef CPQ_FIND
  return 1;
}

static void ignore(void *context, const char *message) { (void)context, (void)message; }

void CPQ_ignoreNotices(const CPQ *functions, CPQConnection *connection) {
  functions->setNoticeProcessor(connection, ignore, 0);
}
