#include "claims/papers/papers.h"

#include "core/hash.h"
#include "core/text.h"
#include "tests/harness/golden.h"
#include "tests/harness/sample_dossier.h"
#include "tests/harness/tools.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define DAY_OF_SAMPLE 20777  // 2026-11-20

static Press *
press_of(Arena *arena)
{
    Err err = {0};
    const Zone *const zone = zone_load(arena, "Europe/Paris", &err);
    Press *const press = zone ? press_create(arena, zone, &err) : NULL;

    if (!press)
        fail_msg("%s", err.text);
    return press;
}

static PaperList
claim_papers(Press *press, Arena *arena, const Dossier *dossier)
{
    PaperList list = {.arena = arena};
    Err err = {0};

    if (!papers_of_claim(press, dossier, &list, &err))
        fail_msg("%s", err.text);
    return list;
}

static const Paper *
paper_named(const PaperList *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++)
        if (text_equal(list->items[i].name, name))
            return &list->items[i];
    fail_msg("no paper \"%s\"", name);
    return NULL;
}

// Texts as people read them: accents, amounts, rows of tables in order.
static void
check_text(const PaperList *list, const char *name, const char *golden)
{
    const Paper *const paper = paper_named(list, name);

    golden_check(arena_printf(list->arena, "tests/claims/golden/%s", golden),
        tool_pdf_text(list->arena, paper->bytes, paper->length, true));
}

static const Paper *
withdrawal_of(Press *press, Arena *arena, Dossier dossier, int64_t credited, Milestone found)
{
    const ClaimWithdrawal withdrawal = {.as_of = dossier.as_of + 10 * HOURS_24,
        .told_as_of = INSTANT_NONE,
        .found_at = found == 0 ? INSTANT_NONE : dossier.as_of + 9 * HOURS_24,
        .found = found,
        .place = found == 0 ? "" : "Marseille"};
    Paper *const paper = ARENA_NEW(arena, Paper);
    Err err = {0};

    dossier.claim.claimed = dossier.claim.payable;
    if (credited > 0)
        dossier.claim.credited = (Money){credited, "EUR"};
    if (!paper_withdrawal(press, arena, &dossier, &withdrawal, paper, &err))
        fail_msg("%s", err.text);
    return paper;
}

static void
papers_read_as_agreed(void **state)
{
    Arena *const arena = arena_create();

    (void)state;
    if (!tool_is_there("pdftotext"))
        skip();

    Press *const press = press_of(arena);
    const Dossier french = sample_dossier(arena, "fr", GROUND_LOSS);
    const Dossier english = sample_dossier(arena, "en", GROUND_NOT_RECEIVED);
    const Dossier draft = sample_dossier_draft(arena, "fr");
    const PaperList fr = claim_papers(press, arena, &french);
    const PaperList en = claim_papers(press, arena, &english);
    const PaperList unknown = claim_papers(press, arena, &draft);

    check_text(&fr, "VG-000123-letter.pdf", "letter_fr.txt");
    check_text(&fr, "VG-000123-annex.pdf", "annex_fr.txt");
    check_text(&fr, "VG-000123-declaration.pdf", "declaration_fr.txt");
    check_text(&en, "VG-000123-letter.pdf", "letter_en.txt");
    check_text(&en, "VG-000123-annex.pdf", "annex_en.txt");
    check_text(&en, "VG-000123-declaration.pdf", "declaration_en.txt");
    check_text(&unknown, "VG-000123-letter.pdf", "letter_draft_fr.txt");

    PaperList back = {.arena = arena}, withdrawn = {.arena = arena};

    ARENA_PUSH(&withdrawn, *withdrawal_of(press, arena, french, 0, MILESTONE_DELIVERED));
    ARENA_PUSH(&back, *withdrawal_of(press, arena, english, 2760, MILESTONE_RETURNED));
    check_text(&withdrawn, "VG-000123-withdrawal.pdf", "withdrawal_fr.txt");
    check_text(&back, "VG-000123-withdrawal.pdf", "repayment_en.txt");
    arena_destroy(arena);
}

// Each ground has its own assertion, in each language.
static void
each_ground_is_asserted(void **state)
{
    static const struct
    {
        ClaimGround ground;
        const char *fr, *en;
    } grounds[] = {
        {GROUND_LOSS, "Nous invoquons la perte du colis", "We assert the loss of the parcel"},
        {GROUND_DAMAGE, "vous tenons responsable de cette avarie", "liable for this damage"},
        {GROUND_DELAY, "Nous invoquons le retard", "We assert the delay"},
        {GROUND_NOT_RECEIVED, "La preuve de la livraison vous incombe",
            "It is for you to prove delivery"},
        {GROUND_UNJUST_RETURN, "responsable de l\u2019inex\u00e9cution du transport",
            "liable for the failure of the carriage"},
    };
    Arena *const arena = arena_create();

    (void)state;
    if (!tool_is_there("pdftotext"))
        skip();

    Press *const press = press_of(arena);

    for (size_t i = 0; i < 2 * sizeof grounds / sizeof grounds[0]; i++) {
        const bool french = i % 2 == 0;
        const Dossier dossier = sample_dossier(arena, french ? "fr" : "en", grounds[i / 2].ground);
        const PaperList list = claim_papers(press, arena, &dossier);
        const Paper *const letter = paper_named(&list, "VG-000123-letter.pdf");
        char *const text =
            arena_copy(arena, tool_pdf_text(arena, letter->bytes, letter->length, false));
        const char *const wanted = french ? grounds[i / 2].fr : grounds[i / 2].en;

        for (char *c = text; *c != '\0'; c++)
            *c = *c == '\n' ? ' ' : *c;
        if (!strstr(text, wanted))
            fail_msg("\"%s\" is not in: %s", wanted, text);
    }
    arena_destroy(arena);
}

static void
pdfs_are_sound(void **state)
{
    Arena *const arena = arena_create();

    (void)state;
    if (!tool_is_there("qpdf") || !tool_is_there("pdfinfo"))
        skip();

    Press *const press = press_of(arena);
    const Dossier dossier = sample_dossier(arena, "fr", GROUND_LOSS);
    PaperList list = claim_papers(press, arena, &dossier);

    ARENA_PUSH(&list, *withdrawal_of(press, arena, dossier, 0, MILESTONE_DELIVERED));
    for (size_t i = 0; i < list.count; i++) {
        const Paper *const paper = &list.items[i];
        int status;

        if (!strstr(paper->name, ".pdf"))
            continue;

        const char *const path = tool_file(arena, paper->name, paper->bytes, paper->length);
        const char *const complaint =
            tool_run(arena, arena_printf(arena, "qpdf --check '%s'", path), &status);

        if (status != 0)
            fail_msg("%s", complaint);

        const char *const info =
            tool_run(arena, arena_printf(arena, "pdfinfo '%s'", path), &status);

        assert_non_null(strstr(info, "Tagged:          yes"));
        assert_non_null(strstr(info, "Title: "));
        assert_non_null(strstr(info, "Author:          Caf\u00e9 & Th\u00e9 SARL"));
        assert_non_null(strstr(info, "A4"));

        // No font that is not in the file: the column "emb" says yes for each.
        const char *const loose = tool_run(arena,
            arena_printf(arena, "pdffonts '%s' | tail -n +3 | grep -v ' yes yes yes '", path),
            &status);

        assert_string_equal(loose, "");

        const char *const raw =
            tool_run(arena, arena_printf(arena, "qpdf --qdf '%s' - | strings", path), &status);

        assert_non_null(strstr(raw, "/Lang (fr)"));
        assert_true(!strstr(paper->name, "annex") || strstr(raw, "/Alt "));
    }
    arena_destroy(arena);
}

static PaperList
all_papers(Arena *arena)
{
    Press *const press = press_of(arena);
    Dossier *const dossiers = ARENA_ARRAY(arena, Dossier, 2);
    Err err = {0};

    dossiers[0] = sample_dossier(arena, "fr", GROUND_LOSS);
    dossiers[1] = sample_dossier(arena, "en", GROUND_DELAY);
    dossiers[1].claim.number = 124;
    dossiers[1].claim.reference = "VG-000124";

    PaperList list = claim_papers(press, arena, &dossiers[0]);

    ARENA_PUSH(&list, *withdrawal_of(press, arena, dossiers[0], 0, MILESTONE_DELIVERED));
    ARENA_PUSH(&list, *withdrawal_of(press, arena, dossiers[1], 1000, 0));

    const Bordereau bordereau = {"colissimo", DAY_OF_SAMPLE, dossiers, 2};

    if (!papers_of_claim(press, &dossiers[1], &list, &err) ||
        !papers_of_bordereau(press, &bordereau, &list, &err))
        fail_msg("%s", err.text);
    return list;
}

// One line that changes with any byte of any paper.
static const char *
digest_of(const PaperList *list)
{
    Text all = {.arena = list->arena};

    for (size_t i = 0; i < list->count; i++)
        text_add_format(&all, "%s %s\n", list->items[i].name,
            text_sha256(list->arena, list->items[i].bytes, list->items[i].length));
    return text_sha256(list->arena, all.bytes, all.length);
}

// This program, run again under other settings, prints the same digest: libraries may read them when they start.
static const char *self;

static void
the_machines_settings_change_nothing(void **state)
{
    static const char *const settings[][2] = {{"C", "UTC"}, {"fr_FR", "Asia/Kathmandu"},
        {"tr_TR", "America/St_Johns"}, {"de_DE", "Pacific/Kiritimati"}};
    Arena *const arena = arena_create();
    const PaperList papers = all_papers(arena);
    const char *const digest = digest_of(&papers);

    (void)state;
    assert_int_equal(papers.count, 4 + 2 + 4 + 5);
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        const char *const file = tool_file(arena, "locales", "", 0);
        const char *const folder = arena_copy_bytes(arena, file, strlen(file) - strlen("/locales"));
        int status;
        const char *const locale = settings[i][0];

        tool_run(arena,
            arena_printf(arena, "localedef -i %s -f UTF-8 '%s/%s.UTF-8'", locale, folder, locale),
            &status);

        const char *const again = tool_run(arena,
            arena_printf(arena, "LOCPATH='%s' LC_ALL=%s.UTF-8 LANGUAGE=%s TZ=%s '%s' --digest",
                folder, locale, locale, settings[i][1], self),
            &status);

        assert_int_equal(status, 0);
        assert_string_equal(again, digest);
    }
    arena_destroy(arena);
}

static void
names_are_built_from_our_numbers(void **state)
{
    static const char safe[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    Arena *const arena = arena_create();
    const PaperList list = all_papers(arena);

    (void)state;
    for (size_t i = 0; i < list.count; i++)
        assert_int_equal(strspn(list.items[i].name, safe), strlen(list.items[i].name));
    paper_named(&list, "VG-000123.xml");
    paper_named(&list, "VG-000124-letter.pdf");
    paper_named(&list, "bordereau-colissimo-2026-11-20.csv");
    paper_named(&list, "bordereau-colissimo-2026-11-20.xlsx");
    paper_named(&list, "bordereau-colissimo-2026-11-20.pdf");
    paper_named(&list, "bordereau-colissimo-2026-11-20.x12");
    paper_named(&list, "debit-note-colissimo-2026-11-20.xml");
    arena_destroy(arena);
}

// What the carrier could refuse the claim by stays with the claimant: no paper says it.
static void
papers_argue_for_the_claim_only(void **state)
{
    Arena *const arena = arena_create();
    const PaperList list = all_papers(arena);

    (void)state;
    if (!tool_is_there("pdftotext"))
        skip();
    for (size_t i = 0; i < list.count; i++) {
        const Paper *const paper = &list.items[i];
        const char *const text = strstr(paper->name, ".pdf")
                                     ? tool_pdf_text(arena, paper->bytes, paper->length, true)
                                     : paper->bytes;

        if (!strstr(paper->name, ".xlsx"))
            assert_null(strstr(text, "not for the carrier"));
    }
    arena_destroy(arena);
}

// A machine without the zone of a dossier says so and makes nothing.
static void
an_unknown_zone_is_refused(void **state)
{
    Arena *const arena = arena_create();
    Press *const press = press_of(arena);
    Dossier dossier = sample_dossier(arena, "fr", GROUND_LOSS);
    Paper paper = {.name = "untouched"};
    Err err = {0};

    (void)state;
    dossier.time_zone = "Europe/Nowhere";
    assert_false(paper_letter(press, arena, &dossier, &paper, &err));
    assert_int_equal(err.kind, ERR_CONFIG);
    assert_non_null(strstr(err.text, "VG-000123"));
    assert_non_null(strstr(err.text, "Europe/Nowhere"));
    assert_string_equal(paper.name, "untouched");
    arena_destroy(arena);
}

static int
print_digest(void)
{
    Arena *const arena = arena_create();
    const PaperList papers = all_papers(arena);

    fputs(digest_of(&papers), stdout);
    arena_destroy(arena);
    return 0;
}

int
main(int argc, char **argv)
{
    if (argc > 1 && text_equal(argv[1], "--digest"))
        return print_digest();
    self = argv[0];

    const struct CMUnitTest tests[] = {
        cmocka_unit_test(papers_read_as_agreed),
        cmocka_unit_test(each_ground_is_asserted),
        cmocka_unit_test(pdfs_are_sound),
        cmocka_unit_test(the_machines_settings_change_nothing),
        cmocka_unit_test(names_are_built_from_our_numbers),
        cmocka_unit_test(papers_argue_for_the_claim_only),
        cmocka_unit_test(an_unknown_zone_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
