/*
 * transfer.h - one conversation with a server: a mail by SMTP, or a request by HTTPS. The one door to libcurl. What is said and
 * what its outcome means is the callers' business.
 */
#ifndef ALERTS_TRANSFER_H
#define ALERTS_TRANSFER_H

#include "core/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TRANSFER_REPLY_MAX  300                   // bytes of an answer that are kept
#define TRANSFER_ANSWER_MAX ((size_t)256 * 1024)  // and of one that was asked for whole

// A part of a MIME body. Bytes are not copied.
typedef struct TransferPart TransferPart;
struct TransferPart
{
    const char *name;       // of the form's field; NULL in mails
    const char *file_name;  // plain ASCII; NULL for none
    const char *type;       // "text/plain; charset=utf-8"
    const char *encoder;    // "quoted-printable", "base64"; NULL for none
    const char *bytes;
    size_t length;
    const TransferPart *
        parts;  // of a part that is a multipart itself: its type says which; bytes are then not used
    size_t part_count;
};

typedef struct Transfer
{
    const char *url;
    int64_t timeout_seconds;
    const char *const *headers;  // whole lines without an end, already safe
    size_t header_count;
    const TransferPart *parts;
    size_t part_count;

    // Of requests only.
    const char *method;  // "GET", "PUT"; NULL for POST
    const char *body;    // in place of the parts; NULL for none. A header says its type
    Text *answer;        // takes the whole answer; NULL when nobody reads it

    // Of mails only.
    const char *mail_from, *mail_to;  // addresses
    const char *user, *password;      // "" for none
    bool tls_required;                // else TLS is used where it is offered
} Transfer;

typedef struct TransferResult
{
    bool done;          // to the end, and the server agreed
    bool began;         // the body went out, or a part of it
    bool hopeless;      // a person must change something: address, password, certificate
    bool no_tls;        // TLS was required and not offered
    long status;        // the last code the server gave; 0 when it gave none
    const char *error;  // libcurl's words, when not done
    int64_t
        retry_after_seconds;  // what the server asks to wait (Retry-After), at most a day; 0 when it does not
    char reply
        [TRANSFER_REPLY_MAX];  // a mail server's last line, or the beginning of what a web server answered
} TransferResult;

// Send one mail. Nothing of the arguments is kept.
TransferResult transfer_mail(const Transfer *transfer);

// Send one request: a body, else a form (multipart/form-data) of the parts. Redirects are not followed, certificates are
// verified. http:// is spoken only to this machine, https:// to all.
TransferResult transfer_http(const Transfer *transfer);

// A text as a part of a URL or of a form: everything but letters, digits and -._~ as %41 (RFC 3986 2.1). Owned by the arena.
const char *transfer_escape(Arena *arena, const char *text);

// Whether a URL's host is this machine, named by its usual names.
bool transfer_is_local(const char *url);

#endif
