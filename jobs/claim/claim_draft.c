/*
 * One parcel before the terms, and what its claim states.
 */
#include "claims/dossier.h"
#include "detectors/judgement/normal.h"
#include "jobs/claim/filing.h"
#include "jobs/detect/claim_facts.h"
#include "jobs/detect/judge.h"
#include "jobs/detect/prepare.h"
#include "sql/learned.h"

#include <math.h>
#include <string.h>

const char *
filing_scan(const Filing *filing, const Scan *scan, Arena *arena)
{
    return arena_printf(arena, "%s on %s", claim_scan(arena, scan),
        zone_print(arena, filing->run->job->zone, scan->occurred_at));
}

Parcel
filing_parcel(const Filing *filing, Shipment *shipment, Scan *scans, Arena *arena)
{
    const Catalogue *const catalogue = filing->run->rulebook.catalogue;

    shipment_prepare(&filing->run->rulebook, shipment, scans);

    const History history = history_read(shipment, filing->run->job->as_of);

    return (Parcel){
        .shipment = shipment,
        .history = history,
        .facts = claim_facts(arena, catalogue, shipment, &history, filing->run->job->as_of),
    };
}

static bool
brings_too_little(const Filing *filing, Money payable)
{
    return money_is_known(payable) && strcmp(payable.currency, filing->cost.currency) == 0 &&
           payable.minor < filing->cost.minor;
}

static ClaimState
state_tonight(const Filing *filing, const Claim *claim)
{
    const bool waived =
        claim->state != CLAIM_TIME_BARRED && brings_too_little(filing, claim->payable);

    return waived ? CLAIM_WAIVED : claim->state;
}

// A refusal says at least why.
static void
refuse(Drafted *drafted, Arena *arena)
{
    ClaimCondition *const condition = ARENA_NEW(arena, ClaimCondition);

    *condition = (ClaimCondition){.name = "right", .words = drafted->reason, .clause = ""};
    drafted->conditions = condition;
    drafted->condition_count = 1;
}

Drafted
filing_draft(const Filing *filing, const Parcel *parcel, ClaimGround ground, Arena *arena)
{
    Drafted drafted = {.reason = ""};

    drafted.granted = claim_draft(
        &filing->context, &parcel->facts, ground, arena, &drafted.claim, &drafted.reason);
    drafted.conditions = drafted.claim.conditions;
    drafted.condition_count = drafted.claim.condition_count;
    if (drafted.granted)
        drafted.claim.state = state_tonight(filing, &drafted.claim);
    else if (drafted.condition_count == 0)
        refuse(&drafted, arena);
    return drafted;
}

const char *
filing_why(ClaimGround ground)
{
    static const char *const why[GROUND_COUNT] = {
        [GROUND_LOSS] = "the parcel is believed lost",
        [GROUND_DAMAGE] = "the carrier reports damage",
        [GROUND_DELAY] = "the parcel came after its promise",
        [GROUND_NOT_RECEIVED] = "the recipient says that nothing came",
        [GROUND_UNJUST_RETURN] = "the parcel was sent back without a reason",
    };

    return why[ground];
}

static DossierScan
dossier_scan(const Scan *scan, Arena *arena)
{
    return (DossierScan){
        .occurred_at = scan->occurred_at,
        .milestone = scan->milestone,
        .physical = scan->physical,
        .code = text_is_empty(scan->subcode)
                    ? scan->code
                    : arena_printf(arena, "%s/%s", scan->code, scan->subcode),
        .text = scan->text,
        .place = scan->place,
        .country = scan->country,
    };
}

// The carrier's news of the claim itself are no evidence of what became of the parcel.
static size_t
dossier_scans(const Shipment *shipment, DossierScan *out, Arena *arena)
{
    size_t count = 0;

    for (size_t i = 0; i < shipment->scan_count; i++)
        if (shipment->scans[i].milestone != MILESTONE_CLAIM_NEWS)
            out[count++] = dossier_scan(&shipment->scans[i], arena);
    return count;
}

// As the carrier calls itself, where the catalogue knows it.
static const char *
carrier_name(const Filing *filing, const Shipment *shipment)
{
    const Catalogue *const catalogue = filing->run->rulebook.catalogue;
    const int carrier = catalogue_find(catalogue, shipment->carrier);

    return carrier < 0 ? shipment->carrier : catalogue_carrier(catalogue, (size_t)carrier)->name;
}

Dossier
filing_dossier(
    const Filing *filing, const Parcel *parcel, const Claim *claim, Instant as_of, Arena *arena)
{
    const Settings *const settings = filing->run->job->settings;
    DossierScan *const scans = ARENA_ARRAY(arena, DossierScan, parcel->shipment->scan_count);

    return (Dossier){
        .claim = *claim,
        .claimant = {.name = settings->merchant.name,
            .address = settings->merchant.address,
            .email = settings->merchant.email,
            .account = settings->merchant.account},
        .carrier = {.name = carrier_name(filing, parcel->shipment),
            .address = "",
            .email = "",
            .account = ""},
        .time_zone = settings->time_zone,
        .as_of = as_of,
        .scans = scans,
        .scan_count = dossier_scans(parcel->shipment, scans, arena),
        .normal = {.segment = ""},
    };
}

static bool
ask_baselines(Filing *filing, Err *err)
{
    Run *const run = filing->run;
    LearnedHead learned;
    Bench bench;

    if (filing->asked_baselines)
        return true;
    if (!learned_summary(run->db, filing->arena, run->job->as_of, &learned, err))
        return false;
    if (learned.as_of != INSTANT_NONE) {
        if (!bench_prepare(run->job, &run->rulebook, run->db, filing->arena, &bench, NULL, err))
            return false;
        filing->baselines = bench.baselines;
    }
    filing->asked_baselines = true;
    return true;
}

// Hours by the clock on the wall, from hours of operation: between the quantiles, of which both are known, in proportion.
static double
wall_hours(const Normal *normal, double hours)
{
    double from = 0, wall_from = 0, pace = 1;

    for (size_t i = 0; i < NORMAL_QUANTILES; i++) {
        const NormalQuantile *const q = &normal->quantiles[i];

        if (!isfinite(q->hours) || !isfinite(q->calendar_hours) || q->hours <= from)
            continue;
        pace = (q->calendar_hours - wall_from) / (q->hours - from);
        if (hours <= q->hours)
            break;
        from = q->hours;
        wall_from = q->calendar_hours;
    }
    return wall_from + (hours - from) * pace;
}

static DossierNormal
dossier_normal(const Normal *normal, const Judgement *judgement, Arena *arena)
{
    DossierPoint *const points = ARENA_ARRAY(arena, DossierPoint, normal->curve_count);

    for (size_t i = 0; i < normal->curve_count; i++)
        points[i] = (DossierPoint){
            .hours = wall_hours(normal, normal->curve[i].hours), .moved = normal->curve[i].moved};
    return (DossierNormal){
        .segment = arena_copy(arena, judgement->segment),
        .parcels = judgement->segment_weight,
        .half_hours = normal->quantiles[1].calendar_hours,
        .most_hours = normal->quantiles[2].calendar_hours,
        .nearly_all_hours = normal->quantiles[3].calendar_hours,
        .silence_hours = judgement->silence_hours,
        .curve = points,
        .curve_count = normal->curve_count,
    };
}

bool
filing_normal(Filing *filing, const Parcel *parcel, Arena *arena, DossierNormal *out, Err *err)
{
    const Shipment *const shipment = parcel->shipment;
    Normal normal;

    *out = (DossierNormal){.segment = ""};
    if (!ask_baselines(filing, err))
        return false;
    if (filing->baselines == NULL || !history_is_open(&parcel->history))
        return true;

    const Instant as_of = filing->run->job->as_of;
    Judgement judgement = baselines_judge(filing->baselines, shipment, as_of, NULL, arena);

    baselines_describe(filing->baselines, shipment, as_of, &judgement, arena);
    normal_describe(filing->baselines, shipment->carrier, shipment->service,
        shipment_origin(shipment), shipment_destination(shipment),
        stage_of(judgement.milestone, parcel->history.hubs), MEASURE_MOVE, arena, &normal);
    if (text_is_empty(judgement.abstained) && text_is_empty(normal.abstained))
        *out = dossier_normal(&normal, &judgement, arena);
    return true;
}
