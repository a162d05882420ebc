#!/bin/sh
# Lint: the direction of includes.
#
# Lives here: comparing src/LAYERS with the #include lines, and LAYERS with itself.
. "${srcdir:-.}/tests/lint/common.sh"

# check RULE: reads "file:line:#include ..." and prints what goes against that rule
check() {
	(cd "$top" && awk -v want="$1" '
	# What stands between the delimiters, and which they are.
	function included(line) {
		is_ours = line ~ /include[ \t]*"/
		if (!match(line, /["<][^">]*[">]/))
			return ""
		return substr(line, RSTART + 1, RLENGTH - 2)
	}
	function folder(path) {
		return path ~ /\// ? substr(path, 1, index(path, "/") - 1) : ""
	}
	function found(what) {
		print where ": " what
	}
	FILENAME == "src/LAYERS" {
		if ($1 == "floor") {
			name = $3
			sub(/:$/, "", name)
			floor[name] = $2
			for (i = 4; i <= NF; i++) {
				may[name, $i] = 1
				if (want == "table" && !($i in floor && floor[$i] < $2))
					print FILENAME ":" FNR ": " name " on floor " $2 " may not include " $i
			}
		} else if ($1 == "gate") {
			gate[$2] = $3
		} else if (want == "table" && NF && $1 !~ /^#/) {
			print FILENAME ":" FNR ": neither floor nor gate: " $0
		}
		next
	}
	{
		split($0, part, ":")
		where = part[1] ":" part[2]
		file = part[1]
		sub(/^src\//, "", file)
		from = folder(file)
		path = included($0)
		to = folder(path)
	}
	want == "direction" && is_ours && path != "config.h" {
		if (!(to in floor))
			found("\"" path "\" names no folder of src/LAYERS")
		else if (from != "" && from != to && !((from, to) in may))
			found(from " includes \"" path "\" and may not")
	}
	want == "internal" && is_ours && path ~ /\/internal\.h$/ && from != to {
		found("\"" path "\" is for " to " alone")
	}
	want == "gates" && path in gate && gate[path] != file {
		found(path " is for " gate[path] " alone")
	}
	' src/LAYERS -)
}

# shellcheck disable=SC2046 # our own names, without blanks
includes=$(code $(our_files src -- c h cc) | grep -E ':[ 	]*#[ 	]*include')

unknown_folders() {
	for folder in "$top"/src/*/; do
		folder=$(basename "$folder")
		grep -q "^floor [0-9] $folder:" "$top/src/LAYERS" ||
			echo "the folder $folder is not in src/LAYERS"
	done
}

rule() {
	verdict "$2" "$(printf '%s\n' "$includes" | check "$1")"
}

plan 5
rule table 'src/LAYERS itself looks down only'
verdict 'every folder stands in src/LAYERS' "$(unknown_folders)"
rule direction 'a folder includes only what src/LAYERS grants it'
rule internal 'internal.h is included next door only'
rule gates 'a foreign header is included by its gate only'
