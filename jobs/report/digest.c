#include "jobs/report/digest.h"

#include "core/file.h"
#include "jobs/claim/ledger.h"
#include "jobs/detect/trust.h"
#include "sql/cases.h"
#include "sql/claims.h"
#include "sql/incidents.h"
#include "sql/learned.h"
#include "sql/nights.h"
#include "sql/scorecards.h"

#include <string.h>

static bool
read_night(Run *run, Arena *arena, Digest *digest, Err *err)
{
    NightRecord night;

    if (!night_read(run->db, arena, digest->as_of, &night, err))
        return false;
    digest->judged = night.judged;
    digest->abstained = night.abstained;
    memcpy(digest->promises, night.promises, sizeof digest->promises);
    digest->lost_false_share = night.lost_false_share;
    digest->stuck_false_expected = night.stuck_false_expected;
    return night_unmapped(
               run->db, arena, digest->as_of, &digest->unmapped, &digest->unmapped_count, err) &&
           cases_of_night(
               run->db, arena, digest->as_of, &digest->cases, &digest->case_count, err) &&
           incidents_of_night(
               run->db, arena, digest->as_of, &digest->incidents, &digest->incident_count, err) &&
           cases_counts(run->db, digest->as_of, digest->kinds, err);
}

static bool
read_claims(Run *run, Arena *arena, Digest *digest, Err *err)
{
    LedgerClaims list = {.arena = arena};

    if (!claims_to_file(run->db, digest->as_of, digest->day, &list, err))
        return false;
    digest->claim_count = list.count;
    return ledger_claims(arena, list.items, list.count, &digest->claims, err) &&
           claims_bordereaux(
               run->db, arena, digest->as_of, &digest->bordereaux, &digest->bordereau_count, err);
}

static Instant
start_of(const Zone *zone, Day day)
{
    return day == DAY_NONE ? INSTANT_NONE : zone_day_start(zone, day);
}

// The newest knowledge by then; a night that was judged has some, unless it was pruned since.
static bool
read_learned(Run *run, Arena *arena, Digest *digest, Err *err)
{
    LearnedHead learned;

    if (!learned_summary(run->db, arena, digest->as_of, &learned, err))
        return false;
    digest->data_first = start_of(run->job->zone, learned.first_day);
    digest->data_last = start_of(run->job->zone, learned.last_day);
    digest->learned_gaps = learned.gaps;
    return true;
}

// Tonight among the nights that have a report, whether or not it has one yet.
static bool
read_nights(Run *run, Arena *arena, Digest *digest, Err *err)
{
    NightCount *others;
    size_t count;
    size_t at = 0;

    if (!nights_counted(run->db, arena, &others, &count, err))
        return false;

    NightCount *const nights = ARENA_ARRAY(arena, NightCount, count + 1);

    for (size_t i = 0; i < count; i++) {
        others[i].folder = file_name(run_folder_of(run->job, others[i].as_of, arena));
        if (others[i].as_of < digest->as_of)
            nights[at++] = others[i];
    }

    const size_t before = at;

    nights[at] = (NightCount){.as_of = digest->as_of,
        .folder = file_name(run_folder(run->job, arena)),
        .judged = digest->judged,
        .abstained = digest->abstained};
    memcpy(nights[at++].kinds, digest->kinds, sizeof digest->kinds);
    for (size_t i = before; i < count; i++)
        if (others[i].as_of > digest->as_of)
            nights[at++] = others[i];
    digest->nights = nights;
    digest->night_count = at;
    return true;
}

const Digest *
digest_read(Run *run, Arena *arena, Err *err)
{
    const Job *const job = run->job;
    Digest *const digest = ARENA_NEW(arena, Digest);

    *digest = (Digest){
        .as_of = job->as_of,
        .day = job->day,
        .merchant = job->settings->merchant.name,
        .time_zone = job->settings->time_zone,
        .currency = job->settings->currency,
    };
    if (!read_night(run, arena, digest, err) || !read_claims(run, arena, digest, err) ||
        !read_nights(run, arena, digest, err) || !digest_past(run, arena, digest, err) ||
        !read_learned(run, arena, digest, err) ||
        !trust_report(run->db, digest->as_of, (int32_t)job->settings->learn.loss_horizon_days,
            &digest->trust, err) ||
        !scorecards_read(run->db, arena, digest->as_of, job->zone, &digest->cards, err) ||
        !runs_asides_of_night(
            run->db, arena, digest->as_of, &digest->set_aside, &digest->set_aside_count, err))
        return NULL;
    return digest;
}
