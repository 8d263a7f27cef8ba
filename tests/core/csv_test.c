#include "core/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

// What was read, as one text a test can compare: line|field|field, a problem as line!problem.
typedef struct Seen
{
    Text text;
    int stop_after;
    int records;
} Seen;

static bool
remember(void *data, const CsvRecord *record, Err *err)
{
    Seen *const seen = data;

    (void)err;
    text_add_format(&seen->text, "%lld", (long long)record->line);
    if (record->problem != NULL)
        text_add_format(&seen->text, "!%s", record->problem);
    for (size_t i = 0; i < record->count; i++) {
        text_add(&seen->text, "|");
        for (size_t c = 0; c < record->lengths[i]; c++)
            text_add_bytes(&seen->text,
                record->fields[i][c] == '\0'   ? "0"
                : record->fields[i][c] == '\n' ? "~"
                                               : &record->fields[i][c],
                1);
    }
    text_add(&seen->text, "\n");
    seen->records++;
    return seen->records != seen->stop_after;
}

static void
reads(const char *bytes, size_t length, char separator, const char *expect)
{
    Arena *const arena = arena_create();
    Seen seen = {.text = {.arena = arena}};
    Err err = {0};
    FILE *const stream = tmpfile();

    assert_non_null(stream);
    fwrite(bytes, 1, length, stream);
    rewind(stream);
    assert_true(csv_read(stream, separator, remember, &seen, &err));
    assert_string_equal(text_get(&seen.text), expect);
    fclose(stream);
    arena_destroy(arena);
}

#define READS(bytes, expect) reads(bytes, sizeof(bytes) - 1, ',', expect)

static void
records_are_read_with_their_lines(void **state)
{
    (void)state;
    READS("", "");
    READS("a,b\n1,2\n", "1|a|b\n2|1|2\n");
    READS("a,b\r\n1,2\r\n", "1|a|b\n2|1|2\n");
    READS("a,b\n1,2", "1|a|b\n2|1|2\n");
    READS("\xEF\xBB\xBF"
          "a,b\n",
        "1|a|b\n");
    READS("a,,\n,,\n", "1|a||\n2|||\n");
    reads("a;b,c\n", 6, ';', "1|a|b,c\n");
}

static void
quotes_hold_anything(void **state)
{
    (void)state;
    READS("\"a,b\",\"say \"\"hi\"\"\"\n", "1|a,b|say \"hi\"\n");
    READS("\"\",x\n", "1||x\n");
    READS("h\n\"one\ntwo\n\nfive\",z\nlast\n", "1|h\n2|one~two~~five|z\n6|last\n");
    READS("a\0b,c\n", "1|a0b|c\n");
    READS("\xFF\xFE,x\n", "1|\xFF\xFE|x\n");
}

// Empty lines are no records, but they count.
static void
empty_lines_count(void **state)
{
    (void)state;
    READS("\n\na\n\n\n\nb\n", "3|a\n7|b\n");
    READS("a\r\n\r\nb\r\n", "1|a\n3|b\n");
}

static void
an_open_quote_is_told_with_its_line(void **state)
{
    (void)state;
    READS("a,b\n1,2\n3,\"x\n4,5\n", "1|a|b\n2|1|2\n3!quote is not closed\n");
    READS("\"", "1!quote is not closed\n");
}

static void
memory_is_bounded(void **state)
{
    const size_t size = (size_t)3 << 20;
    Arena *const arena = arena_create();
    char *const bytes = arena_alloc(arena, size);

    (void)state;
    memset(bytes, 'x', size);
    memcpy(bytes, "h\n\"", 3);
    reads(bytes, size, ',',
        "1|h\n2!record is longer than 1 MiB, a quote may be missing; reading stops here\n");
    bytes[2] = 'x';  // the same as one line without a quote or an end
    reads(bytes, size, ',',
        "1|h\n2!record is longer than 1 MiB, a quote may be missing; reading stops here\n");
    arena_destroy(arena);
}

// Lines that cross the edges of the reader's chunks are counted once.
static void
lines_cross_chunks(void **state)
{
    Arena *const arena = arena_create();
    Text text = {.arena = arena};
    Seen seen = {.text = {.arena = arena}};
    Err err = {0};
    FILE *const stream = tmpfile();

    (void)state;
    assert_non_null(stream);
    for (int i = 1; i <= 20000; i++)
        text_add_format(&text, i % 3 == 0 ? "\"%d\",\"x\"\r\n" : "%d,x\n", i);
    fwrite(text.bytes, 1, text.length, stream);
    rewind(stream);
    assert_true(csv_read(stream, ',', remember, &seen, &err));
    assert_int_equal(seen.records, 20000);

    const char *line = text_get(&seen.text);

    for (int i = 1; i <= 20000; i++) {
        const char *const expect = arena_printf(arena, "%d|%d|x\n", i, i);

        assert_memory_equal(line, expect, strlen(expect));
        line += strlen(expect);
    }
    fclose(stream);
    arena_destroy(arena);
}

static void
a_visitor_may_stop(void **state)
{
    Arena *const arena = arena_create();
    Seen seen = {.text = {.arena = arena}, .stop_after = 2};
    Err err = {0};
    FILE *const stream = tmpfile();

    (void)state;
    assert_non_null(stream);
    fputs("a\nb\nc\nd\n", stream);
    rewind(stream);
    assert_false(csv_read(stream, ',', remember, &seen, &err));
    assert_int_equal(err.kind, ERR_NONE);
    assert_int_equal(seen.records, 2);
    fclose(stream);
    arena_destroy(arena);
}

static void
what_is_written_is_read_back(void **state)
{
    static const char *const fields[] = {"plain", "", "a,b", "say \"hi\"", "two\nlines", " spaces ",
        "semi;colon", "\xC3\xA9t\xC3\xA9", "'", "tab\there"};
    enum
    {
        COUNT = sizeof fields / sizeof fields[0]
    };
    Arena *const arena = arena_create();

    (void)state;
    for (size_t first = 0; first < COUNT; first++)
        for (size_t second = 0; second < COUNT; second++) {
            Text out = {.arena = arena};
            Text expect = {.arena = arena};

            csv_add(&out, fields[first]);
            csv_add(&out, fields[second]);
            csv_add(&out, NULL);
            csv_end(&out);
            text_add_format(&expect, "1|%s|%s|\n", fields[first], fields[second]);
            for (size_t i = 0; i + 1 < expect.length; i++)
                if (expect.bytes[i] == '\n')
                    expect.bytes[i] = '~';
            reads(text_get(&out), out.length, ',', text_get(&expect));
        }
    arena_destroy(arena);
}

// OWASP, "CSV Injection": what a spreadsheet would take for a formula is neutralised.
static void
formulas_are_neutralised(void **state)
{
    static const char *const formulas[] = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"};
    Arena *const arena = arena_create();

    (void)state;
    for (size_t i = 0; i < sizeof formulas / sizeof formulas[0]; i++) {
        Text out = {.arena = arena};

        csv_add_outside(&out, formulas[i]);
        assert_int_equal(text_get(&out)[text_get(&out)[0] == '"'], '\'');
    }

    Text harmless = {.arena = arena};

    csv_add_outside(&harmless, "a=b");
    assert_string_equal(text_get(&harmless), "a=b");
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_are_read_with_their_lines),
        cmocka_unit_test(quotes_hold_anything),
        cmocka_unit_test(empty_lines_count),
        cmocka_unit_test(an_open_quote_is_told_with_its_line),
        cmocka_unit_test(memory_is_bounded),
        cmocka_unit_test(lines_cross_chunks),
        cmocka_unit_test(a_visitor_may_stop),
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(formulas_are_neutralised),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
