/*
 * Which happenings a rule asks for.
 */
#include "alerts/happening.h"

#include "core/claim_words.h"
#include "core/text.h"

#include <math.h>

const char *
occasion_name(Occasion occasion)
{
    static const char *const names[] = {"", "new", "worse", "due", "incident", "feed", "failed"};

    return names[occasion];
}

static bool
has_word(const TextList *list, const char *word)
{
    for (size_t i = 0; i < list->count; i++)
        if (text_equal_folded(list->items[i], word))
            return true;
    return false;
}

static bool
is_worth(const AlertRule *rule, const AlertDesk *desk, Money money)
{
    Money least = MONEY_NONE;
    Err ignored = {0};

    if (!money_parse(rule->value, desk->settings->currency, &least, &ignored) || least.minor == 0)
        return true;
    return money_is_known(money) && text_equal(money.currency, least.currency) &&
           money.minor >= least.minor;
}

static bool
is_of_carrier(const AlertRule *rule, const char *carrier)
{
    return rule->carriers.count == 0 || has_word(&rule->carriers, carrier);
}

static bool
is_likely(const AlertRule *rule, const CaseRecord *record)
{
    return !(rule->probability > 0) || record->p_late >= rule->probability ||
           record->p_lost >= rule->probability;
}

static bool
wants_case(const AlertRule *rule, const AlertDesk *desk, const CaseRecord *record)
{
    CaseKind least = CASE_NONE;

    if (!text_is_empty(rule->at_least) && !case_kind_parse(rule->at_least, &least))
        return false;
    return record->kind >= least && record->state != CASE_SNOOZED &&
           (rule->kinds.count == 0 || has_word(&rule->kinds, case_kind_name(record->kind))) &&
           is_likely(rule, record) && is_worth(rule, desk, record->value) &&
           is_of_carrier(rule, record->carrier);
}

static bool
wants_claim(const AlertRule *rule, const AlertDesk *desk, const Claim *claim)
{
    return claim->act_by != DAY_NONE && claim->act_by - rule->due_days <= desk->day &&
           (claim->opens_on == DAY_NONE || claim->opens_on <= desk->day) &&
           is_worth(rule, desk, claim->payable) && is_of_carrier(rule, claim->carrier);
}

bool
rule_wants(const AlertRule *rule, const AlertDesk *desk, const Happening *happening)
{
    if (!has_word(&rule->when, occasion_name(happening->occasion)))
        return false;
    switch (happening->occasion) {
    case OCCASION_NEW:
    case OCCASION_WORSE:
        return wants_case(rule, desk, happening->record);
    case OCCASION_DUE:
        return wants_claim(rule, desk, happening->claim);
    case OCCASION_INCIDENT:
    case OCCASION_FEED:
        return is_of_carrier(rule, happening->incident->carrier);
    case OCCASION_FAILED:
        return true;
    }
    return false;
}

bool
rules_reach_customers(const Settings *settings)
{
    const AlertRule *const rules = settings->alerts.rules.items;

    for (size_t i = 0; i < settings->alerts.rules.count; i++)
        if (text_equal(rules[i].audience, "customer"))
            return true;
    return false;
}
