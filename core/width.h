/*
 * width.h - how many columns of a terminal a text takes. Texts are valid UTF-8 without controls (text_clean).
 */
#ifndef CORE_WIDTH_H
#define CORE_WIDTH_H

#include <stddef.h>

// Columns the text takes: wide characters (East Asian, emoji) two, combining ones none.
size_t width_of(const char *text);

// How many of its first bytes fit into so many columns; characters stay whole.
size_t width_fit(const char *text, size_t columns);

#endif
