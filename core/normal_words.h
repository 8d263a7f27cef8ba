/*
 * normal_words.h - on whose counts an answer about what is normal rests, and what was chosen for it, in words for people.
 */
#ifndef CORE_NORMAL_WORDS_H
#define CORE_NORMAL_WORDS_H

#include "core/arena.h"
#include "core/normal.h"
#include "core/words.h"

// How much of an answer comes from where: "12% from this lane, 55% from correios / standard, 33% from all of correios".
// Parents that say less than half a per cent are left out. Owned by the arena.
const char *normal_grounds_text(Arena *arena, Language language, const Normal *normal);

// "none", "factor", "stretch", "class": the word in JSON.
const char *lane_way_name(LaneWay way);

// By what was chosen, in one sentence without a full stop: "chosen by gaps left out: operating time (0.120 nats a gap over plain
// hours), ...". The baseline must not abstain.
char *words_choices(Arena *arena, const Normal *normal);

#endif
