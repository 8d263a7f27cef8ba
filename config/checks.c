#include "config/checks.h"

#include "config/calendar.h"
#include "core/money.h"
#include "core/text.h"
#include "core/zone.h"

#include <string.h>
#include <strings.h>

#define IDENTIFIER_MAX 63  // NAMEDATALEN - 1

const char *
check_not_empty(Arena *arena, const char *value)
{
    (void)arena;
    return *value == '\0' ? "must not be empty" : NULL;
}

// The part between "://" and the first "@" of the authority holds a ':' and something after it.
static bool
has_password_in_user_part(const char *value)
{
    const char *const scheme = strstr(value, "://");

    if (scheme == NULL)
        return false;

    const char *const authority = scheme + 3;
    const size_t length = strcspn(authority, "/?#");
    const char *const user_end = memchr(authority, '@', length);
    const char *const colon =
        user_end == NULL ? NULL : memchr(authority, ':', (size_t)(user_end - authority));

    return colon != NULL;
}

static bool
is_name_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
}

// "password=", "sslpassword =" and the like, as a keyword or as a parameter of a URI; not "passfile=". URIs may
// write any letter as %41, so a percent sign in a parameter's name is as good as a password.
static bool
has_password_parameter(const char *value)
{
    for (const char *at = value; *at != '\0'; at++) {
        const size_t length = strlen("password");

        if (strncasecmp(at, "password", length) != 0 || is_name_byte(at[length]))
            continue;

        const char *const after = at + length + strspn(at + length, " \t\n");

        if (*after == '=')
            return true;
    }
    return false;
}

static bool
has_escaped_parameter_name(const char *value)
{
    const char *at = strstr(value, "://") == NULL ? NULL : strchr(value, '?');

    while (at != NULL) {
        const size_t length = strcspn(at + 1, "=&");

        if (memchr(at + 1, '%', length) != NULL)
            return true;
        at = strchr(at + 1, '&');
    }
    return false;
}

static bool
has_password(const char *value)
{
    return has_password_in_user_part(value) || has_password_parameter(value) ||
           has_escaped_parameter_name(value);
}

const char *
check_connection(Arena *arena, const char *value)
{
    (void)arena;
    return has_password(value) ? "holds a password; keep it in the file that PGPASSFILE names "
                                 "(~/.pgpass) or in a service file"
                               : NULL;
}

const char *
check_schema_name(Arena *arena, const char *value)
{
    if (*value == '\0')
        return "must not be empty";
    if (strlen(value) > IDENTIFIER_MAX)
        return "is longer than 63 bytes";
    if (text_starts_with(value, "pg_") || strcmp(value, "information_schema") == 0)
        return arena_printf(arena, "\"%s\" is a schema of PostgreSQL itself", value);
    return NULL;
}

const char *
check_time_zone(Arena *arena, const char *value)
{
    Err err = {0};

    if (*value == '\0')
        return "must not be empty";
    return zone_check(arena, value, &err) ? NULL : arena_copy(arena, err.text);
}

const char *
check_time_zone_or_none(Arena *arena, const char *value)
{
    return *value == '\0' ? NULL : check_time_zone(arena, value);
}

const char *
check_calendar(Arena *arena, const char *value)
{
    Problems problems = {.arena = arena};
    Err err = {0};

    return calendar_load(arena, value, &problems, &err) != NULL ? NULL
                                                                : arena_copy(arena, err.text);
}

const char *
check_currency(Arena *arena, const char *value)
{
    return currency_digits(value) >= 0
               ? NULL
               : arena_printf(arena, "\"%s\" is no ISO 4217 currency", value);
}

const char *
check_email(Arena *arena, const char *value)
{
    const char *const at = strchr(value, '@');

    if (at == NULL || at == value || at[1] == '\0' || strchr(at + 1, '@') != NULL ||
        value[strcspn(value, " \t\r\n<>,;\"")] != '\0')
        return arena_printf(arena, "\"%s\" is no e-mail address", text_clean(arena, value));
    return NULL;
}

const char *
check_email_or_none(Arena *arena, const char *value)
{
    return *value == '\0' ? NULL : check_email(arena, value);
}

const char *
check_smtp_url_or_none(Arena *arena, const char *value)
{
    (void)arena;
    if (*value == '\0')
        return NULL;
    if (has_password(value))
        return "holds a password; keep it in the file that alerts.password_file names";
    if (!text_starts_with(value, "smtp://") && !text_starts_with(value, "smtps://"))
        return "must begin with smtp:// or smtps://";
    return NULL;
}
