/*
 * story.h - all that is known of one parcel, in words and numbers for people: what `vigie explain` prints and a case's page shows.
 */
#ifndef CORE_STORY_H
#define CORE_STORY_H

#include "core/instant.h"
#include "core/words.h"

#include <stdbool.h>
#include <stddef.h>

// What is said under a label; "" goes on with the line before.
typedef struct StoryLine
{
    const char *label, *text;
} StoryLine;

typedef struct StoryPart
{
    const char *title;  // may be all there is to say
    const StoryLine *lines;
    size_t count;
    bool dated;  // labels are moments
} StoryPart;

// How a scan counts.
typedef enum StoryMark
{
    STORY_MARK_NONE,      // nobody need have handled the parcel
    STORY_MARK_HANDLED,   // somebody did
    STORY_MARK_UNMAPPED,  // nobody knows what it means
} StoryMark;

// A moment of the timeline: a scan, the label, the night.
typedef struct StoryMoment
{
    StoryMark mark;
    const char *when,
        *gap;  // "2026-11-20 14:05"; "+61 h" since the moment before, "" for the first
    const char *meaning, *place, *code, *text;
} StoryMoment;

// A wait after a scan by which somebody handled the parcel, drawn against what is normal there.
typedef struct StoryWait
{
    const char *label;  // "in transit at LIL"
    Instant from, to;   // the next such scan, or the night; `over` tells which
    bool over;
    Instant normal_from, normal_to,
        normal_end;  // when 10, 90 and 99 % of such parcels have moved on; INSTANT_NONE where unknown or never
} StoryWait;

typedef struct Story
{
    Language language;  // of all its texts
    const char *title;  // "Parcel 6A12345678901 (shipment S-17)"
    StoryPart head;     // without a title
    const char *time_zone;
    const StoryMoment *moments;
    size_t moment_count;
    const char *left_out;  // "2 scans said the same again and are left out"; "" when none did
    const StoryPart *parts;
    size_t part_count;

    const StoryWait *waits;  // oldest first
    size_t wait_count;
    Instant created_at, as_of;
    Instant promised_at;                  // INSTANT_NONE without a promise
    bool expected;                        // nobody promised: that is when such parcels are there
    Instant expected_low, expected_high;  // of delivery, 10 and 90 %; INSTANT_NONE when unknown
} Story;

#endif
