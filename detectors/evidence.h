/*
 * evidence.h - the words detectors share, in the language of the night. Texts are owned by the arena.
 */
#ifndef DETECTORS_EVIDENCE_H
#define DETECTORS_EVIDENCE_H

#include "core/arena.h"
#include "core/case.h"
#include "core/words.h"
#include "detectors/detector.h"

// "61 h"; from four days on whole days: "12 days".
const char *evidence_hours(Language language, double hours, Arena *arena);

// The same for the time from an instant to a later one.
const char *evidence_since(const Night *night, Instant now, Instant then, Arena *arena);

// "0.87"; in French "87 %".
const char *evidence_probability(const Night *night, double probability, Arena *arena);

// What stands before a place: " at ".
const char *evidence_at(const Night *night);

// promised by 2026-11-20 23:59; where it is not the source that says so, also by whom: promised by 2026-11-20 23:59 (derived:
// Colissimo Domicile, 2 jours ouvrables after acceptance); expected by ... where nobody promises.
const char *evidence_promise(const Night *night, const Shipment *shipment, Arena *arena);

// silent 61 h after "in transit" at LIL; before the first physical scan: not scanned 61 h after the label. With the
// judgement's excuse behind it when there is one.
const char *evidence_silence(const Night *night, const Judgement *judgement, Arena *arena);

// What is normal instead: 99 of 100 such parcels moved on within 31 h. Where the silence is not yet that long:
// 4 in 100 such parcels wait as long.
const char *evidence_normal(const Night *night, const Judgement *judgement, Arena *arena);

#endif
