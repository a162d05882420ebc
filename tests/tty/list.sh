#!/bin/sh
# The list of source lines on a terminal.
#
# Lives here: the editor gets the terminal and gives it back; a source that the user has to name, and
# that is found the next time.
. "${srcdir:-.}/tests/tty/common.sh"

cp "$top/tests/data/shop2.cpu.pb.gz" "$made/shop.pb.gz"
cp -R "$top/demo/example.com" "$made"

# An editor that says what it was told, short enough for the screen, and waits for a line.
cat >"$made/vim" <<'EOF'
#!/bin/sh
echo "editing $1 ${2#"${0%/*}/"}"
stty -a | grep -q ' icanon' && echo lines are typed here
read -r answer
echo "$answer" >edited
[ "$answer" != fail ]
EOF
chmod +x "$made/vim"

# open_list EDITOR DIRECTORY
open_list() {
	start_shell 100 24
	type_line "cd $2 && EDITOR=$1 $program $made/shop.pb.gz; echo status \$?"
	wait_for 'main.mergeSort' || return 1
	keys / m e r g e S Enter
	wait_for 'main.mergeSort' && keys 4 && wait_for 'main.mergeSort'
}

leave_list() {
	keys q
	wait_for 'status 0' && is_given_back
}

edits() {
	open_list "$made/vim" "$made" && wait_for 'l, r := mergeSort(a[:m])' || return 1
	keys e
	wait_for 'editing +67 example.com/shop/main.go' && wait_for 'lines are typed here' || return 1
	[ "$(flag alternate_on)" = 0 ] || return 1
	type_line done
	wait_for 'l, r := mergeSort(a[:m])' && [ "$(flag alternate_on)" = 1 ] &&
		[ "$(cat "$made/edited")" = 'done' ] || return 1
	keys j
	wait_for 'line 68' && leave_list
}

# An editor that is interrupted, or fails, is not the end of us.
fails() {
	open_list "$made/vim" "$made" && wait_for 'l, r := mergeSort(a[:m])' || return 1
	keys e
	wait_for 'editing +67' || return 1
	type_line fail
	wait_for 'vim: exit status 1' || return 1
	keys e
	wait_for 'editing +67' || return 1
	keys C-c
	wait_for 'vim: signal: interrupt' && keys j && wait_for 'line 68' && leave_list
}

is_missing() {
	open_list no-such-editor "$made" && wait_for 'l, r := mergeSort(a[:m])' || return 1
	keys e
	wait_for 'no-such-editor": executable file not found' && keys j && wait_for 'line 68' && leave_list
}

asks_for_a_directory() {
	mkdir -p "$made/elsewhere" "$made/moved" && mv "$made/example.com" "$made/moved" || return 1
	open_list vi "$made/elsewhere" || return 1
	wait_for 'source not found: example.com/shop/main.go' &&
		wait_for 'd: say in which directory it is' || return 1
	keys d
	wait_for 'source directory:' || return 1
	type_line "$made/moved"
	wait_for 'l, r := mergeSort(a[:m])' && leave_list || return 1
	# and the next time at once
	open_list vi "$made/elsewhere" && wait_for 'l, r := mergeSort(a[:m])' && leave_list
}

plan 4
verdict 'e gives the terminal to the editor, at the line' edits
verdict 'an editor that fails or is interrupted is told' fails
verdict 'an editor that is not there is told' is_missing
verdict 'a source is asked for once' asks_for_a_directory
