"""A web server for tests of channels, on a loopback port of its own choice: Slack, Teams, help desks and the like in one.

    channel_sink.py MODE FOLDER

Prints its URL, serves until its standard input closes, and then removes FOLDER. MODE, or the content of FOLDER/mode when that is
there, is what it does with a request: "accept" (202), a code such as "404", "429 7" or "503 7" (with that Retry-After), "cut"
(takes it and hangs up), "stall" (takes it and is silent), "redirect" (to FOLDER/elsewhere, else to 127.0.0.2), "secret" (403,
repeating the authorization, the path and the body), "garbage" (200, no JSON) and "fails 30" (30 of 100 requests fail in one of
these ways, the same ones in every run).

What it takes is a line in FOLDER/requests.jsonl, and the last one FOLDER/raw.txt, without what differs between runs. A ticket
is one for each mark: GET answers with the ticket that an earlier POST made.
"""
import http.server
import json
import os
import random
import re
import shutil
import sys
import threading
import time
import urllib.parse

MODE, FOLDER = sys.argv[1], sys.argv[2]
CHANCE = random.Random(7)
TICKETS = {}
LOCK = threading.Lock()
REQUESTS = open(os.path.join(FOLDER, "requests.jsonl"), "a", encoding="utf-8", buffering=1)


def mode():
    try:
        with open(os.path.join(FOLDER, "mode"), encoding="ascii") as given:
            return given.read().strip()
    except FileNotFoundError:
        return MODE


def one_of(now):
    """What a sink that fails now and then does with this request."""
    if not now.startswith("fails"):
        return now
    with LOCK:
        if CHANCE.random() * 100 >= float(now.split()[1]):
            return "accept"
        return CHANCE.choice(["429 1", "500", "503 2", "cut"])


class Sink(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *words):
        pass

    def answer(self, code, body=b"", headers=()):
        self.send_response(code)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def keep(self, body, outcome):
        headers = {name: value for name, value in self.headers.items()
                   if name not in ("Host", "Content-Length", "User-Agent", "Expect")}
        line = {"method": self.command, "path": self.path, "outcome": outcome, "headers": headers,
                "body": body.decode("utf-8", "backslashreplace")}
        raw = "\n".join(["%s %s" % (self.command, self.path)] +
                        ["%s: %s" % item for item in headers.items()]) + "\n\n" + line["body"] + "\n"
        with LOCK:
            REQUESTS.write(json.dumps(line) + "\n")
            if MODE.startswith("fails"):  # many, and nobody looks at the last one
                return
            with open(os.path.join(FOLDER, "raw.txt"), "w", encoding="utf-8") as out:
                out.write(raw)

    def mark(self, text):
        return re.search(r"vigie-(?:case|claim|incident|run|night|test)[-\w]*", text)

    def desk(self, body):
        """A ticket made or found; None when the request is about none."""
        if self.command == "GET":
            found = self.mark(urllib.parse.unquote(self.path))
            items = [{"id": TICKETS[found.group()]}] if found and found.group() in TICKETS else []
            return {"tickets": items, "results": items, "data": items}
        made = self.mark(body.decode("utf-8", "replace"))
        if self.path.rstrip("/").endswith(("tickets.json", "tickets")) and made:
            TICKETS.setdefault(made.group(), 100 + len(TICKETS))
            return {"id": TICKETS[made.group()]}
        return None

    def handle_request(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        now = one_of(mode())
        self.keep(body, now)
        if now == "accept":
            said = self.desk(body)
            self.answer(202 if said is None else 200, b"ok" if said is None else json.dumps(said).encode())
        elif now == "redirect":
            target = "http://127.0.0.2:9/"
            if os.path.exists(os.path.join(FOLDER, "elsewhere")):
                with open(os.path.join(FOLDER, "elsewhere"), encoding="ascii") as given:
                    target = given.read().strip()
            self.answer(307, headers=[("Location", target)])
        elif now == "secret":
            self.answer(403, (self.headers.get("Authorization", "") + self.path).encode() + body)
        elif now == "garbage":
            self.answer(200, b"<html>")
        elif now == "stall":
            time.sleep(600)
        elif now == "cut":
            self.close_connection = True
        else:
            code, *wait = now.split()
            self.answer(int(code), b"not now\x1b[31m <b>later</b>", [("Retry-After", wait[0])] if wait else [])

    do_GET = do_POST = do_PUT = handle_request


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Sink)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
print("http://127.0.0.1:%d/hook" % server.server_port, flush=True)
sys.stdin.read()
shutil.rmtree(FOLDER)
