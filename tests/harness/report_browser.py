"""A night's report as people use it, in a real browser: reading without script, sorting, filtering, searching, by keyboard and
by address, at three widths, dark, light and on paper, and what axe-core says of it.

    report_browser.py NIGHT.html [--title TITLE] [--axe AXE.js] [--pictures FOLDER] [--others FILE...]

Prints one line "ok WHAT" or "BAD WHAT: expected ..., got ..." per expectation, and ends with 1 when one was bad.
"""
import argparse
import os
import sys

from webdriver import browser

WIDTHS = (1300, 820, 390)
TAB, ENTER = "\ue004", "\ue007"
bad = 0

ROWS = "return [...document.querySelectorAll('#cases-table tbody tr')].map(row => [...row.cells].map(cell => cell.innerText))"
STATUS = "return document.querySelector('#cases-form [role=status]').textContent"
CHOOSE = """
const form = document.querySelector('#cases-form');
const control = form.elements[arguments[0]];
control.value = arguments[1];
const start = performance.now();
control.dispatchEvent(new Event(control.type === 'search' ? 'input' : 'change', {bubbles: true}));
document.body.offsetHeight;
return performance.now() - start;
"""
AXE = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ['violations']}).then(found => done(found.violations
    .filter(each => ['serious', 'critical'].includes(each.impact))
    .map(each => each.id + ': ' + each.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(' | '))));
"""
TOO_WIDE = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"


def expect(what, expected, got):
    global bad
    good = got(expected) if callable(got) else expected == got
    if not good:
        bad += 1
    print(f"ok {what}" if good else f"BAD {what}: expected {expected!r}, got {got!r}")


def column(rows, at):
    return [row[at] for row in rows]


def reads_without_script(driver, file):
    driver.scripts(False)
    driver.open(file)
    driver.scripts(True)  # the page was read without; now it can be asked
    rows = driver.run(ROWS)
    expect("without script: the first rows stand there, and no form", (True, 0),
           (0 < len(rows) <= 100, driver.run("return document.forms.length")))
    expect("without script: no links to nowhere", [], driver.run(
        "return [...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.hash.slice(1))"
        ".filter(id => !document.getElementById(id))"))
    return rows


def sorts_filters_searches(driver, file, plain):
    driver.open(file)
    heads = driver.run("return [...document.querySelectorAll('#cases-table thead th')].map(th => th.textContent)")
    cost, kind = len(heads) - 2, 2
    expect("the script shows the same rows", plain, driver.run(ROWS))
    kinds = sorted(set(text.split("\n")[0] for text in column(plain, kind)))
    name = driver.run("return document.querySelector('#cases-form select').name")
    driver.run(CHOOSE, name, kinds[0])
    rows = driver.run(ROWS)
    expect("a filter leaves one kind", {kinds[0]}, {text.split("\n")[0] for text in column(rows, kind)})
    expect("and all of it", sum(text.startswith(kinds[0] + "\n") or text == kinds[0] for text in column(plain, kind)), len(rows))
    expect("the count is told", str(len(rows)), driver.run(STATUS).split()[0])
    address = driver.run("return location.hash")
    driver.open(file, address)
    expect("the address keeps what was chosen", rows, driver.run(ROWS))
    driver.run("document.querySelector('#cases-form button').click()")
    expect("clearing shows all again", plain, driver.run(ROWS))
    number = plain[-1][3].split("\n")[0]
    driver.run(CHOOSE, "q", number.upper())
    expect("searching finds a parcel", [plain[-1][1]], column(driver.run(ROWS), 1))
    driver.run(CHOOSE, "q", "no parcel is called so")
    expect("or none", [], driver.run(ROWS))
    driver.run("document.querySelector('#cases-form button').click()")
    driver.run("document.querySelector('#cases-table thead th button').focus()")
    driver.press(*[TAB] * (heads.index(heads[cost])), ENTER)
    expect("a column is sorted by keyboard", "descending",
           driver.run("return document.querySelectorAll('#cases-table thead th')[arguments[0]].ariaSort", cost))
    keys = driver.run("return JSON.parse(document.querySelector('script[data-grid=cases-table]').textContent).rows"
                      ".map(row => [row[0], row[2][arguments[0]]])", cost)
    costs = dict(keys)
    shown = [costs[id] for id in driver.run("return [...document.querySelectorAll('#cases-table tbody tr')].map(row => row.id)")]
    expect("by its numbers", sorted(costs.values(), reverse=True)[:len(shown)], shown)
    driver.press(ENTER)
    expect("and the other way", "ascending",
           driver.run("return document.querySelectorAll('#cases-table thead th')[arguments[0]].ariaSort", cost))
    last = driver.run("return JSON.parse(document.querySelector('script[data-grid=cases-table]').textContent).rows.at(-1)[0]")
    driver.open(file, "#" + last)
    expect("a link to a case shows it", True, driver.run("return document.getElementById(arguments[0]) !== null", last))


def looks(driver, file, pictures):
    name = os.path.basename(file).removesuffix(".html")
    for width in WIDTHS:
        driver.width(width)
        for scheme in ("light", "dark") if pictures else ("light",):
            driver.look(scheme)
            driver.open(file)
            expect(f"{name}: {width} wide, {scheme}: it fits", 0, driver.run(TOO_WIDE))
            if pictures:
                driver.picture(os.path.join(pictures, f"{name}-{width}-{scheme}.png"), whole=True)
    driver.look()
    driver.width(WIDTHS[0])
    if pictures:
        driver.paper(os.path.join(pictures, f"{name}.pdf"))


def accessible(driver, file, axe):
    name = os.path.basename(file)
    for width, scheme in ((WIDTHS[0], "light"), (WIDTHS[-1], "dark")):
        driver.width(width)
        driver.look(scheme)
        driver.open(file)
        driver.run(axe)
        expect(f"{name}: axe-core finds nothing serious, {scheme}", [], driver.run_async(AXE))
    driver.look()
    driver.width(WIDTHS[0])


def quiet(driver, file):
    driver.complaints(), driver.fetched()
    driver.open(file)
    expect(f"{os.path.basename(file)}: no complaint, nothing fetched", ([], []), (driver.complaints(), driver.fetched()))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("night")
    parser.add_argument("--axe", default="")
    parser.add_argument("--pictures", default="")
    parser.add_argument("--title", default="")
    parser.add_argument("--others", nargs="*", default=[])
    asked = parser.parse_args()
    axe = open(asked.axe, encoding="utf-8").read() if asked.axe else ""
    with browser() as driver:
        driver.width(WIDTHS[0])
        quiet(driver, asked.night)
        if asked.title:
            expect("the title is a text", asked.title, driver.run("return document.title"))
        sorts_filters_searches(driver, asked.night, reads_without_script(driver, asked.night))
        expect("nothing was fetched all the while", [], driver.fetched())
        for file in [asked.night, *asked.others]:
            quiet(driver, file)
            looks(driver, file, asked.pictures)
            if axe:
                accessible(driver, file, axe)
    sys.exit(bad > 0)


main()
