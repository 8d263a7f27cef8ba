#include "core/words.h"

#include "core/text.h"

#include <inttypes.h>
#include <math.h>
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
    const char *claim_states[CLAIM_STATE_COUNT];
    const char *may_assert[GROUND_COUNT];
    const char *the_deadline, *of_day, *has_passed, *is_unknown, *the_right_ended, *ends_before,
        *at_once;
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
            [CASE_LATE] = "late",
            [CASE_NOT_HANDED_OVER] = "not handed over",
            [CASE_STUCK] = "stuck",
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
    .claim_states =
        {
            [CLAIM_ENQUIRY] = "enquiry",
            [CLAIM_DRAFT] = "draft",
            [CLAIM_READY] = "ready to file",
            [CLAIM_SUBMITTED] = "submitted",
            [CLAIM_ACKNOWLEDGED] = "acknowledged",
            [CLAIM_IN_REVIEW] = "in review",
            [CLAIM_DOCUMENTS_REQUESTED] = "documents requested",
            [CLAIM_APPROVED] = "approved",
            [CLAIM_APPROVED_IN_PART] = "approved in part",
            [CLAIM_REFUSED] = "refused",
            [CLAIM_DISPUTED] = "disputed",
            [CLAIM_CREDITED] = "credited",
            [CLAIM_RECONCILED] = "reconciled",
            [CLAIM_CLOSED] = "closed",
            [CLAIM_VOIDED] = "voided",
            [CLAIM_TIME_BARRED] = "time-barred",
            [CLAIM_WAIVED] = "waived",
        },
    .may_assert =
        {
            [GROUND_LOSS] = "loss may be asserted from ",
            [GROUND_DAMAGE] = "damage may be asserted from ",
            [GROUND_DELAY] = "delay may be asserted from ",
            [GROUND_NOT_RECEIVED] = "non-receipt may be asserted from ",
            [GROUND_UNJUST_RETURN] = "the unjust return may be asserted from ",
        },
    .the_deadline = "the deadline",
    .of_day = " of ",
    .has_passed = " has passed by the cautious reading",
    .is_unknown = " cannot be reckoned",
    .the_right_ended = "the right ended with ",
    .ends_before = "the right ends before that, with ",
    .at_once = "; file at once and verify against your contract",
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
            [CASE_LATE] = "en retard",
            [CASE_NOT_HANDED_OVER] = "non remis",
            [CASE_STUCK] = "bloqu\u00e9",
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
    .claim_states =
        {
            [CLAIM_ENQUIRY] = "enqu\u00eate",
            [CLAIM_DRAFT] = "brouillon",
            [CLAIM_READY] = "pr\u00eate \u00e0 d\u00e9poser",
            [CLAIM_SUBMITTED] = "d\u00e9pos\u00e9e",
            [CLAIM_ACKNOWLEDGED] = "re\u00e7ue",
            [CLAIM_IN_REVIEW] = "\u00e0 l'examen",
            [CLAIM_DOCUMENTS_REQUESTED] = "pi\u00e8ces demand\u00e9es",
            [CLAIM_APPROVED] = "accept\u00e9e",
            [CLAIM_APPROVED_IN_PART] = "accept\u00e9e en partie",
            [CLAIM_REFUSED] = "refus\u00e9e",
            [CLAIM_DISPUTED] = "contest\u00e9e",
            [CLAIM_CREDITED] = "cr\u00e9dit\u00e9e",
            [CLAIM_RECONCILED] = "rapproch\u00e9e",
            [CLAIM_CLOSED] = "close",
            [CLAIM_VOIDED] = "annul\u00e9e",
            [CLAIM_TIME_BARRED] = "prescrite",
            [CLAIM_WAIVED] = "abandonn\u00e9e",
        },
    .may_assert =
        {
            [GROUND_LOSS] = "on peut invoquer la perte \u00e0 compter du ",
            [GROUND_DAMAGE] = "on peut invoquer l'avarie \u00e0 compter du ",
            [GROUND_DELAY] = "on peut invoquer le retard \u00e0 compter du ",
            [GROUND_NOT_RECEIVED] = "on peut invoquer la non-r\u00e9ception \u00e0 compter du ",
            [GROUND_UNJUST_RETURN] =
                "on peut invoquer le retour injustifi\u00e9 \u00e0 compter du ",
        },
    .the_deadline = "l'\u00e9ch\u00e9ance",
    .of_day = " du ",
    .has_passed = " est pass\u00e9e selon la lecture prudente",
    .is_unknown = " ne peut \u00eatre calcul\u00e9e",
    .the_right_ended = "le droit s'est \u00e9teint apr\u00e8s le ",
    .ends_before = "le droit s'\u00e9teint avant, apr\u00e8s le ",
    .at_once = "\u00a0; d\u00e9poser au plus vite et v\u00e9rifier avec votre contrat",
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
words_case_event(Language language, CaseEvent event)
{
    const char *const word = vocabularies[language]->events[event];

    return word ? word : "";
}

const char *
words_claim_state(Language language, ClaimState state)
{
    return vocabularies[language]->claim_states[state];
}

static void
caution_add(Text *out, const char *before, Day day, const char *clause, const char *after)
{
    text_add(out, out->length > 0 ? "; " : "");
    text_add(out, before);
    if (day != DAY_NONE)
        text_add(out, day_print(out->arena, day));
    text_add_format(out, " (%s)%s", clause, after);
}

static void
deadline_add(Text *out, const Vocabulary *words, const Claim *claim, Day today)
{
    const char *const of_day = arena_printf(out->arena, "%s%s", words->the_deadline, words->of_day);
    const char *const clause = claim->deadline_clause;

    if (claim->claim_deadline == DAY_NONE && text_is_empty(clause))
        return;
    if (claim->claim_deadline == DAY_NONE)
        caution_add(out, words->the_deadline, DAY_NONE, clause, words->is_unknown);
    else if (today > claim->claim_deadline)
        caution_add(out, of_day, claim->claim_deadline, clause, words->has_passed);
    else
        return;
    text_add(out, words->at_once);
}

static void
opening_add(Text *out, const Vocabulary *words, const Claim *claim)
{
    caution_add(out, words->may_assert[claim->ground], claim->opens_on, claim->opening_clause, "");
    if (claim->barred_after != DAY_NONE && claim->barred_after < claim->opens_on)
        caution_add(
            out, words->ends_before, claim->barred_after, claim->bar_clause, words->at_once);
}

char *
words_claim_caution(Arena *arena, Language language, const Claim *claim, Day today)
{
    const Vocabulary *const words = vocabularies[language];
    const bool filed = claim->state >= CLAIM_SUBMITTED && claim->state != CLAIM_TIME_BARRED;
    const bool barred = claim->barred_after != DAY_NONE && today > claim->barred_after;
    Text out = {.arena = arena};

    if (filed)
        return arena_copy(arena, "");
    if (barred) {
        caution_add(&out, words->the_right_ended, claim->barred_after, claim->bar_clause, "");
        return out.bytes;
    }
    if (claim->opens_on != DAY_NONE && today < claim->opens_on)
        opening_add(&out, words, claim);
    deadline_add(&out, words, claim, today);
    return arena_copy(arena, text_get(&out));
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
