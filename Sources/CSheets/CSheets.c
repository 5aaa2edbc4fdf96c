#include "CSheets.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

static _Bool find(void *library, const char *name, void *field) {
  return (*(void **)field = dlsym(library, name)) != NULL;
}

_Bool CSheets_open_zip(CSheetsZip *functions) {
  void *library = dlopen("libzip.so.4", RTLD_LAZY | RTLD_LOCAL);
  if (!library) library = dlopen("libzip.so.5", RTLD_LAZY | RTLD_LOCAL);
  if (!library) return 0;
#define CSHEETS_FIND(name)                                                                                             \
  if (!find(library, "zip_" #name, &functions->name)) return 0;
  CSHEETS_ZIP(CSHEETS_FIND)
#undef CSHEETS_FIND
  return 1;
}

_Bool CSheets_open_xml(CSheetsXML *functions) {
  void *library = dlopen("libexpat.so.1", RTLD_LAZY | RTLD_LOCAL);
  if (!library) return 0;
#define CSHEETS_FIND(name)                                                                                             \
  if (!find(library, "XML_" #name, &functions->name)) return 0;
  CSHEETS_XML(CSHEETS_FIND)
#undef CSHEETS_FIND
  return 1;
}

_Bool CSheets_open_writer(CSheetsWriter *functions) {
  /* The structures of its header are used, so the version that was built with is the one that is opened. */
  void *library = dlopen("libxlsxwriter.so." LXW_SOVERSION, RTLD_LAZY | RTLD_LOCAL);
  if (!library) return 0;
#define CSHEETS_FIND(name)                                                                                             \
  if (!find(library, #name, &functions->name)) return 0;
  CSHEETS_WRITER(CSHEETS_FIND)
#undef CSHEETS_FIND
  return 1;
}

lxw_workbook *CSheets_workbook(const CSheetsWriter *functions, const char *path, const char *folder) {
  /* It keeps the folder's name. */
  lxw_workbook_options options = {.constant_memory = 1, .tmpdir = (char *)folder, .use_zip64 = 1};
  return functions->workbook_new_opt(path, &options);
}

lxw_error CSheets_write_number(
    const CSheetsWriter *functions, lxw_worksheet *sheet, unsigned row, unsigned short column, const char *decimal,
    lxw_format *format) {
  return functions->worksheet_write_number(sheet, row, column, strtod(decimal, NULL), format);
}

void CSheets_set_width(const CSheetsWriter *functions, lxw_worksheet *sheet, unsigned short column, int characters) {
  functions->worksheet_set_column(sheet, column, column, characters, NULL);
}

_Bool CSheets_is_written(lxw_worksheet *sheet) { return fflush(sheet->file) == 0 && !ferror(sheet->file); }
