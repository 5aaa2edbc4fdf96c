/* libpq, PostgreSQL's client library, opened on first use: a program that asks no server neither waits for the library nor
   needs it to be installed. The functions and numbers are those of libpq-fe.h, which have been the same since PostgreSQL 8;
   they stand here so that nothing has to be installed to build. */
#ifndef TIAOLI_CPQ_H
#define TIAOLI_CPQ_H

typedef struct CPQConnection CPQConnection;
typedef struct CPQResult CPQResult;

/* Every function that is used: its name without PQ, its result, its parameters. */
#define CPQ_FUNCTIONS(F)                                                                                               \
  F(connectdbParams, CPQConnection *_Nullable,                                                                         \
    (const char *_Nullable const *_Nonnull keywords, const char *_Nullable const *_Nonnull values, int expandName))    \
  F(status, int, (const CPQConnection *_Nullable))                                                                     \
  F(errorMessage, const char *_Nonnull, (const CPQConnection *_Nullable))                                              \
  F(finish, void, (CPQConnection *_Nullable))                                                                          \
  F(exec, CPQResult *_Nullable, (CPQConnection *_Nonnull, const char *_Nonnull))                                       \
  F(execParams, CPQResult *_Nullable,                                                                                  \
    (CPQConnection *_Nonnull, const char *_Nonnull command, int count, const unsigned *_Nullable types,                \
     const char *_Nullable const *_Nullable values, const int *_Nullable lengths, const int *_Nullable formats,        \
     int resultFormat))                                                                                                \
  F(resultStatus, int, (const CPQResult *_Nullable))                                                                   \
  F(resultErrorField, const char *_Nullable, (const CPQResult *_Nullable, int field))                                  \
  F(ntuples, int, (const CPQResult *_Nonnull))                                                                         \
  F(getvalue, const char *_Nonnull, (const CPQResult *_Nonnull, int row, int column))                                  \
  F(nfields, int, (const CPQResult *_Nonnull))                                                                         \
  F(getisnull, int, (const CPQResult *_Nonnull, int row, int column))                                                  \
  F(clear, void, (CPQResult *_Nullable))                                                                               \
  F(setNoticeProcessor, void *_Nullable,                                                                               \
    (CPQConnection *_Nonnull, void (*_Nullable)(void *_Nullable, const char *_Nonnull), void *_Nullable))

/* The functions of an opened library, by their names without PQ. */
typedef struct CPQ {
#define CPQ_FIELD(name, result, parameters) result(*_Nonnull name) parameters;
  CPQ_FUNCTIONS(CPQ_FIELD)
#undef CPQ_FIELD
} CPQ;

enum {
  CPQ_CONNECTION_OK = 0,
  CPQ_COMMAND_OK = 1,
  CPQ_TUPLES_OK = 2,
  CPQ_SQLSTATE = 'C',
  CPQ_MESSAGE = 'M',
};

/* Opens the library of this name and fills in its functions; false where it is not there or lacks one. It stays open. */
_Bool CPQ_open(const char *_Nonnull name, CPQ *_Nonnull functions);

/* Keeps the server's notices off standard error. */
void CPQ_ignoreNotices(const CPQ *_Nonnull functions, CPQConnection *_Nonnull connection);

#endif
