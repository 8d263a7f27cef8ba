#include "claims/papers/papers.h"

#include "claims/dossier.h"

bool
paper_dossier(Arena *arena, const Dossier *dossier, Paper *out, Err *err)
{
    Paper paper = {
        .name = arena_printf(arena, "%s.xml", claim_reference(arena, dossier->claim.number))};

    if (!dossier_write(arena, dossier, &paper.bytes, &paper.length, err))
        return false;
    *out = paper;
    return true;
}

bool
papers_of_claim(Press *press, const Dossier *dossier, PaperList *list, Err *err)
{
    Arena *const arena = list->arena;
    Paper made[4];
    size_t count = 3;

    if (!paper_dossier(arena, dossier, &made[0], err) ||
        !paper_letter(press, arena, dossier, &made[1], err) ||
        !paper_annex(press, arena, dossier, &made[2], err))
        return false;
    if (paper_declaration_wanted(dossier)) {
        if (!paper_declaration(press, arena, dossier, &made[3], err))
            return false;
        count = 4;
    }
    for (size_t i = 0; i < count; i++)
        ARENA_PUSH(list, made[i]);
    return true;
}
