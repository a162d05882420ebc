#!/bin/sh
# Golden tests: do we answer as the reference did, to the byte?
#
#	run.sh [--bin PATH] [--only PATTERN]
#
# Lives here: comparing; prints TAP, one case a row of cases.tsv that matches the shell pattern.
# shellcheck disable=SC2317 # each_case calls the functions
set -u

top=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P) || exit 1
bin=src/cpprof-view only='*'
[ -x "$bin" ] || bin=$top/_build/src/cpprof-view
while [ $# -gt 1 ]; do
	case $1 in
	--bin) bin=$2 ;;
	--only) only=$2 ;;
	esac
	shift 2
done
case $bin in
/*) ;;
*) bin=$PWD/$bin ;;
esac

# shellcheck source=tests/golden/common.sh
. "$top/tests/golden/common.sh"

number=0 failed=0

count() {
	number=$((number + 1))
}

compare() {
	number=$((number + 1))
	answer "$bin" "$2" "$3" >"$work/out" 2>"$work/err"
	status=$?
	if [ "$status" -eq 0 ] && cmp -s "$golden/$1.out" "$work/out"; then
		echo "ok $number - $1"
		return
	fi
	failed=1
	echo "not ok $number - $1"
	echo "# cpprof-view $3 $2: exit status $status"
	sed 's/^/# /; 5q' "$work/err"
	diff -u "$golden/$1.out" "$work/out" | sed 's/^/# /; 20q'
}

each_case count "$only"
echo "1..$number"
number=0
each_case compare "$only"
exit $failed
