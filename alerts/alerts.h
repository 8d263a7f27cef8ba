/*
 * alerts.h - what deserves a message, in words, and its delivery. Needs no database; the outbox is
 * kept by sql/outbox.h.
 */
#ifndef ALERTS_ALERTS_H
#define ALERTS_ALERTS_H

#include "alerts/letters.h"
#include "core/digest.h"
#include "core/err.h"

// A file that goes with a message. The name is plain ASCII without spaces; nothing is copied.
typedef struct Attachment
{
    const char *name, *type;
    const char *bytes;
    size_t length;
} Attachment;

// One message in the outbox. key identifies it for ever: the same message is never queued twice.
typedef struct Message
{
    const char *key;      // "digest:2026-11-20:ops@example.org"
    const char *channel;  // "email"
    const char *recipient;
    const char *subject, *text, *html;  // html "": the text alone
    Instant as_of;
    const char *
        reply_to;  // who wants the answer; NULL for a message that nobody need answer, which then says so
    const Attachment *attachments;
    size_t attachment_count;

    // Of alerts by rules; NULL in other messages.
    const char *rule, *audience;  // "finance_due", "finance"
    const char *thing;            // what it is about, the same in all messages about it: "case-17"
    const char *action;           // "open", "update", "close"
    const char *severity;         // "critical", "error", "warning", "info"
    const char *facts;            // the same for machines: a JSON object
} Message;

// What is in the way of one delivery, for the outbox.
typedef enum DeliveryOutcome
{
    DELIVERY_SENT = 1,
    DELIVERY_RETRY,    // unreachable, busy: try again later
    DELIVERY_REFUSED,  // will never succeed as it is: a person must look
    DELIVERY_UNKNOWN,  // it went out, and no answer came: it may have arrived
} DeliveryOutcome;

// The night's digest as a message to one recipient, in a language ("fr", "en"). report_folder is
// named in it so that people find the files. Owned by the arena. Same digest, same bytes.
Message alert_digest(Arena *arena, const Digest *digest, const Letters *letters,
    const char *recipient, const char *language, const char *report_folder);

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
// machine. Unless it was SENT, reason (owned by the arena) says why; the password never appears in it.
DeliveryOutcome alert_send_email(
    Arena *arena, const SmtpOptions *smtp, const Message *message, const char **reason);

// Something to file with a web server.
typedef struct HttpPost
{
    const char *url;    // https://...; http:// to this machine only
    const char *token;  // of the Authorization header (RFC 6750); "" for none
    const char *key;    // the same for the same submission for ever
    const char *subject, *text;
    const Attachment *files;
    size_t file_count;
    int64_t timeout_seconds;
} HttpPost;

// POST a form (multipart/form-data) with the fields key, subject and text and the files, and the key in the header
// Idempotency-Key. Redirects are not followed: nothing goes to a host that was not named. SENT on 2xx alone. *reply (owned by
// the arena) is what was answered, cut short; the token never appears in it.
DeliveryOutcome alert_send_http(Arena *arena, const HttpPost *post, const char **reply);

// Seconds to wait before the attempt that follows attempt number `attempt` (from 1): exponential from one minute, at most 6
// hours, less up to half of it by chance, so that messages that failed together do not come back together. Chance is
// drawn from the message's key and the attempt: the same for the same two. At least `asked`, what the server asked for
// (0 when it did not), as far as that is at most a day.
int64_t alert_backoff_seconds(const char *key, int64_t attempt, int64_t asked);

#endif
