/*
 * settlement_map.h - which columns of a carrier's settlement file hold what: YAML files that the setting
 * claims.settlements names, one per layout.
 */
#ifndef CONFIG_SETTLEMENT_MAP_H
#define CONFIG_SETTLEMENT_MAP_H

#include "config/problems.h"
#include "config/settings.h"
#include "core/encoding.h"
#include "core/err.h"

typedef enum SettlementColumn
{
    SETTLEMENT_REFERENCE = 0,
    SETTLEMENT_TRACKING_NUMBER,
    SETTLEMENT_AMOUNT,
    SETTLEMENT_CURRENCY,
    SETTLEMENT_CREDIT_NOTE,
    SETTLEMENT_DATE,
    SETTLEMENT_REASON,
    SETTLEMENT_COLUMNS,
} SettlementColumn;

// Keys of the mapping's "columns", in the order of the enumeration: "claim_reference", "tracking_number", ...
extern const char *const SETTLEMENT_COLUMN_NAMES[SETTLEMENT_COLUMNS];

typedef enum DecimalStyle
{
    DECIMAL_EITHER = 0,  // told by the text; "1,234" is then refused
    DECIMAL_POINT,       // 1,234.50
    DECIMAL_COMMA,       // 1.234,50
} DecimalStyle;

typedef enum DateStyle
{
    DATE_ISO = 0,      // 2026-11-20
    DATE_DAY_FIRST,    // 20/11/2026, 20.11.2026
    DATE_MONTH_FIRST,  // 11/20/2026
} DateStyle;

typedef struct SettlementMap
{
    const char *id;
    TextList carriers;  // as slugs; empty for the generic layout
    const char *file;
    char separator;  // ',' or ';'
    Encoding encoding;
    DecimalStyle decimal;
    DateStyle date;
    const char *currency;  // of lines that name none; "" when they must
    const char
        *columns[SETTLEMENT_COLUMNS];  // the header's words; "" for a column the file has not
} SettlementMap;

typedef struct SettlementMaps
{
    const SettlementMap *items;
    size_t count;
} SettlementMaps;

// The layout of files that have Vigie's own column names, separated by commas, in UTF-8.
extern const SettlementMap SETTLEMENT_MAP_GENERIC;

// One layout from the bytes of a file, by whose name problems call it. False after a problem. Owned by the arena.
bool settlement_map_read(Arena *arena, const char *file, const char *bytes, size_t length,
    SettlementMap *out, Problems *problems);

// Load the layouts of files and folders. Two layouts of one id or for one carrier are a problem. False with ERR_CONFIG when
// there was any; all are in problems. Owned by the arena.
bool settlement_maps_load(
    Arena *arena, TextList places, SettlementMaps *out, Problems *problems, Err *err);

// The layout of a carrier (as slug), the generic one when none names it.
const SettlementMap *settlement_map_of(const SettlementMaps *maps, const char *carrier_slug);

#endif
