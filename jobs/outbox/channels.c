#include "jobs/outbox/channels.h"

#include "core/file.h"
#include "jobs/outbox/mail.h"

#include <ctype.h>
#include <string.h>

#define SECRET_BYTES_MAX 4096

static const char *
environment_value(const Job *job, const char *name)
{
    const size_t length = strlen(name);

    for (char *const *entry = job->environment; entry != NULL && *entry != NULL; entry++)
        if (strncmp(*entry, name, length) == 0 && (*entry)[length] == '=')
            return *entry + length + 1;
    return NULL;
}

// "VIGIE_CHANNEL_OPS_URL".
static const char *
variable_of(Arena *arena, const char *owner, const char *what)
{
    char *const name = arena_printf(arena, "VIGIE_%s_%s", owner, what);

    for (char *at = name; *at != '\0'; at++)
        *at = (char)toupper((unsigned char)*at);
    return name;
}

// systemd's place for secrets (LoadCredential): "$CREDENTIALS_DIRECTORY/ops_url"; NULL without one.
static const char *
credential_of(const Job *job, Arena *arena, const char *owner, const char *what)
{
    const char *const folder = environment_value(job, "CREDENTIALS_DIRECTORY");

    return folder == NULL ? NULL
                          : file_join(arena, folder, arena_printf(arena, "%s_%s", owner, what));
}

static bool
read_first_line(Arena *arena, const char *path, const char **out, Err *err)
{
    char *const bytes = file_read(arena, path, SECRET_BYTES_MAX, NULL, err);

    if (bytes == NULL)
        return false;
    bytes[strcspn(bytes, "\r\n")] = '\0';
    *out = bytes;
    return true;
}

const char *
secret_look_for(
    const Job *job, Arena *arena, SecretName name, const char *file, const char **problem)
{
    const char *const what = name.what;
    const char *const variable = variable_of(arena, name.variable, what);
    const char *const credential = credential_of(job, arena, name.credential, what);
    const char *found = "";
    Err err = {0}, ignored = {0};

    if (*file != '\0') {
        if (!read_first_line(arena, file, &found, &err))
            *problem = arena_printf(arena, "no %s: %s", what, err.text);
        else if (*found == '\0')
            *problem = arena_printf(arena, "no %s: the first line of \"%s\" is empty", what, file);
        return found;
    }
    if (environment_value(job, variable) != NULL)
        found = environment_value(job, variable);
    else if (credential != NULL)
        read_first_line(arena, credential, &found, &ignored);
    if (*found == '\0')
        *problem = arena_printf(arena,
            "no %s: looked for the environment variable %s%s%s; or name a file in %s_file", what,
            variable, credential == NULL ? "" : " and the file ",
            credential == NULL ? "" : credential, what);
    return found;
}

static const char *
look_for(const Job *job, Arena *arena, const char *channel, const char *what, const char *file,
    const char **problem)
{
    const SecretName name = {arena_printf(arena, "CHANNEL_%s", channel), channel, what};

    return secret_look_for(job, arena, name, file, problem);
}

static Door
door_of(const Job *job, Arena *arena, const AlertChannel *settings)
{
    static const char *const names[] = {"to", "from", "text"};
    const ChannelKind *const kind = channel_kind_find(settings->type);
    Door door = {
        .problem = "",
        .channel = {.kind = kind,
            .name = settings->name,
            .url = settings->url,
            .secret = "",
            .user = settings->user,
            .from = settings->from,
            .folder = settings->folder,
            .form = text_equal(settings->encoding, "form"),
            .timeout_seconds = job->settings->alerts.timeout_seconds},
    };
    Channel *const channel = &door.channel;
    const char *ignored = "";

    for (size_t i = 0; i < 3; i++)
        channel->fields[i] = settings->fields.count == 3 ? settings->fields.items[i] : names[i];
    if (kind->needs & CHANNEL_NEEDS_SECRET)
        channel->secret =
            look_for(job, arena, settings->name, "secret", settings->secret_file, &door.problem);
    if ((kind->needs & CHANNEL_NEEDS_URL) && *channel->url == '\0')
        channel->url = look_for(job, arena, settings->name, "url", settings->url_file,
            kind->url == NULL ? &door.problem : &ignored);
    if (*channel->url == '\0' && kind->url != NULL)
        channel->url = kind->url;
    return door;
}

static Door
mail_door(const Job *job, Arena *arena)
{
    SmtpOptions *const smtp = ARENA_NEW(arena, SmtpOptions);
    Door door = {
        .problem = "",
        .channel = {.kind = &channel_email,
            .name = "email",
            .url = job->settings->alerts.smtp_url,
            .secret = "",
            .user = "",
            .from = job->settings->alerts.from,
            .folder = "",
            .timeout_seconds = job->settings->alerts.timeout_seconds,
            .smtp = smtp},
    };
    Err err = {0};

    if (!mail_options(job, smtp, &err))
        door.problem = arena_copy(arena, err.text);
    else if (*smtp->url == '\0')
        door.problem = "no mail server: alerts.smtp_url is not set";
    return door;
}

Doors
channels_open(const Job *job, Arena *arena)
{
    const RecordList *const list = &job->settings->alerts.channels;
    const AlertChannel *const channels = list->items;
    Doors doors = {.items = ARENA_ARRAY(arena, Door, list->count + 1), .count = list->count + 1};

    doors.items[0] = mail_door(job, arena);
    for (size_t i = 0; i < list->count; i++)
        doors.items[i + 1] = door_of(job, arena, &channels[i]);
    return doors;
}

const Door *
channels_find(const Doors *doors, const char *name)
{
    for (size_t i = 0; i < doors->count; i++)
        if (text_equal(doors->items[i].channel.name, name))
            return &doors->items[i];
    return NULL;
}
