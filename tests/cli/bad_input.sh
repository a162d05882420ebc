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
refuses 'a directory' 'directory' directory
refuses 'an empty file' 'empty' empty
refuses 'a device' 'empty|device' /dev/null
refuses 'a device without an end' 'more than 67108864 bytes' /dev/zero
refuses 'a page of HTML' 'web page|HTML' page.html
refuses 'an executable' 'ELF|executable|object file' "$bin"
refuses 'a Go execution trace' 'trace' trace.out
refuses 'plain text' 'profile' text
refuses 'gzip that ends early' 'EOF|end' cut.pb.gz
refuses 'gzip that ends in its header' 'EOF|header|end' cut-header.pb.gz
refuses 'gzip with a changed byte' 'corrupt|checksum|byte' changed.pb.gz
refuses 'a profile that ends early' 'byte [0-9]+' cut.pb
refuses 'a varint that ends early' 'byte 1' cut-varint.pb
refuses 'gzip of something else' 'profile' no-profile.gz
refuses 'gzip of nothing' 'empty' nothing.gz
plan
