#!/usr/bin/env python3
"""How fast a preview follows: save, until the new bytes are served.

    python3 tests/bench/preview.py PROGRAM FOLDER [EDITS] [--hugo FOLDER] [--zola FOLDER]
        [--titles]

Edits texts of a folder (a copy of it is best), one after another, and asks for the page of
each until the new words are on it; with `--hugo` and `--zola` then the same of `hugo server`
and `zola serve` for folders of their own, in the same run; of Zola also with `--fast` and its
waiting as short as it goes. "event" is the time until the browser is told; "bytes" until the
new bytes are there; "work" is "bytes" without the quiet time we wait for (12 ms after the
last write). Prints the median, the 95th percentile and the most, in milliseconds.

With `--titles` the title changes, and the list of the folder is asked for until it tells so.
"""
import math
import os
import random
import re
import select
import socket
import subprocess
import sys
import threading
import time

QUIET = 12.0


PEERS = {
    "hugo server": ["hugo", "server", "--disableLiveReload", "--renderToMemory", "--source"],
    "zola serve": ["zola", "--root", None, "serve"],
    "zola serve --fast": ["zola", "--root", None, "serve", "--fast", "--debounce", "1"],
}


def start(program, folder):
    """Starts a preview; returns its process and its port."""
    if program in PEERS:
        port = free()
        words = [folder if word is None else word for word in PEERS[program]]
        words += [folder] if words[-1] == "--source" else []
        child = subprocess.Popen(
            [*words, "--port", str(port)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for line in child.stdout:
            if "web server is available" in line.lower():
                break
    else:
        child = subprocess.Popen(
            [program, "kijk", folder, "--niet-openen", "--poort", "0"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        port = None
        for line in child.stdout:
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
            if found:
                port = int(found.group(1))
                break
    if port is None:
        sys.exit("the preview did not start")
    threading.Thread(target=lambda: [None for _ in child.stdout], daemon=True).start()
    return child, port


def free():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def get(port, path):
    with socket.create_connection(("127.0.0.1", port), timeout=120) as link:
        link.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while more := link.recv(1 << 20):
            answer += more
    return int(answer[9:12]), answer


class Events:
    """What the browser is told; read when it is asked for, in the one thread of this script:
    two threads of Python wait for each other for milliseconds."""

    def __init__(self, port):
        self.link = socket.create_connection(("127.0.0.1", port))
        self.link.sendall(f"GET /_boekje/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())

    def forget(self):
        while select.select([self.link], [], [], 0)[0]:
            self.link.recv(1 << 16)

    def wait(self):
        """Waits until another site is told of."""
        self.link.settimeout(60)
        while b"event: now" not in self.link.recv(1 << 16):
            pass


def memory(pid):
    with open(f"/proc/{pid}/status") as status:
        facts = dict(line.split(":", 1) for line in status)
    return int(facts["VmRSS"].split()[0]) // 1024, int(facts["Threads"])


def cpu(pid):
    with open(f"/proc/{pid}/stat") as stat:
        facts = stat.read().rsplit(")", 1)[1].split()
    return (int(facts[11]) + int(facts[12])) / os.sysconf("SC_CLK_TCK")


def main():
    words, options = [], {"--hugo": None, "--zola": None, "--titles": False}
    rest = iter(sys.argv[1:])
    for word in rest:
        if word == "--titles":
            options[word] = True
        elif word in options:
            options[word] = next(rest)
        else:
            words.append(word)
    edits = int(words[2]) if len(words) > 2 else 20
    measure(words[0], words[1], edits, options["--titles"])
    for peer in PEERS:
        folder = options["--" + peer.split()[0]]
        if folder:
            measure(peer, folder, edits, options["--titles"])


def measure(program, folder, edits, titles):
    peer = program in PEERS
    content = os.path.join(folder, "content")
    content = content if os.path.isdir(content) else folder
    texts = sorted(os.path.join(at, name) for at, _, names in os.walk(content) for name in names
                   if name.endswith(".md") and not name.startswith(("_", "index", "site")))
    child, port = start(program, folder if peer else content)
    chosen = random.Random(1).sample(texts, min(len(texts), edits * 3))
    times, told, done = [], [], 0
    events = None if peer else Events(port)
    time.sleep(2)
    before = cpu(child.pid)
    for path in chosen:
        stem = os.path.relpath(path, content)[:-3]
        page = f"/{stem}/" if peer else f"/{stem}.html"
        if done == edits:
            break
        if get(port, page)[0] != 200:
            continue
        # Letters: nine digits could be a number that boekje covers.
        mark = "woord" + "".join(random.Random(path).choices("abcdefgh", k=9))
        with open(path, encoding="utf-8") as text:
            old = text.read()
        new = old.rstrip("\n") + f"\n\n{mark}\n"
        if titles:
            new = re.sub(r"(?m)^title(: | = ).*$", rf'title\g<1>"{mark}"', old, count=1)
            page = f"/{os.path.dirname(stem)}/" if peer else f"/{os.path.dirname(stem)}/index.html"
        time.sleep(0.7)
        if events:
            events.forget()
        began = time.perf_counter()
        with open(path, "w", encoding="utf-8") as text:
            text.write(new)
        if events:
            events.wait()
            told.append((time.perf_counter() - began) * 1000)
        while mark.encode() not in get(port, page)[1]:
            if time.perf_counter() - began > 60:
                sys.exit(f"{page} did not follow")
        times.append((time.perf_counter() - began) * 1000)
        done += 1
    time.sleep(2)
    used = (cpu(child.pid) - before) * 1000 / max(1, done)
    rss, threads = memory(child.pid)
    child.kill()
    print(program if peer else "boekje")
    show("event", told)
    show("bytes", times)
    if not peer:
        show("work", [max(0.0, one - QUIET) for one in times])
    print(f"{len(texts)} texts, {done} edits, {used:.0f} CPU ms each with all that follows, "
          f"{rss} MiB, {threads} threads")


def show(name, times):
    if times:
        times = sorted(times)
        at = lambda part: times[max(0, math.ceil(len(times) * part) - 1)]
        print(f"{name:6} median {at(.5):7.1f}  p95 {at(.95):7.1f}  most {times[-1]:7.1f} ms")


main()
