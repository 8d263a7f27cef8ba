#include "jobs/detect/lost_list.h"

#include "detectors/stats/fdr.h"

static bool
is_lost(const Finding *finding)
{
    return finding->signals[0].kind == CASE_LOST;
}

size_t
lost_list_cut(Finding *findings, size_t count, double false_share, Arena *arena)
{
    double *const posteriors = ARENA_ARRAY(arena, double, count);
    bool *const listed = ARENA_ARRAY(arena, bool, count);
    size_t lost = 0, seen = 0, left = 0;

    for (size_t i = 0; i < count; i++)
        if (is_lost(&findings[i]))
            posteriors[lost++] = findings[i].signals[0].probability;
    fdr_list(posteriors, NULL, lost, false_share, listed);
    for (size_t i = 0; i < count; i++) {
        Finding finding = findings[i];

        if (is_lost(&finding) && !listed[seen++]) {
            finding.signals++;
            finding.signal_count--;
        }
        if (finding.signal_count > 0)
            findings[left++] = finding;
    }
    return left;
}
