#!/bin/sh
# Command line: files for reports, browsers and other tools.
#
# Lives here: that each is what it says to be, that names stay names in it, that its total is that of
# the table of functions, where it goes and who is shown it.
# Not here: what a browser makes of it (tests/browser/).

# shellcheck source=tests/cli/common.sh
. "$(dirname -- "$0")/common.sh"

made=$PWD/tests/screen/folded
good=$top/demo/shop1.cpu.pb.gz
cd "$work" || exit 1
mkdir tools tmp
TMPDIR=$work/tmp
export TMPDIR

has() {
	command -v "$1" >/dev/null 2>&1
}

# skip NAME WHY: a case that cannot be tried here
skip() {
	number=$((number + 1))
	echo "ok $number - $1 # SKIP $2"
}

valid_xml() {
	[ "$status" -eq 0 ] && xmllint --noout "$1" 2>>err
}

valid_json() {
	[ "$status" -eq 0 ] && python3 -c 'import json, sys; json.load(open(sys.argv[1]))' "$1" 2>>err
}

says() {
	[ "$status" -eq "$1" ] && grep -Fq -- "$2" err
}

# ---- hostile names: a name of a hundred thousand bytes among them ----

# As they are: demangling would take the angle brackets of some for templates.

{
	cat "$top/tests/exports/hostile.folded"
	printf 'main.main;%0100000d 1 10000000\n' 0
} >hostile.folded
"$made" <hostile.folded >hostile.pb || exit 1

scripts() {
	[ "$(grep -o '<script' out | wc -l)" -eq "$1" ] && [ "$(grep -o '</script>' out | wc -l)" -eq "$1" ]
}

for options in '' -inverted -flame_up '-flame_width=300' -lines; do
	# shellcheck disable=SC2086 # none, or one word
	pprof -flamegraph -symbolize=none $options hostile.pb
	ok "hostile names: flamegraph $options has one script" scripts 1
	if has xmllint; then
		ok "hostile names: flamegraph $options is XML" valid_xml out
	else
		skip "hostile names: flamegraph $options is XML" 'no xmllint'
	fi
done
pprof -flamegraph=html -symbolize=none hostile.pb
ok 'hostile names: the page has its own scripts only' scripts 3

well_folded() {
	[ "$(wc -l <out)" -eq 14 ] && ! LC_ALL=C grep -q '[[:cntrl:]]' out &&
		[ "$(grep -c '^main.main;.* 10000000$' out)" -eq 14 ]
}
pprof -folded -symbolize=none hostile.pb
ok 'hostile names: folded has a line a stack' well_folded

table_rows() {
	[ "$(grep -c '^| ' out)" -eq 16 ] && ! LC_ALL=C grep -q '[[:cntrl:]]' out
}
pprof -markdown -symbolize=none hostile.pb
ok 'hostile names: markdown has a row a function' table_rows

pprof -speedscope -symbolize=none hostile.pb
if has python3; then
	ok 'hostile names: speedscope is JSON' valid_json out
else
	skip 'hostile names: speedscope is JSON' 'no python3'
fi

one_graph() {
	[ "$status" -eq 0 ] && dot -Tcanon out >canon 2>>err && [ "$(grep -c '^digraph' canon)" -eq 1 ]
}
if has dot; then
	# Without the longest, which dot would take its time for.
	"$made" <"$top/tests/exports/hostile.folded" >short.pb
	pprof -dot -nodecount=0 -symbolize=none short.pb
	ok 'hostile names: dot is one graph' one_graph
	pprof -svg -nodecount=0 -symbolize=none short.pb
	if has xmllint; then
		ok 'hostile names: svg is XML' valid_xml out
	else
		skip 'hostile names: svg is XML' 'no xmllint'
	fi
else
	skip 'hostile names: dot is one graph' 'no dot'
	skip 'hostile names: svg is XML' 'no dot'
fi
ok 'hostile names: nothing was run' test ! -e pwned

# Each name comes back as it is, or as what stands in for its bytes that are no text.
csv_names() {
	python3 -c '
import csv, sys
rows = list(csv.reader(open(sys.argv[1], newline="", encoding="utf-8", errors="surrogateescape")))
assert len({len(row) for row in rows}) == 1, [len(row) for row in rows]
names = [row[-1] for row in rows] + [row[0] for row in rows]
assert any("<script>window.pwned=1" in name for name in names), names
assert any("line\nbreak" in name for name in names), names
assert any(len(name) == 100000 for name in names)' out 2>>err
}
json_names() {
	python3 -c '
import json, sys
text = open(sys.argv[1], "rb").read()
assert b"<" not in text and b"\xe2\x80\xa8" not in text
text = json.dumps(json.loads(text), ensure_ascii=False)
assert "<script>window.pwned=1" in text and "line\\nbreak" in text and "0" * 100000 in text' out 2>>err
}
if has python3; then
	pprof -top -csv -trim=false -symbolize=none hostile.pb
	ok 'hostile names: CSV has them' csv_names
	pprof -top -json -trim=false -symbolize=none hostile.pb
	ok 'hostile names: JSON has them' json_names
else
	skip 'hostile names: CSV has them' 'no python3'
	skip 'hostile names: JSON has them' 'no python3'
fi

# ---- deep stacks: 3999 frames and the root, and one more ----

deep() {
	awk -v n="$1" 'BEGIN { for (i = 1; i < n; i++) printf "f;"; print "f 1 10000000" }' |
		{ printf '!type samples count\n!type cpu nanoseconds\n' && cat; } | "$made" >deep.pb
	pprof -flamegraph deep.pb
}
deep 3999
ok 'a deep stack is drawn to its leaf' test "$status" -eq 0 -a "$(grep -c 'none is drawn below' out)" -eq 0
deep 4000
ok 'a deeper one is said to be cut' grep -q '>none is drawn below the first 4000<' out

# ---- totals ----

same_totals() {
	total=$("$bin" -top -nodecount=1 -unit=ns "$1" | sed -n 's/.* of \([0-9]*\)[A-Za-z]* total$/\1/p')
	folded=$("$bin" -folded "$1" | awk '{ sum += $NF } END { printf "%.0f\n", sum }')
	"$bin" -flamegraph "$1" >out
	step=$(sed -n 's/.*"step":\([0-9]*\).*/\1/p' out)
	root=$(sed -n 's/.*"nodes":\[0,1,\([0-9]*\),.*/\1/p' out)
	[ -n "$total" ] && [ "$total" -eq "$folded" ] && [ "$total" -eq "$((step * root))" ]
}
for file in "$top"/demo/*.pb.gz "$top"/tests/data/*.pb.gz; do
	ok "total of ${file##*/}" same_totals "$file"
	if has xmllint; then
		ok "flamegraph of ${file##*/} is XML" valid_xml out
	else
		skip "flamegraph of ${file##*/} is XML" 'no xmllint'
	fi
done

# What has been won and lost: flat of all functions, stacks after less stacks before, the root.
same_differences() {
	flat=$("$bin" -top -trim=false -unit=ns "$@" | awk 'is_row { sum += $1 } / flat% / { is_row = 1 } END { printf "%.0f\n", sum }')
	folded=$("$bin" -folded "$@" | awk '{ sum += $NF - $(NF - 1) } END { printf "%.0f\n", sum }')
	"$bin" -flamegraph "$@" >out
	status=$?
	after=$(sed -n 's/.*"nodes":\[0,1,[0-9]*,-*[0-9]*,[0-9]*,[0-9]*,\([0-9]*\),.*/\1/p' out)
	before=$(sed -n 's/.*"nodes":\[0,1,[0-9]*,-*[0-9]*,[0-9]*,[0-9]*,[0-9]*,\([0-9]*\),.*/\1/p' out)
	step=$(sed -n 's/.*"step":\([0-9]*\).*/\1/p' out)
	"$bin" -proto "$@" >written.pb.gz
	written=$("$bin" -top -trim=false -unit=ns written.pb.gz |
		awk 'is_row { sum += $1 } / flat% / { is_row = 1 } END { printf "%.0f\n", sum }')
	[ "$flat" -lt 0 ] && [ "$flat" -eq "$folded" ] && [ "$flat" -eq "$(((after - before) * step))" ] && [ "$flat" -eq "$written" ]
}
old=$good new=$top/tests/data/shop2.cpu.pb.gz
for flag in -base -diff_base; do
	ok "total with $flag" same_differences "$flag=$old" "$new"
	if has xmllint; then
		ok "flamegraph with $flag is XML" valid_xml out
	else
		skip "flamegraph with $flag is XML" 'no xmllint'
	fi
done

if has dot && has xmllint; then
	for file in "$top"/demo/*.pb.gz; do
		pprof -svg "$file"
		ok "svg of ${file##*/} is XML" valid_xml out
	done
	pprof -svg "-diff_base=$old" "$new"
	ok 'svg of a comparison is XML' valid_xml out
else
	skip 'svg is XML' 'no dot, or no xmllint'
fi

# ---- files ----

"$bin" -flamegraph "$good" >one.svg 2>err
"$bin" -flamegraph "$good" >two.svg 2>err
ok 'the same profile gives the same bytes' cmp -s one.svg two.svg
no_references() {
	! sed 's|xmlns="http://www.w3.org/2000/svg"||; s|NS = .http://www.w3.org/2000/svg.||
		s|createElementNS(.http://www.w3.org/1999/xhtml.||' "$1" |
		grep -Eq 'https?://|href=|src=|url\(|@import'
}
ok 'the picture refers to nothing outside' no_references one.svg
"$bin" -flamegraph=html "$good" >one.html 2>err
ok 'the page refers to nothing outside' no_references one.html
pprof -flamegraph -output=named.svg "$good"
ok '-output names a file' cmp -s one.svg named.svg
ok '-output says so' says 0 'Generating report in named.svg'

if has script; then
	script -qec "\"$bin\" -flamegraph \"$good\"" /dev/null >out 2>err </dev/null
	status=$?
	ok 'on a terminal a file with a number is written' cmp -s one.svg profile001.svg
	ok 'on a terminal the file is named' grep -q 'Generating report in profile001.svg' out
	script -qec "\"$bin\" -flamegraph \"$good\"" /dev/null >out 2>err </dev/null
	ok 'the next one gets the next number' cmp -s one.svg profile002.svg
	script -qec "\"$bin\" -markdown \"$good\"" /dev/null >out 2>err </dev/null
	ok 'on a terminal text is printed' grep -q 'runtime.mallocgc' out
else
	skip 'on a terminal a file with a number is written' 'no script'
fi

# ---- files, whole or not at all ----

mkdir whole
ln -s real.svg whole/link.svg
pprof -flamegraph -output=whole/link.svg "$good"
ok 'a link is written through' test -L whole/link.svg -a -f whole/real.svg
echo old >whole/real.svg
(
	trap '' XFSZ
	ulimit -f 8
	"$bin" -flamegraph -output=whole/real.svg "$good" >out 2>err
	echo $? >status
)
status=$(cat status)
ok 'a disk that is full is told' says 2 'write whole/real.svg: file too large'
ok 'and the old file is as it was' test "$(cat whole/real.svg)" = old -a "$(ls whole | wc -l)" -eq 2
pprof -flamegraph -output=/dev/full "$good"
ok 'so is a device' says 2 'write /dev/full: no space left on device'
"$bin" -flamegraph "$good" >/dev/full 2>err
status=$?
ok 'so is standard output' says 2 'write output: no space left on device'

# ---- Graphviz, played by a script ----

tool() {
	cat >"tools/$1"
	chmod +x "tools/$1"
}
alone=$work/tools:/bin:/usr/bin
tool dot <<'END'
#!/bin/sh
echo "dot $*" >>called
cat >given.dot
printf '<?xml version="1.0"?>\n<svg width="1pt" height="2pt"\n viewBox="0 0 1 2" xmlns="http://www.w3.org/2000/svg">\n'
printf '<g id="graph0" class="graph"><text>a&;b\033</text></g></svg>\n'
END
PATH=$alone "$bin" -svg "$good" >out 2>err
status=$?
"$bin" -dot "$good" >wanted.dot
ok 'dot is given the DOT' cmp -s wanted.dot given.dot
ok 'dot is asked for SVG' grep -qx 'dot -Tsvg' called
massaged() {
	grep -Fq '<svg width="100%" height="100%" xmlns=' out &&
		grep -Fq ']]></script><g id="viewport" transform="scale(0.5,0.5) translate(0,0)"><g id="graph0"' out &&
		tail -n 1 out | grep -q '<text>a&amp;;b.*</text></g></g></svg>$'
}
ok 'svg can be moved about' massaged
ok 'svg has no control characters' test "$(LC_ALL=C tr -d '\n\t\040-\176\200-\377' <out | wc -c)" -eq 0
tool dot <<'END'
#!/bin/sh
echo 'Error: it is too large' >&2
exit 1
END
PATH=$alone "$bin" -png -output=broken.png "$good" >out 2>err
status=$?
ok 'a dot that fails is told' says 2 'Is Graphviz installed? Error: Error: it is too large: exit status 1'
ok 'then there is no file' test ! -e broken.png
tool dot <<'END'
#!/bin/sh
echo $$ >dot.pid
echo '<svg>'
sleep 100
END
for signal in INT TERM KILL; do
	rm -f dot.pid
	# A shell has what it starts in the background ignore INT.
	if [ $signal = INT ] && ! env --default-signal=INT true 2>/dev/null; then
		skip 'a program that INT ends leaves the old file and no other' 'env has no --default-signal'
		continue
	fi
	(
		PATH=$alone
		[ $signal != INT ] || set -- env --default-signal=INT
		exec "$@" "$bin" -svg -output=whole/real.svg "$good"
	) >out 2>err &
	while [ ! -s dot.pid ]; do sleep 0.1; done
	kill -s "$signal" $!
	wait $! 2>/dev/null
	status=$?
	kill "$(cat dot.pid)" 2>/dev/null
	ok "a program that $signal ends leaves the old file and no other" \
		test "$status" -gt 128 -a "$(cat whole/real.svg)" = old -a "$(ls whole | wc -l)" -eq 2
done
rm tools/dot

# PATH without dot
mkdir bare
for name in sh cat cp sleep rm; do
	ln -s "$(command -v $name)" bare/$name
done
bare=$work/tools:$work/bare
PATH=$bare "$bin" -png "$good" >out 2>err
status=$?
ok 'a missing dot is told in a line' test "$status" -eq 2 -a "$(wc -l <err)" -eq 1 -a ! -s out
ok 'with what to do' says 2 '-flamegraph draws without it'

# ---- viewers, played by scripts ----

tool viewer <<'END'
#!/bin/sh
echo "${0##*/} $*" >>shown
for file; do :; done
cp "$file" "seen.${file##*.}"
[ "${0##*/}" != evince ]
END
for name in gv evince eog kcachegrind chromium firefox; do
	cp tools/viewer tools/$name
done
tool dot <<'END'
#!/bin/sh
cat
END
viewed() {
	[ "$status" -eq 0 ] && grep -Eqx "$1" shown && [ -s "$2" ] && [ -z "$(ls tmp)" ]
}
PATH=$bare "$bin" -gv "$good" >out 2>err
status=$?
ok 'gv is shown PostScript' viewed "gv --noantialias $work/tmp/cpprof-view-.*\.ps" seen.ps
PATH=$bare "$bin" -kcachegrind "$good" >out 2>err
status=$?
"$bin" -callgrind "$good" >wanted
ok 'kcachegrind is shown a file for it' viewed "kcachegrind $work/tmp/.*\.grind" seen.grind
ok 'it is what -callgrind writes' cmp -s wanted seen.grind
PATH=$bare "$bin" -eog "$good" >out 2>err
status=$?
ok 'eog is shown SVG' viewed "eog $work/tmp/.*\.svg" seen.svg
PATH=$bare "$bin" -evince "$good" >out 2>err
status=$?
ok 'a viewer that fails is told' says 2 'exit status 1'
ok 'and its file is gone' test -z "$(ls tmp)"
BROWSER='firefox --new-window' PATH=$bare "$bin" -web "$good" >out 2>err
status=$?
ok 'web takes $BROWSER' viewed "firefox --new-window $work/tmp/.*\.svg" seen.svg
BROWSER='' DISPLAY='' PATH=$bare "$bin" -web "$good" >out 2>err
status=$?
ok 'or the first that there is' viewed "chromium $work/tmp/.*\.svg" seen.svg
pprof -web -output=web.svg "$good"
ok '-output shows nothing' test "$(grep -c . shown)" -eq 6 -a -s web.svg
rm tools/dot
BROWSER='' PATH=$bare "$bin" -web "$good" >out 2>err
status=$?
ok 'without dot, web shows the flame graph' cmp -s one.svg seen.svg
ok 'and says so' says 0 'Graphviz is not installed (Debian: apt install graphviz): flamegraph instead'
rm tools/gv
PATH=$bare "$bin" -gv "$good" >out 2>err
status=$?
ok 'a viewer that is not there, without dot' test "$status" -eq 2
tool sleeper <<'END'
#!/bin/sh
echo $$ >pid
sleep 100
END
cp tools/sleeper tools/kcachegrind
PATH=$bare "$bin" -kcachegrind "$good" >out 2>err &
while [ ! -s pid ]; do sleep 0.1; done
kill -KILL $!
wait $! 2>/dev/null
goes_away() {
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		[ -z "$(ls tmp)" ] && return
		sleep 0.3
	done
	return 1
}
ok 'the file goes even if the program is killed' goes_away
kill "$(cat pid)" 2>/dev/null

# ---- the prompt ----

rm -f shown seen.svg
printf 'flamegraph > prompt.svg\nflamegraph=html > prompt.html\nweb\n' |
	BROWSER='' PATH=$bare "$bin" "$good" >out 2>err
status=$?
# The greeting has told what the profile is: at the prompt heads are short.
"$bin" -compact_labels -flamegraph "$good" >wanted
ok 'the prompt writes the picture' cmp -s wanted prompt.svg
ok 'the prompt shows it' cmp -s wanted seen.svg
ok 'and its file is gone at the end' test "$status" -eq 0 -a -z "$(ls tmp)"
"$bin" -compact_labels -flamegraph=html "$good" >wanted
ok 'the prompt writes the page' cmp -s wanted prompt.html
plan
