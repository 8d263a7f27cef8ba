#include "config/terms_read.h"

#include "config/reader.h"

#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static const char *const GROUNDS[] = {"loss", "damage", "delay", "not_received", "unjust_return"};
static const ClaimGround GROUND_OF[] = {
    GROUND_LOSS, GROUND_DAMAGE, GROUND_DELAY, GROUND_NOT_RECEIVED, GROUND_UNJUST_RETURN};

static const char *const ANCHORS[] = {"announced", "accepted", "promised", "last_scan"};
static const TermsAnchor ANCHOR_OF[] = {
    ANCHOR_ANNOUNCED, ANCHOR_ACCEPTED, ANCHOR_PROMISED, ANCHOR_LAST_SCAN};

static const char *const KINDS[] = {"proved_value", "flat", "per_kg", "cap", "freight_refund"};
static const LiabilityKind KIND_OF[] = {LIABILITY_PROVED_VALUE, LIABILITY_FLAT, LIABILITY_PER_KG,
    LIABILITY_CAP, LIABILITY_FREIGHT_REFUND};

static const char *const CONFIDENCES[] = {"official", "secondary", "conflicting", "unverified"};
static const char *const PAYABLES[] = {"least", "sum"};

// The rule's own source and confidence stand for a date that names none, unless it must.
static TermsDate
read_date(Reader *reader, const Node *rule, const char *key, Need sourced, const TermsRule *own)
{
    static const char *const KEYS[] = {
        "anchor", "after", "count", "clause", "source", "confidence"};
    const Node *const node = node_child(rule, key);

    if (node == NULL || !reader_keys(reader, node, KEYS, COUNT_OF(KEYS)))
        return (TermsDate){.clause = ""};

    const int anchor = reader_choice(reader, node, "anchor", REQUIRED, ANCHORS, COUNT_OF(ANCHORS));
    const DayCount count = day_count_of(
        reader_choice(reader, node, "count", REQUIRED, DAY_COUNT_NAMES, DAY_COUNT_NAMES_MAX));
    const char *const source = reader_text(reader, node, "source", sourced);
    const int confidence =
        reader_choice(reader, node, "confidence", sourced, CONFIDENCES, COUNT_OF(CONFIDENCES));

    return (TermsDate){.anchor = anchor < 0 ? ANCHOR_ACCEPTED : ANCHOR_OF[anchor],
        .after = (int32_t)reader_int(reader, node, "after", REQUIRED, 0, day_count_most(count), 0),
        .count = count,
        .clause = reader_text(reader, node, "clause", REQUIRED),
        .source = *source == '\0' ? own->source : source,
        .confidence = confidence < 0 ? own->confidence : CONFIDENCES[confidence]};
}

// A right that ends before the carrier's own deadline is a slip of the pen.
static void
check_bar(Reader *reader, const Node *rule, TermsDate deadline, TermsDate bar)
{
    if (*bar.clause != '\0' && *deadline.clause != '\0' && bar.anchor == deadline.anchor &&
        bar.count == deadline.count && bar.after < deadline.after)
        reader_problem(reader, node_child(rule, "bar"), "the right ends before the deadline");
}

// "23.00 EUR".
static Money
read_amount(Reader *reader, const Node *liability)
{
    const char *const text = reader_text(reader, liability, "amount", REQUIRED);
    const char *const space = strrchr(text, ' ');
    Money money = MONEY_NONE;
    Err err = {0};

    if (*text == '\0')
        return money;
    if (space == NULL || currency_digits(space + 1) < 0) {
        reader_problem(
            reader, node_child(liability, "amount"), "\"%s\" is no amount like 23.00 EUR", text);
        return money;
    }

    const char *const number = arena_copy_bytes(reader->arena, text, (size_t)(space - text));

    if (!money_parse(number, space + 1, &money, &err))
        reader_problem(reader, node_child(liability, "amount"), "%s", err.text);
    else if (money.minor <= 0)
        reader_problem(reader, node_child(liability, "amount"), "must be more than 0");
    return money;
}

static Liability
read_liability(Reader *reader, const Node *node)
{
    static const char *const KEYS[] = {"kind", "amount", "clause"};

    if (!reader_keys(reader, node, KEYS, COUNT_OF(KEYS)))
        return (Liability){.clause = ""};

    const int kind = reader_choice(reader, node, "kind", REQUIRED, KINDS, COUNT_OF(KINDS));
    Liability liability = {.kind = kind < 0 ? LIABILITY_PROVED_VALUE : KIND_OF[kind],
        .clause = reader_text(reader, node, "clause", REQUIRED)};
    const bool has_amount = liability.kind == LIABILITY_FLAT ||
                            liability.kind == LIABILITY_PER_KG || liability.kind == LIABILITY_CAP;

    if (has_amount)
        liability.amount = read_amount(reader, node);
    else if (node_child(node, "amount") != NULL)
        reader_problem(reader, node_child(node, "amount"), "this kind of liability has no amount");
    return liability;
}

static void
read_liabilities(Reader *reader, const Node *node, TermsRule *rule)
{
    const Node *const list = reader_sequence(reader, node, "liabilities", REQUIRED);
    const char *currency = "";

    if (list == NULL)
        return;

    Liability *const liabilities = ARENA_ARRAY(reader->arena, Liability, list->count);

    for (const Node *item = list->first; item != NULL; item = item->next) {
        const Liability liability = read_liability(reader, item);

        if (*currency != '\0' && money_is_known(liability.amount) &&
            strcmp(currency, liability.amount.currency) != 0)
            reader_problem(reader, item, "a rule's amounts must be in one currency");
        if (money_is_known(liability.amount))
            currency = arena_copy(reader->arena, liability.amount.currency);
        liabilities[rule->liability_count++] = liability;
    }
    rule->liabilities = liabilities;
}

static TermsRule
read_rule(Reader *reader, const Node *node)
{
    static const char *const KEYS[] = {"ground", "valid_from", "valid_to", "services", "countries",
        "clause", "source", "url", "seen", "confidence", "note", "opening", "deadline", "bar",
        "payable", "liabilities", "evidence"};
    TermsRule rule = {0};

    if (!reader_keys(reader, node, KEYS, COUNT_OF(KEYS)))
        return rule;

    const int ground = reader_choice(reader, node, "ground", REQUIRED, GROUNDS, COUNT_OF(GROUNDS));
    const int confidence =
        reader_choice(reader, node, "confidence", REQUIRED, CONFIDENCES, COUNT_OF(CONFIDENCES));

    rule = (TermsRule){.ground = ground < 0 ? GROUND_LOSS : GROUND_OF[ground],
        .valid_from = reader_day(reader, node, "valid_from", OPTIONAL),
        .valid_to = reader_day(reader, node, "valid_to", OPTIONAL),
        .services = reader_texts(reader, node, "services", OPTIONAL),
        .countries = reader_texts(reader, node, "countries", OPTIONAL),
        .clause = reader_text(reader, node, "clause", REQUIRED),
        .source = reader_text(reader, node, "source", REQUIRED),
        .url = reader_text(reader, node, "url", OPTIONAL),
        .seen = reader_day(reader, node, "seen", REQUIRED),
        .confidence = confidence < 0 ? "" : CONFIDENCES[confidence],
        .note = reader_text(reader, node, "note", OPTIONAL),
        .sum = reader_choice(reader, node, "payable", REQUIRED, PAYABLES, COUNT_OF(PAYABLES)) == 1,
        .evidence = reader_texts(reader, node, "evidence", OPTIONAL)};
    rule.opening = read_date(reader, node, "opening", OPTIONAL, &rule);
    rule.deadline = read_date(reader, node, "deadline", OPTIONAL, &rule);
    rule.bar = read_date(reader, node, "bar", REQUIRED, &rule);
    check_bar(reader, node, rule.deadline, rule.bar);
    if (rule.valid_from != DAY_NONE && rule.valid_to != DAY_NONE && rule.valid_to < rule.valid_from)
        reader_problem(reader, node, "valid_to is before valid_from");
    read_liabilities(reader, node, &rule);
    return rule;
}

static void
read_rules(Reader *reader, const Node *root, Terms *terms)
{
    const Node *const list = reader_sequence(reader, root, "rules", REQUIRED);

    if (list == NULL)
        return;

    TermsRule *const rules = ARENA_ARRAY(reader->arena, TermsRule, list->count);

    for (const Node *item = list->first; item != NULL; item = item->next)
        rules[terms->rule_count++] = read_rule(reader, item);
    terms->rules = rules;
}

static TextList
read_carriers(Reader *reader, const Node *root)
{
    const TextList names = reader_texts(reader, root, "carriers", REQUIRED);
    const char **const slugs = ARENA_ARRAY(reader->arena, const char *, names.count);

    for (size_t i = 0; i < names.count; i++)
        slugs[i] = text_slug(reader->arena, names.items[i]);
    return (TextList){.items = slugs, .count = names.count};
}

bool
terms_read(Arena *arena, const char *file, const char *bytes, size_t length, Terms *out,
    Problems *problems)
{
    static const char *const KEYS[] = {
        "id", "name", "carriers", "language", "claims_address", "rules"};
    Reader reader = {.arena = arena, .problems = problems, .file = file};
    const size_t before = problems->count;
    const Node *const root = yaml_read(arena, file, bytes, length, problems);

    if (root == NULL || !reader_keys(&reader, root, KEYS, COUNT_OF(KEYS)))
        return false;

    Terms terms = {.id = reader_text(&reader, root, "id", REQUIRED),
        .name = reader_text(&reader, root, "name", REQUIRED),
        .carriers = read_carriers(&reader, root),
        .language = reader_text(&reader, root, "language", REQUIRED),
        .claims_address = reader_text(&reader, root, "claims_address", OPTIONAL),
        .file = file};

    read_rules(&reader, root, &terms);
    if (problems->count > before)
        return false;
    *out = terms;
    return true;
}
