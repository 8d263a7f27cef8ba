/*
 * Classes of lanes: lanes of a service that take about as long share a curve.
 *
 * A service whose lanes run from 200 km to 3,000 has a curve broader than that of any lane: the mixture's tail is that of
 * its farthest lanes. Bent by a factor or a stretch it stays as broad, so every near lane looks more often late than it
 * is. So the lanes of a service are sorted by their stretch and cut into a few classes with about as many gaps each; a
 * class has hazards of its own by coarse bin, leaning on the stretched curve of the service as far as all classes together
 * say (stats/hazard.c), with the service's shape within a bin. Each lane then bends its class's curve by a factor.
 *
 * Lanes too thin to be told keep the service's curve: not knowing how far they go, the mixture is what is known of them.
 */
#include "detectors/baseline/tree.h"
#include "detectors/stats/hazard.h"
#include "detectors/stats/lane.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define GAPS_TO_CLASS  10.0   // a lane with fewer cannot be told
#define GAPS_OF_CLASS  400.0  // a class has at least so many
#define CLOSURES_MAX   8.0    // of one gap, as for lanes
#define WEIGHT_UNKNOWN 50.0
#define FACTOR_UNKNOWN 100.0

enum
{
    CLASSES_MAX = 8
};

typedef struct LaneClass
{
    LaneSum **lanes;
    size_t count;
    double stretch;
    double ended[BIN_COARSE_COUNT], at_risk[BIN_COARSE_COUNT], bent[BIN_COARSE_COUNT];
    double closures[BIN_COARSE_COUNT + 1];  // hazards added up at the edges of coarse bins
} LaneClass;

typedef struct ClassList
{
    Arena *arena;
    LaneClass **items;
    size_t count, capacity;
} ClassList;

static int
by_service_then_stretch(const void *left, const void *right)
{
    const LaneSum *const a = *(LaneSum *const *)left;
    const LaneSum *const b = *(LaneSum *const *)right;

    if (a->service != b->service)
        return a->order < b->order ? -1 : 1;
    if (a->stretch != b->stretch)
        return a->stretch < b->stretch ? -1 : 1;
    return a->lane < b->lane ? -1 : a->lane > b->lane;
}

static void
class_make(ClassList *list, LaneSum **lanes, size_t count)
{
    LaneClass *const class = ARENA_NEW(list->arena, LaneClass);
    double waited[BIN_COARSE_COUNT] = {0};
    double logs = 0;
    double gaps = 0;

    class->lanes = lanes;
    class->count = count;
    for (size_t i = 0; i < count; i++) {
        const LaneSum *const sum = lanes[i];

        for (size_t k = 0; k < sum->cohort->bin_count; k++) {
            const int bin = sum->cohort->bins[k];

            if (bin < 0 || bin >= BIN_COARSE_COUNT)
                continue;
            class->ended[bin] += sum->unit * (double)sum->cohort->ended[k];
            waited[bin] +=
                sum->unit * (double)sum->cohort->waited[k] * sum->service->expected->mover[bin];
        }
        logs += sum->gaps * log(sum->stretch);
        gaps += sum->gaps;
    }
    class->stretch = exp(logs / gaps);
    hazard_at_risk(BIN_COARSE_COUNT, class->ended, waited, class->at_risk);
    for (int bin = 0; bin < BIN_COARSE_COUNT; bin++)
        class->bent[bin] = -expm1(bin_interpolate(lanes[0]->service->cumulative,
                                      bin_edge(bin_coarse_start(bin)) / class->stretch) -
                                  bin_interpolate(lanes[0]->service->cumulative,
                                      bin_edge(bin_coarse_start(bin + 1)) / class->stretch));
    ARENA_PUSH(list, class);
}

// Cut the lanes of one service, sorted by stretch.
static void
cut_service(ClassList *list, LaneSum **lanes, size_t count)
{
    double gaps = 0;

    for (size_t i = 0; i < count; i++)
        gaps += lanes[i]->gaps;

    const double wanted = fmax(fmin(floor(gaps / GAPS_OF_CLASS), CLASSES_MAX), 1);
    double sum = 0;
    size_t start = 0;

    for (size_t i = 0; i < count && wanted > 1; i++) {
        sum += lanes[i]->gaps;
        if (sum >= gaps / wanted || i + 1 == count) {
            class_make(list, lanes + start, i + 1 - start);
            start = i + 1;
            sum = 0;
        }
    }
}

static double
fit_weight(const ClassList *classes)
{
    HazardChild *const items = ARENA_ARRAY(classes->arena, HazardChild, classes->count);
    const HazardChildren children = {items, classes->count, BIN_COARSE_COUNT};
    double weight = WEIGHT_UNKNOWN;

    for (size_t i = 0; i < classes->count; i++)
        items[i] = (HazardChild){
            classes->items[i]->ended, classes->items[i]->at_risk, classes->items[i]->bent};
    hazard_fit_weight(&children, &weight);
    return weight;
}

// The class's cumulative hazards at fine edges; within a coarse bin they rise as the stretched curve does.
static const double *
class_curve(Arena *arena, LaneClass *class, double weight, const float **ratio)
{
    double bent[BIN_COUNT + 1];
    const double *const service = class->lanes[0]->service->cumulative;
    double hazard[BIN_COARSE_COUNT];
    double own[BIN_COARSE_COUNT + 1];

    hazard_estimate(BIN_COARSE_COUNT, class->ended, class->at_risk, class->bent, weight, hazard);
    hazard_cumulative(BIN_COARSE_COUNT, hazard, own);
    for (int k = 0; k <= BIN_COUNT; k++)
        bent[k] = bin_interpolate(service, bin_edge(k) / class->stretch);
    for (int bin = 0; bin < BIN_COARSE_COUNT; bin++)
        class->closures[bin + 1] = fmin(class->closures[bin] + hazard[bin], CLOSURES_MAX);
    *ratio = lane_ratio(arena, own, class->lanes[0]->service);
    return lane_curve(arena, own, bent);
}

static double
expected_closures(const LaneClass *class, const LaneSum *sum)
{
    double expected = 0;

    for (size_t k = 0; k < sum->cohort->bin_count; k++) {
        const int bin = sum->cohort->bins[k];

        if (bin < 0 || bin >= BIN_COARSE_COUNT)
            continue;

        const double middle = (class->closures[bin] + class->closures[bin + 1]) / 2;

        expected += sum->unit * ((double)sum->cohort->ended[k] * class->closures[bin + 1] +
                                    (double)sum->cohort->waited[k] *
                                        sum->service->expected->mover[bin] * middle);
    }
    return expected;
}

static void
fit_factors(const ClassList *classes, size_t lanes)
{
    double *const observed = ARENA_ARRAY(classes->arena, double, lanes);
    double *const expected = ARENA_ARRAY(classes->arena, double, lanes);
    const LaneCounts counts = {observed, expected, lanes};
    double weight = FACTOR_UNKNOWN;
    size_t next = 0;

    for (size_t i = 0; i < classes->count; i++)
        for (size_t j = 0; j < classes->items[i]->count; j++) {
            observed[next] = classes->items[i]->lanes[j]->observed;
            expected[next++] = expected_closures(classes->items[i], classes->items[i]->lanes[j]);
        }
    lane_fit_weight(&counts, &weight);
    next = 0;
    for (size_t i = 0; i < classes->count; i++)
        for (size_t j = 0; j < classes->items[i]->count; j++) {
            LaneSum *const sum = classes->items[i]->lanes[j];

            sum->class_factor = lane_scalar(observed[next], expected[next], weight);
            sum->class_own = expected[next] / (expected[next] + weight);
            sum->class_total = expected[next] + weight;
            next++;
        }
}

void
fit_lane_classes(Baselines *baselines, LaneSums *sums)
{
    ClassList classes = {.arena = sums->arena};
    LaneSum **const lanes = ARENA_ARRAY(sums->arena, LaneSum *, sums->count);
    size_t count = 0;
    size_t in_classes = 0;

    for (size_t i = 0; i < sums->count; i++)
        if (sums->items[i].gaps >= GAPS_TO_CLASS)
            lanes[count++] = &sums->items[i];
    if (count > 1)
        qsort(lanes, count, sizeof *lanes, by_service_then_stretch);
    for (size_t first = 0; first < count;) {
        size_t end = first + 1;

        while (end < count && lanes[end]->service == lanes[first]->service)
            end++;
        cut_service(&classes, lanes + first, end - first);
        first = end;
    }
    if (classes.count == 0)
        return;

    const double weight = fit_weight(&classes);

    for (size_t i = 0; i < classes.count; i++) {
        const float *ratio;
        const double *const curve =
            class_curve(baselines->lanes.arena, classes.items[i], weight, &ratio);

        in_classes += classes.items[i]->count;
        for (size_t j = 0; j < classes.items[i]->count; j++) {
            classes.items[i]->lanes[j]->class_curve = curve;
            classes.items[i]->lanes[j]->class_ratio = ratio;
        }
    }
    fit_factors(&classes, in_classes);
}
