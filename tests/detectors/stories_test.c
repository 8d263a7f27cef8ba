/*
 * Runs the stories in tests/detectors/stories: README there explains the words.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/file.h"
#include "core/text.h"
#include "detectors/detector.h"
#include "tests/harness/histories.h"
#include "tests/harness/network.h"

#include <stdio.h>
#include <string.h>

enum
{
    SCANS_MAX = 20,
    LINE_MAX_BYTES = 300
};

typedef struct Story
{
    Arena *arena;
    const char *file;
    int line;
    const Baselines *baselines;
    Night night;
    Instant label;
    Shipment shipment;
    Scan scans[SCANS_MAX];
    const Signal *signals;
    Slowdown outage;
    size_t signal_count, told;  // signals of the last look, and how many were expected so far
    bool looked;
} Story;

// Complain with file and line, as compilers do.
#define EXPECT(story, condition, ...)                                                              \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            print_error("%s:%d: ", (story)->file, (story)->line);                                  \
            print_error(__VA_ARGS__);                                                              \
            print_error("\n");                                                                     \
            fail();                                                                                \
        }                                                                                          \
    } while (0)

static void
all_was_expected(const Story *story)
{
    EXPECT(story, story->told == story->signal_count, "%s was not expected: %s",
        case_kind_name(story->signals[story->told].kind), story->signals[story->told].evidence);
}

static Instant
hour_of(const Story *story, const char *rest)
{
    int64_t hour = 0;

    EXPECT(story, text_parse_int(rest, &hour), "\"%s\" is no hour", rest);
    return story->label + hour * HOUR;
}

// What a scan says besides: "recorded HOUR", "country CC", "carrier NAME", "code CODE", "dead"; what is none of these is its
// place.
static void
describe_scan(const Story *story, Scan *scan, const char *rest)
{
    char word[40] = "";
    char value[40] = "";
    int first = 0, both = 0;

    for (; sscanf(rest, "%39s %n", word, &first) == 1; rest += both) {
        const bool has_value = sscanf(rest, "%*s %39s %n", value, &both) == 1;
        const char *const text = arena_copy(story->arena, value);

        if (has_value && strcmp(word, "recorded") == 0)
            scan->recorded_at = hour_of(story, text);
        else if (has_value && strcmp(word, "country") == 0)
            scan->country = text;
        else if (has_value && strcmp(word, "carrier") == 0)
            scan->carrier = text;
        else if (has_value && strcmp(word, "code") == 0)
            scan->code = text;
        else {
            both = first;
            if (strcmp(word, "dead") == 0)
                scan->dead = true;
            else if (strcmp(word, "unproved") == 0)
                scan->physical = false;
            else
                scan->place = arena_copy(story->arena, word);
        }
    }
}

static void
add_scan(Story *story, const char *rest)
{
    int hour = 0;
    char name[40] = "";
    int more = 0;
    Milestone milestone = MILESTONE_UNMAPPED;
    size_t *const count = &story->shipment.scan_count;

    EXPECT(story, sscanf(rest, "%d %39s %n", &hour, name, &more) == 2, "scan HOUR MILESTONE");
    EXPECT(story, milestone_parse(name, &milestone) || strcmp(name, "unmapped") == 0,
        "\"%s\" is no milestone", name);
    EXPECT(story, *count < SCANS_MAX, "too many scans");
    story->scans[(*count)++] = (Scan){.occurred_at = story->label + hour * HOUR,
        .recorded_at = INSTANT_NONE,
        .milestone = milestone,
        .physical = milestone_is_physical(milestone),
        .code = "",
        .subcode = "",
        .text = "",
        .place = "",
        .country = "",
        .carrier = ""};
    describe_scan(story, &story->scans[*count - 1], rest + more);
}

// The same signals, and no word of English but what comes from outside.
static void
look_in_french(const Story *story, const History *history, const Judgement *judgement)
{
    static const char *const english[] = {" the ", " since ", " ago", " on ", " of ", " at ",
        "silent", " with", "scanned", "probability", "moved", "day", "wait ", "promised",
        "carrier"};
    const Signal *signals;
    Night night = story->night;

    night.language = LANGUAGE_FRENCH;

    const size_t count =
        detectors_inspect(&night, &story->shipment, history, judgement, story->arena, &signals);

    EXPECT(story, count == story->signal_count, "in French %zu signals", count);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < sizeof english / sizeof english[0]; k++)
            EXPECT(story, !strstr(signals[i].evidence, english[k]), "\"%s\" in French: %s",
                english[k], signals[i].evidence);
}

static void
look(Story *story, const char *rest)
{
    all_was_expected(story);
    story->night.as_of = hour_of(story, rest);
    story->shipment.scans = story->scans;

    const History history = history_read(&story->shipment, story->night.as_of);
    const Slowdown *const slowdown =
        story->outage.since < story->night.as_of ? &story->outage : NULL;
    const Judgement judgement = baselines_judge(
        story->baselines, &story->shipment, story->night.as_of, slowdown, story->arena);

    story->signal_count = detectors_inspect(
        &story->night, &story->shipment, &history, &judgement, story->arena, &story->signals);
    look_in_french(story, &history, &judgement);
    story->told = 0;
    story->looked = true;
}

static void
expect(Story *story, const char *rest)
{
    char kind[40] = "";
    int words = 0;

    EXPECT(story, story->looked, "expect comes after look");
    EXPECT(story, sscanf(rest, "%39s %n", kind, &words) == 1, "expect KIND");
    if (strcmp(kind, "none") == 0) {
        all_was_expected(story);
        return;
    }
    EXPECT(story, story->told < story->signal_count, "%s was expected, nothing was said", kind);

    const Signal *const signal = &story->signals[story->told++];

    EXPECT(story, strcmp(kind, case_kind_name(signal->kind)) == 0, "%s was said: %s",
        case_kind_name(signal->kind), signal->evidence);
    EXPECT(story, strstr(signal->evidence, rest + words), "evidence was: %s", signal->evidence);
    EXPECT(story, signal->probability > 0 && signal->probability <= 1, "probability %g",
        signal->probability);
    EXPECT(story, signal->since <= story->night.as_of, "begins after the night");
}

static void
set_lane(Story *story, const char *rest)
{
    char origin[40] = "";
    char destination[40] = "";

    EXPECT(story, sscanf(rest, "%39s %39s", origin, destination) == 2, "lane FROM TO");
    story->shipment.origin_zone = arena_copy(story->arena, origin);
    story->shipment.destination_zone = arena_copy(story->arena, destination);
}

static void
set_countries(Story *story, const char *rest)
{
    char origin[40] = "";
    char destination[40] = "";

    EXPECT(story, sscanf(rest, "%39s %39s", origin, destination) == 2, "countries FROM TO");
    story->shipment.origin_country = arena_copy(story->arena, origin);
    story->shipment.destination_country = arena_copy(story->arena, destination);
}

static void
read_line(Story *story, const char *line)
{
    char word[20] = "";
    int start = 0;

    if (line[0] == '#' || sscanf(line, "%19s %n", word, &start) != 1)
        return;

    const char *const rest = line + start;

    if (strcmp(word, "scan") == 0)
        add_scan(story, rest);
    else if (strcmp(word, "promise") == 0)
        story->shipment.promised_at = hour_of(story, rest);
    else if (strcmp(word, "cancelled") == 0)
        story->shipment.cancelled_at = hour_of(story, rest);
    else if (strcmp(word, "carrier") == 0)
        story->shipment.carrier = arena_copy(story->arena, rest);
    else if (strcmp(word, "service") == 0)
        story->shipment.service = arena_copy(story->arena, rest);
    else if (strcmp(word, "lane") == 0)
        set_lane(story, rest);
    else if (strcmp(word, "countries") == 0)
        set_countries(story, rest);
    else if (strcmp(word, "outage") == 0)
        story->outage.since = hour_of(story, rest);
    else if (strcmp(word, "look") == 0)
        look(story, rest);
    else if (strcmp(word, "expect") == 0)
        expect(story, rest);
    else
        EXPECT(story, false, "\"%s\" is no word of stories", word);
}

// The scans of a story are given in order of time, save those that are meant to be out of order.
static void
tell(const char *path, const LearnPlan *plan, const Baselines *baselines, const Settings *settings,
    const Catalogue *catalogue, const CalendarBook *calendars)
{
    Arena *const arena = arena_create();
    const Signal none = {0};
    Story story = {.arena = arena,
        .file = strstr(path, "tests/"),
        .baselines = baselines,
        .night = {.settings = settings,
            .zone = plan->zone,
            .calendars = calendars,
            .catalogue = catalogue,
            .stuck_alpha = .01},
        .outage = {.since = INT64_MAX},
        .label = plan->as_of,
        .shipment = history_blank(),
        .signals = &none};
    FILE *const file = fopen(path, "r");
    char line[LINE_MAX_BYTES];

    assert_non_null(file);
    story.shipment.carrier = "swift";
    story.shipment.service = "home";
    story.shipment.origin_zone = "north";
    story.shipment.destination_zone = "south";
    story.shipment.created_at = story.label;
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        story.line++;
        read_line(&story, line);
    }
    fclose(file);
    EXPECT(&story, story.looked, "nobody looks");
    all_was_expected(&story);
    arena_destroy(arena);
}

static void
stories_end_as_told(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    Err err = {0};
    size_t count = 0;
    Instant monday = 0;
    Settings settings = {.detect = {.at_risk_probability = .5,
                             .late_grace_hours = 6,
                             .lost_probability = .5,
                             .slow_share = .01,
                             .customs_days = 5,
                             .attempt_days = 2,
                             .handoff_days = 3,
                             .return_days = 10,
                             .pickup_days = 7,
                             .pickup_notice_days = 2,
                             .dead_days = 3,
                             .contradiction_hours = 24}};
    Problems problems = {.arena = arena};
    const char *const own = VIGIE_SOURCE_DIR "/tests/detectors/stories/relay.yaml";
    const Catalogue *const catalogue = catalogue_load(
        arena, (TextList){.items = &own, .count = 1}, (TextList){0}, &problems, &err);
    const char **const files =
        file_list(arena, VIGIE_SOURCE_DIR "/tests/detectors/stories", ".case", &count, &err);

    assert_non_null(files);
    assert_non_null(catalogue);
    assert_true(count >= 10);
    assert_true(instant_parse("2026-03-02T00:00:00+01:00", &monday));

    const LearnPlan *const plan = network_plan(arena, monday);

    assert_non_null(plan);

    const Baselines *const baselines =
        baselines_fit(arena, network_and_sea_learned(arena, plan, 20000), plan);

    const CalendarBook *const calendars =
        calendar_book_load(arena, plan->calendar, &problems, &err);

    assert_non_null(calendars);
    for (size_t i = 0; i < count; i++)
        tell(files[i], plan, baselines, &settings, catalogue, calendars);
    arena_destroy(arena);
}

static void
the_registry_is_complete_and_gravest_first(void **state)
{
    (void)state;
    size_t count = 0;
    const Detector *const *const all = detectors_all(&count);

    for (size_t i = 0; i < count; i++) {
        assert_non_null(all[i]->summary);
        assert_ptr_equal(detector_of(all[i]->kind), all[i]);
        assert_true(i == 0 || all[i]->kind < all[i - 1]->kind);
    }
    for (CaseKind kind = CASE_NONE + 1; kind < CASE_KIND_COUNT; kind++)
        assert_non_null(detector_of(kind));
    assert_null(detector_of(CASE_NONE));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stories_end_as_told),
        cmocka_unit_test(the_registry_is_complete_and_gravest_first),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
