#!/bin/sh
# Command line: what is no profile is refused in one line.
#
# Lives here: each kind of bad input, the word that the line must have, and that nothing is
# written elsewhere.

# shellcheck source=tests/cli/common.sh
. "$(dirname -- "$0")/common.sh"

good=$top/demo/shop1.cpu.pb.gz
cd "$work" || exit 1
gzip -dc "$good" >raw || exit 1

# byte FILE OFFSET OCTAL: the file with one byte set, on standard output
byte() {
	head -c "$2" "$1"
	printf '%b' "\\0$3"
	tail -c +$(($2 + 2)) "$1"
}

refused() {
	[ "$status" -eq 2 ] && [ ! -s out ] && [ "$(wc -l <err)" -eq 1 ] && grep -Eq -- "$1" err
}

# refuses NAME PATTERN FILE: with a report, and with one that goes to a file
refuses() {
	pprof -top "$3"
	ok "$1" refused "$2"
	echo before >kept
	pprof -top -output=kept "$3"
	ok "$1: -output is left alone" test "$(cat kept)" = before -a "$status" -eq 2
}

head -c 20000 "$good" >cut.pb.gz
byte "$good" 15000 125 >changed.pb.gz
head -c 5 "$good" >cut-header.pb.gz
head -c 30000 raw >cut.pb
printf '\022\200' >cut-varint.pb
: >empty
printf '<!DOCTYPE html><html><head><title>404 Not Found</title></head></html>\n' >page.html
printf 'go 1.22 trace\000\000\000' >trace.out
printf 'hello, world\n' >text
mkdir directory
printf 'x' | gzip -c >no-profile.gz
gzip -c empty >nothing.gz
mkfifo pipe

refuses 'a file that is not there' 'no such file' missing
refuses 'a directory' 'is a directory; name a file in it' directory
refuses 'an empty file' 'empty' empty
refuses 'a device' 'empty|device' /dev/null
refuses 'a device without an end' 'more than 67108864 bytes' /dev/zero
refuses 'a page of HTML' 'web page|HTML' page.html
refuses 'an executable' 'ELF|executable|object file' "$bin"
refuses 'a Go execution trace' 'trace' trace.out
refuses 'plain text' 'profile' text
refuses 'gzip that ends early' 'unexpected EOF: .* cut short or changed, of 20000 bytes; fetch it again' cut.pb.gz
refuses 'gzip that ends in its header' 'EOF|header|end' cut-header.pb.gz
refuses 'gzip with a changed byte' '(before offset [0-9]+|checksum): .*; fetch it again' changed.pb.gz
refuses 'a profile that ends early' 'byte [0-9]+' cut.pb
refuses 'a varint that ends early' 'byte 1' cut-varint.pb
refuses 'gzip of something else' 'profile' no-profile.gz
refuses 'gzip of nothing' 'empty' nothing.gz

# said TEXT...: on standard error, a line each, after what is no difference: the name and the hint
said() {
	for line; do
		echo "$line"
	done >expected
	sed 's/^cpprof-view: //; s/: this is .*//' err | cmp -s expected -
}

unread='parsing profile: unrecognized profile format'
pprof -top -base=text page.html
ok 'of a broken source and a broken base both are told' said "text: $unread" "page.html: $unread"
pprof -top -base=text -base=missing page.html empty
ok 'and of several' said "page.html: $unread" 'empty: parsing profile: empty input file' "text: $unread" \
	'missing: stat missing: no such file or directory' 'failed to fetch any source profiles'
pprof -top "-base=$top/demo/shop1.heap.pb.gz" page.html
ok 'a base that can be read is not told' said "page.html: $unread"
pprof -top "$good" text "$top/demo/shop1.heap.pb.gz"
ok 'how many were read is not told of sources that do not fit together' said "text: $unread" \
	'problem fetching source profiles: profiles have empty common sample type list'
pprof -top -base=text "$good" empty
ok 'nor when no base is left' said 'empty: parsing profile: empty input file' "text: $unread"
pprof -top "-base=$top/demo/shop1.heap.pb.gz" "$good" text
ok 'it is told where only the base does not fit' said "text: $unread" 'Fetched 1 source profiles out of 2' \
	'profiles have empty common sample type list'

"$bin" -top "$good" text >both 2>&1
ok 'notices stand before the report' test "$(sed -n 's/: .*//; 1,3p' both | tr '\n' ' ')" = \
	'text Fetched 1 source profiles out of 2 File '

for pair in "-focus=nosuch -tagshow=[|Focus|tagshow" "-tagshow=nosuch -taghide=[|TagShow|taghide"; do
	flags=${pair%%|*} name=${pair##*|}
	# shellcheck disable=SC2086 # two flags
	pprof -top $flags "$good"
	told=${pair#*|}
	ok "a wrong $name is told after what matched nothing" said "${told%|*} expression matched no samples" \
		"parsing $name regexp: error parsing regexp: missing closing ]: \`[\`"
done

# fetched SOURCE URL: the line says how to come by it
fetched() {
	pprof -top "$1"
	ok "$1 is refused with what to do" refused "not there yet: curl -o profile.pb.gz '$2', and open that$"
}

fetched http://localhost:1/debug/pprof/heap http://localhost:1/debug/pprof/heap
fetched http://localhost:1/ http://localhost:1/debug/pprof/profile
fetched localhost:6060 http://localhost:6060/debug/pprof/profile
fetched :6060 http://localhost:6060/debug/pprof/profile
fetched localhost:6060/x http://localhost:6060/x
fetched 'localhost:6060?seconds=1' 'http://localhost:6060[?]seconds=1'
refuses 'a file name with a colon' 'no such file' 'a:b'
refuses 'a path with a colon' 'no such file' './a:1'

pprof -symbolize=sometimes -top -nodecount=1 "$good"
ok 'what -symbolize does not know is told' said 'ignoring unrecognized symbolization option: sometimes' \
	'expecting -symbolize=[local|fastlocal|remote|none][:force][:demangle=[none|full|templates|default]'

pprof -no_browser "$good"
ok '-no_browser goes with -http only' said '-no_browser only makes sense with -http'
pprof -no_browser -top -svg "$good"
ok 'which is judged after the formats' said 'must set at most one output format'
pprof -http=localhost:1 -top "$good"
ok '-http goes with no report' said '-http is not compatible with an output format on the command line'
pprof -http=localhost:1 -no_browser "$good"
ok 'a server is refused' said '-http is not there yet'
plan
