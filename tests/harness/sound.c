#include "tests/harness/sound.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/text.h"
#include "detectors/incidents/incidents.h"
#include "detectors/judgement/normal.h"
#include "tests/harness/worlds.h"

#include <math.h>

static bool
is_share(double value)
{
    return value >= 0 && value <= 1;
}

void
sound_judgement(const Judgement *j, const Shipment *shipment, Instant as_of, const char *name)
{
    const bool told = text_is_empty(j->abstained);
    const bool promised = shipment->promised_at != INSTANT_NONE;
    const bool sound =
        (unsigned)j->milestone < MILESTONE_COUNT && j->last_scan_at <= as_of && j->last_place &&
        isfinite(j->silence_hours) && j->silence_hours >= 0 &&
        (isnan(j->typical_hours) || (isfinite(j->typical_hours) && j->typical_hours >= 0)) &&
        (told ? is_share(j->silence_p_value)
              : isnan(j->silence_p_value) || is_share(j->silence_p_value)) &&
        (told ? is_share(j->p_lost) : isnan(j->p_lost) || is_share(j->p_lost)) &&
        (isnan(j->p_late) ? !promised || !told : promised && is_share(j->p_late)) &&
        (j->expected_low == INSTANT_NONE) == (j->expected_high == INSTANT_NONE) &&
        (j->expected_low == INSTANT_NONE ||
            (as_of <= j->expected_low && j->expected_low <= j->expected_high)) &&
        isfinite(j->segment_weight) && j->segment_weight >= 0 && !text_is_empty(j->segment);

    if (!sound)
        fail_msg("%s, %s after %g h: typical %g, p %g, late %g, lost %g, segment %s %g, "
                 "expected %lld to %lld of %lld, abstained \"%s\"",
            name, milestone_name(j->milestone), j->silence_hours, j->typical_hours,
            j->silence_p_value, j->p_late, j->p_lost, j->segment, j->segment_weight,
            (long long)j->expected_low, (long long)j->expected_high, (long long)as_of,
            j->abstained);
}

void
sound_judge(const Learning *f, const Baselines *baselines, const Shipment *shipment, Instant as_of,
    const Slowdown *slowdown, const char *name)
{
    BaselinePoint points[4];
    Judgement judgement = baselines_judge(baselines, shipment, as_of, slowdown, f->arena);

    baselines_describe(baselines, shipment, as_of, &judgement, f->arena);
    sound_judgement(&judgement, shipment, as_of, name);

    const size_t count = baselines_normal(baselines, shipment, as_of, points);

    assert_true(count == 0 || count == 4);
    for (size_t i = 0; i < count; i++)
        assert_true(isnan(points[i].hours) || (isfinite(points[i].hours) && points[i].hours >= 0));
}

void
sound_judge_all(const Learning *f, const Baselines *baselines, const char *name)
{
    static const char *const carriers[] = {"swift", "first seen tonight", ""};
    static const Instant ages[] = {
        0, 1, HOUR, 26 * HOUR, 11 * HOURS_24, 100 * HOURS_24, 40 * 366 * HOURS_24};
    const Instant now = f->plan.as_of;
    const Instant promises[] = {
        INSTANT_NONE, 0, now, now + 1, now + 30 * HOUR, now + 100 * 366 * HOURS_24, INT64_MAX};
    const Slowdown slowdowns[] = {{.since = now - HOURS_24, .pace = 0},
        {.since = INSTANT_NONE, .pace = .5}, {.since = INT64_MAX, .pace = 1}};

    for (size_t c = 0; c < 3; c++)
        for (size_t a = 0; a < 7; a++)
            for (size_t p = 0; p < 7; p++)
                for (size_t steps = 0; steps <= 4; steps++) {
                    Scan scans[WORLD_SCANS];
                    Shipment shipment = world_parcel(now - ages[a]);

                    world_go(&shipment, scans, shipment.created_at, 0, steps);
                    shipment.carrier = carriers[c];
                    shipment.promised_at = promises[p];
                    shipment.scans = scans;
                    sound_judge(f, baselines, &shipment, now,
                        (a + p + steps) % 4 == 3 ? NULL : &slowdowns[(a + p + steps) % 4], name);
                }
}

static void
tell_one(const Learning *f, const Baselines *baselines, const char *const names[4],
    Milestone milestone, Measure measure)
{
    Normal normal;
    double shares = 0;

    normal_describe(baselines, names[0], names[1], names[2], names[3], (Stage)milestone, measure,
        f->arena, &normal);
    assert_non_null(normal.abstained);
    assert_false(text_is_empty(normal.name));
    if (!text_is_empty(normal.abstained))
        return;
    for (size_t i = 0; i < normal.ground_count; i++) {
        assert_true(is_share(normal.grounds[i].share));
        assert_true(isfinite(normal.grounds[i].events));
        shares += normal.grounds[i].share;
    }
    assert_true(fabs(shares - 1) < 1e-9);
    for (size_t i = 0; i < NORMAL_QUANTILES; i++) {
        assert_true(isnan(normal.quantiles[i].hours) ||
                    (isfinite(normal.quantiles[i].hours) && normal.quantiles[i].hours >= 0));
        assert_true(isnan(normal.quantiles[i].calendar_hours) ||
                    isfinite(normal.quantiles[i].calendar_hours));
    }
    assert_true(is_share(normal.never));
    for (size_t i = 0; i < normal.curve_count; i++) {
        const NormalPoint *const at = &normal.curve[i];

        assert_true(isfinite(at->hours) && is_share(at->low) && is_share(at->high));
        assert_true(at->low <= at->moved && at->moved <= at->high);
        assert_true(i == 0 || at[-1].moved <= at->moved);
    }
    for (int i = 0; i < NORMAL_DAY_CLASSES; i++)
        assert_true(normal.rates[i] > 0 && normal.rates[i] <= 1);
    assert_true(normal.factor > 0 && isfinite(normal.factor));
    assert_true(normal.stretch > 0 && isfinite(normal.stretch));
    assert_true(normal.tempo > 0 && isfinite(normal.tempo));
}

void
sound_tell_all(const Learning *f, const Baselines *baselines)
{
    static const char *const names[][4] = {{"swift", NULL, NULL, NULL},
        {"swift", "home", NULL, NULL}, {"swift", "home", "north", "south"},
        {"swift", "", "north", "?"}, {"first seen tonight", "home", "north", "south"},
        {"", "", "", ""}};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        for (Milestone milestone = 0; milestone < MILESTONE_COUNT; milestone++)
            for (Measure measure = MEASURE_MOVE; measure < MEASURE_COUNT; measure++)
                tell_one(f, baselines, names[i], milestone, measure);
}

static bool
is_count(double value)
{
    return isfinite(value) && value >= 0;
}

// What was open before the night without having seen anything: one of each kind.
static const Incident *
open_before(const Learning *f, Instant after)
{
    static const char *const names[INCIDENT_DRIFT] = {[INCIDENT_FEED] = "",
        [INCIDENT_CARRIER] = "",
        [INCIDENT_SERVICE] = "home",
        [INCIDENT_HUB] = "",
        [INCIDENT_LANE] = "north>south"};
    Incident *const open = ARENA_ARRAY(f->arena, Incident, INCIDENT_DRIFT);

    for (int kind = INCIDENT_FEED; kind < INCIDENT_DRIFT; kind++)
        open[kind] = (Incident){.number = kind,
            .kind = (IncidentKind)kind,
            .carrier = "swift",
            .name = names[kind],
            .since = after,
            .opened_as_of = after,
            .judged_as_of = after,
            .closed_as_of = INSTANT_NONE,
            .p_value = NAN,
            .evidence = "so it began"};
    return open + INCIDENT_FEED;
}

static void
sound_incident(const Learning *f, const Incident *it)
{
    assert_true(is_count(it->observed) && is_count(it->expected));
    assert_true(isnan(it->p_value) ? it->number > 0 : is_share(it->p_value));
    assert_true(is_share(it->pace));
    assert_true(it->since <= f->plan.as_of && !text_is_empty(it->evidence));
}

void
sound_incidents(const Learning *f, const Baselines *baselines, const Shipment *all, size_t count)
{
    const Instant after = f->plan.as_of - HOURS_24;
    FlowMeter *const meter = flow_meter_create(f->arena, baselines, after, f->plan.as_of);

    for (size_t i = 0; i < count; i++)
        flow_meter_add(meter, &all[i]);

    const IncidentsFound found =
        incidents_find(f->arena, &(IncidentNight){.after = after,
                                     .as_of = f->plan.as_of,
                                     .zone = f->plan.zone,
                                     .calendar = f->plan.calendar,
                                     .meter = meter,
                                     .open = open_before(f, after),
                                     .open_count = INCIDENT_DRIFT - INCIDENT_FEED});

    assert_true(found.count >= INCIDENT_DRIFT - INCIDENT_FEED);
    for (size_t i = 0; i < found.count; i++)
        sound_incident(f, &found.items[i]);
    for (size_t i = 0; i < found.flow_count; i++)
        assert_true(is_count(found.flows[i].observed) && is_count(found.flows[i].expected) &&
                    is_count(found.flows[i].silent));
}

static void
sound_share(const ScoreShare *share)
{
    assert_in_range(share->count, 0, share->of);
    if (share->of == 0)
        assert_true(isnan(share->share) && isnan(share->low) && isnan(share->high));
    else
        assert_true(0 <= share->low && share->low <= share->share && share->share <= share->high &&
                    share->high <= 1);
}

void
sound_cards(const Scorecards *cards)
{
    for (size_t i = 0; i < cards->count; i++) {
        const Scorecard *const card = &cards->items[i];

        assert_in_range(card->presented, 0, card->parcels);
        for (size_t q = 0; q < SCORE_QUANTILES; q++)
            assert_true(isnan(card->transit_hours[q]) || is_count(card->transit_hours[q]));
        for (size_t o = 0; o < SCORE_ORIGINS; o++)
            sound_share(&card->on_time[o]);
        sound_share(&card->lost);
    }
}
