// The shipped catalogue against the codes that others collected, where ../shared is present: each stands in it as a row, or is
// left out with a reason; what was a draft made from words was judged; labels are our own. And where there is nobody to ask
// which of two vocabularies is right, they must agree.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "config/catalogue.h"
#include "core/text.h"
#include "tests/harness/sheet.h"

#include <string.h>

#define CODES      VIGIE_SHARED_DIR "/domain/status_codes.csv"
#define SHOWN      40  // complaints of one kind
#define WORDS_FREE 4   // labels of so few words may be the same by chance

typedef struct Case
{
    Arena *arena;
    const Catalogue *catalogue;
    const Sheet *codes;
} Case;

// One line of the table of codes.
typedef struct Told
{
    const char *scheme, *code, *subcode, *label, *basis;
} Told;

static int
set_up(void **state)
{
    Arena *const arena = arena_create();
    Case *const c = ARENA_NEW(arena, Case);
    Problems problems = {.arena = arena};
    Err err = {0};

    *c = (Case){.arena = arena,
        .catalogue = catalogue_load(arena, (TextList){0}, (TextList){0}, &problems, &err),
        .codes = sheet_read(arena, CODES)};
    *state = c;
    return c->catalogue == NULL;
}

static int
tear_down(void **state)
{
    arena_destroy(((Case *)*state)->arena);
    return 0;
}

static Told
told_at(const Sheet *codes, size_t row)
{
    const char *const code = sheet_cell(codes, row, "code");

    return (Told){.scheme = sheet_cell(codes, row, "scheme"),
        .code = code + (*code == '+'),  // Recommendation 24 marks what is new
        .subcode = sheet_cell(codes, row, "subcode"),
        .label = sheet_cell(codes, row, "label"),
        .basis = sheet_cell(codes, row, "basis")};
}

static bool
has_scheme(const CarrierEntry *entry, const char *name)
{
    for (size_t i = 0; i < entry->scheme_count; i++)
        if (strcmp(entry->schemes[i].name, name) == 0)
            return true;
    return false;
}

// A scheme may give all its codes one subcode (UPS: the type), so a code told without one stands for any; a reason of X12
// (1651) is the subcode of the status that it explains.
static const CodeRow *
row_in(const CodeScheme *scheme, const Told *told)
{
    for (size_t i = 0; i < scheme->row_count + scheme->left_out_count; i++) {
        const CodeRow *const row = &scheme->rows[i];

        if (strcmp(row->subcode, told->code) == 0 && strcmp(scheme->name, "x12_1651") == 0)
            return row;
        if (strcmp(row->code, told->code) == 0 &&
            (*told->subcode == '\0' || *row->subcode == '\0' ||
                strcmp(row->subcode, told->subcode) == 0))
            return row;
    }
    return NULL;
}

// The row of a code: in the scheme of that name, else in another one of the same carrier, which then says the same.
static const CodeRow *
row_of(const Catalogue *catalogue, const Told *told)
{
    const CodeRow *row = NULL;

    for (size_t c = 0; row == NULL && c < catalogue_count(catalogue); c++) {
        const CarrierEntry *const entry = catalogue_carrier(catalogue, c);

        if (!has_scheme(entry, told->scheme))
            continue;
        for (int own = 1; row == NULL && own >= 0; own--)
            for (size_t i = 0; row == NULL && i < entry->scheme_count; i++)
                if ((strcmp(entry->schemes[i].name, told->scheme) == 0) == (own == 1))
                    row = row_in(&entry->schemes[i], told);
    }
    return row;
}

static void
complain(size_t *wrong, const Told *told, const char *what)
{
    if ((*wrong)++ < SHOWN)
        print_error(
            "%s,%s,%s (%s): %s\n", told->scheme, told->code, told->subcode, told->label, what);
}

static void
every_code_is_a_row_or_left_out_with_a_reason(void **state)
{
    const Case *const c = *state;
    size_t wrong = 0;

    if (c->codes == NULL)
        skip();
    assert_true(sheet_rows(c->codes) > 3000);
    for (size_t i = 0; i < sheet_rows(c->codes); i++) {
        const Told told = told_at(c->codes, i);

        if (row_of(c->catalogue, &told) == NULL)
            complain(&wrong, &told, "is neither mapped nor left out");
    }
    assert_int_equal(wrong, 0);
}

static void
every_draft_was_judged(void **state)
{
    const Case *const c = *state;
    size_t wrong = 0;

    if (c->codes == NULL)
        skip();
    for (size_t i = 0; i < sheet_rows(c->codes); i++) {
        const Told told = told_at(c->codes, i);
        const CodeRow *const row = row_of(c->catalogue, &told);

        if (text_starts_with(told.basis, "keyword") && row != NULL &&
            row->milestone != MILESTONE_UNMAPPED && *row->judged == '\0')
            complain(&wrong, &told, "was a draft and nobody says that it was judged");
    }
    assert_int_equal(wrong, 0);
}

static size_t
words_in(const char *slug)
{
    size_t words = *slug != '\0';

    for (; *slug != '\0'; slug++)
        words += *slug == '_';
    return words;
}

static void
labels_are_no_copies(void **state)
{
    const Case *const c = *state;
    size_t wrong = 0;

    if (c->codes == NULL)
        skip();
    for (size_t i = 0; i < sheet_rows(c->codes); i++) {
        const Told told = told_at(c->codes, i);
        const CodeRow *const row = row_of(c->catalogue, &told);
        const char *const theirs = text_slug(c->arena, told.label);

        if (row != NULL && words_in(theirs) > WORDS_FREE &&
            (strcmp(theirs, text_slug(c->arena, row->label_en)) == 0 ||
                strcmp(theirs, text_slug(c->arena, row->label_fr)) == 0))
            complain(&wrong, &told, "is called so word for word");
    }
    assert_int_equal(wrong, 0);
}

// Of fallback vocabularies the first one would win in silence.
static void
fallback_vocabularies_do_not_contradict_each_other(void **state)
{
    const Catalogue *const catalogue = ((Case *)*state)->catalogue;
    size_t wrong = 0;

    for (size_t c = 0; c < catalogue_count(catalogue); c++) {
        const CarrierEntry *const entry = catalogue_carrier(catalogue, c);

        for (size_t s = 0; entry->vocabulary == VOCABULARY_FALLBACK && s < entry->scheme_count; s++)
            for (size_t i = 0; i < entry->schemes[s].row_count; i++) {
                const CodeRow *const row = &entry->schemes[s].rows[i];
                const char *const subcode = strcmp(row->subcode, "none") == 0 ? "" : row->subcode;
                const CodeMeaning meaning = catalogue_code(catalogue, -1, row->code, subcode);

                if (meaning.milestone == row->milestone && meaning.physical == row->physical)
                    continue;
                print_error("%s says %s of \"%s\" / \"%s\", another one %s%s\n", entry->id,
                    milestone_name(row->milestone), row->code, row->subcode,
                    milestone_name(meaning.milestone),
                    meaning.milestone == row->milestone ? ", physical or not" : "");
                wrong++;
            }
    }
    assert_int_equal(wrong, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_is_a_row_or_left_out_with_a_reason),
        cmocka_unit_test(every_draft_was_judged),
        cmocka_unit_test(labels_are_no_copies),
        cmocka_unit_test(fallback_vocabularies_do_not_contradict_each_other),
    };

    return cmocka_run_group_tests_name("status codes", tests, set_up, tear_down);
}
