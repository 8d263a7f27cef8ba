/*
 * Which happenings a rule asks for, and what becomes of many: limits, keys, people who may not be told.
 */
#include "alerts/happening.h"

#include "core/text.h"
#include "tests/harness/sample_alerts.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define DAY_OF_NIGHT 20777

// A rule that asks for everything about cases, to change one thing of.
static AlertRule
any_case(void)
{
    static const char *const when[] = {"new", "worse"};

    return (AlertRule){.name = "r",
        .when = {when, 2},
        .at_least = "",
        .value = "0",
        .due_days = 3,
        .audience = "logistics",
        .channel = "email",
        .frequency = "digest",
        .quiet_hours = "",
        .limit = 20,
        .language = "default"};
}

static CaseRecord
stuck(void)
{
    return (CaseRecord){.number = 1,
        .kind = CASE_STUCK,
        .state = CASE_OPEN,
        .shipment_id = "S1",
        .tracking_number = "T1",
        .carrier = "DPD",
        .service = "",
        .origin = "IDF",
        .destination = "PACA",
        .promised_at = INSTANT_NONE,
        .p_late = 0.6,
        .p_lost = NAN,
        .silence_hours = 50,
        .value = {5000, "EUR"},
        .evidence = "",
        .last_event = CASE_EVENT_OPENED};
}

static bool
wants(const AlertDesk *desk, AlertRule rule, CaseRecord record, Occasion occasion)
{
    return rule_wants(&rule, desk, &(Happening){.occasion = occasion, .record = &record});
}

static void
each_condition_has_two_sides(void **state)
{
    static const char *const lost[] = {"lost"}, *const both[] = {"stuck", "lost"};
    static const char *const dpd[] = {"dpd"}, *const gls[] = {"GLS"}, *const worse[] = {"worse"};
    Arena *const arena = arena_create();
    const AlertDesk desk = sample_desk(arena, "tests/alerts/rules.yaml");
    AlertRule rule = any_case();
    CaseRecord record = stuck();

    (void)state;
    assert_true(wants(&desk, rule, record, OCCASION_NEW));
    rule.when = (TextList){worse, 1};
    assert_false(wants(&desk, rule, record, OCCASION_NEW));
    assert_true(wants(&desk, rule, record, OCCASION_WORSE));
    rule = any_case();
    rule.kinds = (TextList){lost, 1};
    assert_false(wants(&desk, rule, record, OCCASION_NEW));
    rule.kinds = (TextList){both, 2};
    assert_true(wants(&desk, rule, record, OCCASION_NEW));
    rule.at_least = "tracking_dead";
    assert_false(wants(&desk, rule, record, OCCASION_NEW));
    rule.at_least = "stuck";
    assert_true(wants(&desk, rule, record, OCCASION_NEW));
    rule.probability = 0.61;
    assert_false(wants(&desk, rule, record, OCCASION_NEW));
    rule.probability = 0.6;
    assert_true(wants(&desk, rule, record, OCCASION_NEW));
    rule.value = "50.01";
    assert_false(wants(&desk, rule, record, OCCASION_NEW));
    rule.value = "50";
    assert_true(wants(&desk, rule, record, OCCASION_NEW));
    record.value = MONEY_NONE;
    assert_false(wants(&desk, rule, record, OCCASION_NEW));
    rule.value = "0";
    rule.carriers = (TextList){gls, 1};
    assert_false(wants(&desk, rule, record, OCCASION_NEW));
    rule.carriers = (TextList){dpd, 1};
    assert_true(wants(&desk, rule, record, OCCASION_NEW));
    record.p_late = NAN;
    assert_false(wants(&desk, rule, record, OCCASION_NEW));
    rule.probability = 0;
    assert_true(wants(&desk, rule, record, OCCASION_NEW));
    record.state = CASE_SNOOZED;
    assert_false(wants(&desk, rule, record, OCCASION_NEW));
    arena_destroy(arena);
}

static void
a_claim_is_due_some_days_before(void **state)
{
    static const char *const when[] = {"due"};
    static const struct
    {
        Day opens, act_by;
        bool due;
    } cases[] = {
        {DAY_NONE, DAY_OF_NIGHT + 4, false},
        {DAY_NONE, DAY_OF_NIGHT + 3, true},
        {DAY_NONE, DAY_OF_NIGHT - 10, true},
        {DAY_OF_NIGHT + 1, DAY_OF_NIGHT + 1, false},
        {DAY_OF_NIGHT, DAY_OF_NIGHT, true},
        {DAY_NONE, DAY_NONE, false},
    };
    Arena *const arena = arena_create();
    const AlertDesk desk = sample_desk(arena, "tests/alerts/rules.yaml");
    AlertRule rule = any_case();

    (void)state;
    rule.when = (TextList){when, 1};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const Claim claim = {
            .carrier = "DPD", .opens_on = cases[i].opens, .act_by = cases[i].act_by};

        assert_int_equal(
            rule_wants(&rule, &desk, &(Happening){.occasion = OCCASION_DUE, .claim = &claim}),
            cases[i].due);
    }
    arena_destroy(arena);
}

// Many cases under one rule.
static ComposedList
compose_many(Arena *arena, AlertDesk *desk, AlertRule rule, size_t count)
{
    Settings *const settings = ARENA_NEW(arena, Settings);
    AlertRule *const kept = ARENA_NEW(arena, AlertRule);
    Happening *const happenings = ARENA_ARRAY(arena, Happening, count);
    CaseRecord *const records = ARENA_ARRAY(arena, CaseRecord, count);
    ComposedList list = {.arena = arena};

    *settings = *desk->settings;
    *kept = rule;
    settings->alerts.rules = (RecordList){kept, 1};
    desk->settings = settings;
    for (size_t i = 0; i < count; i++) {
        records[i] = stuck();
        records[i].number = (int64_t)i + 1;
        records[i].shipment_id = arena_printf(arena, "A%04zu", i + 1);
        happenings[i] = (Happening){.occasion = OCCASION_NEW, .record = &records[i]};
    }
    alerts_compose(desk, "night", happenings, count, &list);
    return list;
}

static void
a_digest_names_some_and_counts_the_rest(void **state)
{
    static const char *const to[] = {"a@example.org", "b@example.org"};
    Arena *const arena = arena_create();
    AlertDesk desk = sample_desk(arena, "tests/alerts/rules.yaml");
    AlertRule rule = any_case();

    (void)state;
    rule.to = (TextList){to, 2};

    const ComposedList list = compose_many(arena, &desk, rule, 232);

    assert_int_equal(list.count, 2);
    assert_string_equal(list.items[1].message.recipient, "b@example.org");
    assert_non_null(strstr(list.items[0].message.text, "case 20,"));
    assert_null(strstr(list.items[0].message.text, "case 21,"));
    assert_non_null(strstr(list.items[0].message.text, "... and 212 more in the report."));
    assert_non_null(strstr(list.items[0].message.html, "&hellip; and 212 more in the report."));
    assert_non_null(strstr(list.items[0].message.facts, "\"more\":212"));
    assert_non_null(strstr(list.items[0].message.subject, "232 parcels"));
    arena_destroy(arena);
}

static void
messages_of_a_night_have_a_limit_and_keys_of_their_own(void **state)
{
    static const char *const to[] = {"a@example.org"};
    Arena *const arena = arena_create();
    AlertDesk desk = sample_desk(arena, "tests/alerts/rules.yaml");
    AlertRule rule = any_case();

    (void)state;
    rule.to = (TextList){to, 1};
    rule.frequency = "immediately";
    rule.limit = 3;

    const ComposedList list = compose_many(arena, &desk, rule, 10);

    assert_int_equal(list.count, 4);
    assert_string_equal(list.items[0].message.key,
        "case-1:new:stuck:2026-11-20T22:59:59.999999Z:email:a@example.org");
    assert_string_equal(list.items[0].message.thing, "case-1");
    assert_non_null(strstr(list.items[3].message.text, "... and 7 more"));
    for (size_t i = 0; i < list.count; i++)
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(list.items[i].message.key, list.items[k].message.key);
    arena_destroy(arena);
}

static void
nothing_happened_nothing_is_said(void **state)
{
    Arena *const arena = arena_create();
    AlertDesk desk = sample_desk(arena, "tests/alerts/rules.yaml");
    AlertRule rule = any_case();

    (void)state;
    assert_int_equal(compose_many(arena, &desk, rule, 0).count, 0);
    rule.frequency = "immediately";
    assert_int_equal(compose_many(arena, &desk, rule, 0).count, 0);
    rule.audience = "customer";
    assert_int_equal(compose_many(arena, &desk, rule, 0).count, 0);
    arena_destroy(arena);
}

static const Composed *
about(const ComposedList *list, const char *recipient)
{
    for (size_t i = 0; i < list->count; i++)
        if (text_equal(list->items[i].message.recipient, recipient))
            return &list->items[i];
    return NULL;
}

// Of three customers one has late news, one a lost parcel, which a person must confirm, and one did not agree.
static void
customers_hear_what_is_sure_and_only_if_they_agreed(void **state)
{
    Arena *const arena = arena_create();
    const AlertDesk desk = sample_desk(arena, "tests/alerts/rules.yaml");
    size_t count;
    const Happening *const happenings = sample_happenings(arena, &count);
    ComposedList list = {.arena = arena};

    (void)state;
    alerts_compose(&desk, "night", happenings, count, &list);

    const Composed *const anna = about(&list, "anna@example.org");
    const Composed *const bruno = about(&list, "bruno@example.org");

    assert_non_null(anna);
    assert_false(anna->held);
    assert_string_equal(anna->message.key, "customer:case-1:late:email");
    assert_non_null(strstr(anna->message.text, "between 22 November 2026 and 25 November 2026"));
    assert_null(strstr(anna->message.text, "lost"));
    assert_null(strstr(anna->message.text, "180.00"));
    assert_non_null(bruno);
    assert_true(bruno->held);
    assert_non_null(strstr(bruno->message.text, "perdu"));
    assert_null(about(&list, "nobody@example.org"));
    assert_int_equal(list.no_contact, 1);
    arena_destroy(arena);
}

// A night that would write to everybody stops at the limit: the rest waits for a person.
static void
too_many_customers_wait(void **state)
{
    Arena *const arena = arena_create();
    AlertDesk desk = sample_desk(arena, "tests/alerts/rules.yaml");
    Contact *const contacts = ARENA_ARRAY(arena, Contact, 10);
    AlertRule rule = any_case();
    size_t held = 0;

    (void)state;
    for (size_t i = 0; i < 10; i++)
        contacts[i] = (Contact){.shipment_id = arena_printf(arena, "A%04zu", i + 1),
            .email = arena_printf(arena, "c%zu@example.org", i),
            .phone = "",
            .language = "",
            .order_reference = "",
            .consent = true};
    desk.contacts = contacts;
    desk.contact_count = 10;
    rule.audience = "customer";
    rule.frequency = "immediately";
    rule.limit = 4;

    const ComposedList list = compose_many(arena, &desk, rule, 10);

    assert_int_equal(list.count, 10);
    for (size_t i = 0; i < list.count; i++)
        held += list.items[i].held;
    assert_int_equal(held, 6);
    assert_false(list.items[3].held);
    assert_true(list.items[4].held);
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_condition_has_two_sides),
        cmocka_unit_test(a_claim_is_due_some_days_before),
        cmocka_unit_test(a_digest_names_some_and_counts_the_rest),
        cmocka_unit_test(messages_of_a_night_have_a_limit_and_keys_of_their_own),
        cmocka_unit_test(nothing_happened_nothing_is_said),
        cmocka_unit_test(customers_hear_what_is_sure_and_only_if_they_agreed),
        cmocka_unit_test(too_many_customers_wait),
    };

    return cmocka_run_group_tests_name("rules of alerts", tests, NULL, NULL);
}
