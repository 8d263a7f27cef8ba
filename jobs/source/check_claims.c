/*
 * Where terms pay in special drawing rights, a claim has an amount only with a rate of its day. Vigie does not fetch rates: who
 * has such claims must give them, and is told so here.
 */
#include "core/text.h"
#include "jobs/source/check.h"
#include "sql/claims_people.h"

#define NAMED 5  // references told one by one

static const char *
newest_rate(Arena *arena, const TermsBook *terms)
{
    const SdrRate *newest = NULL;

    for (size_t i = 0; i < terms->rate_count; i++)
        if (newest == NULL || terms->rates[i].day > newest->day)
            newest = &terms->rates[i];
    return newest == NULL ? "no rate is known"
                          : arena_printf(arena, "the newest rate is of %s, and serves for %d days",
                                day_print(arena, newest->day), SDR_DAYS);
}

// "VG-000009, VG-000015 and 3 more"
static const char *
names(Arena *arena, const char *const *references, size_t count)
{
    Text out = {.arena = arena};

    for (size_t i = 0; i < count && i < NAMED; i++)
        text_add_format(&out, "%s%s", i > 0 ? ", " : "", references[i]);
    if (count > NAMED)
        text_add_format(&out, " and %zu more", count - NAMED);
    return text_get(&out);
}

bool
check_claims(const CheckData *data, Db *db, const TermsBook *terms, Err *err)
{
    Arena *const arena = data->job->arena;
    const char *const *references;
    size_t count;

    if (!claims_without_rate(db, arena, &references, &count, err))
        return false;
    if (count > 0)
        check_add(data->list, CHECK_WARNING, "claims", "sdr_rate",
            "give the day's rate, which the International Monetary Fund publishes, in a file of "
            "the "
            "folder that claims.terms names (docs/terms.md, \"SDR\")",
            "%zu claim%s without a rate of the special drawing right and stay%s drafts: %s; %s",
            count, count == 1 ? " is" : "s are", count == 1 ? "s" : "",
            names(arena, references, count), newest_rate(arena, terms));
    else
        check_add(data->list, CHECK_OK, "claims", "sdr_rate", "",
            "no claim waits for a rate of the special drawing right; %s",
            newest_rate(arena, terms));
    return true;
}
