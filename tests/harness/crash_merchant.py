"""A merchant for tests/harness/crashes.py: a database, its sinks, its settings, its output, and what all of them hold after a night.

Where a small tmpfs can be mounted (by root), the output lies on one, so that its disk can be full.
"""
import collections
import email
import email.policy
import glob
import hashlib
import json
import os
import re
import resource
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
VIGIE = os.environ["VIGIE_PROGRAM"]
ROOMY = 256 << 20  # bytes of a disk that is not full

# Columns that hold wall clocks or count attempts; tables that tell of runs and not of the night.
CLOCKS = {"recorded_at", "begun_at", "ended_at", "sent_at", "queued_at", "next_attempt_at"}
# What is tried again counts so, and a number drawn by a night that broke off is not drawn again.
UNLIKE = {("outbox", "attempts"), ("outbox", "message_number")}
OF_RUNS = {"run", "run_step", "set_aside", "lease", "migration", "claim_attempt"}


def sql(database, text):
    return subprocess.run(["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", text], check=True,
                          stdout=subprocess.PIPE, text=True).stdout


class Merchant:
    """A database, its sinks and its output."""

    def __init__(self, work, name, template=None):
        self.folder = os.path.join(work, name)  # messages name it: those of twins are equally long, and made the same
        self.disk = os.path.join(self.folder, "disk")
        self.database = "crash_%s_%d" % (name, os.getpid())
        for made in ("tokens", "terms", "templates", "disk"):
            os.makedirs(os.path.join(self.folder, made))
        self.make_database(template)  # first: what cannot be made here leaves no disk behind
        self.mounted = self.mount("size=%d" % ROOMY)
        os.makedirs(os.path.join(self.disk, "drop"))
        self.sinks, self.read, self.letters = [], set(), {}
        self.web, self.post = self.sink("http_sink.py", "web"), self.sink("smtp_sink.py", "post")
        self.hook = self.sink("channel_sink.py", "hook")
        self.write_settings()
        with open(os.path.join(self.folder, "tokens", "colissimo"), "w", encoding="ascii") as out:
            out.write("token\n")

    def mount(self, options):
        """Whether the disk is a tmpfs by now."""
        return subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", self.disk], check=False,
                              stderr=subprocess.DEVNULL).returncode == 0

    def used(self):
        disk = os.statvfs(self.disk)
        return (disk.f_blocks - disk.f_bfree) * disk.f_frsize

    def leave_room(self, size):
        """From now on so many bytes are left on the disk."""
        subprocess.run(["mount", "-o", "remount,size=%d" % size, self.disk], check=True)

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
        # The digest says which claims wait. When the carrier's server refused them it says so, rightly, and the twin's does not.
        with open(os.path.join(ROOT, "alerts", "templates", "digest_en.txt"), encoding="utf-8") as shipped:
            digest = re.sub(r"{{#(claiming|bordereaux)}}.*?{{/\1}}\n", "", shipped.read(), flags=re.DOTALL)
        with open(os.path.join(self.folder, "templates", "digest_en.txt"), "w", encoding="utf-8") as out:
            out.write(digest)
        with open(os.path.join(self.folder, "vigie.yaml"), "w", encoding="utf-8") as out:
            out.write("""database: {url: "dbname=%s"}
output: ./disk/out
source: {workers: 1}
merchant: {name: Maison Test, email: litiges@example.org}
metrics: {textfile: ./disk/vigie.prom}
claims: {terms: [./terms], tokens: ./tokens, drop_folder: ./disk/drop}
alerts:
  smtp_url: "%s"
  from: vigie@example.org
  to: [ops@example.org]
  templates: ./templates
  timeout_seconds: 2
  patience_seconds: 1
  channels:
    - {name: hook, type: webhook, url: "%s", secret_file: ./tokens/colissimo}
    - {name: drop, type: folder, folder: ./disk/letters}
  rules:
    - {name: each, channel: hook, frequency: immediately, limit: 1000}
    - {name: nights, channel: drop}
""" % (self.database, self.post, self.hook))

    def misbehave(self, modes):
        """Sinks do as they are told until they are told otherwise: modes by sink."""
        for name in ("web", "post", "hook"):
            path = os.path.join(self.folder, name, "mode")
            if name in modes:
                with open(path, "w", encoding="ascii") as out:
                    out.write(modes[name])
            elif os.path.exists(path):
                os.remove(path)

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
        Merchant.columns = columns
        Merchant.state_sql = " union all ".join(
            "select 'table %s', count(*) || ' ' || coalesce(sum(hashtextextended(%s, 0)), 0) from (select %s from vigie.%s) t"
            % (table, "replace(t::text, '@FOLDER@', '')" if table == "outbox" else "t::text", ", ".join(names), table)
            for table, names in sorted(columns.items())) + """
            union all select 'runs left running', count(*)::text from vigie.run where state = 'running'
            union all select 'leases left', count(*)::text from vigie.lease"""

    def night(self, day, program=VIGIE, extra=(), environment=None, limit=None, wait=True):
        """Its exit code, or the process; limit is a resource and how much of it there is."""
        with open(os.path.join(self.folder, "said"), "wb") as said:
            process = subprocess.Popen(
                self.command(program, "nightly", "--as-of", day.isoformat(), "--deliver", *extra), stdout=said, stderr=said,
                env={**os.environ, **(environment or {})},
                preexec_fn=(lambda: resource.setrlimit(limit[0], (limit[1], limit[1]))) if limit else None)
        return process.wait() if wait else process

    def said(self):
        with open(os.path.join(self.folder, "said"), encoding="utf-8", errors="replace") as words:
            return words.read()

    def files(self, folder):
        found = {}
        for path in glob.glob(os.path.join(self.disk, folder, "**", "*"), recursive=True):
            if os.path.isfile(path) and "/out/runs/" not in path:
                with open(path, "rb") as content:
                    whole = content.read().replace(self.folder.encode(), b"")
                found[os.path.relpath(path, self.disk)] = hashlib.sha256(whole).hexdigest()
        return found

    def torn(self):
        """Files of runs and metrics differ from those of the twin, but each is whole; .part is what a killed run began."""
        wrong = []
        for path in glob.glob(os.path.join(self.disk, "out", "runs", "**", "*"), recursive=True):
            try:
                if os.path.isfile(path) and not path.endswith(".part"):
                    with open(path, encoding="utf-8") as content:
                        json.load(content)
            except ValueError:
                wrong.append(path)
        with open(os.path.join(self.disk, "vigie.prom"), encoding="utf-8") as content:
            if not content.read().endswith("\n"):
                wrong.append("vigie.prom")
        return wrong + [name for name in os.listdir(self.disk) if name not in ("out", "drop", "letters", "vigie.prom")]

    def posted(self):
        """What the webhook took, by key: a message that came twice counts once, if it is the same."""
        found = {}
        with open(os.path.join(self.folder, "hook", "requests.jsonl"), encoding="utf-8") as lines:
            for line in map(json.loads, lines):
                if line["outcome"] in ("accept", "cut", "stall"):  # and before the others it was read as well
                    body = hashlib.sha256(line["body"].replace(self.folder, "").encode()).hexdigest()
                    name = "post " + line["headers"]["Idempotency-Key"]
                    if found.setdefault(name, body) != body:
                        found[name + ", otherwise"] = body
        return found

    def mails(self):
        """Texts by Message-ID; a message that came twice counts once, if it is the same. What was read once is not read again."""
        for path in glob.glob(os.path.join(self.folder, "post", "mail", "new", "*")):
            if path in self.read:
                continue
            self.read.add(path)
            with open(path, "rb") as content:
                message = email.message_from_binary_file(content, policy=email.policy.default)
            body = "\n".join([message["Subject"]] + [part.get_content() for part in message.walk()
                                                     if part.get_content_maintype() == "text"])
            body = hashlib.sha256(body.replace(self.folder, "").encode()).hexdigest()
            name = "mail " + message["Message-ID"]
            if self.letters.setdefault(name, body) != body:
                self.letters[name + ", otherwise"] = body
        return self.letters

    def filed(self):
        """References in the order of their number, each as often as the carrier's server filed it."""
        path = os.path.join(self.folder, "web", "claims")
        return sorted(open(path, encoding="ascii").read().split()) if os.path.exists(path) else []

    def state(self):
        state = dict(line.split("|") for line in sql(self.database, self.state_sql.replace("@FOLDER@", self.folder)).splitlines())
        state.update(self.files("out"))
        state.update(self.files("drop"))
        state.update(self.files("letters"))
        state.update(self.mails())
        state.update(self.posted())
        state["torn files"] = self.torn()
        state["claims filed"] = self.filed()
        return state

    def rows(self, table):
        """What is compared of a table, row by row, for people."""
        return set(sql(self.database, "select replace(t::text, '%s', '') from (select %s from vigie.%s) t" % (
            self.folder, ", ".join(self.columns[table]), table)).split("\n(")) - {""}

    def end(self):
        for sink in self.sinks:
            sink.stdin.close()
            sink.wait()
        subprocess.run(["dropdb", "--if-exists", "--force", self.database], check=False)
        if self.mounted:
            subprocess.run(["umount", "--lazy", self.disk], check=False)
