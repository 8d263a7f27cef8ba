#include "core/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

// Chunks make the small objects of a batch cheap (sixteen million scans a night). Under AddressSanitizer and
// for valgrind (CMakePresets.json) every object has a chunk of its own, so that its true bounds are watched.
#if defined(__SANITIZE_ADDRESS__) || defined(ARENA_OBJECTS_APART)
#define CHUNK_BYTES 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CHUNK_BYTES 0
#endif
#endif
#ifndef CHUNK_BYTES
#define CHUNK_BYTES ((size_t)64 * 1024)
#endif

#define ALIGNMENT   _Alignof(max_align_t)
#define SHORT_BYTES 128

typedef struct Chunk
{
    struct Chunk *older;
    size_t used, size;
    size_t objects;  // made in it
    bool zeroed;     // by the system, which does so for large ones when they are first touched
    max_align_t payload[];
} Chunk;

typedef struct Deferred
{
    struct Deferred *older;
    void (*release)(void *);
    void *handle;
} Deferred;

struct Arena
{
    Chunk *newest;
    Chunk *
        spare;  // of the last batch, kept for the next: asking the system anew for every page is slow
    Deferred *deferred;
};

// Nothing that was registered to happen at the end does: it would want memory too.
void
out_of_memory(void)
{
    fputs("vigie: out of memory. What was finished stands, the rest is taken back: run it again, "
          "with more memory\n",
        stderr);
    _exit(EX_TEMPFAIL);
}

static void *
must(void *memory)
{
    if (memory == NULL)
        out_of_memory();
    return memory;
}

Arena *
arena_create(void)
{
    return must(calloc(1, sizeof(Arena)));
}

static Chunk *
chunk_push(Arena *arena, size_t size)
{
    if (size > SIZE_MAX - sizeof(Chunk))
        must(NULL);

    Chunk *const spare = arena->spare;

    if (spare != NULL && spare->size >= size) {
        arena->spare = spare->older;
        *spare = (Chunk){.older = arena->newest, .size = spare->size};
        arena->newest = spare;
        return spare;
    }

    const bool large = size > CHUNK_BYTES;
    Chunk *const chunk =
        must(large ? calloc(1, sizeof(Chunk) + size) : malloc(sizeof(Chunk) + size));

    *chunk = (Chunk){.older = arena->newest, .size = size, .zeroed = large};
    arena->newest = chunk;
    return chunk;
}

void *
arena_alloc(Arena *arena, size_t size)
{
    if (size > SIZE_MAX - ALIGNMENT)
        must(NULL);

    const size_t rounded = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    Chunk *chunk = arena->newest;

    if (chunk == NULL || chunk->size - chunk->used < rounded)
        chunk = chunk_push(arena, CHUNK_BYTES == 0        ? size
                                  : rounded > CHUNK_BYTES ? rounded
                                                          : CHUNK_BYTES);

    char *const memory = (char *)chunk->payload + chunk->used;

    chunk->objects++;
    chunk->used = CHUNK_BYTES == 0 ? chunk->size : chunk->used + rounded;
    return chunk->zeroed ? memory : memset(memory, 0, size);
}

void *
arena_alloc_array(Arena *arena, size_t size, size_t count)
{
    if (size != 0 && count > SIZE_MAX / size)
        must(NULL);
    return arena_alloc(arena, size * count);
}

void *
arena_grow_array(Arena *arena, const void *items, size_t size, size_t count, size_t capacity)
{
    void *const grown = arena_alloc_array(arena, size, capacity);

    if (count > 0)
        memcpy(grown, items, size * count);
    return grown;
}

// A large chunk was made for one object, but one that is kept for the next batch takes many.
void *
arena_move_array(Arena *arena, void *items, size_t size, size_t count, size_t capacity)
{
    Chunk *const old = arena->newest;
    void *const moved = arena_grow_array(arena, items, size, count, capacity);
    Chunk **const place = arena->newest == old ? NULL : &arena->newest->older;

    if (place != NULL && *place == old && old != NULL && old->size > CHUNK_BYTES &&
        old->objects == 1 && (void *)old->payload == items) {
        *place = old->older;
        free(old);
    }
    return moved;
}

// Most texts are short: they are printed once, on the stack, and copied.
char *
arena_vprintf(Arena *arena, const char *format, va_list args)
{
    char quick[SHORT_BYTES];
    va_list again;

    va_copy(again, args);

    const int length = vsnprintf(quick, sizeof quick, format, args);
    const size_t size = length < 0 ? 1 : (size_t)length + 1;
    char *const text = arena_alloc(arena, size);

    if (size <= sizeof quick && length >= 0)
        memcpy(text, quick, size);
    else
        vsnprintf(text, size, format, again);
    va_end(again);
    return text;
}

char *
arena_printf(Arena *arena, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    char *const text = arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}

char *
arena_copy(Arena *arena, const char *text)
{
    return text == NULL ? NULL : arena_copy_bytes(arena, text, strlen(text));
}

char *
arena_copy_bytes(Arena *arena, const char *bytes, size_t length)
{
    char *const copy = arena_alloc(arena, length + 1);

    if (length > 0)
        memcpy(copy, bytes, length);
    return copy;
}

void
arena_defer(Arena *arena, void (*release)(void *), void *handle)
{
    Deferred *const deferred = ARENA_NEW(arena, Deferred);

    *deferred = (Deferred){.older = arena->deferred, .release = release, .handle = handle};
    arena->deferred = deferred;
}

static void
chunks_free(Chunk **list)
{
    while (*list != NULL) {
        Chunk *const chunk = *list;

        *list = chunk->older;
        free(chunk);
    }
}

void
arena_reset(Arena *arena)
{
    while (arena->deferred != NULL) {
        Deferred *const deferred = arena->deferred;

        arena->deferred = deferred->older;
        deferred->release(deferred->handle);
    }
    // The newest batch's chunks come first in the list and so are used again in the order they were made.
    chunks_free(&arena->spare);
    while (CHUNK_BYTES > 0 && arena->newest != NULL) {
        Chunk *const chunk = arena->newest;

        arena->newest = chunk->older;
        chunk->older = arena->spare;
        arena->spare = chunk;
    }
    chunks_free(&arena->newest);
}

void
arena_destroy(Arena *arena)
{
    if (arena == NULL)
        return;
    arena_reset(arena);
    chunks_free(&arena->spare);
    free(arena);
}
