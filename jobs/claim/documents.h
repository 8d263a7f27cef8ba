/*
 * documents.h - the files of a night's claims.
 */
#ifndef JOBS_CLAIM_DOCUMENTS_H
#define JOBS_CLAIM_DOCUMENTS_H

#include "jobs/run/run.h"

// Write the papers of every claim drafted or made ready since the night before, as this night left it, that can still be
// filed; the letters that withdraw claims; the bordereaux of each carrier with those that are ready; the schema of dossiers; and last the manifest: into
// FOLDER/claims. Each is recorded with its SHA-256. The ledger decides what is written, so the same night gives the same
// bytes. Nothing for a night without such claims.
bool documents_write(Run *run, Arena *arena, Err *err);

#endif
