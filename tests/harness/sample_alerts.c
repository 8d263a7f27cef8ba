#include "tests/harness/sample_alerts.h"

#include "core/file.h"
#include "tests/harness/sample_digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define NIGHT (20777 * HOURS_24 + 23 * HOUR - 1)  // the end of 2026-11-20 in Paris

static const Contact contacts[] = {
    {"A0001", "anna@example.org", "+33612345678", "en", "CMD-<b>1</b>", true},
    {"A0002", "bruno@example.org", "", "fr", "", true},
    {"A0003", "nobody@example.org", "", "fr", "CMD-3", false},
};

AlertDesk
sample_desk(Arena *arena, const char *settings_file)
{
    static char *const no_environment[] = {NULL};
    Problems problems = {.arena = arena};
    SettingsLoaded loaded = {0};
    Err err = {0};
    const bool read = settings_load(arena, file_join(arena, VIGIE_SOURCE_DIR, settings_file), NULL,
        0, no_environment, &loaded, &problems, &err);

    if (!read)
        fail_msg("%s", problems.count > 0 ? problems.items[0] : err.text);
    return (AlertDesk){
        .settings = loaded.settings,
        .letters = letters_load(arena, "", &problems, &err),
        .zone = zone_load(arena, "Europe/Paris", &err),
        .as_of = NIGHT,
        .day = 20777,
        .folder = "/srv/vigie/2026-11-20",
        .contacts = contacts,
        .contact_count = sizeof contacts / sizeof contacts[0],
    };
}

typedef struct Case
{
    CaseKind kind;
    CaseEvent event;
    const char *tracking_number, *carrier, *evidence;
} Case;

// Mentions, links, emphasis and emoji of Slack and Teams; headers; markup; a template's own tags.
static const Case cases[] = {
    {CASE_LATE, CASE_EVENT_OPENED, "<!channel> *6A1* :skull:", "<https://evil.example|Colissimo>",
        "promised \r\nBcc: all@example.org"},
    {CASE_LOST, CASE_EVENT_WORSE, "`6A2` _x_ ~y~", "[Chrono](https://evil.example)",
        "<script>alert(1)</script> \"quoted\" {{folder}} & <@U12345>"},
    {CASE_STUCK, CASE_EVENT_OPENED, "6A3\x1b[31m", "GLS", "silent 61 h in <b>transit</b> at '; --"},
};

static CaseRecord
record_of(Arena *arena, size_t i)
{
    return (CaseRecord){
        .number = (int64_t)i + 1,
        .kind = cases[i].kind,
        .state = CASE_OPEN,
        .opened_as_of = NIGHT,
        .judged_as_of = NIGHT,
        .snoozed_until = DAY_NONE,
        .shipment_id = arena_printf(arena, "A%04zu", i + 1),
        .tracking_number = cases[i].tracking_number,
        .carrier = cases[i].carrier,
        .service = "<i>Relais</i>",
        .origin = "IDF",
        .destination = "<!here>",
        .promised_at = NIGHT - HOURS_24,
        .promise_origin = PROMISE_STATED,
        .p_late = 1.0,
        .p_lost = i == 1 ? 0.97 : 0.05,
        .silence_hours = 61,
        .value = {18000, "EUR"},
        .expected_cost_minor = 17840 - (int64_t)i,
        .evidence = cases[i].evidence,
        .last_event = cases[i].event,
    };
}

const Happening *
sample_happenings(Arena *arena, size_t *count)
{
    static const size_t case_count = sizeof cases / sizeof cases[0];
    static const RunRecord run = {
        .number = 7, .job = "nightly", .error = "could not read \"<!everyone>\": *no*"};
    const Digest *const digest = sample_digest(arena);
    Happening *const list = ARENA_ARRAY(arena, Happening, case_count + 5);
    size_t n = 0;

    for (size_t i = 0; i < case_count; i++) {
        CaseRecord *const record = ARENA_NEW(arena, CaseRecord);
        Finding *const finding = ARENA_NEW(arena, Finding);

        *record = record_of(arena, i);
        finding->judgement.expected_low = i == 2 ? INSTANT_NONE : NIGHT + 2 * HOURS_24;
        finding->judgement.expected_high = i == 2 ? INSTANT_NONE : NIGHT + 5 * HOURS_24;
        list[n++] = (Happening){
            .occasion = record->last_event == CASE_EVENT_WORSE ? OCCASION_WORSE : OCCASION_NEW,
            .record = record,
            .finding = finding};
    }
    for (size_t i = 0; i < 2 && i < digest->claim_count; i++)
        list[n++] = (Happening){.occasion = OCCASION_DUE, .claim = &digest->claims[i]};
    for (size_t i = 0; i < 2 && i < digest->incident_count; i++)
        list[n++] =
            (Happening){.occasion = digest->incidents[i].kind == INCIDENT_FEED ? OCCASION_FEED
                                                                               : OCCASION_INCIDENT,
                .incident = &digest->incidents[i]};
    list[n++] = (Happening){.occasion = OCCASION_FAILED, .run = &run};
    *count = n;
    return list;
}
