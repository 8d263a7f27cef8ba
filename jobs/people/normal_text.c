#include "jobs/people/normal_text.h"

#include "core/normal_words.h"

const char *
normal_level_name(NormalLevel level)
{
    static const char *const names[NORMAL_LEVELS] = {"everybody", "carrier", "service", "lane"};

    return names[level];
}

json_t *
normal_grounds_json(Arena *arena, const Normal *normal)
{
    json_t *const all = json_array();

    for (size_t i = 0; i < normal->ground_count; i++) {
        const NormalGround *const ground = &normal->grounds[i];

        json_array_append_new(
            all, json_pack("{s:s, s:o, s:o, s:o}", "level", normal_level_name(ground->level),
                     "group", json_of_text(arena, ground->name), "events",
                     json_of_real(ground->events), "share", json_of_real(ground->share)));
    }
    return all;
}

static json_t *
quantiles_json(const Normal *normal)
{
    json_t *const all = json_array();

    for (size_t i = 0; i < NORMAL_QUANTILES; i++) {
        const NormalQuantile *const quantile = &normal->quantiles[i];

        json_array_append_new(all, json_pack("{s:f, s:o, s:o}", "moved", quantile->moved,
                                       "operating_hours", json_of_real(quantile->hours),
                                       "calendar_hours", json_of_real(quantile->calendar_hours)));
    }
    return all;
}

static json_t *
curve_json(const Normal *normal)
{
    json_t *const all = json_array();

    for (size_t i = 0; i < normal->curve_count; i++) {
        const NormalPoint *const point = &normal->curve[i];

        json_array_append_new(
            all, json_pack("{s:f, s:o, s:o, s:o}", "operating_hours", point->hours, "moved",
                     json_of_real(point->moved), "low", json_of_real(point->low), "high",
                     json_of_real(point->high)));
    }
    return all;
}

static json_t *
choices_json(const Normal *normal)
{
    const NormalChoices *const choices = &normal->choices;

    return json_pack("{s:{s:s, s:o}, s:{s:s, s:o}, s:{s:s, s:o}}", "clock", "by",
        choices->by_clock ? "operating_time" : "plain_hours", "gain",
        json_of_real(choices->clock_gain), "start", "by", normal->by_start ? "phase" : "none",
        "gain", json_of_real(choices->start_gain), "lane", "by", lane_way_name(choices->lane_way),
        "gain", json_of_real(choices->lane_gain));
}

json_t *
normal_json(Arena *arena, const Normal *normal)
{
    const bool told = text_is_empty(normal->abstained);
    json_t *const json = json_object();

    json_object_set_new(json, "group", json_of_text(arena, normal->name));
    json_object_set_new(json, "level", json_string(normal_level_name(normal->level)));
    json_object_set_new(json, "milestone", json_string(milestone_name(normal->milestone)));
    json_object_set_new(
        json, "measure", json_string(normal->measure == MEASURE_ARRIVE ? "arrive" : "move"));
    json_object_set_new(json, "abstained", json_of_text(arena, normal->abstained));
    json_object_set_new(json, "rests_on", normal_grounds_json(arena, normal));
    json_object_set_new(json, "example_from", json_of_instant(arena, normal->example));
    json_object_set_new(json, "moved_on", told ? quantiles_json(normal) : json_null());
    json_object_set_new(json, "never_moves", json_of_real(normal->never));
    json_object_set_new(json, "clock",
        told ? json_pack("{s:f, s:f, s:f, s:f}", "working_day", normal->rates[0], "saturday",
                   normal->rates[1], "sunday", normal->rates[2], "holiday", normal->rates[3])
             : json_null());
    json_object_set_new(json, "lane",
        normal->level == NORMAL_LANE && told
            ? json_pack("{s:f, s:f, s:b}", "factor", normal->factor, "stretch", normal->stretch,
                  "own_curve", normal->own_curve)
            : json_null());
    json_object_set_new(json, "by_start", json_boolean(normal->by_start));
    json_object_set_new(json, "choices", told ? choices_json(normal) : json_null());
    json_object_set_new(json, "recent_pace", told ? json_of_real(normal->tempo) : json_null());
    json_object_set_new(json, "curve", told ? curve_json(normal) : json_null());
    return json;
}
