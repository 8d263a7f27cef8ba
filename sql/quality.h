/*
 * quality.h - what `vigie check` asks: who we are, what we may do, what the source's tables look like, and how far
 * its rows can be believed. All counts are of a window of time; nothing is changed.
 */
#ifndef SQL_QUALITY_H
#define SQL_QUALITY_H

#include "sql/source.h"

typedef struct QualityServer
{
    const char *role, *database, *version;
} QualityServer;

// Who we are on a connection, and where. Owned by the arena.
bool quality_server(Db *db, Arena *arena, QualityServer *out, Err *err);

// What the role may not do on Vigie's tables though the jobs need it ("update on claim"). Owned by the arena.
bool quality_privileges(Db *db, Arena *arena, const char *const **missing, size_t *count, Err *err);

// The window that is looked at: created or occurred in (from, as_of]; now tells what is still to come.
typedef struct QualityWindow
{
    Instant from, as_of, now;
    const char *time_zone;  // of the hours of the day, where a carrier has none of its own
    const char *const *carriers,
        *const *zones;  // carriers as the source spells them, and the zone of each
    size_t zone_count;
} QualityWindow;

typedef struct QualityShipments
{
    int64_t count, promised;
    int64_t promised_early;  // the promise lies before the label
    int64_t undated, unnumbered;
    Instant first, last;  // labels; INSTANT_NONE without any
} QualityShipments;

// The shipments of the window at a glance.
bool
quality_shipments(Source *source, const QualityWindow *window, QualityShipments *out, Err *err);

typedef struct QualityCarrier
{
    const char *name;  // as the source spells it; "" when it has none
    int64_t count, promised;
} QualityCarrier;

// Carriers of the window's shipments, the busiest first. Owned by the arena.
bool quality_carriers(Source *source, const QualityWindow *window, Arena *arena,
    const QualityCarrier **items, size_t *count, Err *err);

// The same for shipments without a single scan though their label is three days old; promised is 0.
bool quality_silent(Source *source, const QualityWindow *window, Arena *arena,
    const QualityCarrier **items, size_t *count, Err *err);

// Scans that say the same, by the hour of the day.
typedef struct QualityCode
{
    const char *carrier, *code, *subcode, *milestone;  // "" when absent
    int hour;                                          // 0-23
    int64_t count;
    int64_t early_known;   // recorded (or seen by us) before they occurred
    int64_t early_moved;   // the same if these are local times of the carrier's zone stamped as UTC
    int64_t before_label;  // more than an hour older than the label
    int64_t unknown;       // of no shipment
    Instant first, last;
} QualityCode;
typedef bool QualityVisit(void *data, const QualityCode *code, Err *err);

// Visit all of them, those of one carrier and code together. Texts are gone after the visit.
bool quality_codes(
    Source *source, const QualityWindow *window, QualityVisit *visit, void *data, Err *err);

// What a carrier's scans say that means a delivery, or that the parcel is on its round.
typedef struct QualityEnding
{
    const char *carrier, *code, *subcode, *milestone;  // as in QualityCode
    bool delivered;
} QualityEnding;

typedef struct QualityOrder
{
    const char *carrier;
    int64_t parcels;   // with a round and a delivery
    int64_t inverted;  // delivered less than a day before the round began
} QualityOrder;

// For each carrier, how many parcels were delivered before they went out. Owned by the arena.
bool quality_order(Source *source, const QualityWindow *window, const QualityEnding *endings,
    size_t count, Arena *arena, const QualityOrder **items, size_t *item_count, Err *err);

typedef struct QualityOddities
{
    int64_t undated, mute;       // scans without a date, whenever; without code and milestone
    int64_t repeated, reworded;  // scans told again word for word; in other words
    int64_t reused,
        reused_shipments;  // tracking numbers given to several shipments, and to how many
    const char *reused_example;
} QualityOddities;

// What occurs more often than it should. Owned by the arena.
bool quality_oddities(
    Source *source, const QualityWindow *window, Arena *arena, QualityOddities *out, Err *err);

typedef struct QualityTable
{
    const char *relation;  // as written in SQL
    bool is_table;         // else a view or a SELECT, whose tables are not known here
    bool writable;         // this role could write to it
    bool closed;           // it may read none of it
    int64_t pages, visible_pages;
    double rows;       // by the planner's guess, or what was counted; negative when never analyzed
    int64_t changed;   // rows written since it was analyzed
    bool by_shipment;  // an index begins with shipment_id
    bool by_shipment_in_time;  // and goes on with occurred_at
    bool promises;             // it has promises that an index can find
    bool by_promise;           // an index begins with promised_at
    bool
        by_time;  // indexes serve created_at; of scans occurred_at, and recorded_at if they have it
    bool recorded;  // it has recorded_at
} QualityTable;

// The relation of the shipments, or that of the scans. Owned by the arena.
bool quality_table(Source *source, bool scans, Arena *arena, QualityTable *out, Err *err);

#endif
