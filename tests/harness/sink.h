/*
 * sink.h - a real server of tests/harness, written in Python, for the length of a test.
 */
#ifndef TESTS_HARNESS_SINK_H
#define TESTS_HARNESS_SINK_H

#include "core/arena.h"

// Start smtp_sink.py or http_sink.py in a mode of its own. Returns its URL, and the folder in which it keeps what it got; both
// are gone when the arena is. NULL when this machine lacks what the server needs (python3-aiosmtpd).
const char *sink_start(Arena *arena, const char *script, const char *mode, const char **folder);

#endif
