/*
 * A folder: a file for each message, whose name is made of its key, so that a second attempt writes the same file.
 */
#include "alerts/channel.h"

#include "core/file.h"
#include "core/hash.h"
#include "core/text.h"

#include <string.h>

#define NAME_BYTES 60

// "case_17_worse_3f2a9c11.txt": readable, and told apart by the fingerprint.
static const char *
name_of(Arena *arena, const char *key)
{
    return arena_printf(arena, "%.*s_%.8s.txt", NAME_BYTES, text_slug(arena, key),
        text_sha256(arena, key, strlen(key)));
}

static Delivery
send_folder(Arena *arena, const Channel *channel, const Message *message, Instant now)
{
    const char *const path = file_join(arena, channel->folder, name_of(arena, message->key));
    const char *const bytes = arena_printf(arena, "%s\n%s\n\n%s", message->subject,
        instant_print(arena, message->as_of), message->text);
    Err err = {0};

    (void)now;
    if (file_make_folder(channel->folder, &err) && file_write(path, bytes, strlen(bytes), &err))
        return (Delivery){DELIVERY_SENT, arena_printf(arena, "written to %s", path), 0, false};
    return (Delivery){DELIVERY_RETRY, arena_copy(arena, err.text), 0, true};
}

const ChannelKind channel_folder = {.name = "folder", .form = WORDS_TEXT, .send = send_folder};
