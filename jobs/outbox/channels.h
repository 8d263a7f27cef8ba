/*
 * channels.h - the channels of the settings, with their addresses and secrets found where they are kept.
 */
#ifndef JOBS_OUTBOX_CHANNELS_H
#define JOBS_OUTBOX_CHANNELS_H

#include "alerts/channel.h"
#include "jobs/frame/job.h"

// A channel, or why it cannot be used.
typedef struct Door
{
    Channel channel;
    const char *problem;  // "" when there is none; says where a secret was looked for
} Door;

typedef struct Doors
{
    Door *items;
    size_t count;
} Doors;

// Where a secret is looked for: VIGIE_VARIABLE_WHAT of the environment, $CREDENTIALS_DIRECTORY/CREDENTIAL_WHAT of systemd.
typedef struct SecretName
{
    const char *variable, *credential, *what;  // "CHANNEL_ops", "ops", "url"
} SecretName;

// A url or a secret: the first line of the file that the settings name, else from the environment, else systemd's credential. ""
// with *problem set, which says where it was looked for, when it is nowhere. Owned by the arena.
const char *secret_look_for(
    const Job *job, Arena *arena, SecretName name, const char *file, const char **problem);

// All channels of the settings, email first. An address or a secret that is not there is the problem of its channel alone.
// Owned by the arena.
Doors channels_open(const Job *job, Arena *arena);

// The channel of that name; NULL when there is none.
const Door *channels_find(const Doors *doors, const char *name);

#endif
