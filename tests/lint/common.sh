# Frame of the lints, sourced by each of them.
#
# Lives here: the list of our files, code without comments and strings, verdicts in TAP.
# Not here: the rules.
#
# A lint says how many rules it has (`plan 2`), then for each of them: what went against it, one
# line a finding (`verdict RULE "$(findings)"`); no line is a pass.
# shellcheck shell=sh
set -u

top=${srcdir:-.}
number=0

plan() {
	echo "1..$1"
}

verdict() {
	number=$((number + 1))
	if [ -z "$2" ]; then
		echo "ok $number - $1"
	else
		echo "not ok $number - $1"
		printf '%s\n' "$2" | sed 's/^/# /'
	fi
}

# our_files FOLDER... -- SUFFIX...: paths below the top, in a stable order
our_files() {
	folders='' names=''
	while [ "$1" != -- ]; do
		[ ! -d "$top/$1" ] || folders="$folders $1"
		shift
	done
	shift
	for suffix in "$@"; do
		names="$names${names:+ -o} -name *.$suffix"
	done
	# shellcheck disable=SC2086 # words on purpose
	(cd "$top" && set -f && find $folders -type f \( $names \) | LC_ALL=C sort)
}

# code FILE...: "file:line:text" of each line, comments and the insides of literals blanked
code() {
	(cd "$top" && awk -f tests/lint/code.awk "$@")
}
