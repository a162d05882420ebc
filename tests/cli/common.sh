# Frame of the command line tests, sourced by each of them.
#
# Lives here: the binary, a place to work in, verdicts in TAP.
# Not here: answers of the reference (tests/golden/).

# shellcheck shell=sh
set -u

top=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P) || exit 1
bin=$PWD/src/cpprof-view
[ -x "$bin" ] || bin=$top/_build/src/cpprof-view
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
number=0

HOME=$work PPROF_TMPDIR=$work TZ=UTC LC_ALL=C.UTF-8 PPROF_BINARY_PATH=/nonexistent TERM=dumb
export HOME PPROF_TMPDIR TZ LC_ALL PPROF_BINARY_PATH TERM

# pprof ARG...: standard output to $work/out, messages to $work/err, $status
pprof() {
	"$bin" "$@" >"$work/out" 2>"$work/err"
	status=$?
}

# ok NAME COMMAND...: a case that passes when the command does; tells what was said when not
ok() {
	name=$1
	shift
	number=$((number + 1))
	if "$@"; then
		echo "ok $number - $name"
		return
	fi
	echo "not ok $number - $name"
	echo "# exit status ${status:-none}; $(wc -c <"$work/out") bytes on standard output; messages:"
	sed 's/^/#	/; 5q' "$work/err"
}

# the number of cases is told at the end
plan() {
	echo "1..$number"
}
