#!/bin/sh
# Secrets stay where they are kept: one of its own is planted in every place that holds one, servers repeat those they get, and
# then nothing that was written, logged, said, sent to a table or shown in the list of processes may hold any of them.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
use_database
use_sinks
mkdir "$work/run" "$work/kept" "$work/kept/tokens" "$work/terms" "$work/said"
cd "$work/run"
unset VIGIE_CONFIG || true
sink http_sink.py secret web  # refuses, and repeats the token
sink smtp_sink.py auth post   # refuses, and repeats the password

echo "*:*:*:*:pl4nted-database" >../kept/pgpass
echo "pl4nted-mail" >../kept/mail
echo "pl4nted-token" >../kept/tokens/colissimo
chmod -R go= ../kept
sed '/^submission:/,$d' "$root/config/terms/colissimo.yaml" >../terms/colissimo.yaml
echo "submission: {channel: http, to: \"$(cat ../web.url)\", automatic_up_to: 9000.00 EUR}" >>../terms/colissimo.yaml
cat >../vigie.yaml <<END
database: {url: "dbname=$PGDATABASE"}
output: $work/out
merchant: {name: Maison Test, email: litiges@example.org}
claims: {terms: [$work/terms], tokens: $work/kept/tokens}
alerts: {smtp_url: "$(cat ../post.url)", from: vigie@example.org, to: [a@example.org], user: vigie, password_file: $work/kept/mail}
END
export PGPASSFILE="$work/kept/pgpass" PGPASSWORD=pl4nted-environment VIGIE_CONFIG="$work/vigie.yaml"
said=0
say() { # WANTED-EXIT ARGUMENT...: all that it says is kept
    wanted=$1 said=$((said + 1)) ended=0
    shift
    "$VIGIE_PROGRAM" "$@" >"../said/$said.out" 2>"../said/$said.log" || ended=$?
    expect "$*: exit code" "$wanted" "$ended"
}
say 0 init --verbose
say 0 simulate --load --shipments 1500 --from 2026-01-05 --to 2026-04-10 --seed 3

# The night: secrets are used, and refused. Meanwhile the list of processes and the limit of core files are looked at.
prlimit --core=unlimited: true 2>/dev/null && allow="prlimit --core=unlimited:" || allow=
# shellcheck disable=SC2086 # words on purpose
$allow "$VIGIE_PROGRAM" nightly --as-of 2026-04-08 --deliver --verbose --log-format json >../said/night.out 2>../said/night.log 9>&- &
night=$!
looked=0
while kill -0 "$night" 2>/dev/null; do
    tr '\0' ' ' <"/proc/$night/cmdline" >>../said/cmdline 2>/dev/null || true
    if grep -q nightly ../said/cmdline; then
        looked=$((looked + 1))
        ! grep '^Max core file size' "/proc/$night/limits" >../limits.now 2>/dev/null || mv ../limits.now ../limits
    fi
    sleep 0.05
done
wait "$night" && ended=0 || ended=$?
expect "a night whose deliveries are refused is incomplete" 3 "$ended"
expect "it was looked at" t "$([ "$looked" -gt 0 ] && echo t)"
expect "no core file" "1 1" "$(awk '{ print $5, $6 }' ../limits)"
expect "not even of a program that breaks down" "6 no core" "$(cd ../run && /usr/bin/python3 -c 'import os, resource, signal, subprocess, sys, time
night = subprocess.Popen(sys.argv[1:], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, preexec_fn=lambda: resource.setrlimit(
    resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2))
while open("/proc/%d/limits" % night.pid).read().split("Max core file size")[1].split()[0] != "1":
    time.sleep(.01)
night.send_signal(signal.SIGABRT)
status = os.waitpid(night.pid, 0)[1]
print(os.WTERMSIG(status), "core" if os.WCOREDUMP(status) else "no core")' "$VIGIE_PROGRAM" nightly --as-of 2026-04-09)"
expect "the token was sent" t "$([ -s ../web/requests ] && echo t)"
expect "and refused" t "$(sql "select count(*) > 0 from vigie.claim_attempt where outcome = 'refused'")"
expect "the password was refused" t "$(sql "select count(*) > 0 from vigie.outbox where last_error is not null")"

for command in "config show" "check" "runs show 1 --format json" "claims --format json" "claims submit --list" "carriers unmapped"; do
    ended=0
    said=$((said + 1))
    # shellcheck disable=SC2086 # words on purpose
    "$VIGIE_PROGRAM" $command --verbose >"../said/$said.out" 2>"../said/$said.log" || ended=$?
    [ "$ended" -le 3 ] || expect "$command" "an answer" "exit code $ended"
done
say 0 export "$work/state"
# Where no secret belongs it is refused, and not repeated.
say 2 config check --set "database.url=postgresql://vigie:pl4nted-url@localhost/x"
say 2 config check --set "database.url=host=x password=pl4nted-keyword"
say 2 config check --set "alerts.smtp_url=smtp://vigie:pl4nted-smtp@localhost"
say 2 config check --set "database.url=postgresql://localhost:1/x?sslpassword=pl4nted-key"

pg_dump -n vigie >../said/dump.sql
found=$(grep -rlE 'pl4nted-[a-z]+' ../said ../out ../state . || true)
expect "files that hold a secret" "" "$found"
[ -z "$found" ] || grep -rhoE '.{0,60}pl4nted-[a-z]+' ../said ../out ../state | sort -u | head -n 20
expect "there was something to search" t "$([ "$(find ../said ../out ../state -type f | wc -l)" -gt 40 ] && echo t)"
expect "the search finds what is there" 1 "$(grep -rlE 'pl4nted-token' ../kept | wc -l)"
cd /
conclude
