/*
 * tools.h - other programs' eyes on what we made: pdftotext, qpdf, xmllint, python3.
 */
#ifndef TESTS_HARNESS_TOOLS_H
#define TESTS_HARNESS_TOOLS_H

#include "core/arena.h"

#include <stdbool.h>
#include <stddef.h>

// Whether a program is installed; when not, says on stderr what is skipped without it.
bool tool_is_there(const char *program);

// Write bytes to a file of this name in a folder of the test's own, which goes with the arena. Returns its path.
const char *tool_file(Arena *arena, const char *name, const char *bytes, size_t length);

// What a command prints (both channels), and its exit status.
const char *tool_run(Arena *arena, const char *command, int *status);

// The text of a PDF in reading order; with layout its columns stay side by side. Blanks at line ends are taken off, pages end
// in "----".
const char *tool_pdf_text(Arena *arena, const char *bytes, size_t length, bool layout);

#endif
