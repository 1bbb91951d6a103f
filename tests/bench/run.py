#!/usr/bin/env python3
"""How much a booklet costs: CPU seconds and memory of boekje, and of WeasyPrint on the same
texts when it can be had.

    cargo build --release
    python3 tests/bench/run.py [PROGRAM] [--weasyprint]

12 chapters are about 41 pages of A5, 124 about 397. `--weasyprint` fetches WeasyPrint 70 and
pandoc from PyPI into `target/bench/peers`.
"""

import os
import resource
import subprocess
import sys
import venv
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
WORK = HOME / "target" / "bench"
PEERS = WORK / "peers"
PAGE = "@page{size:A5;margin:20mm 15mm 18mm;@bottom-center{content:counter(page)}}" \
    "body{font:10.5pt/1.45 sans-serif}img{max-width:100%}"


def cost(*call):
    """Runs a program; returns its CPU seconds and its largest size in megabytes."""
    child = os.fork()
    if child == 0:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        os.execvp(str(call[0]), [str(part) for part in call])
    _, status, used = os.wait4(child, 0)
    if status:
        sys.exit(f"{call[0]} ended with {os.waitstatus_to_exitcode(status)}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def best(*call, times=3):
    """The cheapest of a few runs: a busy machine only adds."""
    runs = [cost(*call) for _ in range(times)]
    return min(run[0] for run in runs), min(run[1] for run in runs)


def texts(chapters, how):
    place = WORK / f"{how}-{chapters}"
    call = [sys.executable, HOME / "tests/bench/booklet.py", str(chapters), place, how]
    subprocess.run(call, check=True)
    return place


def pages(pdf):
    said = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True).stdout
    return next((line.split()[1] for line in said.splitlines() if line.startswith("Pages")), "?")


def peers():
    if not (PEERS / "bin/weasyprint").exists():
        venv.create(PEERS, with_pip=True)
        wanted = ["weasyprint==70.0", "pypandoc_binary==1.17"]
        subprocess.run([PEERS / "bin/pip", "install", "--quiet", *wanted], check=True)
    (WORK / "page.css").write_text(PAGE)


def weasyprint(chapters):
    place = texts(chapters, "pandoc")
    html, pdf = place / "tips.html", place / "tips.pdf"
    convert = (
        "import pypandoc, sys; pypandoc.convert_file(sys.argv[1], 'html', outputfile=sys.argv[2],"
        "format='gfm+attributes+footnotes', extra_args=['-s', '--toc'])"
    )
    made = cost(PEERS / "bin/python", "-c", convert, place / "tips.md", html)
    set_ = cost(PEERS / "bin/weasyprint", "--pdf-variant", "pdf/ua-1", "-s", WORK / "page.css", html, pdf)
    return made[0] + set_[0], set_[1], pages(pdf)


def line(what, chapters, seconds, size, count):
    print(f"{what:32} {chapters:4} chapters {count:>4} pages {seconds:7.2f} CPU s {size:6.0f} MB", flush=True)


def main():
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    program = Path(words[0] if words else HOME / "target/release/boekje").resolve()
    with_peers = "--weasyprint" in sys.argv
    WORK.mkdir(parents=True, exist_ok=True)
    if with_peers:
        peers()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for chapters in (12, 124):
        place = texts(chapters, "boekje")
        out = WORK / f"out-{chapters}"
        for edition in ("a5", "a5,sheets,large,cards,epub"):
            call = [program, "print", place, "--date", "2026-06-01", "--edition", edition, "--out", out]
            seconds, size = best(*call)
            line(f"boekje {edition}", chapters, seconds, size, pages(next(out.glob("*ing.pdf"))))
        if with_peers:
            line("WeasyPrint 70", chapters, *weasyprint(chapters))
    example = WORK / "out-example"
    every = "a5,sheets,large,fridge,cards,crisis,epub"
    call = [program, "print", HOME / "content", "--date", "2026-06-01", "--edition", every, "--out", example]
    seconds, size = best(*call)
    line("boekje, every edition of content/", 0, seconds, size, pages(example / "samen-verder.pdf"))


main()
