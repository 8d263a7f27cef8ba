/*
 * The curves behind the scores.
 *
 * ROC: share of what happened against share of what did not, above every threshold (Fawcett 2006). Precision-recall: of
 * those above a threshold, the share that happened, against the share of what happened that is above it. Points lie at
 * the ends of ties, since a threshold cannot part them. Reliability: share that happened against mean probability in
 * equal bins, with Wilson's interval on Kish's effective number (sum w)^2 / sum w^2; and Murphy's decomposition from
 * the same bins.
 *
 * T. Fawcett, Pattern Recogn. Lett. 27 (2006) 861-874.  A. H. Murphy, J. Appl. Meteor. 12 (1973) 595-600.
 */
#include "detectors/stats/proportion.h"
#include "detectors/stats/ranking.h"

#include <math.h>
#include <stdint.h>

typedef struct Curve
{
    CurvePoint *points;
    size_t kept, most;
    size_t corner, corners;  // the one at hand, and how many there are
} Curve;

// Corner i of n is kept when it is where one of `most` even steps ends; so the first and the last always are.
static void
curve_add(Curve *curve, CurvePoint point)
{
    const size_t wanted = curve->corners <= curve->most
                              ? curve->corner
                              : curve->kept * (curve->corners - 1) / (curve->most - 1);

    if (curve->corner++ == wanted && curve->kept < curve->most)
        curve->points[curve->kept++] = point;
}

static Curve
curve_begin(Arena *arena, const Ranking *ranking, size_t most)
{
    Curve curve = {.most = most, .corners = 1};

    for (size_t i = 0; i < ranking->count; i++)
        curve.corners += ranking->items[i].closes_tie;
    curve.points = ARENA_ARRAY(arena, CurvePoint, curve.corners < most ? curve.corners : most);
    return curve;
}

static void
roc_fill(const Ranking *ranking, double happened, double others, Curve *curve)
{
    double above = 0;
    double below = 0;

    curve_add(curve, (CurvePoint){0, 0, INFINITY});
    for (size_t i = 0; i < ranking->count; i++) {
        const Ranked *const item = &ranking->items[i];

        if (item->happened)
            above += item->weight;
        else
            below += item->weight;
        if (item->closes_tie)
            curve_add(curve, (CurvePoint){fmin(below / others, 1), fmin(above / happened, 1),
                                 item->probability});
    }
}

static void
precision_recall_fill(const Ranking *ranking, double happened, Curve *curve)
{
    double above = 0;
    double all = 0;

    for (size_t i = 0; i < ranking->count; i++) {
        const Ranked *const item = &ranking->items[i];

        all += item->weight;
        above += item->happened ? item->weight : 0;
        if (!item->closes_tie)
            continue;
        if (curve->corner == 0)
            curve_add(curve, (CurvePoint){0, above / all, INFINITY});
        curve_add(curve, (CurvePoint){fmin(above / happened, 1), above / all, item->probability});
    }
}

const CurvePoint *
scores_roc(Arena *arena, const Scored *items, size_t count, size_t most, size_t *points)
{
    Arena *const scratch = arena_create();
    const Ranking ranking = ranking_of(scratch, items, count);
    const RankedScores scores = ranking_scores(&ranking, NULL, 0);
    const double happened = scores.weight * scores.base_rate;
    Curve curve = {0};

    if (most >= 2 && happened > 0 && happened < scores.weight) {
        curve = curve_begin(arena, &ranking, most);
        roc_fill(&ranking, happened, scores.weight - happened, &curve);
    }
    arena_destroy(scratch);
    *points = curve.kept;
    return curve.points;
}

const CurvePoint *
scores_precision_recall(
    Arena *arena, const Scored *items, size_t count, size_t most, size_t *points)
{
    Arena *const scratch = arena_create();
    const Ranking ranking = ranking_of(scratch, items, count);
    const RankedScores scores = ranking_scores(&ranking, NULL, 0);
    const double happened = scores.weight * scores.base_rate;
    Curve curve = {0};

    if (most >= 2 && happened > 0) {
        curve = curve_begin(arena, &ranking, most);
        precision_recall_fill(&ranking, happened, &curve);
    }
    arena_destroy(scratch);
    *points = curve.kept;
    return curve.points;
}

void
scores_reliability(const Scored *items, size_t count, size_t bins, ReliabilityBin *out)
{
    for (size_t i = 0; i < bins; i++)
        out[i] = (ReliabilityBin){0};
    if (bins == 0)
        return;
    // low holds the sum of squared weights until the intervals are made of it
    for (size_t i = 0; i < count; i++) {
        if (!ranking_takes(&items[i]))
            continue;

        ReliabilityBin *const bin = &out[ranking_bin(items[i].probability, bins)];

        bin->count++;
        bin->weight += items[i].weight;
        bin->stated += items[i].weight * items[i].probability;
        bin->happened += items[i].happened ? items[i].weight : 0;
        bin->low += items[i].weight * items[i].weight;
    }
    for (size_t i = 0; i < bins; i++) {
        const bool empty = out[i].count == 0;
        const double share = empty ? NAN : fmin(out[i].happened / out[i].weight, 1);
        const double effective = empty ? NAN : out[i].weight * out[i].weight / out[i].low;
        const ShareInterval interval = proportion_wilson(share, effective, PROPORTION_Z95);

        out[i].stated = empty ? NAN : out[i].stated / out[i].weight;
        out[i].happened = share;
        out[i].low = interval.low;
        out[i].high = interval.high;
    }
}

Murphy
scores_murphy(const ReliabilityBin *bins, size_t count)
{
    Murphy murphy = {NAN, NAN, NAN};
    double weight = 0;
    double happened = 0;

    for (size_t i = 0; i < count; i++) {
        weight += bins[i].weight;
        happened += bins[i].count > 0 ? bins[i].weight * bins[i].happened : 0;
    }
    if (!(weight > 0))
        return murphy;

    const double rate = happened / weight;

    murphy = (Murphy){.uncertainty = rate * (1 - rate)};
    for (size_t i = 0; i < count; i++) {
        if (bins[i].count == 0)
            continue;

        const double part = bins[i].weight / weight;
        const double missed = bins[i].stated - bins[i].happened;
        const double apart = bins[i].happened - rate;

        murphy.reliability += part * missed * missed;
        murphy.resolution += part * apart * apart;
    }
    return murphy;
}
