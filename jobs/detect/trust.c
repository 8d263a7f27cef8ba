#include "jobs/detect/trust.h"

#include "core/map.h"
#include "detectors/stats/scores.h"
#include "sql/forecasts.h"

#include <math.h>
#include <string.h>

static const CaseKind kinds[RECALIBRATION_KINDS] = {
    [RECALIBRATION_LATE] = CASE_LATE,
    [RECALIBRATION_LOST] = CASE_LOST,
};

bool
trust_recalibration(Db *db, Arena *arena, Instant as_of, const Recalibration **out, Err *err)
{
    Arena *const work = arena_create();
    const Matured *items[RECALIBRATION_KINDS];
    size_t counts[RECALIBRATION_KINDS];
    bool good = true;

    for (int kind = 0; good && kind < RECALIBRATION_KINDS; kind++) {
        const MaturedForecast *matured;

        good = forecasts_matured(
            db, work, kinds[kind], as_of, TRUST_DAYS, &matured, &counts[kind], err);
        if (!good)
            break;

        Matured *const statements = ARENA_ARRAY(work, Matured, counts[kind]);

        for (size_t i = 0; i < counts[kind]; i++)
            statements[i] = (Matured){.as_of = matured[i].as_of,
                .carrier = matured[i].carrier,
                .probability = matured[i].raw,
                .happened = matured[i].happened};
        items[kind] = statements;
    }
    if (good)
        *out = recalibration_fit(arena, items, counts);
    arena_destroy(work);
    return good;
}

static void
add_bins(Trust *trust, const Scored *scored, size_t count)
{
    ReliabilityBin bins[TRUST_BINS];

    scores_reliability(scored, count, TRUST_BINS, bins);
    for (size_t i = 0; i < TRUST_BINS; i++)
        trust->bins[i] = (TrustBin){.count = (int64_t)bins[i].count,
            .stated = bins[i].stated,
            .happened = bins[i].happened,
            .low = bins[i].low,
            .high = bins[i].high};
}

static Trust
score(const MaturedForecast *items, size_t count, Arena *work)
{
    Scored *const scored = ARENA_ARRAY(work, Scored, count);
    Map *const nights = map_create(work);
    Trust trust = {.count = (int64_t)count, .stated = NAN};
    double stated = 0;

    for (size_t i = 0; i < count; i++) {
        const MaturedForecast *const item = &items[i];

        scored[i] = (Scored){.probability = item->stated, .happened = item->happened, .weight = 1};
        stated += item->stated;
        map_put(nights, &item->as_of, sizeof item->as_of, 1);
        // By shipment, so that each begins where the id changes.
        trust.parcels += i == 0 || strcmp(item->shipment_id, items[i - 1].shipment_id) != 0;
    }

    const Scores scores = scores_of(scored, count);

    trust.nights = (int64_t)map_count(nights);
    trust.stated = count > 0 ? stated / (double)count : (double)NAN;
    trust.happened = scores.base_rate;
    trust.ece = scores.ece;
    trust.log_loss = scores.log_loss;
    trust.auc = scores.auc;
    add_bins(&trust, scored, count);
    return trust;
}

static bool
score_kind(Db *db, CaseKind kind, Instant as_of, Trust *out, Err *err)
{
    Arena *const work = arena_create();
    const MaturedForecast *items;
    size_t count;
    const bool read = forecasts_matured(db, work, kind, as_of, TRUST_DAYS, &items, &count, err);

    if (read)
        *out = score(items, count, work);
    arena_destroy(work);
    return read;
}

bool
trust_report(Db *db, Instant as_of, int32_t horizon_days, TrustReport *out, Err *err)
{
    TrustReport report = {.days = TRUST_DAYS};

    if (!score_kind(db, CASE_LATE, as_of, &report.late, err) ||
        !score_kind(db, CASE_LOST, as_of, &report.lost, err) ||
        !forecasts_listed(db, as_of, TRUST_DAYS, horizon_days, &report, err))
        return false;
    *out = report;
    return true;
}
