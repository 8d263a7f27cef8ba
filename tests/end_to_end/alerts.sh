#!/bin/sh
# Alerts of a simulated merchant against real servers: who hears what, once; what fails comes later; what is held waits for a
# person; a rerun sends nothing.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
use_database
use_sinks
cd "$work"
unset VIGIE_CONFIG COLUMNS || true

sink channel_sink.py accept slack
sink channel_sink.py accept teams
sink channel_sink.py accept desk
sink channel_sink.py accept pager
sink smtp_sink.py accept post

cat >vigie.yaml <<END
database: {url: "dbname=$PGDATABASE"}
output: $work/out
merchant: {name: La Petite Boutique, email: bonjour@example.org}
alerts:
  smtp_url: "$(cat post.url)"
  from: vigie@example.org
  to: [boss@example.org]
  timeout_seconds: 60
  patience_seconds: 0
  channels:
    - {name: ops, type: slack}
    - {name: team, type: teams, url: "$(cat teams.url)"}
    - {name: desk, type: zendesk, url: "$(cat desk.url)", user: bot@example.org, secret_file: desk.key}
    - {name: pager, type: pagerduty, url: "$(cat pager.url)"}
    - {name: drop, type: folder, folder: drop}
  rules:
    - {name: night, channel: ops, limit: 5}
    - {name: lost, kinds: [lost], channel: team, language: fr}
    - {name: tickets, at_least: stuck, channel: desk, audience: support, frequency: immediately, limit: 3}
    - {name: claims, when: [due], due_days: 90, audience: finance, channel: drop}
    - {name: wakes, when: [incident, feed, failed], channel: pager, frequency: immediately}
    - {name: customers, audience: customer, frequency: immediately}
    - {name: nights, when: [new], channel: drop, quiet_hours: "$(TZ=Europe/Paris date -d '-6 hours' +%H:%M)-$(TZ=Europe/Paris date -d '+6 hours' +%H:%M)"}
END
echo api-key >desk.key
VIGIE_CHANNEL_OPS_URL=$(cat slack.url)
VIGIE_CHANNEL_PAGER_SECRET=routing-key
export VIGIE_CHANNEL_OPS_URL VIGIE_CHANNEL_PAGER_SECRET
vigie() { "$VIGIE_PROGRAM" "$@" --config vigie.yaml; }
count() { sql "select count(*) from vigie.outbox where $1"; }
requests() { if [ -e "$1/requests.jsonl" ]; then wc -l <"$1/requests.jsonl"; else echo 0; fi; }
# said WHAT EXIT WORDS ARGUMENT...: the command ends with EXIT and says WORDS, on either stream
said() {
    what=$1 wanted=$2 words=$3
    shift 3
    status=0
    vigie "$@" >said 2>&1 || status=$?
    expect "$what: exit code" "$wanted" "$status"
    grep -qF -e "$words" said || expect "$what" "$words" "$(cat said)"
}

vigie init --quiet
vigie simulate --quiet --load --shipments 1500 --from 2026-01-05 --to 2026-04-10 --seed 3
sql <<'END'
update vigie_source.shipments
   set customer_email = 'customer-' || shipment_id || '@example.org', customer_consent = hashtext(shipment_id) % 2 = 0;
END

# 1. A night: everybody hears, and the sinks have it.
vigie nightly --quiet --deliver --as-of 2026-03-31
expect "the digest went" 1 "$(count "rule = 'digest' and state = 'sent'")"
expect "Slack has one message" 1 "$(requests slack)"
expect "it names five and counts the rest" t "$(sql "select body_text ~ '\.\.\. and [0-9,]+ more' from vigie.outbox where rule = 'night'")"
expect "one ticket for each of three cases and one for the rest" 4 "$(sql "select count(*) from vigie.outbox where rule = 'tickets'")"
expect "each ticket was looked for before" 8 "$(requests desk)"
expect "customers who agreed hear of late parcels" t "$(sql "select count(*) > 0 from vigie.outbox where rule = 'customers' and state = 'sent'")"
expect "nobody else does" 0 "$(sql "select count(*) from vigie.outbox o join vigie.cases c on o.thing = 'case-' || c.case_number
    where rule = 'customers' and hashtext(shipment_id) % 2 <> 0")"
expect "that it is lost waits for a person" "t" "$(sql "select count(*) > 0 and bool_and(state = 'held') from vigie.outbox where message_key like 'customer:%:lost:%'")"
expect "nothing that was sent says lost" 0 "$(count "rule = 'customers' and state = 'sent' and (body_text like '%lost%' or body_text like '%perdu%')")"
expect "quiet hours hold it back" 1 "$(count "rule = 'nights' and state = 'pending' and next_attempt_at > now()")"
expect "nothing was given up" 0 "$(count "state = 'dead'")"

# 2. Again: nothing is queued, nothing is sent.
before=$(requests slack)$(requests teams)$(requests desk)$(requests pager)$(find post/mail/new -type f | wc -l)$(count true)
vigie nightly --quiet --deliver --as-of 2026-03-31
expect "a rerun sends nothing" "$before" "$(requests slack)$(requests teams)$(requests desk)$(requests pager)$(find post/mail/new -type f | wc -l)$(count true)"

# 3. A sink that is down: the night goes on, ends with 3 and says why; the next delivery brings it.
echo "429 3600" >slack/mode
said "a busy sink" 3 "the server answered 429" nightly --deliver --as-of 2026-04-01
expect "the run says why" t "$(sql "select error like '%ops: the server answered 429%' and state = 'incomplete' from vigie.run order by run_number desc limit 1")"
expect "what the sink asked for is respected" t "$(sql "select next_attempt_at >= queued_at + interval '1 hour' from vigie.outbox where channel = 'ops' and state = 'pending'")"
expect "the address is told nowhere" "" "$(grep -l "$(cat slack.url)" said || true)"
echo accept >slack/mode
number=$(sql "select message_number from vigie.outbox where channel = 'ops' and state = 'pending'")
said "later it goes" 0 "sent 1" alerts retry "$number"
expect "the same words" 2 "$(grep -c '"outcome": "accept"' slack/requests.jsonl)"

# 4. A channel without its secret says where it was looked for.
unset VIGIE_CHANNEL_PAGER_SECRET
said "no secret" 2 "no secret: looked for the environment variable VIGIE_CHANNEL_PAGER_SECRET" alerts test pager
CREDENTIALS_DIRECTORY=$work said "no credential" 2 "and the file $work/pager_secret" alerts test pager
echo routing-key >pager_secret
CREDENTIALS_DIRECTORY=$work said "a credential" 0 'channel "pager" works' alerts test pager
mv desk.key away.key
said "no file" 2 'could not open file "' alerts test desk
mv away.key desk.key
said "a test" 0 'channel "ops" works' alerts test ops
said "a test by mail" 0 'channel "email" works' alerts test email --to ops@example.org
said "a test to nobody" 2 'channel "email" needs --to' alerts test email
said "no such channel" 2 'there is no channel "x"' alerts test x

# 5. Given up: listed with the reason, and tried again when somebody says so.
echo 404 >teams/mode
said "a refusal is for a person" 1 'channel "team": the server answered 404' alerts test team
sql "update vigie.outbox set state = 'pending', next_attempt_at = now() - interval '1 hour' where rule = 'lost'"
said "refused" 3 "given up" alerts deliver
said "listed" 0 "the server answered 404" alerts list --state dead
echo accept >teams/mode
said "tried again" 0 "to be tried again" alerts retry
expect "none is dead" 0 "$(count "state = 'dead'")"

# 6. A person's word.
held=$(sql "select message_number from vigie.outbox where state = 'held' and message_key like 'customer:%:lost:%'
    and exists (select from vigie.cases c where thing = 'case-' || c.case_number and c.kind = 'lost' and c.state = 'open') order by 1 limit 1")
said "shown" 0 "we believe it is lost" alerts show "$held"
said "approved" 0 "1 released" alerts approve "$held" --actor anna
expect "it went, and who said so is known" "sent anna" "$(sql "select state || ' ' || decided_by from vigie.outbox where message_number = $held")"
said "once" 2 "do not wait for a word" alerts approve "$held"
gone=$(sql "select message_number from vigie.outbox where state = 'held' order by 1 desc limit 1")
if [ -n "$gone" ]; then
    sql "update vigie.cases set state = 'cleared' where 'case-' || case_number = (select thing from vigie.outbox where message_number = $gone)"
    said "a case that ended" 2 "say more of their case than is true any more" alerts approve "$gone"
    said "dropped" 0 "1 dropped" alerts drop "$gone"
fi

# 7. A run that fails wakes somebody; the next one of the same kind is another one.
VIGIE_CHANNEL_PAGER_SECRET=routing-key
export VIGIE_CHANNEL_PAGER_SECRET
sql "alter table vigie.forecast rename to gone"
said "a failed night" 2 "" nightly --deliver --as-of 2026-04-02
sql "alter table vigie.gone rename to forecast"
expect "the pager knows" 1 "$(grep -c 'nightly failed' pager/requests.jsonl)"
expect "its event is a trigger" 1 "$(grep 'nightly failed' pager/requests.jsonl | grep -c 'trigger')"

# 8. An old night sends nothing unless asked; a broken template or rule is refused with its place before anything is done.
vigie nightly --quiet --as-of 2026-04-02
expect "an old night queues nothing" 0 "$(count "as_of > '2026-04-02'::timestamptz and rule <> 'wakes'")"
mkdir words
printf '@subject\n{{day}}\n@text\n{{#things}}\n{{titl}}\n{{/things}}\n' >words/finance_fr.txt
said "a broken template" 2 'words/finance_fr.txt:5:1: "titl" is not known here; did you mean "title"?' nightly --as-of 2026-04-02 --set alerts.templates=words
said "also to who only asks" 2 'words/finance_fr.txt:5:1: "titl" is not known here' config check --set alerts.templates=words
printf '@subject\nNos mots : {{count}}\n' >words/finance_fr.txt
said "the user's words" 0 "" alert --deliver --as-of 2026-04-01 --set alerts.templates=words --set language=fr

# 9. A source whose role may not read contacts: the night goes on, and says that customers hear nothing.
blind=alerts_blind_$$
sql "create role $blind login; grant usage on schema vigie_source to $blind; grant select on vigie_source.scans to $blind;
     grant select ($(sql "select string_agg(attname, ', ') from pg_attribute where attrelid = 'vigie_source.shipments'::regclass
         and attnum > 0 and attname not in ('customer_email', 'customer_phone')")) on vigie_source.shipments to $blind"
said "a role without contacts" 0 "" nightly --deliver --as-of 2026-04-03 --set "source.url=dbname=$PGDATABASE user=$blind"
expect "it is said" 1 "$(grep -c 'may not read contacts of customers: they hear nothing.*customer_email' said)"
expect "no customer was written to" 0 "$(count "audience = 'customer' and as_of > '2026-04-03'::timestamptz")"
said "check says so, too" 0 "this role may not read it" check --as-of 2026-04-03 --set "source.url=dbname=$PGDATABASE user=$blind"
sql "drop owned by $blind; drop role $blind"

# 10. What a reader sees holds no address and no words.
expect "the view is without them" "" "$(sql "select column_name from information_schema.columns where table_schema = 'vigie' and table_name = 'v_alert'
    and column_name in ('recipient', 'subject', 'body_text', 'facts', 'last_error')")"
conclude
