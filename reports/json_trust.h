/*
 * json_trust.h - how true the last nights were, as data; a part of vigie.night/1.
 */
#ifndef REPORTS_JSON_TRUST_H
#define REPORTS_JSON_TRUST_H

#include "core/forecast.h"

#include <jansson.h>

// The caller owns it.
json_t *json_trust(const TrustReport *trust);

#endif
