/*
 * The program: understands the command line, runs one command, says once what went wrong, and ends with the code
 * that schedulers know.
 */
#include "core/clock.h"
#include "jobs/frame/help.h"
#include "jobs/frame/options.h"
#include "jobs/frame/signals.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

extern char **environ;

// command is NULL while nobody knows it.
static int
fail(const Log *log, const Command *command, const Err *err)
{
    const int exit_code = job_exit_code(err);

    if (log->format == LOG_JSON)
        log_error(log, err->text,
            FIELDS(
                field_text("command", command ? command->name : ""), field_int("exit", exit_code)));
    else
        fprintf(log->out, "%svigie: %s%s%s\n", log->terminal ? "\r\033[K" : "",
            command ? command->name : "", command ? ": " : "", err->text);
    return exit_code;
}

static bool
reader_is_gone(int descriptor)
{
    struct pollfd wait = {.fd = descriptor, .events = POLLOUT};

    return poll(&wait, 1, 0) == 1 && (wait.revents & POLLERR) != 0;
}

// Make sure that what was printed arrived. A reader who has seen enough (vigie cases | head) is no failure; the work
// itself went on.
static bool
close_output(FILE *out, Err *err)
{
    errno = 0;

    const bool written = fflush(out) == 0 && !ferror(out);
    const int reason = errno;

    if (written || reader_is_gone(fileno(out)))
        return true;
    return err_set(err, ERR_FAILED, "could not write to standard output: %s",
        reason != 0 ? strerror(reason) : "an earlier write failed");
}

static void
explain(const Request *request)
{
    Text text = {.arena = request->job.arena};

    if (request->help && request->job.command)
        help_print_command(&text, request->job.command);
    else if (request->help)
        help_print(&text);
    else
        version_print(stdout);
    fputs(text_get(&text), stdout);
}

static int
run_job(Request *request, const Log *log)
{
    Job *const job = &request->job;
    Err err = {0};

    job->log = log;
    job->out = stdout;
    job->now = clock_now();
    job->started_micros = clock_monotonic_micros();
    job->environment = environ;

    int exit_code = command_run(job, &err) ? job->exit_code : fail(log, job->command, &err);

    if (job->last_line != NULL)
        fprintf(job->out, "%s\n", job->last_line);
    err = (Err){0};
    if (!close_output(job->out, &err) && exit_code == EXIT_DONE)
        exit_code = fail(log, job->command, &err);
    return exit_code;
}

static int
run_program(Arena *arena, int argc, char **argv)
{
    Log log = log_to(stderr, LEVEL_INFO, LOG_TEXT);
    Request request;
    Err err = {0};

    if (!options_parse(arena, argc, argv, &request, &err)) {
        const int exit_code = fail(&log, NULL, &err);

        fputs("  hint: \"vigie help\" lists the commands, \"vigie help COMMAND\" the options of "
              "one\n",
            stderr);
        return exit_code;
    }
    log = log_to(stderr,
        request.job.quiet     ? LEVEL_WARN
        : request.job.verbose ? LEVEL_DEBUG
                              : LEVEL_INFO,
        request.log_format);
    if (!request.help && !request.version && request.job.command)
        return run_job(&request, &log);
    if (!request.help && !request.version) {
        err_set(&err, ERR_CONFIG, "expected a command; \"vigie help\" lists them");
        return fail(&log, NULL, &err);
    }
    explain(&request);
    return close_output(stdout, &err) ? 0 : fail(&log, NULL, &err);
}

// Memory holds passwords, names and addresses: no core file does, whatever the shell allows. One byte is less than any core has; where a
// program takes them (systemd-coredump) nothing but this one byte keeps the kernel from handing it over (core(5), and
// do_coredump() of Linux): there 0 is no limit.
static void
leave_no_core(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_CORE, &limit) != 0 || limit.rlim_max != 0)
        limit = (struct rlimit){1, 1};
    setrlimit(RLIMIT_CORE, &limit);
}

int
main(int argc, char **argv)
{
    Arena *const arena = arena_create();

    leave_no_core();
    signals_install();

    const int exit_code = run_program(arena, argc, argv);

    arena_destroy(arena);
    return exit_code;
}
