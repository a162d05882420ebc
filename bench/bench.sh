#!/bin/sh
# bench: wall time and peak memory on large profiles, as ratios to the floor and to the reference.
#
# Lives here: which profiles, which reports, what is wanted of them, the table.
# Not here: generating (genprofile.c), the floor (floor.c), measuring one command (measure.c) or the
# viewer on a pseudo-terminal (keys.c).
#
#	make bench			medians of five; about three minutes
#	make bench BENCH_ONLY=viewer	the viewer alone
#	make bench BENCH_QUICK=1	one run each, of the smallest profile and the real one
#	make bench REFERENCE=1		go tool pprof too, REFERENCE_RUNS times (1); about ten minutes
#	make bench BENCH_BIN=PATH	another binary
#
# Runs in the build directory and keeps the generated profiles there, in bench/profiles.  The
# floor is zlib's inflate of the file plus one pass over its varints, measured in the same run.
# The table goes to bench/results.txt too; a figure that is not what is wanted is marked with !.
set -u

source=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P) || exit 1
quick=${BENCH_QUICK:-}
runs=${BENCH_RUNS:-5}
reference_runs=${REFERENCE_RUNS:-1}
bin=${BENCH_BIN:-src/cpprof-view}
profiles=bench/profiles
[ -z "$quick" ] || runs=1
failed=0

# What is wanted: so many times sooner than the reference, with so many times less memory, and
# at most so many times the floor.  `-` is no wish.
#
#	profile	sooner	less	floor	options of genprofile
table='
	s100k	25	5	1.5	-samples 100000 -funcs 5000 -depth 30
	l100k	150	25	1.5	-samples 100000 -funcs 5000 -depth 30 -labels 50000
	m400k	30	6	1.5	-samples 400000 -funcs 20000 -depth 40
	h1m	100	8	1.5	-samples 1000000 -funcs 30000 -depth 50 -kind heap
'
others='-dot -peek=orders -traces -tags -raw'
others_of=m400k
others_sooner=10
real_ms=5

# A flame graph takes at most so many times the table of functions, and so many bytes.
flame_of=m400k
flame_most=2
flame_bytes_of=h1m
flame_bytes_most=1500000

# The viewer at 160x48: each view with keys that do something there.  Wanted: the first screen within
# 1.2 times of -top, memory within 1.3 times, half of all keys within 4 ms and 95 of 100 within 16.
# The first screen of a real profile within 40 ms; a filter typed and applied within 150.
viewer_of=m400k
viewer_size=160x48
viewer_table='
	top		j*20,PgDn*5,G,k*10,Home,>*2,<*2,r
	flame		j*10,l*8,h*4,=,c*2,Enter,c*2,Enter,Backspace*2,=,v*3,C*3,j*8,k*8
	sandwich	j*6,k*5,Enter,j,Enter,Backspace*2,j*4,k*4,j*4,k*2
	list		j*10,k*5
	tree		Right,j,Right,j*10,c,k*10,+,j*20,k*10
	tags		j*5,k*5
	traces		j*20,Enter,j*10,PgDn*5,Enter,G,k*10,Home
	overview	j*5,G,k*5
'
viewer_filter=':focus=orders,:focus=,:focus=orders,:focus=,:focus=orders'

# The tool itself, without the go command in front of it.
pprof=
if [ -n "${REFERENCE:-}" ]; then
	pprof=$(go tool -n pprof)
	if [ ! -x "$pprof" ]; then
		echo "bench: no go tool pprof here" >&2
		exit 1
	fi
fi

# No symbols are looked up, no settings are read, by either.
PPROF_BINARY_PATH=/nonexistent
HOME=$PWD/$profiles
PPROF_TMPDIR=$HOME
export PPROF_BINARY_PATH PPROF_TMPDIR HOME

mkdir -p "$profiles" || exit 1

# generate NAME OPTIONS...
generate() {
	file=$profiles/$1.pb.gz
	shift
	[ -e "$file" ] && [ -z "$(find bench/genprofile -newer "$file")" ] && return 0
	bench/genprofile "$@" -o "$file.new" && mv "$file.new" "$file"
}

# measured RUNS COMMAND...: "seconds kB", or "- -" when it fails
measured() {
	bench/measure "$@" 2>"$profiles/stderr" || {
		tail -n 3 "$profiles/stderr" >&2
		echo '- -'
	}
}

line() {
	printf '%-6s %-13s %9s %8s %9s %7s %10s %9s %9s %9s\n' "$@"
}

# row PROFILE FILE REPORT SOONER LESS FLOOR MS: measures and prints one line
row() {
	floor=$(measured "$runs" bench/floor "$2")
	ours=$(measured "$runs" "$bin" "$3" "$2")
	theirs='- -'
	[ -z "$pprof" ] || theirs=$(measured "$reference_runs" "$pprof" "$3" "$2")
	# shellcheck disable=SC2046,SC2086 # two words each
	line "$1" "$3" $(awk -v sooner="$4" -v less="$5" -v floor="$6" -v most="$7" '
		function ratio(a, b, wanted, at_most) {
			if (a == "-" || b == "-" || b == 0)
				return "-"
			is_missed = wanted != "-" && (at_most ? a / b > wanted : a / b < wanted)
			return sprintf("%.1f%s", a / b, is_missed ? "!" : "")
		}
		function ms(s, most) {
			if (s == "-")
				return s
			return sprintf("%.1f%s", s * 1000, most != "-" && s * 1000 > most ? "!" : "")
		}
		function mb(kb) { return kb == "-" ? kb : sprintf("%.1f", kb / 1024) }
		{
			print ms($3, most), mb($4), ms($1, "-"), ratio($3, $1, floor, 1), ms($5, "-"),
				mb($6), ratio($5, $3, sooner, 0), ratio($6, $4, less, 0)
		}' <<-END
		$floor $ours $theirs
	END
	)
	case $ours in
	-*) failed=1 ;;
	esac
}

# ms_mb "SECONDS KB": as milliseconds and megabytes
ms_mb() {
	echo "$1" | awk '{ print $1 == "-" ? $1 : sprintf("%.1f", $1 * 1000), $2 == "-" ? $2 : sprintf("%.1f", $2 / 1024) }'
}

# ratio A B MOST: how many times B's seconds A takes, marked when that is more than MOST; - is no wish
ratio() {
	echo "$1 $2 $3" | awk '
		$1 == "-" || $3 == "-" { print "-"; exit }
		{ printf("%.1f%s\n", $1 / $3, $5 != "-" && $1 / $3 > $5 ? "!" : "") }'
}

flame_line() {
	printf '%-36s %9s %8s %9s %9s\n' "$@"
}

# Flame graphs from the file to the SVG, beside the table of functions, and inferno where it is
# installed (cargo install inferno), from folded stacks that are there already.
flames() {
	file=$profiles/$flame_of.pb.gz
	top=$(measured "$runs" "$bin" -top "$file")
	ours=$(measured "$runs" "$bin" -flamegraph "$file")
	echo
	flame_line "flame graph of $flame_of" ms MB 'x -top' 'x ours'
	# shellcheck disable=SC2046 # two words
	flame_line '-flamegraph' $(ms_mb "$ours") "$(ratio "$ours" "$top" "$flame_most")" -
	if command -v inferno-flamegraph >/dev/null 2>&1; then
		folded=$profiles/$flame_of.folded
		making=$(measured 1 "$bin" -folded "$file")
		"$bin" -folded "$file" >"$folded"
		theirs=$(measured "$runs" inferno-flamegraph "$folded")
		rm -f "$folded"
		# shellcheck disable=SC2046
		flame_line '-folded, which it reads' $(ms_mb "$making") "$(ratio "$making" "$top" -)" -
		# shellcheck disable=SC2046
		flame_line 'inferno-flamegraph on that' $(ms_mb "$theirs") \
			"$(ratio "$theirs" "$top" -)" "$(ratio "$theirs" "$ours" -)"
	fi
	bytes=$("$bin" -flamegraph "$profiles/$flame_bytes_of.pb.gz" | wc -c)
	[ "$bytes" -le "$flame_bytes_most" ] || bytes=$bytes!
	echo "flame graph of $flame_bytes_of: $bytes bytes"
	case $ours in
	-*) failed=1 ;;
	esac
}

viewer_line() {
	printf '%-8s %-9s %9s %7s %9s %7s %8s %8s %8s\n' "$@"
}

# viewer_row PROFILE FILE VIEW KEYS FIRST TOP_MS TOP_KB MEDIAN P95: measures and prints one line; FIRST is
# the most ms of the first screen, or - for 1.2 times of -top
viewer_row() {
	found=$(bench/keys "$viewer_size" Overview "$4" "$bin" -view="$3" "$2" 2>"$profiles/stderr") || {
		cat "$profiles/stderr" >&2
		failed=1
		return
	}
	# shellcheck disable=SC2046,SC2086 # words on purpose
	viewer_line "$1" "$3" $(echo "$found" | awk -v top_ms="$6" -v top_kb="$7" -v first="$5" -v median="$8" -v p95="$9" '
		function mark(shown, is_missed) {
			return shown (is_missed ? "!" : "")
		}
		{
			is_late = first == "-" ? $1 > 1.2 * top_ms : $1 > first
			print mark(sprintf("%.1f", $1), is_late), sprintf("%.2f", $1 / top_ms),
				mark(sprintf("%.1f", $5 / 1024), first == "-" && $5 > 1.3 * top_kb),
				sprintf("%.2f", $5 / top_kb), mark($2, $2 > median), mark($3, $3 > p95), $4
		}')
}

# viewer_rows PROFILE FILE FIRST: all views of a profile beside its -top
viewer_rows() {
	top=$(measured "$runs" "$bin" -top "$2")
	top_ms=$(echo "$top" | awk '{ print $1 * 1000 }')
	top_kb=${top#* }
	while read -r view keys; do
		[ -z "$view" ] || viewer_row "$1" "$2" "$view" "$keys" "$3" "$top_ms" "$top_kb" 4 16
	done <<-END
	$viewer_table
	END
	viewer_row "$1" "$2" top "$viewer_filter" "$3" "$top_ms" "$top_kb" 150 150
}

viewer() {
	echo
	echo "the viewer at $viewer_size; ms and MB; the last row of a profile: filters typed and applied"
	viewer_line profile view 'first ms' 'x -top' MB 'x -top' median p95 longest
	viewer_rows real "$source/demo/shop1.cpu.pb.gz" 40
	[ -n "$quick" ] || viewer_rows "$viewer_of" "$profiles/$viewer_of.pb.gz" -
}

everything() {
	if [ "${BENCH_ONLY:-}" = viewer ]; then
		generate "$viewer_of" -samples 400000 -funcs 20000 -depth 40
		viewer
		return $failed
	fi
	echo "medians of $runs${pprof:+, of the reference $reference_runs}; ms and MB; $(nproc) cores"
	line profile report 'ours ms' 'ours MB' 'floor ms' 'x floor' "ref ms" 'ref MB' 'x sooner' 'x less'
	row real "$source/demo/shop1.cpu.pb.gz" -top - - - "$real_ms"
	while read -r name sooner less floor options; do
		[ -n "$name" ] || continue
		# shellcheck disable=SC2086 # words on purpose
		generate "$name" $options || exit 1
		row "$name" "$profiles/$name.pb.gz" -top "$sooner" "$less" "$floor" -
		[ -z "$quick" ] || break
		[ "$name" = "$others_of" ] || continue
		for report in $others; do
			row "$name" "$profiles/$name.pb.gz" "$report" "$others_sooner" - - -
		done
	done <<-END
	$table
	END
	[ -n "$quick" ] || flames
	viewer
	return $failed
}

# the status of `everything` is what counts, not that of tee
{ everything; echo $? >bench/status; } | tee bench/results.txt
status=$(cat bench/status)
rm -f bench/status
exit "$status"
