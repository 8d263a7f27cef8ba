#include "jobs/people/case_text.h"

#include "core/words.h"

#include <inttypes.h>

static Money
cost_of(const Job *job, int64_t minor)
{
    return money_of(minor, job->settings->currency);
}

static const char *
instant_text(const Job *job, Instant at)
{
    return at == INSTANT_NONE ? "" : zone_print(job->arena, job->zone, at);
}

// What was learned is expected, not promised.
static const char *
promise_label(PromiseOrigin origin)
{
    return origin == PROMISE_LEARNED ? "expected by" : "promised by";
}

// A promise that the source states needs no explanation.
static const char *
promise_text(Arena *arena, const char *instant, PromiseOrigin origin)
{
    return text_is_empty(instant) || origin == PROMISE_STATED || origin == PROMISE_NONE
               ? instant
               : arena_printf(arena, "%s (%s)", instant, promise_origin_name(origin));
}

static void
parcel_text(const Job *job, Text *out, size_t columns, const CaseRecord *record)
{
    Arena *const arena = job->arena;
    const bool served = !text_is_empty(record->service);

    screen_line(out, columns, "parcel",
        arena_printf(arena, "%s (shipment %s)", record->tracking_number, record->shipment_id));
    screen_line(out, columns, "carrier",
        arena_printf(arena, "%s%s%s", record->carrier, served ? " / " : "", record->service));
    screen_line(
        out, columns, "lane", arena_printf(arena, "%s > %s", record->origin, record->destination));
    screen_line(out, columns, promise_label(record->promise_origin),
        promise_text(arena, instant_text(job, record->promised_at), record->promise_origin));
    screen_line(out, columns, "value",
        money_is_known(record->value) ? words_money(arena, LANGUAGE_ENGLISH, record->value) : "");
}

void
case_line_text(const Job *job, Text *out, const CaseRecord *record)
{
    text_add_format(out, "Case %" PRId64 ": %s, %s\n", record->number,
        words_case_kind(LANGUAGE_ENGLISH, record->kind),
        words_case_standing(job->arena, LANGUAGE_ENGLISH, record->state, record->snoozed_until));
}

void
case_text(const Job *job, Text *out, size_t columns, const CaseRecord *record)
{
    Arena *const arena = job->arena;

    case_line_text(job, out, record);
    // Only what a night found is known of the parcel; a case may have outlived its findings.
    if (!text_is_empty(record->tracking_number))
        parcel_text(job, out, columns, record);
    screen_line(out, columns, "opened", instant_text(job, record->opened_as_of));
    screen_line(out, columns, "last judged", instant_text(job, record->judged_as_of));
    if (text_is_empty(record->evidence))
        return;
    screen_line(
        out, columns, "silent", words_hours(arena, LANGUAGE_ENGLISH, record->silence_hours));
    screen_line(out, columns, "P(late)", words_share(arena, LANGUAGE_ENGLISH, record->p_late));
    screen_line(out, columns, "P(lost)", words_share(arena, LANGUAGE_ENGLISH, record->p_lost));
    screen_line(out, columns, "cost if idle",
        words_money(arena, LANGUAGE_ENGLISH, cost_of(job, record->expected_cost_minor)));
    screen_line(out, columns, "why", record->evidence);
    if (record->incident_number > 0)
        screen_line(out, columns, "incident",
            arena_printf(arena, "%" PRId64 " (vigie incidents show %" PRId64 ")",
                record->incident_number, record->incident_number));
}

json_t *
case_json(const Job *job, const CaseRecord *record)
{
    Arena *const arena = job->arena;
    const bool judged = !text_is_empty(record->evidence);
    json_t *const json = json_object();

    json_object_set_new(json, "case", json_integer(record->number));
    json_object_set_new(json, "kind", json_string(case_kind_name(record->kind)));
    json_object_set_new(json, "state", json_string(case_state_name(record->state)));
    json_object_set_new(json, "last_event", json_string(case_event_name(record->last_event)));
    json_object_set_new(json, "opened_as_of", json_of_instant(arena, record->opened_as_of));
    json_object_set_new(json, "judged_as_of", json_of_instant(arena, record->judged_as_of));
    json_object_set_new(json, "snoozed_until", json_of_day(arena, record->snoozed_until));
    json_object_set_new(json, "shipment_id", json_of_text(arena, record->shipment_id));
    json_object_set_new(json, "tracking_number", json_of_text(arena, record->tracking_number));
    json_object_set_new(json, "carrier", json_of_text(arena, record->carrier));
    json_object_set_new(json, "service", json_of_text(arena, record->service));
    json_object_set_new(json, "origin", json_of_text(arena, record->origin));
    json_object_set_new(json, "destination", json_of_text(arena, record->destination));
    json_object_set_new(json, "promised_at", json_of_instant(arena, record->promised_at));
    json_object_set_new(
        json, "promise_origin", json_string(promise_origin_name(record->promise_origin)));
    json_object_set_new(json, "silence_hours", json_of_real(record->silence_hours));
    json_object_set_new(json, "p_late", json_of_real(record->p_late));
    json_object_set_new(json, "p_lost", json_of_real(record->p_lost));
    json_object_set_new(json, "value", json_of_money(arena, record->value));
    json_object_set_new(json, "expected_cost",
        judged ? json_of_money(arena, cost_of(job, record->expected_cost_minor)) : json_null());
    json_object_set_new(json, "evidence", json_of_text(arena, record->evidence));
    json_object_set_new(json, "incident",
        record->incident_number > 0 ? json_integer(record->incident_number) : json_null());
    return json;
}

json_t *
case_history_json(const Job *job, const CaseHistory *items, size_t count)
{
    Arena *const arena = job->arena;
    json_t *const all = json_array();

    for (size_t i = 0; i < count; i++) {
        json_t *const json = json_object();

        json_object_set_new(json, "as_of", json_of_instant(arena, items[i].as_of));
        json_object_set_new(json, "recorded_at", json_of_instant(arena, items[i].recorded_at));
        json_object_set_new(json, "event", json_string(case_event_name(items[i].event)));
        json_object_set_new(json, "kind_before",
            items[i].kind_before == CASE_NONE ? json_null()
                                              : json_string(case_kind_name(items[i].kind_before)));
        json_object_set_new(json, "kind_after", json_string(case_kind_name(items[i].kind_after)));
        json_object_set_new(json, "actor", json_of_text(arena, items[i].actor));
        json_object_set_new(json, "note", json_of_text(arena, items[i].note));
        json_array_append_new(all, json);
    }
    return all;
}
