#include "jobs/detect/forecasts.h"

#include "core/map.h"
#include "jobs/detect/trust.h"
#include "sql/forecasts.h"

#include <math.h>
#include <string.h>

struct ForecastBook
{
    Arena *arena;
    Instant as_of;
    Map *words;  // carriers and services, by text, into texts
    struct
    {
        Arena *arena;
        const char **items;
        size_t count, capacity;
    } texts;
    Map *carriers;  // how many parcels each has
    Forecast *items;
    size_t count, capacity;
};

ForecastBook *
forecast_book_create(Arena *arena, Instant as_of)
{
    ForecastBook *const book = ARENA_NEW(arena, ForecastBook);

    *book = (ForecastBook){.arena = arena,
        .as_of = as_of,
        .words = map_create(arena),
        .texts = {.arena = arena},
        .carriers = map_create(arena)};
    return book;
}

static const char *
word(ForecastBook *book, const char *text)
{
    bool is_new;
    const int64_t index =
        map_intern(book->words, text, strlen(text), (int64_t)book->texts.count, &is_new);

    if (is_new)
        ARENA_PUSH(&book->texts, arena_copy(book->arena, text));
    return book->texts.items[index];
}

// Once it was presented, or its promise has passed, there is nothing left to tell of lateness, nor where nobody promised; of
// a loss there is until
// presentation, for a parcel that somebody accepted.
void
forecast_book_add(ForecastBook *book, const Shipment *shipment, const Verdict *verdict)
{
    const Judgement *const judgement = &verdict->judgement;
    const int accepted = verdict->history.first_physical;
    const bool presented = verdict->history.first_presentation >= 0;
    const bool promised = shipment_promised_by(shipment, book->as_of);
    const bool ahead = !presented && promised && shipment->promised_at > book->as_of;
    const bool carried = !presented && accepted >= 0;
    const char *const carrier = word(book, shipment->carrier);
    const Forecast forecast = {
        .as_of = book->as_of,
        .shipment_id = arena_copy(book->arena, shipment->id),
        .carrier = carrier,
        .service = word(book, shipment->service),
        .milestone = judgement->milestone,
        .accepted_at = accepted < 0 ? INSTANT_NONE : shipment->scans[accepted].occurred_at,
        .promised_at = promised ? shipment->promised_at : INSTANT_NONE,
        .silence_hours = judgement->silence_hours,
        .p_late = ahead ? verdict->p_late : (double)NAN,
        .p_lost = carried ? verdict->p_lost : (double)NAN,
        .p_late_stated = ahead ? judgement->p_late : (double)NAN,
        .p_lost_stated = carried ? judgement->p_lost : (double)NAN,
        .p_listed = NAN,
    };

    ARENA_PUSH(book, forecast);
    map_put(book->carriers, carrier, strlen(carrier),
        map_get(book->carriers, carrier, strlen(carrier), 0) + 1);
}

int64_t
forecast_book_carrier(const ForecastBook *book, const char *carrier)
{
    return map_get(book->carriers, carrier, strlen(carrier), 0);
}

static void
add_kinds(ForecastBook *book, const Finding *findings, size_t count, Arena *arena)
{
    Map *const found = map_create(arena);

    for (size_t i = 0; i < count; i++)
        map_put(found, findings[i].shipment_id, strlen(findings[i].shipment_id), (int64_t)i);
    for (size_t i = 0; i < book->count; i++) {
        Forecast *const forecast = &book->items[i];
        const int64_t index =
            map_get(found, forecast->shipment_id, strlen(forecast->shipment_id), -1);
        const Signal *const lead = index < 0 ? NULL : &findings[index].signals[0];

        forecast->kind = lead == NULL ? CASE_NONE : lead->kind;
        forecast->p_listed = forecast->kind == CASE_LOST ? lead->probability : (double)NAN;
    }
}

bool
forecast_book_write(ForecastBook *book, const Run *run, const Finding *findings, size_t count,
    Arena *arena, Err *err)
{
    const int64_t needed = 2 * TRUST_DAYS + run->job->settings->learn.loss_horizon_days;
    const int64_t kept = needed > FORECASTS_KEPT_DAYS ? needed : FORECASTS_KEPT_DAYS;

    add_kinds(book, findings, count, arena);
    return forecasts_write(run->db, book->as_of, book->items, book->count, err) &&
           forecasts_forget(run->db, book->as_of - kept * HOURS_24, err);
}
