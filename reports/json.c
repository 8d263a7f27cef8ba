/*
 * The whole night for programs: schema vigie.night/1 (docs/night.schema.json). Keys are sorted;
 * what is not known is null, never NaN; amounts are decimal texts, so that no reader rounds them.
 */
#include "core/claim_words.h"
#include "reports/json_carriers.h"
#include "reports/json_incidents.h"
#include "reports/json_trust.h"
#include "reports/json_values.h"
#include "reports/reports.h"

static json_t *
kinds_json(const Digest *digest)
{
    json_t *const kinds = json_object();

    for (int kind = CASE_NONE + 1; kind < CASE_KIND_COUNT; kind++) {
        json_t *const counts = json_object();

        json_put_integer(counts, "tonight", digest->kinds[kind].tonight);
        json_put_integer(counts, "opened", digest->kinds[kind].opened);
        json_put_integer(counts, "worse", digest->kinds[kind].worse);
        json_put_integer(counts, "cleared", digest->kinds[kind].cleared);
        json_put(kinds, case_kind_name((CaseKind)kind), counts);
    }
    return kinds;
}

static json_t *
promises_json(const Digest *digest)
{
    json_t *const promises = json_object();

    for (int origin = 0; origin < PROMISE_ORIGIN_COUNT; origin++)
        json_put_integer(
            promises, promise_origin_name((PromiseOrigin)origin), digest->promises[origin]);
    return promises;
}

static json_t *
case_json(Arena *arena, const void *data, size_t i)
{
    const Digest *const digest = data;
    const CaseRecord *const record = &digest->cases[i];
    const Money cost = money_of(record->expected_cost_minor, digest->currency);
    json_t *const json = json_object();

    json_put_integer(json, "rank", (int64_t)i + 1);
    json_put_integer(json, "number", record->number);
    json_put_text(arena, json, "kind", case_kind_name(record->kind));
    json_put_text(arena, json, "state", case_state_name(record->state));
    json_put_text(arena, json, "last_event", case_event_name(record->last_event));
    json_put_instant(arena, json, "opened_as_of", record->opened_as_of);
    json_put_instant(arena, json, "judged_as_of", record->judged_as_of);
    json_put(json, "snoozed_until", json_of_day(arena, record->snoozed_until));
    json_put_text(arena, json, "shipment_id", record->shipment_id);
    json_put_text(arena, json, "tracking_number", record->tracking_number);
    json_put_text(arena, json, "carrier", record->carrier);
    json_put_text(arena, json, "service", record->service);
    json_put_text(arena, json, "origin", record->origin);
    json_put_text(arena, json, "destination", record->destination);
    json_put_instant(arena, json, "promised_at", record->promised_at);
    json_put_text(arena, json, "promise_origin", promise_origin_name(record->promise_origin));
    json_put_real(json, "silence_hours", record->silence_hours);
    json_put_real(json, "p_late", record->p_late);
    json_put_real(json, "p_lost", record->p_lost);
    json_put(json, "value", json_of_money(arena, record->value));
    json_put(json, "expected_cost", json_of_money(arena, cost));
    json_put_text(arena, json, "evidence", record->evidence);
    json_put(json, "incident",
        record->incident_number > 0 ? json_integer(record->incident_number) : json_null());
    return json;
}

static json_t *
lines_json(Arena *arena, const Claim *claim)
{
    json_t *const lines = json_array();

    for (size_t i = 0; i < claim->line_count; i++) {
        const ValuationLine *const line = &claim->lines[i];
        json_t *const json = json_object();

        json_put_text(arena, json, "kind", claim_liability_name(line->kind));
        json_put_text(arena, json, "name", words_liability(LANGUAGE_ENGLISH, line->kind));
        json_put_text(arena, json, "detail", words_valuation(arena, LANGUAGE_ENGLISH, line));
        json_put_text(arena, json, "clause", line->clause);
        json_put(json, "amount", json_of_money(arena, line->amount));
        json_put(json, "decided", json_boolean(line->decided));
        json_array_append_new(lines, json);
    }
    return lines;
}

static json_t *
claim_json(Arena *arena, const Claim *claim)
{
    json_t *const json = json_object();

    json_put_integer(json, "number", claim->number);
    json_put_text(arena, json, "reference", claim->reference);
    json_put_text(arena, json, "ground", claim_ground_name(claim->ground));
    json_put_text(arena, json, "state", claim_state_name(claim->state));
    json_put_text(arena, json, "shipment_id", claim->shipment_id);
    json_put_text(arena, json, "tracking_number", claim->tracking_number);
    json_put_text(arena, json, "carrier", claim->carrier);
    json_put_text(arena, json, "service", claim->service);
    json_put(json, "value", json_of_money(arena, claim->value));
    json_put(json, "payable", json_of_money(arena, claim->payable));
    json_put_instant(arena, json, "opened_as_of", claim->opened_as_of);
    json_put(json, "opens_on", json_of_day(arena, claim->opens_on));
    json_put(json, "enquiry_by", json_of_day(arena, claim->enquiry_by));
    json_put(json, "deadline", json_of_day(arena, claim->claim_deadline));
    json_put(json, "barred_after", json_of_day(arena, claim->barred_after));
    json_put(json, "act_by", json_of_day(arena, claim->act_by));
    json_put_text(arena, json, "opening_clause", claim->opening_clause);
    json_put_text(arena, json, "enquiry_clause", claim->enquiry_clause);
    json_put_text(arena, json, "deadline_clause", claim->deadline_clause);
    json_put_text(arena, json, "bar_clause", claim->bar_clause);
    json_put_text(arena, json, "bar_source", claim->bar_source);
    json_put_text(arena, json, "caution", claim->caution);
    json_put_text(arena, json, "enclosures", words_enclosures(arena, claim));
    json_put_text(arena, json, "terms", claim->terms);
    json_put_text(arena, json, "clause", claim->clause);
    json_put_text(arena, json, "source", claim->source);
    json_put_text(arena, json, "missing", claim->missing);
    json_put(json, "lines", lines_json(arena, claim));
    return json;
}

static json_t *
claims_json(Arena *arena, const Digest *digest)
{
    json_t *const claims = json_array();

    for (size_t i = 0; i < digest->claim_count; i++)
        json_array_append_new(claims, claim_json(arena, &digest->claims[i]));
    return claims;
}

static json_t *
bordereaux_json(Arena *arena, const Digest *digest)
{
    json_t *const list = json_array();

    for (size_t i = 0; i < digest->bordereau_count; i++) {
        json_t *const json = json_object();

        json_put_text(arena, json, "carrier", digest->bordereaux[i].carrier);
        json_put_text(arena, json, "file", digest->bordereaux[i].bordereau);
        json_put_integer(json, "count", digest->bordereaux[i].count);
        json_put(json, "total", json_of_money(arena, digest->bordereaux[i].total));
        json_array_append_new(list, json);
    }
    return list;
}

static json_t *
set_aside_json(Arena *arena, const Digest *digest)
{
    json_t *const list = json_array();

    for (size_t i = 0; i < digest->set_aside_count; i++) {
        json_t *const json = json_object();

        json_put_text(arena, json, "step", digest->set_aside[i].step);
        json_put_text(arena, json, "reason", digest->set_aside[i].reason);
        json_put_integer(json, "count", digest->set_aside[i].count);
        json_array_append_new(list, json);
    }
    return list;
}

static json_t *
unmapped_json(Arena *arena, const Digest *digest)
{
    json_t *const list = json_array();

    for (size_t i = 0; i < digest->unmapped_count; i++) {
        json_t *const json = json_object();

        json_put_text(arena, json, "carrier", digest->unmapped[i].carrier);
        json_put_text(arena, json, "code", digest->unmapped[i].code);
        json_put_text(arena, json, "example", digest->unmapped[i].example);
        json_put_integer(json, "count", digest->unmapped[i].count);
        json_array_append_new(list, json);
    }
    return list;
}

static json_t *
learned_json(Arena *arena, const Digest *digest)
{
    json_t *const json = json_object();

    json_put_instant(arena, json, "first", digest->data_first);
    json_put_instant(arena, json, "last", digest->data_last);
    json_put_integer(json, "gaps", digest->learned_gaps);
    return json;
}

// All but the cases.
static json_t *
night_json(Arena *arena, const Digest *digest)
{
    json_t *const night = json_object();

    json_put_text(arena, night, "schema", "vigie.night/1");
    json_put_instant(arena, night, "as_of", digest->as_of);
    json_put(night, "day", json_of_day(arena, digest->day));
    json_put_text(arena, night, "merchant", digest->merchant);
    json_put_text(arena, night, "time_zone", digest->time_zone);
    json_put_text(arena, night, "currency", digest->currency);
    json_put_integer(night, "judged", digest->judged);
    json_put_integer(night, "abstained", digest->abstained);
    json_put_real(night, "lost_false_share", digest->lost_false_share);
    json_put_real(night, "stuck_false_expected", digest->stuck_false_expected);
    json_put(night, "promises", promises_json(digest));
    json_put(night, "learned", learned_json(arena, digest));
    json_put(night, "trust", json_trust(&digest->trust));
    json_put(night, "kinds", kinds_json(digest));
    json_put(night, "incidents", json_incidents(arena, digest->incidents, digest->incident_count));
    json_put(night, "carriers", json_carriers(arena, &digest->cards, ""));
    json_put(night, "claims", claims_json(arena, digest));
    json_put(night, "bordereaux", bordereaux_json(arena, digest));
    json_put(night, "set_aside", set_aside_json(arena, digest));
    json_put(night, "unmapped", unmapped_json(arena, digest));
    return night;
}

bool
report_json(FILE *file, const Digest *digest, Err *err)
{
    Arena *const work = arena_create();
    const JsonList cases = {
        .member = "cases", .count = digest->case_count, .element = case_json, .data = digest};
    const bool done = json_write_long(file, night_json(work, digest), &cases, "the night", err);

    arena_destroy(work);
    return done;
}
