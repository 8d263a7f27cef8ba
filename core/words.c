#include "core/words.h"

#include "core/text.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

// What a language puts between digits, and its words. Accents are universal character names:
// sources are ASCII.
typedef struct Vocabulary
{
    const char *code, *group, *point, *percent, *day_unit;
    const char *months[12];
    const char *kinds[CASE_KIND_COUNT];
    const char *case_states[CASE_STATE_COUNT];
    const char *events[CASE_EVENT_COUNT];
} Vocabulary;

static const Vocabulary english = {
    .code = "en",
    .group = ",",
    .point = ".",
    .percent = "%",
    .day_unit = "d",
    .months = {"January", "February", "March", "April", "May", "June", "July", "August",
        "September", "October", "November", "December"},
    .kinds =
        {
            [CASE_NONE] = "none",
            [CASE_AT_RISK] = "at risk",
            [CASE_IMPOSSIBLE_HISTORY] = "impossible history",
            [CASE_LATE] = "late",
            [CASE_OUT_NOT_CLOSED] = "out, not closed",
            [CASE_NOT_HANDED_OVER] = "not handed over",
            [CASE_STUCK] = "stuck",
            [CASE_TRACKING_DEAD] = "tracking dead",
            [CASE_PICKUP_EXPIRING] = "pick-up expiring",
            [CASE_ATTEMPT_FAILED] = "failed attempt",
            [CASE_CUSTOMS_HELD] = "held by customs",
            [CASE_MISROUTED] = "misrouted",
            [CASE_HANDOFF_GAP] = "hand-over gap",
            [CASE_RETURN_STALLED] = "return stalled",
            [CASE_DAMAGED] = "damaged",
            [CASE_LOST] = "lost",
        },
    .case_states =
        {
            [CASE_OPEN] = "open",
            [CASE_ACKNOWLEDGED] = "acknowledged",
            [CASE_SNOOZED] = "snoozed",
            [CASE_DISMISSED] = "dismissed",
            [CASE_RESOLVED] = "resolved",
            [CASE_CLEARED] = "cleared",
        },
    .events =
        {
            [CASE_EVENT_OPENED] = "new",
            [CASE_EVENT_WORSE] = "worse",
            [CASE_EVENT_EASED] = "eased",
            [CASE_EVENT_REOPENED] = "reopened",
            [CASE_EVENT_WOKEN] = "woken",
        },
};

static const Vocabulary french = {
    .code = "fr",
    .group = "\u00a0",
    .point = ",",
    .percent = "\u00a0%",
    .day_unit = "j",
    .months = {"janvier", "f\u00e9vrier", "mars", "avril", "mai", "juin", "juillet", "ao\u00fbt",
        "septembre", "octobre", "novembre", "d\u00e9cembre"},
    .kinds =
        {
            [CASE_NONE] = "aucun",
            [CASE_AT_RISK] = "\u00e0 risque",
            [CASE_IMPOSSIBLE_HISTORY] = "historique impossible",
            [CASE_LATE] = "en retard",
            [CASE_OUT_NOT_CLOSED] = "tourn\u00e9e sans issue",
            [CASE_NOT_HANDED_OVER] = "non remis",
            [CASE_STUCK] = "bloqu\u00e9",
            [CASE_TRACKING_DEAD] = "suivi interrompu",
            [CASE_PICKUP_EXPIRING] = "retrait \u00e0 \u00e9ch\u00e9ance",
            [CASE_ATTEMPT_FAILED] = "\u00e9chec de livraison",
            [CASE_CUSTOMS_HELD] = "retenu en douane",
            [CASE_MISROUTED] = "mal achemin\u00e9",
            [CASE_HANDOFF_GAP] = "relais sans suite",
            [CASE_RETURN_STALLED] = "retour en souffrance",
            [CASE_DAMAGED] = "endommag\u00e9",
            [CASE_LOST] = "perdu",
        },
    .case_states =
        {
            [CASE_OPEN] = "ouvert",
            [CASE_ACKNOWLEDGED] = "pris en charge",
            [CASE_SNOOZED] = "en sommeil",
            [CASE_DISMISSED] = "\u00e9cart\u00e9",
            [CASE_RESOLVED] = "r\u00e9solu",
            [CASE_CLEARED] = "lev\u00e9",
        },
    .events =
        {
            [CASE_EVENT_OPENED] = "nouveau",
            [CASE_EVENT_WORSE] = "aggrav\u00e9",
            [CASE_EVENT_EASED] = "all\u00e9g\u00e9",
            [CASE_EVENT_REOPENED] = "rouvert",
            [CASE_EVENT_WOKEN] = "r\u00e9veill\u00e9",
        },
};

static const Vocabulary *const vocabularies[LANGUAGE_COUNT] = {
    [LANGUAGE_ENGLISH] = &english,
    [LANGUAGE_FRENCH] = &french,
};

Language
language_of(const char *code)
{
    return text_equal(code, "fr") ? LANGUAGE_FRENCH : LANGUAGE_ENGLISH;
}

const char *
language_code(Language language)
{
    return vocabularies[language]->code;
}

const char *
words_milestone(Language language, Milestone milestone)
{
    static const char *const french_milestones[MILESTONE_COUNT] = {
        [MILESTONE_UNMAPPED] = "non traduit",
        [MILESTONE_ANNOUNCED] = "annonc\u00e9",
        [MILESTONE_ACCEPTED] = "pris en charge",
        [MILESTONE_IN_TRANSIT] = "en transit",
        [MILESTONE_DELIVERY_DEPOT] = "\u00e0 l'agence de livraison",
        [MILESTONE_CUSTOMS] = "en douane",
        [MILESTONE_CUSTOMS_HELD] = "retenu en douane",
        [MILESTONE_CUSTOMS_CLEARED] = "d\u00e9douan\u00e9",
        [MILESTONE_OUT_FOR_DELIVERY] = "en cours de livraison",
        [MILESTONE_ATTEMPT_FAILED] = "\u00e9chec de livraison",
        [MILESTONE_ADDRESS_PROBLEM] = "probl\u00e8me d'adresse",
        [MILESTONE_REFUSED] = "refus\u00e9",
        [MILESTONE_AVAILABLE_FOR_PICKUP] = "disponible au retrait",
        [MILESTONE_HELD] = "retenu",
        [MILESTONE_DELAYED] = "retard\u00e9",
        [MILESTONE_DAMAGED] = "endommag\u00e9",
        [MILESTONE_LOST] = "perdu",
        [MILESTONE_DESTROYED] = "d\u00e9truit",
        [MILESTONE_RETURNING] = "en retour vers l'exp\u00e9diteur",
        [MILESTONE_RETURNED] = "rendu \u00e0 l'exp\u00e9diteur",
        [MILESTONE_DELIVERED] = "livr\u00e9",
        [MILESTONE_CANCELLED] = "annul\u00e9",
        [MILESTONE_CLAIM_NEWS] = "suite de la r\u00e9clamation",
        [MILESTONE_INFORMATION] = "information",
    };

    return language == LANGUAGE_FRENCH ? french_milestones[milestone] : milestone_label(milestone);
}

const char *
words_case_kind(Language language, CaseKind kind)
{
    return vocabularies[language]->kinds[kind];
}

const char *
words_case_state(Language language, CaseState state)
{
    return vocabularies[language]->case_states[state];
}

const char *
words_case_standing(Arena *arena, Language language, CaseState state, Day snoozed_until)
{
    const char *const word = words_case_state(language, state);

    return state == CASE_SNOOZED && snoozed_until != DAY_NONE
               ? arena_printf(arena, "%s %s %s", word,
                     language == LANGUAGE_FRENCH ? "jusqu'au" : "until",
                     day_print(arena, snoozed_until))
               : word;
}

const char *
words_case_event(Language language, CaseEvent event)
{
    const char *const word = vocabularies[language]->events[event];

    return word ? word : "";
}

// Digits in groups of three, counted from the right end of length digits.
static void
add_grouped(Text *out, const char *digits, size_t length, const char *group)
{
    for (size_t i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            text_add(out, group);
        text_add_bytes(out, digits + i, 1);
    }
}

char *
words_count(Arena *arena, Language language, int64_t count)
{
    const char *const digits = arena_printf(arena, "%" PRId64, count);
    const size_t sign = *digits == '-' ? 1 : 0;
    Text out = {.arena = arena};

    text_add_bytes(&out, digits, sign);
    add_grouped(&out, digits + sign, strlen(digits + sign), vocabularies[language]->group);
    return out.bytes;
}

char *
words_about(Arena *arena, Language language, double expected)
{
    const bool in_french = language == LANGUAGE_FRENCH;

    if (expected < 0.5)
        return arena_copy(arena, in_french ? "moins de 1" : "fewer than 1");
    return arena_printf(arena, "%s %s", in_french ? "environ" : "about",
        words_count(arena, language, llround(expected)));
}

char *
words_money(Arena *arena, Language language, Money money)
{
    if (!money_is_known(money))
        return arena_copy(arena, "-");

    const Vocabulary *const words = vocabularies[language];
    const char *const amount = money_amount(arena, money);
    const size_t sign = *amount == '-' ? 1 : 0;
    const size_t whole = strcspn(amount + sign, ".");
    const char *const rest = amount + sign + whole;
    Text out = {.arena = arena};

    text_add_bytes(&out, amount, sign);
    add_grouped(&out, amount + sign, whole, words->group);
    if (*rest == '.') {
        text_add(&out, words->point);
        text_add(&out, rest + 1);
    }
    text_add_format(&out, "\u00a0%s", money.currency);
    return out.bytes;
}

char *
words_day(Arena *arena, Language language, Day day)
{
    int year, month, of_month;

    day_to_civil(day, &year, &month, &of_month);
    return arena_printf(arena, "%d%s %s %d", of_month,
        language == LANGUAGE_FRENCH && of_month == 1 ? "er" : "",
        vocabularies[language]->months[month - 1], year);
}

char *
words_share(Arena *arena, Language language, double share)
{
    const Vocabulary *const words = vocabularies[language];
    const double percent = 100 * share;

    if (isnan(share))
        return arena_copy(arena, "-");
    if (percent > 0 && percent < 0.1)
        return arena_printf(arena, "<0%s1%s", words->point, words->percent);
    if (percent > 99.9 && percent < 100)
        return arena_printf(arena, ">99%s9%s", words->point, words->percent);
    if ((percent > 0 && percent < 9.95) || (percent > 99 && percent < 100)) {
        const int tenths = (int)lround(10 * percent);

        return arena_printf(
            arena, "%d%s%d%s", tenths / 10, words->point, tenths % 10, words->percent);
    }
    return arena_printf(arena, "%.0f%s", percent, words->percent);
}

char *
words_hours(Arena *arena, Language language, double hours)
{
    if (isnan(hours))
        return arena_copy(arena, "-");
    if (hours < 96)
        return arena_printf(arena, "%.0f\u00a0h", hours);
    return arena_printf(arena, "%.0f\u00a0%s", floor(hours / 24), vocabularies[language]->day_unit);
}

char *
words_days(Arena *arena, Language language, double days)
{
    const Vocabulary *const vocabulary = vocabularies[language];
    const long tenths = isfinite(days) ? lround(days * 10) : 0;

    if (!isfinite(days))
        return arena_copy(arena, "-");
    return arena_printf(arena, "%ld%s%ld\u00a0%s", tenths / 10, vocabulary->point,
        labs(tenths % 10), vocabulary->day_unit);
}

static char *
with_point(Language language, char *text)
{
    char *const point = strchr(text, '.');

    if (point)
        *point = *vocabularies[language]->point;
    return text;
}

char *
words_decimals(Arena *arena, Language language, double value, int decimals)
{
    return with_point(language, arena_printf(arena, "%.*f", decimals, value));
}

char *
words_digits(Arena *arena, Language language, double value, int digits)
{
    return with_point(language, arena_printf(arena, "%.*g", digits, value));
}

const char *
words_case_deed(Language language, CaseEvent event)
{
    static const char *const deeds[CASE_EVENT_COUNT] = {
        [CASE_EVENT_OPENED] = "ouvert",
        [CASE_EVENT_CONFIRMED] = "confirm\u00e9",
        [CASE_EVENT_WORSE] = "aggrav\u00e9",
        [CASE_EVENT_EASED] = "att\u00e9nu\u00e9",
        [CASE_EVENT_CLEARED] = "lev\u00e9",
        [CASE_EVENT_REOPENED] = "rouvert",
        [CASE_EVENT_ACKNOWLEDGED] = "pris en compte",
        [CASE_EVENT_SNOOZED] = "mis en veille",
        [CASE_EVENT_WOKEN] = "r\u00e9veill\u00e9",
        [CASE_EVENT_DISMISSED] = "\u00e9cart\u00e9",
        [CASE_EVENT_RESOLVED] = "r\u00e9solu",
    };

    return language == LANGUAGE_FRENCH && deeds[event] ? deeds[event] : case_event_name(event);
}
