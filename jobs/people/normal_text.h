/*
 * normal_text.h - what is normal, in words and as JSON; for baseline and explain.
 */
#ifndef JOBS_PEOPLE_NORMAL_TEXT_H
#define JOBS_PEOPLE_NORMAL_TEXT_H

#include "core/normal.h"
#include "jobs/frame/screen.h"

// "lane", "service", "carrier", "everybody": for programs.
const char *normal_level_name(NormalLevel level);

// How much of an answer comes from where: "12% from this lane, 55% from correios / standard, 33% from all of correios".
// Parents that say less than half a per cent are left out. Owned by the arena.
const char *normal_grounds_text(Arena *arena, const Normal *normal);

// [{"level": "lane", "group": ..., "events": ..., "share": ...}], from all carriers down; the caller owns it.
json_t *normal_grounds_json(Arena *arena, const Normal *normal);

// One answer as data, with its curve; the caller owns it.
json_t *normal_json(Arena *arena, const Normal *normal);

#endif
