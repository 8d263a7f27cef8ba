/*
 * The settings of the database, of runs on it, and of what runs tell.
 */
#include "config/checks.h"
#include "config/fields.h"

#include <stddef.h>

const Field config_database_fields[] = {
    {
        .path = "database.url",
        .type = FIELD_TEXT,
        MEMBER(database.url),
        .initial = "",
        .check = check_connection,
        .secret = true,
        .help = "libpq URI or keywords of the database Vigie writes to, without a password; empty "
                "leaves it to PGHOST, PGSERVICE and the like",
    },
    {
        .path = "database.schema",
        .type = FIELD_TEXT,
        MEMBER(database.schema),
        .initial = "vigie",
        .check = check_schema_name,
        .help = "schema that holds all Vigie writes",
    },
    {
        .path = "database.connect_timeout_seconds",
        .type = FIELD_INT,
        MEMBER(database.connect_timeout_seconds),
        .initial = "10",
        .min = 1,
        .max = 600,
        .help = "how long to wait for a connection",
    },
    {
        .path = "database.statement_timeout_seconds",
        .type = FIELD_INT,
        MEMBER(database.statement_timeout_seconds),
        .initial = "0",
        .min = 0,
        .max = 86400,
        .help = "longest a single statement may take; 0 for no limit",
    },
    {
        .path = "database.lock_timeout_seconds",
        .type = FIELD_INT,
        MEMBER(database.lock_timeout_seconds),
        .initial = "30",
        .min = 1,
        .max = 3600,
        .help = "longest a statement may wait for a lock",
    },
    {
        .path = "database.attempts",
        .type = FIELD_INT,
        MEMBER(database.attempts),
        .initial = "6",
        .min = 1,
        .max = 20,
        .help = "how often a night tries what fails for a while, pausing 1, 2, 4 ... seconds",
    },
    {
        .path = "database.lease_seconds",
        .type = FIELD_INT,
        MEMBER(database.lease_seconds),
        .initial = "60",
        .min = 3,
        .max = 3600,
        .help = "how long a run keeps its right to run without a sign of life",
    },
    {
        .path = "metrics.textfile",
        .type = FIELD_PATH,
        MEMBER(metrics.textfile),
        .initial = "",
        .help = "file of metrics for Prometheus' node exporter, written after each run; its name "
                "ends in .prom",
    },
    {
        .path = "lineage.file",
        .type = FIELD_PATH,
        MEMBER(lineage.file),
        .initial = "",
        .help = "file to which OpenLineage events of runs are added, a line each",
    },
    {
        .path = "lineage.url",
        .type = FIELD_TEXT,
        MEMBER(lineage.url),
        .initial = "",
        .secret = true,
        .help = "where OpenLineage events are posted, as https://host/api/v1/lineage; an event "
                "that cannot be makes the run end with 3",
    },
    {
        .path = "lineage.secret_file",
        .type = FIELD_PATH,
        MEMBER(lineage.secret_file),
        .initial = "",
        .help = "file with the key of lineage.url (Bearer); without it VIGIE_LINEAGE_SECRET of the "
                "environment or systemd's credential lineage_secret, else no key is sent",
    },
    {
        .path = "lineage.namespace",
        .type = FIELD_TEXT,
        MEMBER(lineage.namespace),
        .initial = "vigie",
        .check = check_not_empty,
        .help = "namespace of jobs and data sets in OpenLineage events",
    },
};

const size_t config_database_field_count =
    sizeof config_database_fields / sizeof config_database_fields[0];
