#!/usr/bin/env python3
# Files for other tools, read by these tools.
#
# Lives here: what inferno-flamegraph, flamelens, speedscope and go tool pprof make of what we write:
# each reads it without complaint, and its total is that of our table of functions.  Prints TAP; a
# tool that is not here is skipped with a word.
# Not here: the files as such (tests/cli/exports.sh, tests/unit/report/).
#
#	check.py BINARY FOLDED TOP	the program, tests/screen/folded, the source tree
#
#	cargo install inferno flamelens
#	npm install speedscope ajv	then SPEEDSCOPE=.../node_modules/speedscope
#
# flamelens needs tmux, speedscope chromium and chromium-driver; ajv, with node, checks its schema.

import base64
import glob
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

SCHEMA = """
const Ajv = require(process.argv[1] + '/../ajv');
const schema = require(process.argv[1] + '/dist/release/file-format-schema.json');
const check = new Ajv({ strict: false, allowUnionTypes: true }).compile(schema);
if (!check(JSON.parse(require('fs').readFileSync(process.argv[2]))))
	throw new Error(JSON.stringify(check.errors));
"""


def load_browser_tests(top):
    """Verdicts, and the browser, are those of tests/browser/check.py."""
    path = os.path.join(top, "tests/browser/check.py")
    spec = importlib.util.spec_from_file_location("browser", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Case:
    """One profile, or two compared; what our own reports say of it."""

    def __init__(self, binary, name, arguments):
        self.binary, self.name, self.arguments = binary, name, arguments

    def report(self, *flags):
        return subprocess.run([self.binary, *flags, *self.arguments], check=True, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE).stdout

    def table(self, *flags):
        return json.loads(self.report("-top", "-json", "-trim=false", *flags))

    def total(self, *flags):
        """What percentages are of; in a comparison, where that is the base, what all functions sum up to."""
        return self.flat(*flags) if self.is_comparison() else self.table(*flags)["total"]

    def flat(self, *flags):
        return sum(row["flat"] for row in self.table(*flags)["rows"])

    def folded(self):
        """Sum of what comes last in each line, and of what stands before that in a comparison."""
        lines = [line.split(b" ") for line in self.report("-folded").splitlines()]
        after = sum(int(words[-1]) for words in lines)
        before = sum(int(words[-2]) for words in lines) if self.is_comparison() else 0
        return after, before

    def is_comparison(self):
        return len(self.arguments) > 1


def cases(binary, folded, top, folder):
    real = sorted(glob.glob(os.path.join(top, "demo/*.pb.gz")) + glob.glob(os.path.join(top, "tests/data/*.pb.gz")))
    all_cases = [Case(binary, os.path.basename(path), [path]) for path in real]
    old, new = os.path.join(top, "demo/shop1.cpu.pb.gz"), os.path.join(top, "tests/data/shop2.cpu.pb.gz")
    all_cases += [Case(binary, "shop2 less shop1 (%s)" % flag, [flag + "=" + old, new])
                  for flag in ("-base", "-diff_base")]
    hostile = os.path.join(folder, "hostile.pb")
    with open(os.path.join(top, "tests/exports/hostile.folded"), "rb") as f, open(hostile, "wb") as to:
        subprocess.run([folded], input=f.read() + b"main.main;" + b"x" * 100000 + b" 1 10000000\n", stdout=to, check=True)
    return all_cases + [Case(binary, "hostile names", [hostile])]


# ---- folded stacks ----

def inferno(t, case):
    if not shutil.which("inferno-flamegraph"):
        t.skip("inferno: " + case.name, "no inferno-flamegraph")
        return
    done = subprocess.run(["inferno-flamegraph"], input=case.report("-folded"), stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE)
    after, before = case.folded()
    t.equal("folded, %s: stacks sum up to the table" % case.name, after - before, case.total())
    total = re.search(rb'total_samples="(\d+)"', done.stdout)
    t.ok("inferno, %s: no complaints" % case.name, done.returncode == 0 and not done.stderr, done.stderr)
    t.equal("inferno, %s: the same total" % case.name, total and int(total.group(1)), after)


def flamelens(t, case, folder):
    if not shutil.which("flamelens") or not shutil.which("tmux"):
        t.skip("flamelens: " + case.name, "no flamelens, or no tmux")
        return
    path = os.path.join(folder, "a.folded")
    with open(path, "wb") as f:
        f.write(case.report("-folded"))
    tmux = ["tmux", "-f", "/dev/null", "-S", os.path.join(folder, "tmux")]
    wanted = "all [%d samples, 100.00%% of all]" % case.folded()[0]
    screen = ""
    subprocess.run([*tmux, "new-session", "-d", "-x", "120", "-y", "40", "flamelens", "--sorted", path], check=True)
    for _ in range(100):
        screen = subprocess.run([*tmux, "capture-pane", "-p"], stdout=subprocess.PIPE).stdout.decode()
        if wanted in screen:
            break
        time.sleep(0.1)
    subprocess.run([*tmux, "kill-server"])
    t.ok("flamelens, %s: the same total" % case.name, wanted in screen, screen[-600:])


# ---- speedscope ----

def schema(t, case, package, folder):
    if not package or not shutil.which("node") or not os.path.isdir(os.path.join(package, "../ajv")):
        t.skip("speedscope's schema: " + case.name, "no speedscope, ajv or node")
        return
    path = os.path.join(folder, "a.speedscope.json")
    with open(path, "wb") as f:
        f.write(case.report("-speedscope"))
    done = subprocess.run(["node", "-e", SCHEMA, os.path.abspath(package), path], stderr=subprocess.PIPE)
    t.ok("speedscope's schema, %s" % case.name, done.returncode == 0, done.stderr[-300:])


def weights(t, case):
    """The file's own sums: each sample type, in a comparison after less before."""
    page = json.loads(case.report("-speedscope"))
    sums = [sum(profile["weights"]) for profile in page["profiles"]]
    types = [s["type"] for s in case.table()["profile"]["sample_types"]]
    if case.is_comparison():
        sums = [sums[i + 1] - sums[i] for i in range(0, len(sums), 2)]
    t.equal("speedscope, %s: weights sum up to the table" % case.name, sums,
            [case.total("-sample_index=%d" % i) for i in range(len(types))])


def seconds(text):
    """1.71s (21%) -> 1.71"""
    number, unit = re.match(r"([\d.]+)(\D*?) \(", text).groups()
    return float(number) * {"s": 1, "ms": 1e-3, "\u00b5s": 1e-6, "ns": 1e-9}[unit]


def in_speedscope(t, b, case, package, folder):
    """As its own command does it: a script with the file in it."""
    script = os.path.join(folder, "profile.js")
    with open(script, "w", encoding="ascii") as f:
        f.write("speedscope.loadFileFromBase64('a.json', '%s')" % base64.b64encode(case.report("-speedscope")).decode())
    b.call("POST", "/url", {"url": "about:blank"}) # or it would be the page of before
    b.open(os.path.abspath(package) + "/dist/release/index.html#localProfilePath=" + script)
    rows = "return Array.from(document.querySelectorAll('tr'), (r) => Array.from(r.children, (c) => c.innerText))"
    for _ in range(100):
        b.press("3")
        shown = b.run(rows)
        if ["Total", "Self", "Symbol Name"] in shown:
            break
        time.sleep(0.1)
    shown = [row for row in shown if len(row) == 3 and row[0].endswith("%)")]
    wanted = {row["name"]: (row["cum"] / 1e9, row["flat"] / 1e9) for row in case.table()["rows"]}
    wrong = [row for row in shown if row[2] not in wanted or
             abs(seconds(row[0]) - wanted[row[2]][0]) > 0.006 or abs(seconds(row[1]) - wanted[row[2]][1]) > 0.006]
    t.ok("speedscope itself, %s: has functions" % case.name, len(shown) > 10, shown)
    t.equal("speedscope itself, %s: all with our flat and cum" % case.name, wrong, [])


def browse(t, browser, package, some_cases, folder):
    missing = [name for name in ("chromium", "chromedriver") if not shutil.which(name)]
    if missing or not package:
        t.skip("speedscope itself", "no " + " and no ".join(missing or ["speedscope (see SPEEDSCOPE above)"]))
        return
    b = browser.Browser(folder)
    try:
        for case in some_cases:
            in_speedscope(t, b, case, package, folder)
    finally:
        b.close()


# ---- the profile itself ----

def reference(t, case, folder):
    if not shutil.which("go"):
        t.skip("go tool pprof: " + case.name, "no go")
        return
    path = os.path.join(folder, "a.pb.gz")
    with open(path, "wb") as f:
        f.write(case.report("-proto"))
    environment = dict(os.environ, PPROF_BINARY_PATH="/nonexistent", PPROF_TMPDIR=folder, HOME=folder, TZ="UTC")

    def run(*command):
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
        return done.returncode, done.stdout

    for flags in (["-raw"], ["-top", "-trim=false"], ["-top", "-cum", "-lines"]):
        theirs = run("go", "tool", "pprof", *flags, path)
        t.ok("go tool pprof %s, %s: reads it, and sees what we see" % (" ".join(flags), case.name),
             theirs[0] == 0 and theirs[1] == run(case.binary, *flags, path)[1], theirs[1][:300])
    again = Case(case.binary, case.name, [path])
    t.equal("go tool pprof, %s: functions sum up to what they did" % case.name, again.flat(), case.flat())


def main():
    binary, folded, top = sys.argv[1:4]
    browser = load_browser_tests(top)
    package = os.environ.get("SPEEDSCOPE", "")
    t = browser.Tests()
    with tempfile.TemporaryDirectory() as folder:
        everything = cases(binary, folded, top, folder)
        for case in everything:
            inferno(t, case)
            flamelens(t, case, folder)
            schema(t, case, package, folder)
            weights(t, case)
            reference(t, case, folder)
        browse(t, browser, package, [c for c in everything if c.name in ("shop1.cpu.pb.gz", "sort.cpu.pb.gz", "json.cpu.pb.gz")],
               folder)
    print("1..%d" % t.n)
    print("%d passed, %d failed, %d skipped" % (t.n - t.failed - t.skipped, t.failed, t.skipped))
    return t.failed != 0


if __name__ == "__main__":
    sys.exit(main())
