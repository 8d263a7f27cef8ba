/*
 * deliver.h - the outbox on its way out, message by message.
 */
#ifndef JOBS_OUTBOX_DELIVER_H
#define JOBS_OUTBOX_DELIVER_H

#include "core/zone.h"
#include "jobs/frame/log.h"
#include "jobs/outbox/channels.h"
#include "sql/db.h"

// The clock that a delivery goes by, so that a test can let hours pass.
typedef struct DeliveryClock
{
    Instant (*now)(void *data);
    void (*wait)(void *data, int64_t micros);
    void *data;
} DeliveryClock;

// The machine's own clock.
extern const DeliveryClock DELIVERY_CLOCK;

typedef struct DeliveryPlan
{
    Db *db;
    const Log *log;
    const Zone *zone;  // of quiet hours
    const Doors *doors;
    int64_t attempts;          // after so many a message is given up
    int64_t patience_seconds;  // to wait in all for channels that ask to be asked again soon
    const DeliveryClock *clock;
} DeliveryPlan;

typedef struct DeliveryReport
{
    int64_t sent, failed, dead;  // attempts that succeeded and failed; messages given up
    int64_t left;                // messages still due, because their channel is down
    const char *reason;  // of the first failure, with its channel; "" for none. Owned by the arena
} DeliveryReport;

// Deliver what is due, each message in a transaction of its own that records the outcome: if the process dies after the other
// side accepted, the message is sent again under the same key. A channel that is down is left alone for the rest of the
// call; one that asks to wait gets its pause. False only when the database fails or the run is interrupted.
bool deliver_due(const DeliveryPlan *plan, Arena *arena, DeliveryReport *out, Err *err);

#endif
