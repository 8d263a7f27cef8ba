/*
 * web.h - what channels that speak HTTP share: requests with JSON, what an answer means, and words for it that tell no secret.
 */
#ifndef ALERTS_WEB_H
#define ALERTS_WEB_H

#include "alerts/channel.h"
#include "alerts/transfer.h"

#include <jansson.h>

// What an answer means for the next attempt. 409 says that the first attempt under this key is still being worked on; 408, 425,
// 429 and 503 that this one was not; other codes from 500 on leave open what was done.
DeliveryOutcome web_outcome(const TransferResult *result);

// The answer in words, owned by the arena. A server may say anything, so also what it was just given: what it said is left out
// when it holds one of the secrets ("" is none).
const char *web_reason(
    Arena *arena, const TransferResult *result, const char *const *secrets, size_t secret_count);

typedef struct WebRequest
{
    const char *method;          // "POST"
    const char *url;             // "" for the channel's own
    const char *type;            // of the body: "application/json"
    const char *body;            // NULL for none
    const char *const *headers;  // whole lines; beside type and authorization
    size_t header_count;
    const char *authorization;  // "Bearer ..."; NULL for none
} WebRequest;

// One request to a channel. *answer (may be NULL) takes what was said when the outcome is SENT.
Delivery web_send(Arena *arena, const Channel *channel, const WebRequest *request, Text *answer);

// The same with a JSON value as its body, which is let go.
Delivery web_send_json(
    Arena *arena, const Channel *channel, const WebRequest *request, json_t *body, Text *answer);

// "Basic ..." of a user and the channel's secret. Owned by the arena.
const char *web_basic(Arena *arena, const char *user, const char *password);

// At most length bytes of a text, cut at a character's end and then with "..." behind. Owned by the arena.
const char *web_cut(Arena *arena, const char *text, size_t length);

#endif
