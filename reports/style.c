/*
 * One style sheet for all screens (styles/page.css). Colours are named once and chosen twice (light, dark), each pair
 * of text and ground with a contrast of at least 4.5; no meaning rests on colour alone. Below 1200
 * pixels the rows of wide tables become cards whose cells carry their column's name.
 */
#include "reports/style.h"

#include "reports/styles.h"

const char *const report_colours =
    ":root{color-scheme:light dark;--ground:#fff;--text:#1b1f24;--soft:#59636e;--line:#d1d9e0;"
    "--stripe:#f6f8fa;--grave:#b3261e;--warn:#8a5300;--mild:#1f5fa8;--link:#0b57b0}"
    "@media (prefers-color-scheme:dark){:root{--ground:#14171c;--text:#e6e9ed;--soft:#a3adb8;"
    "--line:#363c45;--stripe:#1b1f26;--grave:#ff8a80;--warn:#f0b45a;--mild:#86b8f5;"
    "--link:#86b8f5}}";

const char *
report_style(void)
{
    return STYLE_PAGE;
}
