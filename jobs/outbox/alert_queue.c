#include "jobs/outbox/alert_queue.h"

#include "core/clock.h"
#include "core/hours.h"
#include "core/map.h"
#include "jobs/outbox/mail.h"
#include "sql/cases.h"
#include "sql/incidents.h"
#include "sql/outbox.h"

#include <string.h>

typedef struct Happenings
{
    Arena *arena;
    Happening *items;
    size_t count, capacity;
} Happenings;

AlertDesk
alert_desk(const Job *job, const Letters *letters, Arena *arena)
{
    return (AlertDesk){
        .settings = job->settings,
        .letters = letters,
        .zone = job->zone,
        .as_of = job->as_of,
        .day = job->day,
        .folder = run_folder(job, arena),
    };
}

static bool
queue_one(const Run *run, const Composed *composed, int64_t *queued, Err *err)
{
    const Message *const message = &composed->message;
    const Instant now = clock_now();
    QuietHours quiet = {0};
    bool is_new = false;

    quiet_hours_parse(composed->quiet_hours, &quiet);
    if (!outbox_queue(run->db,
            &(OutboxMessage){
                .key = message->key,
                .channel = message->channel,
                .recipient = message->recipient,
                .subject = message->subject,
                .text = message->text,
                .html = message->html,
                .as_of = message->as_of,
                .rule = message->rule,
                .audience = message->audience,
                .thing = message->thing,
                .action = message->action,
                .severity = message->severity,
                .facts = message->facts,
                .reply_to = message->reply_to,
                .quiet_hours = composed->quiet_hours,
                .state = composed->held ? "held" : "pending",
                .next_attempt_at = quiet_hours_after(quiet, run->job->zone, now),
            },
            now, &is_new, err))
        return false;
    *queued += is_new;
    return true;
}

bool
alert_queue_all(const Run *run, const ComposedList *list, int64_t *queued, Err *err)
{
    for (size_t i = 0; i < list->count; i++)
        if (!queue_one(run, &list->items[i], queued, err))
            return false;
    return true;
}

// Cases of the night that are new or worse, with their findings at hand.
static void
add_cases(Happenings *list, const CaseRecord *cases, size_t case_count, const Finding *findings,
    size_t count)
{
    Map *const by_shipment = map_create(list->arena);

    for (size_t i = 0; i < count; i++)
        map_put(by_shipment, findings[i].shipment_id, strlen(findings[i].shipment_id), (int64_t)i);
    for (size_t i = 0; i < case_count; i++) {
        const CaseEvent event = cases[i].last_event;
        const char *const id = cases[i].shipment_id;
        const int64_t finding = map_get(by_shipment, id, strlen(id), -1);

        if (event == CASE_EVENT_OPENED || event == CASE_EVENT_REOPENED || event == CASE_EVENT_WORSE)
            ARENA_PUSH(
                list, ((Happening){
                          .occasion = event == CASE_EVENT_WORSE ? OCCASION_WORSE : OCCASION_NEW,
                          .record = &cases[i],
                          .finding = finding < 0 ? NULL : &findings[finding],
                      }));
    }
}

static void
add_incidents(Happenings *list, const Incident *incidents, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (incidents[i].event == INCIDENT_OPENED || incidents[i].event == INCIDENT_CLOSED)
            ARENA_PUSH(list, ((Happening){
                                 .occasion = incidents[i].kind == INCIDENT_FEED ? OCCASION_FEED
                                                                                : OCCASION_INCIDENT,
                                 .incident = &incidents[i],
                             }));
}

static bool
is_customer_case(const AlertDesk *desk, const Happening *happening)
{
    const AlertRule *const rules = desk->settings->alerts.rules.items;

    for (size_t i = 0; i < desk->settings->alerts.rules.count; i++)
        if (text_equal(rules[i].audience, "customer") && rule_wants(&rules[i], desk, happening))
            return true;
    return false;
}

// Contacts are read for those alone who are to hear something.
static bool
read_contacts(
    const Run *run, Source *source, const Happenings *list, AlertDesk *desk, Arena *arena, Err *err)
{
    const char **const ids = ARENA_ARRAY(arena, const char *, list->count);
    const SourceContact *found;
    size_t wanted = 0, count;

    for (size_t i = 0; i < list->count; i++)
        if (is_customer_case(desk, &list->items[i]))
            ids[wanted++] = list->items[i].record->shipment_id;
    if (!source_read_contacts(source, ids, wanted, run->job->as_of, arena, &found, &count, err))
        return false;

    Contact *const contacts = ARENA_ARRAY(arena, Contact, count);

    for (size_t i = 0; i < count; i++)
        contacts[i] = (Contact){
            .shipment_id = found[i].shipment_id,
            .email = found[i].email,
            .phone = found[i].phone,
            .language = found[i].language,
            .order_reference = found[i].order_reference,
            .consent = found[i].consent,
        };
    if (*source_unreadable(source) != '\0')
        log_warn(run->job->log, "the role may not read contacts of customers: they hear nothing",
            FIELDS(field_text("column", source_unreadable(source))));
    desk->contacts = contacts;
    desk->contact_count = count;
    return true;
}

static bool
queue_night(Run *run, Source *source, const Finding *findings, size_t count, Arena *arena, Err *err)
{
    AlertDesk desk = alert_desk(run->job, run->rulebook.letters, arena);
    Happenings list = {.arena = arena};
    ComposedList composed = {.arena = arena};
    const CaseRecord *cases;
    const Incident *incidents;
    size_t case_count, incident_count;
    int64_t queued = 0;

    if (!cases_of_night(run->db, arena, desk.as_of, &cases, &case_count, err) ||
        !incidents_of_night(run->db, arena, desk.as_of, &incidents, &incident_count, err))
        return false;
    add_incidents(&list, incidents, incident_count);
    add_cases(&list, cases, case_count, findings, count);
    if (!read_contacts(run, source, &list, &desk, arena, err))
        return false;
    alerts_compose(&desk, "night", list.items, list.count, &composed);
    if (!alert_queue_all(run, &composed, &queued, err))
        return false;
    run_count(run, "detect", "alerts", queued);
    if (composed.no_contact > 0)
        run_count(run, "detect", "customers_not_reached", composed.no_contact);
    return true;
}

bool
alert_queue_night(Run *run, Source *source, const Finding *findings, size_t count, Err *err)
{
    Arena *const arena = arena_create();
    const bool done = run->job->settings->alerts.rules.count == 0 || !mail_allowed(run->job) ||
                      queue_night(run, source, findings, count, arena, err);

    arena_destroy(arena);
    return done || err_context(err, "alerts");
}

bool
alert_queue_due(Run *run, const Digest *digest, Err *err)
{
    Arena *const arena = arena_create();
    const AlertDesk desk = alert_desk(run->job, run->rulebook.letters, arena);
    Happenings list = {.arena = arena};
    ComposedList composed = {.arena = arena};
    int64_t queued = 0;

    for (size_t i = 0; i < digest->claim_count; i++)
        ARENA_PUSH(&list, ((Happening){.occasion = OCCASION_DUE, .claim = &digest->claims[i]}));
    alerts_compose(&desk, "due", list.items, list.count, &composed);

    const bool done = alert_queue_all(run, &composed, &queued, err);

    run_count(run, "alert", "due", queued);
    arena_destroy(arena);
    return done;
}

bool
alert_queue_failure(Run *run, const Err *failure, Err *err)
{
    Arena *const arena = arena_create();
    const AlertDesk desk = alert_desk(run->job, run->rulebook.letters, arena);
    const RunRecord record = {.number = run->number,
        .job = run->job->command->name,
        .as_of = run->job->as_of,
        .error = failure->text};
    const Happening happening = {.occasion = OCCASION_FAILED, .run = &record};
    ComposedList composed = {.arena = arena};
    int64_t queued = 0;

    alerts_compose(&desk, "failed", &happening, 1, &composed);

    const bool done = alert_queue_all(run, &composed, &queued, err);

    arena_destroy(arena);
    return done;
}
