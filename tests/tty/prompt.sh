#!/bin/sh
# The prompt on a terminal.
#
# Lives here: typing, Tab, history, Ctrl-C, commands behind a bar, leaving.
# Not here: what lines mean (tests/unit/shell/), commands from a pipe (tests/cli/prompt.sh).
. "${srcdir:-.}/tests/tty/common.sh"

open_prompt() {
	start_shell "${1:-100}" "${2:-40}"
	type_line "$program -interactive cpu.pb.gz; echo status \$?"
	wait_for '(pprof)'
}

# The last line that is not empty.
last_is() {
	[ "$(screen | sed '/^ *$/d' | tail -n 1 | sed 's/ *$//')" = "$1" ]
}

wait_for_last() {
	wait_until last_is "$1"
}

greets() {
	open_prompt
	shows 'Type: cpu' && shows 'Entering interactive mode' && wait_for_last '(pprof)'
}

runs_a_report() {
	type_line 'top 2'
	wait_for 'Showing top 2 nodes out of' && wait_for_last '(pprof)'
}

stays_after_a_mistake() {
	type_line 'bogus'
	wait_for 'unrecognized command: "bogus"' && wait_for_last '(pprof)'
}

completes_a_command() {
	keys tra Tab
	wait_for_last '(pprof) traces' && keys C-u && wait_for_last '(pprof)'
}

lists_what_it_could_be() {
	keys tagi Tab
	wait_for_last '(pprof) tagignore=' || return 1
	keys C-u 'tag' Tab
	wait_for 'tagfocus=' && shows 'tagleaf=' && wait_for_last '(pprof) tag' && keys C-u
}

completes_a_function() {
	keys 'peek checkV' Tab
	wait_for_last '(pprof) peek encoding/json\.checkValid' && keys Enter &&
		wait_for '| encoding/json.checkValid' && wait_for_last '(pprof)'
}

completes_a_file() {
	keys 'top 1 > cpu' Tab
	wait_for_last '(pprof) top 1 > cpu.pb.gz' && keys C-u && wait_for_last '(pprof)'
}

edits() {
	keys 'op 3' C-a t C-e Enter
	wait_for 'Showing top 3 nodes'
}

recalls() {
	type_line 'nodecount=4'
	keys Up Up
	wait_for_last '(pprof) top 3' && keys C-u && wait_for_last '(pprof)'
}

gives_a_report_to_a_command() {
	type_line "top 5 | sed -n 's/.*total\$/to a command/p'"
	wait_for 'to a command' && wait_for_last '(pprof)'
}

says_that_a_command_failed() {
	type_line 'top | exit 7'
	wait_for 'exit 7: exit status 7' && wait_for_last '(pprof)'
}

# The pipe is full, and nobody reads it.
interrupts_a_report() {
	type_line "traces | sleep 600.$$"
	wait_until pgrep -f "^sleep 600.$$" >/dev/null || return 1
	keys C-c
	wait_for 'interrupted' && wait_for_last '(pprof)' && ! pgrep -f "^sleep 600.$$" >/dev/null
}

clears_the_line() {
	keys 'half a line'
	wait_for_last '(pprof) half a line' && keys C-c && wait_for 'half a line^C' && wait_for_last '(pprof)'
}

tells_what_cannot_be_written() {
	type_line 'top > /nonexistent/top.txt'
	wait_for 'open /nonexistent/top.txt: no such file or directory' && wait_for_last '(pprof)'
}

makes_names_safe() {
	type_line "$(printf 'focus=a\002b')"
	type_line 'top 1'
	wait_for_last '(pprof)' && type_line ':'
}

leaves() {
	keys C-d
	wait_for 'status 0' && is_given_back
}

remembers_the_next_time() {
	open_prompt
	keys Up
	wait_for_last '(pprof) :' && keys C-u q Enter && wait_for 'status 0' || return 1
	[ "$(stat -c %a "$made/cpprof-view/history")" = 600 ]
}

does_without_editing() {
	start_shell 100 40
	type_line "TERM=dumb $program -interactive cpu.pb.gz; echo status \$?"
	wait_for '(pprof)' || return 1
	type_line 'top 2'
	wait_for 'Showing top 2 nodes' && type_line 'quit' && wait_for 'status 0'
}

# The line that is edited, without its wraps.
edited() {
	screen | sed -n '/^(pprof)/h; /^(pprof)/!H; ${ x; p; }' | tr -d '\n'
}

edited_is() {
	[ "$(edited)" = "(pprof) $1" ]
}

# Narrower, typed into, wider, typed into; then stopped, and gone on with.
redraws_what_is_edited() {
	digits=0123456789012345678901234567890123456789
	open_prompt 60 15
	keys "$digits$digits" C-a
	tm resize-window -x 40 -y 15
	keys a && wait_until edited_is "a$digits$digits" || return 1
	tm resize-window -x 90 -y 12
	keys b && wait_until edited_is "ab$digits$digits" || return 1
	tm resize-window -x 30 -y 12
	keys C-e é && wait_until edited_is "ab$digits${digits}é" || return 1
	keys C-z
	wait_for 'Stopped' && wait_for_last 'ready>' && type_line 'fg' && wait_until edited_is "ab$digits${digits}é" &&
		keys BSpace c && wait_until edited_is "ab$digits${digits}c" && keys C-u && wait_for_last '(pprof)'
}

gives_the_terminal_back_when_it_is_ended() {
	open_prompt
	keys 'half a line'
	wait_for_last '(pprof) half a line' && kill -TERM "$(viewer_pid)" && wait_for 'status 143' && is_given_back
}

plan 20
verdict 'it greets' greets
verdict 'it runs a report' runs_a_report
verdict 'a mistake leaves the prompt there' stays_after_a_mistake
verdict 'Tab completes a command' completes_a_command
verdict 'Tab lists what it could be' lists_what_it_could_be
verdict 'Tab completes a function by a part of its name' completes_a_function
verdict 'Tab completes a file behind >' completes_a_file
verdict 'lines can be edited' edits
verdict 'lines come back' recalls
verdict 'a report goes to a command' gives_a_report_to_a_command
verdict 'a command that fails is told' says_that_a_command_failed
verdict 'Ctrl-C ends a report' interrupts_a_report
verdict 'Ctrl-C clears the line' clears_the_line
verdict 'a file that cannot be written is told' tells_what_cannot_be_written
verdict 'what is typed cannot disturb the screen' makes_names_safe
verdict 'Ctrl-D leaves, and the terminal is as it was' leaves
verdict 'lines are there the next time' remembers_the_next_time
verdict 'a terminal that can do nothing gets a plain prompt' does_without_editing
verdict 'what is edited survives a resize and a stop' redraws_what_is_edited
verdict 'a signal that ends it gives the terminal back' gives_the_terminal_back_when_it_is_ended
