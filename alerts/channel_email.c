/*
 * By mail. The conversation itself is email.c's.
 */
#include "alerts/channel.h"

// A refusal by the server is about one message; a server that cannot be reached has no ear for the others either.
static Delivery
send_email(Arena *arena, const Channel *channel, const Message *message, Instant now)
{
    Delivery delivery = {.reason = ""};
    Message whole = *message;

    (void)now;
    whole.attachments = alert_enclosure(arena, message);
    whole.attachment_count = whole.attachments != NULL;
    delivery.outcome = alert_send_email(arena, channel->smtp, &whole, &delivery.reason);
    delivery.channel_down =
        delivery.outcome == DELIVERY_RETRY || delivery.outcome == DELIVERY_UNKNOWN;
    return delivery;
}

const ChannelKind channel_email = {
    .name = "email", .needs = CHANNEL_NEEDS_RECIPIENT, .form = WORDS_TEXT, .send = send_email};
