/*
 * What a night's report tells of the nights before it.
 */
#include "jobs/report/digest.h"

#include "sql/past.h"
#include "sql/promises.h"
#include "sql/settlements.h"

#include <string.h>

#define COURSE_DAYS 28
#define ENDS_MAX    20

// How many promises of the carrier ended since a moment.
static double
promised_since(const PromiseDay *days, size_t count, const Incident *incident, Day since)
{
    double promised = 0;

    for (size_t i = 0; i < count; i++)
        if (strcmp(days[i].carrier, incident->carrier) == 0 && days[i].day >= since)
            promised += (double)days[i].promised;
    return promised;
}

// Promises kept day by day, beside how many would have been at the share that was usual before the drift.
static Course
drift_course(
    const Run *run, Arena *arena, const PromiseDay *days, size_t count, const Incident *incident)
{
    const double promised =
        promised_since(days, count, incident, zone_day(run->job->zone, incident->since));
    CoursePoint *const points = ARENA_ARRAY(arena, CoursePoint, count);
    Course course = {.points = points};

    for (size_t i = 0; promised > 0 && i < count; i++)
        if (strcmp(days[i].carrier, incident->carrier) == 0 && days[i].promised > 0)
            points[course.count++] = (CoursePoint){.day = days[i].day,
                .observed = (double)days[i].kept,
                .expected = (double)days[i].promised * incident->expected / promised};
    return course;
}

static bool
read_courses(Run *run, Arena *arena, Digest *digest, Err *err)
{
    const Job *const job = run->job;
    const PromiseDay *days;
    size_t count;
    Course *courses;

    if (digest->incident_count == 0)
        return true;
    if (!past_courses(run->db, arena, job->zone, job->as_of - COURSE_DAYS * HOURS_24, job->as_of,
            digest->incidents, digest->incident_count, &courses, err) ||
        !promises_read(run->db, arena, job->as_of, job->day - COURSE_DAYS, zone_name(job->zone),
            &days, &count, err))
        return false;
    for (size_t i = 0; i < digest->incident_count; i++)
        if (digest->incidents[i].kind == INCIDENT_DRIFT)
            courses[i] = drift_course(run, arena, days, count, &digest->incidents[i]);
    digest->courses = courses;
    return true;
}

bool
digest_past(Run *run, Arena *arena, Digest *digest, Err *err)
{
    Db *const db = run->db;
    const Instant as_of = digest->as_of;

    return read_courses(run, arena, digest, err) &&
           past_carriers(db, arena, as_of, &digest->carriers, &digest->carrier_count, err) &&
           past_claim_states(
               db, arena, as_of, &digest->claim_states, &digest->claim_state_count, err) &&
           past_claim_ends(
               db, arena, as_of, ENDS_MAX, &digest->claim_ends, &digest->claim_end_count, err) &&
           settlements_underpaid(
               db, arena, "", &digest->underpaid, &digest->underpaid_count, err) &&
           past_case_fates(db, arena, as_of - COURSE_DAYS * HOURS_24, as_of, &digest->fates,
               &digest->fate_count, err);
}
