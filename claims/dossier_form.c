#include "claims/dossier_form.h"

#include "claims/dossier.h"
#include "claims/schema.h"

#include <string.h>

static XmlSchema form = {.bytes = XSD_DOSSIER};

bool
dossier_check(XmlDoc *doc, Err *err)
{
    return xml_validate(doc, &form, err);
}

const char *
dossier_schema(size_t *length)
{
    *length = strlen(XSD_DOSSIER);
    return XSD_DOSSIER;
}
