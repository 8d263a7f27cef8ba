/*
 * How carriers did of late, as the newest night by as-of knew it.
 */
#include "jobs/carriers/carriers.h"

#include "core/scorecard.h"
#include "core/text.h"
#include "core/words.h"
#include "jobs/frame/screen.h"
#include "jobs/run/run.h"
#include "reports/json_carriers.h"
#include "sql/scorecards.h"

#include <string.h>

// A share with its limits: "95 % (94 to 96) of 1,574".
static const char *
share_words(Arena *arena, const ScoreShare *share)
{
    if (share->of == 0)
        return "-";
    return arena_printf(arena, "%s (%s to %s) of %s",
        words_share(arena, LANGUAGE_ENGLISH, share->share),
        words_share(arena, LANGUAGE_ENGLISH, share->low),
        words_share(arena, LANGUAGE_ENGLISH, share->high),
        words_count(arena, LANGUAGE_ENGLISH, share->of));
}

static const char *
name_of(Arena *arena, const Scorecard *card)
{
    switch (card->level) {
    case SCORE_SERVICE:
        return arena_printf(
            arena, "  %s", text_is_empty(card->service) ? "(no service)" : card->service);
    case SCORE_LANE:
        return arena_printf(arena, "    %s, %s>%s",
            text_is_empty(card->service) ? "(no service)" : card->service, card->origin,
            card->destination);
    default:
        return card->carrier;
    }
}

static void
print_card(Text *out, const Scorecard *card)
{
    Arena *const arena = out->arena;

    screen_cell(out, 30, name_of(arena, card));
    text_add_format(out, " %8s", words_count(arena, LANGUAGE_ENGLISH, card->parcels));
    for (size_t i = 0; i < SCORE_QUANTILES; i++)
        text_add_format(
            out, " %7s", words_days(arena, LANGUAGE_ENGLISH, card->transit_hours[i] / 24));
    text_add(out, "  ");
    screen_cell(out, 30, share_words(arena, &card->on_time[PROMISE_STATED]));
    screen_cell(out, 30, share_words(arena, &card->on_time[PROMISE_DERIVED]));
    text_add_format(out, "%s\n", share_words(arena, &card->lost));
}

static void
print_drift(Text *out, const Scorecard *card)
{
    const ScoreDrift *const drift = &card->drift;
    Arena *const arena = out->arena;

    if (!drift->known)
        text_add_format(out, "drift: too few days to tell\n");
    else if (!drift->on)
        text_add_format(out, "drift: none, %s of its promises are usual\n",
            words_share(arena, LANGUAGE_ENGLISH, drift->usual));
    else
        text_add_format(out, "drift: since %s it kept %s of %s promises, where %s are usual\n",
            day_print(arena, drift->since), words_count(arena, LANGUAGE_ENGLISH, drift->count),
            words_count(arena, LANGUAGE_ENGLISH, drift->of),
            words_share(arena, LANGUAGE_ENGLISH, drift->usual));
}

static void
print_claims(Text *out, const Scorecards *cards, const char *carrier)
{
    Arena *const arena = out->arena;

    for (size_t i = 0; i < cards->claim_count; i++) {
        const CarrierClaimSums *const sums = &cards->claims[i];

        if (strcmp(sums->carrier, carrier) == 0)
            text_add_format(out, "claims: %s won, %s refused, %s pending; received %s, owed %s\n",
                words_count(arena, LANGUAGE_ENGLISH, sums->won),
                words_count(arena, LANGUAGE_ENGLISH, sums->refused),
                words_count(arena, LANGUAGE_ENGLISH, sums->pending),
                words_money(arena, LANGUAGE_ENGLISH, claim_sum_money(sums, sums->won_minor)),
                words_money(arena, LANGUAGE_ENGLISH, claim_sum_money(sums, sums->owed_minor)));
    }
}

static void
print_reasons(Text *out, const Scorecards *cards, const char *carrier)
{
    for (size_t i = 0; i < cards->reason_count; i++) {
        const CarrierReason *const reason = &cards->reasons[i];

        if (strcmp(reason->carrier, carrier) == 0)
            text_add_format(out, "cases: %s %s opened, %s tonight\n",
                words_count(out->arena, LANGUAGE_ENGLISH, reason->opened),
                words_case_kind(LANGUAGE_ENGLISH, reason->kind),
                words_count(out->arena, LANGUAGE_ENGLISH, reason->listed));
    }
}

// All carriers, or one with its services and lanes and what else is known of it.
static void
print_text(const Job *job, const Scorecards *cards, const char *carrier)
{
    Text out = {.arena = job->arena};

    text_add_format(&out,
        "parcels accepted since %s, promises that ended by %s, losses %s; night of %s\n",
        day_print(job->arena, cards->first_day), day_print(job->arena, cards->promised_by),
        cards->accepted_by < cards->first_day
            ? "not known yet"
            : arena_printf(job->arena, "of parcels accepted by %s",
                  day_print(job->arena, cards->accepted_by)),
        zone_print(job->arena, job->zone, cards->as_of));
    text_add(&out,
        "CARRIER                         PARCELS  MEDIAN     90%     95%  STATED PROMISES KEPT"
        "          PROMISES OF THE SERVICE KEPT  LOST\n");
    for (size_t i = 0; i < cards->count; i++) {
        const Scorecard *const card = &cards->items[i];

        if (*carrier == '\0' ? card->level == SCORE_CARRIER : strcmp(card->carrier, carrier) == 0)
            print_card(&out, card);
    }
    if (*carrier != '\0') {
        print_drift(&out, scorecards_carrier(cards, carrier));
        print_claims(&out, cards, carrier);
        print_reasons(&out, cards, carrier);
    }
    fputs(text_get(&out), job->out);
}

// The name under which the cards know a carrier.
static bool
find_carrier(const CarriersView *view, const Scorecards *cards, const char **out, Err *err)
{
    const char *const given = view->job->arguments[1];
    const int known = catalogue_find(view->catalogue, given);
    const char *const name =
        known < 0 ? given : catalogue_carrier(view->catalogue, (size_t)known)->id;

    if (scorecards_carrier(cards, name) == NULL)
        return err_set(err, ERR_CONFIG, "no parcel of \"%s\" was accepted since %s",
            text_clean(view->job->arena, given), day_print(view->job->arena, cards->first_day));
    *out = name;
    return true;
}

bool
carriers_scorecard(const CarriersView *view, Err *err)
{
    Job *const job = view->job;
    Db *const db = run_connect(job, job->arena, err);
    const char *carrier = "";
    Scorecards cards;

    if (db == NULL || !scorecards_read(db, job->arena, job->as_of, job->zone, &cards, err))
        return false;
    if (cards.first_day == DAY_NONE)
        return err_set(err, ERR_FAILED, "no night was judged up to %s: run vigie nightly",
            instant_print(job->arena, job->as_of));
    if (job->argument_count > 1 && !find_carrier(view, &cards, &carrier, err))
        return false;
    if (job->format == FORMAT_JSON)
        screen_json(job, json_carriers(job->arena, &cards, carrier));
    else
        print_text(job, &cards, carrier);
    return true;
}
