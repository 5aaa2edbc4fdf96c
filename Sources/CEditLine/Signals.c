#define _GNU_SOURCE
#include "CEditLine.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static int pipe_ends[2] = {-1, -1};
static atomic_bool reading, guarding, interrupted, terminal_known;
static struct timespec last_interrupt;
static struct termios terminal;

static void cle_remember_terminal(void) {
  if (tcgetattr(STDIN_FILENO, &terminal) == 0) atomic_store(&terminal_known, true);
}

void cle_restore_terminal(void) {
  static const char undo[] = "\033[?2004l\033[?25h\033[0m";
  if (!atomic_load(&terminal_known)) return;
  ssize_t ignored = write(STDOUT_FILENO, undo, sizeof undo - 1);
  (void)ignored;
  tcsetattr(STDIN_FILENO, TCSANOW, &terminal);
}

static void put_byte(unsigned char byte) {
  int saved = errno;
  ssize_t ignored = write(pipe_ends[1], &byte, 1);
  (void)ignored;
  errno = saved;
}

static void on_signal(int number) { put_byte((unsigned char)number); }

/* A second Ctrl-C within a second, while the first has not been noticed, means that the evaluation is stuck. */
static void on_interrupt(int number) {
  if (!atomic_load(&reading)) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    long long since = (now.tv_sec - last_interrupt.tv_sec) * 1000LL +
                      (now.tv_nsec - last_interrupt.tv_nsec) / 1000000;
    if (atomic_exchange(&interrupted, true) && since < 1000) {
      cle_restore_terminal();
      _exit(130);
    }
    last_interrupt = now;
  }
  put_byte((unsigned char)number);
}

static const int caught[] = {SIGWINCH, SIGCONT, SIGTSTP, SIGTERM, SIGHUP, SIGQUIT};
static const int fatal[] = {SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGBUS, SIGSEGV};
enum { caught_count = sizeof caught / sizeof *caught, fatal_count = sizeof fatal / sizeof *fatal };
static struct sigaction former_caught[caught_count], former_fatal[fatal_count];

/* The former handler runs when the faulting instruction is executed again, or the raised signal is delivered. */
static void on_fatal(int number) {
  cle_restore_terminal();
  for (int i = 0; i < fatal_count; i++)
    if (fatal[i] == number) sigaction(number, &former_fatal[i], NULL);
  raise(number);
}

static void install(int number, void (*handler)(int), struct sigaction *former) {
  struct sigaction action = {0};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART | SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, former);
}

static void restore_at_exit(void) {
  if (atomic_load(&guarding)) cle_restore_terminal();
}

bool cle_catch_interrupts(void) {
  if (pipe_ends[0] < 0) {
    if (pipe2(pipe_ends, O_CLOEXEC | O_NONBLOCK) != 0) return false;
    atexit(restore_at_exit);
  }
  install(SIGINT, on_interrupt, NULL);
  return true;
}

void cle_begin_reading(bool raw) {
  while (cle_next_signal() != 0) continue;
  atomic_store(&interrupted, false);
  atomic_store(&reading, true);
  if (!raw) return;
  cle_remember_terminal();
  atomic_store(&guarding, true);
  for (int i = 0; i < caught_count; i++) {
    install(caught[i], on_signal, &former_caught[i]);
    /* What the starter of the program chose to ignore stays ignored; for these two that is merely the default. */
    bool is_default = caught[i] == SIGWINCH || caught[i] == SIGCONT;
    if (former_caught[i].sa_handler == SIG_IGN && !is_default) sigaction(caught[i], &former_caught[i], NULL);
  }
  for (int i = 0; i < fatal_count; i++) install(fatal[i], on_fatal, &former_fatal[i]);
}

void cle_end_reading(void) {
  atomic_store(&reading, false);
  if (!atomic_exchange(&guarding, false)) return;
  for (int i = 0; i < caught_count; i++) sigaction(caught[i], &former_caught[i], NULL);
  for (int i = 0; i < fatal_count; i++) sigaction(fatal[i], &former_fatal[i], NULL);
}

int cle_signal_fd(void) { return pipe_ends[0]; }

int cle_next_signal(void) {
  unsigned char byte;
  return read(pipe_ends[0], &byte, 1) == 1 ? byte : 0;
}

void cle_wake(void) {
  if (pipe_ends[1] >= 0) put_byte(cle_woken);
}

bool cle_take_interrupt(void) { return atomic_exchange(&interrupted, false); }

void cle_stop(void) {
  struct sigaction ours;
  struct sigaction standard = {0};
  standard.sa_handler = SIG_DFL;
  sigemptyset(&standard.sa_mask);
  sigaction(SIGTSTP, &standard, &ours);
  raise(SIGTSTP);
  sigaction(SIGTSTP, &ours, NULL);
}

void cle_die(int signal_number) {
  struct sigaction standard = {0};
  standard.sa_handler = SIG_DFL;
  sigemptyset(&standard.sa_mask);
  sigaction(signal_number, &standard, NULL);
  raise(signal_number);
  _exit(128 + signal_number);
}
