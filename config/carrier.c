#include "config/carrier.h"

#include "core/text.h"

const char *
code_row_label(const CodeRow *row, const char *language)
{
    const bool french = text_equal(language, "fr");
    const char *const own = french ? row->label_fr : row->label_en;
    const char *const other = french ? row->label_en : row->label_fr;

    return *own != '\0' ? own : *other != '\0' ? other : milestone_label(row->milestone);
}

const char *
vocabulary_word(Vocabulary vocabulary)
{
    static const char *const WORDS[] = {"", "fallback", "named"};

    return WORDS[vocabulary];
}
