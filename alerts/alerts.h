/*
 * alerts.h - what deserves a message, in words, and its delivery. Needs no database; the outbox is
 * kept by sql/outbox.h.
 */
#ifndef ALERTS_ALERTS_H
#define ALERTS_ALERTS_H

#include "core/digest.h"
#include "core/err.h"

// One message in the outbox. key identifies it for ever: the same message is never queued twice.
typedef struct Message
{
    const char *key;      // "digest:2026-11-20:ops@example.org"
    const char *channel;  // "email"
    const char *recipient;
    const char *subject, *text, *html;
    Instant as_of;
} Message;

// What is in the way of one delivery, for the outbox.
typedef enum DeliveryOutcome
{
    DELIVERY_SENT = 1,
    DELIVERY_RETRY,    // unreachable, busy: try again later
    DELIVERY_REFUSED,  // will never succeed as it is: a person must look
} DeliveryOutcome;

// The night's digest as a message to one recipient, in a language ("fr", "en"). report_folder is
// named in it so that people find the files. Owned by the arena. Same digest, same bytes.
Message alert_digest(Arena *arena, const Digest *digest, const char *recipient,
    const char *language, const char *report_folder);

typedef struct SmtpOptions
{
    const char *url;              // smtp://host:port or smtps://host:port
    const char *from;             // address
    const char *user, *password;  // "" for none
    int64_t timeout_seconds;
} SmtpOptions;

// Send one message by SMTP through libcurl: MIME with text and HTML parts, Message-ID made from the
// key, Date from as_of. Header texts are encoded (RFC 2047) and cannot break out of their line; a
// subject with a line break or an address that is not plain ASCII name@host is REFUSED unsent.
// STARTTLS is used where it is offered, and required before a password unless the server is this
// machine. On RETRY and REFUSED, reason (owned by the arena) says why; the password never appears
// in it.
DeliveryOutcome alert_send_email(
    Arena *arena, const SmtpOptions *smtp, const Message *message, const char **reason);

// Seconds to wait before attempt number `attempt` (from 1): exponential from one minute, at most 6
// hours.
int64_t alert_backoff_seconds(int64_t attempt);

#endif
