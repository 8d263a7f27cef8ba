/*
 * The settings of detection: what makes a case.
 */
#include "config/checks.h"
#include "config/fields.h"

#include <stddef.h>

const Field config_detect_fields[] = {
    {
        .path = "detect.excluded_services",
        .type = FIELD_TEXTS,
        MEMBER(detect.excluded_services),
        .initial = "",
        .check = check_not_empty,
        .help = "services that carriers do not track",
    },
    {
        .path = "detect.at_risk_probability",
        .type = FIELD_REAL,
        MEMBER(detect.at_risk_probability),
        .initial = "0.5",
        .min = 0.01,
        .max = 0.99,
        .help = "a shipment is at risk when it will be late with at least this probability",
    },
    {
        .path = "detect.late_grace_hours",
        .type = FIELD_INT,
        MEMBER(detect.late_grace_hours),
        .initial = "0",
        .min = 0,
        .max = 336,
        .help = "hours past the promise before a shipment counts as late",
    },
    {
        .path = "detect.stuck_false_alarms",
        .type = FIELD_REAL,
        MEMBER(detect.stuck_false_alarms),
        .initial = "2",
        .min = 0.001,
        .max = 10000,
        .help = "false stuck cases to expect in a night; fewer where fewer than 100 times as many "
                "waits end in one",
    },
    {
        .path = "detect.lost_probability",
        .type = FIELD_REAL,
        MEMBER(detect.lost_probability),
        .initial = "0.8",
        .min = 0.01,
        .max = 0.999,
        .help = "a shipment is lost when it will never move again with at least this probability",
    },
    {
        .path = "detect.lost_false_share",
        .type = FIELD_REAL,
        MEMBER(detect.lost_false_share),
        .initial = "1",
        .min = 0.001,
        .max = 1,
        .help = "at most this share of a night's list of lost parcels may be expected to be false "
                "alarms; "
                "the likeliest are left out until it holds",
    },
    {
        .path = "detect.slow_share",
        .type = FIELD_REAL,
        MEMBER(detect.slow_share),
        .initial = "0.01",
        .min = 0.0001,
        .max = 0.2,
        .help = "in customs, after a failed attempt, between carriers and on the way back a wait "
                "is too long when at most this share of the parcels that moved on waited as long",
    },
    {
        .path = "detect.customs_days",
        .type = FIELD_INT,
        MEMBER(detect.customs_days),
        .initial = "5",
        .min = 1,
        .max = 250,
        .help = "working days in customs that are too long where too little is known of such waits",
    },
    {
        .path = "detect.attempt_days",
        .type = FIELD_INT,
        MEMBER(detect.attempt_days),
        .initial = "2",
        .min = 1,
        .max = 250,
        .help = "the same after a failed attempt, without another or a pick-up point",
    },
    {
        .path = "detect.handoff_days",
        .type = FIELD_INT,
        MEMBER(detect.handoff_days),
        .initial = "3",
        .min = 1,
        .max = 250,
        .help = "the same after another carrier was said to have the parcel, without a scan",
    },
    {
        .path = "detect.return_days",
        .type = FIELD_INT,
        MEMBER(detect.return_days),
        .initial = "10",
        .min = 1,
        .max = 250,
        .help = "the same on the way back",
    },
    {
        .path = "detect.pickup_days",
        .type = FIELD_INT,
        MEMBER(detect.pickup_days),
        .initial = "7",
        .min = 1,
        .max = 365,
        .help = "calendar days a pick-up point keeps a parcel, for carriers whose catalogue entry "
                "does not say",
    },
    {
        .path = "detect.pickup_notice_days",
        .type = FIELD_INT,
        MEMBER(detect.pickup_notice_days),
        .initial = "2",
        .min = 0,
        .max = 30,
        .help = "days before its last day at a pick-up point from which a parcel is a case",
    },
    {
        .path = "detect.dead_days",
        .type = FIELD_INT,
        MEMBER(detect.dead_days),
        .initial = "3",
        .min = 1,
        .max = 250,
        .help = "working days after the label for which a carrier may not know its number",
    },
    {
        .path = "detect.contradiction_hours",
        .type = FIELD_INT,
        MEMBER(detect.contradiction_hours),
        .initial = "24",
        .min = 1,
        .max = 336,
        .help = "hours by which scans must contradict each other to be an impossible history: the "
                "parcel moves after its delivery, before its label, or is reported before it moves",
    },
    {
        .path = "report.case_pages",
        .type = FIELD_INT,
        MEMBER(report.case_pages),
        .initial = "100",
        .min = 0,
        .max = 100000,
        .help = "so many of the costliest cases get a page of their own each night, and as many of "
                "the new and worse ones beyond them",
    },
};

const size_t config_detect_field_count =
    sizeof config_detect_fields / sizeof config_detect_fields[0];
