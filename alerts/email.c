/*
 * One message, one SMTP conversation. The one door to libcurl.
 *
 * libcurl passes header lines on as they are, so they are made safe here: addresses of printable
 * ASCII in one strict shape, subjects as RFC 2047 encoded words unless they are short plain ASCII.
 * A message is the same message however often it is tried: its Message-ID comes from the key in the
 * outbox, its Date from as_of.
 */
#include "alerts/alerts.h"

#include "core/text.h"

#include <curl/curl.h>
#include <inttypes.h>
#include <string.h>

#define ADDRESS_MAX 254  // RFC 5321 4.5.3.1.3
#define SUBJECT_MAX 70   // longer ones are folded by being encoded
#define WORD_BYTES                                                                                 \
    39  // "Subject: " and 52 base64 characters in a word stay under RFC 2047 2.'s 76 a line
#define REPLY_MAX 300

// What the server said last, for the reason.
typedef struct Reply
{
    char text[REPLY_MAX];
} Reply;

static DeliveryOutcome
refuse(const char **reason, const char *words)
{
    *reason = words;
    return DELIVERY_REFUSED;
}

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

// Bytes of the next encoded word: at most WORD_BYTES, never cut inside a character.
static size_t
word_length(const char *text)
{
    size_t length = strlen(text);

    if (length <= WORD_BYTES)
        return length;
    length = WORD_BYTES;
    while (length > 1 && ((unsigned char)text[length] & 0xC0) == 0x80)
        length--;
    return length;
}

static const char *
header_text(Arena *arena, const char *text)
{
    Text out = {.arena = arena};

    if (is_plain(text))
        return text;
    while (*text != '\0') {
        const size_t length = word_length(text);

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

static void
release_curl(void *curl)
{
    curl_easy_cleanup(curl);
}

static void
release_mime(void *mime)
{
    curl_mime_free(mime);
}

// Lists are passed by the place that holds their head, which moves while they grow.
static void
release_list(void *list)
{
    curl_slist_free_all(*(struct curl_slist **)list);
}

static struct curl_slist **
list_create(Arena *arena)
{
    struct curl_slist **const list = ARENA_NEW(arena, struct curl_slist *);

    arena_defer(arena, release_list, list);
    return list;
}

static void
header_add(Arena *arena, struct curl_slist **headers, const char *name, const char *value)
{
    *headers = curl_slist_append(*headers, arena_printf(arena, "%s: %s", name, value));
}

static struct curl_slist *
message_headers(Arena *arena, const SmtpOptions *smtp, const Message *message)
{
    struct curl_slist **const headers = list_create(arena);
    const char *const id = text_sha256(arena, message->key, strlen(message->key));

    header_add(arena, headers, "From", smtp->from);
    header_add(arena, headers, "To", message->recipient);
    header_add(arena, headers, "Subject", header_text(arena, message->subject));
    header_add(arena, headers, "Date", header_date(arena, message->as_of));
    header_add(arena, headers, "Message-ID", arena_printf(arena, "<%.32s@vigie>", id));
    header_add(arena, headers, "Auto-Submitted", "auto-generated");
    header_add(arena, headers, "Content-Type", "multipart/alternative");
    return *headers;
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

static void
part_add(Arena *arena, curl_mime *mime, const char *type, const char *text)
{
    curl_mimepart *const part = curl_mime_addpart(mime);

    curl_mime_data(part, with_crlf(arena, text), CURL_ZERO_TERMINATED);
    curl_mime_type(part, type);
    curl_mime_encoder(part, "quoted-printable");
}

static size_t
on_reply(char *bytes, size_t size, size_t count, void *data)
{
    Reply *const reply = data;
    size_t length = size * count;

    if (length >= REPLY_MAX)
        length = REPLY_MAX - 1;
    memcpy(reply->text, bytes, length);
    reply->text[length] = '\0';
    reply->text[strcspn(reply->text, "\r\n")] = '\0';
    return size * count;
}

static void
release_url(void *url)
{
    curl_url_cleanup(url);
}

// Whether the server is this machine, named by its usual names.
static bool
is_local(Arena *arena, const char *url)
{
    CURLU *const parsed = curl_url();
    char *host = NULL;

    arena_defer(arena, release_url, parsed);
    if (curl_url_set(parsed, CURLUPART_URL, url, 0) != CURLUE_OK ||
        curl_url_get(parsed, CURLUPART_HOST, &host, 0) != CURLUE_OK)
        return false;

    const bool local = text_equal(host, "127.0.0.1") || text_equal(host, "[::1]") ||
                       text_equal_folded(host, "localhost");

    curl_free(host);
    return local;
}

// STARTTLS is used where it is offered. Who strips the offer on the way must not get the password.
static long
tls_wanted(Arena *arena, const SmtpOptions *smtp)
{
    const bool exposed = !text_is_empty(smtp->user) && !is_local(arena, smtp->url);

    return exposed ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_TRY;
}

static CURLcode
converse(Arena *arena, CURL *curl, const SmtpOptions *smtp, const Message *message, Reply *reply)
{
    struct curl_slist **const recipients = list_create(arena);
    curl_mime *const mime = curl_mime_init(curl);

    arena_defer(arena, release_mime, mime);
    part_add(arena, mime, "text/plain; charset=utf-8", message->text);
    part_add(arena, mime, "text/html; charset=utf-8", message->html);
    *recipients = curl_slist_append(*recipients, arena_printf(arena, "<%s>", message->recipient));

    curl_easy_setopt(curl, CURLOPT_URL, smtp->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");  // web proxies of the environment carry no mail
    curl_easy_setopt(curl, CURLOPT_USE_SSL, tls_wanted(arena, smtp));
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)smtp->timeout_seconds);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)smtp->timeout_seconds);
    if (!text_is_empty(smtp->user)) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, smtp->user);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, smtp->password);
    }
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, arena_printf(arena, "<%s>", smtp->from));
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, *recipients);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, message_headers(arena, smtp, message));
    curl_easy_setopt(curl, CURLOPT_MIMEPOST, mime);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_reply);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, reply);
    return curl_easy_perform(curl);
}

// What a person must change does not get better by waiting; everything else may.
static bool
is_final(CURLcode code, long status)
{
    if (status >= 400)
        return status >= 500;
    switch (code) {
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_NOT_BUILT_IN:
    case CURLE_LOGIN_DENIED:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_USE_SSL_FAILED:
        return true;
    default:
        return false;
    }
}

// A server may say anything, so also a password that it was just given.
static const char *
failure_words(Arena *arena, const SmtpOptions *smtp, CURLcode code, long status, const Reply *reply)
{
    const char *const said = text_clean(arena, reply->text);
    const bool tells = !text_is_empty(smtp->password) && strstr(said, smtp->password);

    if (status >= 400 && !text_is_empty(said) && !tells)
        return arena_printf(arena, "the mail server answered \"%s\"", said);
    if (status >= 400)
        return arena_printf(arena, "the mail server answered %ld", status);
    if (code == CURLE_USE_SSL_FAILED)
        return "the mail server offers no TLS, and the password is not sent without it";
    return arena_printf(arena, "could not reach the mail server: %s", curl_easy_strerror(code));
}

DeliveryOutcome
alert_send_email(Arena *arena, const SmtpOptions *smtp, const Message *message, const char **reason)
{
    if (!address_is_sound(message->recipient))
        return refuse(reason,
            arena_printf(arena, "invalid recipient \"%s\"", text_clean(arena, message->recipient)));
    if (!address_is_sound(smtp->from))
        return refuse(
            reason, arena_printf(arena, "invalid sender \"%s\"", text_clean(arena, smtp->from)));
    if (has_line_break(message->subject))
        return refuse(reason, "the subject holds a line break");

    Arena *const work = arena_create();
    CURL *const curl = curl_easy_init();
    arena_defer(work, release_curl, curl);
    Reply reply = {0};
    long status = 0;
    const CURLcode code = converse(work, curl, smtp, message, &reply);

    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    if (code != CURLE_OK)
        *reason = failure_words(arena, smtp, code, status, &reply);
    arena_destroy(work);
    if (code == CURLE_OK)
        return DELIVERY_SENT;
    return is_final(code, status) ? DELIVERY_REFUSED : DELIVERY_RETRY;
}
