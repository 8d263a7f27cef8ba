/*
 * arena.h - memory that is released all at once.
 *
 * A function that allocates takes the Arena that will own the result, so lifetime is part of the signature.
 * A run has one arena; each batch of shipments has its own, reset when the batch is done. An arena belongs
 * to one thread at a time.
 *
 * Handles from other libraries (PGresult, CURL, FILE, gsl_vector) join an arena with arena_defer() on the
 * line after they are acquired. They are closed newest first, so an early return leaks nothing.
 *
 * Allocation cannot fail: out of memory ends the process, with exit code 75 (try again). Jobs are restartable by design, so that path is
 * covered by the restart tests rather than by a branch at every call.
 */
#ifndef CORE_ARENA_H
#define CORE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

typedef struct Arena Arena;

// An empty arena; ended by arena_destroy().
Arena *arena_create(void);

// Say that there is no more memory, and end the process with exit code 75: for those who got none elsewhere.
_Noreturn void out_of_memory(void);

// size bytes, zeroed, aligned for any type; size 0 is allowed. Owned by the arena.
void *arena_alloc(Arena *arena, size_t size);

// count elements of size bytes, zeroed. The product is checked for overflow.
void *arena_alloc_array(Arena *arena, size_t size, size_t count);

// A copy of an array with room for capacity elements (capacity >= count); the old one stays with the arena.
void *arena_grow_array(Arena *arena, const void *items, size_t size, size_t count, size_t capacity);

// The same for an array that nothing points into: where it is large and was the last thing made, its memory is given back. items
// (NULL for none) is not to be used again.
void *arena_move_array(Arena *arena, void *items, size_t size, size_t count, size_t capacity);

// A formatted text, owned by the arena.
char *arena_printf(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *
arena_vprintf(Arena *arena, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

// A copy of text (NULL gives NULL), owned by the arena.
char *arena_copy(Arena *arena, const char *text);

// A zero-terminated copy of the first length bytes.
char *arena_copy_bytes(Arena *arena, const char *bytes, size_t length);

// Have release(handle) called when the arena is reset or destroyed, newest first.
void arena_defer(Arena *arena, void (*release)(void *), void *handle);

void arena_reset(Arena *arena);    // run releases, free everything, keep the arena
void arena_destroy(Arena *arena);  // NULL is allowed

#define ARENA_NEW(arena, type)          ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_alloc_array((arena), sizeof(type), (count)))

// Append one item to a list { Arena *arena; T *items; size_t count, capacity; }.
#define ARENA_PUSH(list, item)                                                                     \
    do {                                                                                           \
        if ((list)->count == (list)->capacity) {                                                   \
            const size_t capacity_ = (list)->capacity ? 2 * (list)->capacity : 16;                 \
            (list)->items = arena_grow_array(                                                      \
                (list)->arena, (list)->items, sizeof *(list)->items, (list)->count, capacity_);    \
            (list)->capacity = capacity_;                                                          \
        }                                                                                          \
        (list)->items[(list)->count++] = (item);                                                   \
    } while (0)

#endif
