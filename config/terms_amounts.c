#include "config/terms_read.h"

#include <inttypes.h>
#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])
#define MICROS          1000000
#define MICRO_DIGITS    6
#define ABOVE_MAX       1000000
#define SDR_MAX         10000
#define PERCENT_MAX     1000

Money
terms_read_amount(Reader *reader, const Node *node, const char *key, Need need)
{
    const char *const text = reader_text(reader, node, key, need);
    const char *const space = strrchr(text, ' ');
    Money money = MONEY_NONE;
    Err err = {0};

    if (*text == '\0')
        return money;
    if (space == NULL || currency_digits(space + 1) < 0) {
        reader_problem(reader, node_child(node, key), "\"%s\" is no amount like 23.00 EUR", text);
        return money;
    }

    const char *const number = arena_copy_bytes(reader->arena, text, (size_t)(space - text));

    if (!money_parse(number, space + 1, &money, &err))
        reader_problem(reader, node_child(node, key), "%s", err.text);
    else if (money.minor <= 0)
        reader_problem(reader, node_child(node, key), "must be more than 0");
    return money;
}

// Digits, and at most six more behind a point, as millionths; -1 for anything else.
static int64_t
micros_of(Arena *arena, const char *text)
{
    const size_t whole = strcspn(text, ".");
    const char *const decimals = text[whole] == '.' ? text + whole + 1 : "0";
    const size_t length = strlen(decimals);
    int64_t above = -1, below = -1;

    if (!text_parse_int(arena_copy_bytes(arena, text, whole), &above) || length == 0 ||
        length > MICRO_DIGITS ||
        !text_parse_int(
            arena_printf(arena, "%s%.*s", decimals, (int)(MICRO_DIGITS - length), "000000"),
            &below) ||
        above < 0 || above > ABOVE_MAX || below < 0 || strchr("+-", *text) ||
        strchr("+-", *decimals))
        return -1;
    return above * MICROS + below;
}

int64_t
terms_read_micros(Reader *reader, const Node *node, const char *key, int64_t most)
{
    const char *const text = reader_text(reader, node, key, REQUIRED);
    const int64_t micros = *text == '\0' ? 0 : micros_of(reader->arena, text);

    if (*text == '\0' || (micros > 0 && micros <= most * MICROS))
        return micros;
    reader_problem(reader, node_child(node, key),
        "\"%s\" is no number like 8.33, above 0 and at most %" PRId64, text, most);
    return 0;
}

static void
read_sdr(Reader *reader, const Node *node, Liability *liability)
{
    const char *const currency = reader_text(reader, node, "currency", REQUIRED);

    liability->sdr_micros = terms_read_micros(reader, node, "sdr", SDR_MAX);
    if (*currency == '\0')
        return;
    if (currency_digits(currency) < 0)
        reader_problem(
            reader, node_child(node, "currency"), "\"%s\" is no currency like EUR", currency);
    else
        memcpy(liability->amount.currency, currency, strlen(currency) + 1);
}

static ValueBasis
read_basis(Reader *reader, const Node *node)
{
    static const char *const BASES[] = {"purchase", "sale"};
    const int basis = reader_choice(reader, node, "value", OPTIONAL, BASES, COUNT_OF(BASES));

    return basis < 0 ? VALUE_UNKNOWN : basis == 0 ? VALUE_PURCHASE : VALUE_SALE;
}

// What a kind needs beside its clause.
static const char *
need_of(LiabilityKind kind)
{
    switch (kind) {
    case LIABILITY_FLAT:
    case LIABILITY_PER_KG:
    case LIABILITY_CAP:
        return "amount";
    case LIABILITY_SDR_FLAT:
    case LIABILITY_SDR_PER_KG:
        return "sdr";
    case LIABILITY_FREIGHT_REFUND:
    case LIABILITY_FREIGHT_CAP:
        return "percent";
    default:
        return "value";
    }
}

static void
refuse_others(Reader *reader, const Node *node, const char *own)
{
    static const char *const NEEDS[] = {"amount", "sdr", "percent", "value"};

    for (size_t i = 0; i < COUNT_OF(NEEDS); i++)
        if (strcmp(NEEDS[i], own) != 0 && node_child(node, NEEDS[i]) != NULL)
            reader_problem(
                reader, node_child(node, NEEDS[i]), "this kind of liability has no %s", NEEDS[i]);
}

static LiabilityKind
read_kind(Reader *reader, const Node *node)
{
    const char *names[LIABILITY_COUNT - 1];

    for (int kind = 1; kind < LIABILITY_COUNT; kind++)
        names[kind - 1] = claim_liability_name((LiabilityKind)kind);

    const int kind = reader_choice(reader, node, "kind", REQUIRED, names, COUNT_OF(names));

    return kind < 0 ? LIABILITY_PROVED_VALUE : (LiabilityKind)(kind + 1);
}

static Liability
read_liability(Reader *reader, const Node *node)
{
    static const char *const KEYS[] = {
        "kind", "amount", "sdr", "currency", "percent", "value", "on_top", "clause", "clause_fr"};

    if (!reader_keys(reader, node, KEYS, COUNT_OF(KEYS)))
        return (Liability){.clause = ""};

    Liability liability = {.kind = read_kind(reader, node),
        .on_top = reader_bool(reader, node, "on_top", false),
        .clause = reader_said(reader, node, "clause", REQUIRED)};
    const char *const need = need_of(liability.kind);

    refuse_others(reader, node, need);
    if (strcmp(need, "amount") == 0)
        liability.amount = terms_read_amount(reader, node, "amount", REQUIRED);
    else if (strcmp(need, "sdr") == 0)
        read_sdr(reader, node, &liability);
    else if (strcmp(need, "percent") == 0)
        liability.percent = reader_int(reader, node, "percent", OPTIONAL, 1, PERCENT_MAX, 100);
    else
        liability.basis = read_basis(reader, node);
    return liability;
}

void
terms_read_liabilities(Reader *reader, const Node *node, TermsRule *rule)
{
    const Node *const list = reader_sequence(reader, node, "liabilities", REQUIRED);
    const char *currency = "";

    if (list == NULL)
        return;

    Liability *const liabilities = ARENA_ARRAY(reader->arena, Liability, list->count);

    for (const Node *item = list->first; item != NULL; item = item->next) {
        Liability *const liability = &liabilities[rule->liability_count++];

        *liability = read_liability(reader, item);
        if (*currency != '\0' && money_is_known(liability->amount) &&
            strcmp(currency, liability->amount.currency) != 0)
            reader_problem(reader, item, "a rule's amounts must be in one currency");
        if (money_is_known(liability->amount))
            currency = liability->amount.currency;
    }
    rule->liabilities = liabilities;
}

static TermsEvidence
read_evidence(Reader *reader, const Node *item)
{
    static const char *const KEYS[] = {"name", "from", "required"};
    static const char *const ORIGINS[] = {
        "hand", "invoice", "scans", "letter", "declaration", "contents"};

    if (item->kind == NODE_SCALAR && !node_is_null(item) && *item->text != '\0')
        return (TermsEvidence){.name = item->text, .origin = EVIDENCE_BY_HAND, .required = true};
    if (!reader_keys(reader, item, KEYS, COUNT_OF(KEYS)))
        return (TermsEvidence){.name = ""};

    const int origin = reader_choice(reader, item, "from", OPTIONAL, ORIGINS, COUNT_OF(ORIGINS));

    return (TermsEvidence){
        .name = reader_text(reader, item, "name", REQUIRED),
        .origin = origin < 0 ? EVIDENCE_BY_HAND : (EvidenceOrigin)(origin + 1),
        .required = reader_bool(reader, item, "required", true),
    };
}

void
terms_read_evidence(Reader *reader, const Node *node, TermsRule *rule)
{
    const Node *const list = reader_sequence(reader, node, "evidence", OPTIONAL);

    if (list == NULL)
        return;

    TermsEvidence *const evidence = ARENA_ARRAY(reader->arena, TermsEvidence, list->count);

    for (const Node *item = list->first; item != NULL; item = item->next)
        evidence[rule->evidence_count++] = read_evidence(reader, item);
    rule->evidence = evidence;
}
