#!/bin/sh
# sh hand_over.sh PROGRAM ARGUMENT...
#
# Runs the program as a user without any rights, in whose folder `reports` it reads and writes. When
# it has ended, what it wrote goes to /reports, as files of the user who owns the folder mounted
# there: root, or whoever else called Docker. To switch between these two users is all that root does
# here, and all that its capabilities let it do.
#
# READ names what the program finds in its folder, REPLACED what is never left from an earlier run.
set -eu

mounted=${MOUNTED:-/reports}
owner="setpriv --reuid $(stat -c %u "$mounted") --regid $(stat -c %g "$mounted") --clear-groups"
nobody="setpriv --reuid 10001 --regid 10001 --clear-groups"
mistaken=4 # pytest's code for a command line by which nothing was run

if ! $owner test -w "$mounted"; then
    echo "The reports cannot be written: their folder is closed to its own owner. Open it" \
        "(chmod u+rwx), or name another one in REPORTS_DIR: see docs/docker.md." >&2
    exit 1
fi
for name in ${READ:-}; do
    if $owner test -e "$mounted/$name"; then
        $owner tar -C "$mounted" -cf - "$name" | $nobody tar -C reports -xf -
    fi
done

# A signal reaches every process of the container: the program ends by it, and this hands over.
trap : INT TERM
code=0
$nobody "$@" || code=$?

if [ "$code" -ne "$mistaken" ]; then
    for name in ${REPLACED:-}; do
        $owner rm -rf "$mounted/$name"
    done
    $owner cp -R --remove-destination reports/. "$mounted/"
fi
exit "$code"
