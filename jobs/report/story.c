/*
 * The words of an explanation, part by part.
 */
#include "core/claim_words.h"
#include "core/incident_words.h"
#include "core/normal_words.h"
#include "core/words.h"
#include "jobs/report/explanation.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

// A text in the language of an explanation.
#define SAY(english, french) IN_LANGUAGE(explanation->language, english, french)

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
    const char *const at = origin == PROMISE_NONE ? SAY("no promise", "aucune promesse")
                                                  : when(explanation, shipment->promised_at);

    line(lines,
        origin == PROMISE_LEARNED ? SAY("expected by", "attendu pour le")
                                  : SAY("promised by", "promis pour le"),
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

    line(&lines, SAY("carrier", "transporteur"),
        arena_printf(arena, "%s%s%s", shipment->carrier,
            text_is_empty(shipment->service) ? "" : " / ", shipment->service));
    line(&lines, SAY("lane", "liaison"),
        arena_printf(arena, "%s > %s %s", shipment_origin(shipment), shipment_destination(shipment),
            shipment->destination_postcode));
    line(&lines, SAY("order", "commande"), shipment->order_reference);
    line(&lines, SAY("contents", "contenu"), shipment->contents);
    line(&lines, SAY("value", "valeur"),
        money_is_known(value) ? words_money(arena, explanation->language, value)
                              : SAY("unknown", "inconnue"));
    promise_line(explanation, &lines);
    line(&lines, SAY("cancelled", "annul\u00e9 le"), when(explanation, shipment->cancelled_at));
    line(&lines, SAY("as of", "situation au"), when(explanation, explanation->job->as_of));
    if (explanation->others > 0)
        line(&lines, "note",
            arena_printf(arena,
                SAY("the tracking number was used %zu time%s before; this is the newest shipment, "
                    "--shipment names an older one",
                    "le num\u00e9ro de suivi a d\u00e9j\u00e0 servi %zu fois%s\u00a0; voici "
                    "l'exp\u00e9dition la plus "
                    "r\u00e9cente, --shipment en nomme une plus ancienne"),
                explanation->others,
                explanation->others == 1 || explanation->language == LANGUAGE_FRENCH ? "" : "s"));
    return part_of("", &lines);
}

static const char *
normal_times(const Explanation *explanation)
{
    Text times = {.arena = explanation->arena};

    if (explanation->normal_count == 0)
        return SAY("cannot be told", "ne peut \u00eatre dit");
    for (size_t i = 0; i < explanation->normal_count; i++) {
        const BaselinePoint *const point = &explanation->normal[i];

        text_add_format(&times, "%s%.0f %% %s", i > 0 ? ", " : "", 100 * point->moved,
            isnan(point->hours) ? SAY("never", "jamais") : SAY("within ", "en moins de "));
        if (!isnan(point->hours))
            text_add_format(&times, "%s h",
                words_decimals(explanation->arena, explanation->language, point->hours,
                    point->hours < 10 ? 1 : 0));
    }
    text_add(
        &times, SAY(" (hours of operation: days off hardly count)",
                    " (heures d'activit\u00e9\u00a0: les jours de repos comptent \u00e0 peine)"));
    return text_get(&times);
}

static StoryPart
normal_part(const Explanation *explanation)
{
    const char *const footings[] = {
        [FOOTING_EVERYBODY] = SAY("this carrier has too little history here: all carriers stand in",
            "trop peu d'historique de ce transporteur ici\u00a0: tous les transporteurs en "
            "tiennent lieu"),
        [FOOTING_CARRIER] = SAY("this service has too little history here: its carrier stands in",
            "trop peu d'historique de ce service ici\u00a0: son transporteur en tient lieu"),
        [FOOTING_SERVICE] = SAY("this lane has no history here: the service stands in",
            "pas d'historique de cette liaison ici\u00a0: le service en tient lieu"),
        [FOOTING_LANE] =
            SAY("this very lane and service", "cette liaison et ce service m\u00eames"),
    };
    Arena *const arena = explanation->arena;
    const Judgement *const judgement = &explanation->verdict.judgement;
    Lines lines = {.arena = arena};

    line(&lines, SAY("moved on", "repartis"), normal_times(explanation));
    line(&lines, SAY("learned from", "appris de"),
        arena_printf(arena,
            SAY("%s events (older ones count less) of %s",
                "%s \u00e9v\u00e9nements (les anciens comptent moins) de %s"),
            words_count(arena, explanation->language, (int64_t)judgement->segment_weight),
            judgement->segment));
    line(&lines, "", footings[explain_footing(explanation->shipment, judgement->segment)]);
    if (explanation->normal_count > 0)
        line(&lines, SAY("believed", "retenu"),
            normal_grounds_text(arena, explanation->language, &explanation->grounds));
    line(&lines, SAY("learned by", "appris au"), when(explanation, explanation->learned_as_of));
    line(&lines, SAY("abstains", "s'abstient"), judgement->abstained);
    return part_of(arena_printf(arena,
                       SAY("What is normal after \"%s\"",
                           "Ce qui est normal apr\u00e8s \u00ab\u00a0%s\u00a0\u00bb"),
                       words_milestone(explanation->language, judgement->milestone)),
        &lines);
}

static const char *
silence_text(const Explanation *explanation)
{
    Arena *const arena = explanation->arena;
    const Judgement *const judgement = &explanation->verdict.judgement;
    const bool typical = !isnan(judgement->typical_hours);
    const bool placed = !text_is_empty(judgement->last_place);

    return arena_printf(arena,
        SAY("%s since \"%s\"%s%s%s%s", "%s depuis \u00ab\u00a0%s\u00a0\u00bb%s%s%s%s"),
        words_hours(arena, explanation->language, judgement->silence_hours),
        words_milestone(explanation->language, judgement->milestone),
        placed ? SAY(" at ", " \u00e0 ") : "", judgement->last_place,
        typical ? SAY("; 99 of 100 that move on do so within ",
                      "\u00a0; 99 sur 100 qui repartent le font en moins de ")
                : "",
        typical ? words_hours(arena, explanation->language, judgement->typical_hours) : "");
}

// What is stated and, where that reads differently, what the baselines said before outcomes corrected it.
static const char *
probability_text(const Explanation *explanation, double stated, double raw)
{
    Arena *const arena = explanation->arena;
    const char *const words = words_share(arena, explanation->language, stated);
    const char *const before = words_share(arena, explanation->language, raw);

    if (isnan(stated))
        return SAY("unknown", "inconnue");
    return text_equal(words, before)
               ? words
               : arena_printf(arena,
                     SAY("%s; %s before the outcomes of the last nights corrected it",
                         "%s\u00a0; %s avant correction par ce que les derni\u00e8res nuits ont "
                         "donn\u00e9"),
                     words, before);
}

static StoryPart
judgement_part(const Explanation *explanation)
{
    const Judgement *const judgement = &explanation->verdict.judgement;
    const Incident *const incident = explanation->verdict.incident;
    Arena *const arena = explanation->arena;
    Lines lines = {.arena = arena};

    line(&lines, SAY("silent", "silence"), silence_text(explanation));
    line(&lines, SAY("of which", "dont"), explanation->rest);
    if (incident)
        line(&lines, SAY("incident", "incident"),
            arena_printf(arena,
                SAY("%s; silence since %s counts only as far as things still moved",
                    "%s\u00a0; le silence depuis le %s ne compte que dans la mesure o\u00f9 les "
                    "choses avan\u00e7aient"),
                words_incident(arena, explanation->language, incident),
                when(explanation, incident->since)));
    if (!isnan(judgement->silence_p_value))
        line(&lines, "", explain_p_value(arena, explanation->language, judgement->silence_p_value));
    line(&lines, SAY("P(late)", "P(retard)"),
        probability_text(explanation, judgement->p_late, explanation->verdict.p_late));
    line(&lines, SAY("P(lost)", "P(perte)"),
        probability_text(explanation, judgement->p_lost, explanation->verdict.p_lost));
    if (judgement->expected_low != INSTANT_NONE)
        line(&lines, SAY("expected", "attendu"),
            arena_printf(arena,
                SAY("%s to %s, if it still moves (8 of 10 such parcels)",
                    "du %s au %s, s'il repart (8 colis comparables sur 10)"),
                when(explanation, judgement->expected_low),
                when(explanation, judgement->expected_high)));
    return part_of(SAY("Tonight", "Cette nuit"), &lines);
}

static StoryPart
signals_part(const Explanation *explanation)
{
    const Verdict *const verdict = &explanation->verdict;
    Arena *const arena = explanation->arena;
    Lines lines = {.arena = arena};

    if (verdict->excluded)
        line(&lines, "",
            SAY("none: the service is excluded by the setting detect.excluded_services",
                "aucun\u00a0: le service est exclu par le r\u00e9glage detect.excluded_services"));
    else if (verdict->signal_count == 0)
        line(&lines, "", SAY("none", "aucun"));
    for (size_t i = 0; i < verdict->signal_count; i++) {
        const Signal *const signal = &verdict->signals[i];

        line(&lines, words_case_kind(explanation->language, signal->kind),
            arena_printf(arena, SAY("%s (%s, since %s)", "%s (%s, depuis le %s)"), signal->evidence,
                words_share(arena, explanation->language, signal->probability),
                when(explanation, signal->since)));
    }
    return part_of(SAY("Signals", "Signaux"), &lines);
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
        return SAY(
            ", presented within the promise", ", pr\u00e9sent\u00e9 dans le d\u00e9lai promis");
    return arena_printf(arena,
        SAY(", first presented %s after the promise",
            ", pr\u00e9sent\u00e9 pour la premi\u00e8re fois %s apr\u00e8s la promesse"),
        words_hours(arena, explanation->language, (double)late / (double)HOUR));
}

// Why there is nothing to judge.
static StoryPart
closed_part(const Explanation *explanation)
{
    const History *const history = &explanation->verdict.history;

    if (explanation->verdict.open)
        return (StoryPart){
            .title = SAY("Nothing was learned by then, so nothing can be judged: run vigie learn",
                "Rien n'\u00e9tait encore appris, rien ne peut donc \u00eatre jug\u00e9\u00a0: "
                "lancer vigie learn")};
    if (history->final < 0)
        return (StoryPart){.title = SAY("The journey is over: the shipment was cancelled",
                               "Le trajet est termin\u00e9\u00a0: l'exp\u00e9dition a "
                               "\u00e9t\u00e9 annul\u00e9e")};

    const Scan *const scan = &explanation->shipment->scans[history->final];

    return (StoryPart){
        .title = arena_printf(explanation->arena,
            SAY("The journey is over: %s on %s%s", "Le trajet est termin\u00e9\u00a0: %s le %s%s"),
            words_milestone(explanation->language, scan->milestone),
            when(explanation, scan->occurred_at), punctuality_text(explanation))};
}

static StoryPart
case_part(const Explanation *explanation)
{
    const CaseRecord *const record = explanation->kase;
    Arena *const arena = explanation->arena;

    if (!record)
        return (StoryPart){.title = SAY("No case", "Aucun cas")};
    return explain_history(arena, explanation->language, explanation->job->zone,
        arena_printf(arena, SAY("Case %" PRId64 ": %s, %s", "Cas %" PRId64 "\u00a0: %s, %s"),
            record->number, words_case_kind(explanation->language, record->kind),
            words_case_standing(
                arena, explanation->language, record->state, record->snoozed_until)),
        explanation->history, explanation->history_count);
}

static StoryPart
claim_part(const Explanation *explanation, const Claim *claim)
{
    Arena *const arena = explanation->arena;
    Lines lines = {.arena = arena};

    line(&lines, SAY("payable", "indemnit\u00e9"),
        money_is_known(claim->payable) ? words_money(arena, explanation->language, claim->payable)
                                       : SAY("unknown", "inconnue"));
    line(&lines, SAY("file by", "\u00e0 d\u00e9poser avant le"),
        claim->claim_deadline == DAY_NONE ? SAY("no deadline", "sans \u00e9ch\u00e9ance")
                                          : day_print(arena, claim->claim_deadline));
    if (claim->barred_after != DAY_NONE)
        line(&lines, SAY("right ends", "droit jusqu'au"), day_print(arena, claim->barred_after));
    line(&lines, SAY("heed", "attention"),
        words_claim_caution(arena, explanation->language, claim, explanation->job->day));
    line(&lines, SAY("missing", "manque"), claim->missing);
    line(&lines, SAY("enclose", "\u00e0 joindre"), words_enclosures(arena, claim));
    line(&lines, SAY("terms", "conditions"),
        arena_printf(arena, "%s, %s", claim->terms, claim->clause));
    return part_of(arena_printf(arena, SAY("Claim %s: %s, %s", "R\u00e9clamation %s\u00a0: %s, %s"),
                       text_clean(arena, claim->reference),
                       words_claim_ground(explanation->language, claim->ground),
                       words_claim_state(explanation->language, claim->state)),
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
            arena_printf(arena, SAY("Parcel %s (shipment %s)", "Colis %s (exp\u00e9dition %s)"),
                shipment->tracking_number, shipment->id),
        .head = head_part(explanation),
        .language = explanation->language,
        .time_zone = zone_name(explanation->job->zone),
        .left_out = explain_left_out(explanation),
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
