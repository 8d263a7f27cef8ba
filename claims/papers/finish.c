#include "claims/papers/finish.h"

#include "core/text.h"

#include <qpdf/qpdf-c.h>

#define DEPTH_MAX 32  // of the tree of tags; ours has 6

typedef struct Figures
{
    qpdf_data pdf;
    const PdfWords *words;
    size_t seen;
} Figures;

static void figures_name(Figures *figures, qpdf_oh node, int depth);

static void
children_name(Figures *figures, qpdf_oh children, int depth)
{
    if (!qpdf_oh_is_array(figures->pdf, children)) {
        figures_name(figures, children, depth);
        return;
    }

    const int count = qpdf_oh_get_array_n_items(figures->pdf, children);

    for (int i = 0; i < count; i++)
        figures_name(figures, qpdf_oh_get_array_item(figures->pdf, children, i), depth);
}

static void
figures_name(Figures *figures, qpdf_oh node, int depth)
{
    const qpdf_data pdf = figures->pdf;

    if (depth > DEPTH_MAX || !qpdf_oh_is_dictionary(pdf, node))
        return;

    const qpdf_oh kind = qpdf_oh_get_key(pdf, node, "/S");

    if (qpdf_oh_is_name(pdf, kind) && text_equal(qpdf_oh_get_name(pdf, kind), "/Figure") &&
        figures->seen < figures->words->alternative_count)
        qpdf_oh_replace_key(pdf, node, "/Alt",
            qpdf_oh_new_unicode_string(pdf, figures->words->alternatives[figures->seen++]));
    if (qpdf_oh_has_key(pdf, node, "/K"))
        children_name(figures, qpdf_oh_get_key(pdf, node, "/K"), depth + 1);
}

static void
describe(qpdf_data pdf, const PdfWords *words)
{
    const qpdf_oh root = qpdf_get_root(pdf);
    const qpdf_oh preferences = qpdf_oh_new_dictionary(pdf), mark = qpdf_oh_new_dictionary(pdf);
    Figures figures = {.pdf = pdf, .words = words};

    qpdf_oh_replace_key(pdf, root, "/Lang", qpdf_oh_new_unicode_string(pdf, words->language));
    qpdf_oh_replace_key(pdf, preferences, "/DisplayDocTitle", qpdf_oh_new_bool(pdf, QPDF_TRUE));
    qpdf_oh_replace_key(pdf, root, "/ViewerPreferences", preferences);
    qpdf_oh_replace_key(pdf, mark, "/Marked", qpdf_oh_new_bool(pdf, QPDF_TRUE));
    qpdf_oh_replace_key(pdf, root, "/MarkInfo", mark);
    figures_name(&figures, qpdf_oh_get_key(pdf, root, "/StructTreeRoot"), 0);
}

// Streams stay as cairo packed them. Packing small objects too would save a quarter of the bytes and cost a fifth more time.
static bool
rewrite(qpdf_data pdf, const char *bytes, size_t size, const PdfWords *words)
{
    qpdf_set_suppress_warnings(pdf, QPDF_TRUE);
    qpdf_silence_errors(pdf);
    if ((qpdf_read_memory(pdf, "paper", bytes, size, NULL) & QPDF_ERRORS) != 0)
        return false;
    describe(pdf, words);
    if ((qpdf_init_write_memory(pdf) & QPDF_ERRORS) != 0)
        return false;
    qpdf_set_deterministic_ID(pdf, QPDF_TRUE);
    qpdf_set_compress_streams(pdf, QPDF_TRUE);
    return (qpdf_write(pdf) & QPDF_ERRORS) == 0;
}

bool
pdf_finish(Arena *arena, const char *pdf, size_t size, const PdfWords *words, const char **bytes,
    size_t *length, Err *err)
{
    qpdf_data data = qpdf_init();
    const bool done = rewrite(data, pdf, size, words);

    if (done) {
        *length = qpdf_get_buffer_length(data);
        *bytes = arena_copy_bytes(arena, (const char *)qpdf_get_buffer(data), *length);
    } else
        err_set(err, ERR_FAILED, "could not finish the PDF: %s",
            qpdf_has_error(data) ? qpdf_get_error_full_text(data, qpdf_get_error(data))
                                 : "qpdf gives no reason");
    qpdf_cleanup(&data);
    return done;
}
