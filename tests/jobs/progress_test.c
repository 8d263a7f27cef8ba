// Progress on a clock of our own: what is shown, how often, and that workers lose nothing.
#include "jobs/frame/progress.h"

#include "core/instant.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int64_t elapsed_micros;

static int64_t
elapsed(void)
{
    return elapsed_micros;
}

static Instant
midnight(void)
{
    return 1772409600 * SECOND;  // 2026-03-02
}

typedef struct Written
{
    Arena *arena;
    char *bytes;
    size_t length;
    Log log;
} Written;

static void
open_log(Written *written, LogLevel least, bool terminal)
{
    elapsed_micros = 5 * HOUR;
    *written = (Written){.arena = arena_create()};
    written->log = (Log){.out = open_memstream(&written->bytes, &written->length),
        .least = least,
        .terminal = terminal,
        .now = midnight,
        .elapsed = elapsed};
    assert_non_null(written->log.out);
}

static void
close_log(Written *written, const char *expected)
{
    fclose(written->log.out);
    assert_string_equal(written->bytes, expected);
    free(written->bytes);
    arena_destroy(written->arena);
}

static void
elsewhere_a_line_every_ten_seconds(void **state)
{
    Written written;

    (void)state;
    open_log(&written, LEVEL_INFO, false);

    Progress *const progress = progress_begin(written.arena, &written.log, "learn", 4000);

    for (int i = 0; i < 25; i++) {
        elapsed_micros += SECOND;
        progress_add(progress, 100, 2500000);
    }
    progress_end(progress);
    close_log(&written,
        "2026-03-02T00:00:00Z info  progress step=learn rows=1000 bytes=25000000 "
        "rows_per_second=100 mb_per_second=2.5 total=4000 percent=25 eta_seconds=30\n"
        "2026-03-02T00:00:00Z info  progress step=learn rows=2000 bytes=50000000 "
        "rows_per_second=100 mb_per_second=2.5 total=4000 percent=50 eta_seconds=20\n"
        "2026-03-02T00:00:00Z info  rows read step=learn rows=2500 bytes=62500000 seconds=25 "
        "rows_per_second=100 mb_per_second=2.5\n");
}

static void
without_a_total_there_is_no_share(void **state)
{
    Written written;

    (void)state;
    open_log(&written, LEVEL_INFO, false);

    Progress *const progress = progress_begin(written.arena, &written.log, "import", 0);

    elapsed_micros += 10 * SECOND;
    progress_add(progress, 50, 0);
    close_log(&written, "2026-03-02T00:00:00Z info  progress step=import rows=50 bytes=0 "
                        "rows_per_second=5 mb_per_second=0\n");
}

static void
on_a_terminal_a_bar_that_leaves_no_trace(void **state)
{
    Written written;

    (void)state;
    open_log(&written, LEVEL_INFO, true);

    Progress *const progress = progress_begin(written.arena, &written.log, "learn", 2000000);

    elapsed_micros += SECOND / 10;  // too soon to draw
    progress_add(progress, 1000, 0);
    elapsed_micros += 9 * SECOND / 10;
    progress_add(progress, 499000, 45200000);
    elapsed_micros += SECOND / 10;  // too soon to draw again
    progress_add(progress, 1, 1);
    progress_end(progress);
    // 79 columns: one less than the terminal, so that nothing wraps.
    close_log(&written,
        "\r\033[Klearn [######....................]  25%  500k rows  500k/s  45.2 MB/s  ETA 0:03"
        "\r\033[K"
        "\r\033[K2026-03-02T00:00:00Z info  rows read step=learn rows=500001 bytes=45200001 "
        "seconds=1.1 rows_per_second=454546 mb_per_second=41.1\n");
}

static void
more_rows_than_foreseen_are_a_hundred_percent(void **state)
{
    Written written;

    (void)state;
    open_log(&written, LEVEL_INFO, false);

    Progress *const progress = progress_begin(written.arena, &written.log, "learn", 10);

    elapsed_micros += 10 * SECOND;
    progress_add(progress, 20, 0);
    close_log(&written, "2026-03-02T00:00:00Z info  progress step=learn rows=20 bytes=0 "
                        "rows_per_second=2 mb_per_second=0 total=10 percent=100\n");
}

static void
quiet_is_quiet_and_a_short_step_is_a_detail(void **state)
{
    (void)state;
    for (int terminal = 0; terminal <= 1; terminal++) {
        Written written;

        open_log(&written, LEVEL_WARN, terminal);

        Progress *const progress = progress_begin(written.arena, &written.log, "learn", 10);

        elapsed_micros += 20 * SECOND;
        progress_add(progress, 5, 0);
        progress_end(progress);
        close_log(&written, "");
    }

    Written written;

    open_log(&written, LEVEL_INFO, false);

    Progress *const progress = progress_begin(written.arena, &written.log, "learn", 10);

    progress_end(progress);
    close_log(&written, "");
}

enum
{
    THREADS = 4,
    ADDITIONS = 20000,
};

static void *
work(void *progress)
{
    for (int i = 0; i < ADDITIONS; i++)
        progress_add(progress, 1, 3);
    return NULL;
}

static void
workers_lose_nothing(void **state)
{
    Written written;
    pthread_t threads[THREADS];

    (void)state;
    open_log(&written, LEVEL_INFO, false);

    Progress *const progress = progress_begin(written.arena, &written.log, "learn", 0);

    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, work, progress), 0);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(progress_rows(progress), THREADS * ADDITIONS);
    assert_int_equal(progress_bytes(progress), 3 * THREADS * ADDITIONS);
    close_log(&written, "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elsewhere_a_line_every_ten_seconds),
        cmocka_unit_test(without_a_total_there_is_no_share),
        cmocka_unit_test(on_a_terminal_a_bar_that_leaves_no_trace),
        cmocka_unit_test(more_rows_than_foreseen_are_a_hundred_percent),
        cmocka_unit_test(quiet_is_quiet_and_a_short_step_is_a_detail),
        cmocka_unit_test(workers_lose_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
