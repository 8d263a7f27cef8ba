#!/bin/sh
# The Debian package in a folder of its own: what it holds, whose it is, that the timer and the hardened service are sound,
# and that upgrade, removal and purge keep what people made. And "cmake --install" below any prefix.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
. "$root/scripts/lib.sh"
build=$(dirname "${VIGIE_PROGRAM:?}")
build=${build#"$root"/}
grep -q '^CMAKE_BUILD_TYPE:STRING=RelWithDebInfo' "$root/$build/CMakeCache.txt" || skip "packages are made of release builds"
[ "$(id -u)" = 0 ] || skip "dpkg gives files to their owners as root only"
command -v dpkg-shlibdeps systemd-sysusers systemd-tmpfiles >/dev/null || skip "needs dpkg-dev and systemd"
work=$(mktemp -d)
trap 'cd /; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

package_make "$build" "$work/made"
if command -v lintian >/dev/null; then
    expect "lintian's errors" "" "$(lintian --allow-root "$package" 2>&1 | grep '^E:' || true)"
else
    echo "lintian is not installed"
fi

# A root with nothing in it but dpkg's own records.
there=$work/root
mkdir -p "$there/var/lib/dpkg/info" "$there/var/lib/dpkg/updates" "$there/etc"
touch "$there/var/lib/dpkg/status"
in_root() {
    DEBIAN_FRONTEND=noninteractive dpkg --root="$there" --log=/dev/null --force-depends --force-script-chrootless --force-confold \
        "$@" >"$work/said" 2>&1 || { cat "$work/said"; expect "dpkg $1" 0 1; }
}
state() { stat -c '%a' "$there/$1"; }
in_root -i "$package"
expect "the program runs" "vigie" "$("$there/usr/bin/vigie" version | cut -d ' ' -f 1)"
for file in share/man/man1/vigie.1.gz share/bash-completion/completions/vigie share/vigie/carriers/dpd.yaml share/vigie/terms/cmr.yaml \
    share/vigie/calendars/FR.yaml share/vigie/templates/alerts/logistics_en.txt share/vigie/templates/claims/letter_fr.txt share/vigie/roles.sql \
    share/vigie/sources/karrio/views.sql share/doc/vigie/copyright share/doc/vigie/examples/vigie.sample.yaml \
    share/doc/vigie/examples/vigie.cron share/doc/vigie/examples/vigie_nightly.py lib/systemd/system/vigie.timer; do
    expect "$file is installed" yes "$([ -s "$there/usr/$file" ] && echo yes)"
done
expect "the settings are for root and vigie" "750 640 750" "$(state etc/vigie) $(state etc/vigie/vigie.yaml) $(state var/lib/vigie)"
expect "vigie has no shell" 1 "$(grep -c '^vigie:.*nologin$' "$there/etc/passwd")"
owner=$(sed -n 's/^vigie:[^:]*:\([0-9]*\):\([0-9]*\):.*/\1:\2/p' "$there/etc/passwd")
expect "reports are vigie's" "$owner" "$(stat -c '%u:%g' "$there/var/lib/vigie")"
expect "the settings load" 0 "$(VIGIE_DATABASE_URL='' "$there/usr/bin/vigie" config check -c "$there/etc/vigie/vigie.yaml" >/dev/null 2>&1; echo $?)"
expect "the completion is bash" 0 "$(bash -n "$there/usr/share/bash-completion/completions/vigie"; echo $?)"
expect "no timer before somebody enables it" "" "$(find "$there/etc/systemd" -name 'vigie*' 2>/dev/null)"

# The units, as systemd reads them in that root (it wants to see every unit and shell they lean on: the machine's own).
units=$there/usr/lib/systemd/system
mkdir -p "$work/units"
for unit in vigie vigie-alerts; do
    sed "s|^ExecStart=|&$there|" "$units/$unit.service" >"$work/units/$unit.service"
    cp "$units/$unit.timer" "$work/units"
done
for unit in vigie vigie-alerts; do
    expect "systemd-analyze verify $unit" "" "$(SYSTEMD_UNIT_PATH="$work/units:" systemd-analyze verify --man=no "$work/units/$unit.timer" "$work/units/$unit.service" 2>&1)"
    exposure=$(systemd-analyze security --offline=true "$work/units/$unit.service" 2>/dev/null | sed -n "s/.*Overall exposure level for $unit.service: \([0-9.]*\).*/\1/p")
    expect "$unit is exposed at most 2.0 of 10 (is ${exposure:-unknown})" yes "$(echo "${exposure:-10}" | awk '$1 <= 2.0 { print "yes" }')"
    expect "$unit knows which boot it is in" 0 "$(grep -c '^ProcSubset' "$units/$unit.service")"
    expect "the time of $unit" 0 "$(systemd-analyze calendar "$(sed -n 's/^OnCalendar=//p' "$units/$unit.timer")" >/dev/null; echo $?)"
done

# What people made stays.
echo "currency: USD" >>"$there/etc/vigie/vigie.yaml"
echo "db:5432:vigie:vigie:secret" >"$there/etc/vigie/pgpass"
mkdir "$there/var/lib/vigie/2026-11-20"
echo report >"$there/var/lib/vigie/2026-11-20/night.html"
dpkg-deb -R "$package" "$work/next"
sed -i 's/^Version: .*/Version: 9.0-1/' "$work/next/DEBIAN/control"
echo "# of the next version" >>"$work/next/etc/vigie/vigie.yaml"
dpkg-deb --root-owner-group -b "$work/next" "$work/next.deb" >/dev/null
in_root -i "$work/next.deb"
expect "upgraded" "9.0-1" "$(dpkg-query --admindir="$there/var/lib/dpkg" -W -f '${Version}' vigie)"
expect "an upgrade keeps edited settings" 1 "$(grep -c '^currency: USD' "$there/etc/vigie/vigie.yaml")"
expect "and who may read them" "640" "$(state etc/vigie/vigie.yaml)"
in_root -r vigie
expect "removed" no "$([ -e "$there/usr/bin/vigie" ] && echo yes || echo no)"
expect "a removal keeps edited settings" 1 "$(grep -c '^currency: USD' "$there/etc/vigie/vigie.yaml")"
expect "a removal keeps reports" report "$(cat "$there/var/lib/vigie/2026-11-20/night.html")"
in_root -P vigie
expect "a purge takes the settings" no "$([ -e "$there/etc/vigie/vigie.yaml" ] && echo yes || echo no)"
expect "a purge keeps reports and passwords" "report 1" \
    "$(cat "$there/var/lib/vigie/2026-11-20/night.html") $(grep -c secret "$there/etc/vigie/pgpass")"

# Without a package: any prefix, below DESTDIR; only a package touches /etc.
DESTDIR=$work/dest cmake --install "$root/$build" --prefix /opt/night >/dev/null
expect "the unit names the program" "ExecStart=/opt/night/bin/vigie" \
    "$(grep -o '^ExecStart=[^ ]*' "$work/dest/opt/night/lib/systemd/system/vigie.service")"
expect "the program runs from there" "vigie" "$("$work/dest/opt/night/bin/vigie" version | cut -d ' ' -f 1)"
expect "nothing outside the prefix" opt "$(ls "$work/dest")"
conclude
