/*
 * golden.h - files that say what the program must write, byte for byte.
 */
#ifndef TESTS_HARNESS_GOLDEN_H
#define TESTS_HARNESS_GOLDEN_H

// Fail the cmocka test unless the file (path from the root of the sources) holds exactly the text;
// the first line that differs is printed. With GOLDEN_WRITE=1 in the environment the file is
// written instead: look at the difference in git before keeping it.
void golden_check(const char *path, const char *text);

#endif
