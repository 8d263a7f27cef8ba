/*
 * dossier.h - the canonical form of a claim as XML of our own schema (claims/dossier.xsd), written and read back.
 *
 * It is what the ledger keeps and what the carrier gets: it states the opening, but no deadline, no end of the right, no
 * caution and no condition. Every other paper is made from a Dossier that was read back, so what is printed in years to
 * come is what was claimed. Writing and reading are for one thread at a time.
 */
#ifndef CLAIMS_DOSSIER_H
#define CLAIMS_DOSSIER_H

#include "core/dossier.h"
#include "core/err.h"

// Write a dossier; the claim has its reference by then. Validated before it is returned; same dossier, same bytes. Names
// and details of the valuation are in the claim's language. Hours are kept to .01, shares to .0001. ERR_FAILED when it
// does not validate (a defect), with libxml2's reason. *xml belongs to the arena.
bool
dossier_write(Arena *arena, const Dossier *dossier, const char **xml, size_t *length, Err *err);

// Whether the bytes of a dossier (or of what was one) state what this one does, whatever they say is normal. Much cheaper than
// reading them. The dossier must have an as-of.
bool dossier_states(const Dossier *dossier, const char *xml);

// Read a dossier back: all but the claim's number (that of its reference), state, dates besides the opening, conditions,
// caution and amounts claimed, granted and credited, which the ledger knows. dossier_write() of the result gives the same
// bytes. ERR_DATA when the bytes are no valid dossier, out untouched. Owned by the arena.
bool dossier_read(Arena *arena, const char *xml, size_t length, Dossier *out, Err *err);

// The XSD that dossiers are validated against, to be published beside them.
const char *dossier_schema(size_t *length);

#endif
