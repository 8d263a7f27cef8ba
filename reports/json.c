/*
 * The whole night for programs: schema vigie.night/1 (docs/night.schema.json). Keys are sorted;
 * what is not known is null, never NaN; amounts are decimal texts, so that no reader rounds them.
 */
#include "core/text.h"
#include "reports/json_incidents.h"
#include "reports/json_trust.h"
#include "reports/reports.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>

#define DIGITS 10  // of a real number: a probability is not known better

static void
put(json_t *object, const char *name, json_t *value)
{
    json_object_set_new(object, name, value);
}

static void
put_text(Arena *arena, json_t *object, const char *name, const char *text)
{
    put(object, name, json_string(text_clean(arena, text ? text : "")));
}

static void
put_integer(json_t *object, const char *name, int64_t value)
{
    put(object, name, json_integer(value));
}

static void
put_real(json_t *object, const char *name, double value)
{
    put(object, name, isfinite(value) ? json_real(value) : json_null());
}

static void
put_instant(Arena *arena, json_t *object, const char *name, Instant at)
{
    put(object, name, at == INSTANT_NONE ? json_null() : json_string(instant_print(arena, at)));
}

static void
put_day(Arena *arena, json_t *object, const char *name, Day day)
{
    put(object, name, day == DAY_NONE ? json_null() : json_string(day_print(arena, day)));
}

static void
put_money(Arena *arena, json_t *object, const char *name, Money money)
{
    json_t *value = json_null();

    if (money_is_known(money)) {
        value = json_object();
        put_text(arena, value, "amount", money_amount(arena, money));
        put_text(arena, value, "currency", money.currency);
    }
    put(object, name, value);
}

static json_t *
kinds_json(const Digest *digest)
{
    json_t *const kinds = json_object();

    for (int kind = CASE_NONE + 1; kind < CASE_KIND_COUNT; kind++) {
        json_t *const counts = json_object();

        put_integer(counts, "tonight", digest->kinds[kind].tonight);
        put_integer(counts, "opened", digest->kinds[kind].opened);
        put_integer(counts, "worse", digest->kinds[kind].worse);
        put_integer(counts, "cleared", digest->kinds[kind].cleared);
        put(kinds, case_kind_name((CaseKind)kind), counts);
    }
    return kinds;
}

static json_t *
case_json(Arena *arena, const Digest *digest, size_t i)
{
    const CaseRecord *const record = &digest->cases[i];
    Money cost = {.minor = record->expected_cost_minor};
    json_t *const json = json_object();

    for (size_t k = 0; k < 3 && digest->currency[k] != '\0'; k++)
        cost.currency[k] = digest->currency[k];
    put_integer(json, "rank", (int64_t)i + 1);
    put_integer(json, "number", record->number);
    put_text(arena, json, "kind", case_kind_name(record->kind));
    put_text(arena, json, "state", case_state_name(record->state));
    put_text(arena, json, "last_event", case_event_name(record->last_event));
    put_instant(arena, json, "opened_as_of", record->opened_as_of);
    put_instant(arena, json, "judged_as_of", record->judged_as_of);
    put_day(arena, json, "snoozed_until", record->snoozed_until);
    put_text(arena, json, "shipment_id", record->shipment_id);
    put_text(arena, json, "tracking_number", record->tracking_number);
    put_text(arena, json, "carrier", record->carrier);
    put_text(arena, json, "service", record->service);
    put_text(arena, json, "origin", record->origin);
    put_text(arena, json, "destination", record->destination);
    put_instant(arena, json, "promised_at", record->promised_at);
    put_real(json, "silence_hours", record->silence_hours);
    put_real(json, "p_late", record->p_late);
    put_real(json, "p_lost", record->p_lost);
    put_money(arena, json, "value", record->value);
    put_money(arena, json, "expected_cost", cost);
    put_text(arena, json, "evidence", record->evidence);
    put(json, "incident",
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

        put_text(arena, json, "name", line->name);
        put_text(arena, json, "detail", line->detail);
        put_text(arena, json, "clause", line->clause);
        put_money(arena, json, "amount", line->amount);
        put(json, "decided", json_boolean(line->decided));
        json_array_append_new(lines, json);
    }
    return lines;
}

static json_t *
claim_json(Arena *arena, const Claim *claim)
{
    json_t *const json = json_object();

    put_integer(json, "number", claim->number);
    put_text(arena, json, "reference", claim->reference);
    put_text(arena, json, "ground", claim_ground_name(claim->ground));
    put_text(arena, json, "state", claim_state_name(claim->state));
    put_text(arena, json, "shipment_id", claim->shipment_id);
    put_text(arena, json, "tracking_number", claim->tracking_number);
    put_text(arena, json, "carrier", claim->carrier);
    put_text(arena, json, "service", claim->service);
    put_money(arena, json, "value", claim->value);
    put_money(arena, json, "payable", claim->payable);
    put_instant(arena, json, "opened_as_of", claim->opened_as_of);
    put_day(arena, json, "opens_on", claim->opens_on);
    put_day(arena, json, "deadline", claim->claim_deadline);
    put_day(arena, json, "barred_after", claim->barred_after);
    put_text(arena, json, "opening_clause", claim->opening_clause);
    put_text(arena, json, "deadline_clause", claim->deadline_clause);
    put_text(arena, json, "bar_clause", claim->bar_clause);
    put_text(arena, json, "bar_source", claim->bar_source);
    put_text(arena, json, "caution", claim->caution);
    put_text(arena, json, "evidence", claim->evidence);
    put_text(arena, json, "terms", claim->terms);
    put_text(arena, json, "clause", claim->clause);
    put_text(arena, json, "source", claim->source);
    put_text(arena, json, "missing", claim->missing);
    put(json, "lines", lines_json(arena, claim));
    return json;
}

static json_t *
cases_json(Arena *arena, const Digest *digest)
{
    json_t *const cases = json_array();

    for (size_t i = 0; i < digest->case_count; i++)
        json_array_append_new(cases, case_json(arena, digest, i));
    return cases;
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

        put_text(arena, json, "carrier", digest->bordereaux[i].carrier);
        put_text(arena, json, "file", digest->bordereaux[i].bordereau);
        put_integer(json, "count", digest->bordereaux[i].count);
        put_money(arena, json, "total", digest->bordereaux[i].total);
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

        put_text(arena, json, "step", digest->set_aside[i].step);
        put_text(arena, json, "reason", digest->set_aside[i].reason);
        put_integer(json, "count", digest->set_aside[i].count);
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

        put_text(arena, json, "carrier", digest->unmapped[i].carrier);
        put_text(arena, json, "code", digest->unmapped[i].code);
        put_text(arena, json, "example", digest->unmapped[i].example);
        put_integer(json, "count", digest->unmapped[i].count);
        json_array_append_new(list, json);
    }
    return list;
}

static json_t *
learned_json(Arena *arena, const Digest *digest)
{
    json_t *const json = json_object();

    put_instant(arena, json, "first", digest->data_first);
    put_instant(arena, json, "last", digest->data_last);
    put_integer(json, "gaps", digest->learned_gaps);
    return json;
}

static json_t *
night_json(Arena *arena, const Digest *digest)
{
    json_t *const night = json_object();

    put_text(arena, night, "schema", "vigie.night/1");
    put_instant(arena, night, "as_of", digest->as_of);
    put_day(arena, night, "day", digest->day);
    put_text(arena, night, "merchant", digest->merchant);
    put_text(arena, night, "time_zone", digest->time_zone);
    put_text(arena, night, "currency", digest->currency);
    put_integer(night, "judged", digest->judged);
    put_integer(night, "abstained", digest->abstained);
    put_real(night, "lost_false_share", digest->lost_false_share);
    put_real(night, "stuck_false_expected", digest->stuck_false_expected);
    put(night, "learned", learned_json(arena, digest));
    put(night, "trust", json_trust(&digest->trust));
    put(night, "kinds", kinds_json(digest));
    put(night, "incidents", json_incidents(arena, digest->incidents, digest->incident_count));
    put(night, "cases", cases_json(arena, digest));
    put(night, "claims", claims_json(arena, digest));
    put(night, "bordereaux", bordereaux_json(arena, digest));
    put(night, "set_aside", set_aside_json(arena, digest));
    put(night, "unmapped", unmapped_json(arena, digest));
    return night;
}

bool
report_json(Arena *arena, const Digest *digest, const char **bytes, size_t *length, Err *err)
{
    Arena *const work = arena_create();
    json_t *const night = night_json(work, digest);
    char *const dumped =
        json_dumps(night, JSON_SORT_KEYS | JSON_INDENT(1) | JSON_REAL_PRECISION(DIGITS));
    Text out = {.arena = arena};

    json_decref(night);
    arena_destroy(work);
    if (!dumped)
        return err_set(err, ERR_FAILED, "cannot print the night as JSON");
    text_add(&out, dumped);
    text_add(&out, "\n");
    free(dumped);
    *bytes = text_get(&out);
    *length = out.length;
    return true;
}
