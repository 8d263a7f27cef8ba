/*
 * Workers only add to two atomic counters. Whoever notices that the time has come, and wins the exchange of
 * `due`, draws; so a drawing happens in one thread at a time without a lock that the others would wait for.
 */
#include "jobs/frame/progress.h"

#include "core/instant.h"
#include "core/text.h"

#include <inttypes.h>
#include <math.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/ioctl.h>

#define BAR_EVERY  (SECOND / 5)
#define LINE_EVERY (10 * SECOND)

enum
{
    COLUMNS_DEFAULT = 80,
    COLUMNS_MAX = 200,
    BAR_CELLS_MIN = 8,
    ETA_MAX_SECONDS = 99 * 3600,  // a longer guess is not worth showing
};

struct Progress
{
    const Log *log;
    const char *label;
    int64_t total;
    int64_t begun;  // on log->elapsed
    bool shown;     // whether anybody wants to see it
    _Atomic int64_t rows, bytes;
    _Atomic int64_t due;  // when to draw again
};

// What a drawing says.
typedef struct Sums
{
    int64_t rows, bytes, total;
    double seconds;
    double rows_per_second, bytes_per_second;
    int64_t eta_seconds;  // -1 when there is no saying
} Sums;

Progress *
progress_begin(Arena *arena, const Log *log, const char *label, int64_t total)
{
    Progress *const progress = ARENA_NEW(arena, Progress);

    progress->log = log;
    progress->label = arena_copy(arena, label);
    progress->total = total;
    progress->begun = log->elapsed();
    progress->shown = log_shows(log, LEVEL_INFO);
    atomic_store(&progress->due, progress->begun + (log->terminal ? BAR_EVERY : LINE_EVERY));
    return progress;
}

int64_t
progress_rows(const Progress *progress)
{
    return atomic_load(&progress->rows);
}

int64_t
progress_bytes(const Progress *progress)
{
    return atomic_load(&progress->bytes);
}

static Sums
sum_up(const Progress *progress, int64_t now)
{
    Sums sums = {
        .rows = progress_rows(progress),
        .bytes = progress_bytes(progress),
        .total = progress->total,
        .seconds = (double)(now - progress->begun) / (double)SECOND,
        .eta_seconds = -1,
    };

    if (sums.seconds <= 0.0)
        return sums;
    sums.rows_per_second = (double)sums.rows / sums.seconds;
    sums.bytes_per_second = (double)sums.bytes / sums.seconds;
    if (sums.total > sums.rows && sums.rows > 0) {
        const double left = (double)(sums.total - sums.rows) / sums.rows_per_second;

        if (left < (double)ETA_MAX_SECONDS)
            sums.eta_seconds = (int64_t)(left + 0.5);
    }
    return sums;
}

// 812 -> "812", 45678 -> "45.7k", 1234567 -> "1.23M": three digits that stay in their place.
static const char *
print_short(Arena *arena, double value)
{
    static const char *const units[] = {"", "k", "M", "G", "T"};
    size_t unit = 0;

    while (value >= 999.5 && unit + 1 < sizeof units / sizeof units[0]) {
        value /= 1000.0;
        unit++;
    }
    if (unit == 0 || value >= 99.95)
        return arena_printf(arena, "%.0f%s", value, units[unit]);
    return arena_printf(arena, value >= 9.995 ? "%.1f%s" : "%.2f%s", value, units[unit]);
}

// The share done in percent; 100 is kept for the end, also when the total was a low guess.
static int
percent(const Sums *sums)
{
    const double share = (double)sums->rows / (double)sums->total;

    return share >= 0.995 ? (sums->rows >= sums->total ? 100 : 99) : (int)(100.0 * share + 0.5);
}

static const char *
print_sums(Arena *arena, const Sums *sums)
{
    Text text = {.arena = arena};

    text_add_format(&text, "%s rows  %s/s", print_short(arena, (double)sums->rows),
        print_short(arena, sums->rows_per_second));
    if (sums->bytes > 0)
        text_add_format(&text, "  %.1f MB/s", sums->bytes_per_second / 1e6);
    if (sums->eta_seconds >= 0)
        text_add_format(
            &text, "  ETA %" PRId64 ":%02" PRId64, sums->eta_seconds / 60, sums->eta_seconds % 60);
    return text_get(&text);
}

static int
terminal_columns(FILE *out)
{
    struct winsize size;

    if (ioctl(fileno(out), TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return COLUMNS_DEFAULT;
    return size.ws_col < COLUMNS_MAX ? size.ws_col : COLUMNS_MAX;
}

// "[#####.....] " as wide as cells allow; nothing when that is too narrow to tell anything.
static const char *
print_bar(Arena *arena, int cells, int share)
{
    Text bar = {.arena = arena};

    if (cells < BAR_CELLS_MIN)
        return "";
    text_add(&bar, "[");
    for (int i = 0; i < cells; i++)
        text_add(&bar, i < cells * share / 100 ? "#" : ".");
    text_add(&bar, "] ");
    return text_get(&bar);
}

// learn [#####.....]  42%  1.23M rows  812k/s  45.2 MB/s  ETA 0:42
static void
draw_bar(const Progress *progress, Arena *arena, const Sums *sums)
{
    const int columns = terminal_columns(progress->log->out) - 1;  // the last one would wrap
    const char *line = print_sums(arena, sums);

    if (sums->total > 0) {
        const int share = percent(sums);
        const char *const tail = arena_printf(arena, "%3d%%  %s", share, line);
        const int cells = columns - (int)(strlen(progress->label) + strlen(tail) + strlen(" [] "));

        line =
            arena_printf(arena, "%s %s%s", progress->label, print_bar(arena, cells, share), tail);
    } else {
        line = arena_printf(arena, "%s  %s", progress->label, line);
    }
    fprintf(progress->log->out, "\r\033[K%.*s", columns, line);
    fflush(progress->log->out);
}

static void
write_line(const Progress *progress, const Sums *sums)
{
    const LogField fields[] = {
        field_text("step", progress->label),
        field_int("rows", sums->rows),
        field_int("bytes", sums->bytes),
        field_real("rows_per_second", round(sums->rows_per_second)),
        field_real("mb_per_second", round(sums->bytes_per_second / 1e5) / 10.0),
        field_int("total", sums->total),
        field_int("percent", sums->total > 0 ? percent(sums) : 0),
        field_int("eta_seconds", sums->eta_seconds),
        {.kind = LOG_FIELD_END},
    };
    const size_t known = sums->eta_seconds >= 0 ? 8 : sums->total > 0 ? 7 : 5;
    LogField told[sizeof fields / sizeof fields[0]];

    memcpy(told, fields, sizeof fields);
    told[known] = (LogField){.kind = LOG_FIELD_END};
    log_info(progress->log, "progress", told);
}

static void
draw(const Progress *progress, int64_t now)
{
    const Sums sums = sum_up(progress, now);
    Arena *const arena = arena_create();

    if (progress->log->terminal)
        draw_bar(progress, arena, &sums);
    else
        write_line(progress, &sums);
    arena_destroy(arena);
}

void
progress_add(Progress *progress, int64_t rows, int64_t bytes)
{
    atomic_fetch_add(&progress->rows, rows);
    atomic_fetch_add(&progress->bytes, bytes);
    if (!progress->shown)
        return;

    const int64_t now = progress->log->elapsed();
    int64_t due = atomic_load(&progress->due);
    const int64_t next = now + (progress->log->terminal ? BAR_EVERY : LINE_EVERY);

    if (now >= due && atomic_compare_exchange_strong(&progress->due, &due, next))
        draw(progress, now);
}

void
progress_end(Progress *progress)
{
    const Sums sums = sum_up(progress, progress->log->elapsed());
    const LogField *const fields = FIELDS(field_text("step", progress->label),
        field_int("rows", sums.rows), field_int("bytes", sums.bytes),
        field_real("seconds", round(sums.seconds * 1000.0) / 1000.0),
        field_real("rows_per_second", round(sums.rows_per_second)),
        field_real("mb_per_second", round(sums.bytes_per_second / 1e5) / 10.0));

    if (progress->shown && progress->log->terminal) {
        fputs("\r\033[K", progress->log->out);
        fflush(progress->log->out);
    }
    if (sums.seconds < 1.0)
        log_debug(progress->log, "rows read", fields);
    else
        log_info(progress->log, "rows read", fields);
}
