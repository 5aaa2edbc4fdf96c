/* Workbooks: libzip (BSD) and expat (MIT) to read, libxlsxwriter (BSD) to write, through their C interfaces. All are opened on
   first use: a program that touches no workbook neither waits for them nor needs them to be installed. The types are those of
   their headers. */
#ifndef TIAOLI_CSHEETS_H
#define TIAOLI_CSHEETS_H

#include <expat.h>
#include <xlsxwriter.h>
#include <zip.h>

/* Every function of libzip that is used, by its name without zip_. */
#define CSHEETS_ZIP(F) F(open) F(discard) F(get_num_entries) F(get_name) F(stat_index) F(fopen_index) F(fread) F(fclose)

/* Every function of expat that is used, by its name without XML_. */
#define CSHEETS_XML(F)                                                                                                 \
  F(ParserCreate) F(ParserFree) F(SetUserData) F(SetElementHandler) F(SetCharacterDataHandler)                         \
  F(SetStartDoctypeDeclHandler) F(Parse) F(StopParser) F(GetErrorCode) F(ErrorString) F(GetCurrentLineNumber)          \
  F(GetCurrentColumnNumber)

/* Every function of libxlsxwriter that is used, by its name. */
#define CSHEETS_WRITER(F)                                                                                              \
  F(workbook_new_opt) F(workbook_add_worksheet) F(workbook_add_format) F(workbook_close) \
  F(worksheet_write_string) F(worksheet_write_number) F(worksheet_write_boolean) F(worksheet_set_column)               \
  F(worksheet_freeze_panes) F(lxw_workbook_free) F(format_set_bold) F(format_set_num_format) F(format_set_bg_color)                         \
  F(format_set_text_wrap) F(format_set_align) F(format_set_bottom) F(lxw_strerror)

typedef struct CSheetsZip {
#define CSHEETS_FIELD(name) __typeof__(zip_##name) *_Nonnull name;
  CSHEETS_ZIP(CSHEETS_FIELD)
#undef CSHEETS_FIELD
} CSheetsZip;

typedef struct CSheetsXML {
#define CSHEETS_FIELD(name) __typeof__(XML_##name) *_Nonnull name;
  CSHEETS_XML(CSHEETS_FIELD)
#undef CSHEETS_FIELD
} CSheetsXML;

typedef struct CSheetsWriter {
#define CSHEETS_FIELD(name) __typeof__(name) *_Nonnull name;
  CSHEETS_WRITER(CSHEETS_FIELD)
#undef CSHEETS_FIELD
} CSheetsWriter;

/* Open a library and fill in its functions; false where it is not there or lacks one. It stays open. */
_Bool CSheets_open_zip(CSheetsZip *_Nonnull functions);
_Bool CSheets_open_xml(CSheetsXML *_Nonnull functions);
_Bool CSheets_open_writer(CSheetsWriter *_Nonnull functions);

/* Begins a workbook that is written row by row, its unfinished sheets in files without a name in this folder. */
lxw_workbook *_Nullable CSheets_workbook(
    const CSheetsWriter *_Nonnull functions, const char *_Nonnull path, const char *_Nonnull folder);

/* Writes a decimal number such as -12.5; the nearest number that a workbook can hold is stored. */
lxw_error CSheets_write_number(
    const CSheetsWriter *_Nonnull functions, lxw_worksheet *_Nonnull sheet, unsigned row, unsigned short column,
    const char *_Nonnull decimal, lxw_format *_Nullable format);

/* Makes a column this many narrow characters wide. */
void CSheets_set_width(
    const CSheetsWriter *_Nonnull functions, lxw_worksheet *_Nonnull sheet, unsigned short column, int characters);

/* Whether all that was written so far to the sheet has reached its file. */
_Bool CSheets_is_written(lxw_worksheet *_Nonnull sheet);

#endif
