#!/bin/sh
# The pages with plots as a reader meets them, in a real browser (headless Chromium), at the width of a desk and of a phone:
# the agreed ones of tests/reports, with their hostile names.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
command -v chromedriver >/dev/null && [ -x /usr/bin/chromium ] || skip "needs Debian's chromium and chromium-driver"

for page in backtest baseline; do
    expect "$page: fits, runs nothing, complains of nothing, has text" "True True" "$(
        python3 "$root/tests/harness/browser.py" "$root/tests/reports/golden/$page.html" 390 1300 |
            python3 -c '
import json, sys
seen = [json.loads(line) for line in sys.stdin]
print(*[s["too_wide"] == s["scripts"] == s["links_to_nowhere"] == s["unlabelled_headers"] == 0
        and s["complaints"] == [] and s["text"] > 1000 and "<" not in s["lang"] for s in seen])'
    )"
done
conclude
