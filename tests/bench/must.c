#include "tests/bench/must.h"

#include <stdio.h>
#include <stdlib.h>

void
must(bool good, const Err *err)
{
    if (good)
        return;
    fprintf(stderr, "bench: %s\n", err->text);
    exit(1);
}
