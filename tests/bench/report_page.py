"""How quickly a night's page serves its reader in headless Chromium.

    report_page.py NIGHT.html

Prints: when the first rows are painted, when all is ready, and how long choosing, searching and sorting take, the longest of some.
"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "harness"))
from webdriver import browser  # noqa: E402

CHOOSE = """
const form = document.getElementById('cases-form');
const control = arguments[0] === 'kind' ? form.querySelectorAll('select')[0] : arguments[0] === 'sort' ? form.elements.sort : form.elements.q;
control.value = arguments[0] === 'kind' ? control.options[1].value : arguments[1];
const start = performance.now();
control.dispatchEvent(new Event(arguments[0] === 'q' ? 'input' : 'change', {bubbles: true}));
document.body.offsetHeight;  // lay it out
return performance.now() - start;
"""


def worked(driver):
    """What the page's thread has worked, in ms of its processor, whoever else uses the machine."""
    metrics = driver.devtools("Performance.getMetrics")["metrics"]
    return 1000 * next(each["value"] for each in metrics if each["name"] == "TaskDuration")


def longest(driver, *choices):
    """The longest of some choices: by the clock, and by the processor."""
    clock = processor = 0
    for choice in choices:
        before = worked(driver)
        clock = max(clock, driver.run(CHOOSE, *choice))
        processor = max(processor, worked(driver) - before)
    return f"{clock:.0f} ms, {processor:.0f} of them at work"


def main():
    with browser() as driver:
        driver.width(1300)
        driver.devtools("Performance.enable", timeDomain="threadTicks")
        driver.open(sys.argv[1])
        paint = driver.run("return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN")
        ready = driver.run("return performance.getEntriesByType('navigation')[0].loadEventEnd")
        rows = driver.run("return JSON.parse(document.querySelector('script[data-grid=cases-table]').textContent).rows.length")
        chosen = longest(driver, ("kind",), ("q", ""))
        sought = longest(driver, ("q", "bench4"), ("q", "bench49"), ("q", "silent transit"), ("q", "nothing like it"), ("q", ""))
        sorted_ = longest(driver, ("sort", "-9"), ("sort", "3"), ("sort", ""))
        print(f"{rows} cases: first rows after {paint:.0f} ms, all ready after {ready:.0f} ms\n"
              f"filter {chosen} (to be below 200)\nsearch {sought}\nsort   {sorted_}")


main()
