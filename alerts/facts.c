/*
 * What a message tells, for machines: docs/alerts.md, "For programs".
 */
#include "alerts/compose.h"

#include "core/text.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>

static json_t *
text_of(Arena *arena, const char *text)
{
    return json_string(text_clean(arena, text ? text : ""));
}

static json_t *
real_of(double value)
{
    return isnan(value) ? json_null() : json_real(value);
}

static json_t *
instant_of(Arena *arena, Instant at)
{
    return at == INSTANT_NONE ? json_null() : json_string(instant_print(arena, at));
}

static json_t *
day_of(Arena *arena, Day day)
{
    return day == DAY_NONE ? json_null() : json_string(day_print(arena, day));
}

static json_t *
json_money(Arena *arena, Money money)
{
    return money_is_known(money) ? json_pack("{s:s, s:s}", "amount", money_amount(arena, money),
                                       "currency", money.currency)
                                 : json_null();
}

static void
add_case(Arena *arena, json_t *out, const Happening *happening)
{
    const CaseRecord *const record = happening->record;
    const Finding *const finding = happening->finding;

    json_object_set_new(out, "case", json_integer(record->number));
    json_object_set_new(out, "kind", json_string(case_kind_name(record->kind)));
    json_object_set_new(out, "shipment_id", text_of(arena, record->shipment_id));
    json_object_set_new(out, "tracking_number", text_of(arena, record->tracking_number));
    json_object_set_new(out, "carrier", text_of(arena, record->carrier));
    json_object_set_new(out, "service", text_of(arena, record->service));
    json_object_set_new(out, "origin", text_of(arena, record->origin));
    json_object_set_new(out, "destination", text_of(arena, record->destination));
    json_object_set_new(out, "promised_at", instant_of(arena, record->promised_at));
    json_object_set_new(out, "p_late", real_of(record->p_late));
    json_object_set_new(out, "p_lost", real_of(record->p_lost));
    json_object_set_new(out, "silence_hours", real_of(record->silence_hours));
    json_object_set_new(out, "value", json_money(arena, record->value));
    json_object_set_new(out, "expected_from",
        instant_of(arena, finding ? finding->judgement.expected_low : INSTANT_NONE));
    json_object_set_new(out, "expected_to",
        instant_of(arena, finding ? finding->judgement.expected_high : INSTANT_NONE));
    json_object_set_new(out, "evidence", text_of(arena, record->evidence));
}

static void
add_claim(Arena *arena, json_t *out, const Claim *claim)
{
    json_object_set_new(out, "claim", json_integer(claim->number));
    json_object_set_new(out, "reference", text_of(arena, claim->reference));
    json_object_set_new(out, "ground", json_string(claim_ground_name(claim->ground)));
    json_object_set_new(out, "state", json_string(claim_state_name(claim->state)));
    json_object_set_new(out, "tracking_number", text_of(arena, claim->tracking_number));
    json_object_set_new(out, "carrier", text_of(arena, claim->carrier));
    json_object_set_new(out, "payable", json_money(arena, claim->payable));
    json_object_set_new(out, "act_by", day_of(arena, claim->act_by));
    json_object_set_new(out, "deadline", day_of(arena, claim->claim_deadline));
}

static void
add_incident(Arena *arena, json_t *out, const Incident *incident)
{
    json_object_set_new(out, "incident", json_integer(incident->number));
    json_object_set_new(out, "kind", json_string(incident_kind_name(incident->kind)));
    json_object_set_new(out, "event", json_string(incident_event_name(incident->event)));
    json_object_set_new(out, "carrier", text_of(arena, incident->carrier));
    json_object_set_new(out, "name", text_of(arena, incident->name));
    json_object_set_new(out, "since", instant_of(arena, incident->since));
    json_object_set_new(out, "members", json_integer(incident->members));
    json_object_set_new(out, "evidence", text_of(arena, incident->evidence));
}

static json_t *
fact(Arena *arena, const Happening *happening)
{
    json_t *const out = json_pack("{s:s, s:s, s:s}", "occasion", occasion_name(happening->occasion),
        "thing", happening_thing(arena, happening), "severity", happening_severity(happening));

    if (happening->record)
        add_case(arena, out, happening);
    if (happening->claim)
        add_claim(arena, out, happening->claim);
    if (happening->incident)
        add_incident(arena, out, happening->incident);
    if (happening->run) {
        json_object_set_new(out, "run", json_integer(happening->run->number));
        json_object_set_new(out, "job", text_of(arena, happening->run->job));
        json_object_set_new(out, "reason", text_of(arena, happening->run->error));
    }
    return out;
}

const char *
compose_facts(const Composer *composer, const Happening *const *things, size_t count, int64_t more)
{
    json_t *const list = json_array();

    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, fact(composer->arena, things[i]));

    json_t *const whole = json_pack("{s:o, s:I}", "things", list, "more", (json_int_t)more);
    char *const text = json_dumps(whole, JSON_COMPACT | JSON_REAL_PRECISION(12));
    const char *const copy = arena_copy(composer->arena, text);

    free(text);
    json_decref(whole);
    return copy;
}
