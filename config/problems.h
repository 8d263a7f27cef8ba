/*
 * problems.h - all that is wrong with the files we were given, collected, in the compilers' own format.
 */
#ifndef CONFIG_PROBLEMS_H
#define CONFIG_PROBLEMS_H

#include "core/arena.h"

#include <stddef.h>

typedef struct Problems
{
    Arena *arena;
    const char **items;  // "file:line:column: path: problem"
    size_t count, capacity;
} Problems;

// line and column from 1; 0 leaves them out (problems that have no place, such as an environment variable).
// path "" leaves it out.
void problem_add(Problems *problems, const char *file, size_t line, size_t column, const char *path,
    const char *format, ...) __attribute__((format(printf, 6, 7)));

#endif
