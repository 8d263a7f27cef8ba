#!/bin/sh
# vigie carriers: what the catalogue knows, what the source says beyond it, and a draft that changes nothing until a person
# has judged it.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
use_database
vigie=${VIGIE_PROGRAM:?}
cd "$work"
unset VIGIE_CONFIG

carriers() { "$vigie" carriers "$@" --quiet --set time_zone=Europe/Paris --as-of 2026-11-20; }
# fails WHAT TEXT ARGUMENT...: usage error whose message holds TEXT.
fails() {
    what=$1 text=$2
    shift 2
    code=0
    carriers "$@" >said 2>told || code=$?
    expect "$what" "2 1" "$code $(grep -cF "$text" told)"
}

# --- Without a database ----------------------------------------------------------------------------------------------
carriers list >said
expect "list has the carriers that ship" 3 "$(grep -cE '^(colissimo|ups|generic) ' said)"
carriers show "La Poste" >said
expect "a carrier is found by any of its names" "Colissimo (La Poste) (colissimo): carrier" "$(head -n 1 said)"
carriers show colissimo --codes --format json >said.json
expect "every code is data" true "$(python3 - <<'EOF'
import json
entry = json.load(open("said.json"))
rows = [row for scheme in entry["schemes"] for row in scheme["rows"] if row["milestone"]]
print(str(len(rows) == entry["codes"] and all(row["source"] and row["line"] > 0 for row in rows)).lower())
EOF
)"
carriers test dhl_express DD >said
expect "test says what a code means" 1 "$(grep -c 'milestone  *damaged' said)"
expect "test says which row says so" 1 "$(grep -c 'scheme dhl_express, config/carriers/dhl_express.yaml:[0-9]' said)"
carriers test colissimo NEVER_SEEN --format json >said.json
expect "test tells an unmapped code" 1 "$(grep -c '"verdict": "unmapped"' said.json)"
fails "an unknown carrier has a near name" 'did you mean "colissimo"' show colisimo
fails "show needs a carrier" '"show" takes one CARRIER' show
fails "an option of another action" 'option "--limit" means nothing to "list"' list --limit 3
fails "csv is refused" 'prints text or json' list --format csv

# A file of the user's: its word counts, in French where there is one, and says where it stands.
mkdir ours
cat >ours/velo.yaml <<'EOF'
id: velo
name: Velo
quirks: [Z is said twice a day]
services:
  - {id: home, name: Velo Home, cut_off: "18:00", source: our contract, confidence: official, promises: [{to: [FR], after: 2, count: jours_ouvrables, by: "13:00"}]}
schemes:
  - name: velo
    source: their page
    rows:
      - {code: A, milestone: accepted, label_en: taken, label_fr: pris en charge, judged: agreed}
    left_out:
      - {code: Z, why: says nothing of the parcel}
EOF
ours="--set carriers.catalogues=$work/ours"
# shellcheck disable=SC2086 # $ours is two words
{
    carriers show velo --codes --set language=fr $ours >said
    expect "a promise in words" 1 "$(grep -c 'anywhere to FR: 2 working days (Monday to Saturday), by 13:00' said)"
    expect "labels in the language of the settings" 1 "$(grep -c 'A  *accepted  *pris en charge \[judged: agreed\]' said)"
    expect "codes left out with the reason" 1 "$(grep -c 'Z  *(left out)  *says nothing of the parcel' said)"
    expect "quirks" 1 "$(grep -c -- '- Z is said twice a day' said)"
    carriers test velo Z $ours >said
    expect "left out on purpose" 2 "$(grep -cE '^Z of Velo: left out|why  *says nothing of the parcel' said)"
}

# --- What the source says beyond the catalogue ------------------------------------------------------------------------
"$vigie" init --quiet >/dev/null
cat >shipments.csv <<'EOF'
shipment_id,tracking_number,carrier,created_at
1,T1,GLS,2026-11-01T10:00:00Z
2,T2,gls,2026-11-01T10:00:00Z
3,T3,Pigeon Post,2026-11-01T10:00:00Z
4,T4,DPD,2026-11-01T10:00:00Z
EOF
cat >scans.csv <<'EOF'
shipment_id,occurred_at,code,subcode,milestone,text,carrier,recorded_at
1,2026-11-02T10:00:00Z,INTRANSIT,,,on the way,,
1,2026-11-03T10:00:00Z,XOFD,,,"The parcel is out for delivery, ""today""",,
1,2026-11-04T10:00:00Z,XOFD,,,Out for delivery,,
1,2026-11-04T11:00:00Z,XOFD,9,,Out for delivery,,
2,2026-11-05T10:00:00Z,XOFD,,,,,
2,2026-11-06T10:00:00Z,QQ,,delivered,,,
3,2026-11-06T10:00:00Z,,,delivered,,,
3,2026-11-06T11:00:00Z,COO,,,gurr,,
4,2026-11-07T10:00:00Z,Delivered,,,,,
4,2026-11-07T11:00:00Z,LATER,,,,,2026-11-25T10:00:00Z
EOF
"$vigie" import shipments.csv scans.csv --quiet >/dev/null
carriers unmapped >said
expect "each spelling with what it lacks" \
    "GLS (gls): 3 of 4 scans have a code that nobody mapped:Pigeon Post (unknown to the catalogue): 1 of 2 scans have a code that nobody mapped:gls (gls): 1 of 2 scans have a code that nobody mapped" \
    "$(grep -E '^[A-Za-z].*scans have' said | LC_ALL=C sort | tr '\n' ':' | sed 's/:$//')"
expect "counts, first and last day, both texts" 1 \
    "$(grep -cE '^  XOFD +2  2026-11-03  2026-11-04  Out for delivery \| The parcel' said)"
expect "subcodes are told apart" 1 "$(grep -cE '^  XOFD / 9 +1 ' said)"
expect "what is known later is not seen" 0 "$(grep -c LATER said || true)"
expect "stated milestones need no code" 0 "$(grep -c QQ said || true)"
carriers unmapped --format json >said.json
expect "the same as data" "3 5" "$(python3 -c '
import json
all = json.load(open("said.json"))
print(len(all), sum(carrier["unmapped_scans"] for carrier in all))')"
carriers unmapped --limit 1 >said
expect "what is not shown is counted" 1 "$(grep -c 'and 1 more codes (--limit)' said)"
carriers unmapped --days 1 >said
expect "nothing lacks on a day without scans" "every code of the source is mapped, every carrier known" "$(cat said)"

# --- The night's report -----------------------------------------------------------------------------------------------
printf 'shipment_id,tracking_number,carrier,created_at\n5,T5,Pigeon Post,2026-11-05T10:00:00Z\n' >open.csv
echo shipment_id,occurred_at,code >none.csv
"$vigie" import open.csv none.csv --quiet >/dev/null
"$vigie" nightly --quiet --as-of 2026-11-08 --set output="$work/nights" >/dev/null
expect "the night tells of the carrier that the catalogue does not know" "Pigeon Post 1" "$(python3 -c '
import json
for row in json.load(open("nights/2026-11-08/night.json"))["unmapped"]:
    if not row["code"]: print(row["carrier"], row["count"])')"
expect "and says so to people" 1 "$(grep -c 'a carrier that the catalogue does not know' nights/2026-11-08/night.html)"

# --- The draft --------------------------------------------------------------------------------------------------------
mkdir drafts
carriers suggest gls >drafts/gls.yaml
expect "one row for each code, however the carrier is spelled" 2 "$(grep -cE '^#      - \{code: "XOFD"' drafts/gls.yaml)"
expect "a proposal by likeness" 2 "$(grep -cE 'milestone: out_for_delivery' drafts/gls.yaml)"
expect "nothing but the id is not commented out" "id: gls" "$(grep -v '^#' drafts/gls.yaml)"
expect "as it stands it changes nothing" 1 \
    "$(carriers test gls XOFD --set carriers.catalogues="$work/drafts" | grep -c ': unmapped$')"
# Judged by a person: comments away, the guess corrected.
sed -e '1,/^id:/b' -e 's/^#//' -e 's/milestone: out_for_delivery/milestone: held/' drafts/gls.yaml >drafts/judged
mv drafts/judged drafts/gls.yaml
expect "once judged it counts" 1 \
    "$(carriers test gls XOFD --set carriers.catalogues="$work/drafts" | grep -c 'milestone  *held')"
carriers suggest "Pigeon Post" >drafts/gls.yaml
expect "a carrier that nobody knows gets a file" 2 "$(grep -cE '^(id: pigeon_post|name: "Pigeon Post")$' drafts/gls.yaml)"
carriers list --set carriers.catalogues="$work/drafts" >said
expect "and is known then" 1 "$(grep -c '^pigeon_post ' said)"
carriers suggest colissimo >said
expect "nothing to suggest" 1 "$(grep -c '^# every code of "colissimo" is mapped, or it has no scan' said)"
carriers suggest gls --format json >said.json
expect "the draft as data" "2 out_for_delivery" "$(python3 -c '
import json
rows = json.load(open("said.json"))
print(len(rows), rows[0]["milestone"])')"
conclude
