/*
 * What is known of a carrier, for people.
 */
#include "jobs/carriers/carriers.h"

#include "core/text.h"
#include "jobs/frame/screen.h"

#include <string.h>

// A page being written.
typedef struct Sheet
{
    const CarriersView *view;
    Arena *arena;
    size_t columns;
    Text out;
} Sheet;

static const char *
joined(Arena *arena, TextList list, const char *between)
{
    Text out = {.arena = arena};

    for (size_t i = 0; i < list.count; i++)
        text_add_format(&out, "%s%s", i > 0 ? between : "", list.items[i]);
    return text_get(&out);
}

static const char *
hour_text(Arena *arena, int minutes)
{
    return arena_printf(arena, "%02d:%02d", minutes / 60, minutes % 60);
}

const char *
carriers_count_word(DayCount count)
{
    return count == COUNT_CALENDAR_DAYS     ? "calendar_days"
           : count == COUNT_WORKING_DAYS    ? "working_days"
           : count == COUNT_JOURS_OUVRABLES ? "jours_ouvrables"
           : count == COUNT_HOURS           ? "hours"
                                            : "months";
}

// "2 working days", "48 hours".
static const char *
span(Arena *arena, int32_t after, DayCount count)
{
    const char *const words = count == COUNT_CALENDAR_DAYS     ? "calendar days"
                              : count == COUNT_WORKING_DAYS    ? "working days (Monday to Friday)"
                              : count == COUNT_JOURS_OUVRABLES ? "working days (Monday to Saturday)"
                                                               : "hours";

    return arena_printf(arena, "%d %s", (int)after, words);
}

static const char *
delivers(Arena *arena, const CarrierEntry *entry)
{
    static const char *const WEEKS[] = {
        "", "Monday to Friday", "Monday to Saturday", "every day of the week"};
    const char *const week = WEEKS[entry->delivery_days < 5 ? 0 : entry->delivery_days - 4];

    return entry->opens < 0 ? week
                            : arena_printf(arena, "%s%s%s to %s", week, *week ? ", " : "",
                                  hour_text(arena, entry->opens), hour_text(arena, entry->closes));
}

static const char *
time_zone(Arena *arena, const CarrierEntry *entry)
{
    const char *const zone =
        strcmp(entry->time_zone, "place") == 0 ? "local time of the place" : entry->time_zone;

    return *entry->time_zone_source == '\0'
               ? zone
               : arena_printf(arena, "%s (%s)", zone, entry->time_zone_source);
}

static void
write_line(Sheet *sheet, const char *label, const char *value)
{
    screen_line(&sheet->out, sheet->columns, label, value);
}

static void
write_head(Sheet *sheet, const CarrierEntry *entry)
{
    Arena *const arena = sheet->arena;
    const PickupHolding *const holding = &entry->pickup_holding;

    text_add_format(&sheet->out, "%s (%s): %s\n", entry->name, entry->id, carriers_kind(entry));
    write_line(sheet, "also known as", joined(arena, entry->aliases, ", "));
    write_line(sheet, "tracking", entry->tracking_link);
    write_line(sheet, "its clock", time_zone(arena, entry));
    write_line(sheet, "delivers", delivers(arena, entry));
    if (holding->after > 0)
        write_line(sheet, "pick-up keeps",
            arena_printf(arena, "%s (%s: %s)", span(arena, holding->after, holding->count),
                holding->confidence, holding->source));
}

// "FR, BE to DE: 2 working days (Monday to Friday), by 18:00".
static void
write_promise(Sheet *sheet, const Promise *promise)
{
    Arena *const arena = sheet->arena;
    const char *const from = promise->from.count ? joined(arena, promise->from, ", ") : "anywhere";
    const char *const to = promise->to.count ? joined(arena, promise->to, ", ") : "anywhere";

    write_line(sheet, "  promise",
        arena_printf(arena, "%s to %s: %s%s%s", from, to,
            span(arena, promise->after, promise->count), promise->by < 0 ? "" : ", by ",
            promise->by < 0 ? "" : hour_text(arena, promise->by)));
}

static void
write_service(Sheet *sheet, const CarrierService *service)
{
    Arena *const arena = sheet->arena;

    text_add_format(&sheet->out, "Service %s: %s\n", service->id, service->name);
    write_line(sheet, "  also known as", joined(arena, service->aliases, ", "));
    if (service->cut_off >= 0)
        write_line(sheet, "  cut-off",
            arena_printf(arena, "%s; later counts as the next working day",
                hour_text(arena, service->cut_off)));
    for (size_t i = 0; i < service->promise_count; i++)
        write_promise(sheet, &service->promises[i]);
    if (service->promise_count == 0)
        write_line(sheet, "  promise", "none");
    write_line(
        sheet, "  source", arena_printf(arena, "%s (%s)", service->source, service->confidence));
}

// "DR1          announced          label data received"; '*' marks proof that somebody handled the parcel.
static void
write_row(Sheet *sheet, const CodeRow *row)
{
    const bool out = row->milestone == MILESTONE_UNMAPPED;
    const char *const label =
        out ? row->why : code_row_label(row, sheet->view->job->settings->language);
    const char *const judged =
        *row->judged == '\0' ? "" : arena_printf(sheet->arena, " [judged: %s]", row->judged);

    text_add_format(&sheet->out, "  %c ", row->physical ? '*' : ' ');
    screen_cell(&sheet->out, 22,
        *row->subcode == '\0' ? row->code
                              : arena_printf(sheet->arena, "%s / %s", row->code, row->subcode));
    text_add(&sheet->out, "  ");
    screen_cell(&sheet->out, 21, out ? "(left out)" : milestone_name(row->milestone));
    screen_wrap(&sheet->out, sheet->columns, 49, 49,
        arena_printf(sheet->arena, "%s%s%s", label, judged,
            row->answers > 0 ? "" : " (a later file says otherwise)"));
}

static void
write_scheme(Sheet *sheet, const CodeScheme *scheme, bool codes)
{
    text_add_format(&sheet->out, "Scheme %s: %zu codes, %zu left out\n", scheme->name,
        scheme->row_count, scheme->left_out_count);
    write_line(sheet, "  source", scheme->source);
    write_line(sheet, "  file", scheme->file);
    for (size_t i = 0; codes && i < scheme->row_count + scheme->left_out_count; i++)
        write_row(sheet, &scheme->rows[i]);
}

static void
write_quirks(Sheet *sheet, const CarrierEntry *entry)
{
    text_add(&sheet->out, entry->quirks.count > 0 ? "Mind\n" : "");
    for (size_t i = 0; i < entry->quirks.count; i++) {
        text_add(&sheet->out, "  - ");
        screen_wrap(&sheet->out, sheet->columns, 4, 4, entry->quirks.items[i]);
    }
}

bool
carriers_show(const CarriersView *view, Err *err)
{
    const bool codes = job_option(view->job, "codes") != NULL;
    int index;
    Sheet sheet = {.view = view,
        .arena = view->job->arena,
        .columns = screen_columns(view->job),
        .out = {.arena = view->job->arena}};

    if (!carriers_find(view, view->job->arguments[1], &index, err))
        return false;

    const CarrierEntry *const entry = catalogue_carrier(view->catalogue, (size_t)index);

    if (view->job->format == FORMAT_JSON) {
        screen_json(view->job, carriers_json(view->job->arena, entry, codes));
        return true;
    }
    write_head(&sheet, entry);
    for (size_t i = 0; i < entry->service_count; i++)
        write_service(&sheet, &entry->services[i]);
    for (size_t i = 0; i < entry->scheme_count; i++)
        write_scheme(&sheet, &entry->schemes[i], codes);
    write_quirks(&sheet, entry);
    fputs(text_get(&sheet.out), view->job->out);
    return true;
}
