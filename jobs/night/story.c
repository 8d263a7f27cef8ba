/*
 * The words of an explanation, part by part.
 */
#include "core/claim_words.h"
#include "core/incident_words.h"
#include "core/normal_words.h"
#include "core/words.h"
#include "jobs/night/explanation.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

typedef struct Lines
{
    Arena *arena;
    StoryLine *items;
    size_t count, capacity;
} Lines;

typedef struct Parts
{
    Arena *arena;
    StoryPart *items;
    size_t count, capacity;
} Parts;

// What is not known has no line.
static void
line(Lines *lines, const char *label, const char *text)
{
    if (!text_is_empty(text))
        ARENA_PUSH(lines, ((StoryLine){label, text}));
}

static StoryPart
part_of(const char *title, const Lines *lines)
{
    return (StoryPart){.title = title, .lines = lines->items, .count = lines->count};
}

static const char *
when(const Explanation *explanation, Instant at)
{
    return at == INSTANT_NONE ? "" : zone_print(explanation->arena, explanation->job->zone, at);
}

static void
promise_line(const Explanation *explanation, Lines *lines)
{
    const Shipment *const shipment = explanation->shipment;
    const PromiseOrigin origin = shipment_promise_origin(shipment);
    const char *const at =
        origin == PROMISE_NONE ? "no promise" : when(explanation, shipment->promised_at);

    line(lines, origin == PROMISE_LEARNED ? "expected by" : "promised by",
        text_is_empty(explanation->promise)
            ? at
            : arena_printf(explanation->arena, "%s (%s)", at, explanation->promise));
}

static StoryPart
head_part(const Explanation *explanation)
{
    const Shipment *const shipment = explanation->shipment;
    Arena *const arena = explanation->arena;
    const Money value = shipment_value(shipment);
    Lines lines = {.arena = arena};

    line(&lines, "carrier",
        arena_printf(arena, "%s%s%s", shipment->carrier,
            text_is_empty(shipment->service) ? "" : " / ", shipment->service));
    line(&lines, "lane",
        arena_printf(arena, "%s > %s %s", shipment_origin(shipment), shipment_destination(shipment),
            shipment->destination_postcode));
    line(&lines, "order", shipment->order_reference);
    line(&lines, "contents", shipment->contents);
    line(&lines, "value",
        money_is_known(value) ? words_money(arena, LANGUAGE_ENGLISH, value) : "unknown");
    promise_line(explanation, &lines);
    line(&lines, "cancelled", when(explanation, shipment->cancelled_at));
    line(&lines, "as of", when(explanation, explanation->job->as_of));
    if (explanation->others > 0)
        line(&lines, "note",
            arena_printf(arena,
                "the tracking number was used %zu time%s before; this is the newest shipment, "
                "--shipment names an older one",
                explanation->others, explanation->others == 1 ? "" : "s"));
    return part_of("", &lines);
}

static const char *
normal_times(const Explanation *explanation)
{
    Text times = {.arena = explanation->arena};

    if (explanation->normal_count == 0)
        return "cannot be told";
    for (size_t i = 0; i < explanation->normal_count; i++) {
        const BaselinePoint *const point = &explanation->normal[i];

        text_add_format(&times, "%s%.0f %% %s", i > 0 ? ", " : "", 100 * point->moved,
            isnan(point->hours) ? "never" : "within ");
        if (!isnan(point->hours))
            text_add_format(&times, "%.*f h", point->hours < 10 ? 1 : 0, point->hours);
    }
    text_add(&times, " (hours of operation: days off hardly count)");
    return text_get(&times);
}

static StoryPart
normal_part(const Explanation *explanation)
{
    static const char *const footings[] = {
        [FOOTING_EVERYBODY] = "this carrier has too little history here: all carriers stand in",
        [FOOTING_CARRIER] = "this service has too little history here: its carrier stands in",
        [FOOTING_SERVICE] = "this lane has no history here: the service stands in",
        [FOOTING_LANE] = "this very lane and service",
    };
    Arena *const arena = explanation->arena;
    const Judgement *const judgement = &explanation->verdict.judgement;
    Lines lines = {.arena = arena};

    line(&lines, "moved on", normal_times(explanation));
    line(&lines, "learned from",
        arena_printf(arena, "%s events (older ones count less) of %s",
            words_count(arena, LANGUAGE_ENGLISH, (int64_t)judgement->segment_weight),
            judgement->segment));
    line(&lines, "", footings[explain_footing(explanation->shipment, judgement->segment)]);
    if (explanation->normal_count > 0)
        line(&lines, "believed", normal_grounds_text(arena, &explanation->grounds));
    line(&lines, "learned by", when(explanation, explanation->learned_as_of));
    line(&lines, "abstains", judgement->abstained);
    return part_of(
        arena_printf(arena, "What is normal after \"%s\"", milestone_label(judgement->milestone)),
        &lines);
}

static const char *
silence_text(const Explanation *explanation)
{
    Arena *const arena = explanation->arena;
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

static StoryPart
judgement_part(const Explanation *explanation)
{
    const Judgement *const judgement = &explanation->verdict.judgement;
    const Incident *const incident = explanation->verdict.incident;
    Arena *const arena = explanation->arena;
    Lines lines = {.arena = arena};

    line(&lines, "silent", silence_text(explanation));
    line(&lines, "of which", explanation->rest);
    if (incident)
        line(&lines, "incident",
            arena_printf(arena, "%s; silence since %s counts only as far as things still moved",
                words_incident(arena, LANGUAGE_ENGLISH, incident),
                when(explanation, incident->since)));
    if (!isnan(judgement->silence_p_value))
        line(&lines, "", explain_p_value(arena, judgement->silence_p_value));
    line(
        &lines, "P(late)", probability_text(arena, judgement->p_late, explanation->verdict.p_late));
    line(
        &lines, "P(lost)", probability_text(arena, judgement->p_lost, explanation->verdict.p_lost));
    if (judgement->expected_low != INSTANT_NONE)
        line(&lines, "expected",
            arena_printf(arena, "%s to %s, if it still moves (8 of 10 such parcels)",
                when(explanation, judgement->expected_low),
                when(explanation, judgement->expected_high)));
    return part_of("Tonight", &lines);
}

static StoryPart
signals_part(const Explanation *explanation)
{
    const Verdict *const verdict = &explanation->verdict;
    Arena *const arena = explanation->arena;
    Lines lines = {.arena = arena};

    if (verdict->excluded)
        line(&lines, "", "none: the service is excluded by the setting detect.excluded_services");
    else if (verdict->signal_count == 0)
        line(&lines, "", "none");
    for (size_t i = 0; i < verdict->signal_count; i++) {
        const Signal *const signal = &verdict->signals[i];

        line(&lines, words_case_kind(LANGUAGE_ENGLISH, signal->kind),
            arena_printf(arena, "%s (%s, since %s)", signal->evidence,
                words_share(arena, LANGUAGE_ENGLISH, signal->probability),
                when(explanation, signal->since)));
    }
    return part_of("Signals", &lines);
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
    Arena *const arena = explanation->arena;

    if (late <= 0)
        return ", presented within the promise";
    return arena_printf(arena, ", first presented %s after the promise",
        words_hours(arena, LANGUAGE_ENGLISH, (double)late / (double)HOUR));
}

// Why there is nothing to judge.
static StoryPart
closed_part(const Explanation *explanation)
{
    const History *const history = &explanation->verdict.history;

    if (explanation->verdict.open)
        return (StoryPart){
            .title = "Nothing was learned by then, so nothing can be judged: run vigie learn"};
    if (history->final < 0)
        return (StoryPart){.title = "The journey is over: the shipment was cancelled"};

    const Scan *const scan = &explanation->shipment->scans[history->final];

    return (StoryPart){.title = arena_printf(explanation->arena, "The journey is over: %s on %s%s",
                           milestone_label(scan->milestone), when(explanation, scan->occurred_at),
                           punctuality_text(explanation))};
}

static StoryPart
case_part(const Explanation *explanation)
{
    const CaseRecord *const record = explanation->kase;
    Arena *const arena = explanation->arena;

    if (!record)
        return (StoryPart){.title = "No case"};
    return explain_history(arena, explanation->job->zone,
        arena_printf(arena, "Case %" PRId64 ": %s, %s", record->number,
            words_case_kind(LANGUAGE_ENGLISH, record->kind),
            words_case_standing(arena, LANGUAGE_ENGLISH, record->state, record->snoozed_until)),
        explanation->history, explanation->history_count);
}

static StoryPart
claim_part(const Explanation *explanation, const Claim *claim)
{
    Arena *const arena = explanation->arena;
    Lines lines = {.arena = arena};

    line(&lines, "payable",
        money_is_known(claim->payable) ? words_money(arena, LANGUAGE_ENGLISH, claim->payable)
                                       : "unknown");
    line(&lines, "file by",
        claim->claim_deadline == DAY_NONE ? "no deadline"
                                          : day_print(arena, claim->claim_deadline));
    if (claim->barred_after != DAY_NONE)
        line(&lines, "right ends", day_print(arena, claim->barred_after));
    line(&lines, "heed", claim->caution);
    line(&lines, "missing", claim->missing);
    line(&lines, "enclose", words_enclosures(arena, claim));
    line(&lines, "terms", arena_printf(arena, "%s, %s", claim->terms, claim->clause));
    return part_of(
        arena_printf(arena, "Claim %s: %s, %s", text_clean(arena, claim->reference),
            claim_ground_name(claim->ground), words_claim_state(LANGUAGE_ENGLISH, claim->state)),
        &lines);
}

static void
add_parts(const Explanation *explanation, Parts *parts)
{
    if (explanation->judged) {
        ARENA_PUSH(parts, normal_part(explanation));
        ARENA_PUSH(parts, judgement_part(explanation));
    } else
        ARENA_PUSH(parts, closed_part(explanation));
    if (explanation->judged || explanation->verdict.signal_count > 0)
        ARENA_PUSH(parts, signals_part(explanation));
    ARENA_PUSH(parts, case_part(explanation));
    for (size_t i = 0; i < explanation->claim_count; i++)
        ARENA_PUSH(parts, claim_part(explanation, &explanation->claims[i]));
}

static const char *
left_out(const Explanation *explanation)
{
    const bool one = explanation->repeats == 1;

    return explanation->repeats == 0
               ? ""
               : arena_printf(explanation->arena, "%zu scan%s said the same again and %s left out",
                     explanation->repeats, one ? "" : "s", one ? "is" : "are");
}

const Story *
explain_story(const Explanation *explanation)
{
    Arena *const arena = explanation->arena;
    const Shipment *const shipment = explanation->shipment;
    const Judgement *const judgement = &explanation->verdict.judgement;
    Story *const story = ARENA_NEW(arena, Story);
    Parts parts = {.arena = arena};

    add_parts(explanation, &parts);
    *story = (Story){
        .title =
            arena_printf(arena, "Parcel %s (shipment %s)", shipment->tracking_number, shipment->id),
        .head = head_part(explanation),
        .time_zone = zone_name(explanation->job->zone),
        .left_out = left_out(explanation),
        .parts = parts.items,
        .part_count = parts.count,
        .created_at = shipment->created_at,
        .as_of = explanation->job->as_of,
        .promised_at = shipment_promise_origin(shipment) == PROMISE_NONE ? INSTANT_NONE
                                                                         : shipment->promised_at,
        .expected = shipment_promise_origin(shipment) == PROMISE_LEARNED,
        .expected_low = explanation->judged ? judgement->expected_low : INSTANT_NONE,
        .expected_high = explanation->judged ? judgement->expected_high : INSTANT_NONE,
    };
    story->moments = explain_moments(explanation, &story->moment_count);
    story->waits = explain_waits(explanation, &story->wait_count);
    return story;
}
