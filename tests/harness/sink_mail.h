/*
 * sink_mail.h - a real mail server for a test, and a message sent to it.
 */
#ifndef TESTS_HARNESS_SINK_MAIL_H
#define TESTS_HARNESS_SINK_MAIL_H

#include "alerts/alerts.h"

// Start smtp_sink.py in a mode of its own; its URL, and the folder in which it keeps what it got. The test is skipped, with a
// word, where the machine lacks what the server needs; the arena is destroyed then.
const char *sink_mail(Arena *arena, const char *mode, const char **folder);

// Send a message to a mail server, from nobody in particular and without a password.
DeliveryOutcome
sink_send(Arena *arena, const char *url, const Message *message, const char **reason);

#endif
