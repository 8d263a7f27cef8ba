#include "jobs/proof/matured.h"

#include "sql/forecasts.h"

#include <math.h>

typedef struct MaturedList
{
    Arena *arena;
    Matured *items;
    size_t count, capacity;
} MaturedList;

Instant
matured_due(const Replay *replay, const BacktestRow *row, BacktestQuestion question)
{
    const Ending *const ending = &replay->parcels.items[row->parcel].ending;

    if (question == BACKTEST_LATE)
        return ending->promised_at;
    return ending->accepted_at == INSTANT_NONE
               ? INSTANT_NONE
               : ending->accepted_at + replay_horizon_days(replay) * HOURS_24;
}

// What a night settles: what came due in a span that ended some days before it, as every night does (sql/forecasts.h).
typedef struct Span
{
    Instant after, by, as_of;
} Span;

static Span
span_of(const Replay *replay, Instant as_of)
{
    const Instant by = as_of - FORECAST_GRACE_DAYS * HOURS_24;

    return (Span){by - replay_recalibration_days(&replay->plan) * HOURS_24, by, as_of};
}

static void
add_row(const Replay *replay, Instant night, const BacktestRow *row, const Span *span,
    MaturedList lists[BACKTEST_QUESTIONS])
{
    const Parcel *const parcel = &replay->parcels.items[row->parcel];
    const Outcome outcome = outcome_of(&parcel->ending, span->as_of, replay_horizon_days(replay));
    const Fate fates[] = {outcome.late, fate_lost_on(outcome.lost, parcel->moved_at, night)};
    const double probabilities[] = {row->p_late, row->p_lost};

    for (int q = 0; q < BACKTEST_QUESTIONS; q++) {
        const Instant due = matured_due(replay, row, (BacktestQuestion)q);

        if (row->told[q] && row->carried && fates[q] != FATE_UNKNOWN && !isnan(probabilities[q]) &&
            due > span->after && due <= span->by)
            ARENA_PUSH(&lists[q], ((Matured){.as_of = night,
                                      .carrier = parcel->carrier,
                                      .probability = probabilities[q],
                                      .happened = fates[q] == FATE_YES,
                                      .weight = parcel->weight}));
    }
}

const Recalibration *
matured_fit(const Replay *replay, Instant as_of, Arena *arena)
{
    const Span span = span_of(replay, as_of);
    MaturedList lists[] = {{.arena = arena}, {.arena = arena}};

    for (size_t n = 0; n < replay->night_count; n++) {
        const Instant *const due = replay->latest_due[n];

        if (due[BACKTEST_LATE] <= span.after && due[BACKTEST_LOST] <= span.after)
            continue;
        for (size_t i = 0; i < replay->nights[n].row_count; i++)
            add_row(replay, replay->nights[n].as_of, &replay->nights[n].rows[i], &span, lists);
    }
    return recalibration_fit(arena,
        (const Matured *[]){lists[BACKTEST_LATE].items, lists[BACKTEST_LOST].items},
        (const size_t[]){lists[BACKTEST_LATE].count, lists[BACKTEST_LOST].count});
}
