/*
 * One message, one SMTP conversation.
 *
 * libcurl passes header lines on as they are, so they are made safe here: addresses of printable
 * ASCII in one strict shape, subjects as RFC 2047 encoded words unless they are short plain ASCII.
 * A message is the same message however often it is tried: its Message-ID comes from the key in the
 * outbox, its Date from as_of.
 */
#include "alerts/alerts.h"

#include "alerts/transfer.h"
#include "core/hash.h"
#include "core/text.h"

#include <inttypes.h>
#include <string.h>

#define ADDRESS_MAX 254  // RFC 5321 4.5.3.1.3
#define SUBJECT_MAX 70   // longer ones are folded by being encoded
#define WORD_BYTES                                                                                 \
    39  // "Subject: " and 52 base64 characters in a word stay under RFC 2047 2.'s 76 a line

static bool
has_line_break(const char *text)
{
    return text[strcspn(text, "\r\n")] != '\0';
}

// Addresses that need quoting or SMTPUTF8 are refused rather than passed on half understood.
static bool
address_is_sound(const char *address)
{
    const char *const at = strchr(address, '@');

    if (!at || at == address || at[1] == '\0' || strchr(at + 1, '@') ||
        strlen(address) > ADDRESS_MAX)
        return false;
    for (const char *c = address; *c != '\0'; c++)
        if (*c <= ' ' || *c > '~' || strchr("<>()[]\\,;:\"", *c))
            return false;
    return true;
}

static bool
is_plain(const char *text)
{
    for (const char *c = text; *c != '\0'; c++)
        if (*c < ' ' || *c > '~')
            return false;
    return strlen(text) <= SUBJECT_MAX && !strstr(text, "=?");
}

static const char *
header_text(Arena *arena, const char *text)
{
    Text out = {.arena = arena};

    if (is_plain(text))
        return text;
    while (*text != '\0') {
        const size_t length = text_fitting(text, WORD_BYTES);  // never cut inside a character

        text_add_format(&out, "%s=?UTF-8?B?%s?=", out.length > 0 ? "\r\n " : "",
            text_base64(arena, text, length));
        text += length;
    }
    return text_get(&out);
}

// RFC 5322: "Fri, 20 Nov 2026 22:59:59 +0000".
static const char *
header_date(Arena *arena, Instant at)
{
    static const char *const weekdays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const Day day = (Day)(at / HOURS_24 - (at % HOURS_24 < 0));
    const int64_t second = (at - day * HOURS_24) / SECOND;
    int year, month, of_month;

    day_to_civil(day, &year, &month, &of_month);
    return arena_printf(arena, "%s, %d %s %d %02" PRId64 ":%02" PRId64 ":%02" PRId64 " +0000",
        weekdays[day_weekday(day)], of_month, months[month - 1], year, second / 3600,
        second / 60 % 60, second % 60);
}

typedef struct Lines
{
    Arena *arena;
    const char **items;
    size_t count, capacity;
} Lines;

static void
header_add(Lines *lines, const char *name, const char *value)
{
    ARENA_PUSH(lines, arena_printf(lines->arena, "%s: %s", name, value));
}

// What nobody answers says that it is automatic (RFC 3834 5.); help desks drop such mail, so what wants an answer does not.
static Lines
message_headers(Arena *arena, const SmtpOptions *smtp, const Message *message)
{
    Lines lines = {.arena = arena};
    const char *const id = text_sha256(arena, message->key, strlen(message->key));

    header_add(&lines, "From", smtp->from);
    header_add(&lines, "To", message->recipient);
    header_add(&lines, "Subject", header_text(arena, message->subject));
    header_add(&lines, "Date", header_date(arena, message->as_of));
    header_add(&lines, "Message-ID", arena_printf(arena, "<%.32s@vigie>", id));
    if (text_is_empty(message->reply_to))
        header_add(&lines, "Auto-Submitted", "auto-generated");
    else
        header_add(&lines, "Reply-To", message->reply_to);
    header_add(&lines, "Content-Type",
        message->attachment_count > 0 ? "multipart/mixed" : "multipart/alternative");
    return lines;
}

// Lines end in CR LF, or the encoder would take a line break for a byte to be hidden.
static const char *
with_crlf(Arena *arena, const char *text)
{
    Text out = {.arena = arena};

    while (*text != '\0') {
        const size_t length = strcspn(text, "\n");

        text_add_bytes(&out, text, length);
        text += length;
        if (*text == '\n') {
            text_add(&out, "\r\n");
            text++;
        }
    }
    return text_get(&out);
}

static TransferPart
text_part(Arena *arena, const char *type, const char *text)
{
    const char *const lines = with_crlf(arena, text);

    return (TransferPart){
        .type = type, .encoder = "quoted-printable", .bytes = lines, .length = strlen(lines)};
}

// The text, and what it looks like as HTML where there is that too.
static const TransferPart *
text_parts(Arena *arena, const Message *message, size_t *count)
{
    TransferPart *const parts = ARENA_ARRAY(arena, TransferPart, 2);

    parts[0] = text_part(arena, "text/plain; charset=utf-8", message->text);
    parts[1] = text_part(arena, "text/html; charset=utf-8", message->html);
    *count = text_is_empty(message->html) ? 1 : 2;
    return parts;
}

// A message with attachments holds its texts as one part before them.
static const TransferPart *
message_parts(Arena *arena, const Message *message, size_t *count)
{
    size_t texts;
    const TransferPart *const text = text_parts(arena, message, &texts);
    TransferPart *const parts = ARENA_ARRAY(arena, TransferPart, message->attachment_count + 1);

    *count = texts;
    if (message->attachment_count == 0)
        return text;
    parts[0] =
        texts == 1
            ? text[0]
            : (TransferPart){.type = "multipart/alternative", .parts = text, .part_count = texts};
    for (size_t i = 0; i < message->attachment_count; i++) {
        const Attachment *const file = &message->attachments[i];

        parts[i + 1] = (TransferPart){.file_name = file->name,
            .type = file->type,
            .encoder = "base64",
            .bytes = file->bytes,
            .length = file->length};
    }
    *count = message->attachment_count + 1;
    return parts;
}

// STARTTLS is used where it is offered. Who strips the offer on the way must not get the password.
static TransferResult
converse(Arena *arena, const SmtpOptions *smtp, const Message *message)
{
    const Lines headers = message_headers(arena, smtp, message);
    Transfer transfer = {
        .url = smtp->url,
        .timeout_seconds = smtp->timeout_seconds,
        .headers = headers.items,
        .header_count = headers.count,
        .mail_from = smtp->from,
        .mail_to = message->recipient,
        .user = smtp->user,
        .password = smtp->password,
        .tls_required = !text_is_empty(smtp->user) && !transfer_is_local(smtp->url),
    };

    transfer.parts = message_parts(arena, message, &transfer.part_count);
    return transfer_mail(&transfer);
}

// What a person must change does not get better by waiting. A server that took the text and then fell silent may have
// delivered it; 354 is its word to begin.
static DeliveryOutcome
judge(const TransferResult *result)
{
    if (result->done)
        return DELIVERY_SENT;
    if (result->status >= 400)
        return result->status >= 500 ? DELIVERY_REFUSED : DELIVERY_RETRY;
    if (result->hopeless)
        return DELIVERY_REFUSED;
    return result->began ? DELIVERY_UNKNOWN : DELIVERY_RETRY;
}

// A server may say anything, so also a password that it was just given.
static const char *
failure_words(Arena *arena, const SmtpOptions *smtp, const TransferResult *result)
{
    const char *const said = text_clean(arena, arena_copy(arena, result->reply));
    const bool tells = !text_is_empty(smtp->password) && strstr(said, smtp->password);

    if (result->status >= 400 && !text_is_empty(said) && !tells)
        return arena_printf(arena, "the mail server answered \"%s\"", said);
    if (result->status >= 400)
        return arena_printf(arena, "the mail server answered %ld", result->status);
    if (result->no_tls)
        return "the mail server offers no TLS, and the password is not sent without it";
    if (result->began)
        return arena_printf(arena, "no answer after the message was sent: %s", result->error);
    return arena_printf(arena, "could not reach the mail server: %s", result->error);
}

// Names are ours; a quote or a line break in one would end its header.
static bool
names_are_plain(const Message *message)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";

    for (size_t i = 0; i < message->attachment_count; i++) {
        const char *const name = message->attachments[i].name;

        if (*name == '\0' || name[strspn(name, plain)] != '\0')
            return false;
    }
    return true;
}

// What is wrong with a message, before any server hears of it; NULL when nothing is.
static const char *
objection(Arena *arena, const SmtpOptions *smtp, const Message *message)
{
    if (!address_is_sound(message->recipient))
        return arena_printf(
            arena, "invalid recipient \"%s\"", text_clean(arena, message->recipient));
    if (!address_is_sound(smtp->from))
        return arena_printf(arena, "invalid sender \"%s\"", text_clean(arena, smtp->from));
    if (!text_is_empty(message->reply_to) && !address_is_sound(message->reply_to))
        return arena_printf(
            arena, "invalid address for answers \"%s\"", text_clean(arena, message->reply_to));
    if (has_line_break(message->subject))
        return "the subject holds a line break";
    return names_are_plain(message) ? NULL : "the name of an attachment is not plain ASCII";
}

DeliveryOutcome
alert_send_email(Arena *arena, const SmtpOptions *smtp, const Message *message, const char **reason)
{
    const char *const wrong = objection(arena, smtp, message);

    if (wrong != NULL) {
        *reason = wrong;
        return DELIVERY_REFUSED;
    }

    Arena *const work = arena_create();
    const TransferResult result = converse(work, smtp, message);

    arena_destroy(work);
    if (!result.done)
        *reason = failure_words(arena, smtp, &result);
    return judge(&result);
}
