"""What a reader of a page would meet, at some widths.

    browser.py FILE WIDTH...

Prints one JSON object per width.
"""
import json
import sys

from webdriver import browser

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


def main():
    file, widths = sys.argv[1], [int(width) for width in sys.argv[2:]]
    with browser() as driver:
        for width in widths:
            driver.width(width)
            driver.open(file)
            seen = driver.run(LOOK)
            print(json.dumps({"width": width, **seen, "complaints": driver.complaints(), "fetched": driver.fetched()}))


main()
