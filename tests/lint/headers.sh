#!/bin/sh
# Lint: headers compile alone, twice, and in C++ where they say so.
#
# Lives here: compiling a file of nothing but the header.
. "${srcdir:-.}/tests/lint/common.sh"

# alone HEADER COMPILER...: what the compiler says to it; $LINT_CPPFLAGS is from the makefile
alone() {
	header=${1#src/}
	shift
	# shellcheck disable=SC2086 # words on purpose
	printf '#include "config.h"\n#include "%s"\n#include "%s"\n' "$header" "$header" |
		"$@" -fsyntax-only -Wall -Wextra -Werror $LINT_CPPFLAGS - 2>&1 |
		sed "s|^|$header: |"
}

in_c() {
	# shellcheck disable=SC2086 # the compiler may have options
	for header in $(our_files src -- h); do
		alone "$header" $CC -x c -std=c11
	done
}

in_cxx() {
	# shellcheck disable=SC2086
	for header in $(our_files src -- h); do
		! grep -q __cplusplus "$top/$header" || alone "$header" $CXX -x c++ -std=c++17
	done
}

guards() {
	for header in $(our_files src -- h); do
		guard=$(printf '%s' "${header#src/}" | tr 'a-z/.-' 'A-Z___')
		grep -q "^#ifndef $guard\$" "$top/$header" || echo "$header: no #ifndef $guard"
	done
}

plan 3
verdict 'headers compile alone in C' "$(in_c)"
verdict 'headers that mention C++ compile alone in it' "$(in_cxx)"
verdict 'the guard of a header is its path' "$(guards)"
