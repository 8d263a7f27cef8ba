#include "alerts/channel.h"

#include "core/text.h"

static const ChannelKind *const kinds[] = {
    &channel_email,
    &channel_slack,
    &channel_teams,
    &channel_webhook,
    &channel_freshdesk,
    &channel_zendesk,
    &channel_gorgias,
    &channel_sms,
    &channel_pagerduty,
    &channel_folder,
};

const ChannelKind *
channel_kind_find(const char *name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (text_equal(kinds[i]->name, name))
            return kinds[i];
    return NULL;
}
