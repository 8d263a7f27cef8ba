#include "config/terms_read.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])
#define WAYS_MAX        4

// By TermsAnchor, from 1.
static const char *const ANCHORS[] = {
    "announced", "accepted", "promised", "first_presentation", "delivered", "last_scan", "opening"};

static TermsCount
read_count(Reader *reader, const Node *node)
{
    const int anchor = reader_choice(reader, node, "anchor", REQUIRED, ANCHORS, COUNT_OF(ANCHORS));
    const DayCount count = day_count_of(
        reader_choice(reader, node, "count", REQUIRED, DAY_COUNT_NAMES, DAY_COUNT_NAMES_MAX));

    return (TermsCount){
        .anchor = anchor < 0 ? ANCHOR_ACCEPTED : (TermsAnchor)(anchor + 1),
        .after = (int32_t)reader_int(reader, node, "after", REQUIRED, 0, day_count_most(count), 0),
        .count = count,
    };
}

// The date itself, and behind it what holds otherwise.
static size_t
read_ways(Reader *reader, const Node *node, TermsCount *ways)
{
    static const char *const KEYS[] = {"anchor", "after", "count", "otherwise"};
    size_t count = 0;

    ways[count++] = read_count(reader, node);
    for (node = node_child(node, "otherwise"); node != NULL; node = node_child(node, "otherwise")) {
        if (count == WAYS_MAX) {
            reader_problem(reader, node, "more than %d ways to reckon a date", WAYS_MAX);
            break;
        }
        if (!reader_keys(reader, node, KEYS, COUNT_OF(KEYS)))
            break;
        ways[count++] = read_count(reader, node);
    }
    return count;
}

TermsDate
terms_read_date(
    Reader *reader, const Node *rule, const char *key, Need sourced, const TermsRule *own)
{
    static const char *const KEYS[] = {
        "anchor", "after", "count", "clause", "clause_fr", "source", "confidence", "otherwise"};
    const Node *const node = node_child(rule, key);
    TermsCount *const ways = ARENA_ARRAY(reader->arena, TermsCount, WAYS_MAX);

    if (node == NULL || !reader_keys(reader, node, KEYS, COUNT_OF(KEYS)))
        return (TermsDate){.clause = "", .source = "", .confidence = ""};

    const char *const source = reader_text(reader, node, "source", sourced);
    const int confidence =
        reader_choice(reader, node, "confidence", sourced, CONFIDENCES, CONFIDENCES_COUNT);

    return (TermsDate){
        .ways = ways,
        .way_count = read_ways(reader, node, ways),
        .clause = reader_said(reader, node, "clause", REQUIRED),
        .source = *source == '\0' ? own->source : source,
        .confidence = confidence < 0 ? own->confidence : CONFIDENCES[confidence],
    };
}
