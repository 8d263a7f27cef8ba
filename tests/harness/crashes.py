"""Stops nights wherever it can, runs them again, and compares what they end in with undisturbed twins.

    crashes.py --kills NUMBER | --seconds NUMBER  [--seed NUMBER] [--cluster FOLDER] [--keep]

Two databases get the same small history. For each night the twin runs undisturbed. The other one is stopped first, up to three
times, each time at a place that the seed draws from those which the night passes (tests/faults/faults.c lists places and
deeds), by a signal at an instant, by a limit on the size of files, or, when the server is ours alone (--cluster), by its restart.
Then it runs to its end. Compared are all rows that a night writes but for wall clocks, all files by SHA-256, what the mail
server got by Message-ID and the claims that reached the carrier by POST and folder: once each, with the same bytes.

Needs the environment of ctest (PGHOST and so on), VIGIE_PROGRAM and beside it vigie_faults. Exit code 1 when anything differs.
"""
import argparse
import collections
import datetime
import email
import email.policy
import glob
import hashlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
VIGIE = os.environ["VIGIE_PROGRAM"]
FAULTS = os.path.join(os.path.dirname(VIGIE), "tests", "vigie_faults")
FIRST = datetime.date(2026, 3, 1)
NIGHTS = 30  # of one history

# Columns that hold wall clocks or count attempts; tables that tell of runs and not of the night.
CLOCKS = {"recorded_at", "begun_at", "ended_at", "sent_at", "queued_at", "next_attempt_at"}
# What is tried again counts so, and a number drawn by a night that broke off is not drawn again.
UNLIKE = {("outbox", "attempts"), ("outbox", "message_number")}
OF_RUNS = {"run", "run_step", "set_aside", "lease", "migration", "claim_attempt"}

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


def sql(database, text):
    return subprocess.run(["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", text], check=True,
                          stdout=subprocess.PIPE, text=True).stdout


class Merchant:
    """A database, its sinks and its output."""

    def __init__(self, work, name, template=None):
        self.folder = os.path.join(work, name)  # messages name it: those of twins are equally long, and made the same
        self.database = "crash_%s_%d" % (name, os.getpid())
        os.makedirs(os.path.join(self.folder, "tokens"))
        os.makedirs(os.path.join(self.folder, "terms"))
        os.makedirs(os.path.join(self.folder, "drop"))
        self.sinks = []
        self.web, self.post = self.sink("http_sink.py", "web"), self.sink("smtp_sink.py", "post")
        self.make_database(template)
        self.write_settings()
        with open(os.path.join(self.folder, "tokens", "colissimo"), "w", encoding="ascii") as out:
            out.write("token\n")

    def sink(self, script, name):
        folder = os.path.join(self.folder, name)
        os.mkdir(folder)
        process = subprocess.Popen(["/usr/bin/python3", os.path.join(ROOT, "tests", "harness", script), "accept", folder],
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.sinks.append(process)
        url = process.stdout.readline().strip()
        if not url:
            print("skipped: %s does not run here" % script)
            sys.exit(77)
        return url

    def make_database(self, template):
        subprocess.run(["createdb"] + (["-T", template.database] if template else []) + [self.database], check=True)

    def write_settings(self):
        channels = {"colissimo": 'channel: http, to: "%s"' % self.web, "chronopost": "channel: folder"}
        for carrier, channel in channels.items():
            with open(os.path.join(ROOT, "config", "terms", carrier + ".yaml"), encoding="utf-8") as shipped:
                terms = shipped.read()
            with open(os.path.join(self.folder, "terms", carrier + ".yaml"), "w", encoding="utf-8") as out:
                out.write(terms + "submission: {%s, automatic_up_to: 100000.00 EUR}\n" % channel)
        with open(os.path.join(self.folder, "vigie.yaml"), "w", encoding="utf-8") as out:
            out.write("""database: {url: "dbname=%s"}
output: ./out
source: {workers: 1}
merchant: {name: Maison Test, email: litiges@example.org}
claims: {terms: [./terms], tokens: ./tokens, drop_folder: ./drop}
alerts: {smtp_url: "%s", from: vigie@example.org, to: [ops@example.org]}
""" % (self.database, self.post))

    def command(self, program, *words):
        return [program, *words, "--config", os.path.join(self.folder, "vigie.yaml")]

    def fill(self, seed):
        for words in (["init", "--quiet"], ["simulate", "--quiet", "--load", "--shipments", "400", "--from", "2026-01-05",
                                            "--to", "2026-04-05", "--until", "2026-04-05", "--seed", str(seed)]):
            subprocess.run(self.command(VIGIE, *words), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        # Few carriers make quick nights; what goes wrong stays.
        sql(self.database, "delete from vigie_source.shipments where carrier not in ('colissimo', 'chronopost');"
            "delete from vigie_source.scans s where not exists (select from vigie_source.shipments where shipment_id = s.shipment_id)")
        columns = collections.defaultdict(list)
        for line in sql(self.database, "select table_name, column_name from information_schema.columns join "
                        "information_schema.tables using (table_schema, table_name) where table_schema = 'vigie' and "
                        "table_type = 'BASE TABLE' order by 1, ordinal_position").split():
            table, column = line.split("|")
            if table not in OF_RUNS and column not in CLOCKS and (table, column) not in UNLIKE:
                columns[table].append(column)
        Merchant.state_sql = " union all ".join(
            "select '%s', count(*), md5(coalesce(string_agg(replace(t::text, '@FOLDER@', ''), e'\\n' order by t::text), '')) from (select %s from vigie.%s) t"
            % (table, ", ".join(names), table) for table, names in sorted(columns.items()))

    def night(self, day, program=VIGIE, extra=(), environment=None, limit=None, wait=True):
        said = open(os.path.join(self.folder, "said"), "wb")
        process = subprocess.Popen(
            self.command(program, "nightly", "--as-of", day.isoformat(), "--deliver", *extra), stdout=said, stderr=said,
            env={**os.environ, **(environment or {})},
            preexec_fn=(lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))) if limit else None)
        return process.wait() if wait else process

    def said(self):
        with open(os.path.join(self.folder, "said"), encoding="utf-8", errors="replace") as words:
            return words.read()

    def files(self, folder):
        found = {}
        for path in glob.glob(os.path.join(self.folder, folder, "**", "*"), recursive=True):
            if os.path.isfile(path) and "/out/runs/" not in path:
                with open(path, "rb") as content:
                    found[os.path.relpath(path, self.folder)] = hashlib.sha256(content.read()).hexdigest()
        return found

    def mails(self):
        """Texts by Message-ID; a message that came twice counts once, if it is the same."""
        found = {}
        for path in glob.glob(os.path.join(self.folder, "post", "mail", "new", "*")):
            with open(path, "rb") as content:
                message = email.message_from_binary_file(content, policy=email.policy.default)
            body = "\n".join([message["Subject"]] + [part.get_content() for part in message.walk()
                                                     if part.get_content_maintype() == "text"])
            body = hashlib.sha256(body.replace(self.folder, "").encode()).hexdigest()
            name = "mail " + message["Message-ID"]
            if found.setdefault(name, body) != body:
                found[name + ", otherwise"] = body
        return found

    def filed(self):
        """References in the order of their number, each as often as the carrier's server filed it."""
        path = os.path.join(self.folder, "web", "claims")
        return sorted(open(path, encoding="ascii").read().split()) if os.path.exists(path) else []

    def state(self):
        state = {"table " + line.split("|")[0]: line for line in sql(self.database, self.state_sql.replace("@FOLDER@", self.folder)).splitlines()}
        state.update(self.files("out"))
        state.update(self.files("drop"))
        state.update(self.mails())
        state["claims filed"] = self.filed()
        state["runs left running"] = sql(self.database, "select count(*) from vigie.run where state = 'running'")
        state["leases left"] = sql(self.database, "select count(*) from vigie.lease")
        return state

    def end(self):
        for sink in self.sinks:
            sink.stdin.close()
            sink.wait()
        subprocess.run(["dropdb", "--if-exists", "--force", self.database], check=False)


class Soak:
    def __init__(self, wishes, work):
        self.wishes, self.work = wishes, work
        self.random = random.Random(wishes.seed)
        self.kinds, self.endings = collections.Counter(), collections.Counter()
        self.kills = self.differences = self.histories = 0
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

    def restart_server(self):
        for action in ("stop", "start"):
            subprocess.run([os.path.join(ROOT, "scripts", "cluster"), action, self.wishes.cluster], check=True,
                           stdout=subprocess.DEVNULL)

    @staticmethod
    def let_time_pass(trial):
        """A message that could not be delivered is due again after a minute."""
        sql(trial.database, "update vigie.outbox set next_attempt_at = now() where state = 'pending'")

    def stop_once(self, trial, day, counts):
        self.let_time_pass(trial)
        extra = self.random.choice([(), ("--if-exists", "resume")]) + (
            "--set", "database.attempts=%d" % self.random.choice([1, 1, 2]))
        way = self.random.random()
        if way < .06:
            what = "signal at an instant"
            process = trial.night(day, extra=extra, wait=False)
            time.sleep(self.random.random() * .8)
            process.send_signal(self.random.choice([signal.SIGKILL, signal.SIGTERM]))
            code = process.wait()
        elif way < .1:
            what = "files limited in size"
            code = trial.night(day, extra=extra, limit=self.random.randint(1, 40000))
        elif way < .13 and self.wishes.cluster:
            what = "server restarted"
            process = trial.night(day, extra=extra, wait=False)
            time.sleep(self.random.random() * .8)
            self.restart_server()
            code = process.wait()
        else:
            kind, number, deed = self.draw(counts)
            what = "%s:%d:%s" % (kind, number, deed)
            code = trial.night(day, FAULTS, extra, {"FAULT": what})
        self.kinds[what if ":" not in what else "%s %s" % (what.split(":")[0], what.split(":")[2])] += 1
        self.endings[code] += 1
        self.kills += 1
        return "%s ended with %d" % (what, code)

    def compare(self, twin, trial, day, done):
        ours, theirs = trial.state(), twin.state()
        wrong = [name for name in sorted(set(ours) | set(theirs)) if ours.get(name) != theirs.get(name)]
        if wrong:
            self.differences += 1
            print("%s, after %s:" % (day, "; ".join(done)))
            for name in wrong[:12]:
                print("  %s\n    twin:  %s\n    trial: %s" % (name, theirs.get(name), ours.get(name)))
        return not wrong

    def one_night(self, twin, trial, day):
        counts_file = os.path.join(self.work, "counts")
        if twin.night(day, FAULTS, environment={"FAULT_COUNTS": counts_file}) not in (0, 3):
            raise SystemExit("the undisturbed night of %s failed:\n%s" % (day, twin.said()))
        with open(counts_file, encoding="ascii") as lines:
            counts = {line.split()[0]: int(line.split()[1]) for line in lines}
        done = [self.stop_once(trial, day, counts) for _ in range(self.random.choice([1, 1, 2, 3]))]
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
        print("%d stops in %d histories, %.0f s, seed %d: %d differences" % (
            self.kills, self.histories, time.monotonic() - self.started, self.wishes.seed, self.differences))
        print("ended with: " + ", ".join("%s x %d" % (code, count) for code, count in sorted(self.endings.items())))
        print("stopped by: " + ", ".join("%s x %d" % (kind, count) for kind, count in sorted(self.kinds.items())))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cluster")
    parser.add_argument("--keep", action="store_true")
    wishes = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        soak = Soak(wishes, work)
        while not soak.is_over() and soak.differences < 5:
            soak.one_history()
        soak.tell()
    sys.exit(1 if soak.differences or not soak.kills else 0)


main()
