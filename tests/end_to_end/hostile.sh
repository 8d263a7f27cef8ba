#!/bin/sh
# A night on data that attacks whoever reads it (vigie simulate --hostile), and on bytes that a database without an encoding
# lets through: the night ends well, and nothing it wrote or printed runs, leads out of its folder or moves the cursor.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
use_program
umask 000  # whoever runs it may have any
command -v python3 >/dev/null || skip "needs python3"
dropdb "$PGDATABASE"
createdb -T template0 -E SQL_ASCII --locale=C "$PGDATABASE"
"$vigie" init --quiet >/dev/null
"$vigie" simulate --quiet --load --hostile --calm --shipments 400 --from 2026-01-05 --to 2026-04-08 --seed 4 --dirty 0.02
expect "ids attack too" t "$(sql "select count(*) > 20 from vigie_source.shipments where shipment_id ~ '[^A-Z0-9]'")"
sql <<'END'
update vigie_source.scans set text = text || E'\xff\xc0\xafbytes' where hashtext(shipment_id || code) % 20 = 0;
update vigie_source.shipments set contents = E'\xed\xa0\x80\x80' where hashtext(shipment_id) % 10 = 0;
END

# ended WANTED COMMAND...: what it says is kept for the search.
number=0
ended() {
    number=$((number + 1)) code=0
    wanted=$1
    shift
    "$vigie" "$@" >"$work/said.$number.txt" 2>"$work/log.$number.txt" || code=$?
    case " $wanted " in *" $code "*) ;; *) expect "$*: exit code" "$wanted" "$code $(tail -n 3 "$work/log.$number.txt")" ;; esac
}
ended "0 3" check
ended "0 3" nightly --as-of 2026-04-06 --deliver --set alerts.from=a@example.org --set alerts.to=b@example.org --set alerts.smtp_url=smtp://127.0.0.1:1
ended "0 3" nightly --as-of 2026-04-07
expect "parcels are judged" t "$(sql "select judged > 10 from vigie.night order by as_of desc limit 1")"
expect "there are cases" t "$(sql "select count(*) > 5 from vigie.cases")"
expect "and claims" t "$(sql "select count(*) > 0 from vigie.claim")"
case=$(sql "select min(case_number) from vigie.cases")
claim=$(sql "select min(claim_number) from vigie.claim")
ended 0 cases list --limit 500
ended 0 cases list --format csv
ended 0 cases list --format json
ended 0 cases show "$case"
ended 0 claims --format csv
ended 0 claims
ended 0 claims show "$claim"
ended 0 claims verify 2026-04-06
ended 0 incidents
ended 0 runs show 2
ended 0 carriers unmapped
sql "select tracking_number from vigie_source.shipments where tracking_number ~ '[^A-Za-z0-9]' and tracking_number !~ '[\\n\\r]' limit 3" >"$work/odd"
while IFS= read -r tracking; do ended "0 2" explain "$tracking"; done <"$work/odd"

# Somebody who may write into the output folder leads the night's own elsewhere.
mkdir "$work/elsewhere"
mv "$work/out/2026-04-07" "$work/night"
ln -s "$work/elsewhere" "$work/out/2026-04-07"
ended 1 report --as-of 2026-04-07
expect "which is refused" 1 "$(grep -c '2026-04-07" is a symbolic link' "$work/log.$number.txt")"
expect "and nothing went there" "" "$(ls "$work/elsewhere")"
rm "$work/out/2026-04-07"
mv "$work/night" "$work/out/2026-04-07"
for place in 2026-04-06/claims 2026-04-06/cases runs; do
    mv "$work/out/$place" "$work/moved"
    ln -s "$work/elsewhere" "$work/out/$place"
    ended "0 1 3" nightly --as-of 2026-04-06 --only claim --only report
    expect "$place is a link, and is said to be one" t "$(grep -q "${place}[\\\\]*\" is a symbolic link" "$work/log.$number.txt" && echo t || cat "$work/log.$number.txt")"
    rm "$work/out/$place"
    mv "$work/moved" "$work/out/$place"
done
ln -s "$work/elsewhere/told" "$work/out/vigie.prom"
ln -s "$work/elsewhere/told" "$work/out/events"
ended "0 3" report --as-of 2026-04-07 --set metrics.textfile="$work/out/vigie.prom" --set lineage.file="$work/out/events"
expect "a link to metrics is replaced" "regular file" "$(stat -c %F "$work/out/vigie.prom")"
expect "one to events is left alone" 2 "$(grep -c "could not tell of the run.*it is a symbolic link" "$work/log.$number.txt" || cat "$work/log.$number.txt")"
rm "$work/out/events"
expect "nothing went anywhere" "" "$(ls "$work/elsewhere")"

# As files, with what COPY refuses besides.
ended 0 simulate --out "$work/csv" --hostile --unreadable --shipments 150 --from 2026-03-01 --to 2026-04-08 --seed 5 --dirty 0.05
sql "truncate vigie_source.shipments, vigie_source.scans"
ended "0 3" import "$work/csv/shipments.csv" "$work/csv/scans.csv" --rejects "$work/rejects.csv"
expect "rows that say nothing are set aside" t "$([ "$(wc -l <"$work/rejects.csv")" -gt 10 ] && echo t)"
ended "0 3" nightly --as-of 2026-04-08

expect "nothing was written beside the folder" "" "$(find "$work" -newer "$work/odd" -type f ! -path "$work/out/*" ! -path "$work/csv/*" ! -name 'said.*' ! -name 'log.*' ! -name rejects.csv)"
expect "names of files are plain" "" "$(cd "$work/out" && find . -name '*[!A-Za-z0-9._-]*' | head -n 5)"
expect "no link, and modes are those they should be" "" \
    "$(find "$work/out" ! \( -type f -perm 640 \) ! \( -type d -perm 750 \) -printf '%M %p\n' | head -n 5)"
expect "the tables stand" t "$(sql "select count(*) > 0 from vigie.cases")"
python3 "$root/tests/harness/harmless.py" "$work" || failures=$((failures + 1))
conclude
