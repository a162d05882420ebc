#!/usr/bin/env python3
"""screen.py: a terminal's screen as SVG.

usage: tmux capture-pane -e -p | doc/screen.py > doc/flame.svg

Reads lines with colour escapes (SGR, 256 and 24-bit), as tmux prints a pane.  How the pictures of the README
are made, and nothing that the program or its tests need:

    tmux new-session -d -x 110 -y 26 'COLORTERM=truecolor TERM=tmux-256color cpprof-view -flame demo/shop1.cpu.pb.gz'
"""
import re
import sys
from html import escape

CELL_W, CELL_H, BASE = 8.4, 18, 13
GROUND, INK = "#0d1117", "#d8dee4"
ANSI = ["#000000", "#cd3131", "#0dbc79", "#e5e510", "#2472c8", "#bc3fbc", "#11a8cd", "#e5e5e5",
        "#666666", "#f14c4c", "#23d18b", "#f5f543", "#3b8eea", "#d670d6", "#29b8db", "#ffffff"]


def colour_256(n):
    if n < 16:
        return ANSI[n]
    if n >= 232:
        return "#" + "%02x" % (8 + 10 * (n - 232)) * 3
    level = [0, 95, 135, 175, 215, 255]
    n -= 16
    return "#%02x%02x%02x" % (level[n // 36], level[n // 6 % 6], level[n % 6])


class Look:
    def __init__(self):
        self.fg = self.bg = None
        self.bold = self.reverse = self.underline = False

    def key(self):
        fg, bg = self.fg or INK, self.bg or GROUND
        return (bg, fg, self.bold, self.underline) if self.reverse else (fg, bg, self.bold, self.underline)

    def apply(self, codes):
        while codes:
            c = codes.pop(0)
            if c in (38, 48) and codes:
                if codes.pop(0) == 2:
                    colour = "#%02x%02x%02x" % tuple(codes[:3])
                    del codes[:3]
                else:
                    colour = colour_256(codes.pop(0))
                setattr(self, "fg" if c == 38 else "bg", colour)
            elif c == 0:
                self.__init__()
            elif c in (1, 22):
                self.bold = c == 1
            elif c in (4, 24):
                self.underline = c == 4
            elif c in (7, 27):
                self.reverse = c == 7
            elif 30 <= c <= 37 or 90 <= c <= 97:
                self.fg = ANSI[c - 30 if c < 90 else c - 82]
            elif 40 <= c <= 47 or 100 <= c <= 107:
                self.bg = ANSI[c - 40 if c < 100 else c - 92]
            elif c in (39, 49):
                setattr(self, "fg" if c == 39 else "bg", None)


def runs(line, look):
    """(first column, text, look) of each stretch of one look"""
    col = 0
    for part in re.split(r"(\x1b\[[0-9;:]*m|\x1b\([0B]|\x0e|\x0f)", line):
        sgr = re.fullmatch(r"\x1b\[([0-9;:]*)m", part)
        if sgr:
            look.apply([int(c or 0) for c in re.split("[;:]", sgr.group(1))])
        elif part and part[0] not in "\x1b\x0e\x0f":
            yield col, part, look.key()
            col += len(part)


def block(c):
    """(left, top, width, height) of a block element as parts of a cell; None for other letters"""
    n = ord(c)
    if 0x2588 <= n <= 0x258F:
        return 0, 0, (0x2590 - n) / 8, 1
    if 0x2581 <= n < 0x2588:
        return 0, 1 - (n - 0x2580) / 8, 1, (n - 0x2580) / 8
    return None


def rect(x, y, width, height, fill, opacity=""):
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"{opacity}/>'


def main():
    lines = sys.stdin.read().rstrip("\n").split("\n")
    look, cols, ground, text = Look(), 0, [], []
    for row, line in enumerate(lines):
        y = row * CELL_H
        for col, part, (fg, bg, bold, underline) in runs(line, look):
            cols = max(cols, col + len(part))
            if bg != GROUND:
                ground.append(rect(col * CELL_W, y, len(part) * CELL_W + .4, CELL_H, bg))
            style = (' font-weight="bold"' if bold else "") + (' text-decoration="underline"' if underline else "")
            for word in re.finditer(r"[\u2580-\u2593]|[^\u2580-\u2593 ]+", part):
                x, shown = (col + word.start()) * CELL_W, word.group()
                shape = block(shown) if len(shown) == 1 else None
                if shape:
                    ground.append(rect(x + shape[0] * CELL_W, y + shape[1] * CELL_H, shape[2] * CELL_W,
                                       shape[3] * CELL_H, fg))
                elif shown == "\u2592":
                    ground.append(rect(x, y, CELL_W, CELL_H, fg, ' opacity=".5"'))
                else:
                    text.append(f'<text x="{x:.1f}" y="{y + BASE}" textLength="{len(shown) * CELL_W:.1f}" '
                                f'fill="{fg}"{style}>{escape(shown)}</text>')
    width, height = cols * CELL_W, len(lines) * CELL_H
    print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-8 -8 {width + 16:.0f} {height + 16}" width="{width + 16:.0f}" '
          f'font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="14">')
    print(f'<rect x="-8" y="-8" width="{width + 16:.0f}" height="{height + 16}" rx="6" fill="{GROUND}"/>')
    print("\n".join(ground + text))
    print("</svg>")


main()
