/*
 * evidence.h - the words detectors share. Texts are owned by the arena.
 */
#ifndef DETECTORS_EVIDENCE_H
#define DETECTORS_EVIDENCE_H

#include "core/arena.h"
#include "core/case.h"
#include "detectors/detector.h"

// "61 h"; from four days on whole days: "12 days".
const char *evidence_hours(double hours, Arena *arena);

// The same for the time from an instant to a later one.
const char *evidence_since(Instant now, Instant then, Arena *arena);

// promised by 2026-11-20 23:59; where it is not the source that says so, also by whom: promised by 2026-11-20 23:59 (derived:
// Colissimo Domicile, 2 jours ouvrables after acceptance); expected by ... where nobody promises.
const char *evidence_promise(const Night *night, const Shipment *shipment, Arena *arena);

// silent 61 h after "in transit" at LIL; before the first physical scan: not scanned 61 h after the label. With the
// judgement's excuse behind it when there is one.
const char *evidence_silence(const Judgement *judgement, Arena *arena);

// What is normal instead: 99 of 100 such parcels moved on within 31 h. Where the silence is not yet that long:
// 4 in 100 such parcels wait as long.
const char *evidence_normal(const Judgement *judgement, Arena *arena);

#endif
