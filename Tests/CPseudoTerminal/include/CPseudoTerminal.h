#ifndef TIAOLI_CPSEUDOTERMINAL_H
#define TIAOLI_CPSEUDOTERMINAL_H
#include <sys/types.h>
/* Runs a program on a new pseudo-terminal of the given size; the process id, or -1. */
pid_t cpt_spawn(const char *path, char *const arguments[], char *const environment[], int columns, int rows, int *master);
/* Gives the terminal another size. */
void cpt_resize(int master, int columns, int rows);
/* The C library's opinion of a character's columns in C.UTF-8. */
int cpt_system_width(int scalar);
#endif
