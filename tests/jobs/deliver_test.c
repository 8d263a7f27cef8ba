/*
 * The outbox on its way out: many messages (VIGIE_TEST_MESSAGES, by default 1,000) through a real web server that fails three times in ten, with hours that pass as
 * the test says; pauses that a server asks for; quiet hours; and what is given up.
 */
#include "jobs/outbox/deliver.h"

#include "core/file.h"
#include "core/map.h"
#include "core/text.h"
#include "sql/outbox.h"
#include "tests/harness/database.h"
#include "tests/harness/sink.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define MESSAGES 1000
#define START    (20777 * HOURS_24 + 8 * HOUR)  // 2026-11-20 08:00 UTC, 09:00 in Paris

// A clock that goes on only when it is told to.
typedef struct Hands
{
    Instant now;
    int64_t waited;
} Hands;

static Instant
hands_now(void *data)
{
    return ((const Hands *)data)->now;
}

static void
hands_wait(void *data, int64_t micros)
{
    Hands *const hands = data;

    hands->now += micros;
    hands->waited += micros;
}

typedef struct Bench
{
    Arena *arena;
    Db *db;
    Hands hands;
    DeliveryClock clock;
    Log log;
    Doors doors;
    const char *folder;
} Bench;

static Bench
bench_create(const char *mode)
{
    Arena *const arena = arena_create();
    Door *const door = ARENA_NEW(arena, Door);
    Bench bench = {.arena = arena,
        .db = test_database_migrated(arena),
        .hands = {.now = START},
        .log = log_to(stderr, LEVEL_ERROR, LOG_TEXT),
        .doors = {door, 1}};

    *door = (Door){.problem = "",
        .channel = {.kind = channel_kind_find("webhook"),
            .name = "hook",
            .url = sink_start(arena, "channel_sink.py", mode, &bench.folder),
            .secret = "k",
            .user = "",
            .from = "",
            .folder = "",
            .timeout_seconds = 60}};
    assert_non_null(door->channel.url);
    return bench;
}

static void
queue(Bench *bench, size_t count, const char *quiet_hours)
{
    Err err = {0};

    assert_true(db_begin(bench->db, &err));
    for (size_t i = 0; i < count; i++)
        if (!outbox_queue(bench->db,
                &(OutboxMessage){.key = arena_printf(bench->arena, "case-%zu:new", i),
                    .channel = "hook",
                    .recipient = "",
                    .subject = "s",
                    .text = "t",
                    .html = "",
                    .as_of = START,
                    .quiet_hours = quiet_hours,
                    .next_attempt_at = START},
                START, NULL, &err))
            fail_msg("%s", err.text);
    assert_true(db_commit(bench->db, &err));
}

static DeliveryReport
deliver(Bench *bench, int64_t attempts, int64_t patience)
{
    Err err = {0};
    DeliveryReport report;

    bench->clock = (DeliveryClock){hands_now, hands_wait, &bench->hands};
    if (!deliver_due(&(DeliveryPlan){.db = bench->db,
                         .log = &bench->log,
                         .zone = zone_load(bench->arena, "Europe/Paris", &err),
                         .doors = &bench->doors,
                         .attempts = attempts,
                         .patience_seconds = patience,
                         .clock = &bench->clock},
            bench->arena, &report, &err))
        fail_msg("%s", err.text);
    return report;
}

static void
mode(Bench *bench, const char *text)
{
    Err err = {0};

    assert_true(
        file_write(file_join(bench->arena, bench->folder, "mode"), text, strlen(text), &err));
}

static OutboxMessage
message_of(Bench *bench, int64_t place)
{
    const OutboxMessage *items;
    size_t count;
    Err err = {0};

    assert_true(outbox_list(bench->db, bench->arena,
        &(OutboxFilter){.state = "", .channel = "", .limit = 100}, &items, &count, &err));
    return items[count - 1 - (size_t)place];  // newest first
}

// Every message arrives. What arrives twice (taken, and then no answer or a failure) carries the same key and the same words.
static void
every_message_arrives_through_a_sink_that_fails(void **state)
{
    Bench bench = bench_create("fails 30");
    Map *const keys = map_create(bench.arena);
    const char *const asked = getenv("VIGIE_TEST_MESSAGES");
    const int64_t wanted = asked ? atoi(asked) : MESSAGES;
    int64_t sent = 0, failed = 0, requests = 0;
    char line[4096];

    (void)state;
    queue(&bench, (size_t)wanted, "");
    for (int turn = 0; turn < 200 && sent < wanted; turn++) {
        const DeliveryReport report = deliver(&bench, 30, 1000000);

        assert_int_equal(report.dead, 0);
        sent += report.sent;
        failed += report.failed;
        bench.hands.now += 10 * MINUTE;
    }
    assert_int_equal(sent, wanted);

    FILE *const file = fopen(file_join(bench.arena, bench.folder, "requests.jsonl"), "r");

    while (fgets(line, sizeof line, file)) {
        json_t *const request = json_loads(line, 0, NULL);
        const char *const key = json_string_value(
            json_object_get(json_object_get(request, "headers"), "Idempotency-Key"));
        const char *const body = json_string_value(json_object_get(request, "body"));
        const int64_t print = (int64_t)(text_hash(body, strlen(body)) >> 1);

        assert_int_equal(map_intern(keys, key, strlen(key), print, NULL), print);
        json_decref(request);
        requests++;
    }
    fclose(file);
    assert_int_equal(map_count(keys), wanted);
    assert_int_equal(requests, sent + failed);
    assert_in_range(failed * 100 / requests, 25, 35);
    arena_destroy(bench.arena);
}

// A busy server's pause is waited for as long as patience lasts; then the rest is left for later.
static void
a_pause_that_is_asked_for_is_made(void **state)
{
    Bench bench = bench_create("429 600");

    (void)state;
    queue(&bench, 3, "");

    const DeliveryReport hasty = deliver(&bench, 8, 60);

    assert_int_equal(hasty.failed, 1);
    assert_int_equal(hasty.left, 2);
    assert_int_equal(bench.hands.waited, 0);
    assert_int_equal(message_of(&bench, 0).next_attempt_at, START + 600 * SECOND);
    mode(&bench, "429 7");

    const DeliveryReport patient = deliver(&bench, 8, 15);

    assert_int_equal(patient.failed, 2);
    assert_int_equal(bench.hands.waited, 7 * SECOND);
    mode(&bench, "accept");
    bench.hands.now += HOUR;
    assert_int_equal(deliver(&bench, 8, 60).sent, 3);
    assert_int_equal(deliver(&bench, 8, 60).sent, 0);
    arena_destroy(bench.arena);
}

// Nobody listens: three attempts tell, the other messages are not tried in vain.
static void
a_channel_that_is_down_is_left_alone(void **state)
{
    Bench bench = bench_create("accept");
    const char *const url = bench.doors.items[0].channel.url;

    (void)state;
    queue(&bench, 5, "");
    bench.doors.items[0].channel.url = "http://127.0.0.1:1/";

    const DeliveryReport report = deliver(&bench, 8, 60);

    assert_int_equal(report.failed, 3);
    assert_int_equal(report.left, 2);
    assert_true(text_starts_with(report.reason, "hook: could not reach the server: "));
    bench.doors.items[0].channel.url = url;
    bench.hands.now += HOUR;
    assert_int_equal(deliver(&bench, 8, 60).sent, 5);
    arena_destroy(bench.arena);
}

static void
a_channel_without_its_secret_says_so_and_loses_nothing(void **state)
{
    Bench bench = bench_create("accept");

    (void)state;
    queue(&bench, 1, "");
    bench.doors.items[0].problem = "no secret: looked for X";

    const DeliveryReport report = deliver(&bench, 8, 60);

    assert_string_equal(report.reason, "hook: no secret: looked for X");
    assert_string_equal(message_of(&bench, 0).last_error, "no secret: looked for X");
    assert_string_equal(message_of(&bench, 0).state, "pending");
    bench.doors.items[0].problem = "";
    bench.hands.now += HOUR;
    assert_int_equal(deliver(&bench, 8, 60).sent, 1);
    arena_destroy(bench.arena);
}

static void
what_fails_again_and_again_is_given_up_and_can_be_tried_again(void **state)
{
    Bench bench = bench_create("500");
    Err err = {0};
    int64_t changed = 0;

    (void)state;
    queue(&bench, 2, "");
    for (int turn = 0; turn < 3; turn++) {
        assert_int_equal(deliver(&bench, 3, 0).failed, 2);
        bench.hands.now += HOURS_24;
    }
    assert_string_equal(message_of(&bench, 0).state, "dead");
    assert_true(text_starts_with(message_of(&bench, 0).last_error, "the server answered 500"));
    assert_int_equal(deliver(&bench, 3, 0).failed, 0);
    assert_true(outbox_again(bench.db, NULL, 0, bench.hands.now, &changed, &err));
    assert_int_equal(changed, 2);
    mode(&bench, "accept");
    assert_int_equal(deliver(&bench, 3, 0).sent, 2);
    assert_true(outbox_again(bench.db, NULL, 0, bench.hands.now, &changed, &err));
    assert_int_equal(changed, 0);
    arena_destroy(bench.arena);
}

// A second attempt that would fall into the quiet hours waits for their end, too.
static void
quiet_hours_hold_for_second_attempts(void **state)
{
    Bench bench = bench_create("500");

    (void)state;
    queue(&bench, 1, "09:00-18:30");
    deliver(&bench, 8, 0);
    assert_int_equal(
        message_of(&bench, 0).next_attempt_at, 20777 * HOURS_24 + 17 * HOUR + 30 * MINUTE);
    arena_destroy(bench.arena);
}

static void
a_channel_that_left_the_settings_is_for_a_person(void **state)
{
    Bench bench = bench_create("accept");

    (void)state;
    queue(&bench, 1, "");
    bench.doors.items[0].channel.name = "other";
    assert_int_equal(deliver(&bench, 8, 0).dead, 1);
    assert_string_equal(
        message_of(&bench, 0).last_error, "the settings have no such channel any more");
    arena_destroy(bench.arena);
}

static int
drop(void **state)
{
    (void)state;
    test_database_drop();
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(every_message_arrives_through_a_sink_that_fails, drop),
        cmocka_unit_test_teardown(a_pause_that_is_asked_for_is_made, drop),
        cmocka_unit_test_teardown(a_channel_that_is_down_is_left_alone, drop),
        cmocka_unit_test_teardown(a_channel_without_its_secret_says_so_and_loses_nothing, drop),
        cmocka_unit_test_teardown(
            what_fails_again_and_again_is_given_up_and_can_be_tried_again, drop),
        cmocka_unit_test_teardown(quiet_hours_hold_for_second_attempts, drop),
        cmocka_unit_test_teardown(a_channel_that_left_the_settings_is_for_a_person, drop),
    };

    return cmocka_run_group_tests_name("delivery", tests, NULL, NULL);
}
