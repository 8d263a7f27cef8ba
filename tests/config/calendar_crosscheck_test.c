// Public holidays day by day, 2020 to 2027, against two independent projects, where ../shared is present: of each country
// and of each of our regions that the projects list.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "config/calendar.h"
#include "core/csv.h"
#include "core/map.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define CROSSCHECK VIGIE_SHARED_DIR "/data/holidays/crosscheck_public_2020_2027.csv.gz"
#define IN_BOTH    3

typedef struct Listed
{
    Map *days;     // "FR-57 2026-05-01" -> 1 when the first project lists it, 2 the second, 3 both
    Map *regions;  // "FR-57", "FR"
    int64_t rows;
} Listed;

// Of the United Kingdom, whose nations are listed one by one, "GB" is England.
static bool
take_row(void *data, const CsvRecord *record, Err *err)
{
    Listed *const listed = data;
    Arena *const arena = arena_create();

    (void)err;
    if (record->count == 6 && record->fields[3][0] != 'i') {
        const char *const country = record->fields[0], *const region = record->fields[1];
        const bool england = strcmp(country, "GB") == 0 && strcmp(region, "ENG") == 0;
        const int64_t in =
            (record->fields[3][0] == '1' ? 1 : 0) + (record->fields[4][0] == '1' ? 2 : 0);
        const char *const id =
            *region == '\0' ? country : arena_printf(arena, "%s-%s", country, region);
        const bool britain = strcmp(country, "GB") == 0 && *region == '\0';

        for (int i = britain ? 2 : england ? 0 : 1; i < 2; i++) {
            const char *const key =
                arena_printf(arena, "%s %s", i == 0 ? country : id, record->fields[2]);

            map_put(
                listed->days, key, strlen(key), map_get(listed->days, key, strlen(key), 0) | in);
            map_put(listed->regions, key, strcspn(key, " "), 1);
        }
        listed->rows++;
    }
    arena_destroy(arena);
    return true;
}

// Unpack into a file without a name.
static FILE *
unpack(const char *path)
{
    FILE *const unpacked = tmpfile();
    int status = 0;

    assert_non_null(unpacked);

    const pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0) {
        dup2(fileno(unpacked), STDOUT_FILENO);
        execlp("gzip", "gzip", "-dc", path, (char *)NULL);
        _exit(127);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    rewind(unpacked);
    return unpacked;
}

static Day
day(const char *text)
{
    Day result = DAY_NONE;

    assert_true(day_parse(text, &result));
    return result;
}

// A day both list must be a holiday of ours, a day neither lists must not be. Returns the days that are wrong.
static int
compare(Arena *arena, const char *id, const Listed *listed)
{
    Problems problems = {.arena = arena};
    Err err = {0};
    const Calendar *const calendar = calendar_load(arena, id, &problems, &err);
    int wrong = 0;

    assert_non_null(calendar);
    for (Day at = day("2020-01-01"); at <= day("2027-12-31"); at++) {
        const char *const key = arena_printf(arena, "%s %s", id, day_print(arena, at));
        const int64_t in = map_get(listed->days, key, strlen(key), 0);
        const char *const ours = calendar_holiday(calendar, at);

        if ((in == IN_BOTH && ours == NULL) || (in == 0 && ours != NULL)) {
            print_error(
                "%s: %s here, listed by %d\n", key, ours == NULL ? "no holiday" : ours, (int)in);
            wrong++;
        }
    }
    return wrong;
}

// "FR", then "FR-57" and its likes as far as the projects list them.
static int
compare_country(Arena *arena, const char *country, const Listed *listed, int *regions)
{
    const char *at = calendar_regions(arena, country);
    int wrong = 0;

    assert_int_equal(map_get(listed->regions, country, strlen(country), 0), 1);
    wrong += compare(arena, country, listed);
    while (*at != '\0') {
        const size_t length = strcspn(at, ", (");
        const char *const id = arena_printf(arena, "%s-%.*s", country, (int)length, at);

        if (map_get(listed->regions, id, strlen(id), 0) == 1) {
            wrong += compare(arena, id, listed);
            (*regions)++;
        }
        at += length;
        if (text_starts_with(at, " ("))
            at += strcspn(at, ")") + 1;
        at += strspn(at, ",; ");
    }
    return wrong;
}

static void
our_days_are_those_of_two_independent_projects(void **state)
{
    Arena *const arena = arena_create();
    Listed listed = {.days = map_create(arena), .regions = map_create(arena)};
    const TextList countries = calendar_countries(arena);
    Err err = {0};
    int wrong = 0, regions = 0;

    (void)state;
    if (access(CROSSCHECK, R_OK) != 0) {
        print_message("skipped: %s is not here\n", CROSSCHECK);
        arena_destroy(arena);
        skip();
    }

    FILE *const stream = unpack(CROSSCHECK);

    assert_true(csv_read(stream, ',', take_row, &listed, &err));
    fclose(stream);
    assert_true(listed.rows > 20000);
    assert_int_equal(countries.count, 15);
    for (size_t i = 0; i < countries.count; i++)
        wrong += compare_country(arena, countries.items[i], &listed, &regions);
    assert_int_equal(wrong, 0);
    assert_true(regions > 25);
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(our_days_are_those_of_two_independent_projects),
    };

    return cmocka_run_group_tests_name("calendars crosschecked", tests, NULL, NULL);
}
