#include "claims/submission.h"

#include "core/claim_words.h"
#include "core/hash.h"
#include "core/text.h"
#include "core/words.h"

#include <inttypes.h>
#include <string.h>

#define FINGERPRINT                                                                                \
    16  // hexadecimal digits: 64 bits tell any two sets of claims of one first claim apart

// What a message says in one language.
typedef struct Phrases
{
    const char *subject, *colon, *one, *many, *opening, *total, *answer, *account;
} Phrases;

static const Phrases english = {
    .subject = "Claims of",
    .colon = ":",
    .one = "parcel",
    .many = "parcels",
    .opening = "Dear Sir or Madam,\n\n"
               "we file the claims listed below; each is set out in the files enclosed.\n\n",
    .total = "Total claimed",
    .answer = "Please quote our reference in every answer and on every credit note.\n\n",
    .account = "Customer number",
};

static const Phrases french = {
    .subject = "R\xC3\xA9"
               "clamations du",
    .colon = " :",
    .one = "colis",
    .many = "colis",
    .opening = "Madame, Monsieur,\n\n"
               "nous vous adressons les r\xC3\xA9"
               "clamations ci-dessous ; chacune est expos\xC3\xA9"
               "e dans "
               "les fichiers joints.\n\n",
    .total = "Total r\xC3\xA9"
             "clam\xC3\xA9",
    .answer = "Merci de rappeler notre r\xC3\xA9"
              "f\xC3\xA9rence dans toute r\xC3\xA9ponse et sur tout "
              "avoir.\n\n",
    .account = "Num\xC3\xA9ro de client",
};

char *
submission_key(
    Arena *arena, const char *carrier_slug, int64_t round, const int64_t *numbers, size_t count)
{
    Text words = {.arena = arena};

    text_add_format(&words, "%s\n%" PRId64 "\n", carrier_slug, round);
    for (size_t i = 0; i < count; i++)
        text_add_format(&words, "%" PRId64 "\n", numbers[i]);
    return arena_printf(arena, "VS-%06" PRId64 "-%.*s", numbers[0], FINGERPRINT,
        text_sha256(arena, text_get(&words), words.length));
}

static bool
sum(const Dossier *dossiers, size_t count, Money *out, Err *err)
{
    Money total = MONEY_NONE;

    for (size_t i = 0; i < count; i++) {
        const Claim *const claim = &dossiers[i].claim;

        if (!money_is_known(claim->payable))
            return err_set(err, ERR_DATA, "claim %s has no amount", claim->reference);
        if (!money_add(total, claim->payable, &total, err))
            return err_context(err, "claim %s", claim->reference);
    }
    *out = total;
    return true;
}

// "VG-000012", "VG-000012 - VG-000015".
static const char *
span(Arena *arena, const Dossier *dossiers, size_t count)
{
    const char *const first = dossiers[0].claim.reference;

    return count == 1 ? first
                      : arena_printf(arena, "%s - %s", first, dossiers[count - 1].claim.reference);
}

// The claimant's words may have several lines, each of which stays one.
static void
add_lines(Text *out, const char *text)
{
    while (*text != '\0') {
        const size_t length = strcspn(text, "\n");

        text_add_format(
            out, "%s\n", text_clean(out->arena, arena_copy_bytes(out->arena, text, length)));
        text += length + (text[length] == '\n' ? 1 : 0);
    }
}

static void
add_claim(Text *out, Language language, const Claim *claim)
{
    text_add_format(out, "  %s   %s   %s   %s\n", claim->reference,
        text_clean(out->arena, claim->tracking_number), words_claim_ground(language, claim->ground),
        words_money(out->arena, language, claim->payable));
}

static const char *
body(Arena *arena, const Phrases *phrases, Language language, const Dossier *dossiers, size_t count,
    Money total)
{
    const Party *const claimant = &dossiers[0].claimant;
    Text out = {.arena = arena};

    text_add(&out, phrases->opening);
    for (size_t i = 0; i < count; i++)
        add_claim(&out, language, &dossiers[i].claim);
    text_add_format(
        &out, "\n%s%s %s\n\n", phrases->total, phrases->colon, words_money(arena, language, total));
    text_add(&out, phrases->answer);
    if (!text_is_empty(claimant->account))
        text_add_format(&out, "%s%s %s\n", phrases->account, phrases->colon,
            text_clean(arena, claimant->account));
    add_lines(&out, claimant->name);
    add_lines(&out, claimant->address);
    add_lines(&out, claimant->email);
    return text_get(&out);
}

bool
submission_words(
    Arena *arena, const Dossier *dossiers, size_t count, Day day, Submission *out, Err *err)
{
    const Language language = language_of(dossiers[0].claim.language);
    const Phrases *const phrases = language == LANGUAGE_FRENCH ? &french : &english;
    Text subject = {.arena = arena};
    Money total;

    if (!sum(dossiers, count, &total, err))
        return false;
    text_add_format(&subject, "%s %s%s %zu %s, %s (%s)", phrases->subject,
        words_day(arena, language, day), phrases->colon, count,
        count == 1 ? phrases->one : phrases->many, words_money(arena, language, total),
        span(arena, dossiers, count));
    out->subject = text_get(&subject);
    out->text = body(arena, phrases, language, dossiers, count, total);
    return true;
}

const char *
submission_type(const char *file_name)
{
    static const struct
    {
        const char *end, *type;
    } types[] = {
        {".pdf", "application/pdf"},
        {".xml", "application/xml"},
        {".csv", "text/csv; charset=utf-8"},
        {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        {".x12", "application/EDI-X12"},
    };
    const char *const end = strrchr(file_name, '.');

    for (size_t i = 0; end && i < sizeof types / sizeof types[0]; i++)
        if (strcmp(end, types[i].end) == 0)
            return types[i].type;
    return "application/octet-stream";
}
