#!/bin/sh
# Lint: the manual page against what the program says of itself.
#
# Lives here: every flag of -help and every command of the prompt's help has its place in the page.
# Not here: writing the page (doc/manual.c).
. "${srcdir:-.}/tests/lint/common.sh"

page=doc/cpprof-view.1
bin=src/cpprof-view

# The page's names, plain: "\-top" is -top
named() {
	sed -n 's/\\-/-/g; s/\\e/\\/g; s/^\.B //p' "$page"
}

# missing: reads names and prints those that the page does not have
missing() {
	while read -r name; do
		named | grep -qxF -e "$name" || echo "$page: no $name"
	done
}

plan 3
verdict 'every flag of -help is in the page' \
	"$("$bin" -help | sed -n 's/^  \(-[^ ]*\).*/\1/p' | missing)"
verdict 'every placeholder was filled' "$(grep -n '^@' "$page")"
if command -v groff >/dev/null 2>&1; then
	verdict 'groff has nothing to say' "$(groff -ww -man -Tutf8 "$page" 2>&1 >/dev/null)"
else
	echo 'ok 3 - groff has nothing to say # SKIP groff is missing'
fi
