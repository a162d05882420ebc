#!/bin/sh
# Lint: calls that are banned, everywhere or outside their one place.
#
# Lives here: the lists.
. "${srcdir:-.}/tests/lint/common.sh"

# calls NAMES EXCEPT: reads code, prints the calls of one of NAMES in files not matching EXCEPT
calls() {
	awk -v names="$1" -v except="$2" '
	BEGIN {
		n = split(names, list, " ")
		for (i = 1; i <= n; i++)
			is_banned[list[i]] = 1
	}
	{
		split($0, part, ":")
		if (except != "" && part[1] ~ except)
			next
		rest = substr($0, length(part[1]) + length(part[2]) + 3)
		while (match(rest, /[A-Za-z_][A-Za-z_0-9]*[ \t]*\(/)) {
			name = substr(rest, RSTART, RLENGTH - 1)
			before = substr(rest, 1, RSTART - 1)
			sub(/[ \t]+$/, "", name)
			# a member, as in loop->free(x), is a function of ours
			if (name in is_banned && before !~ /(\.|->)$/)
				print part[1] ":" part[2] ": " name
			rest = substr(rest, RSTART + RLENGTH)
		}
	}'
}

# shellcheck disable=SC2046 # our own names, without blanks
all=$(code $(our_files src -- c h cc))

rule() {
	verdict "$1" "$(printf '%s\n' "$all" | calls "$2" "$3")"
}

plan 4
rule 'calls that no one makes' \
	'strcpy strcat sprintf vsprintf strncpy strncat strtok atoi atol atoll atof gets system popen
	 rand srand random setjmp sigsetjmp longjmp siglongjmp alloca' ''
rule 'memory comes from base/' \
	'malloc calloc realloc reallocarray free strdup strndup asprintf vasprintf aligned_alloc' \
	'^src/base/'
rule 'the program ends in main.c (_exit: in a forked child too)' \
	'exit abort quick_exit _Exit' '^src/main\.c$'
rule 'printing is for main.c; everyone else has base/out.h' \
	'printf fprintf vprintf vfprintf puts fputs putchar putc fputc fwrite perror dprintf' \
	'^src/main\.c$'
