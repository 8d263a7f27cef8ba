#include "jobs/report/report_data.h"

#include "core/text.h"

#include <signal.h>

static bool
put(const ReportData *data, Arena *arena, const char *name, const char *bytes, size_t length,
    Err *err)
{
    return text_is_empty(data->folder) ||
           file_write(file_join(arena, data->folder, name), bytes, length, err);
}

static bool
put_json(const ReportData *data, Arena *arena, Err *err)
{
    const char *bytes;
    size_t length;

    return report_json(arena, data->digest, &bytes, &length, err) &&
           put(data, arena, "night.json", bytes, length, err);
}

static bool
put_tables(const ReportData *data, Arena *arena, Err *err)
{
    size_t length;
    const char *bytes = report_csv(arena, data->digest, &length);

    if (!put(data, arena, "cases.csv", bytes, length, err))
        return false;
    bytes = report_carriers_csv(arena, &data->digest->cards, &length);
    return put(data, arena, "carriers.csv", bytes, length, err);
}

static bool
put_sheets(const ReportData *data, Arena *arena, Err *err)
{
    const char *bytes;
    size_t length;

    return report_xlsx(arena, data->digest, data->zone, data->language, &bytes, &length, err) &&
           put(data, arena, "night.xlsx", bytes, length, err);
}

static void *
make(void *place)
{
    static bool (*const files[])(const ReportData *, Arena *, Err *) = {
        put_json, put_tables, put_sheets};
    ReportData *const data = place;
    Arena *const arena = arena_create();

    data->done = true;
    for (size_t i = 0; data->done && i < sizeof files / sizeof files[0]; i++) {
        data->done = files[i](data, arena, &data->err);
        arena_reset(arena);
    }
    arena_destroy(arena);
    return NULL;
}

// Signals are for the thread that speaks to the database.
void
report_data_start(ReportData *data)
{
    sigset_t all, before;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    data->started = pthread_create(&data->thread, NULL, make, data) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

bool
report_data_finish(ReportData *data, Err *err)
{
    if (data->started)
        pthread_join(data->thread, NULL);
    else
        make(data);
    if (!data->done)
        *err = data->err;
    return data->done;
}
