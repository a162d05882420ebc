#!/bin/sh
# bench-merge: wall time and peak memory of merging many profiles.
#
# Lives here: which profiles, what is wanted, the table.
# Not here: one large profile (bench.sh), generating (genprofile.c), measuring one command (measure.c).
#
#	make bench-merge		about a minute
#	make bench-merge REFERENCE=1	go tool pprof too, once
#	make bench-merge BENCH_BIN=PATH	another binary
#
# Runs in the build directory and keeps the generated profiles there, in bench/profiles/merge.  A figure that is not what
# is wanted is marked with !: 200 different files are to merge 10 times sooner than in the reference, and a thousand
# files that hold no more than ten of them do are to need at most twice the memory of the ten: more than 128 files are
# merged in chunks, as in the reference, so that there are two results at a time.
set -u

bin=${BENCH_BIN:-src/cpprof-view}
runs=${BENCH_RUNS:-3}
profiles=bench/profiles/merge
sooner=10
memory=2

pprof=
if [ -n "${REFERENCE:-}" ]; then
	pprof=$(go tool -n pprof)
	if [ ! -x "$pprof" ]; then
		echo "merge: no go tool pprof here" >&2
		exit 1
	fi
fi

# No symbols are looked up, no settings are read, by either.
mkdir -p "$profiles" || exit 1
PPROF_BINARY_PATH=/nonexistent
HOME=$PWD/$profiles
PPROF_TMPDIR=$HOME
export PPROF_BINARY_PATH PPROF_TMPDIR HOME

# generate NAME FILES SAMPLES: NAME.1.pb.gz and so on, of one program and different runs
generate() {
	i=1
	while [ "$i" -le "$2" ]; do
		file=$profiles/$1.$i.pb.gz
		if [ ! -e "$file" ] || [ -n "$(find bench/genprofile -newer "$file")" ]; then
			bench/genprofile -samples "$3" -funcs 5000 -depth 30 -seed "$i" -o "$file" || exit 1
		fi
		i=$((i + 1))
	done
}

# measured RUNS COMMAND...: "seconds kB", or "- -" when it fails
measured() {
	bench/measure "$@" 2>"$profiles/stderr" || {
		tail -n 3 "$profiles/stderr" >&2
		echo '- -'
	}
}

# line WHAT OURS REFERENCE SOONER MOST_KB
line() {
	echo "$2 $3" | awk -v what="$1" -v sooner="$4" -v most="$5" '
		function mark(is_missed) { return is_missed ? "!" : "" }
		$1 == "-" { printf("%-34s fails\n", what); exit }
		{
			printf("%-34s %9.0f %9s", what, $1 * 1000, sprintf("%.1f%s", $2 / 1024, mark(most && $2 > most)))
			if ($3 != "-")
				printf(" %9.0f %9.1f %9s", $3 * 1000, $4 / 1024,
					sprintf("%.1f%s", $3 / $1, mark(sooner && $3 / $1 < sooner)))
			print ""
		}'
}

# reference COMMAND...: as measured, once, where it is there
reference() {
	if [ -n "$pprof" ]; then
		measured 1 "$pprof" "$@"
	else
		echo '- -'
	fi
}

# repeated N FILE...: all of them N times
repeated() {
	n=$1
	shift
	while [ "$n" -gt 0 ]; do
		printf '%s\n' "$@"
		n=$((n - 1))
	done
}

generate small 200 7300
generate large 10 24400

echo "-top, medians of $runs${pprof:+, of the reference 1}; ms and MB; $(nproc) cores"
printf '%-34s %9s %9s %9s %9s %9s\n' merging 'ours ms' 'ours MB' 'ref ms' 'ref MB' 'x sooner'
line '200 files of 300 kB' "$(measured "$runs" "$bin" -top "$profiles"/small.*)" \
	"$(reference -top "$profiles"/small.*)" "$sooner" 0
ten=$(measured "$runs" "$bin" -top "$profiles"/large.*)
line '10 files of 1 MB' "$ten" "$(reference -top "$profiles"/large.*)" 0 0
most=$(echo "$ten" | awk -v memory="$memory" '{ print $2 * memory }')
# shellcheck disable=SC2046 # names without blanks
line '1,000 files: these, 100 times each' "$(measured 1 "$bin" -top $(repeated 100 "$profiles"/large.*))" '- -' 0 "$most"
