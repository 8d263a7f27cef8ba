#include "alerts/transfer.h"

#include "core/text.h"

#include <curl/curl.h>
#include <string.h>

#define CONNECT_SECONDS 30
#define WAIT_MAX        (24 * 3600)  // whatever a server asks for

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
release_url(void *url)
{
    curl_url_cleanup(url);
}

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

bool
transfer_is_local(const char *url)
{
    Arena *const arena = arena_create();
    const bool local = is_local(arena, url);

    arena_destroy(arena);
    return local;
}

static void add_parts(CURL *curl, curl_mime *mime, const TransferPart *parts, size_t count);

// libcurl owns a multipart within another one.
static void
add_part(CURL *curl, curl_mime *mime, const TransferPart *part)
{
    curl_mimepart *const made = curl_mime_addpart(mime);

    if (part->part_count > 0) {
        curl_mime *const inner = curl_mime_init(curl);

        add_parts(curl, inner, part->parts, part->part_count);
        curl_mime_subparts(made, inner);
    } else {
        curl_mime_data(made, part->bytes, part->length);
    }
    curl_mime_type(made, part->type);
    if (part->name)
        curl_mime_name(made, part->name);
    if (part->file_name)
        curl_mime_filename(made, part->file_name);
    if (part->encoder)
        curl_mime_encoder(made, part->encoder);
}

static void
add_parts(CURL *curl, curl_mime *mime, const TransferPart *parts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add_part(curl, mime, &parts[i]);
}

static void
set_common(Arena *arena, CURL *curl, const Transfer *transfer)
{
    struct curl_slist **const headers = list_create(arena);

    for (size_t i = 0; i < transfer->header_count; i++)
        *headers = curl_slist_append(*headers, transfer->headers[i]);
    curl_easy_setopt(curl, CURLOPT_URL, transfer->url);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)transfer->timeout_seconds);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT,
        transfer->timeout_seconds < CONNECT_SECONDS ? (long)transfer->timeout_seconds
                                                    : (long)CONNECT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, *headers);
}

static void
set_parts(Arena *arena, CURL *curl, const Transfer *transfer)
{
    curl_mime *const mime = curl_mime_init(curl);

    arena_defer(arena, release_mime, mime);
    add_parts(curl, mime, transfer->parts, transfer->part_count);
    curl_easy_setopt(curl, CURLOPT_MIMEPOST, mime);
}

// The last line replaces the one before.
static size_t
on_line(char *bytes, size_t size, size_t count, void *data)
{
    char *const reply = data;
    size_t length = size * count;

    if (length >= TRANSFER_REPLY_MAX)
        length = TRANSFER_REPLY_MAX - 1;
    memcpy(reply, bytes, length);
    reply[length] = '\0';
    reply[strcspn(reply, "\r\n")] = '\0';
    return size * count;
}

// The beginning of a body; the rest is let go.
static void
keep_beginning(char *reply, const char *bytes, size_t length)
{
    const size_t had = strlen(reply), room = TRANSFER_REPLY_MAX - 1 - had;
    const size_t kept = length < room ? length : room;

    memcpy(reply + had, bytes, kept);
    reply[had + kept] = '\0';
}

// Where an answer goes: its beginning for people, the whole for programs.
typedef struct Reading
{
    TransferResult *result;
    Text *answer;
} Reading;

// More than anybody should say ends the conversation.
static size_t
on_answer(char *bytes, size_t size, size_t count, void *data)
{
    const Reading *const reading = data;

    keep_beginning(reading->result->reply, bytes, size * count);
    if (!reading->answer)
        return size * count;
    if (reading->answer->length + size * count > TRANSFER_ANSWER_MAX)
        return 0;
    text_add_bytes(reading->answer, bytes, size * count);
    return size * count;
}

static bool
is_hopeless(CURLcode code)
{
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

static void
perform(CURL *curl, TransferResult *result)
{
    const CURLcode code = curl_easy_perform(curl);
    curl_off_t sent = 0, wait = 0;

    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &result->status);
    curl_easy_getinfo(curl, CURLINFO_SIZE_UPLOAD_T, &sent);
    curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &wait);
    result->retry_after_seconds = wait <= 0 ? 0 : wait < WAIT_MAX ? wait : WAIT_MAX;
    result->done = code == CURLE_OK;
    result->began = sent > 0;
    result->hopeless = is_hopeless(code);
    result->no_tls = code == CURLE_USE_SSL_FAILED;
    result->error = code == CURLE_OK ? "" : curl_easy_strerror(code);
}

static void
set_mail(Arena *arena, CURL *curl, const Transfer *transfer, TransferResult *result)
{
    struct curl_slist **const recipients = list_create(arena);

    set_parts(arena, curl, transfer);
    *recipients = curl_slist_append(*recipients, arena_printf(arena, "<%s>", transfer->mail_to));
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");  // web proxies of the environment carry no mail
    curl_easy_setopt(curl, CURLOPT_USE_SSL,
        transfer->tls_required ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_TRY);
    if (!text_is_empty(transfer->user)) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, transfer->user);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, transfer->password);
    }
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, arena_printf(arena, "<%s>", transfer->mail_from));
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, *recipients);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_line);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, result->reply);
}

static void
set_body(Arena *arena, CURL *curl, const Transfer *transfer)
{
    const bool posts = !transfer->method || text_equal(transfer->method, "POST");

    if (transfer->body) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)strlen(transfer->body));
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, transfer->body);
    } else if (posts) {
        set_parts(arena, curl, transfer);
    }
    if (!posts)
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, transfer->method);
}

static void
set_http(Arena *arena, CURL *curl, const Transfer *transfer, TransferResult *result)
{
    const bool local = is_local(arena, transfer->url);
    Reading *const reading = ARENA_NEW(arena, Reading);

    *reading = (Reading){result, transfer->answer};
    set_body(arena, curl, transfer);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, local ? "http,https" : "https");
    if (local)
        curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "vigie/" VIGIE_VERSION);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_answer);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, reading);
}

static TransferResult
converse(const Transfer *transfer, void (*set)(Arena *, CURL *, const Transfer *, TransferResult *))
{
    Arena *const arena = arena_create();
    CURL *const curl = curl_easy_init();
    TransferResult result = {.error = "libcurl does not start"};

    arena_defer(arena, release_curl, curl);
    if (curl) {
        set_common(arena, curl, transfer);
        set(arena, curl, transfer, &result);
        perform(curl, &result);
    }
    arena_destroy(arena);
    return result;
}

TransferResult
transfer_mail(const Transfer *transfer)
{
    return converse(transfer, set_mail);
}

TransferResult
transfer_http(const Transfer *transfer)
{
    return converse(transfer, set_http);
}

const char *
transfer_escape(Arena *arena, const char *text)
{
    char *const escaped = curl_easy_escape(NULL, text, (int)strlen(text));
    const char *const copy = arena_copy(arena, escaped);

    curl_free(escaped);
    return copy;
}
