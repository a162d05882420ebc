#!/bin/sh
# Golden tests: records the answers of the reference.
#
#	regen.sh [PATTERN]		those cases that match; needs Go
#	PPROF=PATH regen.sh [PATTERN]	with another reference
#
# Lives here: recording, and noting by whom.  For new cases and new versions of the reference;
# never to make a test pass.
set -u

top=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P) || exit 1
# shellcheck source=tests/golden/common.sh
. "$top/tests/golden/common.sh"

pprof=${PPROF:-$(go tool -n pprof)}
if [ ! -x "$pprof" ]; then
	echo "regen.sh: no go tool pprof here" >&2
	exit 1
fi

record() {
	if answer "$pprof" "$2" "$3" >"$work/out" 2>"$work/err"; then
		cmp -s "$work/out" "$golden/$1.out" && return
		echo "$1"
		cp "$work/out" "$golden/$1.out"
	else
		echo "$1: the reference fails: $(head -n 1 "$work/err")" >&2
	fi
}

each_case record "${1:-*}"
{
	echo "Recorded by regen.sh from ${PPROF:-go tool pprof}:"
	go version -m "$pprof" | sed -n 's/^[^ 	]*: /	/p; /^	path/p; /^	mod/p'
} >"$golden/REFERENCE"
