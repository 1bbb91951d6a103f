#!/usr/bin/env python3
"""A long evening of writing, and what is left of it.

    python3 tests/bench/soak.py PROGRAM [ACTS] [TEXTS] [SEED] [-- WORDS FOR THE PREVIEW]

Makes a folder of texts (60) in a temporary place and lets a preview stand on it. Then does
ACTS (2000) things to it by chance: edits in all the ways that editors save, renames, copies,
deletions, folders that move, pictures, a theme that changes and stumbles, a booklet, and a
folder of texts that goes away and comes back. Meanwhile others look: pages, booklets, the
bar, as other readers, tabs that listen and leave.

After it, every file of a fresh `build` must be served with the same bytes and nothing more
may be served, and threads, open files and memory must be back where they were after the
first tenth. Prints what it found; the exit code is 1 when something was not so.
"""
import http.client
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import zlib

KINDS = ("tip", "verhaal", "plan", "pagina", "woorden", "concept")
WORDS = "Ook na ruzie kom je terug met koffie en geduld want samen gaat het beter dan alleen".split()


def body(chance, name):
    kind = chance.choice(KINDS)
    lines = [f"titel: {name} {chance.randrange(100)}"]
    if kind == "verhaal":
        lines += ["soort: verhaal", "verteller: Noor", f"toestemming: {chance.choice(['ja', 'nee'])}"]
    elif kind == "plan":
        lines += ["soort: plan", "lezers: gezin, school"]
    elif kind == "woorden":
        lines += ["soort: woorden"]
    elif kind == "concept":
        lines += ["concept: ja"]
    else:
        lines += [f"soort: {kind}"]
    if chance.random() < 0.1:
        lines.append("taal: en")
    text = "---\n" + "\n".join(lines) + "\n---\n\n"
    for part in range(chance.randrange(1, 5)):
        words = " ".join(chance.choices(WORDS, k=chance.randrange(5, 60)))
        text += f"## Deel {part}\n\n" if chance.random() < 0.5 else ""
        text += "Voor: school\n\n" if kind == "plan" and chance.random() < 0.3 else ""
        text += words + ".\n\n"
    if chance.random() < 0.3:
        text += f"[Lees ook](tekst-{chance.randrange(60)}.md) en ![Een stip](beeld/stip.png)\n"
    if chance.random() < 0.1:
        text += "[[invoegen: deel/hulp]]\n"
    return text


def png(shade):
    """A picture of one colour."""
    def part(kind, data):
        sum_ = zlib.crc32(kind + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + kind + data + sum_
    rows = (b"\0" + bytes([shade, 90, 140]) * 24) * 24
    size = (24).to_bytes(4, "big") * 2
    return (b"\x89PNG\r\n\x1a\n" + part(b"IHDR", size + b"\x08\x02\0\0\0")
            + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b""))


class Project:
    """A folder of texts, and somebody who works in it."""

    def __init__(self, top, texts, chance):
        self.top, self.dir, self.chance = top, os.path.join(top, "teksten"), chance
        self.texts = texts
        self.write("site.md", "titel: Samen\ntaal: nl\nstijl: eigen\n\n")
        self.write("index.md", "# Welkom\n\nFijn dat je er bent.\n")
        self.write("deel/hulp.md", "Bel iemand die je vertrouwt.\n")
        self.write("boekje.md", "soort: boekje\ntitel: Ons boekje\nformaat: A5\n\n- [Een](tips/tekst-1.md)\n- tekst-2.md\n")
        self.write("themes/eigen/theme.toml", 'name = "eigen"\nparent = "verbinden"\n')
        self.write("tips/beeld/stip.png", png(10))
        self.write("plannen/beeld/stip.png", png(20))
        for number in range(texts):
            self.write(self.name(number), body(chance, f"Tekst {number}"))

    def name(self, number=None):
        number = self.chance.randrange(self.texts) if number is None else number
        return f"{('tips', 'verhalen', 'plannen')[number % 3]}/tekst-{number}.md"

    def path(self, name):
        return os.path.join(self.dir, name)

    def write(self, name, data):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data if isinstance(data, bytes) else data.encode())

    def by_rename(self, name, data):
        self.write(".tijdelijk~", data)
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        os.replace(self.path(".tijdelijk~"), self.path(name))

    def in_two(self, name, data):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(data[:7])
            file.flush()
            time.sleep(self.chance.random() * 0.03)
            file.write(data[7:])

    def act(self):
        """Does one thing."""
        chance, name = self.chance, self.name()
        new = body(chance, os.path.basename(name))
        acts = [
            (20, lambda: self.write(name, new)),
            (20, lambda: self.by_rename(name, new)),
            (8, lambda: self.in_two(name, new)),
            (6, lambda: os.remove(self.path(name))),
            (5, lambda: os.replace(self.path(name), self.path(self.name()))),
            (3, lambda: shutil.copy(self.path(name), self.path(self.name()))),
            (2, lambda: self.write(name, b"")),
            (2, lambda: self.write(name, bytes(chance.randrange(256) for _ in range(200)))),
            (3, lambda: self.write(chance.choice(("tips", "plannen")) + "/beeld/stip.png", png(chance.randrange(256)))),
            (1, lambda: os.remove(self.path("tips/beeld/stip.png"))),
            (3, lambda: self.write("themes/eigen/css/print.css", f"body {{ margin: {chance.randrange(9)}px }}\n")),
            (2, lambda: self.write("themes/eigen/kind/tip.html", chance.choice((
                '{% extends "base.html" %}\n{% block main %}{% if %}\n',
                '{% extends "base.html" %}\n{% block main %}<h1>Eigen</h1>{% endblock %}\n')))),
            (2, lambda: os.remove(self.path("themes/eigen/kind/tip.html"))),
            (2, lambda: self.write("themes/eigen/theme.toml", chance.choice((
                'name = "eigen"\nparent = "verbinden"\n', "name = eigen\n")))),
            (1, lambda: shutil.rmtree(self.path("themes/eigen/css"))),
            (2, lambda: self.write("site.md", f"titel: Samen {chance.randrange(9)}\ntaal: nl\nstijl: {chance.choice(('eigen', 'rustig', 'weg'))}\n\n")),
            (2, lambda: self.write("boekje.md", f"soort: boekje\ntitel: Boek {chance.randrange(3)}\nformaat: {chance.choice(('A5', 'A5, epub', 'koelkast'))}\n\n- [T]({self.name()})\n- {os.path.basename(self.name())}\n")),
            (1, lambda: os.remove(self.path("boekje.md"))),
            (2, lambda: self.write("deel/hulp.md", f"Bel nummer {chance.randrange(9)}.\n")),
            (1, lambda: os.replace(self.path("verhalen"), self.path("oude-verhalen"))),
            (2, lambda: os.replace(self.path("oude-verhalen"), self.path("verhalen"))),
            (1, self.away),
        ]
        what = chance.choices([act for _, act in acts], [weight for weight, _ in acts])[0]
        try:
            what()
        except OSError:
            # What is not there cannot be moved; the next one comes.
            pass

    def away(self):
        """The folder goes away for a while, as a drive that is pulled out."""
        os.replace(self.dir, self.dir + "-weg")
        time.sleep(self.chance.random())
        os.replace(self.dir + "-weg", self.dir)


class Shown:
    """A preview that runs."""

    def __init__(self, program, top, more):
        words = [program, "--taal", "nl", "kijk", "teksten", "--niet-openen", "--poort", "0", *more]
        self.child = subprocess.Popen(words, cwd=top, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                      text=True, env=environment(top))
        self.port = None
        for line in self.child.stdout:
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
            if found:
                self.port = int(found.group(1))
                break
        if self.port is None:
            sys.exit("the preview did not start")
        threading.Thread(target=lambda: [None for _ in self.child.stdout], daemon=True).start()

    def get(self, path):
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            link.request("GET", path)
            answer = link.getresponse()
            return answer.status, answer.read()
        finally:
            link.close()

    def facts(self):
        """Threads, open files, memory in kB."""
        with open(f"/proc/{self.child.pid}/status", encoding="utf-8") as status:
            facts = dict(line.split(":", 1) for line in status)
        files = len(os.listdir(f"/proc/{self.child.pid}/fd"))
        return int(facts["Threads"]), files, int(facts["VmRSS"].split()[0])


def environment(top):
    names = ("PATH", "TMPDIR", "RUST_BACKTRACE")
    return {name: os.environ[name] for name in names if name in os.environ} | {"HOME": os.path.join(top, "thuis")}


def look(shown, project, chance, tabs, slow):
    """Somebody looks at something."""
    page = project.name()[:-3] + ".html"
    what = chance.randrange(12)
    began = time.perf_counter()
    if what < 5:
        shown.get("/" + page)
    elif what < 7:
        shown.get(f"/_boekje/state?page={page}&as=")
    elif what == 7:
        shown.get(f"/_boekje/as/{chance.choice(('school', 'gezin', 'schrijver'))}/{page}")
    elif what == 8:
        shown.get("/_boekje/lines?page=" + page)
    elif what == 9:
        shown.get("/_boekje/theme")
    elif what == 10:
        if chance.random() < 0.1:
            shown.get(chance.choice(("/boek-1.pdf", "/_boekje/booklet/boek-1.pdf", "/p/words.txt")))
        return
    elif len(tabs) < 6:
        tab = http.client.HTTPConnection("127.0.0.1", shown.port, timeout=30)
        tab.request("GET", "/_boekje/events")
        tabs.append(tab)
        return
    else:
        tabs.pop(chance.randrange(len(tabs))).close()
        return
    slow.append(time.perf_counter() - began)


def differing(program, top, shown, more):
    """Returns what is served otherwise than a build makes it."""
    site = os.path.join(top, "site")
    shutil.rmtree(site, ignore_errors=True)
    same = [word for word in more if word in ("--zonder-boekjes", "--no-booklets")]
    built = subprocess.run([program, "bouw", "teksten", "--out", site, *same], cwd=top, env=environment(top),
                           capture_output=True, text=True, check=False)
    if not os.path.isdir(site):
        return ["the build: " + (built.stderr or built.stdout)[-600:]]
    wrong = []
    for at, _, names in os.walk(site):
        for name in names:
            path = os.path.relpath(os.path.join(at, name), site)
            if path.startswith("."):
                continue
            with open(os.path.join(at, name), "rb") as file:
                want = file.read()
            status, bytes_ = shown.get("/" + urllib.parse.quote(path))
            if status != 200 or bytes_ != want:
                wrong.append(f"{path} ({status})")
    for name in {f"{folder}/tekst-{n}.html" for folder in ("tips", "plannen", "verhalen", "oude-verhalen") for n in range(60)}:
        if not os.path.exists(os.path.join(site, name)) and shown.get("/" + name)[0] == 200:
            wrong.append(f"{name} is served and not built")
    return wrong


def main():
    at = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    program, own, more = os.path.abspath(sys.argv[1]), sys.argv[2:at], sys.argv[at + 1:]
    acts, texts, seed = (int(word) for word in own + ["2000", "60", "1"][len(own):])
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as top:
        project = Project(top, texts, chance)
        shown = Shown(program, top, more)
        tabs, slow, before = [], [], None
        began = time.time()
        for at in range(acts):
            project.act()
            for _ in range(chance.randrange(3)):
                look(shown, project, chance, tabs, slow)
            time.sleep(chance.choice((0, 0, 0.01, 0.03, 0.06, 0.2)))
            if at == acts // 10:
                time.sleep(4)
                before = shown.facts()
            if at % max(1, acts // 10) == 0:
                print(f"{at} acts, {time.time() - began:.0f} s: threads, files, kB {shown.facts()}", flush=True)
        for tab in tabs:
            tab.close()
        until = time.time() + 60
        while (wrong := differing(program, top, shown, more)) and time.time() < until:
            time.sleep(2)
        time.sleep(4)
        after = shown.facts()
        slow.sort()
        print(f"{acts} acts in {time.time() - began:.0f} s; {len(slow)} looks: median {slow[len(slow) // 2] * 1000:.0f},"
              f" p99 {slow[len(slow) * 99 // 100] * 1000:.0f}, most {slow[-1] * 1000:.0f} ms")
        print(f"threads, files, kB: {before} became {after}")
        wrong += [f"threads: {before[0]} became {after[0]}"] if after[0] > before[0] + 2 else []
        wrong += [f"files: {before[1]} became {after[1]}"] if after[1] > before[1] + 2 else []
        wrong += [f"memory: {before[2]} kB became {after[2]} kB"] if after[2] > before[2] * 3 // 2 + 60000 else []
        shown.child.kill()
        if wrong:
            keep = tempfile.mkdtemp(prefix="soak-")
            shutil.copytree(project.dir, os.path.join(keep, "teksten"))
            print(f"the folder is in {keep}")
        print("\n".join(wrong) or "all as built")
        sys.exit(1 if wrong else 0)


main()
