#include "jobs/report/report_data.h"

#include "jobs/report/report_put.h"

#include <signal.h>

static bool
make_json(FILE *file, void *place, Err *err)
{
    const ReportData *const data = place;

    return report_json(file, data->digest, err);
}

static bool
make_cases(FILE *file, void *place, Err *err)
{
    const ReportData *const data = place;

    (void)err;
    report_csv(file, data->digest);
    return true;
}

static bool
make_carriers(FILE *file, void *place, Err *err)
{
    const ReportData *const data = place;
    Arena *const arena = arena_create();
    size_t length;

    (void)err;
    fputs(report_carriers_csv(arena, &data->digest->cards, &length), file);
    arena_destroy(arena);
    return true;
}

static bool
make_sheets(FILE *file, void *place, Err *err)
{
    const ReportData *const data = place;

    return report_xlsx(file, data->digest, data->zone, data->language, err);
}

static void *
make(void *place)
{
    static const struct
    {
        const char *name;
        FileMaker *make;
    } files[REPORT_DATA_FILES] = {{"night.json", make_json}, {"cases.csv", make_cases},
        {"carriers.csv", make_carriers}, {"night.xlsx", make_sheets}};
    ReportData *const data = place;

    data->done = true;
    for (size_t i = 0; data->done && i < REPORT_DATA_FILES; i++)
        data->done = report_put(data->folder, files[i].name, files[i].make, data, &data->err);
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
