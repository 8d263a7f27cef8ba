/*
 * documents.h - the files of a night's claims.
 */
#ifndef JOBS_NIGHT_DOCUMENTS_H
#define JOBS_NIGHT_DOCUMENTS_H

#include "jobs/night/run.h"

// Write the dossier of every claim opened or made ready at the run's as-of that can still be filed, one bordereau per
// carrier with those that became ready, and the schema of dossiers, into FOLDER/claims; record each with its SHA-256. The ledger decides what is written, so
// the same night gives the same bytes.
bool documents_write(Run *run, Arena *arena, Err *err);

#endif
