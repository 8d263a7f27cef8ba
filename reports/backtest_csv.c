/*
 * The parcel-nights of a backtest for spreadsheets and scripts: machine formats, one header, a part per night, so that
 * millions of them need no more memory than a night's. What came from outside is kept from being read as a formula.
 */
#include "core/csv.h"
#include "reports/reports.h"

#include <math.h>

static const char *const header[] = {
    "as_of",
    "shipment_id",
    "carrier",
    "service",
    "milestone",
    "kind",
    "p_late",
    "p_late_stated",
    "p_late_delivered_only",
    "p_lost",
    "p_lost_stated",
    "late",
    "lost",
    "scored_late",
    "scored_lost",
    "silence_hours",
    "age_hours",
    "sample_weight",
};

static void
real(Text *out, int digits, double value)
{
    csv_add(out, isnan(value) ? "" : arena_printf(out->arena, "%.*f", digits, value));
}

static void
fate(Text *out, Fate value)
{
    csv_add(out, value == FATE_UNKNOWN ? "" : value == FATE_YES ? "true" : "false");
}

static void
truth(Text *out, bool value)
{
    csv_add(out, value ? "true" : "false");
}

static void
add_row(Text *out, const BacktestReport *report, const BacktestNight *night, const BacktestRow *row)
{
    const BacktestParcel *const parcel = &report->parcels[row->parcel];

    csv_add_instant(out, night->as_of);
    csv_add_outside(out, parcel->id);
    csv_add_outside(out, parcel->carrier);
    csv_add_outside(out, parcel->service);
    csv_add(out, milestone_name((Milestone)row->milestone));
    csv_add(out, row->kind == CASE_NONE ? "" : case_kind_name((CaseKind)row->kind));
    real(out, 6, row->p_late);
    real(out, 6, row->p_late_stated);
    real(out, 6, (double)row->rule_late);
    real(out, 6, row->p_lost);
    real(out, 6, row->p_lost_stated);
    fate(out, parcel->outcome.late);
    fate(out, fate_lost_on(parcel->outcome.lost, parcel->moved_at, night->as_of));
    truth(out, row->asked[BACKTEST_LATE]);
    truth(out, row->asked[BACKTEST_LOST]);
    real(out, 2, (double)row->silence_hours);
    real(out, 2, (double)row->age_hours);
    csv_add(out, arena_printf(out->arena, "%g", parcel->weight));
    csv_end(out);
}

const char *
report_backtest_csv(Arena *arena, const BacktestReport *report, size_t part, size_t *length)
{
    Text out = {.arena = arena};

    if (part == 0) {
        for (size_t i = 0; i < sizeof header / sizeof header[0]; i++)
            csv_add(&out, header[i]);
        csv_end(&out);
    } else {
        const BacktestNight *const night = &report->nights[part - 1];

        for (size_t i = 0; i < night->row_count; i++)
            add_row(&out, report, night, &night->rows[i]);
    }
    *length = out.length;
    return text_get(&out);
}
