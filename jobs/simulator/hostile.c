/*
 * What somebody who can write into a carrier's tracking, a shop's form or a CSV would try: formulas for spreadsheets, markup,
 * SQL, shell, format strings, holes of our own templates, headers of mail, paths, terminal escapes, direction overrides,
 * numbers and dates at the ends of their types. Draws come from a stream of their own, so the parcels stay what they are.
 */
#include "jobs/simulator/hostile.h"

#include <string.h>

#define A10   "AAAAAAAAAA"
#define A100  A10 A10 A10 A10 A10 A10 A10 A10 A10 A10
#define A1000 A100 A100 A100 A100 A100 A100 A100 A100 A100 A100

static const char *const TEXTS[] = {
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "+1+1",
    "-2+3",
    "\t=1+1",
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "]]><!ENTITY x SYSTEM \"file:///etc/passwd\">&x;",
    "<![CDATA[",
    "'; drop table cases; --",
    "\\'; drop schema vigie cascade; --",
    "$1",
    "%s%s%n%n%x",
    "{{name}}{{#cases}}",
    "${HOME}",
    "`id`$(id)",
    "../../../../etc/passwd",
    "/etc/passwd",
    "..",
    "C:\\nul\\..\\x",
    "\033]0;title\007\033[31mred\033[2J",
    "back\010\010\010space",
    "x\r\nBcc: victim@example.org\r\n\r\nbody",
    "\n.\nQUIT\n",
    "invoice\342\200\256fdp.exe",
    "\342\201\246isolated\342\201\247",
    "zero\342\200\213width",
    "\357\273\277mark",
    "\357\277\277nonchar",
    "Z\314\201\314\202\314\203\314\204\314\205\314\206\314\207\314\210\314\211\314\212",
    "\363\240\201\201tag",
    "\302\205next\302\240line",
    " ",
    A1000,
};

static const char *const INSTANTS[] = {"infinity", "-infinity", "4713-01-02 00:00:00+00 BC",
    "0001-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "2262-04-12T00:00:00Z", "9999-12-31T23:59:59Z",
    "294276-12-31T23:59:59Z"};

static const char *const AMOUNTS[] = {"NaN", "-0.01", "1e300", "1e-300", "0.005",
    "99999999999999999999999999999999.99", "9223372036854775807"};

static const char *const GRAMS[] = {"9223372036854775807", "-9223372036854775808", "-1", "0"};

#define PICK(random, words) (words)[random_below((random), sizeof(words) / sizeof((words)[0]))]

// A letter for each column of the tables: text, instant, amount, grams; '-' is left alone.
static const char SHIPMENT[] = "-tttttttttiiitttttaaaatgtttt";
static const char SCAN[] = "-ittttttti";
_Static_assert(sizeof SHIPMENT == SHIPMENT_COLUMNS + 1, "a letter for each column");
_Static_assert(sizeof SCAN == SCAN_COLUMNS + 1, "a letter for each column");

static const char *
draw(Random *random, char kind)
{
    switch (kind) {
    case 'i':
        return PICK(random, INSTANTS);
    case 'a':
        return PICK(random, AMOUNTS);
    case 'g':
        return PICK(random, GRAMS);
    default:
        return PICK(random, TEXTS);
    }
}

static void
replace(const Parcel *parcel, const SimulatorPlan *plan, uint64_t part, const char *kinds,
    const char **row)
{
    Random random;

    if (!plan->hostile)
        return;
    random_start(&random, plan->seed + part * 1000003, (uint64_t)parcel->index, PURPOSE_HOSTILE);
    for (size_t i = 0; kinds[i] != '\0'; i++)
        if (kinds[i] != '-' && random_chance(&random, 1.0 / 12))
            row[i] = draw(&random, kinds[i]);
}

void
hostile_mark(Parcel *parcel, const SimulatorPlan *plan)
{
    Random random;

    if (!plan->hostile)
        return;
    random_start(&random, plan->seed, (uint64_t)parcel->index, PURPOSE_HOSTILE);
    if (random_chance(&random, 1.0 / 8))
        parcel->id_end = PICK(&random, TEXTS);
}

void
hostile_shipment(const Parcel *parcel, const SimulatorPlan *plan, const char **row)
{
    replace(parcel, plan, 1, SHIPMENT, row);
}

void
hostile_scan(const Parcel *parcel, const SimulatorPlan *plan, size_t scan, const char **row)
{
    replace(parcel, plan, 2 + scan, SCAN, row);
}
