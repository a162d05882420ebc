#!/bin/sh
# Command line: commands on standard input, and rows for programs.
#
# Lives here: when commands are read at all, what goes to which output, exit status; that JSON is
# JSON to somebody else.
# Not here: the prompt on a terminal (tests/tty/prompt.sh), what lines mean (tests/unit/shell/).

# shellcheck source=tests/cli/common.sh
. "$(dirname -- "$0")/common.sh"

XDG_STATE_HOME=$work XDG_CONFIG_HOME=$work
export XDG_STATE_HOME XDG_CONFIG_HOME
good=$top/tests/data/json.block.pb.gz
cd "$work" || exit 1

# commands TEXT ARG...: TEXT, with its escapes, on standard input
commands() {
	printf "$1" >in # shellcheck disable=SC2059
	shift
	"$bin" "$@" <in >out 2>err
	status=$?
}

has() {
	[ "$status" -eq "$1" ] && grep -qF -- "$3" "$2"
}

commands 'top 1\n' "$good"
ok 'a command is run' has 0 out 'Showing top 1 nodes'
ok 'no prompt is printed' test "$(grep -c pprof out)" -eq 0
ok 'the greeting goes to standard error' has 0 err 'Entering interactive mode'
commands 'top 1' "$good"
ok 'the last line needs no end' has 0 out 'Showing top 1 nodes'
commands 'bogus\ntop 1\n' "$good"
ok 'a mistake is told, and the next line run' has 0 out 'Showing top 1 nodes'
ok 'a mistake goes to standard error' has 0 err 'unrecognized command: "bogus"'
commands 'quit\ntop 1\n' "$good"
ok 'quit leaves' test "$status" -eq 0 -a ! -s out
commands '\n' "$good"
ok 'an empty line is a line' test "$status" -eq 0 -a ! -s out
printf 'heap profile: 1: 0 [1: 0] @ heapprofile\n 1: 0 [1: 0] @ 0x10\n' >zero
commands 'raw\n' zero
ok 'a label that no profile can hold is gone at the prompt' has 0 out '          1          0: 1 '
ok 'and nowhere to be seen' test "$(grep -c bytes: out)" -eq 0
"$bin" -raw zero >out 2>err
ok 'but a report by flag shows it' grep -q 'bytes:\[0\]' out
commands '' "$good"
ok 'no line at all: the table' cmp -s out "$top/tests/golden/json.block--top.out"
commands 'top 1\n' -top "$good"
ok 'a report by flag reads no commands' cmp -s out "$top/tests/golden/json.block--top.out"
commands 'top 1\n' -interactive "$good"
ok '-interactive reads them too' has 0 out 'Showing top 1 nodes'
commands 'top > /nonexistent/x\ntop 1\n' "$good"
ok 'a file that cannot be written is told' has 0 err 'open /nonexistent/x: no such file or directory'
ok 'and the next line run' has 0 out 'Showing top 1 nodes'
commands 'top 1 | tr a-z A-Z\nweblist main\ntop 2 | false\n' "$good"
ok 'a report goes to a command' has 0 out 'SHOWING TOP 1 NODES'
ok 'a command that fails is told' has 0 err 'false: exit status 1'
ok 'a report that is not there is told' has 0 err weblist
commands 'proto\nproto\n' "$good"
ok 'what is no text goes to files' test "$status" -eq 0 -a -s profile001.pb.gz -a -s profile002.pb.gz
"$bin" -top profile002.pb.gz >out 2>err
status=$?
ok 'which are profiles' has 0 out 'Showing nodes accounting for'
head -c 3000000 /dev/zero | tr '\0' 'x' >long
"$bin" "$good" <long >out 2>err
status=$?
ok 'a line that has no end' has 2 err 'a line of more than'
commands 'top\000\377\nfocus=[\ntop\n\n' "$good"
ok 'bytes that are no text' has 0 err 'missing closing ]'

pprof -json "$good"
ok '-json alone is of the table' has 0 out '"report":"top"'
pprof -dot -json "$good"
ok 'a report without rows says so' has 2 err 'dot cannot be written as json'
pprof -json -csv -top "$good"
ok 'one form at a time' has 2 err 'conflicting options set: [csv json]'
commands 'json top 1\ncsv top 1\ntop 1\n' "$good"
ok 'the prompt has a form for one report' has 0 out '"rows":['
ok 'and another for the next' has 0 out 'name,inlined,flat'

if command -v python3 >/dev/null 2>&1; then
	for profile in "$top"/tests/data/*.pb.gz; do
		for report in -top -tree -tags -traces -peek=. -list=.; do
			"$bin" $report -json "$profile" >out 2>err
			status=$?
			python3 "$top/tests/cli/schema.py" "$top/doc/json.schema.json" out 2>>err || status=1
			[ $status -eq 0 ] || break 2
			"$bin" $report -csv "$profile" >out 2>>err
			status=$?
			python3 -c 'import csv, sys
assert len({len(row) for row in csv.reader(sys.stdin, strict=True)}) == 1' <out 2>>err || status=1
			[ $status -eq 0 ] || break 2
		done
	done
	ok 'JSON of all profiles keeps to its schema, and CSV has its columns' test "$status" -eq 0
	"$bin" -tree -json "$good" | sed 's/"weight":/"heavy":/' >renamed
	python3 "$top/tests/cli/schema.py" "$top/doc/json.schema.json" renamed 2>err
	status=$?
	ok 'and what does not keep to it is seen' has 1 err 'no weight'
fi
plan
