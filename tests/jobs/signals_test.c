// Being asked to stop. Each case runs in a process of its own, since a signal cannot be taken back.
#include "jobs/frame/signals.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum
{
    ASKED_WRONGLY = 1,
    TOLD_WRONGLY = 2,
};

static int
asked_once(int signal_number, const char *text)
{
    Err err = {0};

    signals_install();
    if (interrupted(&err) || err.kind != ERR_NONE || interrupted_exit_code() != 0)
        return ASKED_WRONGLY;
    raise(signal_number);
    if (!interrupted(&err) || err.kind != ERR_INTERRUPTED || strcmp(err.text, text) != 0)
        return TOLD_WRONGLY;
    return interrupted_exit_code();
}

static int
sigint_asks(void)
{
    return asked_once(SIGINT, "interrupted by SIGINT");
}

static int
sigterm_asks(void)
{
    return asked_once(SIGTERM, "interrupted by SIGTERM");
}

static int
sigterm_insists(void)
{
    signals_install();
    raise(SIGTERM);
    raise(SIGTERM);
    return 0;
}

static int
pipe_is_closed(void)
{
    int ends[2];

    signals_install();
    if (pipe(ends) != 0)
        return ASKED_WRONGLY;
    close(ends[0]);
    return write(ends[1], "x", 1) == -1 ? 0 : TOLD_WRONGLY;
}

static int
wait_status(int (*run)(void))
{
    int status = 0;
    const pid_t child = fork();

    if (child == 0)
        _exit(run());
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static void
a_signal_asks_to_stop(void **state)
{
    (void)state;
    assert_int_equal(WEXITSTATUS(wait_status(sigint_asks)), 130);
    assert_int_equal(WEXITSTATUS(wait_status(sigterm_asks)), 143);
}

static void
a_second_signal_ends_the_process(void **state)
{
    const int status = wait_status(sigterm_insists);

    (void)state;
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGTERM);
}

static void
a_closed_pipe_is_an_error_not_a_signal(void **state)
{
    const int status = wait_status(pipe_is_closed);

    (void)state;
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_signal_asks_to_stop),
        cmocka_unit_test(a_second_signal_ends_the_process),
        cmocka_unit_test(a_closed_pipe_is_an_error_not_a_signal),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
