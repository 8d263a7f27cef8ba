#include "core/csv.h"

#include <csv.h>
#include <errno.h>
#include <string.h>

#define RECORD_LIMIT ((size_t)1 << 20)
#define CHUNK_BYTES  ((size_t)64 << 10)
#define QUICK_BYTES  1024  // of a quoted field that needs no memory

typedef struct Field
{
    size_t start, length;
} Field;

typedef struct Reader
{
    Arena *arena;  // of one record
    Text bytes;    // its fields, each followed by a zero byte
    Field *fields;
    size_t count, capacity;
    int64_t record_line;  // of the record being read
    int64_t line;         // whole lines given to the parser
    Arena *chunk_arena;   // of the whole file
    CsvVisit *visit;
    void *data;
    Err *err;
    bool stopped;
} Reader;

static void
on_field(void *bytes, size_t length, void *data)
{
    Reader *const reader = data;

    if (reader->count == reader->capacity) {
        const size_t capacity = reader->capacity > 0 ? 2 * reader->capacity : 32;

        reader->fields =
            arena_grow_array(reader->arena, reader->fields, sizeof(Field), reader->count, capacity);
        reader->capacity = capacity;
    }
    reader->fields[reader->count++] = (Field){reader->bytes.length, length};
    if (bytes != NULL)
        text_add_bytes(&reader->bytes, bytes, length);
    text_add_bytes(&reader->bytes, "", 1);
}

static void
start_record(Reader *reader)
{
    arena_reset(reader->arena);
    reader->bytes = (Text){.arena = reader->arena};
    reader->fields = NULL;
    reader->count = reader->capacity = 0;
}

static void
hand_over(Reader *reader, const char *problem)
{
    const char **const fields = ARENA_ARRAY(reader->arena, const char *, reader->count);
    size_t *const lengths = ARENA_ARRAY(reader->arena, size_t, reader->count);

    for (size_t i = 0; i < reader->count; i++) {
        fields[i] = reader->bytes.bytes + reader->fields[i].start;
        lengths[i] = reader->fields[i].length;
    }

    const CsvRecord record = {
        .line = reader->record_line,
        .count = problem != NULL ? 0 : reader->count,
        .fields = fields,
        .lengths = lengths,
        .problem = problem,
    };

    if (!reader->stopped)
        reader->stopped = !reader->visit(reader->data, &record, reader->err);
}

static void
on_record(int end, void *data)
{
    Reader *const reader = data;

    (void)end;
    if (reader->count > 0)
        hand_over(reader, NULL);
    start_record(reader);
}

static void
release_parser(void *parser)
{
    csv_free(parser);
}

// No record has begun: what comes next, after any empty lines, is its first byte.
static bool
between_records(const struct csv_parser *parser, const Reader *reader)
{
    return reader->count == 0 && parser->entry_pos == 0 && !parser->quoted;
}

// One line of the file, or the part of it that is there.
static bool
feed(struct csv_parser *parser, Reader *reader, const char *bytes, size_t length)
{
    if (between_records(parser, reader))
        reader->record_line = reader->line + 1;
    if (csv_parse(parser, bytes, length, on_field, on_record, reader) != length)
        return err_set(reader->err, ERR_DATA, "line %lld: %s", (long long)reader->line + 1,
            csv_strerror(csv_error(parser)));
    if (reader->bytes.length + parser->entry_pos > RECORD_LIMIT) {
        hand_over(
            reader, "record is longer than 1 MiB, a quote may be missing; reading stops here");
        return false;
    }
    return !reader->stopped;
}

// The parser is fed line by line, so that the line on which a record began is known whatever its quotes hold; a line
// without end comes in parts, so that memory is bounded.
static bool
feed_all(struct csv_parser *parser, Reader *reader, FILE *stream)
{
    char *const chunk = arena_alloc(reader->chunk_arena, CHUNK_BYTES);
    bool first = true;

    for (size_t size; (size = fread(chunk, 1, CHUNK_BYTES, stream)) > 0; first = false) {
        size_t at = first && size >= 3 && memcmp(chunk, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

        while (at < size) {
            const char *const end = memchr(chunk + at, '\n', size - at);
            const size_t length = end == NULL ? size - at : (size_t)(end + 1 - (chunk + at));

            if (!feed(parser, reader, chunk + at, length))
                return false;
            at += length;
            reader->line += end == NULL ? 0 : 1;
        }
    }
    return true;
}

bool
csv_read(FILE *stream, char separator, CsvVisit *visit, void *data, Err *err)
{
    Arena *const arena = arena_create();
    struct csv_parser *const parser = ARENA_NEW(arena, struct csv_parser);
    Err unread = {0};
    Reader reader = {.arena = arena_create(),
        .chunk_arena = arena,
        .visit = visit,
        .data = data,
        .err = &unread};

    csv_init(parser, CSV_APPEND_NULL);
    csv_set_delim(parser, (unsigned char)separator);
    csv_set_blk_size(parser, CHUNK_BYTES);  // by 128 bytes, a long field would be copied 8192 times
    arena_defer(arena, release_parser, parser);
    start_record(&reader);

    bool done = feed_all(parser, &reader, stream);

    if (done && ferror(stream))
        done = err_set(&unread, ERR_FAILED, "could not read: %s", strerror(errno));
    if (done) {
        // Strict only now: it is what makes libcsv tell that a quote was left open.
        csv_set_opts(parser, CSV_APPEND_NULL | CSV_STRICT | CSV_STRICT_FINI);
        if (csv_fini(parser, on_field, on_record, &reader) != 0)
            hand_over(&reader, "quote is not closed");
        done = !reader.stopped;
    }
    if (!done && unread.kind != ERR_NONE)
        *err = unread;
    else if (!done && !reader.stopped)
        done = true;  // an oversized record was handed over; nothing more can be read
    arena_destroy(reader.arena);
    arena_destroy(arena);
    return done;
}

static void
add_quoted(Text *out, const char *field, size_t length)
{
    char quick[QUICK_BYTES];
    const size_t size = 2 * length + 3;
    Arena *const arena = size > sizeof quick ? arena_create() : NULL;
    char *const quoted = arena == NULL ? quick : arena_alloc(arena, size);

    text_add_bytes(out, quoted, csv_write(quoted, size, field, length));
    arena_destroy(arena);
}

void
csv_add(Text *out, const char *field)
{
    if (out->length > 0 && out->bytes[out->length - 1] != '\n')
        text_add(out, ",");
    if (field == NULL || *field == '\0') {
        // An empty first field must still end the record's beginning, or no separator would follow it.
        if (out->length == 0 || out->bytes[out->length - 1] == '\n')
            text_add(out, "\"\"");
        return;
    }
    if (field[strcspn(field, ",;\"\r\n\t '")] == '\0')
        text_add(out, field);
    else
        add_quoted(out, field, strlen(field));
}

void
csv_add_outside(Text *out, const char *field)
{
    Arena *const arena = arena_create();
    const bool formula = !text_is_empty(field) && strchr("=+-@\t\r", *field) != NULL;
    const char *const clean = field == NULL ? NULL : text_clean(arena, field);

    csv_add(out, formula ? arena_printf(arena, "'%s", clean) : clean);
    arena_destroy(arena);
}

void
csv_add_instant(Text *out, Instant at)
{
    csv_add(out, at == INSTANT_NONE ? NULL : instant_print(out->arena, at));
}

void
csv_add_day(Text *out, Day day)
{
    csv_add(out, day == DAY_NONE ? NULL : day_print(out->arena, day));
}

void
csv_add_amount(Text *out, Money money)
{
    csv_add(out, money_is_known(money) ? money_amount(out->arena, money) : NULL);
}

void
csv_end(Text *out)
{
    text_add(out, "\n");
}
