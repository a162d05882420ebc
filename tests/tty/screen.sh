#!/bin/sh
# What reaches a real terminal.
#
# Lives here: starting, resizing, the mouse, names that would like to do more than be read.
. "${srcdir:-.}/tests/tty/common.sh"

starts() {
	open_viewer 100 20
	[ "$(flag alternate_on)" = 1 ] && screen | sed -n 3p | grep -q 'flat.*cum.*name' &&
		screen | tail -n 1 | grep -q 'q quit'
}

follows_a_resize() {
	open_viewer 100 20
	tm resize-window -x 60 -y 12
	wait_until row 12 'q quit' && ! shows 'sum%' || return 1
	tm resize-window -x 19 -y 5
	wait_for 'needs 20x6' || return 1
	tm resize-window -x 120 -y 30
	wait_until row 30 'q quit' && shows 'sum%'
}

# click ROW COLUMN, from 1
click() {
	keys -H 1b 5b 3c 30 3b $(printf '%s;%sM' "$2" "$1" | od -An -tx1)
}

obeys_the_mouse() {
	open_viewer 100 20
	[ "$(flag mouse_any_flag)" = 1 ] || return 1
	click 8 50
	wait_for '5/140'
}

# The second screen shows the rows of -top in their order.
shows_the_rows_of_top() {
	open_viewer 100 20
	screen | sed -n 4,18p | awk '{ print $1, $2, $3, $4, $5 }' >"$made/shown"
	"$program" -top "$made/cpu.pb.gz" 2>/dev/null | sed 1,6d | sed -n 1,15p |
		awk '{ print $1, $2, $3, $4, $5 }' >"$made/wanted"
	cmp "$made/shown" "$made/wanted"
}

is_not_moved_by_names() {
	start_shell 80 24
	tests/screen/folded <"$top/tests/screen/hostile.folded" >"$made/hostile.pb"
	before=$(flag pane_title)
	type_line "$program hostile.pb"
	wait_for 'Wide' || return 1
	wait_for '␛[2J␛[31mred' && wait_for '�31mC1' && wait_for 'title␛]0;owned␇end' &&
		[ "$(flag pane_title)" = "$before" ] &&
		screen | sed -n 1p | grep -q '1 Top' && screen | tail -n 1 | grep -q 'q quit'
}

# By OSC 52, which tmux keeps where it is told to.
copies_to_the_clipboard() {
	open_viewer 100 20
	tm set -s set-clipboard on
	keys j y
	wait_for 'copied: runtime.mallocgc' && [ "$(tm show-buffer)" = runtime.mallocgc ] || return 1
	keys f Y
	wait_for 'copied: cpprof-view' &&
		[ "$(tm show-buffer)" = "cpprof-view -view=top -focus='^runtime\.mallocgc\$' cpu.pb.gz" ]
}

does_without_colours() {
	start_shell 80 24
	type_line "NO_COLOR=1 $program cpu.pb.gz"
	wait_for 'runtime.mallocgc' || return 1
	! tm capture-pane -p -e | grep -q "$(printf '\033')\[[0-9;]*[34][0-8]"
}

# Each as its description says: the frames are there, and it leaves.  One that is not described here is skipped.
works_on_terminals() {
	for name in xterm-256color xterm-16color xterm xterm-mono vt100 vt220 linux ansi screen tmux rxvt; do
		infocmp "$name" >/dev/null 2>&1 || continue
		start_shell 80 24
		type_line "TERM=$name $program -flame cpu.pb.gz; echo status \$?"
		wait_for 'RunParallel' && keys j C t q && wait_for 'status 0' || return 1
	done
}

has_true_colours() {
	infocmp tmux-direct >/dev/null 2>&1 || return 0
	start_shell 80 24
	type_line "TERM=tmux-256color COLORTERM=truecolor $program -flame cpu.pb.gz"
	wait_for 'RunParallel' && tm capture-pane -p -e | grep -q '48;2;[0-9]'
}

gives_a_load_up() {
	start_shell 80 24
	mkfifo "$made/later.pb"
	for i in 1 2 3; do
		cp "$made/cpu.pb.gz" "$made/part$i.pb.gz"
	done
	type_line "$program part1.pb.gz part2.pb.gz part3.pb.gz later.pb; echo status \$?"
	wait_for 'gives up' || return 1
	wait_for '█' && kill -INT "$(viewer_pid)" && is_given_back
}

shows_progress_when_it_takes_long() {
	start_shell 80 24
	mkfifo "$made/slow.pb"
	type_line "$program slow.pb; echo status \$?"
	wait_for 'reading; q gives up' || return 1
	keys q
	wait_for 'status' && is_given_back
}

# A command that nobody would wait for; what was typed while it ran waits.
gives_a_command_up() {
	start_shell 80 24
	type_line "$program cpu.pb.gz; echo status \$?"
	wait_for 'runtime.mallocgc' || return 1
	type_line ':top | sleep 1000'
	wait_for 'running the command, 1.' || return 1
	keys Escape
	wait_for 'given up' && shows 'runtime.mallocgc' && keys j && wait_for '2/140'
}

# The same by Ctrl-C, which leaves the viewer when nothing is being done; SIGTERM leaves it at any time.
signals_end_a_command() {
	type_line ':top | sleep 1000'
	wait_for 'running the command' || return 1
	keys C-c
	wait_until row 23 'given up' && keys k && wait_for '1/140' || return 1
	type_line ':top | sleep 1000'
	wait_for 'running the command' || return 1
	kill -TERM "$(viewer_pid)" && is_given_back
}

# Typed ahead, and resized meanwhile.
takes_what_was_typed_ahead() {
	open_viewer 80 24
	type_line ':top | sleep 1'
	wait_for 'running the command' || return 1
	keys j j
	tm resize-window -x 70 -y 20
	wait_until row 19 'running the command' && wait_until row 19 '3/140' && row 20 'q quit'
}

plan 14
verdict 'the first screen' starts
verdict 'resizing at any time' follows_a_resize
verdict 'clicks select' obeys_the_mouse
verdict 'the rows are those of -top' shows_the_rows_of_top
verdict 'names cannot move the cursor or change the title' is_not_moved_by_names
verdict 'NO_COLOR' does_without_colours
verdict 'a long load shows a bar, and q gives it up' shows_progress_when_it_takes_long
verdict 'terminals with more and with fewer colours' works_on_terminals
verdict 'true colours where the terminal has them' has_true_colours
verdict 'Ctrl-C gives a load up too' gives_a_load_up
verdict 'y and Y reach the clipboard' copies_to_the_clipboard
verdict 'Esc gives a command up' gives_a_command_up
verdict 'so does Ctrl-C, and SIGTERM leaves' signals_end_a_command
verdict 'what is typed meanwhile waits, and so does a resize' takes_what_was_typed_ahead
