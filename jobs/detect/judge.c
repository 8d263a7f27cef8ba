#include "jobs/detect/judge.h"

#include "jobs/detect/claim_facts.h"

#include "detectors/incident_of.h"
#include "jobs/detect/plan.h"
#include "jobs/detect/prepare.h"
#include "jobs/detect/trust.h"
#include "sql/learned.h"

#include <math.h>
#include <string.h>

// Recipients ask about these kinds, whatever P(late) says: they wait in vain, or must do something themselves.
#define ASKED_ABOUT                                                                                \
    (1U << CASE_OUT_NOT_CLOSED | 1U << CASE_TRACKING_DEAD | 1U << CASE_PICKUP_EXPIRING |           \
        1U << CASE_ATTEMPT_FAILED | 1U << CASE_CUSTOMS_HELD | 1U << CASE_MISROUTED |               \
        1U << CASE_HANDOFF_GAP | 1U << CASE_RETURN_STALLED | 1U << CASE_DAMAGED)

static bool
bench_on(const Job *job, const Rulebook *rulebook, const Fitted *fitted, Instant as_of, Bench *out,
    Err *err)
{
    const Baselines *const baselines = fitted->baselines;
    Bench bench = {
        .job = job,
        .rulebook = rulebook,
        .learned = fitted->learned,
        .baselines = baselines,
        .night =
            {
                .as_of = as_of,
                .settings = job->settings,
                .language = language_of(job->settings->language),
                .zone = job->zone,
                .calendars = rulebook->calendars,
                .catalogue = rulebook->catalogue,
                .promises = &rulebook->promises,
                .stuck_alpha = stuck_alpha(
                    job->settings->detect.stuck_false_alarms, baselines_closing_a_night(baselines)),
            },
    };

    if (!money_parse(job->settings->cost.contact, job->settings->currency, &bench.contact, err))
        return err_context(err, "cost.contact");
    *out = bench;
    return true;
}

static Fitted
fit(const Job *job, const Rulebook *rulebook, const Learned *learned, Instant as_of, Arena *arena)
{
    return (Fitted){.learned = learned,
        .baselines = baselines_fit(arena, learned, plan_at(job, rulebook->calendar, as_of, arena))};
}

bool
bench_make(const Job *job, const Rulebook *rulebook, const Learned *learned, Instant as_of,
    Arena *arena, Bench *out, Err *err)
{
    const Fitted fitted = fit(job, rulebook, learned, as_of, arena);

    return bench_on(job, rulebook, &fitted, as_of, out, err);
}

static void
destroy(void *arena)
{
    arena_destroy(arena);
}

// Fitting takes as long as all else that a small night does, so it is done once for the same sums, settings and as-of. They are
// read each time: who trusts that nobody learned anew meanwhile has a night that disagrees with itself.
static bool
fit_once(const Job *job, const Rulebook *rulebook, Db *db, Err *err)
{
    Fitted *const fitted = rulebook->fitted;
    Arena *const arena = arena_create();
    const Learned *const learned = learned_read(db, arena, job->as_of, err);

    if (learned == NULL || (fitted->learned != NULL && learned_equal(fitted->learned, learned))) {
        arena_destroy(arena);
        return learned != NULL;
    }
    arena_defer(job->arena, destroy, arena);
    *fitted = fit(job, rulebook, learned, job->as_of, arena);
    return true;
}

bool
bench_prepare(const Job *job, const Rulebook *rulebook, Db *db, Arena *arena, Bench *out,
    Instant *learned_as_of, Err *err)
{
    const Recalibration *recalibration;

    if (!fit_once(job, rulebook, db, err) ||
        !trust_recalibration(db, arena, job->as_of, &recalibration, err) ||
        !bench_on(job, rulebook, rulebook->fitted, job->as_of, out, err))
        return false;
    if (learned_as_of != NULL)
        *learned_as_of = out->learned->as_of;
    out->recalibration = recalibration;
    return true;
}

bool
bench_excludes(const Bench *bench, const Shipment *shipment)
{
    const TextList *const services = &bench->job->settings->detect.excluded_services;

    for (size_t i = 0; i < services->count; i++)
        if (text_equal_folded(services->items[i], shipment->service))
            return true;
    return false;
}

void
bench_normalise(const Bench *bench, Shipment *shipment, Scan *scans)
{
    shipment_prepare(bench->rulebook, shipment, scans);
}

// Of the time in which everything around it was slow only a part counts as silence.
static void
judge_open(const Bench *bench, const Shipment *shipment, Verdict *verdict, Arena *arena)
{
    const Instant as_of = bench->night.as_of;
    const Incident *const incident = incident_of(bench->baselines, bench->incidents,
        bench->incident_count, shipment, &verdict->history, arena);
    const Slowdown slowdown = incident ? incident_slowdown(incident) : (Slowdown){0};
    Judgement *const judgement = &verdict->judgement;

    *judgement =
        baselines_judge(bench->baselines, shipment, as_of, incident ? &slowdown : NULL, arena);
    verdict->incident = incident;
    if (incident)
        judgement->excuse =
            incident_excuse(arena, bench->night.language, incident, judgement->last_scan_at, as_of);
}

// Of a parcel whose journey is over nothing is left to tell: where it was seen last, and since when.
static void
judge_ended(const Bench *bench, const Shipment *shipment, Verdict *verdict)
{
    const int last = verdict->history.last_physical;
    const Scan *const scan = last < 0 ? NULL : &shipment->scans[last];
    const Instant since = scan ? scan->occurred_at : shipment->created_at;

    verdict->p_late = verdict->p_lost = NAN;
    verdict->judgement = (Judgement){.milestone = scan ? scan->milestone : MILESTONE_ANNOUNCED,
        .last_scan_at = since,
        .last_place = scan ? scan->place : "",
        .silence_hours = (double)(bench->night.as_of - since) / (double)HOUR,
        .typical_hours = NAN,
        .silence_p_value = NAN,
        .p_late = NAN,
        .p_lost = NAN,
        .expected_low = INSTANT_NONE,
        .expected_high = INSTANT_NONE,
        .segment = "",
        .abstained = ""};
}

// What is settled stays as it is: only statements that can come true or not are corrected by those that did.
static void
recalibrate(const Recalibration *recalibration, const Shipment *shipment, Verdict *verdict)
{
    Judgement *const judgement = &verdict->judgement;

    verdict->p_late = judgement->p_late;
    verdict->p_lost = judgement->p_lost;
    if (recalibration == NULL || verdict->history.first_presentation >= 0 ||
        verdict->history.first_physical < 0)
        return;
    if (shipment_promise_origin(shipment) != PROMISE_LEARNED)
        judgement->p_late = recalibration_apply(
            recalibration, RECALIBRATION_LATE, shipment->carrier, judgement->p_late);
    judgement->p_lost = recalibration_apply(
        recalibration, RECALIBRATION_LOST, shipment->carrier, judgement->p_lost);
}

Verdict
bench_judge(const Bench *bench, Shipment *shipment, Scan *scans, Arena *arena)
{
    Verdict verdict = {.excluded = bench_excludes(bench, shipment)};

    bench_normalise(bench, shipment, scans);
    verdict.history = history_read(shipment, bench->night.as_of);
    verdict.open = history_is_open(&verdict.history);
    if (verdict.open) {
        promised_learn(&bench->rulebook->promises, bench->baselines, bench->night.as_of, shipment);
        judge_open(bench, shipment, &verdict, arena);
        recalibrate(bench->recalibration, shipment, &verdict);
    } else {
        judge_ended(bench, shipment, &verdict);
    }
    if (!verdict.excluded)
        verdict.signal_count = detectors_inspect(
            &bench->night, shipment, &verdict.history, &verdict.judgement, arena, &verdict.signals);
    if (verdict.open && verdict.signal_count > 0)
        baselines_describe(
            bench->baselines, shipment, bench->night.as_of, &verdict.judgement, arena);
    return verdict;
}

// What the terms would pay, times the probability that they must.
static Money
expected_recovery(const Bench *bench, const Shipment *shipment, const History *history,
    ClaimGround ground, double p_lost, Arena *arena)
{
    const Rulebook *const rulebook = bench->rulebook;
    const ClaimContext context = {
        .book = rulebook->terms, .calendar = rulebook->calendar, .zone = bench->night.zone};
    const ClaimFacts facts =
        claim_facts(arena, rulebook->catalogue, shipment, history, bench->night.as_of);

    return money_expect(claim_expected(&context, &facts, ground), p_lost);
}

// The probability of one of the kinds of a set; 0 when none of them was found.
static double
p_of(const Verdict *verdict, unsigned kinds)
{
    double p = 0;

    for (size_t i = 0; i < verdict->signal_count; i++)
        if (kinds & 1U << verdict->signals[i].kind)
            p = fmax(p, verdict->signals[i].probability);
    return p;
}

// Amounts in another currency than the merchant's cannot be added up; the list shows them, the rank leaves them out.
static int64_t
in_currency(Money money, const char *currency)
{
    return strcmp(money.currency, currency) == 0 ? money.minor : 0;
}

static const Signal *
copy_signals(const Signal *signals, size_t count, Arena *arena)
{
    Signal *const copies = ARENA_ARRAY(arena, Signal, count);

    for (size_t i = 0; i < count; i++) {
        copies[i] = signals[i];
        copies[i].evidence = arena_copy(arena, signals[i].evidence);
    }
    return copies;
}

Finding
bench_finding(const Bench *bench, const Shipment *shipment, const Verdict *verdict, Arena *arena)
{
    const char *const currency = bench->job->settings->currency;
    const Judgement *const judgement = &verdict->judgement;
    // Late includes lost while the promise is ahead; without a promise only the loss is left to fear.
    const double p_lost = isnan(judgement->p_lost) ? 0 : judgement->p_lost;
    const double p_late = isnan(judgement->p_late) ? 0 : judgement->p_late;
    const double p_trouble = fmax(fmax(p_late, p_lost), p_of(verdict, ASKED_ABOUT));
    // What was never handed over is still the merchant's: it costs contacts, not its value. What is damaged has lost it.
    const double p_damaged = p_of(verdict, 1U << CASE_DAMAGED);
    const double p_value_lost = fmax(verdict->history.first_physical >= 0 ? p_lost : 0, p_damaged);
    const ClaimGround ground = p_damaged > 0 ? GROUND_DAMAGE : GROUND_LOSS;
    const Money value = shipment_value(shipment);
    const Money recovery =
        expected_recovery(bench, shipment, &verdict->history, ground, p_value_lost, arena);
    Finding finding = {
        .shipment_id = arena_copy(arena, shipment->id),
        .tracking_number = arena_copy(arena, shipment->tracking_number),
        .carrier = arena_copy(arena, shipment->carrier),
        .service = arena_copy(arena, shipment->service),
        .origin = arena_copy(arena, shipment_origin(shipment)),
        .destination = arena_copy(arena, shipment_destination(shipment)),
        .promised_at = shipment->promised_at,
        .promise_origin = shipment_promise_origin(shipment),
        .value = value,
        .judgement = *judgement,
        .signals = copy_signals(verdict->signals, verdict->signal_count, arena),
        .signal_count = verdict->signal_count,
        .contact_cost = money_expect(bench->contact, p_trouble),
        .value_at_risk = money_expect(value, p_value_lost),
        .expected_recovery = recovery,
    };

    finding.judgement.last_place = arena_copy(arena, judgement->last_place);
    finding.judgement.segment = arena_copy(arena, judgement->segment);
    finding.judgement.abstained = arena_copy(arena, judgement->abstained);
    finding.judgement.excuse = arena_copy(arena, judgement->excuse);
    finding.incident_number = verdict->incident ? verdict->incident->number : 0;
    finding.expected_cost_minor = finding.contact_cost.minor +
                                  in_currency(finding.value_at_risk, currency) -
                                  in_currency(finding.expected_recovery, currency);
    return finding;
}
