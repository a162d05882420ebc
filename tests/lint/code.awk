# C without comments and without the insides of string and character literals.
#
# Lives here: a scanner that knows just that much of C; #include lines are kept whole.
# Prints file:line:text.

# Length of the literal at the front of s, both quotes counted; all of s where it does not end.
function literal_length(s,	quote, i, c) {
	quote = substr(s, 1, 1)
	for (i = 2; i <= length(s); i++) {
		c = substr(s, i, 1)
		if (c == "\\")
			i++
		else if (c == quote)
			return i
	}
	return length(s)
}

FNR == 1 { in_comment = 0 }

{
	rest = $0
	text = ""
	if (!in_comment && rest ~ /^[ \t]*#[ \t]*include/) {
		print FILENAME ":" FNR ":" rest
		next
	}
	while (rest != "") {
		if (in_comment) {
			at = index(rest, "*/")
			if (!at)
				break
			rest = substr(rest, at + 2)
			in_comment = 0
		}
		if (!match(rest, /["']|\/\*|\/\//)) {
			text = text rest
			break
		}
		text = text substr(rest, 1, RSTART - 1)
		found = substr(rest, RSTART, RLENGTH)
		rest = substr(rest, RSTART)
		if (found == "//")
			break
		if (found == "/*") {
			in_comment = 1
			rest = substr(rest, 3)
		} else {
			text = text found found
			rest = substr(rest, literal_length(rest) + 1)
		}
	}
	print FILENAME ":" FNR ":" text
}
