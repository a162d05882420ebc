#!/bin/sh
# However the viewer ends, the terminal is as it was.
#
# Lives here: quitting, signals, a crash, stopping and going on.
. "${srcdir:-.}/tests/tty/common.sh"

quits() {
	open_viewer
	keys q
	wait_for 'status 0' && is_given_back
}

# dies_of SIGNAL STATUS
dies_of() {
	open_viewer
	kill "-$1" "$(viewer_pid)"
	wait_for "status $2" && is_given_back
}

interrupted() {
	open_viewer
	keys C-c
	# bash forgets the rest of the line when a command dies of SIGINT
	is_given_back
}

interrupt_closes_a_prompt_first() {
	open_viewer
	keys / a b
	wait_for '/ab'
	keys C-c
	wait_until row 23 1/140 && [ "$(flag alternate_on)" = 1 ] && keys q && is_given_back
}

stops_and_goes_on() {
	open_viewer
	keys C-z
	wait_for 'Stopped' || return 1
	[ "$(flag alternate_on)" = 0 ] || return 1
	type_line fg
	wait_for 'runtime.mallocgc' || return 1
	[ "$(flag alternate_on)" = 1 ] || return 1
	keys j
	wait_for '2/140' && keys q && is_given_back
}

fails_before_it_starts() {
	start_shell 80 24
	type_line "$program nothing.pb.gz; echo status \$?"
	wait_for 'status 2' && screen | grep -q '^cpprof-view: .*no such file or directory' &&
		is_given_back
}

knows_no_dumb_terminal() {
	start_shell 80 24
	type_line "TERM=dumb $program cpu.pb.gz; echo status \$?"
	wait_for 'status 2' && screen | grep -q 'cannot show the viewer' && is_given_back
}

plan 10
verdict 'q leaves' quits
verdict 'SIGTERM leaves' dies_of TERM 143
verdict 'SIGHUP leaves' dies_of HUP 129
verdict 'a crash leaves the terminal clean' dies_of SEGV 139
verdict 'an abort leaves the terminal clean' dies_of ABRT 134
verdict 'Ctrl-C leaves' interrupted
verdict 'Ctrl-C closes a prompt first' interrupt_closes_a_prompt_first
verdict 'Ctrl-Z stops, and fg goes on' stops_and_goes_on
verdict 'an input that is not there is told before anything is drawn' fails_before_it_starts
verdict 'TERM=dumb says what to use instead' knows_no_dumb_terminal
