/*
 * settings.h - every setting as a typed field. The table in fields.c is the only place that names a setting;
 * the loader, `vigie config sample|schema|show`, the man page and the checks are driven by it.
 */
#ifndef CONFIG_SETTINGS_H
#define CONFIG_SETTINGS_H

#include "config/problems.h"
#include "core/arena.h"
#include "core/err.h"
#include "core/text.h"

#include <stdint.h>

typedef struct TextList
{
    const char *const *items;
    size_t count;
} TextList;

// Records of a list in the settings: an array of the type that its member names.
typedef struct RecordList
{
    const void *items;
    size_t count;
} RecordList;

// Where messages go. The channel "email" needs no record: it is the mail server of the settings.
typedef struct AlertChannel
{
    const char *name, *type;     // "ops", "slack"
    const char *url, *url_file;  // a secret; "" where the surroundings say it
    const char *secret_file;     // of a token or key; "" where the surroundings say it
    const char *user, *from;     // "" for none
    TextList fields;             // SMS: the names of to, from and text
    const char *encoding;        // SMS: "form" or "json"
    const char *folder;          // of "folder"
} AlertChannel;

// What is worth a message, to whom, through what, how often.
typedef struct AlertRule
{
    const char *name;
    TextList when;             // "new", "worse", "due", "incident", "feed", "failed"
    TextList kinds, carriers;  // empty for all
    const char *at_least;      // kind of case that is the least grave one; "" for all
    double probability;        // of being late or lost, at least
    const char *value;         // of the parcel or claim, at least; amount in currency
    int64_t due_days;          // a claim is due so many days before somebody must have acted
    const char *audience;      // "logistics", "finance", "support", "carrier", "customer"
    const char *channel;
    TextList to;              // addresses or numbers, where the channel needs them
    const char *frequency;    // "digest", "immediately"
    const char *quiet_hours;  // "22:00-07:00"; "" for none
    int64_t limit;            // things in a digest, or messages of a night
    const char *language;     // "default", "en", "fr"
    const char *attach;       // "none", "csv", "json"
} AlertRule;

typedef struct Settings
{
    const char *file;  // absolute path of the settings file, "" when there is none

    struct
    {
        const char
            *url;  // libpq URI or keywords, without a password; "" leaves it all to PG* variables
        const char *schema;
        int64_t connect_timeout_seconds, statement_timeout_seconds, lock_timeout_seconds;
        int64_t attempts;       // at what fails for a while
        int64_t lease_seconds;  // the right to run lasts without a sign of life
    } database;

    struct
    {
        const char *url;                // "" for the same database
        const char *shipments, *scans;  // "schema.table", or a SELECT
        const char *time_zone;          // of timestamps without a zone; "" means time_zone
        int64_t page_shipments;         // shipments read at a time by one worker
        int64_t workers;
    } source;

    const char *time_zone;  // of the logical date and the promise
    const char *calendar;   // country whose holidays count: "FR"
    const char *currency;   // of costs and totals: "EUR"
    const char *language;   // "fr" or "en"
    const char *output;     // folder of reports and documents, absolute after loading

    struct
    {
        const char *name, *address, *email, *account;
    } merchant;

    struct
    {
        TextList catalogues;    // folders or files that add to or override the shipped carriers
        TextList vocabularies;  // ids of vocabularies that are asked before a carrier's own rows
    } carriers;

    struct
    {
        int64_t window_days, half_life_days;
        int64_t loss_half_life_days, loss_horizon_days;
        double minimum_events;
    } learn;

    struct
    {
        TextList excluded_services;  // untracked ones
        double at_risk_probability;  // at risk when P(late) is at least this
        int64_t late_grace_hours;
        double stuck_false_alarms;  // expected false stuck cases a night
        double lost_probability;    // lost when P(lost) is at least this
        double lost_false_share;    // and the list expects at most this share of false ones
        double
            slow_share;  // too slow in customs, after an attempt, ...: at most this share waits so long
        int64_t customs_days, attempt_days, handoff_days,
            return_days;              // working days, where too little is known of such waits
        int64_t pickup_days;          // how long a pick-up point keeps a parcel
        int64_t pickup_notice_days;   // so many days before, it is time to tell
        int64_t dead_days;            // working days a carrier may not know a new number
        int64_t contradiction_hours;  // by which scans must contradict each other
    } detect;

    struct
    {
        const char *contact;  // cost of one "where is my order" contact, amount in currency
    } cost;

    struct
    {
        const char *use;       // "stated", also "derived", also "learned"
        double learned_share;  // of those that arrive, in time by a learned promise
    } promises;

    struct
    {
        TextList terms;       // folders or files that add to or override the shipped terms
        const char *filing;   // cost of filing one claim, amount in currency
        int64_t margin_days;  // act_by lies so many days before the date it is for
        const char
            *drop_folder;      // where submissions for a portal or a drop box are put; "" for none
        const char *tokens;    // folder of files with tokens for HTTP, named by terms; "" for none
        TextList settlements;  // folders or files with the layouts of settlements
    } claims;

    struct
    {
        const char *smtp_url;  // smtp://host:port; "" sends no e-mail
        const char *from;
        TextList to;
        const char *user, *password_file;
        int64_t
            deliver_within_days;  // deliveries are off for an as-of older than this unless --deliver
        int64_t attempts;
        int64_t timeout_seconds;   // of one request
        int64_t patience_seconds;  // how long deliveries wait in all for channels that are busy
        const char *templates;  // folder of templates that win over the shipped ones; "" for none
        RecordList channels;    // of AlertChannel
        RecordList rules;       // of AlertRule
    } alerts;

    struct
    {
        int64_t
            case_pages;  // so many of the costliest cases get a page of their own, and as many new or worse ones
    } report;

    struct
    {
        const char *textfile;  // for Prometheus; "" for none
    } metrics;

    struct
    {
        const char *file;         // OpenLineage events are added to; "" for none
        const char *url;          // they are posted to; "" for none
        const char *secret_file;  // of the key for it; "" where the surroundings say it
        const char *namespace;    // of jobs and data sets in them
    } lineage;

    struct
    {
        int64_t set_aside;  // more rows set aside than this make the run end with exit 3
    } tolerate;

    struct
    {
        int64_t messages_days, set_aside_days, findings_days, cases_days, claims_days,
            runs_days;  // 0 for ever
    } retention;
} Settings;

// One value given outside the file: an option ("--set path=value") has origin "option"; the environment is read
// by the loader itself, as VIGIE_DATABASE_URL for database.url.
typedef struct SettingOverride
{
    const char *path, *value;
} SettingOverride;

// Where the value in force came from, beside it; what `vigie config show` prints.
typedef struct SettingOrigin
{
    const char *path, *value,
        *origin;  // origin: "default", "file:line", "environment NAME", "option"
} SettingOrigin;

typedef struct SettingsLoaded
{
    const Settings *settings;
    const SettingOrigin *origins;  // in table order
    size_t origin_count;
    const char *sha256;  // of the values in force; the runs table keeps it
} SettingsLoaded;

// Load settings: option over environment over file over default. path NULL means no file (all defaults).
// environment is a NULL-terminated array like environ. False when there was any problem: all of them are in
// problems, err says how many (ERR_CONFIG). Relative paths in the file resolve against its folder. A password
// in a URL, an unrecognized key (the nearest known name is given), a duplicate key, an alias, an anchor, a tag
// or an absurd size is a problem.
bool settings_load(Arena *arena, const char *path, const SettingOverride *overrides,
    size_t override_count, char *const *environment, SettingsLoaded *out, Problems *problems,
    Err *err);

// The commented sample: every setting with its default and meaning. Loads without problems.
void settings_print_sample(Text *out);

// JSON Schema (2020-12) of the settings file, for editors.
void settings_print_schema(Text *out);

// "path = value   # origin", one a line; values that could hold a secret are redacted.
void settings_print_effective(Text *out, const SettingsLoaded *loaded);

#endif
