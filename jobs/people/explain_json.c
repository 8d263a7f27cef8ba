/*
 * The explanation as data: schema vigie.parcel/1.
 */
#include "core/claim_words.h"
#include "jobs/people/case_text.h"
#include "jobs/people/explain.h"
#include "jobs/people/normal_text.h"

#include <math.h>

static json_t *
shipment_json(const Explanation *explanation)
{
    const Shipment *const shipment = explanation->shipment;
    Arena *const arena = explanation->arena;
    json_t *const json = json_object();

    json_object_set_new(json, "shipment_id", json_of_text(arena, shipment->id));
    json_object_set_new(json, "tracking_number", json_of_text(arena, shipment->tracking_number));
    json_object_set_new(json, "carrier", json_of_text(arena, shipment->carrier));
    json_object_set_new(json, "service", json_of_text(arena, shipment->service));
    json_object_set_new(json, "origin", json_of_text(arena, shipment_origin(shipment)));
    json_object_set_new(json, "destination", json_of_text(arena, shipment_destination(shipment)));
    json_object_set_new(
        json, "destination_postcode", json_of_text(arena, shipment->destination_postcode));
    json_object_set_new(json, "order_reference", json_of_text(arena, shipment->order_reference));
    json_object_set_new(json, "contents", json_of_text(arena, shipment->contents));
    json_object_set_new(json, "created_at", json_of_instant(arena, shipment->created_at));
    json_object_set_new(json, "promised_at", json_of_instant(arena, shipment->promised_at));
    json_object_set_new(json, "promise_origin",
        json_string(promise_origin_name(shipment_promise_origin(shipment))));
    json_object_set_new(json, "promise", json_of_text(arena, explanation->promise));
    json_object_set_new(json, "cancelled_at", json_of_instant(arena, shipment->cancelled_at));
    json_object_set_new(json, "value", json_of_money(arena, shipment_value(shipment)));
    json_object_set_new(json, "older_shipments", json_integer((json_int_t)explanation->others));
    return json;
}

static json_t *
scans_json(const Explanation *explanation)
{
    const Shipment *const shipment = explanation->shipment;
    Arena *const arena = explanation->arena;
    json_t *const all = json_array();

    for (size_t i = 0; i < shipment->scan_count; i++) {
        const Scan *const scan = &shipment->scans[i];
        const bool mapped = scan->milestone != MILESTONE_UNMAPPED;
        json_t *const json = json_object();

        json_object_set_new(json, "occurred_at", json_of_instant(arena, scan->occurred_at));
        json_object_set_new(json, "recorded_at", json_of_instant(arena, scan->recorded_at));
        json_object_set_new(
            json, "milestone", mapped ? json_string(milestone_name(scan->milestone)) : json_null());
        json_object_set_new(json, "physical", json_boolean(scan->physical));
        json_object_set_new(json, "code", json_of_text(arena, scan->code));
        json_object_set_new(json, "subcode", json_of_text(arena, scan->subcode));
        json_object_set_new(json, "text", json_of_text(arena, scan->text));
        json_object_set_new(json, "place", json_of_text(arena, scan->place));
        json_object_set_new(json, "country", json_of_text(arena, scan->country));
        json_object_set_new(json, "carrier", json_of_text(arena, scan->carrier));
        json_array_append_new(all, json);
    }
    return all;
}

static json_t *
points_json(const Explanation *explanation)
{
    json_t *const all = json_array();

    for (size_t i = 0; i < explanation->normal_count; i++)
        json_array_append_new(
            all, json_pack("{s:f, s:o}", "moved", explanation->normal[i].moved, "operating_hours",
                     json_of_real(explanation->normal[i].hours)));
    return all;
}

static json_t *
judgement_json(const Explanation *explanation)
{
    static const char *const footings[] = {"everybody", "carrier", "service", "lane"};
    const Judgement *const judgement = &explanation->verdict.judgement;
    Arena *const arena = explanation->arena;
    json_t *const json = json_object();

    json_object_set_new(json, "learned_as_of", json_of_instant(arena, explanation->learned_as_of));
    json_object_set_new(json, "milestone", json_string(milestone_name(judgement->milestone)));
    json_object_set_new(json, "last_scan_at", json_of_instant(arena, judgement->last_scan_at));
    json_object_set_new(json, "last_place", json_of_text(arena, judgement->last_place));
    json_object_set_new(json, "incident",
        explanation->verdict.incident ? json_integer(explanation->verdict.incident->number)
                                      : json_null());
    json_object_set_new(json, "silence_hours", json_of_real(judgement->silence_hours));
    json_object_set_new(json, "silence_rest", json_of_text(arena, explanation->rest));
    json_object_set_new(json, "typical_hours", json_of_real(judgement->typical_hours));
    json_object_set_new(json, "silence_p_value", json_of_real(judgement->silence_p_value));
    json_object_set_new(json, "p_late", json_of_real(judgement->p_late));
    json_object_set_new(json, "p_lost", json_of_real(judgement->p_lost));
    json_object_set_new(json, "p_late_raw", json_of_real(explanation->verdict.p_late));
    json_object_set_new(json, "p_lost_raw", json_of_real(explanation->verdict.p_lost));
    json_object_set_new(json, "expected_low", json_of_instant(arena, judgement->expected_low));
    json_object_set_new(json, "expected_high", json_of_instant(arena, judgement->expected_high));
    json_object_set_new(json, "segment", json_of_text(arena, judgement->segment));
    json_object_set_new(json, "segment_events", json_of_real(judgement->segment_weight));
    json_object_set_new(json, "stands_on",
        json_string(footings[explain_footing(explanation->shipment, judgement->segment)]));
    json_object_set_new(json, "abstained", json_of_text(arena, judgement->abstained));
    json_object_set_new(json, "rests_on", normal_grounds_json(arena, &explanation->grounds));
    json_object_set_new(json, "normal", points_json(explanation));
    return json;
}

static json_t *
signals_json(const Explanation *explanation)
{
    const Verdict *const verdict = &explanation->verdict;
    Arena *const arena = explanation->arena;
    json_t *const all = json_array();

    for (size_t i = 0; i < verdict->signal_count; i++)
        json_array_append_new(
            all, json_pack("{s:s, s:o, s:o, s:o}", "kind", case_kind_name(verdict->signals[i].kind),
                     "probability", json_of_real(verdict->signals[i].probability), "since",
                     json_of_instant(arena, verdict->signals[i].since), "evidence",
                     json_of_text(arena, verdict->signals[i].evidence)));
    return all;
}

static json_t *
claims_json(const Explanation *explanation)
{
    Arena *const arena = explanation->arena;
    json_t *const all = json_array();

    for (size_t i = 0; i < explanation->claim_count; i++) {
        const Claim *const claim = &explanation->claims[i];

        json_array_append_new(all,
            json_pack("{s:o, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "reference",
                json_of_text(arena, claim->reference), "ground", claim_ground_name(claim->ground),
                "state", claim_state_name(claim->state), "payable",
                json_of_money(arena, claim->payable), "opens_on",
                json_of_day(arena, claim->opens_on), "claim_deadline",
                json_of_day(arena, claim->claim_deadline), "barred_after",
                json_of_day(arena, claim->barred_after), "caution",
                json_of_text(arena, claim->caution), "enclosures",
                json_of_text(arena, words_enclosures(arena, claim)), "missing",
                json_of_text(arena, claim->missing), "terms", json_of_text(arena, claim->terms),
                "clause", json_of_text(arena, claim->clause)));
    }
    return all;
}

json_t *
explain_json(const Explanation *explanation)
{
    const Job *const job = explanation->job;
    json_t *const json = json_object();
    json_t *kase = json_null();

    if (explanation->kase) {
        kase = case_json(job, explanation->kase);
        json_object_set_new(kase, "history",
            case_history_json(job, explanation->history, explanation->history_count));
    }
    json_object_set_new(json, "schema", json_string("vigie.parcel/1"));
    json_object_set_new(json, "as_of", json_of_instant(job->arena, job->as_of));
    json_object_set_new(json, "shipment", shipment_json(explanation));
    json_object_set_new(json, "scans", scans_json(explanation));
    json_object_set_new(json, "repeats", json_integer((json_int_t)explanation->repeats));
    json_object_set_new(json, "open", json_boolean(explanation->verdict.open));
    json_object_set_new(json, "excluded", json_boolean(explanation->verdict.excluded));
    json_object_set_new(
        json, "judgement", explanation->judged ? judgement_json(explanation) : json_null());
    json_object_set_new(json, "signals", signals_json(explanation));
    json_object_set_new(json, "case", kase);
    json_object_set_new(json, "claims", claims_json(explanation));
    return json;
}
