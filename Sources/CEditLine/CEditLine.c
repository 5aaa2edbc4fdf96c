#include "CEditLine.h"

#include <langinfo.h>
#include <locale.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool codeset_is_utf8(void) {
  return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

bool cle_use_utf8_locale(void) {
  static const char *const fallbacks[] = {"C.UTF-8", "zh_CN.UTF-8", "en_US.UTF-8"};
  if (setlocale(LC_CTYPE, "") != NULL && codeset_is_utf8()) return true;
  for (size_t i = 0; i < sizeof fallbacks / sizeof *fallbacks; i++)
    if (setlocale(LC_CTYPE, fallbacks[i]) != NULL && codeset_is_utf8()) return true;
  return false;
}

static FILE *nowhere;

static char *empty_prompt(EditLine *editor) {
  static char text[] = "";
  (void)editor;
  return text;
}

EditLine *cle_open(const char *program, cle_read_function read, void *context) {
  if (nowhere == NULL) nowhere = fopen("/dev/null", "we");
  if (nowhere == NULL) return NULL;
  EditLine *editor = el_init_fd(program, stdin, nowhere, nowhere, 0, 1, 2);
  if (editor == NULL) return NULL;
  el_set(editor, EL_EDITOR, "emacs");
  el_set(editor, EL_SIGNAL, 0);
  el_set(editor, EL_PROMPT, empty_prompt);
  el_set(editor, EL_CLIENTDATA, context);
  el_set(editor, EL_GETCFN, read);
  return editor;
}

void cle_close(EditLine *editor) { el_end(editor); }

void *cle_context(EditLine *editor) {
  void *context = NULL;
  el_get(editor, EL_CLIENTDATA, &context);
  return context;
}

static int capability(EditLine *editor, char *name) {
  int value = 0;
  el_get(editor, EL_GETTC, name, &value);
  return value;
}

void cle_widen(EditLine *editor) {
  char columns[] = "co", lines[] = "li";
  if (capability(editor, columns) != 1000) el_set(editor, EL_SETTC, "co", "1000", NULL);
  if (capability(editor, lines) != 1000) el_set(editor, EL_SETTC, "li", "1000", NULL);
}

void cle_reserve(EditLine *editor, int count) {
  wchar_t *filler = malloc(((size_t)count + 1) * sizeof *filler);
  if (filler == NULL) return;
  wmemset(filler, L' ', (size_t)count);
  filler[count] = 0;
  if (el_winsertstr(editor, filler) == 0) el_deletestr(editor, count);
  free(filler);
}

int cle_add_function(EditLine *editor, const char *name, cle_key_function function) {
  return el_set(editor, EL_ADDFN, name, "tiaoli", function);
}

int cle_bind(EditLine *editor, const char *key, const char *function) {
  return el_set(editor, EL_BIND, key, function, NULL);
}

bool cle_do_line(EditLine *editor, const char *line) {
  Tokenizer *tokenizer = tok_init(NULL);
  if (tokenizer == NULL) return false;
  int count = 0;
  const char **words = NULL;
  bool done = tok_str(tokenizer, line, &count, &words) == 0 && (count == 0 || el_parse(editor, count, words) == 0);
  tok_end(tokenizer);
  return done;
}

bool cle_is_editing(EditLine *editor) {
  int mode = 0;
  return el_get(editor, EL_EDITMODE, &mode) == 0 && mode != 0;
}

bool cle_is_vi(EditLine *editor) {
  const char *name = NULL;
  return el_get(editor, EL_EDITOR, &name) == 0 && name != NULL && strcmp(name, "vi") == 0;
}

void cle_use_emacs(EditLine *editor) { el_set(editor, EL_EDITOR, "emacs"); }

void cle_set_raw(EditLine *editor, bool raw) { el_set(editor, EL_PREP_TERM, raw ? 1 : 0); }
