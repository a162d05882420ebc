# Frame of the terminal tests, sourced by each of them.
#
# Lives here: a shell in tmux, typing, waiting for what is on its screen, verdicts in TAP.
# Not here: what is tested.
#
# Nothing sleeps for a time and hopes: every step waits until the screen shows what it needs.
# shellcheck shell=sh
set -u

if ! command -v tmux >/dev/null; then
	echo '1..0 # SKIP tmux is missing'
	exit 0
fi

top=${srcdir:-.}
program=$(realpath "${VIEWER:-src/cpprof-view}")
made=$PWD/tests/tty/made.$$
number=0
mkdir -p "$made"
HOME=$made XDG_CONFIG_HOME=$made XDG_STATE_HOME=$made LC_ALL=C.UTF-8
export HOME XDG_CONFIG_HOME XDG_STATE_HOME LC_ALL
unset NO_COLOR COLORTERM TMUX
cp "$top/tests/data/json.cpu.pb.gz" "$made/cpu.pb.gz"

# A server each shell: one that is going away would still take the next one's place.
n_shell=0
tm() {
	tmux -S "$made/socket.$n_shell" -f /dev/null "$@" 2>>"$made/errors"
}

finish() {
	tm kill-server
	rm -rf "$made"
}
trap finish EXIT

# start_shell COLUMNS ROWS
start_shell() {
	[ "$n_shell" = 0 ] || tm kill-server
	n_shell=$((n_shell + 1))
	tm new-session -d -x "$1" -y "$2" -c "$made" "env PS1='ready> ' PROMPT_COMMAND= HISTFILE= bash --norc"
	tm set -g status off
	wait_for 'ready>'
}

type_line() {
	tm send-keys -l "$1"
	tm send-keys Enter
}

keys() {
	tm send-keys "$@"
}

screen() {
	tm capture-pane -p
}

# wait_until COMMAND...: until it is true, ten seconds at most
wait_until() {
	tries=0
	until "$@"; do
		tries=$((tries + 1))
		[ "$tries" -lt 200 ] && tm has-session || return 1
		sleep 0.05
	done
}

shows() {
	screen | grep -qF -- "$1"
}

# row N TEXT: does row N show it?
row() {
	screen | sed -n "$1p" | grep -qF -- "$2"
}

wait_for() {
	wait_until shows "$1"
}

# What tmux knows of the terminal: alternate_on, cursor_flag, mouse_any_flag, pane_title...
flag() {
	tm display-message -p "#{$1}"
}

open_viewer() {
	start_shell "${1:-80}" "${2:-24}"
	type_line "$program cpu.pb.gz; echo status \$?"
	wait_for 'runtime.mallocgc'
}

# The first child of the shell.  pgrep would be one more package.
viewer_pid() {
	pane=$(flag pane_pid)
	children=$(cat "/proc/$pane/task/$pane/children") && echo "${children%% *}"
}

# The terminal is as it was before the viewer: main screen, cursor, no mouse, echo, lines.
is_given_back() {
	wait_for 'ready>' &&
		[ "$(flag alternate_on)" = 0 ] && [ "$(flag cursor_flag)" = 1 ] &&
		[ "$(flag mouse_any_flag)" = 0 ] &&
		type_line "stty -a | tr ' ;' '\\n\\n' | grep -cE '^(echo|icanon|icrnl|ixon|isig)\$'" &&
		wait_for '5'
}

plan() {
	echo "1..$1"
}

# verdict SENTENCE COMMAND...
verdict() {
	number=$((number + 1))
	sentence=$1
	shift
	if "$@"; then
		echo "ok $number - $sentence"
	else
		echo "not ok $number - $sentence"
		screen | sed 's/^/# /'
	fi
}
