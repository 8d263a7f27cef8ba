"""A web server for tests, on a loopback port of its own choice, that files what it gets.

    http_sink.py MODE FOLDER

Prints its URL, serves until its standard input closes, and then removes FOLDER. What it does with a request is MODE, or the
first word of FOLDER/mode when that is there: "accept" (201), a code such as "429" (answered, not filed), "500" (filed, and
then it fails), "cut" (filed, no answer), "early" (closes the connection unread), "stall" (filed, and silent until it ends),
"redirect" (to another host), "secret" (403, repeating the token), "kill" and "killed" (ends the process whose number is in
FOLDER/pid before it files, or after).

Keeps what it filed once under its key: a line in FOLDER/filed, the claims' references in FOLDER/claims; every request is a
line in FOLDER/requests, and the last one is FOLDER/raw.txt with the boundary, host and length made the same for all runs.
"""
import http.server
import os
import re
import shutil
import signal
import sys
import threading
import time

MODE, FOLDER = sys.argv[1], sys.argv[2]
KNOWN = set()


def note(name, text):
    with open(os.path.join(FOLDER, name), "a", encoding="utf-8") as out:
        out.write(text + "\n")


def mode():
    try:
        with open(os.path.join(FOLDER, "mode"), encoding="ascii") as given:
            return given.read().split()[0]
    except FileNotFoundError:
        return MODE


def client():
    """Its number, a whole line as soon as whoever started it has written that."""
    try:
        with open(os.path.join(FOLDER, "pid"), encoding="ascii") as given:
            return given.read()
    except FileNotFoundError:
        return ""


def end_client():
    while not client().endswith("\n"):
        time.sleep(0.01)
    os.kill(int(client()), signal.SIGKILL)
    os.remove(os.path.join(FOLDER, "pid"))


class Sink(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *words):
        pass

    def answer(self, code, body=b"", headers=()):
        self.send_response(code)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def keep(self, body):
        boundary = re.search(rb"boundary=(\S+)", self.headers["Content-Type"].encode()).group(1)
        lines = ["%s %s" % (self.command, self.path)]
        lines += ["%s: %s" % (name, value) for name, value in self.headers.items()
                  if name not in ("Host", "Content-Length", "User-Agent")]
        raw = "\n".join(lines).encode() + b"\n\n" + body.replace(b"\r\n", b"\n")
        with open(os.path.join(FOLDER, "raw.txt"), "wb") as out:
            out.write(raw.replace(boundary, b"BOUNDARY"))

    def file(self, key, body):
        if key in KNOWN:
            return
        KNOWN.add(key)
        note("filed", key)
        for reference in sorted(set(re.findall(rb'filename="(VG-\d+)', body))):
            note("claims", reference.decode())

    def do_POST(self):
        now = mode()
        if now == "early":
            self.close_connection = True
            return
        if now == "kill":
            end_client()
            self.close_connection = True
            return
        body = self.rfile.read(int(self.headers["Content-Length"]))
        key = self.headers.get("Idempotency-Key", "none")
        note("requests", now + " " + key)
        self.keep(body)
        if now == "redirect":
            self.answer(307, headers=[("Location", "http://127.0.0.2:9/elsewhere")])
        elif now == "secret":
            self.answer(403, ("no: " + self.headers.get("Authorization", "")).encode())
        elif now.isdigit() and now != "500":
            self.answer(int(now), b"not now\x1b[31m\r\n<b>later</b>")
        else:
            self.file(key, body)
            self.end(now)

    def end(self, now):
        if now == "500":
            self.answer(500, b"oops")
        elif now == "accept":
            self.answer(201, b'{"ticket": "T-1"}')
        elif now == "stall":
            time.sleep(600)
        else:
            if now == "killed":
                end_client()
            self.close_connection = True


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Sink)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
print("http://127.0.0.1:%d/claims" % server.server_port, flush=True)
sys.stdin.read()
shutil.rmtree(FOLDER)
