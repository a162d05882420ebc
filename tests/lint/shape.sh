#!/bin/sh
# Lint: the shape of files and functions.
#
# Lives here: the opening note, the length of functions.
# Not here: what clang-format decides.
. "${srcdir:-.}/tests/lint/common.sh"

# Functions that may pass the limit: "file:name", each with its reason in a comment.
long_ones=''

without_note() {
	for file in $(our_files src -- c h cc); do
		sed '/\*\//q' "$top/$file" | grep -q 'Lives here:' && head -n 1 "$top/$file" | grep -q '^/\*' ||
			echo "$file: does not open with its \"Lives here / Not here\" note"
	done
	for file in $(our_files tests bench demo -- c h); do
		head -n 1 "$top/$file" | grep -q '^/\*' || echo "$file: does not open with a note"
	done
	for file in $(our_files tests bench -- sh awk); do
		sed -n '1{/^#!/n;}; /^# [A-Za-z]/q; q1' "$top/$file" >/dev/null ||
			echo "$file: does not open with a note"
	done
}

# A function is what stands from a { to a } in the first column.
long_functions() {
	# shellcheck disable=SC2046 # our own names, without blanks
	code $(our_files src tests bench -- c h cc) | awk -v allowed=" $long_ones " -v limit=60 '
	{
		split($0, part, ":")
		text = substr($0, length(part[1]) + length(part[2]) + 3)
	}
	text ~ /^[A-Za-z_].*\(/ {
		match(text, /[A-Za-z_][A-Za-z_0-9]*\(/)
		name = substr(text, RSTART, RLENGTH - 1)
	}
	text ~ /^{/ { start = part[2] }
	text ~ /^}/ && start {
		n = part[2] - start + 1
		if (n > limit && !index(allowed, " " part[1] ":" name " "))
			print part[1] ":" start ": " name " has " n " lines, the limit is " limit
		start = 0
	}'
}

# A header that no list names is missing in the archive of `make dist`.
not_listed() {
	for file in $(our_files src tests bench proto -- c h cc def proto); do
		grep -qE "(^|[ 	])(${file}|${file%.c})([ 	]|\$)" "$top/Makefile.am" ||
			echo "$file: not in Makefile.am"
	done
}

plan 3
verdict 'every file opens with its note' "$(without_note)"
verdict 'functions fit a screen' "$(long_functions)"
verdict 'every file is in Makefile.am' "$(not_listed)"
