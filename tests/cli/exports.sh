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
