/*
 * What a message tells, for machines: docs/alerts.md, "For programs".
 */
#include "alerts/compose.h"

#include "core/json.h"
#include "core/text.h"

static void
add_case(Arena *arena, json_t *out, const Happening *happening)
{
    const CaseRecord *const record = happening->record;
    const Finding *const finding = happening->finding;

    json_object_set_new(out, "case", json_integer(record->number));
    json_object_set_new(out, "kind", json_string(case_kind_name(record->kind)));
    json_object_set_new(out, "shipment_id", json_text(arena, record->shipment_id));
    json_object_set_new(out, "tracking_number", json_text(arena, record->tracking_number));
    json_object_set_new(out, "carrier", json_text(arena, record->carrier));
    json_object_set_new(out, "service", json_text(arena, record->service));
    json_object_set_new(out, "origin", json_text(arena, record->origin));
    json_object_set_new(out, "destination", json_text(arena, record->destination));
    json_object_set_new(out, "promised_at", json_of_instant(arena, record->promised_at));
    json_object_set_new(out, "p_late", json_of_real(record->p_late));
    json_object_set_new(out, "p_lost", json_of_real(record->p_lost));
    json_object_set_new(out, "silence_hours", json_of_real(record->silence_hours));
    json_object_set_new(out, "value", json_of_money(arena, record->value));
    json_object_set_new(out, "expected_from",
        json_of_instant(arena, finding ? finding->judgement.expected_low : INSTANT_NONE));
    json_object_set_new(out, "expected_to",
        json_of_instant(arena, finding ? finding->judgement.expected_high : INSTANT_NONE));
    json_object_set_new(out, "evidence", json_text(arena, record->evidence));
}

static void
add_claim(Arena *arena, json_t *out, const Claim *claim)
{
    json_object_set_new(out, "claim", json_integer(claim->number));
    json_object_set_new(out, "reference", json_text(arena, claim->reference));
    json_object_set_new(out, "ground", json_string(claim_ground_name(claim->ground)));
    json_object_set_new(out, "state", json_string(claim_state_name(claim->state)));
    json_object_set_new(out, "tracking_number", json_text(arena, claim->tracking_number));
    json_object_set_new(out, "carrier", json_text(arena, claim->carrier));
    json_object_set_new(out, "payable", json_of_money(arena, claim->payable));
    json_object_set_new(out, "act_by", json_of_day(arena, claim->act_by));
    json_object_set_new(out, "deadline", json_of_day(arena, claim->claim_deadline));
}

static void
add_incident(Arena *arena, json_t *out, const Incident *incident)
{
    json_object_set_new(out, "incident", json_integer(incident->number));
    json_object_set_new(out, "kind", json_string(incident_kind_name(incident->kind)));
    json_object_set_new(out, "event", json_string(incident_event_name(incident->event)));
    json_object_set_new(out, "carrier", json_text(arena, incident->carrier));
    json_object_set_new(out, "name", json_text(arena, incident->name));
    json_object_set_new(out, "since", json_of_instant(arena, incident->since));
    json_object_set_new(out, "members", json_integer(incident->members));
    json_object_set_new(out, "evidence", json_text(arena, incident->evidence));
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
        json_object_set_new(out, "job", json_text(arena, happening->run->job));
        json_object_set_new(out, "reason", json_text(arena, happening->run->error));
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
    if (!text_equal(composer->rule->attach, "none"))
        json_object_set_new(whole, "attach", json_string(composer->rule->attach));

    return json_to_text(composer->arena, whole, JSON_COMPACT | JSON_REAL_PRECISION(12));
}
