"""Open pages in headless Chromium through its WebDriver (W3C WebDriver protocol, JSON over HTTP on the loopback).

    browser.py FILE WIDTH...

Prints one JSON object per width: what a reader would meet. Needs Debian's chromium and chromium-driver.
"""
import json
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

LOOK = """
const rows = [...document.querySelectorAll('table.wide tbody tr')];
return {
    title: document.title,
    lang: document.documentElement.lang,
    rows: rows.length,
    links_to_nowhere: [...document.querySelectorAll('a[href^="#"]')]
        .filter(a => !document.getElementById(decodeURIComponent(a.getAttribute('href').slice(1)))).length,
    unlabelled_headers: document.querySelectorAll('th:not([scope])').length,
    scripts: document.scripts.length,
    too_wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    text: document.body.innerText.length,
};
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Driver:
    def __init__(self, port):
        self.base = f"http://127.0.0.1:{port}"

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]

    def wait(self):
        for _ in range(100):
            try:
                if self.call("GET", "/status")["ready"]:
                    return
            except OSError:
                pass
            time.sleep(0.1)
        sys.exit("chromedriver does not answer")


def look(driver, file, width, profile):
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
               "--disable-background-networking", "--disable-component-update", "--disable-sync",
               f"--user-data-dir={profile}", "--force-device-scale-factor=1"]
    session = driver.call("POST", "/session", {"capabilities": {"alwaysMatch": {
        "browserName": "chrome", "goog:chromeOptions": {"args": options, "binary": "/usr/bin/chromium",
                                                        "mobileEmulation": {"deviceMetrics": {"width": width, "height": 900, "pixelRatio": 1}}},
        "goog:loggingPrefs": {"browser": "ALL"}}}})
    path = "/session/" + session["sessionId"]
    try:
        driver.call("POST", path + "/url", {"url": "file://" + file})
        seen = driver.call("POST", path + "/execute/sync", {"script": LOOK, "args": []})
        seen["complaints"] = [line["message"] for line in driver.call("POST", path + "/se/log", {"type": "browser"})]
    finally:
        driver.call("DELETE", path)
    return seen


def main():
    file, widths = sys.argv[1], [int(width) for width in sys.argv[2:]]
    port = free_port()
    server = subprocess.Popen(["chromedriver", f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        driver = Driver(port)
        driver.wait()
        for width in widths:
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
                print(json.dumps({"width": width, **look(driver, file, width, profile)}))
    finally:
        server.terminate()
        server.wait()


main()
