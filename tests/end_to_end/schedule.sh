#!/bin/bash
# What a scheduler relies on: the key of a run, what becomes of a night that ran before, the last line of the output, the lease
# that lets one run at a time also through PgBouncer in transaction mode, and what fails for a while is tried again.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
use_program

"$vigie" init --quiet
"$vigie" simulate --quiet --load --shipments 300 --from 2026-01-05 --to 2026-03-10 --seed 3
code() { "$@" >"$work/out.txt" 2>"$work/said" && echo 0 || echo $?; }
night() { code "$vigie" nightly --as-of 2026-03-05 "$@"; }
steps() { sql "select string_agg(step, ' ' order by position) from vigie.run_step where run_number = (select max(run_number) from vigie.run)"; }
field() { tail -n 1 "$work/out.txt" | python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }

# 1. What becomes of a night that ran before.
expect "nothing was done yet" 0 "$(night --skip-if-done --run-key one --format json)"
expect "so all is done" "learn detect claim submit alert report" "$(steps)"
expect "the summary names the key" one "$(field run_key)"
expect "and the state" "done" "$(field state)"
expect "the run names its key" one "$(sql "select run_key from vigie.run order by run_number desc limit 1")"
expect "a night that is done is skipped" 99 "$(night --skip-if-done --format json)"
expect "and says so" "nothing to do" "$(field state)"
expect "skipped without a code" 0 "$(night --if-exists skip)"
expect "another key knows nothing of it" 0 "$(night --skip-if-done --run-key two)"
expect "no run is recorded for nothing" 2 "$(sql "select count(*) from vigie.run")"
sql "update vigie.run_step set state = 'failed' where step = 'claim'"
expect "the rest of it" 0 "$(night --if-exists resume)"
expect "from the step that failed" "claim submit alert report" "$(steps)"
expect "and says where it goes on" 1 "$(grep -c 'going on where an earlier run ended done="learn, detect" left="claim, submit, alert, report"' "$work/said")"
expect "replaced" 0 "$(night --if-exists replace)"
expect "all of it" "learn detect claim submit alert report" "$(steps)"
expect "a step by itself" 0 "$(code "$vigie" detect --as-of 2026-03-05)"
expect "what was built upon it is to be done again" 0 "$(night --if-exists resume)"
expect "and is" "claim submit alert report" "$(steps)"
expect "nothing is left" 99 "$(code "$vigie" report --as-of 2026-03-05 --if-exists resume --skip-if-done)"

# 2. The last line is the summary, also when it failed, after all logs.
ended=$("$vigie" detect --as-of 2026-01-01 --format json --log-format json >"$work/both" 2>&1 && echo 0 || echo $?)
expect "a failure" 1 "$ended"
expect "its summary comes last" "failed 1" "$(tail -n 1 "$work/both" | python3 -c 'import json, sys
line = json.load(sys.stdin); print(line["state"], line["exit"]); assert "run vigie learn" in line["error"]')"

expect "it says what to type" 1 "$(grep -c 'not finished.*"left":"detect".*"next":"vigie detect --as-of 2026-01-01 --if-exists resume"' "$work/both" || grep 'not finished' "$work/both")"
next=$("$vigie" detect --as-of 2026-01-01 --run-key "it's \$one; key" --set database.url="host=/nowhere" --set database.attempts=1 --log-format json 2>&1 |
    sed -n 's/.*"next":"\(.*\), with the same --set".*/\1/p' | sed 's/\\\\/\\/g')
expect "as a shell reads it" "vigie|detect|--as-of|2026-01-01|--run-key|it's \$one; key|--if-exists|resume|" "$(eval "printf '%s|' $next")"

# 3. A run that was killed leaves its lease; the next one on this machine takes it over at once, and waits for one elsewhere.
sql "insert into vigie.lease values ('run', 't', 'elsewhere boot', 4711, 'nightly as of 2026-03-04', now(), now(), now() + interval '1 hour')"
expect "somebody else runs" 11 "$(night --format json)"
expect "it says who, and until when" 1 "$(grep -c 'process 4711 on elsewhere, since .* without news it can be had from' "$work/said")"
expect "a dry run, too" 11 "$(night --dry-run)"
listed() { "$vigie" runs list --limit 1 --format json | python3 -c 'import json, sys; run = json.load(sys.stdin)[0]; print(run["state"], "killed" in (run["error"] or ""))'; }
number=$(sql "insert into vigie.run (run_number, job, as_of, version, settings_sha256, state, started_at, run_key)
    select max(run_number) + 1, 'nightly', '2026-03-04 23:59Z', '0', '', 'running', now(), '' from vigie.run returning run_number")
expect "a run that is heard of runs" "running False" "$(listed)"
sql "update vigie.lease set expires_at = now()"
expect "one that is not heard of any more was killed" "failed True" "$(listed)"
expect "runs show says so, too" 1 "$("$vigie" runs show "$number" | grep -c 'error *ended without a word: it was killed')"
expect "and they write nothing" running "$(sql "select state from vigie.run where run_number = $number")"
expect "an expired one is taken over" 0 "$(night --quiet)"
expect "and given back" 0 "$(sql "select count(*) from vigie.lease")"
expect "and the run marked" "failed true" "$(sql "select state || ' ' || (error like '%killed%') from vigie.run where run_number = $number")"

# 4. Behind a pooler in transaction mode, whose sessions change under us and keep no settings.
if bouncer=$(command -v pgbouncer || ls /usr/sbin/pgbouncer 2>/dev/null); then
    mkdir "$work/pool" && chmod 777 "$work" "$work/pool"
    cat >"$work/pool/ini" <<INI
[databases]
* = host=$PGHOST port=$PGPORT user=$PGUSER
[pgbouncer]
listen_addr =
unix_socket_dir = $work/pool
listen_port = $PGPORT
auth_type = any
pool_mode = transaction
default_pool_size = 8
admin_users = vigie_test
logfile = $work/pool/log
INI
    as_bouncer=()
    [ "$(id -u)" != 0 ] || as_bouncer=(runuser -u postgres --)
    "${as_bouncer[@]}" "$bouncer" -q "$work/pool/ini" &
    bouncer=$!
    while [ ! -S "$work/pool/.s.PGSQL.$PGPORT" ] && kill -0 $bouncer; do sleep 0.1; done
    through() { PGHOST=$work/pool "$@"; }
    cases() { sql "select * from vigie.finding order by 1, 2; select shipment_id, kind, state from vigie.cases order by 1"; }
    sql "alter database $PGDATABASE set search_path = nowhere; alter database $PGDATABASE set timezone = 'Asia/Tokyo'"
    cases >"$work/direct"
    expect "a night through the pooler" 0 "$(through night --quiet)"
    expect "ends like any other" "" "$(cases | diff "$work/direct" -)"
    expect "a run after it finds no lock" 0 "$(through night --quiet)"
    sql "insert into vigie.lease values ('run', 't', 'elsewhere boot', 4711, 'nightly as of 2026-03-04', now(), now(), now() + interval '1 hour')"
    expect "the row decides" 11 "$(through night)"
    sql "delete from vigie.lease"
    expect "it left no settings in the pooler's sessions" 0 "$(through psql -X -q -At -c "show search_path" | grep -c vigie || true)"
    kill $bouncer
    wait $bouncer 2>/dev/null || true
else
    echo "pgbouncer is not installed: the pooler was not tried"
fi

# 5. A connection that is cut in the middle is made anew, and the step done again; the attempt remains on record. The query
# waits at a gate until it was cut.
sql "create function public.gate(timestamptz) returns timestamptz language sql as 'select \$1 from pg_advisory_xact_lock_shared(42)';
     create view public.gated_scans as select shipment_id, public.gate(occurred_at) as occurred_at, code, milestone from vigie_source.scans"
sql "select pg_advisory_lock(42); select pg_sleep(600)" >/dev/null 2>&1 &
gate=$!
gate_is() { await "the gate, granted: $1" "select count(*) > 0 from pg_locks where $here and objid = 42 and granted = $1"; }
gate_is true
"$vigie" learn --as-of 2026-03-06 --set source.scans=public.gated_scans >"$work/out.txt" 2>"$work/said" &
running=$!
gate_is false
expect "the lease names who runs" "learn as of 2026-03-06T22:59:59.999999Z" "$(sql "select holder from vigie.lease")"
sql "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()
     and (application_name = 'vigie learn' or query like '%pg_sleep(600)%' and pid <> pg_backend_pid())" >/dev/null
wait $gate || true
wait $running && ended=0 || ended=$?
expect "it ends well" 0 "$ended"
expect "it said why it tried again" 1 "$(grep -c 'trying again.*terminat' "$work/said")"
expect "both attempts are on record" "failed 75|done 0" \
    "$(sql "select string_agg(state || ' ' || exit_code, '|' order by run_number) from vigie.run where as_of > '2026-03-06 12:00Z'")"

# 6. SIGINT is heeded like SIGTERM (night.sh), with its own code.
sql "select pg_advisory_lock(42); select pg_sleep(601)" >/dev/null 2>&1 &
gate=$!
gate_is true
"$vigie" learn --as-of 2026-03-07 --set source.scans=public.gated_scans >"$work/out.txt" 2>"$work/said" &
running=$!
gate_is false
kill -INT $running
wait $running && ended=0 || ended=$?
expect "SIGINT" 130 "$ended"
expect "the run is marked" "aborted 130" "$(sql "select state || ' ' || exit_code from vigie.run order by run_number desc limit 1")"
sql "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like '%pg_sleep(601)%' and pid <> pg_backend_pid()" >/dev/null
wait $gate || true

# 7. What a run leaves: steps and key for people, a manifest whose sums are true, metrics and events that machines can read.
expect "runs by their key" "1" "$("$vigie" runs list --key one --format csv | grep -c ',one$')"
first=$(sql "select min(run_number) from vigie.run")
expect "the steps of one" "learn detect claim submit alert report" \
    "$("$vigie" runs show "$first" --format json | python3 -c 'import json, sys; print(*[s["step"] for s in json.load(sys.stdin)["steps"]])')"
night --set metrics.textfile="$work/vigie.prom" --set lineage.file="$work/events" >/dev/null
expect "the manifest's sums" "" "$(python3 - "$work/out" <<'PY'
import glob, hashlib, json, os, sys
newest = max(glob.glob(sys.argv[1] + "/runs/*/manifest.json"), key=lambda path: int(path.split("/")[-2]))
run = json.load(open(newest))
files = {one["name"] for one in run["files"]}
if run["state"] != "done" or "night.html" not in files or [s["state"] for s in run["steps"]] != ["done"] * 6:
    print(run)
for one in run["files"]:
    if hashlib.sha256(open(os.path.join(sys.argv[1], run["folder"], one["name"]), "rb").read()).hexdigest() != one["sha256"]:
        print(one["name"])
PY
)"
expect "metrics in their form" "" "$(grep -vE '^(# (HELP|TYPE) vigie_[a-z_]+ .+|vigie_[a-z_]+\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")?\} -?[0-9]+(\.[0-9]{3})?)$' "$work/vigie.prom")"
expect "the last success" 1 "$(grep -c '^vigie_last_success_timestamp_seconds{job="nightly"}' "$work/vigie.prom")"
echo "of a run that was killed in between" >"$work/vigie.prom"
expect "nothing to do is told, too" 0 "$(night --if-exists resume --set metrics.textfile="$work/vigie.prom")"
expect "with the same success" 1 "$(grep -c '^vigie_last_success_timestamp_seconds{job="nightly"}' "$work/vigie.prom")"
expect "live cases" "$(sql "select count(*) from vigie.cases where state = 'open'")" "$(awk -F' ' '/^vigie_cases/ { n += $2 } END { print n }' "$work/vigie.prom")"
expect "two events of one run" "START COMPLETE 1" "$(python3 -c 'import json, sys
events = [json.loads(line) for line in open(sys.argv[1])]
print(*[one["eventType"] for one in events], len({one["run"]["runId"] for one in events}))' "$work/events")"

# 8. Events also go to a server, with a key; one that fails for a while is asked again, and one that is gone stops no night.
printf 'the key\n' >"$work/key"
use_sinks
sink channel_sink.py "fails 30" events.web
url=$(cat "$work/events.web.url")
lineage() { code "$vigie" report --quiet --as-of 2026-03-05 --set lineage.url="$url" "$@"; }
expect "posted with the key of a file" 0 "$(lineage --set lineage.secret_file="$work/key")"
expect "both events arrived, however often that took" "COMPLETE START" "$(python3 - "$work/events.web/requests.jsonl" <<'PY'
import json, sys
seen = [json.loads(line) for line in open(sys.argv[1])]
print(*sorted({json.loads(one["body"])["eventType"] for one in seen if one["outcome"] == "accept"
               and one["headers"].get("Authorization") == "Bearer the key"}))
PY
)"
echo 404 >"$work/events.web/mode"
expect "an address that is no more" 3 "$(lineage)"
expect "is told of both events" 2 "$(grep -c 'could not tell of the run.*lineage.url: the server answered 404' "$work/said" || cat "$work/said")"
expect "and kept" "incomplete lineage.url: the server answered 404" "$(sql "select state || ' ' || substr(error, 1, 36) from vigie.run order by run_number desc limit 1")"
echo 503 >"$work/events.web/mode"
before=$(wc -l <"$work/events.web/requests.jsonl")
export VIGIE_LINEAGE_SECRET=other
expect "a server that is away" 3 "$(lineage)"
expect "was asked four times for each event, with the key of the environment" 8 \
    "$(tail -n +$((before + 1)) "$work/events.web/requests.jsonl" | grep -c 'Bearer other')"
expect "the settings do not show what the address hides" 0 "$("$vigie" config show --set lineage.url='https://host/x?token=abcd' | grep -c abcd)"
sql "create table public.fresh as table vigie_source.scans"
expect "check tells of a table without statistics and index" "1 1" "$("$vigie" check --as-of 2026-03-05 --set source.scans=public.fresh --format json >"$work/checked" || true
    grep -c 'was never analyzed' "$work/checked") $(grep -c 'create index concurrently on \\"public\\".\\"fresh\\" (shipment_id, occurred_at)' "$work/checked")"
# A database that lacks privileges, indexes and fresh statistics: all of it in one look, each with what mends it.
sql "create table public.stale (like vigie_source.scans) with (autovacuum_enabled = off); create index on public.stale (recorded_at); analyze public.stale;
     insert into public.stale select s.* from vigie_source.scans s, generate_series(1, 10);
     create table public.closed (like vigie_source.shipments);
     create role weak_$$ login; grant usage on schema vigie to weak_$$; grant select on all tables in schema vigie, public to weak_$$;
     revoke select on public.closed from weak_$$"
expect "a sick database" 2 "$(PGUSER=weak_$$ code "$vigie" doctor --as-of 2026-03-05 --set source.scans=public.stale --set source.shipments=public.closed --format csv)"
told() { expect "it is told: $1" 1 "$(grep -c "^$1" "$work/out.txt" || cat "$work/out.txt")"; }
told 'error,privileges,own_tables,"no insert on case_event, cases, claim, .*sql/roles.sql gives vigie_job'
told 'error,privileges,own_tables,"no update on cases, '
told 'error,privileges,readable_source,"the role may not select from ""public"".""closed""".*let the role select'
told 'warning,indexes,index,"""public"".""stale"" has no index that begins with (shipment_id, occurred_at)".*create index concurrently on ""public"".""stale"" (shipment_id'
told 'warning,indexes,index,"""public"".""stale"" has no index by time'
told 'warning,indexes,statistics,"""public"".""stale"" has changed in .*% of its rows since it was analyzed.*vacuum (analyze) ""public"".""stale"";'
sql "create view public.behind as table public.closed; alter view public.behind owner to weak_$$"
expect "a view over what is closed" 2 "$(PGUSER=weak_$$ code "$vigie" doctor --as-of 2026-03-05 --set source.scans=public.stale --set source.shipments=public.behind --format csv)"
told 'error,privileges,readable_source,"could not query [a-z ]*: permission denied for table closed","let the role select'
sql "drop owned by weak_$$; drop role weak_$$"
expect "doctor is check" 0 "$(code "$vigie" doctor --as-of 2026-03-05)"
conclude
