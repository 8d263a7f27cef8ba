"""A mail server for tests, on a loopback port of its own choice.

    smtp_sink.py MODE FOLDER

Prints its URL, serves until its standard input closes, and then removes FOLDER. MODE, or the content of FOLDER/mode when that is
there, is what it does with a message: "accept" (Maildir in FOLDER/mail, what Python's own parser makes of it in FOLDER/parsed.json, and its bytes with the same boundaries for all runs
in FOLDER/raw.txt), "cut" (the same, and hangs up without an answer), "slow" (the same after four seconds), a reply such as
"451 try later" given to DATA; only as MODE "silent" (never answers), "auth" (wants a password, and repeats it when it is wrong),
"elsewhere" (the same on 127.0.0.2) or "starttls" (offers TLS with a certificate that nobody signed).
"""
import asyncio
import base64
import email
import email.policy
import hashlib
import json
import re
import shutil
import ssl
import subprocess
import sys
import warnings

from aiosmtpd.handlers import Mailbox
from aiosmtpd.smtp import SMTP, AuthResult


def words_are_whole(raw):
    """Each encoded word of the header holds whole characters (RFC 2047 5.)."""
    try:
        for word in re.findall(rb"=\?UTF-8\?B\?([^?]*)\?=", raw.split(b"\r\n\r\n")[0]):
            base64.b64decode(word, validate=True).decode("utf-8")
    except ValueError:
        return False
    return True


def describe(part):
    """A text as it is; of a file its name and fingerprint."""
    content = part.get_content()
    if isinstance(content, str) and not part.get_filename():
        return {"type": part.get_content_type(), "text": content.replace("\r\n", "\n")}
    return {"type": part.get_content_type(), "name": part.get_filename(),
            "sha256": hashlib.sha256(part.get_payload(decode=True)).hexdigest()}


def same_boundaries(raw):
    for place, boundary in enumerate(dict.fromkeys(re.findall(rb'boundary="?([^"\s;]+)', raw))):
        raw = raw.replace(boundary, b"BOUNDARY%d" % place)
    return raw.replace(b"\r\n", b"\n")


class Sink(Mailbox):
    def __init__(self, mode, folder):
        super().__init__(folder + "/mail")
        self.given, self.folder = mode, folder

    def mode(self):
        try:
            with open(self.folder + "/mode", encoding="ascii") as given:
                return given.read().strip()
        except FileNotFoundError:
            return self.given

    async def handle_DATA(self, server, session, envelope):
        mode = self.mode()
        if mode[0].isdigit():
            return mode
        if mode == "slow":
            await asyncio.sleep(4)
        raw = envelope.content
        message = email.message_from_bytes(raw, policy=email.policy.default)
        parts = [part for part in message.walk() if not part.is_multipart()]
        parsed = {
            "mail_from": envelope.mail_from,
            "rcpt_tos": envelope.rcpt_tos,
            "type": message.get_content_type(),
            "headers": {name: str(value) for name, value in message.items()},
            "defects": [str(defect) for part in message.walk() for defect in part.defects],
            "parts": [describe(part) for part in parts],
            "longest_line": max(len(line) for line in raw.split(b"\r\n") if b"boundary=" not in line),
            "ascii": raw.isascii(),
            "words_are_whole": words_are_whole(raw),
        }
        with open(self.folder + "/parsed.json", "w", encoding="utf-8") as out:
            json.dump(parsed, out)
        with open(self.folder + "/raw.txt", "wb") as out:
            out.write(same_boundaries(raw))
        if mode == "cut":
            server.transport.abort()
        return await super().handle_DATA(server, session, envelope)


def tls(folder):
    key, cert = folder + "/key.pem", folder + "/cert.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                    "/CN=localhost", "-keyout", key, "-out", cert], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context


def refuse(server, session, envelope, mechanism, data):
    return AuthResult(success=False, handled=False, message="535 5.7.8 no: " + data.password.decode())


def factory(mode, folder):
    if mode in ("auth", "elsewhere"):
        return lambda: SMTP(Sink(mode, folder), authenticator=refuse, auth_required=True, auth_require_tls=False)
    if mode == "starttls":
        context = tls(folder)
        return lambda: SMTP(Sink(mode, folder), tls_context=context)
    if mode == "silent":
        return asyncio.Protocol
    return lambda: SMTP(Sink(mode, folder))


async def main():
    loop = asyncio.get_running_loop()
    host = "127.0.0.2" if sys.argv[1] == "elsewhere" else "127.0.0.1"
    server = await loop.create_server(factory(sys.argv[1], sys.argv[2]), host, 0)
    print("smtp://%s:%d" % server.sockets[0].getsockname(), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()
    shutil.rmtree(sys.argv[2])


warnings.simplefilter("ignore")
asyncio.run(main())
