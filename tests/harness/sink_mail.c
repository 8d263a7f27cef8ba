#include "tests/harness/sink_mail.h"

#include "tests/harness/sink.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

const char *
sink_mail(Arena *arena, const char *mode, const char **folder)
{
    const char *const url = sink_start(arena, "smtp_sink.py", mode, folder);

    if (!url) {
        print_message("python3-aiosmtpd is not installed: skipped\n");
        arena_destroy(arena);
        skip();
    }
    return url;
}

DeliveryOutcome
sink_send(Arena *arena, const char *url, const Message *message, const char **reason)
{
    const SmtpOptions smtp = {
        .url = url, .from = "vigie@example.org", .user = "", .password = "", .timeout_seconds = 60};

    *reason = "";
    return alert_send_email(arena, &smtp, message, reason);
}
