/*
 * source_internal.h - a discovered source, shared by the files that discover, read and examine it.
 */
#ifndef SQL_SOURCE_INTERNAL_H
#define SQL_SOURCE_INTERNAL_H

#include "core/map.h"
#include "sql/rows.h"
#include "sql/source.h"

// A text that occurs again and again, kept once, with the milestone it names, if it does.
typedef struct SourceWord
{
    const char *text;
    Milestone milestone;  // MILESTONE_UNMAPPED when it names none
} SourceWord;

struct Source
{
    Db *db;
    SourceOptions options;
    const char *with;  // "with source_shipment as not materialized (...), source_scan as ..."
    const char *shipments, *scans;  // the relations as they are written in SQL; "(" begins a SELECT
    const char *unreadable;         // source_unreadable()
    Arena *interned;                // codes and milestones met so far, kept across pages
    Map *words;                     // index into them by text
    SourceWord *word_items;
    size_t word_count, word_capacity;
};

// Ask a query file that says source_shipment or source_scan.
Rows *source_ask(Source *source, Arena *arena, const char *what, const char *sql,
    const Params *params, Err *err);

// The same over COPY, for very many rows. The question has no parameters: it reads source_range, which
// source_range_set.sql filled for this session.
Rows *source_ask_copy(Source *source, Arena *arena, const char *what, const char *sql, Err *err);

#endif
