"""Headless Chromium through its WebDriver (W3C WebDriver protocol, JSON over HTTP on the loopback): one browser, as many pages,
widths and looks as a test wants. Needs Debian's chromium and chromium-driver.
"""
import base64
import contextlib
import json
import re
import subprocess
import sys
import tempfile
import time
import urllib.request

OPTIONS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
           "--disable-component-update", "--disable-sync", "--force-device-scale-factor=1", "--hide-scrollbars"]


def port_of(server):
    """The one that the driver chose; it says so as soon as it listens."""
    for line in server.stdout:
        if found := re.search(r"started successfully on port (\d+)", line):
            return int(found.group(1))
    sys.exit("chromedriver does not start")


class Browser:
    def __init__(self, port):
        self.base = f"http://127.0.0.1:{port}"
        self.session = ""
        self.scripted = True

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=120) as answer:
            return json.load(answer)["value"]

    def post(self, path, body):
        return self.call("POST", self.session + path, body)

    def begin(self, profile):
        session = self.call("POST", "/session", {"capabilities": {"alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": {"args": [*OPTIONS, f"--user-data-dir={profile}"], "binary": "/usr/bin/chromium"},
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}}})
        self.session = "/session/" + session["sessionId"]

    def end(self):
        if self.session:
            self.call("DELETE", self.session)

    def devtools(self, command, **params):
        return self.post("/goog/cdp/execute", {"cmd": command, "params": params})

    def width(self, width, height=900):
        """As wide as a phone or a desk; what is below 500 is a phone."""
        self.devtools("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500)

    def look(self, scheme="light", media=""):
        self.devtools("Emulation.setEmulatedMedia", media=media, features=[{"name": "prefers-color-scheme", "value": scheme}])

    def scripts(self, run):
        self.devtools("Emulation.setScriptExecutionDisabled", value=not run)
        self.scripted = run

    def open(self, file, fragment=""):
        """Until it is there: the driver may answer before, as it cannot ask a page without scripts."""
        self.post("/url", {"url": "about:blank"})
        self.post("/url", {"url": "file://" + file + fragment})
        for _ in range(600):
            if self.is_loaded():
                return
            time.sleep(0.1)
        sys.exit(f"{file} does not load")

    def is_loaded(self):
        if self.scripted:
            return self.run("return location.protocol + document.readyState") == "file:complete"
        root = self.devtools("DOM.getDocument")["root"]
        # What is parsed last; enabled too early, it would run.
        return root["documentURL"].startswith("file:") and bool(
            self.devtools("DOM.querySelector", nodeId=root["nodeId"], selector="script:not([type])")["nodeId"])

    def run(self, script, *args):
        return self.post("/execute/sync", {"script": script, "args": list(args)})

    def run_async(self, script, *args):
        return self.post("/execute/async", {"script": script, "args": list(args)})

    def press(self, *keys):
        """Press and release keys, one after another, where the focus is."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.post("/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})

    def complaints(self):
        return [line["message"] for line in self.post("/se/log", {"type": "browser"})]

    def fetched(self):
        """What was asked for since the last time, but for files of this machine and what the page itself holds."""
        messages = (json.loads(line["message"])["message"] for line in self.post("/se/log", {"type": "performance"}))
        asked = [m["params"] for m in messages if m["method"] == "Network.requestWillBeSent"]
        return [each["request"]["url"] for each in asked
                if each["documentURL"].startswith("file:") and not each["request"]["url"].startswith(("file:", "data:"))]

    def picture(self, path, whole=False):
        if whole:
            data = self.devtools("Page.captureScreenshot", format="png", captureBeyondViewport=True)["data"]
        else:
            data = self.call("GET", self.session + "/screenshot")
        with open(path, "wb") as out:
            out.write(base64.b64decode(data))

    def paper(self, path):
        with open(path, "wb") as out:
            out.write(base64.b64decode(self.devtools("Page.printToPDF", preferCSSPageSize=True)["data"]))


@contextlib.contextmanager
def browser():
    server = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        port = port_of(server)
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            driver = Browser(port)
            driver.begin(profile)
            try:
                yield driver
            finally:
                driver.end()
    finally:
        server.terminate()
        server.wait()
