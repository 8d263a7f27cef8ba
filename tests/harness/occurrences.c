#include "tests/harness/occurrences.h"

#include <string.h>

size_t
occurrences(const char *text, const char *wanted)
{
    size_t count = 0;

    for (; (text = strstr(text, wanted)) != NULL; text += strlen(wanted))
        count++;
    return count;
}
