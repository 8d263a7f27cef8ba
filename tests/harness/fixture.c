#include "tests/harness/fixture.h"

Arena *arena;
Db *db;

int
fixture_set_up(void **state)
{
    (void)state;
    arena = arena_create();
    db = test_database_migrated(arena);
    return 0;
}

int
fixture_tear_down(void **state)
{
    (void)state;
    arena_destroy(arena);
    return 0;
}

int
fixture_drop(void **state)
{
    (void)state;
    test_database_drop();
    return 0;
}
