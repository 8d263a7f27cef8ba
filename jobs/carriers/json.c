/*
 * The catalogue as data.
 */
#include "jobs/carriers/carriers.h"

#include "jobs/frame/screen.h"

static json_t *
texts_json(Arena *arena, TextList list)
{
    json_t *const json = json_array();

    for (size_t i = 0; i < list.count; i++)
        json_array_append_new(json, json_of_text(arena, list.items[i]));
    return json;
}

static json_t *
clock_json(Arena *arena, int minutes)
{
    return minutes < 0
               ? json_null()
               : json_of_text(arena, arena_printf(arena, "%02d:%02d", minutes / 60, minutes % 60));
}

static json_t *
promise_json(Arena *arena, const Promise *promise)
{
    return json_pack("{s:o, s:o, s:i, s:s, s:o}", "from", texts_json(arena, promise->from), "to",
        texts_json(arena, promise->to), "after", (int)promise->after, "count",
        carriers_count_word(promise->count), "by", clock_json(arena, promise->by));
}

static json_t *
service_json(Arena *arena, const CarrierService *service)
{
    json_t *const promises = json_array();

    for (size_t i = 0; i < service->promise_count; i++)
        json_array_append_new(promises, promise_json(arena, &service->promises[i]));
    return json_pack("{s:s, s:o, s:o, s:o, s:o, s:s, s:o}", "id", service->id, "name",
        json_of_text(arena, service->name), "aliases", texts_json(arena, service->aliases),
        "cut_off", clock_json(arena, service->cut_off), "source",
        json_of_text(arena, service->source), "confidence", service->confidence, "promises",
        promises);
}

json_t *
carriers_row_json(Arena *arena, const CodeRow *row)
{
    const bool out = row->milestone == MILESTONE_UNMAPPED;
    json_t *const json = json_object();

    json_object_set_new(json, "code", json_of_text(arena, row->code));
    json_object_set_new(json, "subcode", json_of_text(arena, row->subcode));
    json_object_set_new(
        json, "milestone", out ? json_null() : json_string(milestone_name(row->milestone)));
    json_object_set_new(json, "physical", json_boolean(row->physical));
    json_object_set_new(json, "dead", json_boolean(row->dead));
    json_object_set_new(json, "label_en", json_of_text(arena, row->label_en));
    json_object_set_new(json, "label_fr", json_of_text(arena, row->label_fr));
    json_object_set_new(json, "left_out", json_of_text(arena, row->why));
    json_object_set_new(json, "judged", json_of_text(arena, row->judged));
    json_object_set_new(json, "source", json_of_text(arena, row->source));
    json_object_set_new(json, "scheme", json_of_text(arena, row->scheme));
    json_object_set_new(json, "file", json_of_text(arena, row->file));
    json_object_set_new(json, "line", json_integer((json_int_t)row->line));
    json_object_set_new(json, "overridden", json_boolean(row->answers == 0));
    return json;
}

static json_t *
scheme_json(Arena *arena, const CodeScheme *scheme, bool codes)
{
    json_t *const json =
        json_pack("{s:o, s:o, s:o, s:I, s:I}", "name", json_of_text(arena, scheme->name), "source",
            json_of_text(arena, scheme->source), "file", json_of_text(arena, scheme->file), "codes",
            (json_int_t)scheme->row_count, "left_out", (json_int_t)scheme->left_out_count);
    json_t *const rows = json_array();

    for (size_t i = 0; codes && i < scheme->row_count + scheme->left_out_count; i++)
        json_array_append_new(rows, carriers_row_json(arena, &scheme->rows[i]));
    if (codes)
        json_object_set(json, "rows", rows);
    json_decref(rows);
    return json;
}

static json_t *
holding_json(Arena *arena, const PickupHolding *holding)
{
    return holding->after == 0
               ? json_null()
               : json_pack("{s:i, s:s, s:o, s:s}", "after", (int)holding->after, "count",
                     carriers_count_word(holding->count), "source",
                     json_of_text(arena, holding->source), "confidence", holding->confidence);
}

static void
put_ways(Arena *arena, json_t *json, const CarrierEntry *entry)
{
    json_object_set_new(json, "tracking_link", json_of_text(arena, entry->tracking_link));
    json_object_set_new(json, "time_zone", json_of_text(arena, entry->time_zone));
    json_object_set_new(json, "time_zone_source", json_of_text(arena, entry->time_zone_source));
    json_object_set_new(json, "delivery_days",
        entry->delivery_days == 0 ? json_null() : json_integer(entry->delivery_days));
    json_object_set_new(json, "opens", clock_json(arena, entry->opens));
    json_object_set_new(json, "closes", clock_json(arena, entry->closes));
    json_object_set_new(json, "pickup_holding", holding_json(arena, &entry->pickup_holding));
    json_object_set_new(json, "quirks", texts_json(arena, entry->quirks));
}

json_t *
carriers_json(Arena *arena, const CarrierEntry *entry, bool codes)
{
    json_t *const json = json_object(), *const services = json_array(),
                  *const schemes = json_array();

    for (size_t i = 0; i < entry->service_count; i++)
        json_array_append_new(services, service_json(arena, &entry->services[i]));
    for (size_t i = 0; i < entry->scheme_count; i++)
        json_array_append_new(schemes, scheme_json(arena, &entry->schemes[i], codes));
    json_object_set_new(json, "id", json_string(entry->id));
    json_object_set_new(json, "name", json_of_text(arena, entry->name));
    json_object_set_new(
        json, "vocabulary", json_of_text(arena, vocabulary_word(entry->vocabulary)));
    json_object_set_new(json, "aliases", texts_json(arena, entry->aliases));
    put_ways(arena, json, entry);
    json_object_set_new(json, "services", services);
    json_object_set_new(json, "schemes", schemes);
    json_object_set_new(json, "codes", json_integer((json_int_t)entry->code_count));
    return json;
}
