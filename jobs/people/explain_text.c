#include "core/claim_words.h"
#include "core/incident_words.h"
#include "core/words.h"
#include "jobs/people/case_text.h"
#include "jobs/people/explain.h"
#include "jobs/people/normal_text.h"

#include <math.h>
#include <string.h>

Footing
explain_footing(const Shipment *shipment, const char *segment)
{
    Arena *const arena = arena_create();
    const char *const lane = arena_printf(
        arena, " / %s>%s / ", shipment_origin(shipment), shipment_destination(shipment));
    const char *const service = arena_printf(arena, " / %s / ", shipment->service);
    Footing footing = FOOTING_CARRIER;

    if (text_starts_with(segment, "all carriers / "))
        footing = FOOTING_EVERYBODY;
    else if (strstr(segment, lane))
        footing = FOOTING_LANE;
    else if (!text_is_empty(shipment->service) && strstr(segment, service))
        footing = FOOTING_SERVICE;
    arena_destroy(arena);
    return footing;
}

const char *
explain_p_value(Arena *arena, double p_value)
{
    static const struct
    {
        double least, of;
        const char *among;
    } scales[] = {{0.01, 100, "100"}, {0.001, 1000, "1,000"}, {0.0001, 10000, "10,000"}};

    for (size_t i = 0; i < sizeof scales / sizeof scales[0]; i++)
        if (p_value >= scales[i].least)
            return arena_printf(arena, "%.*f in %s parcels that do move on wait as long",
                p_value * scales[i].of < 10 ? 1 : 0, p_value * scales[i].of, scales[i].among);
    return "fewer than 1 in 10,000 parcels that do move on wait as long";
}

static const char *
when(const Job *job, Instant at)
{
    return at == INSTANT_NONE ? "" : zone_print(job->arena, job->zone, at);
}

static void
promise_text(const Explanation *explanation, Text *out, size_t columns)
{
    const Job *const job = explanation->job;
    const Shipment *const shipment = explanation->shipment;
    const PromiseOrigin origin = shipment_promise_origin(shipment);
    const char *const at = origin == PROMISE_NONE ? "no promise" : when(job, shipment->promised_at);

    screen_line(out, columns, origin == PROMISE_LEARNED ? "expected by" : "promised by",
        text_is_empty(explanation->promise)
            ? at
            : arena_printf(job->arena, "%s (%s)", at, explanation->promise));
}

static void
head_text(const Explanation *explanation, Text *out, size_t columns)
{
    const Job *const job = explanation->job;
    const Shipment *const shipment = explanation->shipment;
    Arena *const arena = job->arena;
    const Money value = shipment_value(shipment);

    screen_wrap(out, columns, 0, 2,
        arena_printf(arena, "Parcel %s (shipment %s)", shipment->tracking_number, shipment->id));
    screen_line(out, columns, "carrier",
        arena_printf(arena, "%s%s%s", shipment->carrier,
            text_is_empty(shipment->service) ? "" : " / ", shipment->service));
    screen_line(out, columns, "lane",
        arena_printf(arena, "%s > %s %s", shipment_origin(shipment), shipment_destination(shipment),
            shipment->destination_postcode));
    screen_line(out, columns, "order", shipment->order_reference);
    screen_line(out, columns, "contents", shipment->contents);
    screen_line(out, columns, "value",
        money_is_known(value) ? words_money(arena, LANGUAGE_ENGLISH, value) : "unknown");
    promise_text(explanation, out, columns);
    screen_line(out, columns, "cancelled", when(job, shipment->cancelled_at));
    screen_line(out, columns, "as of", when(job, job->as_of));
    if (explanation->others > 0)
        screen_line(out, columns, "note",
            arena_printf(arena,
                "the tracking number was used %zu time%s before; this is the newest shipment, "
                "--shipment names an older one",
                explanation->others, explanation->others == 1 ? "" : "s"));
}

static void
normal_text(const Explanation *explanation, Text *out, size_t columns)
{
    static const char *const footings[] = {
        [FOOTING_EVERYBODY] = "this carrier has too little history here: all carriers stand in",
        [FOOTING_CARRIER] = "this service has too little history here: its carrier stands in",
        [FOOTING_SERVICE] = "this lane has no history here: the service stands in",
        [FOOTING_LANE] = "this very lane and service",
    };
    Arena *const arena = explanation->job->arena;
    const Judgement *const judgement = &explanation->verdict.judgement;
    Text times = {.arena = arena};

    text_add_format(out, "\nWhat is normal after \"%s\"\n", milestone_label(judgement->milestone));
    for (size_t i = 0; i < explanation->normal_count; i++) {
        const BaselinePoint *const point = &explanation->normal[i];

        text_add_format(&times, "%s%.0f %% %s", i > 0 ? ", " : "", 100 * point->moved,
            isnan(point->hours) ? "never" : "within ");
        if (!isnan(point->hours))
            text_add_format(&times, "%.*f h", point->hours < 10 ? 1 : 0, point->hours);
    }
    screen_line(out, columns, "moved on",
        explanation->normal_count > 0
            ? arena_printf(
                  arena, "%s (hours of operation: days off hardly count)", text_get(&times))
            : "cannot be told");
    screen_line(out, columns, "learned from",
        arena_printf(arena, "%s events (older ones count less) of %s",
            words_count(arena, LANGUAGE_ENGLISH, (int64_t)judgement->segment_weight),
            judgement->segment));
    screen_line(
        out, columns, "", footings[explain_footing(explanation->shipment, judgement->segment)]);
    if (explanation->normal_count > 0)
        screen_line(out, columns, "believed", normal_grounds_text(arena, &explanation->grounds));
    screen_line(out, columns, "learned by", when(explanation->job, explanation->learned_as_of));
    screen_line(out, columns, "abstains", judgement->abstained);
}

static const char *
silence_text(const Explanation *explanation)
{
    Arena *const arena = explanation->job->arena;
    const Judgement *const judgement = &explanation->verdict.judgement;
    const bool typical = !isnan(judgement->typical_hours);
    const bool placed = !text_is_empty(judgement->last_place);

    return arena_printf(arena, "%s since \"%s\"%s%s%s%s",
        words_hours(arena, LANGUAGE_ENGLISH, judgement->silence_hours),
        milestone_label(judgement->milestone), placed ? " at " : "", judgement->last_place,
        typical ? "; 99 of 100 that move on do so within " : "",
        typical ? words_hours(arena, LANGUAGE_ENGLISH, judgement->typical_hours) : "");
}

// What is stated and, where that reads differently, what the baselines said before outcomes corrected it.
static const char *
probability_text(Arena *arena, double stated, double raw)
{
    const char *const words = words_share(arena, LANGUAGE_ENGLISH, stated);
    const char *const before = words_share(arena, LANGUAGE_ENGLISH, raw);

    if (isnan(stated))
        return "unknown";
    return text_equal(words, before)
               ? words
               : arena_printf(arena, "%s; %s before the outcomes of the last nights corrected it",
                     words, before);
}

static void
judgement_text(const Explanation *explanation, Text *out, size_t columns)
{
    const Job *const job = explanation->job;
    const Judgement *const judgement = &explanation->verdict.judgement;
    Arena *const arena = job->arena;
    const bool expected = judgement->expected_low != INSTANT_NONE;

    text_add(out, "\nTonight\n");
    screen_line(out, columns, "silent", silence_text(explanation));
    if (!text_is_empty(explanation->rest))
        screen_line(out, columns, "of which", explanation->rest);
    if (explanation->verdict.incident)
        screen_line(out, columns, "incident",
            arena_printf(arena, "%s; silence since %s counts only as far as things still moved",
                words_incident(arena, LANGUAGE_ENGLISH, explanation->verdict.incident),
                when(job, explanation->verdict.incident->since)));
    if (!isnan(judgement->silence_p_value))
        screen_line(out, columns, "", explain_p_value(arena, judgement->silence_p_value));
    screen_line(out, columns, "P(late)",
        probability_text(arena, judgement->p_late, explanation->verdict.p_late));
    screen_line(out, columns, "P(lost)",
        probability_text(arena, judgement->p_lost, explanation->verdict.p_lost));
    if (expected)
        screen_line(out, columns, "expected",
            arena_printf(arena, "%s to %s, if it still moves (8 of 10 such parcels)",
                when(job, judgement->expected_low), when(job, judgement->expected_high)));
}

static void
signals_text(const Explanation *explanation, Text *out, size_t columns)
{
    const Verdict *const verdict = &explanation->verdict;
    Arena *const arena = explanation->job->arena;

    text_add(out, "\nSignals\n");
    if (verdict->excluded)
        screen_wrap(out, columns, 0, 2,
            "  none: the service is excluded by the setting detect.excluded_services");
    else if (verdict->signal_count == 0)
        text_add(out, "  none\n");
    for (size_t i = 0; i < verdict->signal_count; i++) {
        const Signal *const signal = &verdict->signals[i];

        screen_line(out, columns, words_case_kind(LANGUAGE_ENGLISH, signal->kind),
            arena_printf(arena, "%s (%s, since %s)", signal->evidence,
                words_share(arena, LANGUAGE_ENGLISH, signal->probability),
                when(explanation->job, signal->since)));
    }
}

// ", 26 h after the promise"; "" without a promise or a presentation.
static const char *
punctuality_text(const Explanation *explanation)
{
    const Shipment *const shipment = explanation->shipment;
    const int presented = explanation->verdict.history.first_presentation;

    if (presented < 0 || !shipment_promised_by(shipment, explanation->job->as_of))
        return "";

    const Instant late = shipment->scans[presented].occurred_at - shipment->promised_at;
    Arena *const arena = explanation->job->arena;

    if (late <= 0)
        return ", presented within the promise";
    return arena_printf(arena, ", first presented %s after the promise",
        words_hours(arena, LANGUAGE_ENGLISH, (double)late / (double)HOUR));
}

// Why there is nothing to judge.
static void
closed_text(const Explanation *explanation, Text *out)
{
    const History *const history = &explanation->verdict.history;
    const Job *const job = explanation->job;

    if (explanation->verdict.open)
        text_add(out, "\nNothing was learned by then, so nothing can be judged: run vigie learn\n");
    else if (history->final >= 0) {
        const Scan *const scan = &explanation->shipment->scans[history->final];

        text_add_format(out, "\nThe journey is over: %s on %s%s\n",
            milestone_label(scan->milestone), when(job, scan->occurred_at),
            punctuality_text(explanation));
    } else
        text_add(out, "\nThe journey is over: the shipment was cancelled\n");
}

static void
claim_text(const Explanation *explanation, Text *out, size_t columns, const Claim *claim)
{
    const Job *const job = explanation->job;
    Arena *const arena = job->arena;

    text_add_format(out, "\nClaim %s: %s, %s\n", text_clean(arena, claim->reference),
        claim_ground_name(claim->ground), words_claim_state(LANGUAGE_ENGLISH, claim->state));
    screen_line(out, columns, "payable",
        money_is_known(claim->payable) ? words_money(arena, LANGUAGE_ENGLISH, claim->payable)
                                       : "unknown");
    screen_line(out, columns, "file by",
        claim->claim_deadline == DAY_NONE ? "no deadline"
                                          : day_print(arena, claim->claim_deadline));
    if (claim->barred_after != DAY_NONE)
        screen_line(out, columns, "right ends", day_print(arena, claim->barred_after));
    screen_line(out, columns, "heed", claim->caution);
    screen_line(out, columns, "missing", claim->missing);
    screen_line(out, columns, "enclose", words_enclosures(arena, claim));
    screen_line(out, columns, "terms", arena_printf(arena, "%s, %s", claim->terms, claim->clause));
}

void
explain_text(const Explanation *explanation, Text *out, size_t columns)
{
    head_text(explanation, out, columns);
    explain_timeline(explanation, out, columns);
    if (explanation->judged) {
        normal_text(explanation, out, columns);
        judgement_text(explanation, out, columns);
        signals_text(explanation, out, columns);
    } else {
        closed_text(explanation, out);
        if (explanation->verdict.signal_count > 0)
            signals_text(explanation, out, columns);
    }
    if (explanation->kase) {
        text_add(out, "\n");
        case_line_text(explanation->job, out, explanation->kase);
        case_history_text(
            explanation->job, out, columns, explanation->history, explanation->history_count);
    } else
        text_add(out, "\nNo case\n");
    for (size_t i = 0; i < explanation->claim_count; i++)
        claim_text(explanation, out, columns, &explanation->claims[i]);
}
