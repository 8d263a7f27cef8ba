/*
 * The night in one message: what a manager must know before opening the report. The words are in
 * templates/; here the digest is only laid out as names and lists.
 */
#include "alerts/alerts.h"

#include "core/claim_words.h"
#include "core/incident_words.h"
#include "core/slots.h"
#include "core/text.h"
#include "core/trust_words.h"

#include <inttypes.h>
#include <math.h>

#define CASES_SHOWN  10
#define CLAIMS_SHOWN 10

// What every part of the layout needs.
typedef struct Layout
{
    Arena *arena;
    const Digest *digest;
    Language language;
} Layout;

static void
put_number(const Layout *layout, Slots *slots, const char *name, int64_t number)
{
    slots_put(slots, name, words_count(layout->arena, layout->language, number));
}

static Slots
number_slots(const Layout *layout, int64_t number)
{
    Slots slots = {.arena = layout->arena};

    put_number(layout, &slots, "number", number);
    return slots;
}

static Money
expected_cost(const Digest *digest, const CaseRecord *record)
{
    return money_of(record->expected_cost_minor, digest->currency);
}

static const char *
lane_of(Arena *arena, const CaseRecord *record)
{
    return arena_printf(arena, "%s > %s", record->origin, record->destination);
}

static Scopes
kind_list(const Layout *layout)
{
    Arena *const arena = layout->arena;
    Scopes list = {.arena = arena};

    for (int kind = CASE_KIND_COUNT - 1; kind > CASE_NONE; kind--) {
        const KindCount *const n = &layout->digest->kinds[kind];
        Slots slots = {.arena = arena};

        if (n->tonight + n->opened + n->worse + n->cleared == 0)
            continue;
        slots_put(&slots, "kind", words_case_kind(layout->language, (CaseKind)kind));
        put_number(layout, &slots, "now", n->tonight);
        put_number(layout, &slots, "new", n->opened);
        put_number(layout, &slots, "worse", n->worse);
        put_number(layout, &slots, "cleared", n->cleared);
        slots_put(&slots, "now_column", arena_printf(arena, "%7" PRId64, n->tonight));
        slots_put(&slots, "new_column", arena_printf(arena, "%6" PRId64, n->opened));
        slots_put(&slots, "worse_column", arena_printf(arena, "%7" PRId64, n->worse));
        slots_put(&slots, "cleared_column", arena_printf(arena, "%8" PRId64, n->cleared));
        scopes_add(&list, slots);
    }
    return list;
}

static Scopes
incident_list(const Layout *layout)
{
    Arena *const arena = layout->arena;
    Scopes list = {.arena = arena};

    for (size_t i = 0; i < layout->digest->incident_count; i++) {
        const Incident *const incident = &layout->digest->incidents[i];
        const char *const event = words_incident_event(layout->language, incident->event);
        Slots slots = {.arena = arena};

        slots_put(&slots, "what", words_incident(arena, layout->language, incident));
        slots_put(&slots, "mark", text_is_empty(event) ? "" : arena_printf(arena, " (%s)", event));
        slots_put(&slots, "number", arena_printf(arena, "%" PRId64, incident->number));
        put_number(layout, &slots, "members", incident->members);
        slots_put(&slots, "evidence", incident->evidence);
        scopes_add(&list, slots);
    }
    return list;
}

// An incident explains why its parcels are late; silence beyond what it explains is told by itself.
static bool
is_explained(const CaseRecord *record)
{
    return record->incident_number > 0 &&
           (record->kind == CASE_LATE || record->kind == CASE_AT_RISK);
}

// The first cases that no incident explains.
static Scopes
case_list(const Layout *layout, size_t count)
{
    Arena *const arena = layout->arena;
    Scopes list = {.arena = arena};

    for (size_t i = 0; i < count && list.count < CASES_SHOWN; i++) {
        const CaseRecord *const record = &layout->digest->cases[i];

        if (is_explained(record))
            continue;

        const char *const event = words_case_event(layout->language, record->last_event);
        const Money cost = expected_cost(layout->digest, record);
        Slots slots = {.arena = arena};

        slots_put(&slots, "rank", arena_printf(arena, "%2zu", list.count + 1));
        slots_put(&slots, "kind", words_case_kind(layout->language, record->kind));
        slots_put(&slots, "mark", text_is_empty(event) ? "" : arena_printf(arena, " (%s)", event));
        slots_put(&slots, "tracking_number", record->tracking_number);
        slots_put(&slots, "carrier", record->carrier);
        slots_put(&slots, "lane", lane_of(arena, record));
        slots_put(&slots, "number", arena_printf(arena, "%" PRId64, record->number));
        slots_put(&slots, "cost", words_money(arena, layout->language, cost));
        slots_put(&slots, "evidence", record->evidence);
        scopes_add(&list, slots);
    }
    return list;
}

static Scopes
claim_list(const Layout *layout)
{
    Arena *const arena = layout->arena;
    Scopes list = {.arena = arena};

    for (size_t i = 0; i < layout->digest->claim_count && i < CLAIMS_SHOWN; i++) {
        const Claim *const claim = &layout->digest->claims[i];
        const Day today = layout->digest->day, last = claim->claim_deadline;
        const bool opens = claim->opens_on != DAY_NONE && today < claim->opens_on;
        Slots slots = {.arena = arena}, opening = {.arena = arena}, deadline = {.arena = arena};

        slots_put(&slots, "reference", claim->reference);
        slots_put(&slots, "payable", words_money(arena, layout->language, claim->payable));
        slots_put(&slots, "state", words_claim_state(layout->language, claim->state));
        slots_put(&slots, "tracking_number", claim->tracking_number);
        slots_put(&slots, "carrier", claim->carrier);
        if (opens)
            slots_put(&opening, "opening", day_print(arena, claim->opens_on));
        if (last != DAY_NONE)
            slots_put(&deadline, "deadline", day_print(arena, last));
        slots_put_part(&slots, "opens", opens, opening);
        slots_put_part(&slots, "due", last != DAY_NONE && today <= last, deadline);
        slots_put_part(&slots, "overdue", last != DAY_NONE && today > last, deadline);
        scopes_add(&list, slots);
    }
    return list;
}

static Scopes
bordereau_list(const Layout *layout)
{
    Scopes list = {.arena = layout->arena};

    for (size_t i = 0; i < layout->digest->bordereau_count; i++) {
        const CarrierClaims *const claims = &layout->digest->bordereaux[i];
        Slots slots = {.arena = layout->arena};

        slots_put(&slots, "carrier", claims->carrier);
        slots_put(&slots, "file", claims->bordereau);
        put_number(layout, &slots, "count", claims->count);
        slots_put(&slots, "total", words_money(layout->arena, layout->language, claims->total));
        scopes_add(&list, slots);
    }
    return list;
}

// Cases that want attention: snoozed ones are last in the list.
static size_t
awake_count(const Digest *digest)
{
    size_t count = 0;

    while (count < digest->case_count && digest->cases[count].state != CASE_SNOOZED)
        count++;
    return count;
}

static int64_t
set_aside_sum(const Digest *digest)
{
    int64_t sum = 0;

    for (size_t i = 0; i < digest->set_aside_count; i++)
        sum += digest->set_aside[i].count;
    return sum;
}

static int64_t
unmapped_sum(const Digest *digest)
{
    int64_t sum = 0;

    for (size_t i = 0; i < digest->unmapped_count; i++)
        sum += text_is_empty(digest->unmapped[i].code) ? 0 : digest->unmapped[i].count;
    return sum;
}

static int64_t
fresh_sum(const Digest *digest)
{
    int64_t sum = 0;

    for (int kind = CASE_NONE + 1; kind < CASE_KIND_COUNT; kind++)
        sum += digest->kinds[kind].opened + digest->kinds[kind].worse;
    return sum;
}

static void
put_head(const Layout *layout, Slots *slots)
{
    const Digest *const digest = layout->digest;

    slots_put(slots, "merchant", digest->merchant);
    slots_put(slots, "day", day_print(layout->arena, digest->day));
    slots_put(slots, "day_long", words_day(layout->arena, layout->language, digest->day));
    put_number(layout, slots, "judged", digest->judged);
    put_number(layout, slots, "abstained", digest->abstained);
}

static void
put_incidents(const Layout *layout, Slots *slots)
{
    const Slots nothing = {.arena = layout->arena};

    slots_put_part(slots, "amiss", layout->digest->incident_count > 0, nothing);
    slots_put_list(slots, "incidents", incident_list(layout));
}

// The costliest case that no incident explains, else the costliest.
static const CaseRecord *
worst_case(const Digest *digest, size_t awake)
{
    for (size_t i = 0; i < awake; i++)
        if (!is_explained(&digest->cases[i]))
            return &digest->cases[i];
    return awake > 0 ? &digest->cases[0] : NULL;
}

static size_t
explained_count(const Digest *digest, size_t awake)
{
    size_t count = 0;

    for (size_t i = 0; i < awake; i++)
        count += is_explained(&digest->cases[i]);
    return count;
}

static void
put_cases(const Layout *layout, Slots *slots)
{
    const Digest *const digest = layout->digest;
    const size_t awake = awake_count(digest);
    const size_t explained = explained_count(digest, awake), listed = awake - explained;
    const CaseRecord *const worst = worst_case(digest, awake);
    const int64_t lost = digest->kinds[CASE_LOST].tonight;
    const double false_lost = digest->lost_false_share * (double)lost;
    const Slots nothing = {.arena = layout->arena};
    Slots share = {.arena = layout->arena};

    slots_put_part(slots, "some", awake > 0, nothing);
    slots_put_part(slots, "none", awake == 0, nothing);
    put_number(layout, slots, "count", (int64_t)awake);
    put_number(layout, slots, "fresh", fresh_sum(digest));
    slots_put_list(slots, "kinds", kind_list(layout));
    slots_put_list(slots, "cases", case_list(layout, awake));
    slots_put_part(slots, "more", listed > CASES_SHOWN,
        number_slots(layout, listed > CASES_SHOWN ? (int64_t)(listed - CASES_SHOWN) : 0));
    slots_put_part(slots, "explained", explained > 0, number_slots(layout, (int64_t)explained));
    if (lost > 0 && !isnan(false_lost)) {
        put_number(layout, &share, "lost", lost);
        slots_put(&share, "number", words_about(layout->arena, layout->language, false_lost));
    }
    slots_put_part(slots, "lost_false", share.count > 0, share);
    slots_put(slots, "worst",
        worst ? arena_printf(layout->arena, "%s, %s (%s)",
                    words_case_kind(layout->language, worst->kind), worst->tracking_number,
                    worst->carrier)
              : "");
}

static void
put_claims(const Layout *layout, Slots *slots)
{
    const size_t count = layout->digest->claim_count;
    const Slots nothing = {.arena = layout->arena};

    slots_put_part(slots, "claiming", count > 0, nothing);
    slots_put_list(slots, "claims", claim_list(layout));
    slots_put_part(slots, "claims_more", count > CLAIMS_SHOWN,
        number_slots(layout, count > CLAIMS_SHOWN ? (int64_t)(count - CLAIMS_SHOWN) : 0));
    slots_put_list(slots, "bordereaux", bordereau_list(layout));
}

// How true the last nights were: nothing as long as nothing has come due.
static void
put_trust(const Layout *layout, Slots *slots)
{
    const TrustReport *const trust = &layout->digest->trust;
    Slots own = {.arena = layout->arena};

    slots_put(&own, "words", trust_words_late(layout->arena, layout->language, trust));
    slots_put_part(slots, "trust", trust->late.count > 0, own);
}

static void
put_foot(const Layout *layout, Slots *slots, const char *report_folder)
{
    const int64_t set_aside = set_aside_sum(layout->digest);
    const int64_t unmapped = unmapped_sum(layout->digest);
    const Slots nothing = {.arena = layout->arena};

    put_number(layout, slots, "set_aside", set_aside);
    put_number(layout, slots, "unmapped", unmapped);
    slots_put_part(slots, "doubts", set_aside + unmapped > 0, nothing);
    slots_put(slots, "folder", report_folder);
}

Message
alert_digest(Arena *arena, const Digest *digest, const Letters *letters, const char *recipient,
    const char *language, const char *report_folder)
{
    const Layout layout = {.arena = arena, .digest = digest, .language = language_of(language)};
    const Letter *const letter = letters_find(letters, "digest", layout.language);
    Slots slots = {.arena = arena};

    put_head(&layout, &slots);
    put_incidents(&layout, &slots);
    put_cases(&layout, &slots);
    put_claims(&layout, &slots);
    put_trust(&layout, &slots);
    put_foot(&layout, &slots, report_folder);

    const TemplateScope plain = {.slots = slots.items, .count = slots.count};
    const char *const subject = letter_fill(arena, letter, LETTER_SUBJECT, &plain);

    slots_put(&slots, "subject", subject);

    const TemplateScope scope = {.slots = slots.items, .count = slots.count};

    return (Message){
        .key = arena_printf(arena, "digest:%s:%s", day_print(arena, digest->day), recipient),
        .channel = "email",
        .recipient = arena_copy(arena, recipient),
        .subject = subject,
        .text = letter_fill(arena, letter, LETTER_TEXT, &scope),
        .html = letter_fill(arena, letter, LETTER_HTML, &scope),
        .as_of = digest->as_of,
    };
}
