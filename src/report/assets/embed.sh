#!/bin/sh
# embed.sh FILE...: C that holds the bytes of each file, on standard output.
#
# Lives here: flame.js becomes `const struct str asset_flame_js`; indentation, empty lines and
# comments that fill their line are left out.  Files are ASCII.
set -eu

echo '/* Made by embed.sh. */'
echo '#include "config.h"'
echo '#include "report/assets.h"'
for file; do
	name=asset_$(basename "$file" | tr . _)
	if grep -n -e ']]>' -e '</script' -e '</style' "$file" >&2; then
		echo "embed.sh: $file: would end the element that it stands in" >&2
		exit 1
	fi
	echo
	echo "static const unsigned char ${name}_bytes[] = {"
	sed -e 's/^[	 ]*//' -e '/^$/d' -e '\|^//|d' -e '\|^/\*.*\*/$|d' "$file" |
		od -An -v -tu1 | sed -e 's/\([0-9][0-9]*\)/\1,/g'
	echo '};'
	echo "const struct str $name = { (const char *)${name}_bytes, sizeof(${name}_bytes) };"
done
