#include "reports/json_trust.h"

#include "reports/json_values.h"

#include <math.h>

static json_t *
real(bool known, double value)
{
    return json_of_real(known ? value : NAN);
}

static json_t *
bins_json(const Trust *trust)
{
    json_t *const bins = json_array();

    for (size_t i = 0; i < TRUST_BINS; i++) {
        const TrustBin *const bin = &trust->bins[i];

        if (bin->count > 0)
            json_array_append_new(
                bins, json_pack("{s:I, s:o, s:o, s:o, s:o}", "count", (json_int_t)bin->count,
                          "stated", real(true, bin->stated), "happened", real(true, bin->happened),
                          "low", real(true, bin->low), "high", real(true, bin->high)));
    }
    return bins;
}

static json_t *
kind_json(const Trust *trust)
{
    const bool known = trust->count > 0;

    return json_pack("{s:I, s:I, s:I, s:o, s:o, s:o, s:o, s:o, s:o}", "nights",
        (json_int_t)trust->nights, "parcels", (json_int_t)trust->parcels, "statements",
        (json_int_t)trust->count, "stated", real(known, trust->stated), "happened",
        real(known, trust->happened), "ece", real(known, trust->ece), "log_loss",
        real(known, trust->log_loss), "auc", real(known, trust->auc), "bins", bins_json(trust));
}

json_t *
json_trust(const TrustReport *trust)
{
    const bool known = trust->listed > 0;

    return json_pack("{s:I, s:o, s:o, s:{s:I, s:I, s:o, s:o, s:I, s:I}}", "days",
        (json_int_t)trust->days, "late", kind_json(&trust->late), "lost", kind_json(&trust->lost),
        "lost_lists", "entries", (json_int_t)trust->listed, "parcels",
        (json_int_t)trust->listed_parcels, "false_stated", real(known, trust->false_stated),
        "false_happened", real(known, trust->false_happened), "dismissed",
        (json_int_t)trust->dismissed, "confirmed", (json_int_t)trust->confirmed);
}
