#include "config/fields.h"

#include "config/checks.h"

#include <stddef.h>

static const char *const LANGUAGES[] = {"en", "fr", NULL};
static const char *const PROMISES[] = {"stated", "derived", "learned", NULL};

static const Field general[] = {
    {
        .path = "source.url",
        .type = FIELD_TEXT,
        MEMBER(source.url),
        .initial = "",
        .check = check_connection,
        .secret = true,
        .help = "where the shipments and scans are, when not in the same database",
    },
    {
        .path = "source.shipments",
        .type = FIELD_TEXT,
        MEMBER(source.shipments),
        .initial = "vigie_source.shipments",
        .check = check_not_empty,
        .help = "relation of the shipments: schema.table, or a SELECT",
    },
    {
        .path = "source.scans",
        .type = FIELD_TEXT,
        MEMBER(source.scans),
        .initial = "vigie_source.scans",
        .check = check_not_empty,
        .help = "relation of the scans: schema.table, or a SELECT",
    },
    {
        .path = "source.time_zone",
        .type = FIELD_TEXT,
        MEMBER(source.time_zone),
        .initial = "",
        .check = check_time_zone_or_none,
        .help = "zone of source timestamps that have none; empty means time_zone",
    },
    {
        .path = "source.page_shipments",
        .type = FIELD_INT,
        MEMBER(source.page_shipments),
        .initial = "20000",
        .min = 1,
        .max = 1000000,
        .help = "shipments one worker reads at a time; bounds the memory",
    },
    {
        .path = "source.workers",
        .type = FIELD_INT,
        MEMBER(source.workers),
        .initial = "2",
        .min = 1,
        .max = 64,
        .help = "connections that read at the same time; the result does not depend on it",
    },
    {
        .path = "time_zone",
        .type = FIELD_TEXT,
        MEMBER(time_zone),
        .initial = "Europe/Paris",
        .check = check_time_zone,
        .help = "zone of logical dates, promises and reports",
    },
    {
        .path = "calendar",
        .type = FIELD_TEXT,
        MEMBER(calendar),
        .initial = "FR",
        .check = check_calendar,
        .help =
            "country, or region of one (FR-57), whose holidays count; a parcel to another country "
            "with a calendar goes by that one",
    },
    {
        .path = "currency",
        .type = FIELD_TEXT,
        MEMBER(currency),
        .initial = "EUR",
        .check = check_currency,
        .help = "ISO 4217 currency of costs and totals",
    },
    {
        .path = "language",
        .type = FIELD_CHOICE,
        MEMBER(language),
        .initial = "en",
        .choices = LANGUAGES,
        .help = "language of reports, messages and what is said of a parcel; what a night said "
                "stays in its language",
    },
    {
        .path = "output",
        .type = FIELD_PATH,
        MEMBER(output),
        .initial = "./vigie-out",
        .check = check_not_empty,
        .help = "folder of reports and documents, relative to this file",
    },
    {
        .path = "merchant.name",
        .type = FIELD_TEXT,
        MEMBER(merchant.name),
        .initial = "",
        .help = "who claims: the name on claims and reports",
    },
    {
        .path = "merchant.address",
        .type = FIELD_TEXT,
        MEMBER(merchant.address),
        .initial = "",
        .help = "postal address on claims",
    },
    {
        .path = "merchant.email",
        .type = FIELD_TEXT,
        MEMBER(merchant.email),
        .initial = "",
        .check = check_email_or_none,
        .help = "address for the answers of carriers",
    },
    {
        .path = "merchant.account",
        .type = FIELD_TEXT,
        MEMBER(merchant.account),
        .initial = "",
        .help = "customer number at the carriers",
    },
    {
        .path = "carriers.catalogues",
        .type = FIELD_PATHS,
        MEMBER(carriers.catalogues),
        .initial = "",
        .help = "folders or files that add to or override the shipped carriers",
    },
    {
        .path = "carriers.vocabularies",
        .type = FIELD_TEXTS,
        MEMBER(carriers.vocabularies),
        .initial = "",
        .help = "vocabularies that the source speaks, asked before a carrier's own codes",
    },
    {
        .path = "learn.window_days",
        .type = FIELD_INT,
        MEMBER(learn.window_days),
        .initial = "365",
        .min = 14,
        .max = 3650,
        .help =
            "how far back learning looks; older parcels are watched no more, and their cases end",
    },
    {
        .path = "learn.half_life_days",
        .type = FIELD_INT,
        MEMBER(learn.half_life_days),
        .initial = "60",
        .min = 1,
        .max = 3650,
        .help = "age at which a gap between scans counts half",
    },
    {
        .path = "learn.loss_half_life_days",
        .type = FIELD_INT,
        MEMBER(learn.loss_half_life_days),
        .initial = "120",
        .min = 1,
        .max = 3650,
        .help = "the same for the share of lost parcels, which needs more history",
    },
    {
        .path = "learn.loss_horizon_days",
        .type = FIELD_INT,
        MEMBER(learn.loss_horizon_days),
        .initial = "30",
        .min = 1,
        .max = 365,
        .help = "a gap still open after so long counts as a loss when learning",
    },
    {
        .path = "learn.minimum_events",
        .type = FIELD_REAL,
        MEMBER(learn.minimum_events),
        .initial = "30",
        .min = 1,
        .max = 100000,
        .help = "weighted events a segment needs before it is trusted by itself",
    },
    {
        .path = "cost.contact",
        .type = FIELD_MONEY,
        MEMBER(cost.contact),
        .initial = "5.00",
        .help = "what one question of a customer about a parcel costs",
    },
    {
        .path = "promises.use",
        .type = FIELD_CHOICE,
        MEMBER(promises.use),
        .initial = "learned",
        .choices = PROMISES,
        .help = "promises that parcels are held to: those the source states; also those derived "
                "from what the carrier publishes; also what is learned, where nobody promises",
    },
    {
        .path = "promises.learned_share",
        .type = FIELD_REAL,
        MEMBER(promises.learned_share),
        .initial = "0.99",
        .min = 0.5,
        .max = 0.999,
        .help = "a learned promise is when this share of such parcels, counted from acceptance, "
                "has been presented; the rest is late by it",
    },
    {
        .path = "claims.terms",
        .type = FIELD_PATHS,
        MEMBER(claims.terms),
        .initial = "",
        .help = "folders or files that add to or override the shipped terms: your contracts",
    },
    {
        .path = "claims.filing",
        .type = FIELD_MONEY,
        MEMBER(claims.filing),
        .initial = "5.00",
        .help = "what filing one claim costs; smaller ones are waived",
    },
    {
        .path = "claims.margin_days",
        .type = FIELD_INT,
        MEMBER(claims.margin_days),
        .initial = "2",
        .min = 0,
        .max = 30,
        .help = "days of safety: somebody must act so many days before a deadline",
    },
    {
        .path = "claims.drop_folder",
        .type = FIELD_PATH,
        MEMBER(claims.drop_folder),
        .initial = "",
        .help = "folder for submissions whose terms say folder; empty leaves them to people",
    },
    {
        .path = "claims.tokens",
        .type = FIELD_PATH,
        MEMBER(claims.tokens),
        .initial = "",
        .help = "folder of files named by terms id, each with the token for their HTTP address",
    },
    {
        .path = "claims.settlements",
        .type = FIELD_PATHS,
        MEMBER(claims.settlements),
        .initial = "",
        .help = "folders or files that say which columns of a carrier's settlement file hold what",
    },
};

static const size_t general_count = sizeof general / sizeof general[0];

// The groups in the order of the sample file.
static const struct
{
    const Field *fields;
    const size_t *count;
} groups[] = {
    {.fields = config_database_fields, .count = &config_database_field_count},
    {.fields = general, .count = &general_count},
    {.fields = config_alerts_fields, .count = &config_alerts_field_count},
    {.fields = config_detect_fields, .count = &config_detect_field_count},
    {.fields = config_care_fields, .count = &config_care_field_count},
};

size_t
config_field_count(void)
{
    size_t count = 0;

    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
        count += *groups[i].count;
    return count;
}

const Field *
config_field(size_t index)
{
    size_t group = 0;

    while (index >= *groups[group].count)
        index -= *groups[group++].count;
    return &groups[group].fields[index];
}

size_t
config_field_index(const Field *field)
{
    size_t index = 0;

    while (config_field(index) != field)
        index++;
    return index;
}
