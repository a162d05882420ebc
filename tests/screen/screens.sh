#!/bin/sh
# Screens: scripts run by the viewer without a terminal, and what is on the screen then.
#
# Lives here: running each NAME.steps and comparing with NAME.screen; running the command line that Y copies
# there, and comparing its screen with the one that it was copied from.
# Not here: what scripts can say (src/tui/script.h).
#
# The head of a .steps file says what to run it on:
#	# profile: json.cpu       tests/data/json.cpu.pb.gz, or in demo, or made from
#				 tests/screen/json.cpu.folded
#	# size: 80x24             several: one screen each
#	# glyphs: utf8 ascii      one of them or both; utf8 when it is not there
#	# dump: cells             with attributes
#	# args: -focus=main       flags
#	# beside: json.mem        other profiles that the flags name
#	# config: theme = light   a line of $XDG_CONFIG_HOME/cpprof-view/config
#	# reproduce: no           the last screen has no command line (a pane, another size)
#	# source: demo/example.com  directories copied to where the viewer runs; names from the top
# SCREENS_WRITE=1 writes the .screen files anew: look at the difference before you commit it.
# SCREENS='top_*' runs only those.
# shellcheck shell=sh disable=SC2086 # words on purpose
set -u

src=$(realpath "${srcdir:-.}/tests/screen")
program=$(realpath "${VIEWER:-src/cpprof-view}")
made=$PWD/tests/screen/made
number=0
mkdir -p "$made"

# The viewer must not find what the person running this has set.
unset NO_COLOR COLORTERM COLORFGBG
HOME=$made TZ=UTC
XDG_CONFIG_HOME=$HOME XDG_STATE_HOME=$HOME
export HOME TZ XDG_CONFIG_HOME XDG_STATE_HOME

# head NAME DEFAULT: what the head of $steps says of NAME
head_of() {
	found=$(sed -n "s/^# $1: //p" "$steps")
	echo "${found:-$2}"
}

# Puts a profile into $made, made if it is a folded one, and says what it is called there.
profile_of() {
	if [ -e "$src/$1.folded" ]; then
		tests/screen/folded <"$src/$1.folded" >"$made/$1.pb" || return 1
		echo "$1.pb"
	else
		cp -f "${srcdir:-.}/tests/data/$1.pb.gz" "$made" 2>/dev/null ||
			cp -f "${srcdir:-.}/demo/$1.pb.gz" "$made"
		echo "$1.pb.gz"
	fi
}

verdict() {
	number=$((number + 1))
	if [ "$1" = 0 ]; then
		echo "ok $number - $2"
	else
		echo "not ok $number - $2"
		sed 's/^/# /' "$made/difference"
	fi
}

# one SIZE GLYPHS
one() {
	base=$(basename "$steps" .steps)
	[ "$sizes" = "$1" ] || base=$base.$1
	[ "$2" = utf8 ] || base=$base.$2
	want=$src/$base.screen
	rm -f "$made/cpprof-view/source_places" # that others have named
	case $2 in
	ascii) locale=C ;;
	*) locale=C.UTF-8 ;;
	esac
	(cd "$made" && LC_ALL=$locale "$program" -script "$steps" -size "$1" \
		"-dump-$(head_of dump screen)" $(head_of args '') "$profile") \
		>"$made/$base.screen" 2>"$made/errors" || cat "$made/errors" >>"$made/$base.screen"
	if [ "${SCREENS_WRITE:-}" ]; then
		cp "$made/$base.screen" "$want"
	fi
	diff -u "$want" "$made/$base.screen" >"$made/difference" 2>&1
	verdict $? "$base"
}

# The command line that Y copies must show the same cells.  F12 means nothing: it takes messages away.
reproduce() {
	base=$(basename "$steps" .steps)
	size=${sizes%% *}
	{ grep -v '@dump' "$steps" && echo F12; } >"$made/there.steps"
	{ cat "$made/there.steps" && echo 'Y @copied'; } >"$made/copy.steps"
	(
		cd "$made" || exit 1
		LC_ALL=C.UTF-8
		export LC_ALL
		"$program" -script there.steps -size "$size" -dump-cells $(head_of args '') "$profile" >there
		copied=$("$program" -script copy.steps -size "$size" $(head_of args '') "$profile")
		cpprof_view() {
			"$program" -dump-cells -size "$size" "$@"
		}
		case $copied in
		cpprof-view\ *) eval "cpprof_view ${copied#cpprof-view}" ;;
		*) echo "nothing was copied: $copied" ;;
		esac >here
	) 2>"$made/errors"
	{ cat "$made/errors" && diff -a -u "$made/there" "$made/here"; } >"$made/difference" 2>&1
	verdict $? "the command line of $base"
}

for steps in "$src"/${SCREENS:-*}.steps; do
	sizes=$(head_of size 80x24)
	mkdir -p "$made/cpprof-view" && head_of config '' >"$made/cpprof-view/config"
	profile=$(profile_of "$(head_of profile json.cpu)")
	for other in $(head_of beside ''); do
		profile_of "$other" >/dev/null
	done
	for source in $(head_of source ''); do
		cp -Rf "${srcdir:-.}/$source" "$made"
	done
	for size in $sizes; do
		for glyphs in $(head_of glyphs utf8); do
			one "$size" "$glyphs"
		done
	done
	[ "$(head_of reproduce yes)" = no ] || reproduce
done
echo "1..$number"
