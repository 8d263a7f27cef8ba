"""Look through all that a night wrote and printed for what would run, lie or move a cursor at its reader's.

    harmless.py FOLDER

FOLDER/out holds the night's files, FOLDER/said.*.txt what commands printed, FOLDER/log.*.txt what they logged. Prints each
offence with its file; exit code 1 when there is any.
"""
import csv
import html.parser
import io
import json
import pathlib
import re
import sys
import xml.etree.ElementTree

FOLDER = pathlib.Path(sys.argv[1])
OFFENCES = []

# Control characters but for line ends (and tabs where said), direction marks and overrides, lone surrogates, noncharacters.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
FORMULA = re.compile(r"[=+@\t\r-]")
NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?%?")


def offence(path, words):
    OFFENCES.append(f"{path.relative_to(FOLDER)}: {words}")


def text_of(path):
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        offence(path, f"is no UTF-8: {error}")
        return ""
    found = CONTROL.search(text.replace("\r\n", "\n"))
    if found:
        offence(path, f"control or direction character {found.group()!r} in {text[max(0, found.start() - 40):found.end() + 20]!r}")
    return text


class Page(html.parser.HTMLParser):
    """Elements and attributes that a report has no use for."""

    def __init__(self, path):
        super().__init__()
        self.path = path
        self.data_block = False

    def handle_starttag(self, tag, attrs):
        self.data_block = dict(attrs).get("type") in ("application/json", "text/plain")
        if tag in ("iframe", "object", "embed", "base", "form", "img", "link"):
            offence(self.path, f"element {tag}")
        for name, value in attrs:
            if name.startswith("on"):
                offence(self.path, f"attribute {name}")
            if name in ("href", "src") and re.match(r"\s*(javascript|data|vbscript):", value or "", re.I):
                offence(self.path, f"{name} {value}")

    def handle_data(self, data):
        if self.cdata_elem == "script" and not self.data_block and "alert(1)" in data:
            offence(self.path, "a script of the data's")


def look(path):
    kind = path.suffix
    if kind in (".pdf", ".xlsx", ".gz"):
        return
    text = text_of(path)
    if kind == ".html":
        Page(path).feed(text)
    elif kind in (".xml", ".xsd"):
        xml.etree.ElementTree.fromstring(text.encode("utf-8"))
    elif kind == ".json":
        json.loads(text)
    elif kind == ".csv":
        for row in csv.reader(io.StringIO(text)):
            for cell in row:
                if FORMULA.match(cell) and not NUMBER.fullmatch(cell):
                    offence(path, f"a cell that a spreadsheet runs: {cell[:60]!r}")


written = [path for path in FOLDER.joinpath("out").rglob("*") if path.is_file()]
printed = sorted(FOLDER.glob("said.*.txt")) + sorted(FOLDER.glob("log.*.txt"))
for path in written + printed:
    look(path)
if len(written) < 10 or len(printed) < 10:
    OFFENCES.append(f"only {len(written)} files and {len(printed)} prints to look at")
print("\n".join(OFFENCES[:20]))
sys.exit(1 if OFFENCES else 0)
