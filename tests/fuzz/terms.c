// Any bytes as terms: a rule that was accepted has its clause and source, and dates in an order that can be kept.
#include "config/terms_read.h"
#include "tests/fuzz/fuzz.h"

static void
check_date(const TermsDate *date)
{
    for (size_t i = 0; i < date->way_count; i++)
        require(date->ways[i].anchor >= ANCHOR_ANNOUNCED && date->ways[i].anchor < ANCHOR_COUNT);
    require(date->way_count == 0 || (date->clause != NULL && date->source != NULL));
}

static void
check_rule(const TermsRule *rule)
{
    require(*rule->clause != '\0' && *rule->source != '\0' && rule->who != 0);
    check_date(&rule->opening);
    check_date(&rule->enquiry);
    check_date(&rule->deadline);
    check_date(&rule->bar);
    require(rule->bar.way_count == 0 || *rule->bar.source != '\0');
    require(rule->weight_over >= 0 && rule->weight_most >= 0);
    for (size_t i = 0; i < rule->liability_count; i++)
        require(rule->liabilities[i].percent >= 0 && rule->liabilities[i].sdr_micros >= 0 &&
                rule->liabilities[i].amount.minor >= 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    Arena *const arena = arena_create();
    Problems problems = {.arena = arena};
    TermsFile file = {0};
    const bool good =
        terms_read(arena, "f", length == 0 ? "" : (const char *)bytes, length, &file, &problems);

    require(good == (problems.count == 0));
    if (good && file.rate_count == 0)
        require(*file.terms.id != '\0' && file.terms.carriers.count > 0);
    for (size_t i = 0; good && i < file.terms.rule_count; i++)
        check_rule(&file.terms.rules[i]);
    for (size_t i = 0; good && i < file.rate_count; i++)
        require(file.rates[i].micros > 0);
    arena_destroy(arena);
    return 0;
}
