/*
 * Any bytes as what a carrier's tracking says: codes, texts and places are mended to what may be shown, and a history of them
 * is put in order. Lines of "code TAB subcode TAB text TAB place"; the first byte of each moves the clock.
 */
#include "core/text.h"
#include "detectors/journey/history.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

enum
{
    SCANS_MAX = 40
};

static const Catalogue *
shipped(void)
{
    static const Catalogue *catalogue;

    if (catalogue == NULL) {
        Arena *const arena = arena_create();  // for the life of the process
        Problems problems = {.arena = arena};
        Err err = {0};

        catalogue = catalogue_load(arena, (TextList){0}, (TextList){0}, &problems, &err);
        require(catalogue != NULL);
    }
    return catalogue;
}

static const char *
field(Arena *arena, char **line)
{
    char *const at = *line;
    const size_t length = strcspn(at, "\t");

    *line = at + length + (at[length] == '\t' ? 1 : 0);
    at[length] = '\0';

    const char *const clean = text_clean(arena, at);

    require(text_is_utf8(clean, strlen(clean)) && strpbrk(clean, "\t\r\n\033\177") == NULL);
    require(text_clean(arena, clean) == clean);
    return clean;
}

static size_t
read_scans(Arena *arena, char *bytes, Scan scans[SCANS_MAX])
{
    const Instant start = day_from_civil(2026, 11, 1) * HOURS_24;
    size_t count = 0;

    for (char *line = bytes, *next; count < SCANS_MAX && *line != '\0'; line = next) {
        const size_t length = strcspn(line, "\n");
        const signed char hours = (signed char)line[0];

        next = line + length + (line[length] == '\n' ? 1 : 0);
        line[length] = '\0';
        scans[count] = (Scan){.occurred_at = start + hours * HOUR,
            .recorded_at = count % 3 == 0 ? INSTANT_NONE : start + hours * HOUR,
            .country = "FR"};
        scans[count].code = field(arena, &line);
        scans[count].subcode = field(arena, &line);
        scans[count].text = field(arena, &line);
        scans[count].place = field(arena, &line);
        scans[count].carrier = count % 5 == 4 ? scans[count].place : "";
        count++;
    }
    return count;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length < 1)
        return 0;

    Arena *const arena = arena_create();
    char *const copy = arena_copy_bytes(arena, (const char *)bytes + 1, length - 1);
    Scan scans[SCANS_MAX];
    const size_t read = read_scans(arena, copy, scans);
    const int carrier = (int)(bytes[0] % (catalogue_count(shipped()) + 1)) - 1;
    const size_t count = history_normalise(shipped(), carrier, scans, read);
    const Shipment shipment = {.scans = scans, .scan_count = count, .cancelled_at = INSTANT_NONE};

    require(count <= read);
    for (size_t i = 1; i < count; i++)
        require(scans[i].occurred_at >= scans[i - 1].occurred_at);

    const History history = history_read(&shipment, INT64_MAX);

    require(history.last_physical < (int)count && history.first_physical <= history.last_physical);
    require(history.last_physical < 0 || scans[history.last_physical].physical);
    arena_destroy(arena);
    return 0;
}
