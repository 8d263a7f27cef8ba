"""Faults that the server itself raises, in each step of a night, and what an operator reads of them.

    server_faults.py [--show]

Two databases get the same small history. One does its nights undisturbed. In the other one a step is about to write a table that
somebody else's session has locked, and while it waits the fault is brought about; the night is resumed, meets another fault in its next step,
and so on to the end. Each time it has to end with 75, to say what was wrong, what was done and left and what to type, and to
leave a record of it and no lease; at last both have to be in the same state. --show prints all that was said.

Needs the environment of ctest (PGHOST and so on) and VIGIE_PROGRAM. Exit code 1 when anything differs.
"""
import datetime
import os
import pwd
import subprocess
import sys
import tempfile
import time

from crash_merchant import Merchant, sql

# What each step writes that no step before it does, in nights that have something for each to do.
TABLES = {"learn": "learned", "detect": "finding", "claim": "claim_condition", "submit": "claim_attempt", "alert": "outbox",
          "report": "night"}
STEPS = list(TABLES)
NIGHTS = {
    datetime.date(2026, 3, 10): dict.fromkeys(STEPS, "session ended"),
    datetime.date(2026, 3, 17): {"learn": "too many connections", "detect": "statement timeout", "claim": "lock timeout",
                                 "submit": "statement timeout", "alert": "full disk", "report": "cancelled"},
    datetime.date(2026, 3, 24): {"learn": "conflict", "detect": "deadlock", "claim": "deadlock", "submit": "lock timeout",
                                 "alert": "statement timeout", "report": "lock timeout"},
}
WORDS = {
    "session ended": "terminating connection due to administrator command (the server was stopped, or somebody ended this session)",
    "cancelled": "canceling statement due to user request (somebody cancelled it, or it took longer than",
    "statement timeout": "canceling statement due to statement timeout (somebody cancelled it, or it took longer than "
                         "database.statement_timeout_seconds",
    "lock timeout": "canceling statement due to lock timeout (another session has held a lock for longer than "
                    "database.lock_timeout_seconds",
    "deadlock": "(another session worked on the same rows; nothing is to be mended)",
    "conflict": "could not serialize access due to concurrent update (another session worked on the same rows",
    "full disk": "No space left on device (the server's disk is full: make room there first)",
    "too many connections": 'too many connections for role "few_',
}
ATTEMPTS = ("--set", "database.attempts=1")
wrong = 0


def expect(what, wanted, got):
    global wrong
    if wanted != got:
        wrong += 1
        print("%s:\n  expected: %s\n  but got:  %s" % (what, wanted, got))


class Rival:
    """A session of somebody else's, who waits longer than the night before looking for a deadlock."""

    def __init__(self, database):
        self.process = subprocess.Popen(["psql", "-XqAt", "-d", database], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        self.do("set deadlock_timeout = '1min'")

    def send(self, text):
        self.process.stdin.write(text + ";\n")
        self.process.stdin.flush()

    def do(self, text):
        """Until it is done. What it printed."""
        self.send(text)
        self.process.stdin.write("\\echo done\n")
        self.process.stdin.flush()
        said = ""
        while (line := self.process.stdout.readline()) not in ("done\n", ""):
            said += line
        return said.strip()

    def end(self):
        self.process.stdin.close()
        self.process.wait()


class Disk:
    """A tablespace on a tmpfs without room, which holds a table; needs root."""

    def __init__(self, trial, table):
        self.trial, self.folder = trial, os.path.join(trial.folder, "tiny")
        owner = pwd.getpwuid(os.stat(os.environ["PGHOST"] + "/data").st_uid)
        os.mkdir(self.folder)
        os.chmod(os.path.dirname(trial.folder), 0o755)
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m,mode=700,uid=%d" % owner.pw_uid, "tmpfs", self.folder], check=True)
        self.name = "tiny_%d" % os.getpid()
        sql(trial.database, "create tablespace %s location '%s'" % (self.name, self.folder))
        sql(trial.database, "alter table vigie.%s set tablespace %s; create table public.filler (bytes text) tablespace %s"
            % (table, self.name, self.name))
        sql(trial.database, "alter table public.filler alter bytes set storage plain; do $$ begin loop insert into public.filler "
            "values (repeat('x', 7000)); end loop; exception when disk_full then null; end $$")
        self.table = table

    def end(self):
        sql(self.trial.database, "drop table public.filler; alter table vigie.%s set tablespace pg_default" % self.table)
        sql(self.trial.database, "drop tablespace %s" % self.name)
        subprocess.run(["umount", self.folder], check=True)


# The server's process that waits for the table, if one does.
WAITING = "select pid from pg_locks where not granted and relation = 'vigie.%s'::regclass limit 1"


def act(trial, rival, table, fault):
    """While the night waits. False when it has nothing yet that it could be waited for."""
    pid = rival.do(WAITING % table)
    if fault == "session ended":
        sql(trial.database, "select pg_terminate_backend(%s)" % pid)
    elif fault == "cancelled":
        sql(trial.database, "select pg_cancel_backend(%s)" % pid)
    elif fault == "conflict":
        rival.do("update vigie.%s set as_of = as_of; commit" % table)
    elif fault == "deadlock":
        other = rival.do("select relation::regclass from pg_locks join pg_class c on c.oid = relation where pid = %s and granted "
                         "and relnamespace = 'vigie'::regnamespace and relkind = 'r' and relname <> '%s' limit 1" % (pid, table))
        rival.send("lock table %s in access exclusive mode" % other if other else "rollback")
        return other != ""
    return True


def behind_rival(trial, start, table, fault):
    """Whether the fault could be brought about, and the exit code. The rival's own session looks at the night: the night waits a
    second for a lock, and looks once for a deadlock, after two, which a program that has to be started first could miss."""
    settings = {"statement timeout": ("--set", "database.statement_timeout_seconds=1"),
                "lock timeout": ("--set", "database.lock_timeout_seconds=1")}
    options = {"deadlock": "-c deadlock_timeout=2s", "conflict": "-c default_transaction_isolation=serializable"}
    rival = Rival(trial.database)
    rival.do("begin; lock table vigie.%s in share row exclusive mode" % table)
    night = start(settings.get(fault, ()), {"PGOPTIONS": options.get(fault, "")})
    while night.poll() is None and not rival.do(WAITING % table):
        time.sleep(.02)
    acted = night.poll() is None and act(trial, rival, table, fault)
    while night.poll() is None and sql(trial.database, WAITING % table).strip():
        time.sleep(.02)
    rival.send("rollback")
    code = night.wait()
    rival.end()
    return acted, code


def without_connections(trial, start):
    """One connection is enough to begin, and not to read the source."""
    role = "few_%d" % os.getpid()
    sql(trial.database, "create role %s login connection limit 1; grant vigie_test to %s" % (role, role))
    code = start((), {"PGUSER": role}).wait()
    sql(trial.database, "drop role %s" % role)
    return True, code


def without_room(trial, start, table):
    disk = Disk(trial, table)
    code = start((), {}).wait()
    disk.end()
    return True, code


def check_words(trial, day, step, fault):
    said, number = trial.said(), STEPS.index(step)
    last = said.strip().splitlines()[-1]
    expect("the step is named, %s of %s" % (fault, step), "vigie: nightly: %s: " % step, last[:len("vigie: nightly: %s: " % step)])
    expect("the reason is told, and what it means", True, WORDS[fault] in last or last)
    expect("what is left", True, 'left="%s"' % ", ".join(STEPS[number:]) in said or "left=%s " % step in said or said)
    expect("what to type", True, 'next="vigie nightly --config %s --as-of %s --deliver --if-exists resume, with the same --set"' % (
        os.path.join(trial.folder, "vigie.yaml"), day) in said or said)
    expect("the record says so, too", "failed 75 t", sql(trial.database, "select state || ' ' || exit_code || ' ' || (error like '%s: %%')::text "
           "from vigie.run order by run_number desc limit 1" % step).strip().replace("true", "t"))
    expect("the right to run is given back", "0", sql(trial.database, "select count(*) from vigie.lease").strip())


def meet(trial, day, step, fault):
    table = TABLES[step]

    def start(more, environment):
        return trial.night(day, extra=("--if-exists", "resume", *ATTEMPTS, *more), environment=environment, wait=False)

    if fault == "full disk" and not trial.mounted:
        print("skipped: a full disk of the server, because no tmpfs can be mounted here (as root it can)")
        return
    if fault == "full disk":
        acted, code = without_room(trial, start, table)
    elif fault == "too many connections":
        acted, code = without_connections(trial, start)
    else:
        acted, code = behind_rival(trial, start, table, fault)
    if "--show" in sys.argv:
        print("--- %s in %s\n%s" % (fault, step, trial.said()))
    expect("%s could be brought about in %s" % (fault, step), True, acted)
    expect("%s in %s" % (fault, step), 75, code)
    check_words(trial, day, step, fault)


def refused(trial):
    """Before a run has begun there is no record, and the words say so."""
    role = "none_%d" % os.getpid()
    sql(trial.database, "create role %s login connection limit 0" % role)
    code = trial.night(max(NIGHTS), extra=ATTEMPTS, environment={"PGUSER": role})
    sql(trial.database, "drop role " + role)
    expect("no connection at all", (75, True, True), (code, "nothing was done" in trial.said(), "too many connections for role" in trial.said()))


def main():
    with tempfile.TemporaryDirectory() as work:
        trial = Merchant(work, "trial")
        trial.fill(1)
        twin = Merchant(work, "twins", trial)
        try:
            refused(trial)
            for day, faults in NIGHTS.items():
                expect("the undisturbed night of %s" % day, 0, twin.night(day))
                for step, fault in faults.items():
                    meet(trial, day, step, fault)
                expect("at last", 0, trial.night(day, extra=("--if-exists", "resume")))
                ours, theirs = trial.state(), twin.state()
                for name in sorted(set(ours) | set(theirs)):
                    expect("%s, %s" % (day, name), theirs.get(name), ours.get(name))
        finally:
            trial.end()
            twin.end()
    print("%d nights with %d faults, %d expectations failed" % (len(NIGHTS), 1 + sum(map(len, NIGHTS.values())), wrong))
    sys.exit(1 if wrong else 0)


main()
