/*
 * terms_read.h - one terms file from its bytes.
 */
#ifndef CONFIG_TERMS_READ_H
#define CONFIG_TERMS_READ_H

#include "config/terms.h"

// Read one file. False when there was any problem; out is then untouched.
bool terms_read(Arena *arena, const char *file, const char *bytes, size_t length, Terms *out,
    Problems *problems);

#endif
