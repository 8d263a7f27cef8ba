/*
 * transfer.h - one conversation with a server: a mail by SMTP, or a POST by HTTPS. The one door to libcurl. What is said and
 * what its outcome means is the callers' business.
 */
#ifndef ALERTS_TRANSFER_H
#define ALERTS_TRANSFER_H

#include "core/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TRANSFER_REPLY_MAX 300  // bytes of an answer that are kept

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
    char reply
        [TRANSFER_REPLY_MAX];  // a mail server's last line, or the beginning of what a web server answered
} TransferResult;

// Send one mail. Nothing of the arguments is kept.
TransferResult transfer_mail(const Transfer *transfer);

// POST a form (multipart/form-data). Redirects are not followed. http:// is spoken only to this machine, https:// to all.
TransferResult transfer_post(const Transfer *transfer);

// Whether a URL's host is this machine, named by its usual names.
bool transfer_is_local(const char *url);

#endif
