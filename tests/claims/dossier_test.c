#include "claims/claims.h"
#include "claims/dossier.h"

#include "tests/harness/golden.h"
#include "tests/harness/occurrences.h"
#include "tests/harness/sample_digest.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define DAY_OF_NEW_YEAR_2031 22280  // 2031-01-01

static const DossierScan scans[] = {
    {.occurred_at = 1763560800 * SECOND,
        .milestone = MILESTONE_ACCEPTED,
        .physical = true,
        .code = "PC1",
        .text = "pris en charge",
        .place = "Caf\xC3\xA9 <NORD>",
        .country = "FR"},
    {.occurred_at = 1763647200 * SECOND + 1,
        .milestone = MILESTONE_UNMAPPED,
        .code = "X/48",
        .text = "",
        .place = "",
        .country = ""},
};
static const DossierPoint curve[] = {{0, 0}, {12.5, .5}, {96, .9912}};

static Dossier
dossier_of(const Claim *claim)
{
    return (Dossier){
        .claim = *claim,
        .claimant = {.name = "Caf\xC3\xA9 & Th\xC3\xA9 <SARL>",
            .address = "1 rue de l'\xC3\x89glise\r\n59000 Lille\n",
            .email = "claims@example.org",
            .account = "C-4711"},
        .carrier = {.name = "Colissimo", .address = "Service Clients", .email = "", .account = ""},
        .time_zone = "Europe/Paris",
        .as_of = 1763679600 * SECOND,
        .scans = scans,
        .scan_count = sizeof scans / sizeof scans[0],
        .normal = {.segment = "colissimo / home / IDF>PACA, in transit",
            .parcels = 1234.5,
            .half_hours = 12.5,
            .most_hours = 40,
            .nearly_all_hours = NAN,
            .silence_hours = 372.25,
            .curve = curve,
            .curve_count = sizeof curve / sizeof curve[0]},
    };
}

static const char *
dossier(Arena *arena, const Claim *claim)
{
    const Dossier whole = dossier_of(claim);
    const char *xml = NULL;
    size_t length = 0;
    Err err = {0};

    if (!dossier_write(arena, &whole, &xml, &length, &err))
        fail_msg("%s", err.text);
    assert_int_equal(strlen(xml), length);
    return xml;
}

static Dossier
read_back(Arena *arena, const char *xml)
{
    Dossier dossier = {0};
    Err err = {0};

    if (!dossier_read(arena, xml, strlen(xml), &dossier, &err))
        fail_msg("%s", err.text);
    return dossier;
}

// What was read back prints the same papers: same bytes, and the figures behind them.
static void
comes_back_whole(void **state)
{
    Arena *const arena = arena_create();
    const Digest *const digest = sample_digest(arena);

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        const char *const xml = dossier(arena, &digest->claims[i]), *again;
        const Dossier back = read_back(arena, xml);
        size_t length;
        Err err = {0};

        assert_true(dossier_write(arena, &back, &again, &length, &err));
        assert_string_equal(again, xml);
        assert_int_equal(back.claim.number, digest->claims[i].number);
        assert_int_equal(back.claim.payable.minor, digest->claims[i].payable.minor);
        assert_int_equal(back.scan_count, 2);
        assert_int_equal(back.scans[1].occurred_at, scans[1].occurred_at);
        assert_true(back.scans[0].physical && !back.scans[1].physical);
        assert_int_equal(back.normal.curve_count, 3);
        assert_true(isnan(back.normal.nearly_all_hours));
    }

    const Dossier ready = read_back(arena, dossier(arena, &digest->claims[0]));

    assert_int_equal(ready.claim.lines[1].kind, LIABILITY_PER_KG);
    assert_int_equal(ready.claim.lines[1].rate.minor, 2300);
    assert_int_equal(ready.claim.lines[0].basis, VALUE_DECLARED);
    assert_true(ready.claim.enclosures[0].present && !ready.claim.enclosures[1].present);
    assert_string_equal(ready.claimant.address, "1 rue de l'\xC3\x89glise\n59000 Lille");
    arena_destroy(arena);
}

// Each fact's change shows; what is normal there does not count, but must be whole.
static void
bytes_state_a_dossier_or_not(void **state)
{
    Arena *const arena = arena_create();
    const Claim *const claim = &sample_digest(arena)->claims[0];
    const char *const xml = dossier(arena, claim);
    char *const cut = arena_copy(arena, xml);
    Dossier whole = dossier_of(claim);

    (void)state;
    assert_true(dossier_states(&whole, xml));
    whole.normal.curve_count--;
    assert_true(dossier_states(&whole, xml));
    whole.normal = (DossierNormal){.segment = ""};
    assert_true(dossier_states(&whole, xml));
    whole.scan_count--;
    assert_false(dossier_states(&whole, xml));
    whole = dossier_of(claim);
    whole.as_of++;
    assert_false(dossier_states(&whole, xml));
    whole = dossier_of(claim);
    whole.claim.contents = "another thing";
    assert_false(dossier_states(&whole, xml));

    whole = dossier_of(claim);
    strstr(cut, "</normal>")[0] = ' ';
    assert_false(dossier_states(&whole, cut));
    cut[strlen(cut) / 2] = '\0';
    assert_false(dossier_states(&whole, cut));
    assert_false(dossier_states(&whole, ""));
    arena_destroy(arena);
}

static void
what_is_no_dossier_is_refused(void **state)
{
    static const char *const texts[] = {"", "<", "<dossier/>", "not xml",
        "<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><dossier>&x;</dossier>"};
    Arena *const arena = arena_create();
    Dossier dossier = {.as_of = 7};

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        Err err = {0};

        assert_false(dossier_read(arena, texts[i], strlen(texts[i]), &dossier, &err));
        assert_int_equal(err.kind, ERR_DATA);
        assert_int_equal(dossier.as_of, 7);
    }
    arena_destroy(arena);
}

static void
reads_as_agreed(void **state)
{
    Arena *const arena = arena_create();
    const Digest *const digest = sample_digest(arena);

    (void)state;
    golden_check("tests/claims/golden/dossier_ready.xml", dossier(arena, &digest->claims[0]));
    golden_check("tests/claims/golden/dossier_draft.xml", dossier(arena, &digest->claims[1]));
    arena_destroy(arena);
}

static void
the_same_claim_gives_the_same_bytes(void **state)
{
    Arena *const arena = arena_create(), *const other = arena_create();

    (void)state;
    assert_string_equal(dossier(arena, &sample_digest(arena)->claims[0]),
        dossier(other, &sample_digest(other)->claims[0]));
    arena_destroy(other);
    arena_destroy(arena);
}

// Nothing that a source can send opens or closes an element, makes an entity, or breaks the file.
static void
hostile_texts_stay_texts(void **state)
{
    static const char *const texts[] = {
        "</contents><payable currency=\"EUR\">9999</payable>",
        "]]>",
        "&xxe; &#0; &amp;",
        "<!DOCTYPE x [<!ENTITY xxe SYSTEM \"file:///etc/passwd\">]>",
        "a\x01z\x1F\x7F",
        "line\nbreak\ttab\rreturn",
        "bad \xFF\xFE\xC0\xAF utf",
        "\xEF\xBF\xBF\xEF\xBF\xBE\xED\xA0\x80",
        "rtl \xE2\x80\xAEgnp.exe",
        "=cmd|' /C calc'!A0",
        "  ",
    };
    Arena *const arena = arena_create();

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        Claim claim = sample_digest(arena)->claims[0];

        claim.contents = claim.tracking_number = claim.last_scan = claim.carrier = texts[i];
        claim.opening_clause = claim.submit_to = texts[i];

        const char *const xml = dossier(arena, &claim);

        assert_int_equal(1, occurrences(xml, "<payable"));
        assert_null(strstr(xml, "<!DOCTYPE"));
        assert_null(strstr(xml, "\xE2\x80\xAE"));
        assert_null(strpbrk(xml, "\x01\x1F\x7F\r\t"));
        assert_true(text_is_utf8(xml, strlen(xml)));
        assert_string_equal(read_back(arena, xml).claim.contents, text_clean(arena, texts[i]));
    }
    arena_destroy(arena);
}

static bool
writes(Arena *arena, const Claim *claim, const char **xml, size_t *length, Err *err)
{
    const Dossier whole = dossier_of(claim);

    return dossier_write(arena, &whole, xml, length, err);
}

static void
what_does_not_validate_does_not_leave(void **state)
{
    Arena *const arena = arena_create();
    Claim nameless = sample_digest(arena)->claims[0], baseless = nameless, undemanding = nameless;
    const char *xml = "untouched";
    size_t length = 7;
    Err err = {0};

    (void)state;
    nameless.reference = "VG-12\" x=\"";
    assert_false(writes(arena, &nameless, &xml, &length, &err));
    assert_int_equal(err.kind, ERR_FAILED);
    assert_non_null(strstr(err.text, "the dossier does not validate: line 2: "));
    assert_non_null(strstr(err.text, "reference"));

    baseless.clause = "";
    assert_false(writes(arena, &baseless, &xml, &length, &err));
    assert_non_null(strstr(err.text, "clause"));

    undemanding.payable = MONEY_NONE;
    undemanding.missing = "";
    assert_false(writes(arena, &undemanding, &xml, &length, &err));
    assert_non_null(strstr(err.text, "demand"));

    assert_string_equal(xml, "untouched");
    assert_int_equal(length, 7);
    arena_destroy(arena);
}

static void
what_is_not_known_is_absent(void **state)
{
    Arena *const arena = arena_create();
    Claim claim = sample_digest(arena)->claims[0];

    (void)state;
    claim.weight_grams = 0;
    claim.line_count = 0;
    claim.value = MONEY_NONE;
    claim.promised_at = claim.last_scan_at = INSTANT_NONE;
    claim.opens_on = DAY_NONE;
    claim.enclosure_count = 0;
    claim.service = claim.origin = claim.last_scan = "";

    Dossier unseen = dossier_of(&claim);
    const char *xml = NULL;
    size_t length;
    Err err = {0};

    unseen.scan_count = unseen.normal.curve_count = 0;
    assert_true(dossier_write(arena, &unseen, &xml, &length, &err));
    assert_null(strstr(xml, "<weight_grams"));
    assert_null(strstr(xml, "<value"));
    assert_null(strstr(xml, "<promised_at"));
    assert_null(strstr(xml, "<last_scan"));
    assert_null(strstr(xml, "<opens_on"));
    assert_null(strstr(xml, "<enclosure"));
    assert_null(strstr(xml, "/>"));
    arena_destroy(arena);
}

// What the carrier could refuse the claim by stays with the claimant; the opening, with its clause, leaves.
static void
argues_for_the_claim_only(void **state)
{
    Arena *const arena = arena_create();
    Claim claim = sample_digest(arena)->claims[2];

    (void)state;
    claim.claim_deadline = DAY_OF_NEW_YEAR_2031;
    claim.barred_after = DAY_OF_NEW_YEAR_2031 + 1;
    claim.deadline_clause = claim.bar_clause = claim.bar_source = claim.caution = "to be kept";

    const char *const xml = dossier(arena, &claim);

    assert_null(strstr(xml, "to be kept"));
    assert_null(strstr(xml, "2031-01-0"));
    assert_non_null(
        strstr(xml, "<opens_on clause=\"promise and some days\">2026-11-13</opens_on>"));
    arena_destroy(arena);
}

static void
names_are_built_from_our_numbers(void **state)
{
    Arena *const arena = arena_create();

    (void)state;
    assert_string_equal(claim_reference(arena, 123), "VG-000123");
    assert_string_equal(claim_reference(arena, 123456789), "VG-123456789");
    arena_destroy(arena);
}

static void
the_schema_is_published_whole(void **state)
{
    size_t length = 0;
    const char *const schema = dossier_schema(&length);

    (void)state;
    assert_int_equal(strlen(schema), length);
    assert_non_null(strstr(schema, "targetNamespace=\"urn:vigie:claim:1\""));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_as_agreed),
        cmocka_unit_test(comes_back_whole),
        cmocka_unit_test(bytes_state_a_dossier_or_not),
        cmocka_unit_test(what_is_no_dossier_is_refused),
        cmocka_unit_test(the_same_claim_gives_the_same_bytes),
        cmocka_unit_test(hostile_texts_stay_texts),
        cmocka_unit_test(what_does_not_validate_does_not_leave),
        cmocka_unit_test(what_is_not_known_is_absent),
        cmocka_unit_test(argues_for_the_claim_only),
        cmocka_unit_test(names_are_built_from_our_numbers),
        cmocka_unit_test(the_schema_is_published_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
