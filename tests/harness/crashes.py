"""Stops nights wherever it can, runs them again, and compares what they end in with undisturbed twins.

    crashes.py --kills NUMBER | --seconds NUMBER  [--seed NUMBER] [--cluster FOLDER] [--keep]

Two databases get the same small history. For each night the twin runs undisturbed. The other one is stopped first, up to three
times, in ways that the seed draws: at a place of those which the night passes (tests/faults/faults.c lists places and deeds; each
side of each step's beginning and end comes first), by a signal at an instant, with little memory, with files limited in size, on
a disk that is full (a tmpfs), with sinks that fail, are cut off or slow, beside a session that locks the tables against it, and,
when the server is ours alone (--cluster), by its restart or crash. Then it runs to its end. Compared are all rows that a night
writes but for wall clocks, all files by SHA-256, what the mail server and the webhook got by Message-ID and key, and the claims that
reached the carrier by POST and folder: once each, with the same bytes.

Needs the environment of ctest (PGHOST and so on), VIGIE_PROGRAM and beside it vigie_faults. Exit code 1 when anything differs.
"""
import argparse
import collections
import datetime
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from crash_merchant import ROOMY, ROOT, VIGIE, Merchant, sql

FAULTS = os.path.join(os.path.dirname(VIGIE), "tests", "vigie_faults")
FIRST = datetime.date(2026, 3, 1)
NIGHTS = 30  # of one history
# A session's commits are on disk when they are said to be (the cluster of tests does without), since servers crash here; and of
# two sessions that wait for each other the night gives up first.
SESSION = "-c synchronous_commit=on -c deadlock_timeout=20ms"

DEEDS = {
    "write": ["kill", "kill_after", "term", "fail"],
    "fsync": ["kill", "kill_after", "fail"],
    "rename": ["kill", "kill_after", "fail"],
    "malloc": ["kill", "term", "fail"],
    "statement": ["kill", "kill", "kill_after", "kill_after", "term", "cut", "cut_after", "terminate", "deadlock",
                  "serialization", "timeout", "full"],
    "send": ["kill", "kill_after", "fail", "slow"],
    "step": ["kill", "kill_after", "term"],
}
WEIGHTS = {"write": 2, "fsync": 2, "rename": 2, "malloc": 3, "statement": 6, "send": 3, "step": 2}
MODES = {
    "web": ["429", "500", "cut", "early"],
    "post": ["451 try later", "cut", "slow"],
    "hook": ["fails 30", "fails 30", "429 1", "500", "503 2", "cut", "stall"],
}
# What a stopped night says, as proof that the fault was one.
HEARD = ["deadlock detected", "lock timeout", "statement timeout", "No space left on device", "File too large", "out of memory",
         "terminating connection", "server closed the connection", "shutting down", "starting up", "in recovery mode",
         "No such file or directory", "Timeout was reached", "timed out"]


class Soak:
    def __init__(self, wishes, work):
        self.wishes, self.work = wishes, work
        self.random = random.Random(wishes.seed)
        self.kinds, self.endings, self.heard = collections.Counter(), collections.Counter(), collections.Counter()
        self.kills = self.differences = self.histories = self.boundary_count = 0
        self.boundaries = self.counts = None
        self.night_seconds, self.night_bytes, self.can_fill = 1, 1, False
        self.ways = [(self.by_fault, 66), (self.by_signal, 8), (self.by_file_size, 3), (self.by_memory, 3), (self.by_full_disk, 5),
                     (self.by_sinks, 7), (self.by_rival, 4), (self.by_server, 4)]
        self.untried = [way for way, _ in self.ways[1:]] + [self.by_signal, self.by_sinks, self.by_rival, self.by_server]
        self.random.shuffle(self.untried)
        self.started = time.monotonic()

    def is_over(self):
        if self.wishes.seconds:
            return time.monotonic() - self.started >= self.wishes.seconds
        return self.kills >= self.wishes.kills

    def draw(self, counts):
        """A place and a deed that the night has."""
        kinds = [kind for kind in WEIGHTS if counts.get(kind, 0) > 0]
        kind = self.random.choices(kinds, [WEIGHTS[one] for one in kinds])[0]
        return kind, self.random.randint(1, counts[kind]), self.random.choice(DEEDS[kind])

    def draw_boundary(self, counts):
        """Each side of the beginning and end of each step, until all were had; after an end is before the next beginning."""
        if self.boundaries is None:
            self.boundaries = [(number, deed) for number in range(1, counts["step"] + 1) for deed in ("kill", "kill_after")
                               if deed == "kill" or number % 2 == 1 or number == counts["step"]]
            self.random.shuffle(self.boundaries)
            self.boundary_count = len(self.boundaries)
        return ("step", *self.boundaries.pop())

    def cluster(self, action):
        subprocess.run([os.path.join(ROOT, "scripts", "cluster"), action, self.wishes.cluster], check=True,
                       stdout=subprocess.DEVNULL)

    def crash_server(self):
        """What a power failure leaves of the server: no goodbye to anybody, and recovery when it starts again."""
        with open(os.path.join(self.wishes.cluster, "data", "postmaster.pid"), encoding="ascii") as told:
            number = int(told.readline())
        os.kill(number, signal.SIGQUIT)
        while os.path.exists("/proc/%d" % number):
            time.sleep(.01)
        self.cluster("start")

    @staticmethod
    def let_time_pass(trial):
        """A message that could not be delivered is due again after a minute."""
        sql(trial.database, "update vigie.outbox set next_attempt_at = now() where state = 'pending'")

    def wait_an_instant(self):
        time.sleep(self.random.random() * self.night_seconds)

    def by_fault(self, trial, day, extra):
        boundary = self.boundaries != [] and self.kills % 2 == 0
        kind, number, deed = self.draw_boundary(self.counts) if boundary else self.draw(self.counts)
        return "%s %s" % (kind, deed), trial.night(day, FAULTS, extra, {"FAULT": "%s:%d:%s" % (kind, number, deed)}), number

    def by_signal(self, trial, day, extra):
        sent = self.random.choice([signal.SIGKILL, signal.SIGTERM])
        process = trial.night(day, extra=extra, wait=False)
        self.wait_an_instant()
        process.send_signal(sent)
        return "%s at an instant" % sent.name, process.wait()

    def by_file_size(self, trial, day, extra):
        return "files limited in size", trial.night(day, extra=extra, limit=(resource.RLIMIT_FSIZE, self.random.randint(1, 40000)))

    def by_memory(self, trial, day, extra):
        size = self.random.randint(78, 180) << 20
        return "little memory", trial.night(day, extra=extra, limit=(resource.RLIMIT_AS, size))

    def by_full_disk(self, trial, day, extra):
        if not trial.mounted:
            return None
        trial.leave_room(trial.used() + self.random.randint(1, self.night_bytes))
        code = trial.night(day, extra=extra)
        trial.leave_room(ROOMY)
        return "disk full", code

    def by_sinks(self, trial, day, extra):
        modes = {name: self.random.choice(known) for name, known in MODES.items() if self.random.random() < .6}
        trial.misbehave(modes)
        process = trial.night(day, extra=extra, wait=False)
        if self.random.random() < .3:
            self.wait_an_instant()
            process.kill()
        code = process.wait()
        trial.misbehave({})
        return "sinks that fail or are slow", code

    def by_rival(self, trial, day, extra):
        """Somebody locks all tables one by one, in any order, against who writes: sometimes the two wait for each other."""
        tables = sql(trial.database, "select tablename from pg_tables where schemaname = 'vigie'").split()
        self.random.shuffle(tables)
        process = trial.night(day, extra=extra + ("--set", "database.lock_timeout_seconds=1"), wait=False)
        self.wait_an_instant()
        subprocess.run(["psql", "-Xq", "-d", trial.database, "-c", "set deadlock_timeout = '30s'", "-c", "set lock_timeout = '10s'",
                        "-c", "begin; lock table %s in share row exclusive mode; select pg_sleep(%.2f); commit" % (
                            ", ".join("vigie." + table for table in tables), self.random.random() * 1.5)],
                       check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return "tables locked", process.wait()

    def by_server(self, trial, day, extra):
        if not self.wishes.cluster:
            return None
        process = trial.night(day, extra=extra, wait=False)
        self.wait_an_instant()
        if self.random.random() < .5:
            self.crash_server()
            return "server crashed", process.wait()
        self.cluster("stop")
        self.cluster("start")
        return "server restarted", process.wait()

    def draw_way(self):
        """Two are boundaries and one is a way that was not had yet, of every four while there are any: a short run has them all."""
        if self.kills % 2 == 0 and self.boundaries != []:
            return self.by_fault
        if self.kills % 4 == 3 and self.untried:
            return self.untried.pop()
        return self.random.choices([way for way, _ in self.ways], [weight for _, weight in self.ways])[0]

    def stop_once(self, trial, day):
        self.let_time_pass(trial)
        extra = self.random.choice([(), ("--if-exists", "resume")]) + (
            "--set", "database.attempts=%d" % self.random.choice([1, 1, 2]))
        done = None
        while done is None:
            done = self.draw_way()(trial, day, extra)
        what, code, *number = done
        said = trial.said()
        self.heard.update(phrase for phrase in HEARD if phrase in said)
        self.kinds[what] += 1
        self.endings[code] += 1
        self.kills += 1
        return "%s%s ended with %d" % (what, " at call %d" % number[0] if number else "", code)

    def compare(self, twin, trial, day, done):
        ours, theirs = trial.state(), twin.state()
        wrong = [name for name in sorted(set(ours) | set(theirs)) if ours.get(name) != theirs.get(name)]
        if wrong:
            self.differences += 1
            print("%s, after %s:" % (day, "; ".join(done)))
            for name in wrong[:12]:
                print("  %s\n    twin:  %s\n    trial: %s" % (name, theirs.get(name), ours.get(name)))
                if name.startswith("table "):
                    mine, other = trial.rows(name[6:]), twin.rows(name[6:])
                    for who, row in [("twin", row) for row in sorted(other - mine)[:3]] + [("trial", row) for row in sorted(mine - other)[:3]]:
                        print("    only the %s has %s" % (who, row[:300]))
        return not wrong

    def undisturbed(self, twin, day):
        """The twin's night: how often it passes each place, how long it takes, and how much it writes."""
        counts_file = os.path.join(self.work, "counts")
        began, used = time.monotonic(), twin.used()
        if twin.night(day, FAULTS, environment={"FAULT_COUNTS": counts_file}) not in (0, 3):
            raise SystemExit("the undisturbed night of %s failed:\n%s" % (day, twin.said()))
        self.night_seconds = time.monotonic() - began
        self.night_bytes = max(1, twin.used() - used)
        with open(counts_file, encoding="ascii") as lines:
            self.counts = {line.split()[0]: int(line.split()[1]) for line in lines}

    def one_night(self, twin, trial, day):
        self.undisturbed(twin, day)
        done = [self.stop_once(trial, day) for _ in range(self.random.choice([1, 2, 2, 3]))]
        self.let_time_pass(trial)
        code = trial.night(day, extra=self.random.choice([(), ("--if-exists", "resume")]))
        if code not in (0, 3):
            self.differences += 1
            print("%s, after %s: the last run ended with %d\n%s" % (day, "; ".join(done), code, trial.said()))
            return False
        return self.compare(twin, trial, day, done)

    def one_history(self):
        self.histories += 1
        folder = os.path.join(self.work, str(self.histories))
        trial = Merchant(folder, "trial" + str(self.histories))
        twin = None
        try:
            self.can_fill = trial.mounted
            trial.fill(self.wishes.seed * 1000 + self.histories)
            twin = Merchant(folder, "twins" + str(self.histories), trial)
            for number in range(NIGHTS):
                if self.is_over() or not self.one_night(twin, trial, FIRST + datetime.timedelta(days=number)):
                    break
        finally:
            trial.end()
            if twin:
                twin.end()
            if not self.wishes.keep:
                shutil.rmtree(folder, ignore_errors=True)

    def tell(self):
        def words(counter):
            return ", ".join("%s x %d" % (name, count) for name, count in sorted(counter.items()))

        print("ended with: " + words(self.endings))
        print("stopped by: " + words(self.kinds))
        print("heard: " + words(self.heard))
        print("step boundaries: %d of %d" % (self.boundary_count - len(self.boundaries or []), self.boundary_count))
        if not self.can_fill:
            print("skipped: a full disk, because no tmpfs can be mounted here (as root it can)")
        if not self.wishes.cluster:
            print("skipped: restarts of the server, because it is not ours alone")
        print("%d stops in %d histories, %.0f s, seed %d: %d differences" % (
            self.kills, self.histories, time.monotonic() - self.started, self.wishes.seed, self.differences))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cluster")
    parser.add_argument("--keep", action="store_true")
    wishes = parser.parse_args()
    os.environ["PGOPTIONS"] = SESSION
    with tempfile.TemporaryDirectory() as work:
        soak = Soak(wishes, work)
        while not soak.is_over() and soak.differences < 5:
            soak.one_history()
            print("%d stops, %d differences" % (soak.kills, soak.differences), flush=True)
        soak.tell()
    sys.exit(1 if soak.differences or not soak.kills else 0)


main()
