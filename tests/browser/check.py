#!/usr/bin/env python3
# Flame graphs in a real browser.
#
# Lives here: headless Chromium, driven by chromedriver, opens what -flamegraph writes: the picture
# and the page; it clicks, types and reads like a person.  Prints TAP.
# Not here: the files as text (tests/cli/exports.sh, tests/unit/report/flamegraph_test.c).
#
#	check.py BINARY FOLDED TOP	the program, tests/screen/folded, the source tree
#
# Needs nothing but Python and Debian's packages chromium and chromium-driver.

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--window-size=1400,1000",
]
ENTER, ESCAPE, BACKSPACE, TAB = "\ue007", "\ue00c", "\ue003", "\ue004"
UP, DOWN, LEFT, RIGHT = "\ue013", "\ue015", "\ue012", "\ue014"
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class Browser:
    """A session with chromedriver."""

    def __init__(self, folder):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self.driver = subprocess.Popen(
            ["chromedriver", "--port=%d" % self.port],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.session = ""
        options = {
            "args": ARGUMENTS + ["--user-data-dir=" + os.path.join(folder, "chromium")],
            "binary": shutil.which("chromium"),
        }
        wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"},
                  "unhandledPromptBehavior": "ignore"}
        self.wait_for_driver()
        answer = self.call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self.session = "/session/" + answer["sessionId"]

    def wait_for_driver(self):
        for _ in range(200):
            try:
                if self.call("GET", "/status")["ready"]:
                    return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("chromedriver does not answer")

    def call(self, method, path, body=None):
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(
            "http://127.0.0.1:%d%s%s" % (self.port, self.session, path), data=data, method=method,
            headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as e:
            raise RuntimeError(json.load(e)["value"]["message"]) from None

    def open(self, path):
        self.call("POST", "/url", {"url": "file://" + path})

    def run(self, script, *arguments):
        return self.call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def find(self, css):
        return self.call("POST", "/element", {"using": "css selector", "value": css})

    def click(self, element):
        self.call("POST", "/element/%s/click" % element[ELEMENT], {})

    def type(self, element, text):
        self.call("POST", "/element/%s/value" % element[ELEMENT], {"text": text})

    def press(self, key):
        actions = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        self.call("POST", "/actions", {"actions": [{"type": "key", "id": "k", "actions": actions}]})

    def point_at(self, element):
        move = {"type": "pointerMove", "duration": 0, "x": 0, "y": 0, "origin": element}
        self.call("POST", "/actions", {"actions": [
            {"type": "pointer", "id": "m", "parameters": {"pointerType": "mouse"}, "actions": [move]}]})

    def scripts(self, are_on):
        """Whether pages may run any, from the next one on; what is asked here is answered either way."""
        self.call("POST", "/goog/cdp/execute", {
            "cmd": "Emulation.setScriptExecutionDisabled", "params": {"value": not are_on}})

    def focus(self):
        return self.run("return document.activeElement && document.activeElement.id")

    def text(self, css):
        return self.run("return document.querySelector(arguments[0]).textContent", css)

    def complaints(self):
        log = self.call("POST", "/se/log", {"type": "browser"})
        return [entry["message"] for entry in log if entry["level"] in ("SEVERE", "WARNING")]

    def close(self):
        try:
            self.call("DELETE", "")
        finally:
            self.driver.terminate()
            self.driver.wait()


class Tests:
    """Verdicts in TAP."""

    def __init__(self):
        self.n = 0
        self.failed = 0
        self.skipped = 0

    def skip(self, name, why):
        self.n += 1
        self.skipped += 1
        print("ok %d - %s # SKIP %s" % (self.n, name, why), flush=True)

    def ok(self, name, is_right, seen=""):
        self.n += 1
        print("%s %d - %s" % ("ok" if is_right else "not ok", self.n, name), flush=True)
        if not is_right:
            self.failed += 1
            print("# seen: %s" % (seen,), flush=True)

    def equal(self, name, seen, wanted):
        self.ok(name, seen == wanted, "%r instead of %r" % (seen, wanted))


class Maker:
    """The program, and what it writes."""

    def __init__(self, binary, folded, top, folder):
        self.binary, self.folded, self.top, self.folder = binary, folded, top, folder
        self.n = 0

    def report(self, *arguments):
        return subprocess.run([self.binary, *arguments], check=True, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE).stdout

    def file(self, suffix, *arguments):
        self.n += 1
        path = os.path.join(self.folder, "%d.%s" % (self.n, suffix))
        with open(path, "wb") as f:
            f.write(self.report(*arguments))
        return path

    def profile(self, lines):
        self.n += 1
        path = os.path.join(self.folder, "%d.pb" % self.n)
        with open(path, "wb") as f:
            subprocess.run([self.folded], input=lines, stdout=f, check=True)
        return path

    def top_row(self, profile, name):
        """flat, flat%, sum%, cum, cum% of a function in the table, as text."""
        for line in self.report("-top", "-unit=auto", profile).decode().splitlines():
            if line.endswith("  " + name):
                return line.split()[:5]
        raise RuntimeError("no %s in the table" % name)


def frame_of(b, name):
    """Selector of the widest box of that name."""
    i = b.run("""
        const d = window.flame.data, name = d.names.indexOf(arguments[0]);
        const boxes = Array.from(document.querySelectorAll('#frames [data-i]'));
        const own = boxes.filter((e) => d.nodes[e.dataset.i * d.fields + 1] === name);
        own.sort((a, b) => b.getAttribute('width') - a.getAttribute('width'));
        return own.length ? own[0].dataset.i : null;""", name)
    return "#frames [data-i='%s']" % i


def width_of(b, css):
    return float(b.run("return document.querySelector(arguments[0]).getAttribute('width')", css))


def boxes_are_inside(b):
    """No box sticks out of the one that calls it, and none is above another in its row."""
    return b.run("""
        const d = window.flame.data, rows = {};
        for (const e of document.querySelectorAll('#frames rect')) {
            const x = Number(e.getAttribute('x')), y = e.getAttribute('y');
            (rows[y] = rows[y] || []).push([x, x + Number(e.getAttribute('width'))]);
        }
        for (const y in rows) {
            rows[y].sort((a, b) => a[0] - b[0]);
            for (let i = 1; i < rows[y].length; i++)
                if (rows[y][i][0] < rows[y][i - 1][1] - 0.011)
                    return y + ': ' + rows[y][i - 1] + ' and ' + rows[y][i];
        }
        return '';""")


def root_y(b):
    return b.run("return Number(document.querySelector(\"#frames [data-i='0']\").getAttribute('y'))")


def moves(t, b, what):
    """Zoom, details and keys: the same in the picture and in the page."""
    frame = frame_of(b, "main.mergeSort")
    before, whole = width_of(b, frame), width_of(b, "#frames [data-i='0']")
    t.ok(what + ": a frame is narrower than all", before < whole / 2, (before, whole))
    t.equal(what + ": boxes lie side by side", boxes_are_inside(b), "")
    b.click(b.find(frame))
    t.equal(what + ": a click makes it as wide as all", width_of(b, frame), whole)
    t.equal(what + ": boxes of a zoom lie side by side", boxes_are_inside(b), "")
    b.click(b.find("#reset"))
    t.equal(what + ": reset gives it its width back", width_of(b, frame), before)
    b.point_at(b.find("#frames [data-i='0']"))
    t.equal(what + ": the root is told", b.text("#frame"), "root")
    t.ok(what + ": and the total", b.text("#figures").startswith("8.13s (100%), flat 0 (0%)"), b.text("#figures"))


def keys(t, b, what):
    b.run("if (document.activeElement && document.activeElement.blur) document.activeElement.blur()")
    frame = frame_of(b, "main.mergeSort")
    before, whole = width_of(b, frame), width_of(b, "#frames [data-i='0']")
    b.press("r")
    b.press(DOWN)
    first = b.text("#frame")
    b.press(RIGHT)
    t.ok(what + ": right goes to the next one", b.text("#frame") not in ("root", first), b.text("#frame"))
    b.press(LEFT)
    t.equal(what + ": left comes back", b.text("#frame"), first)
    b.press(UP)
    t.equal(what + ": up goes to the caller", b.text("#frame"), "root")
    b.press(DOWN)
    b.press(ENTER)
    t.equal(what + ": Enter zooms", width_of(b, "#frames .selected"), whole)
    t.ok(what + ": shares of the zoom are told", "100% of the zoom" in b.text("#figures"), b.text("#figures"))
    b.press(BACKSPACE)
    t.equal(what + ": Backspace goes back to the caller", b.text("#frame"), "root")
    b.press("c")
    t.ok(what + ": c goes down the hottest path", len(b.text("#frame")) and b.text("#frame") != "root",
         b.text("#frame"))
    b.press(ESCAPE)
    t.equal(what + ": Escape resets", width_of(b, frame), before)
    low = root_y(b)
    b.press("v")
    t.ok(what + ": v turns it over", root_y(b) > low, (low, root_y(b)))
    b.press("v")
    b.press("?")
    t.ok(what + ": ? tells the keys", "Backspace" in b.text("#frame"), b.text("#frame"))
    b.press("/")
    t.equal(what + ": / goes to the search", b.focus(), "search")
    b.type(b.find("#search"), "mallocgc$" + ENTER)
    t.equal(what + ": Enter goes to the first match", b.text("#frame"), "runtime.mallocgc")
    at = b.run("return document.querySelector('.selected').dataset.i")
    b.press("n")
    t.ok(what + ": n goes to the next", b.text("#frame") == "runtime.mallocgc" and
         b.run("return document.querySelector('.selected').dataset.i") != at, b.text("#frame"))
    b.press("N")
    t.equal(what + ": N goes back", b.run("return document.querySelector('.selected').dataset.i"), at)
    b.press(ESCAPE)
    b.press("/")
    b.press(ESCAPE)
    b.run("document.getElementById('turn').focus()")
    b.press(ENTER)
    t.ok(what + ": a button has its Enter", root_y(b) > low, (low, root_y(b)))
    b.press(ENTER)


def search(t, b, what, maker, profile):
    box = b.find("#search")
    b.click(box)
    b.type(box, "mergeSort$")
    row = maker.top_row(profile, "main.mergeSort")
    # It calls itself: added up frame by frame it would be several times that.
    t.equal(what + ": a search tells what it covers, nested matches once", b.text("#matched"),
            "Matched: %s (%s)" % (row[3], row[4]))
    t.ok(what + ": what is found is lit", b.run("return document.querySelectorAll('#frames .hit').length") > 1)
    b.type(box, ESCAPE)
    t.equal(what + ": Escape ends it", b.text("#matched"), "")
    b.click(box)
    b.type(box, "a(")
    t.ok(what + ": what is no pattern is text", b.text("#matched").startswith("Matched: 0"), b.text("#matched"))
    b.type(box, ESCAPE)


def is_alone(t, b, what):
    loaded = b.run("return performance.getEntriesByType('resource').map((r) => r.name)")
    t.equal(what + ": nothing is loaded", loaded, [])
    t.equal(what + ": no complaints", b.complaints(), [])


BOXES = """
    const shown = Array.from(document.querySelectorAll('#frames rect'))
        .map((e) => ['x', 'y', 'width'].map((key) => Number(e.getAttribute(key))));
    return shown.filter((box) => box[2] >= 12).sort((a, b) => a[1] - b[1] || a[0] - b[0]);"""


def without_scripts(t, b, maker, profile, path):
    """The picture as it stands in the file, beside the one that the script draws."""
    b.open(path)
    drawn, title = b.run(BOXES), b.text("title")
    b.scripts(False)
    b.open(path)
    still = b.run(BOXES)
    t.ok("no scripts: none ran", b.run("return document.getElementById('search') === null"))
    t.equal("no scripts: as many boxes", len(still), len(drawn))
    t.ok("no scripts: at the same places", all(
        abs(p - q) < 0.5 for one, other in zip(still, drawn) for p, q in zip(one, other)))
    t.equal("no scripts: the same title", b.text("title"), title)
    t.ok("no scripts: the title is drawn", title in b.text("#head .title"), b.text("#head .title"))
    t.ok("no scripts: facts are drawn", "Duration: 8.11s" in b.text("#head"), b.text("#head"))
    # 1.44s of 8.13s, as the folded stacks say too
    path = "main.main.func5;main.handle;runtime/pprof.Do;main.handle.func1;main.mergeSort"
    stacks = [line.rsplit(" ", 1) for line in maker.report("-folded", profile).decode().splitlines()]
    cum = sum(int(value) for stack, value in stacks if (stack + ";").startswith(path + ";"))
    flat = sum(int(value) for stack, value in stacks if stack == path)
    tooltip = "main.mergeSort\n%.2fs (%.2f%%), flat %dms (%.2f%%)" % (
        cum / 1e9, cum / 8.13e7, flat / 1e6, flat / 8.13e7)
    tooltips = b.run("return Array.from(document.querySelectorAll('#frames rect title'), (e) => e.textContent)")
    t.ok("no scripts: boxes have tooltips", tooltip in tooltips, tooltip)
    b.scripts(True)


def picture(t, b, maker):
    profile = os.path.join(maker.top, "demo/shop1.cpu.pb.gz")
    path = maker.file("svg", "-flamegraph", profile)
    without_scripts(t, b, maker, profile, path)
    b.open(path)
    moves(t, b, "picture")
    keys(t, b, "picture")
    search(t, b, "picture", maker, profile)
    frame = b.find(frame_of(b, "main.makeItem"))
    b.point_at(frame)
    t.ok("picture: details have flat, cum and shares", b.text("#frame") == "main.makeItem" and re.match(
        r"\S+ \(\S+%\), flat \S+ \(\S+%\), \S+% of its caller$", b.text("#figures")) is not None,
        b.text("#details"))
    tooltip = b.run("return arguments[0].textContent", frame)
    t.equal("picture: so has the tooltip", tooltip, b.text("#frame") + "\n" + b.text("#figures"))
    b.run("window.scrollTo(0, 10000)")
    t.ok("picture: details stay in sight", b.run("""
        return new Promise((done) => window.requestAnimationFrame(() => window.requestAnimationFrame(() =>
            done(document.getElementById('head').getBoundingClientRect().top))))""") >= 0)
    is_alone(t, b, "picture")
    b.open(maker.file("svg", "-flamegraph", "-inverted", "-flame_up", "-flame_width=700", profile))
    t.equal("inverted: boxes lie side by side", boxes_are_inside(b), "")
    t.equal("inverted: as wide as asked", width_of(b, "#flame"), 700)
    t.ok("inverted: the root is below all", root_y(b) == max(box[1] for box in b.run(BOXES)))
    row = maker.top_row(profile, "main.mergeSort")
    b.point_at(b.find(frame_of(b, "main.mergeSort")))
    t.ok("inverted: a frame at the bottom has what is flat in the table",
         b.text("#figures").startswith("%s (%s)" % (row[0], row[1])), b.text("#details"))


def merged(t, b, maker):
    """Frames too narrow for a box: their share is known, their names are not."""
    lines = b"!type samples count\nmain;work;rare 1\n" + b"".join(b"main;work%d %d\n" % (i, 1000 + i) for i in range(20))
    b.open(maker.file("svg", "-flamegraph", maker.profile(lines + b"main;rare 3\n")))
    b.click(b.find("#search"))
    b.type(b.find("#search"), "rare|work5")
    t.equal("merged: a search tells what it may have missed", b.text("#matched"),
            "Matched: 1008 (4.99%), at most 0.005% more in merged frames")


def comparison(t, b, maker):
    old = maker.profile(b"!type cpu nanoseconds\nmain;a 10000000\nmain;b 20000000\n")
    new = maker.profile(b"!type cpu nanoseconds\nmain;a 40000000\nmain;b 20000000\n")
    b.open(maker.file("svg", "-flamegraph", "-diff_base=" + old, new))
    t.equal("comparison: more is red", b.run(
        "return document.querySelector(arguments[0]).classList[0]", frame_of(b, "a")), "p4")
    t.equal("comparison: the same is grey", b.run(
        "return document.querySelector(arguments[0]).classList[0]", frame_of(b, "b")), "z")
    b.point_at(b.find(frame_of(b, "a")))
    t.ok("comparison: details have both sides", "30ms (100%), before 10ms (33.33%), after 40ms (133.33%)"
         in b.text("#figures"), b.text("#details"))
    t.ok("comparison: the colours are explained", "red: more, blue: less" in b.text("#head"), b.text("#head"))


def cells(b, column):
    return b.run("return Array.from(document.querySelectorAll('#functions tbody tr'))"
                 ".map((tr) => tr.children[arguments[0]].textContent)", column)


def page(t, b, maker):
    profile = os.path.join(maker.top, "demo/shop1.cpu.pb.gz")
    b.open(maker.file("html", "-flamegraph=html", profile))
    moves(t, b, "page")
    keys(t, b, "page")
    search(t, b, "page", maker, profile)
    wanted = [line.split()[-1] for line in maker.report("-top", "-trim=false", profile).decode().splitlines()]
    t.equal("page: the table begins with the heaviest", cells(b, 4)[0], wanted[wanted.index("cum%") + 1])
    b.click(b.find("th[data-by=cum]"))
    by_cum = [line.split()[-1] for line in
              maker.report("-top", "-cum", "-trim=false", profile).decode().splitlines()]
    t.equal("page: a head sorts by cum", cells(b, 4)[0], by_cum[by_cum.index("cum%") + 1])
    b.click(b.find("th[data-by=name]"))
    names = cells(b, 4)
    t.equal("page: a head sorts by name", names, sorted(names))
    b.click(b.find("th[data-by=name]"))
    t.equal("page: once more turns it round", cells(b, 4), names[::-1])
    row = dict(zip(names[::-1], cells(b, 2)))
    t.equal("page: values are those of the table", row["main.mergeSort"],
            maker.top_row(profile, "main.mergeSort")[3])
    b.click(b.find("#search"))
    b.type(b.find("#search"), "mallocgc")
    t.equal("page: a search goes through the table", cells(b, 4), ["runtime.mallocgc"])
    b.click(b.find("#functions tbody tr"))
    t.ok("page: a row is looked for in the picture", b.text("#matched").startswith("Matched: "),
         b.text("#matched"))
    b.type(b.find("#search"), ESCAPE)
    b.run("document.querySelector('th[data-by=flat] button').focus()")
    b.press(ENTER)
    t.equal("page: heads sort by key", cells(b, 4)[0], wanted[wanted.index("cum%") + 1])
    b.run("document.querySelector('#functions tbody tr').focus()")
    b.press(DOWN)
    second = cells(b, 4)[1]
    t.equal("page: arrows walk through the rows", b.run("return document.activeElement.dataset.name"), second)
    b.press(ENTER)
    t.equal("page: Enter looks for the row", cells(b, 4), [second])
    b.press(ENTER)
    t.ok("page: and once more ends that", len(cells(b, 4)) > 1 and b.text("#matched") == "", b.text("#matched"))
    ground = "return getComputedStyle(document.body).backgroundColor"
    before = b.run(ground)
    b.click(b.find("#theme"))
    t.ok("page: light and dark", b.run(ground) != before, before)
    is_alone(t, b, "page")


def hostile(t, b, maker):
    with open(os.path.join(maker.top, "tests/exports/hostile.folded"), "rb") as f:
        profile = maker.profile(f.read() + b"main.main;" + b"x" * 100000 + b" 1 10000000\n")
    for suffix, report, scripts in (("svg", "-flamegraph", 1), ("html", "-flamegraph=html", 3)):
        # Names as they are: demangling would take the angle brackets of some for templates.
        b.open(maker.file(suffix, report, "-symbolize=none", profile))
        t.equal("hostile %s: nothing ran" % suffix, b.run("return window.pwned === undefined"), True)
        t.equal("hostile %s: only our scripts" % suffix, b.run(
            "return document.getElementsByTagName('script').length"), scripts)
        for name in ("</text></title><script>window.pwned=1</script>", "nul\u2400byte",
                     "\u241b[2J\u241b]0;title\u2407\ufffd31m", "\ufffd\ufffd\ufffdbidi\U0001f600"):
            b.point_at(b.find(frame_of(b, name)))
            t.ok("hostile %s: %s is text" % (suffix, json.dumps(name)), b.text("#frame") == name and
                 b.text("#figures").startswith("10ms"), b.text("#details"))
        b.click(b.find("#search"))
        b.type(b.find("#search"), "script|x{50}")
        t.ok("hostile %s: they are found" % suffix, b.text("#matched").startswith("Matched: 40ms"),
             b.text("#matched"))
        t.equal("hostile %s: nothing ran in the end" % suffix, b.run("return window.pwned === undefined"), True)
        is_alone(t, b, "hostile " + suffix)
    b.open(maker.file("svg", "-svg", "-nodecount=0", os.path.join(maker.top, "demo/shop1.cpu.pb.gz")))
    t.equal("call graph: no complaints", b.complaints(), [])


def main():
    missing = [name for name in ("chromium", "chromedriver") if not shutil.which(name)]
    if missing:
        print("1..0 # SKIP no %s here (Debian: chromium, chromium-driver)" % " and no ".join(missing))
        return 0
    t = Tests()
    with tempfile.TemporaryDirectory() as folder:
        maker = Maker(sys.argv[1], sys.argv[2], sys.argv[3], folder)
        b = Browser(folder)
        try:
            for case in (picture, merged, comparison, page, hostile):
                case(t, b, maker)
        finally:
            b.close()
    print("1..%d" % t.n)
    print("%d passed, %d failed" % (t.n - t.failed, t.failed))
    return t.failed != 0


if __name__ == "__main__":
    sys.exit(main())
