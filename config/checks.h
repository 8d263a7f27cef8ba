/*
 * checks.h - what a setting's text must be. Each answers NULL, or what is wrong in words that never repeat a
 * secret.
 */
#ifndef CONFIG_CHECKS_H
#define CONFIG_CHECKS_H

#include "core/arena.h"

// Anything but "".
const char *check_not_empty(Arena *arena, const char *value);

// libpq connection text (URI or keywords): "" is fine, a password in any of its forms is not.
const char *check_connection(Arena *arena, const char *value);

// An identifier that PostgreSQL does not shorten (at most 63 bytes) and does not keep for itself ("pg_").
const char *check_schema_name(Arena *arena, const char *value);

// An IANA zone the system knows.
const char *check_time_zone(Arena *arena, const char *value);
// The same, or "".
const char *check_time_zone_or_none(Arena *arena, const char *value);

// A country whose calendar ships, or a region of it.
const char *check_calendar(Arena *arena, const char *value);

// An ISO 4217 code known to core/money.h.
const char *check_currency(Arena *arena, const char *value);

// One address without a display name; no line breaks, which would add headers to a message.
const char *check_email(Arena *arena, const char *value);
// The same, or "".
const char *check_email_or_none(Arena *arena, const char *value);

// smtp:// or smtps://, without a password.
const char *check_smtp_url_or_none(Arena *arena, const char *value);

// Of alerts: a name of lower-case letters, digits and '_', or ""; what a rule waits for ("new", "due"); a kind of case; hours
// of the day ("22:00-07:00"), or ""; a web address (https://, http:// to this machine), or "".
const char *check_name(Arena *arena, const char *value);
const char *check_occasion(Arena *arena, const char *value);
const char *check_case_kind(Arena *arena, const char *value);
const char *check_case_kind_or_none(Arena *arena, const char *value);
const char *check_quiet_hours_or_none(Arena *arena, const char *value);
const char *check_web_url_or_none(Arena *arena, const char *value);

// A telephone number as the world writes it (E.164): "+33612345678".
const char *check_phone(Arena *arena, const char *value);

#endif
