#include "config/terms_read.h"

#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])
#define GRAMS_MAX       100000000  // 100 t
#define RATE_MAX        1000000    // units of a currency for one SDR

const char *const CONFIDENCES[CONFIDENCES_COUNT] = {
    "official", "secondary", "conflicting", "unverified"};

static ClaimGround
read_ground(Reader *reader, const Node *node)
{
    const char *names[GROUND_COUNT - 1];

    for (int ground = 1; ground < GROUND_COUNT; ground++)
        names[ground - 1] = claim_ground_name((ClaimGround)ground);

    const int ground = reader_choice(reader, node, "ground", REQUIRED, names, COUNT_OF(names));

    return ground < 0 ? GROUND_LOSS : (ClaimGround)(ground + 1);
}

static unsigned
read_who(Reader *reader, const Node *node)
{
    static const char *const ROLES[] = {"sender", "contract_holder", "recipient"};
    const TextList texts = reader_texts(reader, node, "who", REQUIRED);
    unsigned who = 0;

    for (size_t i = 0; i < texts.count; i++) {
        unsigned role = 0;

        for (unsigned k = 0; k < COUNT_OF(ROLES); k++)
            role |= strcmp(texts.items[i], ROLES[k]) == 0 ? 1U << k : 0;
        if (role == 0)
            reader_problem(reader, node_child(node, "who"),
                "\"%s\" is none of sender, contract_holder, recipient", texts.items[i]);
        who |= role;
    }
    return who;
}

// A right that ends before the carrier's own deadline is a slip of the pen.
static void
check_bar(Reader *reader, const Node *node, const TermsRule *rule)
{
    if (rule->bar.way_count == 0 || rule->deadline.way_count == 0)
        return;

    const TermsCount bar = rule->bar.ways[0], deadline = rule->deadline.ways[0];

    if (bar.anchor == deadline.anchor && bar.count == deadline.count && bar.after < deadline.after)
        reader_problem(reader, node_child(node, "bar"), "the right ends before the deadline");
}

static void
check_ranges(Reader *reader, const Node *node, const TermsRule *rule)
{
    if (rule->valid_from != DAY_NONE && rule->valid_to != DAY_NONE &&
        rule->valid_to < rule->valid_from)
        reader_problem(reader, node, "valid_to is before valid_from");
    if (rule->weight_most > 0 && rule->weight_most <= rule->weight_over)
        reader_problem(reader, node, "no weight is above weight_over and at most weight_most");
}

// An opening that counts from itself would never be reached.
static void
check_opening(Reader *reader, const Node *node, const TermsDate *opening)
{
    for (size_t i = 0; i < opening->way_count; i++)
        if (opening->ways[i].anchor == ANCHOR_OPENING)
            reader_problem(
                reader, node_child(node, "opening"), "the opening cannot count from itself");
}

static void
read_scope(Reader *reader, const Node *node, TermsRule *rule)
{
    rule->valid_from = reader_day(reader, node, "valid_from", OPTIONAL);
    rule->valid_to = reader_day(reader, node, "valid_to", OPTIONAL);
    rule->services = reader_texts(reader, node, "services", OPTIONAL);
    rule->services_except = reader_texts(reader, node, "services_except", OPTIONAL);
    rule->origins = reader_texts(reader, node, "origins", OPTIONAL);
    rule->countries = reader_texts(reader, node, "countries", OPTIONAL);
    rule->international = reader_bool(reader, node, "international", false);
    rule->weight_over = reader_int(reader, node, "weight_over_grams", OPTIONAL, 1, GRAMS_MAX, 0);
    rule->weight_most = reader_int(reader, node, "weight_most_grams", OPTIONAL, 1, GRAMS_MAX, 0);
}

static void
read_basis(Reader *reader, const Node *node, TermsRule *rule)
{
    const int confidence =
        reader_choice(reader, node, "confidence", REQUIRED, CONFIDENCES, CONFIDENCES_COUNT);

    rule->clause = reader_said(reader, node, "clause", REQUIRED);
    rule->source = reader_said(reader, node, "source", REQUIRED);
    rule->url = reader_text(reader, node, "url", OPTIONAL);
    rule->seen = reader_day(reader, node, "seen", REQUIRED);
    rule->confidence = confidence < 0 ? "" : CONFIDENCES[confidence];
    rule->note = reader_text(reader, node, "note", OPTIONAL);
}

static TermsRule
read_rule(Reader *reader, const Node *node)
{
    static const char *const KEYS[] = {"ground", "who", "valid_from", "valid_to", "services",
        "services_except", "origins", "countries", "international", "weight_over_grams",
        "weight_most_grams", "clause", "clause_fr", "source", "source_fr", "url", "seen",
        "confidence", "note", "opening", "enquiry", "deadline", "bar", "payable", "rounding",
        "liabilities", "evidence", "exclusions"};
    static const char *const PAYABLES[] = {"least", "sum"};
    static const char *const ROUNDINGS[] = {"half_even", "down", "half_up"};  // by Rounding
    TermsRule rule = {0};

    if (!reader_keys(reader, node, KEYS, COUNT_OF(KEYS)))
        return rule;
    rule.ground = read_ground(reader, node);
    rule.who = read_who(reader, node);
    read_scope(reader, node, &rule);
    read_basis(reader, node, &rule);
    rule.sum = reader_choice(reader, node, "payable", REQUIRED, PAYABLES, COUNT_OF(PAYABLES)) == 1;

    const int rounding =
        reader_choice(reader, node, "rounding", OPTIONAL, ROUNDINGS, COUNT_OF(ROUNDINGS));

    rule.rounding = rounding < 0 ? ROUND_HALF_EVEN : (Rounding)rounding;
    rule.opening = terms_read_date(reader, node, "opening", OPTIONAL, &rule);
    rule.enquiry = terms_read_date(reader, node, "enquiry", OPTIONAL, &rule);
    rule.deadline = terms_read_date(reader, node, "deadline", OPTIONAL, &rule);
    rule.bar = terms_read_date(reader, node, "bar", REQUIRED, &rule);
    check_opening(reader, node, &rule.opening);
    check_bar(reader, node, &rule);
    check_ranges(reader, node, &rule);
    terms_read_liabilities(reader, node, &rule);
    terms_read_evidence(reader, node, &rule);
    rule.exclusions = reader_texts(reader, node, "exclusions", OPTIONAL);
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

// "submission: {channel: email, to: claims@carrier.example, automatic_up_to: 50.00 EUR}"
static void
read_submission(Reader *reader, const Node *root, Terms *terms)
{
    static const char *const KEYS[] = {"channel", "to", "automatic_up_to"};
    static const char *const CHANNELS[] = {"folder", "email", "http"};  // by SubmissionChannel
    const Node *const node = node_child(root, "submission");

    terms->submit_to = "";
    if (node == NULL || !reader_keys(reader, node, KEYS, COUNT_OF(KEYS)))
        return;

    const int channel =
        reader_choice(reader, node, "channel", REQUIRED, CHANNELS, COUNT_OF(CHANNELS));

    terms->channel = channel < 0 ? SUBMIT_FOLDER : (SubmissionChannel)channel;
    terms->submit_to = reader_text(reader, node, "to", channel > 0 ? REQUIRED : OPTIONAL);
    terms->automatic_up_to = terms_read_amount(reader, node, "automatic_up_to", OPTIONAL);
}

// The country whose holidays count, NULL for the merchant's.
static const Calendar *
read_calendar(Reader *reader, const Node *root)
{
    const char *const id = reader_text(reader, root, "calendar", OPTIONAL);
    Err err = {0};
    const Calendar *const calendar =
        *id == '\0' ? NULL : calendar_load(reader->arena, id, reader->problems, &err);

    if (*id != '\0' && calendar == NULL)
        reader_problem(reader, node_child(root, "calendar"), "%s", err.text);
    return calendar;
}

static Terms
read_terms(Reader *reader, const Node *root)
{
    static const char *const KEYS[] = {"id", "name", "regime", "carriers", "language", "calendar",
        "claims_address", "claims_address_fr", "submission", "rules"};
    Terms terms = {.id = "", .file = reader->file};

    if (!reader_keys(reader, root, KEYS, COUNT_OF(KEYS)))
        return terms;
    terms.id = reader_text(reader, root, "id", REQUIRED);
    terms.name = reader_text(reader, root, "name", REQUIRED);
    terms.regime = reader_bool(reader, root, "regime", false);
    terms.carriers = read_carriers(reader, root);
    terms.language = reader_text(reader, root, "language", REQUIRED);
    terms.calendar = read_calendar(reader, root);
    terms.claims_address = reader_said(reader, root, "claims_address", OPTIONAL);
    read_submission(reader, root, &terms);
    read_rules(reader, root, &terms);
    return terms;
}

// Clauses in French beside those in the file's own language: of all of them, or a letter would speak in two tongues.
static void
read_french(Reader *reader, const Node *root, Terms *terms)
{
    Reader french = *reader;

    if (strcmp(terms->language, "fr") == 0)
        return;
    french.language = "fr";
    french.said = 0;

    Terms *const read = ARENA_NEW(reader->arena, Terms);

    *read = read_terms(&french, root);
    read->language = "fr";
    if (french.said > 0 && french.unsaid != NULL)
        reader_problem(reader, french.unsaid,
            "has no French beside it, but others have: give all clauses and sources in French, or "
            "none");
    if (french.said > 0)
        terms->french = read;
}

static SdrRate
read_rate(Reader *reader, const Node *node)
{
    static const char *const KEYS[] = {"day", "currency", "rate", "source"};

    if (!reader_keys(reader, node, KEYS, COUNT_OF(KEYS)))
        return (SdrRate){.currency = "", .source = ""};

    const char *const currency = reader_text(reader, node, "currency", REQUIRED);

    if (*currency != '\0' && currency_digits(currency) < 0)
        reader_problem(
            reader, node_child(node, "currency"), "\"%s\" is no currency like EUR", currency);
    return (SdrRate){
        .day = reader_day(reader, node, "day", REQUIRED),
        .currency = currency,
        .source = reader_text(reader, node, "source", REQUIRED),
        .micros = terms_read_micros(reader, node, "rate", RATE_MAX),
    };
}

static void
read_rates(Reader *reader, const Node *root, TermsFile *file)
{
    static const char *const KEYS[] = {"sdr_rates"};
    const Node *const list = reader_sequence(reader, root, "sdr_rates", REQUIRED);

    if (!reader_keys(reader, root, KEYS, COUNT_OF(KEYS)) || list == NULL)
        return;

    SdrRate *const rates = ARENA_ARRAY(reader->arena, SdrRate, list->count);

    for (const Node *item = list->first; item != NULL; item = item->next)
        rates[file->rate_count++] = read_rate(reader, item);
    file->rates = rates;
}

bool
terms_read(Arena *arena, const char *file, const char *bytes, size_t length, TermsFile *out,
    Problems *problems)
{
    Reader reader = {.arena = arena, .problems = problems, .file = file};
    const size_t before = problems->count;
    const Node *const root = yaml_read(arena, file, bytes, length, problems);
    TermsFile read = {0};

    if (root == NULL)
        return false;
    if (node_child(root, "sdr_rates") != NULL)
        read_rates(&reader, root, &read);
    else
        read.terms = read_terms(&reader, root);
    if (problems->count == before && read.rate_count == 0)
        read_french(&reader, root, &read.terms);
    if (problems->count > before)
        return false;
    *out = read;
    return true;
}
