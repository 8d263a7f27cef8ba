#include "jobs/proof/answers.h"

#include "core/map.h"

#include <stdlib.h>
#include <string.h>

#define BARS 10

typedef const char *(*KeyOf)(const Trial *trial);

static const char *
carrier_of(const Trial *trial)
{
    return trial->parcel->carrier;
}

static const char *
milestone_of(const Trial *trial)
{
    return milestone_name((Milestone)trial->row->milestone);
}

static const char *
label_of(const Trial *trial, KeyOf key_of)
{
    return key_of == milestone_of ? milestone_label((Milestone)trial->row->milestone)
                                  : key_of(trial);
}

// The groups in the order of their first trial, and how many trials each has.
typedef struct GroupList
{
    int64_t *of;  // the group of each trial
    size_t *sizes;
    size_t count;
} GroupList;

static GroupList
split(const Trials *trials, KeyOf key_of, Arena *arena)
{
    Map *const map = map_create(arena);
    GroupList groups = {
        .of = ARENA_ARRAY(arena, int64_t, trials->count),
        .sizes = ARENA_ARRAY(arena, size_t, trials->count),
    };

    for (size_t i = 0; i < trials->count; i++) {
        const char *const key = key_of(&trials->items[i]);

        groups.of[i] = map_intern(map, key, strlen(key), (int64_t)map_count(map), NULL);
        groups.sizes[groups.of[i]]++;
    }
    groups.count = map_count(map);
    return groups;
}

static BacktestGroup
score_group(const Trials *trials, const GroupList *groups, size_t group, KeyOf key_of, Arena *arena)
{
    Arena *const scratch = arena_create();
    bool *const chosen = ARENA_ARRAY(scratch, bool, trials->count);
    BacktestGroup out = {.bin_count = BARS};

    for (size_t i = 0; i < trials->count; i++) {
        chosen[i] = groups->of[i] == (int64_t)group;
        if (chosen[i] && out.name == NULL) {
            out.name = key_of(&trials->items[i]);
            out.label = label_of(&trials->items[i], key_of);
        }
    }

    const ScoredList stated = trials_scored(trials, chosen, trial_stated, true, scratch);
    const ScoredList raw = trials_scored(trials, chosen, trial_raw, true, scratch);

    out.stated = scores_summed(trials, &stated, true, ANSWER_DRAWS);
    out.raw = scores_summed(trials, &raw, true, 0);
    out.bins = scores_bars(&stated, BARS, arena);
    arena_destroy(scratch);
    return out;
}

static int
by_count(const void *a, const void *b)
{
    const BacktestGroup *const x = a, *const y = b;

    if (x->stated.count != y->stated.count)
        return x->stated.count > y->stated.count ? -1 : 1;
    return strcmp(x->name, y->name);
}

static BacktestGroups
groups_by(const Trials *trials, KeyOf key_of, Arena *arena)
{
    Arena *const scratch = arena_create();
    const GroupList groups = split(trials, key_of, scratch);
    BacktestGroup *const items = ARENA_ARRAY(arena, BacktestGroup, groups.count);
    BacktestGroups out = {.items = items};

    for (size_t group = 0; group < groups.count; group++)
        if (groups.sizes[group] >= ANSWER_GROUP_LEAST)
            items[out.count++] = score_group(trials, &groups, group, key_of, arena);
        else
            out.left_out++;
    if (out.count > 1)
        qsort(items, out.count, sizeof *items, by_count);
    arena_destroy(scratch);
    return out;
}

void
answer_groups(const Trials *trials, Arena *arena, BacktestAnswer *answer)
{
    answer->carriers = groups_by(trials, carrier_of, arena);
    answer->milestones = groups_by(trials, milestone_of, arena);
}
