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
ENTER, ESCAPE, DOWN, RIGHT = "\ue007", "\ue00c", "\ue015", "\ue014"
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


def moves(t, b, what):
    """Zoom, details, search and keys: the same in the picture and in the page."""
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
    t.ok(what + ": the root tells the total",
         b.text("#details").startswith("root: 8.13s (100%)"), b.text("#details"))
    b.run("if (document.activeElement && document.activeElement.blur) document.activeElement.blur()")
    b.press(DOWN)
    b.press(RIGHT)
    selected = b.text("#details")
    b.press(ENTER)
    t.equal(what + ": keys walk and zoom", width_of(b, "#frames .selected"), whole)
    t.ok(what + ": the frame is told", selected.split(":")[0] in b.text("#details"), selected)
    b.press(ESCAPE)
    t.equal(what + ": Escape resets", width_of(b, frame), before)
    low = b.run("return Number(document.querySelector(\"#frames [data-i='0']\").getAttribute('y'))")
    b.press("o")
    high = b.run("return Number(document.querySelector(\"#frames [data-i='0']\").getAttribute('y'))")
    t.ok(what + ": o turns it over", high > low, (low, high))
    b.press("o")
    b.press("/")
    t.equal(what + ": / goes to the search", b.run("return document.activeElement.id"), "search")


def search(t, b, what, maker, profile):
    box = b.find("#search")
    b.click(box)
    b.type(box, "mergeSort$")
    row = maker.top_row(profile, "main.mergeSort")
    t.equal(what + ": a search tells what it covers", b.text("#matched"),
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


def picture(t, b, maker):
    profile = os.path.join(maker.top, "demo/shop1.cpu.pb.gz")
    b.open(maker.file("svg", "-flamegraph", profile))
    moves(t, b, "picture")
    search(t, b, "picture", maker, profile)
    row = maker.top_row(profile, "main.makeItem")
    b.point_at(b.find(frame_of(b, "main.makeItem")))
    t.ok("picture: details have flat and cum", re.match(
        r"main\.makeItem: \S+ \(\S+%\), flat ", b.text("#details")) is not None, (b.text("#details"), row))
    is_alone(t, b, "picture")
    b.open(maker.file("svg", "-flamegraph", "-inverted", "-flame_up", profile))
    t.equal("inverted: boxes lie side by side", boxes_are_inside(b), "")
    row = maker.top_row(profile, "main.mergeSort")
    b.point_at(b.find(frame_of(b, "main.mergeSort")))
    t.ok("inverted: a frame at the bottom has what is flat in the table",
         b.text("#details").startswith("main.mergeSort: %s (%s)" % (row[0], row[1])), b.text("#details"))


def comparison(t, b, maker):
    old = maker.profile(b"!type cpu nanoseconds\nmain;a 10000000\nmain;b 20000000\n")
    new = maker.profile(b"!type cpu nanoseconds\nmain;a 40000000\nmain;b 20000000\n")
    b.open(maker.file("svg", "-flamegraph", "-diff_base=" + old, new))
    t.equal("comparison: more is red", b.run(
        "return document.querySelector(arguments[0]).classList[0]", frame_of(b, "a")), "p4")
    t.equal("comparison: the same is grey", b.run(
        "return document.querySelector(arguments[0]).classList[0]", frame_of(b, "b")), "z")
    b.point_at(b.find(frame_of(b, "a")))
    t.ok("comparison: details have both sides", ": 30ms (100%), before 10ms (33.33%), after 40ms (133.33%)"
         in b.text("#details"), b.text("#details"))


def cells(b, column):
    return b.run("return Array.from(document.querySelectorAll('#functions tbody tr'))"
                 ".map((tr) => tr.children[arguments[0]].textContent)", column)


def page(t, b, maker):
    profile = os.path.join(maker.top, "demo/shop1.cpu.pb.gz")
    b.open(maker.file("html", "-flamegraph=html", profile))
    moves(t, b, "page")
    search(t, b, "page", maker, profile)
    wanted = [line.split()[-1] for line in maker.report("-top", "-trim=false", profile).decode().splitlines()]
    t.equal("page: the table begins with the heaviest", cells(b, 4)[0], wanted[wanted.index("cum%") + 1])
    b.click(b.find("th[data-by=cum]"))
    wanted = [line.split()[-1] for line in
              maker.report("-top", "-cum", "-trim=false", profile).decode().splitlines()]
    t.equal("page: a head sorts by cum", cells(b, 4)[0], wanted[wanted.index("cum%") + 1])
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
        for name in ("</text></title><script>window.pwned=1</script>", "nul\0byte"):
            b.point_at(b.find(frame_of(b, name)))
            t.ok("hostile %s: %s is text" % (suffix, json.dumps(name)),
                 b.text("#details").startswith(name + ": 10ms"), b.text("#details"))
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
            for case in (picture, comparison, page, hostile):
                case(t, b, maker)
        finally:
            b.close()
    print("1..%d" % t.n)
    print("%d passed, %d failed" % (t.n - t.failed, t.failed))
    return t.failed != 0


if __name__ == "__main__":
    sys.exit(main())
