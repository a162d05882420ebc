#!/bin/sh
# What README.md shows is what the program prints.
#
# Lives here: its screens, each below a comment "COLUMNSxROWS: KEYS" of its source, and its commands, whose
# answers follow them; "..." there stands for lines that are left out.
# Not here: the picture with colours (doc/screen.py).

# shellcheck source=tests/cli/common.sh
. "$(dirname -- "$0")/common.sh"

mkdir "$work/bin" && ln -s "$bin" "$work/bin/cpprof-view" || exit 1
PATH=$work/bin:$PATH
cd "$top" || exit 1
unset NO_COLOR COLORTERM COLORFGBG XDG_CONFIG_HOME XDG_STATE_HOME

# screen.N: size, keys and the screen; answer.N: a command and its answer
awk -v to="$work" '
	/^<!-- [0-9]+x[0-9]+: / { file = to "/screen." ++n_screen; print $2, $0 >file; next }
	/^```/ { is_inside = file != "" && !is_inside; if (!is_inside) file = ""; next }
	is_inside { sub(/ +$/, ""); print >file; next }
	/^    \$ cpprof-view / { answer = to "/answer." ++n_answer; print substr($0, 7) >answer; next }
	/^    / && answer { sub(/[ \t]+$/, ""); print substr($0, 5) >answer; next }
	{ answer = "" }' README.md

shows() {
	size=$(sed -n '1s/:.*//p' "$1")
	sed -n '1s/.*<!-- [^:]*: \(.*\) -->/\1/p' "$1" >"$work/keys"
	sed 1d "$1" >"$work/wanted"
	pprof -script="$work/keys" -size="$size" -dump-screen -source_path=demo demo/shop1.cpu.pb.gz
	[ -s "$work/wanted" ] && sed 's/ *$//' "$work/out" | diff "$work/wanted" - >"$work/err"
}

# The lines wanted stand in the answer in their order, one right after the other but for "...".
answers() {
	sh -c "$(sed -n 1p "$1")" >"$work/out" 2>"$work/err" || return
	sed 1d "$1" >"$work/wanted"
	awk -v out="$work/out" '
		$0 == "..." { may_skip = 1; next }
		{
			do {
				if ((getline line <out) <= 0)
					exit 1
				sub(/[ \t]+$/, "", line)
			} while (line != $0 && may_skip)
			if (line != $0)
				exit 1
			may_skip = 0
			n++
		}
		END { exit n == 0 || !(may_skip || (getline line <out) <= 0) }' "$work/wanted"
}

for file in "$work"/screen.*; do
	ok "screen of $(sed -n '1s/.*<!-- \(.*\) -->/\1/p' "$file")" shows "$file"
done
for file in "$work"/answer.*; do
	# an example with files of the reader's has no answer
	[ "$(wc -l <"$file")" -gt 1 ] && ok "$(sed -n 1p "$file")" answers "$file"
done
plan
