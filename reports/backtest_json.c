/*
 * A backtest for programs: schema vigie.backtest/1 (docs/backtest.schema.json). Keys are sorted; what is not known is
 * null, never NaN.
 */
#include "reports/json_values.h"
#include "reports/reports.h"

static void
put_number(json_t *object, const char *name, BacktestNumber number)
{
    json_t *const json = json_object();

    json_put_real(json, "value", number.value);
    json_put_real(json, "low", number.low);
    json_put_real(json, "high", number.high);
    json_put(object, name, json);
}

static json_t *
scores_json(const BacktestScores *scores)
{
    json_t *const json = json_object();

    json_put_integer(json, "count", scores->count);
    json_put_real(json, "weight", scores->weight);
    json_put_real(json, "base_rate", scores->base_rate);
    json_put_real(json, "stated", scores->stated);
    put_number(json, "brier", scores->brier);
    put_number(json, "log_loss", scores->log_loss);
    put_number(json, "auc", scores->auc);
    put_number(json, "average_precision", scores->average_precision);
    put_number(json, "ece", scores->ece);
    json_put_real(json, "brier_skill", scores->brier_skill);
    json_put_real(json, "service_skill", scores->service_skill);
    json_put_real(json, "slope", scores->slope);
    json_put_real(json, "intercept", scores->intercept);
    return json;
}

static json_t *
bins_json(const BacktestBin *bins, size_t count)
{
    json_t *const list = json_array();

    for (size_t i = 0; i < count; i++) {
        json_t *const json = json_object();

        json_put_real(json, "from", bins[i].from);
        json_put_real(json, "to", bins[i].to);
        json_put_integer(json, "count", bins[i].count);
        json_put_real(json, "stated", bins[i].stated);
        json_put_real(json, "happened", bins[i].happened);
        json_put_real(json, "low", bins[i].low);
        json_put_real(json, "high", bins[i].high);
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

        json_array_append_new(json, json_of_real(point->x));
        json_array_append_new(json, json_of_real(point->y));
        json_array_append_new(json, json_of_real(point->threshold));
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

        json_put_text(arena, json, "name", method->name);
        json_put_text(arena, json, "label", method->label);
        json_put(json, "is_probability", json_boolean(method->is_probability));
        json_put(json, "scores", scores_json(&method->scores));
        json_put(json, "unweighted",
            report->is_weighted ? scores_json(&method->unweighted) : json_null());
        json_put_real(json, "precision_at_list", method->precision_at_list);
        json_put_real(json, "precision_at_100", method->precision_at_100);
        json_put(json, "reliability", bins_json(method->bins, method->bin_count));
        json_put(json, "roc", curve_json(&method->roc));
        json_put(json, "precision_recall", curve_json(&method->precision_recall));
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

        json_put_text(arena, json, "name", list->name);
        json_put_text(arena, json, "label", list->label);
        json_put(json, "is_rule", json_boolean(list->is_rule));
        json_put_integer(json, "listed", list->listed);
        json_put_real(json, "precision", list->precision);
        json_put_real(json, "recall", list->recall);
        json_put_real(json, "average_precision", list->average_precision);
        json_put_real(json, "weighted_precision", list->weighted_precision);
        json_put_real(json, "weighted_average_precision", list->weighted_average_precision);
        json_put_real(json, "alarms_per_1000", list->alarms_per_1000);
        json_put_real(json, "false_stated", list->false_stated);
        put_number(json, "false_happened", list->false_happened);
        json_put_real(json, "vigie_precision", list->vigie_precision);
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

        json_put_text(arena, item, "name", group->name);
        json_put_text(arena, item, "label", group->label);
        json_put(item, "stated", scores_json(&group->stated));
        json_put(item, "raw", scores_json(&group->raw));
        json_put(item, "reliability", bins_json(group->bins, group->bin_count));
        json_array_append_new(list, item);
    }
    json_put(json, "groups", list);
    json_put_integer(json, "left_out", groups->left_out);
    return json;
}

static json_t *
answer_json(Arena *arena, const BacktestReport *report, const BacktestAnswer *answer)
{
    json_t *const json = json_object();

    json_put_text(arena, json, "population", answer->population);
    json_put_text(arena, json, "truth", answer->truth);
    json_put_integer(json, "parcels", answer->parcels);
    json_put_integer(json, "not_matured", answer->not_matured);
    json_put_integer(json, "abstained", answer->abstained);
    json_put(json, "methods", methods_json(arena, report, answer));
    json_put(json, "lists", lists_json(arena, answer));
    json_put(json, "carriers", groups_json(arena, &answer->carriers));
    json_put(json, "milestones", groups_json(arena, &answer->milestones));
    return json;
}

static json_t *
night_answer_json(const BacktestNight *night, BacktestQuestion question)
{
    json_t *const json = json_object();

    json_put_integer(json, "count", night->of[question].count);
    json_put_real(json, "stated", night->of[question].stated);
    json_put_real(json, "happened", night->of[question].happened);
    json_put_real(json, "brier", night->of[question].brier);
    json_put_real(json, "log_loss", night->of[question].log_loss);
    json_put_real(json, "auc", night->of[question].auc);
    json_put_integer(json, "recalibrated_by", night->of[question].recalibrated_by);
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
            json_put_integer(cases, case_kind_name((CaseKind)kind), night->cases[kind]);
        json_put_instant(arena, json, "as_of", night->as_of);
        json_put_text(arena, json, "day", day_print(arena, night->day));
        json_put_integer(json, "judged", night->judged);
        json_put_integer(json, "abstained", night->abstained);
        json_put(json, "cases", cases);
        json_put_real(json, "lost_false_share", night->lost_false_share);
        json_put(json, "late", night_answer_json(night, BACKTEST_LATE));
        json_put(json, "lost", night_answer_json(night, BACKTEST_LOST));
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
    json_put_integer(json, "late", lead->late);
    json_put_integer(json, "warned", lead->warned);
    json_put_real(json, "low_hours", lead->low);
    json_put_real(json, "median_hours", lead->median);
    json_put_real(json, "high_hours", lead->high);
    json_put(json, "by_days", days);
    return json;
}

static json_t *
silence_json(const BacktestSilence *silence)
{
    json_t *const list = json_array();

    for (size_t i = 0; i < BACKTEST_SILENCES; i++) {
        json_t *const json = json_object();

        json_put_real(json, "nominal", silence[i].nominal);
        json_put_real(json, "share", silence[i].share);
        json_put_real(json, "ratio", silence[i].ratio);
        json_array_append_new(list, json);
    }
    return list;
}

static json_t *
backtest_json(Arena *arena, const BacktestReport *report)
{
    json_t *const json = json_object();

    json_put_text(arena, json, "schema", "vigie.backtest/1");
    json_put_text(arena, json, "version", report->version);
    json_put_text(arena, json, "merchant", report->merchant);
    json_put_text(arena, json, "time_zone", report->time_zone);
    json_put_text(arena, json, "from", day_print(arena, report->from));
    json_put_text(arena, json, "to", day_print(arena, report->to));
    json_put_integer(json, "every_days", report->every_days);
    json_put_instant(arena, json, "outcomes_known_by", report->outcomes_known_by);
    json_put_integer(json, "age_days", report->age_days);
    json_put_integer(json, "horizon_days", report->horizon_days);
    json_put_integer(json, "recalibration_days", report->recalibration_days);
    json_put_real(json, "at_risk_probability", report->at_risk_probability);
    json_put_real(json, "lost_probability", report->lost_probability);
    json_put_integer(json, "set_aside", report->set_aside);
    json_put(json, "is_weighted", json_boolean(report->is_weighted));
    json_put_integer(json, "draws", report->draws);
    json_put_integer(json, "parcels", (int64_t)report->parcel_count);
    json_put_integer(json, "parcel_nights", report->row_count);
    json_put(json, "nights", nights_json(arena, report));
    for (int q = 0; q < BACKTEST_QUESTIONS; q++)
        json_put(json, report->answers[q].name, answer_json(arena, report, &report->answers[q]));
    json_put(json, "lead", lead_json(&report->lead));
    json_put(json, "silence", silence_json(report->silence));
    return json;
}

bool
report_backtest_json(
    Arena *arena, const BacktestReport *report, const char **bytes, size_t *length, Err *err)
{
    Arena *const work = arena_create();
    const bool done =
        json_print(arena, backtest_json(work, report), "the backtest", bytes, length, err);

    arena_destroy(work);
    return done;
}
