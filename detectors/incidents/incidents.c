/*
 * The life of incidents: those of the nights before are looked at first, so that what they explain opens no second one.
 */
#include "detectors/incidents/incidents.h"

#include "detectors/incidents/incident_evidence.h"
#include "detectors/incidents/missing.h"
#include "detectors/incidents/silence.h"
#include "detectors/incidents/suspects.h"

#include <math.h>
#include <string.h>

#define CHANCE_SLOW .05  // an open incident goes on while its group's night is this unlikely
// Of a group that an incident explains, and its night is no measure of what is normal.
#define SHARE_DISTURBED .1
#define FLOW_LEAST      .5  // expected parcels for which a flow is worth remembering

typedef struct CarrierNight
{
    const FlowCarrier *flow;
    const FlowGroup *group;  // NULL when none of its parcels could be compared
    Silence silence;
    MissingKinds missing;
} CarrierNight;

typedef struct IncidentList
{
    Arena *arena;
    Incident *items;
    size_t count, capacity;
} IncidentList;

typedef struct Inquiry
{
    Arena *arena;
    const IncidentNight *night;
    const GroupPast *history;
    Groups groups;
    CarrierNight *carriers;
    size_t carrier_count;
    IncidentList list;
} Inquiry;

static NightDay
tonight(const IncidentNight *night)
{
    return night_day(
        night->calendar, zone_day(night->zone, night->after), zone_day(night->zone, night->as_of));
}

// A night of the past is taken to have begun a day before its end.
static const GroupPast *
date_history(Arena *arena, const IncidentNight *night)
{
    GroupPast *const past = ARENA_ARRAY(arena, GroupPast, night->history_count);

    for (size_t i = 0; i < night->history_count; i++) {
        const Day day = zone_day(night->zone, night->history[i].as_of);

        past[i] = (GroupPast){
            .flow = &night->history[i], .day = night_day(night->calendar, day - 1, day)};
    }
    return past;
}

static void
look_at_carriers(Inquiry *inquiry)
{
    const IncidentNight *const night = inquiry->night;
    const FlowCarrier *const flows = flow_meter_carriers(night->meter, &inquiry->carrier_count);

    inquiry->carriers = ARENA_ARRAY(inquiry->arena, CarrierNight, inquiry->carrier_count);
    for (size_t i = 0; i < inquiry->carrier_count; i++) {
        CarrierNight *const carrier = &inquiry->carriers[i];

        carrier->flow = &flows[i];
        carrier->group = groups_find(&inquiry->groups, INCIDENT_CARRIER, flows[i].carrier, "");
        carrier->silence = silence_of(night->meter, night->after, &flows[i], carrier->group,
            inquiry->history, night->history_count);
        carrier->missing =
            missing_find(night->meter, &flows[i], carrier->group, tonight(night).weekday,
                inquiry->history, night->history_count, night->open, night->open_count);
        missing_explain(&inquiry->groups, &carrier->missing);
    }
}

static const CarrierNight *
carrier_night(const Inquiry *inquiry, const char *carrier)
{
    for (size_t i = 0; i < inquiry->carrier_count; i++)
        if (strcmp(inquiry->carriers[i].flow->carrier, carrier) == 0)
            return &inquiry->carriers[i];
    return NULL;
}

static bool
is_silent(const char *carrier, const void *data)
{
    const CarrierNight *const night = carrier_night(data, carrier);

    return night && night->silence.silent;
}

static void
close_incident(Inquiry *inquiry, Incident *incident)
{
    incident->event = INCIDENT_CLOSED;
    incident->closed_as_of = inquiry->night->as_of;
    incident->members = 0;
    incident->evidence = incident_evidence_closed(
        inquiry->arena, inquiry->night->language, inquiry->night->zone, incident);
}

static void
rest_one_night(Inquiry *inquiry, Incident *incident)
{
    if (++incident->calm_nights >= INCIDENT_CALM_NIGHTS)
        close_incident(inquiry, incident);
}

// The silence expects scans, of which a parcel that waits on could have had several; it is one parcel all the same.
static void
tell_silence(Inquiry *inquiry, Incident *incident, const CarrierNight *carrier)
{
    incident->observed = 0;
    incident->expected = fmin(carrier->silence.expected, (double)carrier->flow->waiting);
    incident->p_value = carrier->silence.chance;
    incident->pace = 0;
    incident->calm_nights = 0;
    incident->members = carrier->flow->waiting + carrier->flow->labelled;
    incident->evidence = incident_evidence_open(
        inquiry->arena, inquiry->night->language, inquiry->night->zone, incident);
}

static void
tell_missing(Inquiry *inquiry, Incident *incident, const CarrierNight *carrier, Milestone kind)
{
    incident->observed = 0;
    incident->expected += carrier->missing.of[kind].expected;
    incident->p_value = carrier->missing.of[kind].chance;
    incident->pace = 0;
    incident->members = carrier->flow->kinds[kind].waiting;
    incident->evidence = incident_evidence_open(
        inquiry->arena, inquiry->night->language, inquiry->night->zone, incident);
}

// As long as no such scan comes; where none is to be expected any more it is over, too.
static void
go_on_missing(Inquiry *inquiry, Incident *incident, const CarrierNight *carrier, Milestone kind)
{
    if (carrier->flow->kinds[kind].observed > 0) {
        close_incident(inquiry, incident);
        return;
    }
    tell_missing(inquiry, incident, carrier, kind);
    if (carrier->flow->kinds[kind].expected >= FLOW_LEAST)
        incident->calm_nights = 0;
    else
        rest_one_night(inquiry, incident);
}

static void
go_on_feed(Inquiry *inquiry, Incident *incident)
{
    const CarrierNight *const carrier = carrier_night(inquiry, incident->carrier);
    Milestone kind;

    if (!carrier)
        rest_one_night(inquiry, incident);
    else if (milestone_parse(incident->name, &kind))
        go_on_missing(inquiry, incident, carrier, kind);
    else if (carrier->silence.silent || carrier->silence.since <= incident->since)
        tell_silence(inquiry, incident, carrier);
    else
        close_incident(inquiry, incident);
}

// observed and expected add up over the nights it lasts.
static void
tell_group(Inquiry *inquiry, Incident *incident, const FlowGroup *group, GroupNight night)
{
    incident->observed += night.observed;
    incident->expected += night.expected;
    incident->p_value = night.chance;
    incident->pace = incident->expected > 0 ? fmin(1, incident->observed / incident->expected) : 1;
    incident->members = group->waiting;
    incident->evidence = incident_evidence_open(
        inquiry->arena, inquiry->night->language, inquiry->night->zone, incident);
}

static void
go_on_group(Inquiry *inquiry, Incident *incident)
{
    const FlowGroup *const group =
        groups_find(&inquiry->groups, incident->kind, incident->carrier, incident->name);

    if (is_silent(incident->carrier, inquiry))
        return;
    if (!group) {
        rest_one_night(inquiry, incident);
        return;
    }
    tell_group(inquiry, incident, group, group->night);
    if (group->night.chance <= CHANCE_SLOW)
        incident->calm_nights = 0;
    else
        rest_one_night(inquiry, incident);
    if (incident->event != INCIDENT_CLOSED)
        group_explain(&inquiry->groups, group);
}

static void
go_on(Inquiry *inquiry)
{
    const IncidentNight *const night = inquiry->night;

    for (size_t i = 0; i < night->open_count; i++) {
        Incident incident = night->open[i];

        if (incident.kind == INCIDENT_DRIFT)
            continue;
        incident.judged_as_of = night->as_of;
        incident.event = INCIDENT_CONFIRMED;
        if (incident.kind == INCIDENT_FEED)
            go_on_feed(inquiry, &incident);
        else
            go_on_group(inquiry, &incident);
        ARENA_PUSH(&inquiry->list, incident);
    }
}

static const Incident *
known(const Inquiry *inquiry, IncidentKind kind, const char *carrier, const char *name)
{
    for (size_t i = 0; i < inquiry->list.count; i++) {
        const Incident *const incident = &inquiry->list.items[i];

        if (incident->kind == kind && strcmp(incident->carrier, carrier) == 0 &&
            strcmp(incident->name, name) == 0)
            return incident;
    }
    return NULL;
}

static Incident
opened(
    const Inquiry *inquiry, IncidentKind kind, const char *carrier, const char *name, Instant since)
{
    return (Incident){.kind = kind,
        .carrier = carrier,
        .name = name,
        .since = since,
        .opened_as_of = inquiry->night->as_of,
        .judged_as_of = inquiry->night->as_of,
        .closed_as_of = INSTANT_NONE,
        .event = INCIDENT_OPENED};
}

static void
open_feeds(Inquiry *inquiry)
{
    for (size_t i = 0; i < inquiry->carrier_count; i++) {
        const CarrierNight *const carrier = &inquiry->carriers[i];
        const char *const name = carrier->flow->carrier;

        if (!carrier->silence.silent || known(inquiry, INCIDENT_FEED, name, ""))
            continue;

        Incident incident = opened(inquiry, INCIDENT_FEED, name, "", carrier->silence.since);

        tell_silence(inquiry, &incident, carrier);
        ARENA_PUSH(&inquiry->list, incident);
    }
}

// Within the night: when such a scan came last is not known of parcels that are not watched any more.
static void
open_missing(Inquiry *inquiry)
{
    for (size_t i = 0; i < inquiry->carrier_count; i++)
        for (Milestone kind = 1; kind < MILESTONE_COUNT; kind++) {
            const CarrierNight *const carrier = &inquiry->carriers[i];
            const char *const name = carrier->flow->carrier, *const scan = milestone_name(kind);

            if (!carrier->missing.of[kind].found || carrier->silence.silent ||
                known(inquiry, INCIDENT_FEED, name, scan))
                continue;
            ARENA_PUSH(
                &inquiry->list, opened(inquiry, INCIDENT_FEED, name, scan, inquiry->night->after));
            tell_missing(inquiry, &inquiry->list.items[inquiry->list.count - 1], carrier, kind);
        }
}

// One that no single night would tell began when its run of bad nights did.
static void
open_groups(Inquiry *inquiry)
{
    size_t count;
    const FlowGroup *const *const told =
        suspects_find(inquiry->arena, &inquiry->groups, is_silent, inquiry, &count);

    for (size_t i = 0; i < count; i++) {
        const FlowGroup *const group = told[i];
        const bool decays =
            !(group->night.chance < suspect_chance(group->kind)) && group_decays(group);
        const GroupNight night = decays ? (GroupNight){.observed = group->decay_observed,
                                              .expected = group->decay_expected,
                                              .chance = group->night.chance}
                                        : group->night;
        Incident incident = opened(inquiry, group->kind, group->carrier, group->name,
            decays ? group->decay_since : inquiry->night->after);

        if (known(inquiry, group->kind, group->carrier, group->name))
            continue;
        tell_group(inquiry, &incident, group, night);
        ARENA_PUSH(&inquiry->list, incident);
    }
}

static void
open_all(Inquiry *inquiry)
{
    open_feeds(inquiry);
    open_missing(inquiry);
    open_groups(inquiry);
}

static bool
is_disturbed(const Inquiry *inquiry, const FlowGroup *group)
{
    return is_silent(group->carrier, inquiry) ||
           group_explained_share(&inquiry->groups, group) > SHARE_DISTURBED;
}

// A carrier whose parcels wait for nothing is remembered for its newest scan.
static Flow
flow_of_carrier(const Inquiry *inquiry, const CarrierNight *carrier)
{
    Flow flow = {.kind = INCIDENT_CARRIER, .carrier = carrier->flow->carrier, .name = ""};

    if (carrier->group)
        flow = group_flow(carrier->group);
    flow.silent = carrier->silence.raw;
    flow.newest_at = carrier->silence.since;
    flow.disturbed =
        carrier->silence.silent || (carrier->group && is_disturbed(inquiry, carrier->group));
    return flow;
}

static void
remember_flows(const Inquiry *inquiry, IncidentsFound *found)
{
    Flow *const flows = ARENA_ARRAY(inquiry->arena, Flow,
        inquiry->groups.count + inquiry->carrier_count * (1 + MILESTONE_COUNT));
    size_t count = 0;

    for (size_t i = 0; i < inquiry->groups.count; i++) {
        const FlowGroup *const group = &inquiry->groups.items[i];

        if (group->kind == INCIDENT_CARRIER || group->raw < FLOW_LEAST)
            continue;
        flows[count] = group_flow(group);
        flows[count++].disturbed = is_disturbed(inquiry, group);
    }
    for (size_t i = 0; i < inquiry->carrier_count; i++) {
        const CarrierNight *const carrier = &inquiry->carriers[i];

        flows[count++] = flow_of_carrier(inquiry, carrier);
        count += missing_remember(carrier->flow, &carrier->missing, FLOW_LEAST,
            flows[count - 1].disturbed, flows + count);
    }
    for (size_t i = 0; i < count; i++)
        flows[i].as_of = inquiry->night->as_of;
    found->flows = flows;
    found->flow_count = count;
}

IncidentsFound
incidents_find(Arena *arena, const IncidentNight *night)
{
    Inquiry inquiry = {.arena = arena, .night = night, .list = {.arena = arena}};
    IncidentsFound found = {0};
    size_t cell_count;
    const FlowCell *const cells = flow_meter_cells(night->meter, &cell_count);

    inquiry.history = date_history(arena, night);
    inquiry.groups = groups_make(arena, night->after, tonight(night), cells, cell_count,
        inquiry.history, night->history_count);
    look_at_carriers(&inquiry);
    go_on(&inquiry);
    if (!night_day_is_long_rest(tonight(night)))
        open_all(&inquiry);
    remember_flows(&inquiry, &found);
    found.items = inquiry.list.items;
    found.count = inquiry.list.count;
    return found;
}
