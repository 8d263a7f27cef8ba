/*
 * dossier_form.h - the form that every dossier has: claims/dossier.xsd.
 */
#ifndef CLAIMS_DOSSIER_FORM_H
#define CLAIMS_DOSSIER_FORM_H

#include "claims/xml.h"

// Check a document against the form, in one thread at a time. ERR_DATA with the line and the reason.
bool dossier_check(XmlDoc *doc, Err *err);

#endif
