/* The C side of the line editor: libedit without its drawing, signals as bytes in a pipe, and
   a terminal that is put back on every way out. One editor per process, used from one thread. */
#ifndef TIAOLI_CEDITLINE_H
#define TIAOLI_CEDITLINE_H

#include <histedit.h>
#include <stdbool.h>
#include <stddef.h>

typedef int (*cle_read_function)(EditLine *, wchar_t *);
typedef unsigned char (*cle_key_function)(EditLine *, wint_t);

/* Selects a UTF-8 LC_CTYPE: the user's, else C.UTF-8 and its like. False if there is none. */
bool cle_use_utf8_locale(void);

/* Opens libedit on fd 0 with its drawing sent to /dev/null; NULL if that fails. */
EditLine *cle_open(const char *program, cle_read_function read, void *context);
/* Puts the terminal back and frees the editor. */
void cle_close(EditLine *editor);
/* The context given to cle_open. */
void *cle_context(EditLine *editor);
/* Makes libedit believe in a 1000x1000 screen, where its own drawing cannot overrun. */
void cle_widen(EditLine *editor);
/* Makes room for `count` characters, so that no later edit has to grow the buffers. */
void cle_reserve(EditLine *editor, int count);
/* Registers a function that keys can be bound to; -1 if libedit refuses. `name` must stay alive. */
int cle_add_function(EditLine *editor, const char *name, cle_key_function function);
/* Binds a key, in libedit's own notation, to a named function; -1 if libedit refuses. */
int cle_bind(EditLine *editor, const char *key, const char *function);
/* Does one line of a key file; false if it is not understood. */
bool cle_do_line(EditLine *editor, const char *line);
/* False if the user's editrc said `edit off`. */
bool cle_is_editing(EditLine *editor);
/* True if the user's editrc said `bind -v`. */
bool cle_is_vi(EditLine *editor);
/* Returns to the emacs key map. */
void cle_use_emacs(EditLine *editor);
/* Switches between raw (true) and cooked mode. */
void cle_set_raw(EditLine *editor, bool raw);

/* A byte that cle_next_signal gives for a wake-up by cle_wake. */
enum { cle_woken = 255 };
/* Starts catching SIGINT; the first call opens the pipe. False if no pipe can be had. */
bool cle_catch_interrupts(void);
/* Begins a read and forgets old interrupts; a raw one also remembers the terminal's state and catches the signals that
   would leave the terminal raw. */
void cle_begin_reading(bool raw);
/* Ends a read: gives those signals back to their former owners. */
void cle_end_reading(void);
/* The end of the pipe to poll. */
int cle_signal_fd(void);
/* The next signal number or cle_woken; 0 when the pipe is empty. */
int cle_next_signal(void);
/* Puts a wake-up into the pipe; safe from any thread. */
void cle_wake(void);
/* True once after a SIGINT outside a read. */
bool cle_take_interrupt(void);
/* Stops the process as Ctrl-Z does; returns when it continues. */
void cle_stop(void);
/* Ends the process by the signal's default action. */
void cle_die(int signal_number);
/* Restores the state before the last raw read; safe in a signal handler. */
void cle_restore_terminal(void);

#endif
