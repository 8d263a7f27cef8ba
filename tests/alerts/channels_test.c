/*
 * Rules, letters and channels in one go, against real servers on loopback ports: the bytes of one message for each channel,
 * with hostile text in every outside field, and what each answer means.
 */
#include "alerts/channel.h"

#include "core/file.h"
#include "core/text.h"
#include "tests/harness/golden.h"
#include "tests/harness/sample_alerts.h"
#include "tests/harness/sink.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define SECRET "s3cret-key"
#define NOW    (20777 * HOURS_24 + 23 * HOUR)

static const char *
kept(Arena *arena, const char *folder, const char *name)
{
    Err err = {0};
    const char *const bytes = file_read(arena, file_join(arena, folder, name), 1 << 22, NULL, &err);

    return bytes ? bytes : "";
}

static const AlertChannel *
settings_of(const AlertDesk *desk, const char *name)
{
    const AlertChannel *const channels = desk->settings->alerts.channels.items;

    for (size_t i = 0; i < desk->settings->alerts.channels.count; i++)
        if (text_equal(channels[i].name, name))
            return &channels[i];
    return NULL;
}

// A channel of the settings that leads to a sink.
static Channel
channel_to(Arena *arena, const AlertDesk *desk, const char *name, const char *url)
{
    static const char *const names[] = {"to", "from", "text"};
    const AlertChannel *const settings = settings_of(desk, name);
    SmtpOptions *const smtp = ARENA_NEW(arena, SmtpOptions);
    Channel channel = {.kind = &channel_email,
        .name = name,
        .url = url,
        .secret = SECRET,
        .user = "",
        .from = "",
        .timeout_seconds = 60,
        .smtp = smtp};

    *smtp = (SmtpOptions){
        .url = url, .from = "vigie@example.org", .user = "", .password = "", .timeout_seconds = 60};
    if (!settings)
        return channel;
    channel.kind = channel_kind_find(settings->type);
    channel.user = settings->user;
    channel.from = settings->from;
    channel.form = text_equal(settings->encoding, "form");
    for (size_t i = 0; i < 3; i++)
        channel.fields[i] = settings->fields.count == 3 ? settings->fields.items[i] : names[i];
    return channel;
}

// All messages of a night by rule; each rule's first one is what is looked at.
static ComposedList
compose_all(Arena *arena, const AlertDesk *desk)
{
    size_t count;
    const Happening *const happenings = sample_happenings(arena, &count);
    ComposedList list = {.arena = arena};

    alerts_compose(desk, "night", happenings, count, &list);
    return list;
}

static const Message *
first_of(const ComposedList *list, const char *rule)
{
    for (size_t i = 0; i < list->count; i++)
        if (text_equal(list->items[i].message.rule, rule))
            return &list->items[i].message;
    fail_msg("no message by rule %s", rule);
    return NULL;
}

static void
one_message_of_each_channel_is_the_same_bytes(void **state)
{
    static const char *const rules[] = {"slack", "teams", "webhook", "freshdesk", "zendesk",
        "gorgias", "sms", "sms_json", "pagerduty"};
    Arena *const arena = arena_create();
    const AlertDesk desk = sample_desk(arena, "tests/alerts/rules.yaml");
    const ComposedList list = compose_all(arena, &desk);

    (void)state;
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        const char *folder;
        const char *const url = sink_start(arena, "channel_sink.py", "accept", &folder);
        const Message *const message = first_of(&list, rules[i]);
        const Channel channel = channel_to(arena, &desk, message->channel, url);
        const Delivery delivery = channel.kind->send(arena, &channel, message, NOW);

        if (delivery.outcome != DELIVERY_SENT)
            fail_msg("%s: %s", rules[i], delivery.reason);
        golden_check(arena_printf(arena, "tests/alerts/golden/channel_%s.txt", rules[i]),
            kept(arena, folder, "raw.txt"));
    }
    arena_destroy(arena);
}

static void
mails_are_the_same_bytes(void **state)
{
    static const char *const rules[] = {"email", "carrier", "customer"};
    Arena *const arena = arena_create();
    const AlertDesk desk = sample_desk(arena, "tests/alerts/rules.yaml");
    const ComposedList list = compose_all(arena, &desk);
    const char *folder;
    const char *const url = sink_start(arena, "smtp_sink.py", "accept", &folder);

    (void)state;
    if (!url)
        skip();
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        const Channel channel = channel_to(arena, &desk, "email", url);
        const Delivery delivery =
            channel.kind->send(arena, &channel, first_of(&list, rules[i]), NOW);

        if (delivery.outcome != DELIVERY_SENT)
            fail_msg("%s: %s", rules[i], delivery.reason);
        golden_check(arena_printf(arena, "tests/alerts/golden/channel_%s.eml", rules[i]),
            kept(arena, folder, "raw.txt"));
    }
    arena_destroy(arena);
}

// The second message about a case is a note on the ticket of the first.
static void
a_case_has_one_ticket(void **state)
{
    static const struct
    {
        const char *name, *requests;
    } desks[] = {
        {"zendesk", "GET /hook/api/v2/tickets.json?external_id=vigie-case-1\n"
                    "POST /hook/api/v2/tickets.json\n"
                    "GET /hook/api/v2/tickets.json?external_id=vigie-case-1\n"
                    "PUT /hook/api/v2/tickets/100.json\n"},
        {"freshdesk", "GET /hook/api/v2/search/tickets?query=%22tag%3A%27vigie-case-1%27%22\n"
                      "POST /hook/api/v2/tickets\n"
                      "GET /hook/api/v2/search/tickets?query=%22tag%3A%27vigie-case-1%27%22\n"
                      "POST /hook/api/v2/tickets/100/notes\n"},
        {"gorgias", "GET /hook/api/tickets?external_id=vigie-case-1&limit=1\n"
                    "POST /hook/api/tickets\n"
                    "GET /hook/api/tickets?external_id=vigie-case-1&limit=1\n"
                    "POST /hook/api/tickets/100/messages\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof desks / sizeof desks[0]; i++) {
        Arena *const arena = arena_create();
        const AlertDesk desk = sample_desk(arena, "tests/alerts/rules.yaml");
        const ComposedList list = compose_all(arena, &desk);
        const char *folder;
        const char *const url = sink_start(arena, "channel_sink.py", "accept", &folder);
        const Channel channel = channel_to(arena, &desk, desks[i].name, url);
        const Message *const message = first_of(&list, desks[i].name);
        Text seen = {.arena = arena};

        for (int time = 0; time < 2; time++)
            assert_int_equal(
                channel.kind->send(arena, &channel, message, NOW).outcome, DELIVERY_SENT);

        char *const lines = arena_copy(arena, kept(arena, folder, "requests.jsonl"));

        for (char *line = strtok(lines, "\n"); line; line = strtok(NULL, "\n")) {
            json_t *const request = json_loads(line, 0, NULL);

            text_add_format(&seen, "%s %s\n", json_string_value(json_object_get(request, "method")),
                json_string_value(json_object_get(request, "path")));
            json_decref(request);
        }
        assert_string_equal(text_get(&seen), desks[i].requests);
        arena_destroy(arena);
    }
}

// What each answer means for the message and for the channel; nothing that is said tells a secret.
static void
an_answer_says_what_next(void **state)
{
    static const struct
    {
        const char *channel, *mode;
        DeliveryOutcome outcome;
        const char *reason;
        int64_t retry_after;
        bool down;
    } cases[] = {
        {"slack", "429 7", DELIVERY_RETRY, "the server answered 429", 7, true},
        {"slack", "503 9", DELIVERY_RETRY, "the server answered 503", 9, true},
        {"slack", "500", DELIVERY_UNKNOWN, "the server answered 500", 0, false},
        {"slack", "404", DELIVERY_REFUSED, "the server answered 404", 0, false},
        {"teams", "redirect", DELIVERY_REFUSED,
            "the server answered 307: redirects are not followed", 0, false},
        {"webhook", "cut", DELIVERY_UNKNOWN, "no whole answer", 0, true},
        {"webhook", "stall", DELIVERY_UNKNOWN, "no whole answer: Timeout", 0, true},
        {"zendesk", "stall", DELIVERY_RETRY, "looking for the ticket: could not reach", 0, true},
        {"zendesk", "garbage", DELIVERY_RETRY, "looking for the ticket: the answer is no list", 0,
            false},
        {"zendesk", "secret", DELIVERY_REFUSED, "looking for the ticket: the server answered 403",
            0, false},
        {"freshdesk", "secret", DELIVERY_REFUSED, "looking for the ticket: the server answered 403",
            0, false},
        {"pagerduty", "secret", DELIVERY_REFUSED, "the server answered 403", 0, false},
        {"sms", "secret", DELIVERY_REFUSED, "the server answered 403", 0, false},
        {"sms_json", "secret", DELIVERY_REFUSED, "the server answered 403", 0, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Arena *const arena = arena_create();
        const AlertDesk desk = sample_desk(arena, "tests/alerts/rules.yaml");
        const ComposedList list = compose_all(arena, &desk);
        const char *folder;
        const char *const url = sink_start(arena, "channel_sink.py", cases[i].mode, &folder);
        Channel channel = channel_to(arena, &desk, cases[i].channel, url);

        if (text_equal(cases[i].mode, "stall"))
            channel.timeout_seconds = 1;

        const Delivery is =
            channel.kind->send(arena, &channel, first_of(&list, cases[i].channel), NOW);

        if (is.outcome != cases[i].outcome || is.retry_after_seconds != cases[i].retry_after ||
            is.channel_down != cases[i].down || !text_starts_with(is.reason, cases[i].reason) ||
            strstr(is.reason, SECRET) || strstr(is.reason, "/hook") || strstr(is.reason, "Basic") ||
            strstr(is.reason, "czNjcmV0"))
            fail_msg("%s, %s: outcome %d, after %d, down %d, \"%s\"", cases[i].channel,
                cases[i].mode, (int)is.outcome, (int)is.retry_after_seconds, is.channel_down,
                is.reason);
        arena_destroy(arena);
    }
}

// A redirect to a host that would take the secret leads nowhere.
static void
a_redirect_carries_nothing_away(void **state)
{
    Arena *const arena = arena_create();
    const AlertDesk desk = sample_desk(arena, "tests/alerts/rules.yaml");
    const ComposedList list = compose_all(arena, &desk);
    const char *folder, *thief;
    const char *const url = sink_start(arena, "channel_sink.py", "redirect", &folder);
    const char *const elsewhere = sink_start(arena, "channel_sink.py", "accept", &thief);
    const Channel channel = channel_to(arena, &desk, "webhook", url);
    Err err = {0};

    (void)state;
    assert_true(
        file_write(file_join(arena, folder, "elsewhere"), elsewhere, strlen(elsewhere), &err));
    assert_int_equal(channel.kind->send(arena, &channel, first_of(&list, "webhook"), NOW).outcome,
        DELIVERY_REFUSED);
    assert_string_equal(kept(arena, thief, "requests.jsonl"), "");
    arena_destroy(arena);
}

static void
nothing_is_said_but_to_a_sound_place(void **state)
{
    static const char *const urls[] = {"http://hooks.example/x", "http://127.0.0.2:1/",
        "ftp://127.0.0.1:1/", "file:///etc/passwd"};
    Arena *const arena = arena_create();
    const AlertDesk desk = sample_desk(arena, "tests/alerts/rules.yaml");
    const ComposedList list = compose_all(arena, &desk);

    (void)state;
    for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
        const Channel channel = channel_to(arena, &desk, "slack", urls[i]);

        assert_int_equal(channel.kind->send(arena, &channel, first_of(&list, "slack"), NOW).outcome,
            DELIVERY_REFUSED);
    }

    Channel broken = channel_to(arena, &desk, "sms_json", "http://127.0.0.1:1/");

    broken.secret = "k\r\nX-Evil: 1";
    assert_int_equal(broken.kind->send(arena, &broken, first_of(&list, "sms_json"), NOW).outcome,
        DELIVERY_REFUSED);
    arena_destroy(arena);
}

// 28 KB is what Teams takes; a long night is cut and says by how much. Slack takes 50 blocks.
static void
a_long_message_is_cut_to_what_the_channel_takes(void **state)
{
    static const char *const names[] = {"teams", "slack"};
    Arena *const arena = arena_create();
    const AlertDesk desk = sample_desk(arena, "tests/alerts/rules.yaml");
    const ComposedList list = compose_all(arena, &desk);
    const char *folder;
    const char *const url = sink_start(arena, "channel_sink.py", "accept", &folder);
    Text text = {.arena = arena};

    (void)state;
    for (int i = 0; i < 9000; i++)
        text_add_format(&text, "%d: a line of the night with \xC3\xA9 and \"quotes\"\n", i);
    for (size_t i = 0; i < 2; i++) {
        const Channel channel = channel_to(arena, &desk, names[i], url);
        Message message = *first_of(&list, names[i]);

        message.text = text_get(&text);
        assert_int_equal(channel.kind->send(arena, &channel, &message, NOW).outcome, DELIVERY_SENT);

        const char *const body = strstr(kept(arena, folder, "raw.txt"), "\n\n") + 2;
        json_t *const json = json_loads(body, 0, NULL);

        assert_non_null(json);
        if (i == 0)
            assert_true(strlen(body) <= (size_t)28 * 1024);
        else
            assert_int_equal(json_array_size(json_object_get(json, "blocks")), 50);
        assert_non_null(
            strstr(body, i == 0 ? "more lines in the report" : "and more in the report"));
        json_decref(json);
    }
    arena_destroy(arena);
}

static void
the_folder_takes_a_message_once(void **state)
{
    Arena *const arena = arena_create();
    const AlertDesk desk = sample_desk(arena, "tests/alerts/rules.yaml");
    const ComposedList list = compose_all(arena, &desk);
    char folder[] = "/tmp/vigie-drop-XXXXXX";
    Channel channel = channel_to(arena, &desk, "folder", "");
    Err err = {0};
    size_t count = 0;

    (void)state;
    assert_non_null(mkdtemp(folder));
    channel.folder = file_join(arena, folder, "new/drop");
    for (int time = 0; time < 2; time++)
        assert_int_equal(
            channel.kind->send(arena, &channel, first_of(&list, "folder"), NOW).outcome,
            DELIVERY_SENT);

    const char **const files = file_list(arena, channel.folder, ".txt", &count, &err);

    assert_int_equal(count, 1);
    golden_check(
        "tests/alerts/golden/channel_folder.txt", file_read(arena, files[0], 1 << 20, NULL, &err));
    channel.folder = "/proc/nowhere";
    assert_int_equal(channel.kind->send(arena, &channel, first_of(&list, "folder"), NOW).outcome,
        DELIVERY_RETRY);
    assert_int_equal(system(arena_printf(arena, "rm -r %s", folder)), 0);
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_message_of_each_channel_is_the_same_bytes),
        cmocka_unit_test(mails_are_the_same_bytes),
        cmocka_unit_test(a_case_has_one_ticket),
        cmocka_unit_test(an_answer_says_what_next),
        cmocka_unit_test(a_redirect_carries_nothing_away),
        cmocka_unit_test(nothing_is_said_but_to_a_sound_place),
        cmocka_unit_test(a_long_message_is_cut_to_what_the_channel_takes),
        cmocka_unit_test(the_folder_takes_a_message_once),
    };

    return cmocka_run_group_tests_name("channels", tests, NULL, NULL);
}
