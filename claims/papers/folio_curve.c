/*
 * A curve of shares over hours: steps in black, grid in grey, the mark dashed. It does not need colour.
 *
 *   100 % |        ______________           :
 *         |   ____|                         :  this parcel: 372 h
 *     0 % |__|______________________________:____
 *           0 h   48 h   96 h  ...
 */
#include "claims/papers/folio.h"

#include "claims/papers/folio_parts.h"

#include <math.h>

#define HEIGHT      124.0
#define AXIS_LEFT   40.0
#define AXIS_BELOW  30.0
#define HEADROOM    20.0
#define GRID_WEIGHT .3
#define TICKS_MAX   9
#define Y_TICKS     4
#define ROOM        1.06  // the axis goes on beyond what it must show

typedef struct Frame
{
    Folio *folio;
    const FolioCurve *curve;
    double left, top, width, height;
    double x_max, step;
} Frame;

// Hours between ticks: what clocks and calendars count in.
static double
tick_step(double x_max)
{
    static const double steps[] = {
        1, 2, 3, 6, 12, 24, 48, 72, 120, 168, 240, 336, 480, 720, 1440, 2160, 4320, 8760};
    const size_t count = sizeof steps / sizeof steps[0];

    for (size_t i = 0; i < count; i++)
        if (x_max / steps[i] <= TICKS_MAX)
            return steps[i];
    return ceil(x_max / TICKS_MAX);
}

static double
furthest(const FolioCurve *curve)
{
    double x = isnan(curve->mark_x) ? 0 : curve->mark_x;

    for (size_t i = 0; i < curve->count; i++)
        x = fmax(x, curve->x[i]);
    return fmax(x, 1) * ROOM;
}

static double
x_of(const Frame *frame, double x)
{
    return frame->left + frame->width * fmin(fmax(x, 0) / frame->x_max, 1);
}

static double
y_of(const Frame *frame, double share)
{
    return frame->top + frame->height * (1 - fmin(fmax(share, 0), 1));
}

static void
label(const Frame *frame, const char *text, double x, double y, double width, PangoAlignment align)
{
    PangoLayout *const layout = folio_layout(frame->folio, STYLE_SMALL, text, width, 1);

    pango_layout_set_alignment(layout, align);
    folio_put_text(frame->folio, layout, x, y);
}

static void
grid_put(const Frame *frame)
{
    const double bottom = frame->top + frame->height;
    const bool in_days = frame->step >= 24;

    for (int i = 0; i <= Y_TICKS; i++) {
        const double y = y_of(frame, (double)i / Y_TICKS);

        folio_put_line(frame->folio, frame->left, y, frame->width, 0, GRID_WEIGHT);
        label(frame, arena_printf(frame->folio->arena, "%d\u00a0%%", 100 * i / Y_TICKS), FOLIO_LEFT,
            y - 5.5, AXIS_LEFT - 5, PANGO_ALIGN_RIGHT);
    }
    for (double x = 0; x <= frame->x_max; x += frame->step) {
        const char *const text = arena_printf(frame->folio->arena, "%.0f\u00a0%s",
            in_days ? x / 24 : x, in_days ? frame->curve->day : frame->curve->hour);

        folio_put_line(frame->folio, x_of(frame, x), bottom, 0, 3, .6);
        label(frame, text, x_of(frame, x) - 25, bottom + 4, 50, PANGO_ALIGN_CENTER);
    }
    label(frame, frame->curve->x_name, frame->left, bottom + 15, frame->width, PANGO_ALIGN_CENTER);
    label(frame, frame->curve->y_name, FOLIO_LEFT, frame->top - HEADROOM, 200, PANGO_ALIGN_LEFT);
}

static void
step_put(const Frame *frame, double x0, double x1, double share)
{
    folio_put_line(frame->folio, x_of(frame, x0), y_of(frame, share),
        x_of(frame, x1) - x_of(frame, x0), 0, 1.4);
}

// Between two points nothing is known: the curve stays where it was and rises at the next.
static void
curve_put(const Frame *frame)
{
    const FolioCurve *const curve = frame->curve;

    for (size_t i = 0; i + 1 < curve->count; i++) {
        step_put(frame, curve->x[i], curve->x[i + 1], curve->y[i]);
        folio_put_line(frame->folio, x_of(frame, curve->x[i + 1]), y_of(frame, curve->y[i]), 0,
            y_of(frame, curve->y[i + 1]) - y_of(frame, curve->y[i]), 1.4);
    }
}

static void
mark_put(const Frame *frame)
{
    const FolioCurve *const curve = frame->curve;

    if (isnan(curve->mark_x))
        return;

    const double x = x_of(frame, curve->mark_x);
    const bool on_left = x > frame->left + frame->width / 2;

    folio_put(frame->folio, (FolioMark){.kind = MARK_LINE,
                                .x = x,
                                .y = frame->top - 4,
                                .height = frame->height + 4,
                                .weight = 1.4,
                                .dash = 4});
    label(frame, curve->mark, on_left ? x - 154 : x + 4, frame->top + frame->height * .55, 150,
        on_left ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
}

static void
alternative_add(Folio *folio, const char *text)
{
    if (folio->alternative_count == folio->alternative_capacity) {
        folio->alternative_capacity += 8;
        folio->alternatives = arena_grow_array(folio->arena, folio->alternatives,
            sizeof *folio->alternatives, folio->alternative_count, folio->alternative_capacity);
    }
    folio->alternatives[folio->alternative_count++] = text;
}

void
folio_curve(Folio *folio, const FolioCurve *curve)
{
    const double x_max = furthest(curve);

    folio_need(folio, 6, HEIGHT + AXIS_BELOW + HEADROOM + 20);

    const Frame frame = {.folio = folio,
        .curve = curve,
        .left = FOLIO_LEFT + AXIS_LEFT,
        .top = folio->y + HEADROOM,
        .width = FOLIO_INNER - AXIS_LEFT - 8,
        .height = HEIGHT,
        .x_max = x_max,
        .step = tick_step(x_max)};

    alternative_add(folio, curve->alternative);
    folio_open(folio, "Figure");
    grid_put(&frame);
    curve_put(&frame);
    mark_put(&frame);
    folio_close(folio);
    folio->y += HEADROOM + HEIGHT + AXIS_BELOW;
}
