/*
 * What became of a parcel: settled only when its time is up, and never by what was not known yet.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detectors/journey/outcome.h"
#include "tests/harness/histories.h"

#define HORIZON 21
#define NONE    (-1)

static Instant
on(int day)
{
    return day == NONE ? INSTANT_NONE : 1000 * HOURS_24 + day * HOURS_24;
}

typedef struct Story
{
    const char *name;
    int promised, accepted, presented, over, cancelled;  // days; NONE for never
    int known;                                           // the day of asking
    Fate late, lost;
} Story;

static const Story stories[] = {
    {"presented in time, asked before the promise", 5, 1, 3, 3, NONE, 4, FATE_UNKNOWN,
        FATE_UNKNOWN},
    {"presented in time, asked at the promise", 5, 1, 3, 3, NONE, 5, FATE_NO, FATE_UNKNOWN},
    {"presented at the very promise", 5, 1, 5, 5, NONE, 6, FATE_NO, FATE_UNKNOWN},
    {"presented a day late", 5, 1, 6, 6, NONE, 40, FATE_YES, FATE_NO},
    {"waiting when the promise passes", 5, 1, NONE, NONE, NONE, 5, FATE_YES, FATE_UNKNOWN},
    {"waiting on the last day of the horizon", 5, 1, NONE, NONE, NONE, 21, FATE_YES, FATE_UNKNOWN},
    {"waiting when the horizon ends", 5, 1, NONE, NONE, NONE, 22, FATE_YES, FATE_YES},
    {"presented after the horizon", 5, 1, 30, 30, NONE, 40, FATE_YES, FATE_YES},
    {"presented on its last day", 5, 1, 22, NONE, NONE, 40, FATE_YES, FATE_NO},
    {"presented, never delivered", 5, 1, 4, NONE, NONE, 40, FATE_NO, FATE_NO},
    {"returned without presentation", 5, 1, NONE, 10, NONE, 40, FATE_YES, FATE_NO},
    {"returned after the horizon", 5, 1, NONE, 30, NONE, 40, FATE_YES, FATE_YES},
    {"no promise", NONE, 1, NONE, NONE, NONE, 40, FATE_UNKNOWN, FATE_YES},
    {"never handed over", 5, NONE, NONE, NONE, NONE, 400, FATE_YES, FATE_UNKNOWN},
    {"cancelled before the promise", 5, 1, NONE, NONE, 4, 40, FATE_UNKNOWN, FATE_UNKNOWN},
    {"cancelled between promise and horizon", 5, 1, NONE, NONE, 9, 40, FATE_YES, FATE_UNKNOWN},
    {"cancelled after the horizon", 5, 1, NONE, NONE, 30, 40, FATE_YES, FATE_YES},
    {"presented, then cancelled", 5, 1, 3, NONE, 4, 40, FATE_NO, FATE_NO},
};

static void
every_story_ends_as_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof stories / sizeof stories[0]; i++) {
        const Story *const story = &stories[i];
        const Ending ending = {on(story->promised), on(story->accepted), on(story->presented),
            on(story->over), on(story->cancelled)};
        const Outcome outcome = outcome_of(&ending, on(story->known), HORIZON);

        if (outcome.late != story->late || outcome.lost != story->lost)
            fail_msg("%s: late %d, lost %d", story->name, outcome.late, outcome.lost);
    }
}

static Scan
scan(int day, int recorded, Milestone milestone)
{
    Scan result = history_scan(on(day), milestone);

    result.recorded_at = on(recorded);
    return result;
}

static void
an_ending_is_what_the_history_says(void **state)
{
    const Scan scans[] = {
        scan(1, NONE, MILESTONE_ACCEPTED),
        scan(2, NONE, MILESTONE_IN_TRANSIT),
        scan(4, NONE, MILESTONE_ATTEMPT_FAILED),
        scan(5, NONE, MILESTONE_AVAILABLE_FOR_PICKUP),
        scan(9, NONE, MILESTONE_DELIVERED),
    };
    Shipment shipment = history_blank();
    Ending ending;

    (void)state;
    shipment.promised_at = on(5);
    shipment.scans = scans;
    shipment.scan_count = 5;
    ending = ending_read(&shipment, on(30));
    assert_int_equal(ending.promised_at, on(5));
    assert_int_equal(ending.accepted_at, on(1));
    assert_int_equal(ending.presented_at, on(4));
    assert_int_equal(ending.over_at, on(9));
    assert_int_equal(ending.cancelled_at, INSTANT_NONE);
    ending = ending_read(&shipment, on(4));
    assert_int_equal(ending.presented_at, on(4));
    assert_int_equal(ending.over_at, INSTANT_NONE);
}

static void
what_was_recorded_later_was_not_known(void **state)
{
    const Scan scans[] = {
        scan(1, 1, MILESTONE_ACCEPTED), scan(4, 8, MILESTONE_DELIVERED),  // back-filled
    };
    Shipment shipment = history_blank();
    Ending before, after;

    (void)state;
    shipment.promised_at = on(5);
    shipment.cancelled_at = on(7);
    shipment.scans = scans;
    shipment.scan_count = 2;
    before = ending_read(&shipment, on(6));
    assert_int_equal(before.cancelled_at, INSTANT_NONE);
    assert_int_equal(outcome_of(&before, on(6), HORIZON).late, FATE_YES);
    after = ending_read(&shipment, on(8));
    assert_int_equal(after.cancelled_at, on(7));
    assert_int_equal(outcome_of(&after, on(8), HORIZON).late, FATE_NO);
}

static void
the_last_move_is_one_before_the_time_is_up(void **state)
{
    const Scan scans[] = {
        scan(1, NONE, MILESTONE_ACCEPTED),
        scan(5, NONE, MILESTONE_IN_TRANSIT),
        scan(6, NONE, MILESTONE_DELAYED),  // proves nothing
        scan(1 + HORIZON + 1, NONE, MILESTONE_IN_TRANSIT),
    };
    Shipment shipment = history_blank();

    (void)state;
    assert_int_equal(outcome_moved_at(&shipment, on(9), HORIZON), INSTANT_NONE);
    shipment.scans = scans;
    shipment.scan_count = 4;
    assert_int_equal(outcome_moved_at(&shipment, on(0), HORIZON), INSTANT_NONE);
    assert_int_equal(outcome_moved_at(&shipment, on(4), HORIZON), on(1));
    assert_int_equal(outcome_moved_at(&shipment, on(90), HORIZON), on(5));
    assert_int_equal(outcome_moved_at(&shipment, on(90), HORIZON + 1), on(1 + HORIZON + 1));
}

static void
one_that_moved_on_was_lost_later(void **state)
{
    (void)state;
    assert_int_equal(fate_lost_on(FATE_YES, on(5), on(4)), FATE_NO);
    assert_int_equal(fate_lost_on(FATE_YES, on(5), on(5)), FATE_YES);
    assert_int_equal(fate_lost_on(FATE_YES, INSTANT_NONE, on(5)), FATE_YES);
    assert_int_equal(fate_lost_on(FATE_NO, on(5), on(4)), FATE_NO);
    assert_int_equal(fate_lost_on(FATE_UNKNOWN, on(5), on(4)), FATE_UNKNOWN);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_story_ends_as_told),
        cmocka_unit_test(an_ending_is_what_the_history_says),
        cmocka_unit_test(what_was_recorded_later_was_not_known),
        cmocka_unit_test(the_last_move_is_one_before_the_time_is_up),
        cmocka_unit_test(one_that_moved_on_was_lost_later),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
