#!/bin/sh
# Command line: a profile written by -proto says the same as the one it was made from.
#
# Lives here: all profiles for tests and demonstration, through -proto and back.

# shellcheck source=tests/cli/common.sh
. "$(dirname -- "$0")/common.sh"

same_again() {
	pprof -raw "$1" && [ "$status" -eq 0 ] && mv "$work/out" "$work/before" &&
		pprof -proto -output="$work/p.pb.gz" "$1" && [ "$status" -eq 0 ] &&
		gzip -t "$work/p.pb.gz" &&
		pprof -raw "$work/p.pb.gz" && [ "$status" -eq 0 ] && cmp "$work/before" "$work/out" &&
		pprof -proto -output="$work/q.pb.gz" "$work/p.pb.gz" && cmp "$work/p.pb.gz" "$work/q.pb.gz"
}

for profile in "$top"/demo/*.pb.gz "$top"/tests/data/*.pb.gz; do
	ok "$(basename "$profile")" same_again "$profile"
done
plan
