#include "core/trust_words.h"

typedef struct Numbers
{
    const char *days, *parcels, *statements, *stated, *happened;
} Numbers;

static Numbers
numbers_of(Arena *arena, Language language, int64_t days, const Trust *trust)
{
    return (Numbers){
        .days = words_count(arena, language, days),
        .parcels = words_count(arena, language, trust->parcels),
        .statements = words_count(arena, language, trust->count),
        .stated = words_share(arena, language, trust->stated),
        .happened = words_share(arena, language, trust->happened),
    };
}

const char *
trust_words_late(Arena *arena, Language language, const TrustReport *trust)
{
    const Numbers n = numbers_of(arena, language, trust->days, &trust->late);

    if (trust->late.count == 0)
        return "";
    if (language == LANGUAGE_FRENCH)
        return arena_printf(arena,
            "Colis dont la promesse a expir\u00e9 depuis %s jours\u00a0: %s. En %s "
            "\u00e9nonc\u00e9s, "
            "les nuits d'avant leur donnaient en moyenne %s de risque de retard\u00a0; %s sont "
            "arriv\u00e9s en retard.",
            n.days, n.parcels, n.statements, n.stated, n.happened);
    return arena_printf(arena,
        "Parcels whose promise ended in the last %s days: %s. In %s statements the nights before "
        "gave them %s on average to be late; %s were.",
        n.days, n.parcels, n.statements, n.stated, n.happened);
}

const char *
trust_words_lost(Arena *arena, Language language, const TrustReport *trust)
{
    const Numbers n = numbers_of(arena, language, trust->days, &trust->lost);

    if (trust->lost.count == 0)
        return "";
    if (language == LANGUAGE_FRENCH)
        return arena_printf(arena,
            "Colis dont on sait depuis %s jours s'ils sont perdus\u00a0: %s. En %s "
            "\u00e9nonc\u00e9s, les nuits d'avant leur donnaient en moyenne %s de risque de "
            "perte\u00a0; %s sont perdus.",
            n.days, n.parcels, n.statements, n.stated, n.happened);
    return arena_printf(arena,
        "Parcels of which the last %s days showed whether they are lost: %s. In %s statements the "
        "nights before gave them %s on average; %s are.",
        n.days, n.parcels, n.statements, n.stated, n.happened);
}

const char *
trust_words_lists(Arena *arena, Language language, const TrustReport *trust)
{
    const char *const entries = words_count(arena, language, trust->listed);
    const char *const parcels = words_count(arena, language, trust->listed_parcels);
    const char *const stated = words_share(arena, language, trust->false_stated);
    const char *const happened = words_share(arena, language, trust->false_happened);
    const char *const dismissed = words_count(arena, language, trust->dismissed);
    const char *const confirmed = words_count(arena, language, trust->confirmed);

    if (trust->listed == 0)
        return "";
    if (language == LANGUAGE_FRENCH)
        return arena_printf(arena,
            "Inscriptions aux listes de colis perdus dont on conna\u00eet l'issue\u00a0: %s "
            "(colis\u00a0: %s). Fausses, attendues\u00a0: %s\u00a0; constat\u00e9es\u00a0: %s. "
            "Cas \u00e9cart\u00e9s par vous\u00a0: %s, confirm\u00e9s\u00a0: %s.",
            entries, parcels, stated, happened, dismissed, confirmed);
    return arena_printf(arena,
        "Entries of the lists of lost parcels whose truth is known: %s (parcels: %s). Expected to "
        "be false: %s; false: %s. Cases that people dismissed: %s, confirmed: %s.",
        entries, parcels, stated, happened, dismissed, confirmed);
}
