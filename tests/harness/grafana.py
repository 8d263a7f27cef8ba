"""Prints every SQL query of the dashboards (*.json) and alert rules (*.yaml) in a folder, one a line, as Grafana would send it:
macros and variables filled in.  grafana.py FOLDER"""
import glob
import json
import re
import sys


def queries_of(node):
    """All texts under a key that holds SQL, and the queries of variables."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "rawSql" or (key == "query" and node.get("type") == "query"):
                yield value
            else:
                yield from queries_of(value)
    elif isinstance(node, list):
        for item in node:
            yield from queries_of(item)


def filled(query):
    query = re.sub(r"\$__timeFilter\(([^()]+)\)", r"\1 between '2026-01-01T00:00:00Z' and '2026-12-31T00:00:00Z'", query)
    query = query.replace("($carrier)", "('colissimo','dpd')")
    if "$" in query:
        raise SystemExit(f"a macro or variable that is not known here: {query}")
    return " ".join(query.split())


found = []
for path in sorted(glob.glob(sys.argv[1] + "/*.json")):
    with open(path, encoding="utf-8") as file:
        found += queries_of(json.load(file))
for path in sorted(glob.glob(sys.argv[1] + "/*.yaml")):
    with open(path, encoding="utf-8") as file:
        found += re.findall(r"^ *rawSql: (.+)$", file.read(), re.MULTILINE)
for query in found:
    print(filled(query))
