/*
 * A claim for a parcel that turned up must not stand: what was paid without a debt is to be given back (Code civil, art.
 * 1302). So the carrier is told, unasked, that the claim is withdrawn and that what it credited is returned. The words are
 * in claims/templates.
 */
#include "claims/papers/desk.h"

#include "core/text.h"

static bool
is_paid(const Desk *desk)
{
    return money_is_known(desk->claim->credited) && desk->claim->credited.minor > 0;
}

static Slots
withdrawal_slots(const Desk *desk, const ClaimWithdrawal *withdrawal)
{
    const bool found = withdrawal->found_at != INSTANT_NONE;
    Slots slots = {.arena = desk->arena};

    desk_put_condition(&slots, "delivered", found && withdrawal->found == MILESTONE_DELIVERED);
    desk_put_condition(&slots, "returned", found && withdrawal->found == MILESTONE_RETURNED);
    desk_put_condition(&slots, "unpaid", !is_paid(desk));
    desk_put(&slots, "reference", desk->reference);
    desk_put(&slots, "claimed", desk_money(desk, desk->claim->claimed));
    desk_put(&slots, "credited", is_paid(desk) ? desk_money(desk, desk->claim->credited) : "");
    desk_put(&slots, "found", desk_day(desk, withdrawal->found_at));
    desk_put(&slots, "place", withdrawal->place);
    desk_put(&slots, "account", desk->dossier->claimant.account);
    return slots;
}

static const DeskPart parts[] = {
    {"facts", NULL, desk_draw_facts},
    {"signature", NULL, desk_draw_signature},
};

bool
paper_withdrawal(Press *press, Arena *arena, const Dossier *dossier,
    const ClaimWithdrawal *withdrawal, Paper *out, Err *err)
{
    Dossier dated = *dossier;
    Desk desk;

    dated.as_of = withdrawal->as_of;
    if (!desk_set(&desk, press, arena, &dated, err))
        return false;

    const char *const title =
        desk_fill(&desk, is_paid(&desk) ? "repayment_title" : "withdrawal_title", "parcel",
            desk_parcel(&desk), "reference", desk.reference, NULL);
    const Slots slots = withdrawal_slots(&desk, withdrawal);

    desk_begin(&desk, title, "");
    desk_head(&desk, title);
    desk_print(&desk, tongue_text(desk.tongue, "withdrawal"), &slots, parts,
        sizeof parts / sizeof parts[0]);
    return desk_end(&desk, "withdrawal.pdf", out, err);
}
