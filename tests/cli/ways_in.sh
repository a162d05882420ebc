#!/bin/sh
# Command line: where a profile may come from, where a report may go, what is said of the program.
#
# Lives here: standard input, uncompressed files, -output, --version, --help, wrong usage.

# shellcheck source=tests/cli/common.sh
. "$(dirname -- "$0")/common.sh"

good=$top/tests/data/json.block.pb.gz
wanted=$top/tests/golden/json.block--top.out
cd "$work" || exit 1
gzip -dc "$good" >raw.pb || exit 1

answers() {
	[ "$status" -eq 0 ] && cmp -s "$wanted" out
}

says() {
	[ "$status" -eq "$1" ] && grep -Eq -- "$3" "$2"
}

"$bin" -top - <"$good" >out 2>err
status=$?
ok 'standard input, by -' answers
gzip -dc "$good" | "$bin" -top - >out 2>err
status=$?
ok 'standard input that is a pipe' answers
pprof -top raw.pb
ok 'a profile that is not compressed' answers
{
	head -c 100 raw.pb | gzip -c
	tail -c +101 raw.pb | gzip -c
} >members.gz
pprof -top members.gz
ok 'gzip of several members' answers
pprof --top "$good"
ok 'two dashes' answers

"$bin" "$good" </dev/null >out 2>err
status=$?
ok 'no report, nobody to ask, nothing to read: the table' answers
pprof -top -output=report.txt "$good"
mv report.txt out
ok '-output' answers
pprof -top -output="$work/none/report.txt" "$good"
ok '-output to where there is no folder' says 2 err 'no such file'
ls -A "$work" >listing
ok 'no other file is left' test "$(grep -c 'report' listing)" -eq 0

"$bin" -top "$good" 2>err >/dev/full
status=$?
ok 'a report that cannot be written' test "$status" -ne 0 -a -s err

legacy=$top/tests/fuzz/corpus/legacy_cpu/64-little
pprof -top "$legacy" "$legacy"
ok 'two old CPU profiles are two sources' says 0 out '^Showing .* 160ms total'
pprof --version
ok '--version' says 0 out '^cpprof-view [0-9]+\.[0-9]+'
pprof --help
ok '--help names the reports' says 0 out '-peek'
pprof -no_such_flag "$good"
ok 'a flag that there is not' says 2 err 'no_such_flag'
pprof -top
ok 'no profile' says 2 err '.'
plan
