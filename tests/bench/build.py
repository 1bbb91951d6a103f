#!/usr/bin/env python3
"""What building a site costs, beside a peer and on the same texts.

    python3 tests/bench/build.py PROGRAM FOLDER [TIMES] [--peer NAME COMMAND]... [--floor PROGRAM]

Builds a copy of a folder without and with search, cold, once more, and after a sentence more
in one text, in turn with each peer; OUT in the command of a peer is a new folder each time. Prints the median of CPU seconds (user and
system), wall seconds, the most memory in MiB, and how many times that is of the first peer.
With `--floor` (`cargo build --release --example floor`) also what reading, parsing and
writing alone cost. Every build goes to a folder of its own, and nothing is removed before
the end: a file system that has just removed files makes new ones slowly, for everybody.
"""
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time


def run(command, **env):
    """Runs a command with more in its environment; returns user and system CPU seconds, wall seconds and memory in MiB."""
    start = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                             env={**os.environ, **env})
    said = child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(f"{' '.join(command)}: {said.decode(errors='replace')[-300:]}")
    wall = time.monotonic() - start
    return used.ru_utime, used.ru_stime, wall, used.ru_maxrss / 1024


def main():
    words, peers, rest, floor = sys.argv[1:], [], [], None
    while words:
        word = words.pop(0)
        if word == "--peer":
            peers.append((words.pop(0), words.pop(0).split()))
        elif word == "--floor":
            floor = words.pop(0)
        else:
            rest.append(word)
    if len(rest) < 2:
        sys.exit(__doc__)
    program, folder = rest[:2]
    times = int(rest[2]) if len(rest) > 2 else 5
    home = tempfile.mkdtemp(prefix="bench")
    texts = shutil.copytree(folder, f"{home}/texts")
    build = [program, "build", texts, "--out"]
    tips = sorted(pathlib.Path(texts).rglob("*.md"))
    seen = {}

    def one(name, command, **env):
        seen.setdefault(name, []).append(run(command, **env))

    for turn in range(times):
        out = f"{home}/{turn}"
        # A folder of its own for what builds leave for each other: the first is cold.
        notes = {"XDG_CACHE_HOME": f"{out}notes"}
        one("without search", [*build, f"{out}a", "--no-search"], **notes)
        for name, command in peers:
            one(name, [word.replace("OUT", f"{out}{name}") for word in command])
        one("with search", [*build, f"{out}b"], XDG_CACHE_HOME=f"{out}more")
        if floor:
            one("floor", [floor, folder, f"{out}a", f"{out}floor"])
        one("unchanged", [*build, f"{out}a", "--no-search"], **notes)
        with open(tips[len(tips) * (turn + 1) // (times + 2)], "a") as text:
            text.write("\n\nEen zin erbij.\n")
        one("one changed", [*build, f"{out}a", "--no-search"], **notes)
        # What was saved a moment ago is never relied on.
        time.sleep(3)
    base = peers[0][0] if peers else "without search"
    middle = {
        name: [statistics.median(column) for column in zip(*rows)] for name, rows in seen.items()
    }
    of_base = sum(middle[base][:2])
    print(f"{'':16} {'user':>7} {'system':>7} {'wall':>7} {'MiB':>6}  times {base}")
    for name, (user, system, wall, memory) in middle.items():
        ratio = (user + system) / of_base
        print(f"{name:16} {user:7.2f} {system:7.2f} {wall:7.2f} {memory:6.0f}  {ratio:.2f}")
    shutil.rmtree(home)


if __name__ == "__main__":
    main()
