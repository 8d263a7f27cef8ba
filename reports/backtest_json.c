/*
 * A backtest for programs: schema vigie.backtest/1 (docs/backtest.schema.json). Keys are sorted; what is not known is
 * null, never NaN.
 */
#include "reports/reports.h"

#include "core/text.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>

#define DIGITS 10  // of a real number: a probability is not known better

static void
put(json_t *object, const char *name, json_t *value)
{
    json_object_set_new(object, name, value);
}

static void
put_text(Arena *arena, json_t *object, const char *name, const char *text)
{
    put(object, name, json_string(text_clean(arena, text)));
}

static void
put_integer(json_t *object, const char *name, int64_t value)
{
    put(object, name, json_integer(value));
}

static json_t *
real_json(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static void
put_real(json_t *object, const char *name, double value)
{
    put(object, name, real_json(value));
}

static void
put_instant(Arena *arena, json_t *object, const char *name, Instant at)
{
    put(object, name, at == INSTANT_NONE ? json_null() : json_string(instant_print(arena, at)));
}

static void
put_number(json_t *object, const char *name, BacktestNumber number)
{
    json_t *const json = json_object();

    put_real(json, "value", number.value);
    put_real(json, "low", number.low);
    put_real(json, "high", number.high);
    put(object, name, json);
}

static json_t *
scores_json(const BacktestScores *scores)
{
    json_t *const json = json_object();

    put_integer(json, "count", scores->count);
    put_real(json, "weight", scores->weight);
    put_real(json, "base_rate", scores->base_rate);
    put_real(json, "stated", scores->stated);
    put_number(json, "brier", scores->brier);
    put_number(json, "log_loss", scores->log_loss);
    put_number(json, "auc", scores->auc);
    put_number(json, "average_precision", scores->average_precision);
    put_number(json, "ece", scores->ece);
    put_real(json, "brier_skill", scores->brier_skill);
    put_real(json, "service_skill", scores->service_skill);
    put_real(json, "slope", scores->slope);
    put_real(json, "intercept", scores->intercept);
    return json;
}

static json_t *
bins_json(const BacktestBin *bins, size_t count)
{
    json_t *const list = json_array();

    for (size_t i = 0; i < count; i++) {
        json_t *const json = json_object();

        put_real(json, "from", bins[i].from);
        put_real(json, "to", bins[i].to);
        put_integer(json, "count", bins[i].count);
        put_real(json, "stated", bins[i].stated);
        put_real(json, "happened", bins[i].happened);
        put_real(json, "low", bins[i].low);
        put_real(json, "high", bins[i].high);
        json_array_append_new(list, json);
    }
    return list;
}

// [x, y, threshold] each, because there are many.
static json_t *
curve_json(const BacktestCurve *curve)
{
    json_t *const list = json_array();

    for (size_t i = 0; i < curve->count; i++) {
        const BacktestPoint *const point = &curve->points[i];
        json_t *const json = json_array();

        json_array_append_new(json, real_json(point->x));
        json_array_append_new(json, real_json(point->y));
        json_array_append_new(json, real_json(point->threshold));
        json_array_append_new(list, json);
    }
    return list;
}

static json_t *
methods_json(Arena *arena, const BacktestReport *report, const BacktestAnswer *answer)
{
    json_t *const list = json_array();

    for (size_t i = 0; i < answer->method_count; i++) {
        const BacktestMethod *const method = &answer->methods[i];
        json_t *const json = json_object();

        put_text(arena, json, "name", method->name);
        put_text(arena, json, "label", method->label);
        put(json, "is_probability", json_boolean(method->is_probability));
        put(json, "scores", scores_json(&method->scores));
        put(json, "weighted", report->is_weighted ? scores_json(&method->weighted) : json_null());
        put_real(json, "precision_at_list", method->precision_at_list);
        put_real(json, "precision_at_100", method->precision_at_100);
        put(json, "reliability", bins_json(method->bins, method->bin_count));
        put(json, "roc", curve_json(&method->roc));
        put(json, "precision_recall", curve_json(&method->precision_recall));
        json_array_append_new(list, json);
    }
    return list;
}

static json_t *
lists_json(Arena *arena, const BacktestAnswer *answer)
{
    json_t *const all = json_array();

    for (size_t i = 0; i < answer->list_count; i++) {
        const BacktestList *const list = &answer->lists[i];
        json_t *const json = json_object();

        put_text(arena, json, "name", list->name);
        put_text(arena, json, "label", list->label);
        put(json, "is_rule", json_boolean(list->is_rule));
        put_integer(json, "listed", list->listed);
        put_real(json, "precision", list->precision);
        put_real(json, "recall", list->recall);
        put_real(json, "average_precision", list->average_precision);
        put_real(json, "weighted_precision", list->weighted_precision);
        put_real(json, "weighted_average_precision", list->weighted_average_precision);
        put_real(json, "alarms_per_1000", list->alarms_per_1000);
        put_real(json, "false_stated", list->false_stated);
        put_number(json, "false_happened", list->false_happened);
        put_real(json, "vigie_precision", list->vigie_precision);
        json_array_append_new(all, json);
    }
    return all;
}

static json_t *
groups_json(Arena *arena, const BacktestGroups *groups)
{
    json_t *const json = json_object();
    json_t *const list = json_array();

    for (size_t i = 0; i < groups->count; i++) {
        const BacktestGroup *const group = &groups->items[i];
        json_t *const item = json_object();

        put_text(arena, item, "name", group->name);
        put_text(arena, item, "label", group->label);
        put(item, "stated", scores_json(&group->stated));
        put(item, "raw", scores_json(&group->raw));
        put(item, "reliability", bins_json(group->bins, group->bin_count));
        json_array_append_new(list, item);
    }
    put(json, "groups", list);
    put_integer(json, "left_out", groups->left_out);
    return json;
}

static json_t *
answer_json(Arena *arena, const BacktestReport *report, const BacktestAnswer *answer)
{
    json_t *const json = json_object();

    put_text(arena, json, "population", answer->population);
    put_text(arena, json, "truth", answer->truth);
    put_integer(json, "parcels", answer->parcels);
    put_integer(json, "not_matured", answer->not_matured);
    put_integer(json, "abstained", answer->abstained);
    put(json, "methods", methods_json(arena, report, answer));
    put(json, "lists", lists_json(arena, answer));
    put(json, "carriers", groups_json(arena, &answer->carriers));
    put(json, "milestones", groups_json(arena, &answer->milestones));
    return json;
}

static json_t *
night_answer_json(const BacktestNight *night, BacktestQuestion question)
{
    json_t *const json = json_object();

    put_integer(json, "count", night->of[question].count);
    put_real(json, "stated", night->of[question].stated);
    put_real(json, "happened", night->of[question].happened);
    put_real(json, "brier", night->of[question].brier);
    put_real(json, "log_loss", night->of[question].log_loss);
    put_real(json, "auc", night->of[question].auc);
    put_integer(json, "recalibrated_by", night->of[question].recalibrated_by);
    return json;
}

static json_t *
nights_json(Arena *arena, const BacktestReport *report)
{
    json_t *const list = json_array();

    for (size_t n = 0; n < report->night_count; n++) {
        const BacktestNight *const night = &report->nights[n];
        json_t *const json = json_object();
        json_t *const cases = json_object();

        for (int kind = CASE_NONE + 1; kind < CASE_KIND_COUNT; kind++)
            put_integer(cases, case_kind_name((CaseKind)kind), night->cases[kind]);
        put_instant(arena, json, "as_of", night->as_of);
        put_text(arena, json, "day", day_print(arena, night->day));
        put_integer(json, "judged", night->judged);
        put_integer(json, "abstained", night->abstained);
        put(json, "cases", cases);
        put_real(json, "lost_false_share", night->lost_false_share);
        put(json, "late", night_answer_json(night, BACKTEST_LATE));
        put(json, "lost", night_answer_json(night, BACKTEST_LOST));
        json_array_append_new(list, json);
    }
    return list;
}

static json_t *
lead_json(const BacktestLead *lead)
{
    json_t *const json = json_object();
    json_t *const days = json_array();

    for (size_t i = 0; i < BACKTEST_LEAD_DAYS; i++)
        json_array_append_new(days, json_integer(lead->days[i]));
    put_integer(json, "late", lead->late);
    put_integer(json, "warned", lead->warned);
    put_real(json, "low_hours", lead->low);
    put_real(json, "median_hours", lead->median);
    put_real(json, "high_hours", lead->high);
    put(json, "by_days", days);
    return json;
}

static json_t *
silence_json(const BacktestSilence *silence)
{
    json_t *const list = json_array();

    for (size_t i = 0; i < BACKTEST_SILENCES; i++) {
        json_t *const json = json_object();

        put_real(json, "nominal", silence[i].nominal);
        put_real(json, "share", silence[i].share);
        put_real(json, "ratio", silence[i].ratio);
        json_array_append_new(list, json);
    }
    return list;
}

static json_t *
backtest_json(Arena *arena, const BacktestReport *report)
{
    json_t *const json = json_object();

    put_text(arena, json, "schema", "vigie.backtest/1");
    put_text(arena, json, "version", report->version);
    put_text(arena, json, "merchant", report->merchant);
    put_text(arena, json, "time_zone", report->time_zone);
    put_text(arena, json, "from", day_print(arena, report->from));
    put_text(arena, json, "to", day_print(arena, report->to));
    put_integer(json, "every_days", report->every_days);
    put_instant(arena, json, "outcomes_known_by", report->outcomes_known_by);
    put_integer(json, "age_days", report->age_days);
    put_integer(json, "horizon_days", report->horizon_days);
    put_integer(json, "recalibration_days", report->recalibration_days);
    put_real(json, "at_risk_probability", report->at_risk_probability);
    put_real(json, "lost_probability", report->lost_probability);
    put_integer(json, "set_aside", report->set_aside);
    put(json, "is_weighted", json_boolean(report->is_weighted));
    put_integer(json, "draws", report->draws);
    put_integer(json, "parcels", (int64_t)report->parcel_count);
    put_integer(json, "parcel_nights", report->row_count);
    put(json, "nights", nights_json(arena, report));
    for (int q = 0; q < BACKTEST_QUESTIONS; q++)
        put(json, report->answers[q].name, answer_json(arena, report, &report->answers[q]));
    put(json, "lead", lead_json(&report->lead));
    put(json, "silence", silence_json(report->silence));
    return json;
}

bool
report_backtest_json(
    Arena *arena, const BacktestReport *report, const char **bytes, size_t *length, Err *err)
{
    Arena *const work = arena_create();
    json_t *const json = backtest_json(work, report);
    char *const dumped =
        json_dumps(json, JSON_SORT_KEYS | JSON_INDENT(1) | JSON_REAL_PRECISION(DIGITS));
    Text out = {.arena = arena};

    json_decref(json);
    arena_destroy(work);
    if (!dumped)
        return err_set(err, ERR_FAILED, "cannot print the backtest as JSON");
    text_add(&out, dumped);
    text_add(&out, "\n");
    free(dumped);
    *bytes = text_get(&out);
    *length = out.length;
    return true;
}
