/*
 * normal_text.h - what is normal, in words and as JSON; for baseline and explain.
 */
#ifndef JOBS_PEOPLE_NORMAL_TEXT_H
#define JOBS_PEOPLE_NORMAL_TEXT_H

#include "core/normal_words.h"
#include "jobs/frame/screen.h"

// "lane", "service", "carrier", "everybody": for programs.
const char *normal_level_name(NormalLevel level);

// [{"level": "lane", "group": ..., "events": ..., "share": ...}], from all carriers down; the caller owns it.
json_t *normal_grounds_json(Arena *arena, const Normal *normal);

// One answer as data, with its curve; the caller owns it.
json_t *normal_json(Arena *arena, const Normal *normal);

#endif
