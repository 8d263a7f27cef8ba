// Log lines as people and machines read them.
#include "jobs/frame/log.h"

#include "core/arena.h"

#include <jansson.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

// 2026-03-02T01:00:00.25Z
static Instant
quarter_past(void)
{
    return 1772413200 * SECOND + SECOND / 4;
}

typedef struct Written
{
    char *bytes;
    size_t length;
    Log log;
} Written;

static void
open_log(Written *written, LogLevel least, LogFormat format)
{
    *written = (Written){.bytes = NULL};
    written->log = (Log){.out = open_memstream(&written->bytes, &written->length),
        .least = least,
        .format = format,
        .now = quarter_past};
    assert_non_null(written->log.out);
}

static void
close_log(Written *written, const char *expected)
{
    fclose(written->log.out);
    if (expected)
        assert_string_equal(written->bytes, expected);
    free(written->bytes);
}

static void
text_lines_have_time_level_message_and_fields(void **state)
{
    Written written;

    (void)state;
    open_log(&written, LEVEL_DEBUG, LOG_TEXT);
    log_debug(&written.log, "plan", NULL);
    log_info(&written.log, "step done",
        FIELDS(field_text("step", "learn"), field_int("shipments", -41230), field_real("s", 3.25)));
    log_warn(&written.log, "submit", FIELDS(field_text("url", "smtp://localhost:25")));
    log_error(&written.log, "end", NULL);
    close_log(&written, "2026-03-02T01:00:00Z debug plan\n"
                        "2026-03-02T01:00:00Z info  step done step=learn shipments=-41230 s=3.25\n"
                        "2026-03-02T01:00:00Z warn  submit url=smtp://localhost:25\n"
                        "2026-03-02T01:00:00Z error end\n");
}

static void
lesser_lines_are_left_out(void **state)
{
    Written written;

    (void)state;
    open_log(&written, LEVEL_WARN, LOG_TEXT);
    assert_false(log_shows(&written.log, LEVEL_INFO));
    assert_true(log_shows(&written.log, LEVEL_WARN));
    log_debug(&written.log, "one", NULL);
    log_info(&written.log, "two", NULL);
    log_warn(&written.log, "three", NULL);
    close_log(&written, "2026-03-02T01:00:00Z warn  three\n");
}

// Whatever a carrier writes, an event stays one line and its fields can be told apart.
static void
odd_texts_are_quoted(void **state)
{
    Written written;

    (void)state;
    open_log(&written, LEVEL_INFO, LOG_TEXT);
    log_info(&written.log, "a\nb",
        FIELDS(field_text("empty", ""), field_text("none", NULL), field_text("space", "a b"),
            field_text("quote", "say \"x\""), field_text("equals", "a=b"),
            field_text("lines", "a\r\nb"), field_text("broken", "\xff\x1b[2J")));
    close_log(&written,
        "2026-03-02T01:00:00Z info  a b empty=\"\" none=\"\" space=\"a b\" quote=\"say \\\"x\\\"\" "
        "equals=\"a=b\" lines=\"a  b\" broken=\"\xef\xbf\xbd\xef\xbf\xbd[2J\"\n");
}

static void
json_lines_are_objects(void **state)
{
    Written written;

    (void)state;
    open_log(&written, LEVEL_INFO, LOG_JSON);
    log_warn(&written.log, "set \"aside\"",
        FIELDS(field_text("reason", "line\n\xff"), field_int("rows", INT64_MAX),
            field_real("share", 0.5), field_real("odd", NAN)));
    fflush(written.log.out);
    assert_ptr_equal(strchr(written.bytes, '\n'), written.bytes + written.length - 1);

    json_t *const line = json_loads(written.bytes, 0, NULL);

    assert_non_null(line);
    assert_string_equal(
        json_string_value(json_object_get(line, "time")), "2026-03-02T01:00:00.250000Z");
    assert_string_equal(json_string_value(json_object_get(line, "level")), "warn");
    assert_string_equal(json_string_value(json_object_get(line, "message")), "set \"aside\"");
    assert_string_equal(json_string_value(json_object_get(line, "reason")), "line \xef\xbf\xbd");
    assert_true(json_integer_value(json_object_get(line, "rows")) == INT64_MAX);
    assert_true(json_real_value(json_object_get(line, "share")) == 0.5);
    assert_true(json_is_null(json_object_get(line, "odd")));
    json_decref(line);
    close_log(&written, NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_lines_have_time_level_message_and_fields),
        cmocka_unit_test(lesser_lines_are_left_out),
        cmocka_unit_test(odd_texts_are_quoted),
        cmocka_unit_test(json_lines_are_objects),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
