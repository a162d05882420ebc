# Golden tests: what running and recording share.
#
# Lives here: reading cases.tsv, the surroundings in which an answer is given.
# Not here: judging (run.sh), recording (regen.sh).
#
# cases.tsv: id, profile below the top, arguments as a shell would read them; tabs between.
# <id>.out: the bytes the reference printed on standard output.

# shellcheck shell=sh disable=SC2154 # $top is set by who sources it
set -u

golden=$top/tests/golden
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# answer BINARY PROFILE ARGUMENTS: gives its standard output and status; no settings of the
# user, no symbols of binaries, no time zone, nothing to read
answer() (
	binary=$1 profile=$2
	eval "set -- $3"
	cd "$top" && env -i PATH="$PATH" HOME="$work" PPROF_TMPDIR="$work" TZ=UTC LC_ALL=C.UTF-8 \
		PPROF_BINARY_PATH=/nonexistent TERM=dumb ASAN_OPTIONS="${ASAN_OPTIONS:-}" \
		UBSAN_OPTIONS="${UBSAN_OPTIONS:-}" "$binary" "$@" "$profile" </dev/null
)

# each_case FUNCTION PATTERN: calls it with id, profile and arguments of the matching cases
each_case() {
	tab=$(printf '\t')
	while IFS=$tab read -r id profile arguments; do
		# shellcheck disable=SC2254 # a pattern
		case $id in
		$2) "$1" "$id" "$profile" "$arguments" ;;
		esac
	done <"$golden/cases.tsv"
}
