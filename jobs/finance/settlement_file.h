/*
 * settlement_file.h - a settlement on its way into the ledger, and what is said about it.
 */
#ifndef JOBS_FINANCE_SETTLEMENT_FILE_H
#define JOBS_FINANCE_SETTLEMENT_FILE_H

#include "claims/settlement/settlement.h"
#include "jobs/frame/job.h"
#include "sql/settlements.h"

typedef struct SettlementFile
{
    const char *name;  // without folders, cleaned
    const char *sha256;
    const char *carrier;  // slug; "" for any
    bool by_hand;         // typed, not read
    SettlementLines lines;
    SettlementClaim *claims;    // that the lines could mean, as they are afterwards
    SettlementAnswer *answers;  // one for each line; state 0 for one that was booked before
    int64_t counts[SETTLEMENT_COUNT];
    int64_t before;  // lines that were booked when the file was read before
} SettlementFile;

// Print what became of a file's lines, in the job's format.
void settlement_say(Job *job, const SettlementFile *files, size_t count);

// Print the lines that wait for a person, or the claims that brought less than was due.
bool settlement_list_open(Job *job, Db *db, const char *carrier, Err *err);
bool settlement_list_underpaid(Job *job, Db *db, const char *carrier, Err *err);

// How a kept line is named on the command line: "3f2a9c11:7". Owned by the arena.
char *settlement_line_name(Arena *arena, const char *file_sha256, int64_t line);

#endif
