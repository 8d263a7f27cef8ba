/*
 * source_columns.h - the source contract as a table, and how a column of a given type is read. Private to sql/.
 */
#ifndef SQL_SOURCE_COLUMNS_H
#define SQL_SOURCE_COLUMNS_H

#include "sql/source.h"

typedef enum ContractKind
{
    CONTRACT_ID,       // text, uuid or an integer, kept as it is so that the source's index serves
    CONTRACT_TEXT,     // anything that has a text form
    CONTRACT_INSTANT,  // a timestamp, or a date (its first instant)
    CONTRACT_PROMISE,  // a timestamp, or a date (its last instant)
    CONTRACT_AMOUNT,   // a number or a text with a number, read exactly as text
    CONTRACT_GRAMS,    // a number
    CONTRACT_WEIGHT,   // a positive number; 0 for what is none
    CONTRACT_BOOL,     // yes or no, and nothing else: consent is not guessed
} ContractKind;

typedef struct ContractColumn
{
    const char *name;
    ContractKind kind;
    bool required;
    bool contact;  // how to reach the customer: read only where SourceOptions.contacts says so
} ContractColumn;

extern const ContractColumn contract_shipments[], contract_scans[];
extern const size_t contract_shipment_count, contract_scan_count;

// How a column that the source has under this type is read: an SQL expression over quoted (its quoted identifier),
// or NULL with column->problem set. column->note is set where the reading is not plain. Zones come as literals.
const char *contract_expression(Arena *arena, const ContractColumn *contract, const char *quoted,
    const char *type, const char *zone_literal, const char *promise_zone_literal,
    const SourceOptions *options, SourceColumn *column);

// How an absent column is read.
const char *contract_absent(const ContractColumn *contract);

#endif
