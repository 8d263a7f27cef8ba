/*
 * One happening as the holes of a letter, and as facts for machines.
 */
#include "alerts/compose.h"

#include "core/claim_words.h"
#include "core/incident_words.h"
#include "core/text.h"

#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>

static bool
is_over(const Incident *incident)
{
    return incident->event == INCIDENT_CLOSED;
}

const char *
happening_thing(Arena *arena, const Happening *happening)
{
    if (happening->record)
        return arena_printf(arena, "case-%" PRId64, happening->record->number);
    if (happening->claim)
        return arena_printf(arena, "claim-%" PRId64, happening->claim->number);
    if (happening->incident)
        return arena_printf(arena, "incident-%" PRId64, happening->incident->number);
    return arena_printf(arena, "run-%" PRId64, happening->run->number);
}

const char *
happening_action(const Happening *happening)
{
    if (happening->incident && is_over(happening->incident))
        return "close";
    return happening->occasion == OCCASION_WORSE ? "update" : "open";
}

const char *
happening_severity(const Happening *happening)
{
    if (happening->record)
        return happening->record->kind >= CASE_DAMAGED   ? "error"
               : happening->record->kind <= CASE_AT_RISK ? "info"
                                                         : "warning";
    if (happening->claim)
        return "warning";
    return happening->occasion == OCCASION_INCIDENT ? "error" : "critical";
}

static const char *
failed_title(Arena *arena, Language language, const RunRecord *run)
{
    return arena_printf(arena,
        language == LANGUAGE_FRENCH ? "%s a \xC3\xA9"
                                      "chou\xC3\xA9"
                                    : "%s failed",
        run->job);
}

const char *
compose_title(const Composer *composer, const Happening *happening)
{
    Arena *const arena = composer->arena;
    const CaseRecord *const record = happening->record;
    const char *const colon = composer->language == LANGUAGE_FRENCH ? " :" : ":";

    if (record)
        return arena_printf(arena, "%s%s %s (%s)",
            words_case_kind(composer->language, record->kind), colon, record->tracking_number,
            record->carrier);
    if (happening->claim)
        return arena_printf(arena, "%s%s %s", happening->claim->reference, colon,
            words_claim_ground(composer->language, happening->claim->ground));
    if (happening->incident)
        return words_incident(arena, composer->language, happening->incident);
    return failed_title(arena, composer->language, happening->run);
}

static Money
cost_of(const Composer *composer, const CaseRecord *record)
{
    return money_of(record->expected_cost_minor, composer->desk->settings->currency);
}

// When it is expected now: of eight in ten such parcels.
static void
put_expected(const Composer *composer, Slots *slots, const Finding *finding)
{
    const Judgement *const judgement = finding ? &finding->judgement : NULL;
    const bool known = judgement && judgement->expected_low != INSTANT_NONE &&
                       judgement->expected_high != INSTANT_NONE;
    Slots range = {.arena = composer->arena};

    if (known) {
        const Zone *const zone = composer->desk->zone;

        slots_put(&range, "from",
            words_day(
                composer->arena, composer->language, zone_day(zone, judgement->expected_low)));
        slots_put(&range, "to",
            words_day(
                composer->arena, composer->language, zone_day(zone, judgement->expected_high)));
    }
    slots_put_part(slots, "expected", known, range);
    slots_put_part(slots, "unknown", !known, (Slots){.arena = composer->arena});
}

static Slots
case_slots(const Composer *composer, const Happening *happening)
{
    Arena *const arena = composer->arena;
    const CaseRecord *const record = happening->record;
    const Language language = composer->language;
    Slots slots = {.arena = arena};

    slots_put(&slots, "number", arena_printf(arena, "%" PRId64, record->number));
    slots_put(&slots, "lane", arena_printf(arena, "%s > %s", record->origin, record->destination));
    slots_put(&slots, "silence", words_hours(arena, language, record->silence_hours));
    slots_put(&slots, "late", words_share(arena, language, record->p_late));
    slots_put(&slots, "lost", words_share(arena, language, record->p_lost));
    slots_put(&slots, "value", words_money(arena, language, record->value));
    slots_put(&slots, "cost", words_money(arena, language, cost_of(composer, record)));
    slots_put(&slots, "evidence", record->evidence);
    put_expected(composer, &slots, happening->finding);
    return slots;
}

static Slots
claim_slots(const Composer *composer, const Claim *claim)
{
    Arena *const arena = composer->arena;
    const Day last = claim->claim_deadline, today = composer->desk->day;
    Slots slots = {.arena = arena}, deadline = {.arena = arena};

    slots_put(&slots, "payable", words_money(arena, composer->language, claim->payable));
    slots_put(&slots, "state", words_claim_state(composer->language, claim->state));
    slots_put(&slots, "tracking_number", claim->tracking_number);
    slots_put(&slots, "carrier", claim->carrier);
    if (last != DAY_NONE)
        slots_put(&deadline, "deadline", day_print(arena, last));
    slots_put_part(&slots, "due", last != DAY_NONE && today <= last, deadline);
    slots_put_part(&slots, "overdue", last != DAY_NONE && today > last, deadline);
    return slots;
}

static Slots
incident_slots(const Composer *composer, const Incident *incident)
{
    Arena *const arena = composer->arena;
    Slots slots = {.arena = arena};

    slots_put(&slots, "number", arena_printf(arena, "%" PRId64, incident->number));
    slots_put(&slots, "members", words_count(arena, composer->language, incident->members));
    slots_put(&slots, "evidence", incident->evidence);
    slots_put_part(&slots, "over", is_over(incident), (Slots){.arena = arena});
    return slots;
}

static Slots
run_slots(const Composer *composer, const RunRecord *run)
{
    Slots slots = {.arena = composer->arena};

    slots_put(&slots, "number", arena_printf(composer->arena, "%" PRId64, run->number));
    slots_put(&slots, "reason", run->error);
    return slots;
}

// What a carrier reads of a case, whose words stand beside those of the house.
static void
put_for_carrier(const Composer *composer, Slots *slots, const CaseRecord *record)
{
    Arena *const arena = composer->arena;
    const bool promised =
        record->promised_at != INSTANT_NONE && record->promise_origin == PROMISE_STATED;
    Slots due = {.arena = arena};

    slots_put(slots, "tracking_number", record->tracking_number);
    slots_put(slots, "service", record->service);
    slots_put(slots, "lane", arena_printf(arena, "%s > %s", record->origin, record->destination));
    slots_put(slots, "kind", words_case_kind(composer->language, record->kind));
    slots_put(slots, "silence", words_hours(arena, composer->language, record->silence_hours));
    if (promised)
        slots_put(&due, "promised",
            day_print(arena, zone_day(composer->desk->zone, record->promised_at)));
    slots_put_part(slots, "due", promised, due);
}

static const char *
mark_of(const Composer *composer, const Happening *happening)
{
    const char *word = "";

    if (happening->record)
        word = words_case_event(composer->language, happening->record->last_event);
    if (happening->incident)
        word = words_incident_event(composer->language, happening->incident->event);
    return text_is_empty(word) ? "" : arena_printf(composer->arena, " (%s)", word);
}

Slots
compose_thing(const Composer *composer, const Happening *happening)
{
    Arena *const arena = composer->arena;
    Slots slots = {.arena = arena}, nothing = {.arena = arena};

    slots_put(&slots, "title", compose_title(composer, happening));
    slots_put(&slots, "mark", mark_of(composer, happening));
    if (happening->record)
        put_for_carrier(composer, &slots, happening->record);
    slots_put_part(&slots, "case", happening->record != NULL,
        happening->record ? case_slots(composer, happening) : nothing);
    slots_put_part(&slots, "claim", happening->claim != NULL,
        happening->claim ? claim_slots(composer, happening->claim) : nothing);
    slots_put_part(&slots, "incident", happening->incident != NULL,
        happening->incident ? incident_slots(composer, happening->incident) : nothing);
    slots_put_part(&slots, "run", happening->run != NULL,
        happening->run ? run_slots(composer, happening->run) : nothing);
    return slots;
}
