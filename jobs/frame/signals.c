#include "jobs/frame/signals.h"

#include <signal.h>
#include <stddef.h>

// The only variable of the program that is not const: a signal handler has no argument to reach anything else by,
// and the C standard lets it touch nothing but this type.
static volatile sig_atomic_t asked_by = 0;

static void
ask(int signal_number)
{
    asked_by = signal_number;
}

void
signals_install(void)
{
    // SA_RESETHAND: a second signal finds the default action, for people who really mean it. SA_RESTART is left
    // out so that a wait is cut short.
    struct sigaction stop = {.sa_handler = ask, .sa_flags = (int)SA_RESETHAND};
    struct sigaction ignore = {.sa_handler = SIG_IGN};

    sigemptyset(&stop.sa_mask);
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGINT, &stop, NULL);
    sigaction(SIGTERM, &stop, NULL);
    sigaction(SIGPIPE, &ignore, NULL);
}

bool
interrupted(Err *err)
{
    if (asked_by == 0)
        return false;
    err_set(err, ERR_INTERRUPTED, "interrupted by %s", asked_by == SIGINT ? "SIGINT" : "SIGTERM");
    return true;
}

int
interrupted_exit_code(void)
{
    return asked_by == 0 ? 0 : 128 + asked_by;
}
