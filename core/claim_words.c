#include "core/claim_words.h"

#include "core/text.h"

#include <inttypes.h>
#include <string.h>

#define MICROS 1000000

// Accents are universal character names: sources are ASCII.
typedef struct ClaimWords
{
    const char *claim_states[CLAIM_STATE_COUNT];
    const char *may_assert[GROUND_COUNT];
    const char *the_deadline, *of_day, *has_passed, *is_unknown, *the_right_ended, *ends_before,
        *at_once;
    const char *grounds[GROUND_COUNT];
    const char *liabilities[LIABILITY_COUNT];
    const char *bases[VALUE_SALE + 1];
    const char *at_most, *per_parcel, *charged, *share_of;
    const char *sdr, *no_value, *no_weight, *no_charge, *no_rate, *rate_of;
} ClaimWords;

static const ClaimWords claim_words[LANGUAGE_COUNT] = {
    [LANGUAGE_ENGLISH] =
        {
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
            .grounds =
                {
                    [GROUND_LOSS] = "loss",
                    [GROUND_DAMAGE] = "damage",
                    [GROUND_DELAY] = "delay",
                    [GROUND_NOT_RECEIVED] = "non-receipt",
                    [GROUND_UNJUST_RETURN] = "unjust return",
                },
            .liabilities =
                {
                    [LIABILITY_PROVED_VALUE] = "proved value",
                    [LIABILITY_DECLARED_VALUE] = "declared value",
                    [LIABILITY_FLAT] = "flat amount",
                    [LIABILITY_PER_KG] = "per kg of gross weight",
                    [LIABILITY_CAP] = "cap",
                    [LIABILITY_SDR_FLAT] = "special drawing rights",
                    [LIABILITY_SDR_PER_KG] = "special drawing rights per kg",
                    [LIABILITY_FREIGHT_REFUND] = "carriage charge",
                    [LIABILITY_FREIGHT_CAP] = "cap by the carriage charge",
                },
            .bases =
                {
                    [VALUE_UNKNOWN] = "value",
                    [VALUE_DECLARED] = "declared value",
                    [VALUE_PURCHASE] = "purchase value",
                    [VALUE_SALE] = "sale value",
                },
            .per_parcel = " per parcel",
            .at_most = "at most ",
            .charged = "carriage charged ",
            .share_of = "\u00a0% of the carriage charge of ",
            .sdr = "SDR",
            .no_value = "the value is not known",
            .no_weight = "; the weight is not known",
            .no_charge = "the carriage charge is not known",
            .no_rate = "; no rate of the SDR is known",
            .rate_of = " of ",
        },
    [LANGUAGE_FRENCH] =
        {
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
                    [GROUND_NOT_RECEIVED] =
                        "on peut invoquer la non-r\u00e9ception \u00e0 compter du ",
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
            .grounds =
                {
                    [GROUND_LOSS] = "perte",
                    [GROUND_DAMAGE] = "avarie",
                    [GROUND_DELAY] = "retard",
                    [GROUND_NOT_RECEIVED] = "non-r\u00e9ception",
                    [GROUND_UNJUST_RETURN] = "retour injustifi\u00e9",
                },
            .liabilities =
                {
                    [LIABILITY_PROVED_VALUE] = "valeur justifi\u00e9e",
                    [LIABILITY_DECLARED_VALUE] = "valeur d\u00e9clar\u00e9e",
                    [LIABILITY_FLAT] = "forfait",
                    [LIABILITY_PER_KG] = "par kg de poids brut",
                    [LIABILITY_CAP] = "plafond",
                    [LIABILITY_SDR_FLAT] = "droits de tirage sp\u00e9ciaux",
                    [LIABILITY_SDR_PER_KG] = "droits de tirage sp\u00e9ciaux par kg",
                    [LIABILITY_FREIGHT_REFUND] = "prix du transport",
                    [LIABILITY_FREIGHT_CAP] = "plafond selon le prix du transport",
                },
            .bases =
                {
                    [VALUE_UNKNOWN] = "valeur",
                    [VALUE_DECLARED] = "valeur d\u00e9clar\u00e9e",
                    [VALUE_PURCHASE] = "valeur d'achat",
                    [VALUE_SALE] = "valeur de vente",
                },
            .per_parcel = " par colis",
            .at_most = "au plus ",
            .charged = "transport factur\u00e9 ",
            .share_of = "\u00a0% du prix du transport de ",
            .sdr = "DTS",
            .no_value = "la valeur n'est pas connue",
            .no_weight = "\u00a0; le poids n'est pas connu",
            .no_charge = "le prix du transport n'est pas connu",
            .no_rate = "\u00a0; aucun cours du DTS n'est connu",
            .rate_of = " du ",
        },
};

const char *
words_claim_state(Language language, ClaimState state)
{
    return claim_words[language].claim_states[state];
}

const char *
words_claim_ground(Language language, ClaimGround ground)
{
    return claim_words[language].grounds[ground];
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
deadline_add(Text *out, const ClaimWords *words, const Claim *claim, Day today)
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
opening_add(Text *out, const ClaimWords *words, const Claim *claim)
{
    caution_add(out, words->may_assert[claim->ground], claim->opens_on, claim->opening_clause, "");
    if (claim->barred_after != DAY_NONE && claim->barred_after < claim->opens_on)
        caution_add(
            out, words->ends_before, claim->barred_after, claim->bar_clause, words->at_once);
}

char *
words_claim_caution(Arena *arena, Language language, const Claim *claim, Day today)
{
    const ClaimWords *const words = &claim_words[language];
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

const char *
words_liability(Language language, LiabilityKind kind)
{
    return claim_words[language].liabilities[kind];
}

char *
words_micros(Arena *arena, Language language, int64_t micros, int digits)
{
    const char *const decimals = arena_printf(arena, "%06" PRId64, micros % MICROS);
    int length = 6;

    while (length > digits && decimals[length - 1] == '0')
        length--;
    return arena_printf(arena, "%" PRId64 "%s%.*s", micros / MICROS,
        length == 0                   ? ""
        : language == LANGUAGE_FRENCH ? ","
                                      : ".",
        length, decimals);
}

// "1,200 g x 23.00 EUR/kg"
static void
weight_add(Text *out, Language language, const ValuationLine *line, const char *rate)
{
    if (line->weight_grams > 0)
        text_add_format(
            out, "%s\u00a0g \u00d7 ", words_count(out->arena, language, line->weight_grams));
    text_add_format(out, "%s/kg", rate);
    if (line->weight_grams <= 0)
        text_add(out, claim_words[language].no_weight);
}

static void
sdr_add(Text *out, Language language, const ValuationLine *line)
{
    Arena *const arena = out->arena;
    const ClaimWords *const words = &claim_words[language];
    const char *const rate = arena_printf(
        arena, "%s\u00a0%s", words_micros(arena, language, line->sdr_micros, 2), words->sdr);

    if (line->kind == LIABILITY_SDR_PER_KG)
        weight_add(out, language, line, rate);
    else
        text_add(out, rate);
    if (line->sdr_rate_micros <= 0) {
        text_add(out, words->no_rate);
        return;
    }
    text_add_format(out, " \u00d7 %s\u00a0%s/%s%s%s (%s)",
        words_micros(arena, language, line->sdr_rate_micros, 4), line->rate.currency, words->sdr,
        words->rate_of, words_day(arena, language, line->sdr_day), line->sdr_source);
}

static char *
carriage(Arena *arena, Language language, const ValuationLine *line)
{
    const ClaimWords *const words = &claim_words[language];
    const char *const charge = words_money(arena, language, line->fact);

    if (!money_is_known(line->fact))
        return arena_copy(arena, words->no_charge);
    if (line->percent == 100)
        return arena_printf(arena, "%s%s", words->charged, charge);
    return arena_printf(arena, "%" PRId64 "%s%s", line->percent, words->share_of, charge);
}

static char *
value(Arena *arena, Language language, const ValuationLine *line)
{
    const ClaimWords *const words = &claim_words[language];

    if (!money_is_known(line->fact))
        return arena_copy(arena, words->no_value);
    return arena_printf(
        arena, "%s %s", words->bases[line->basis], words_money(arena, language, line->fact));
}

char *
words_valuation(Arena *arena, Language language, const ValuationLine *line)
{
    const ClaimWords *const words = &claim_words[language];
    const char *const rate = words_money(arena, language, line->rate);
    Text out = {.arena = arena};

    switch (line->kind) {
    case LIABILITY_FLAT:
        return arena_printf(arena, "%s%s", rate, words->per_parcel);
    case LIABILITY_CAP:
        return arena_printf(arena, "%s%s%s", words->at_most, rate, words->per_parcel);
    case LIABILITY_PER_KG:
        weight_add(&out, language, line, rate);
        return out.bytes;
    case LIABILITY_SDR_FLAT:
    case LIABILITY_SDR_PER_KG:
        sdr_add(&out, language, line);
        return out.bytes;
    case LIABILITY_FREIGHT_REFUND:
    case LIABILITY_FREIGHT_CAP:
        return carriage(arena, language, line);
    default:
        return value(arena, language, line);
    }
}

const char *
words_enclosures(Arena *arena, const Claim *claim)
{
    Text text = {.arena = arena};

    for (size_t i = 0; i < claim->enclosure_count; i++)
        text_add_format(&text, "%s%s", i > 0 ? "; " : "", claim->enclosures[i].name);
    return text_get(&text);
}
