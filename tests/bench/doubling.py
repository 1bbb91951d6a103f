"""Twice as much text, about twice as much work: looks for what is slower than that.

    python3 tests/bench/doubling.py [PROGRAM] [--only NAME]

Every construct fills a text of its own, once and twice as long. The last column is the
factor in user time between them; above 2.8 the line is marked. A measurement, no test.
"""

import argparse
import pathlib
import resource
import subprocess
import tempfile

PLAN = "soort: plan\nverzonnen: ja\n\n# Plan\n\n"

# Name → what stands before, and what is repeated; {n} is the number of the repetition.
CONSTRUCTS = {
    "headings": ("", "## Kop {n}\n\nTekst.\n\n"),
    "equal headings": ("", "## Kop\n\nTekst.\n\n"),
    "footnotes": ("", "brood[^{n}]\n\n[^{n}]: thee\n\n"),
    "one footnote, often": ("[^a]: thee\n\n", "brood[^a] "),
    "asides": ("", "[//]: # (terzijde)\n"),
    "open asides": ("", "[//]: # (terzijde\n"),
    "comments": ("", "a <!-- b --> c\n"),
    "open comments": ("", "a <!-- b\n"),
    "loose comments": ("", "a <!- b —› c\n"),
    "percent": ("", "a %% b\n\n"),
    "links": ("", "[w](weg-{n}.md) "),
    "wiki": ("", "[[weg {n}]] "),
    "open wiki": ("", "[[weg {n} "),
    "definitions": ("", "[a{n}]: b{n}.md\n\n[a{n}]\n\n"),
    "pictures": ("", "![alt {n}](weg{n}.png)\n\n"),
    "emphasis": ("", "*a _b **c "),
    "stars": ("", "a**b"),
    "backticks": ("", "a `b ``c "),
    "brackets": ("", "[a"),
    "parens": ("", "[a]("),
    "angles": ("", "<a "),
    "quotes": ("", "> citaat\n\n"),
    "nested quotes": ("", ">"),
    "nested lists": ("", "- "),
    "callouts": ("", "> [!tip] Let op {n}\n> tekst\n\n"),
    "voices": ("", "> Jongere: hallo {n}\n\n"),
    "list": ("", "- punt {n}\n"),
    "checklist": ("", "- [ ] punt {n}\n"),
    "numbered": ("", "{n}. punt\n"),
    "table": ("| a | b |\n|---|---|\n", "| {n} | x |\n"),
    "wide table": ("", "| a "),
    "tab table": ("", "a\tb\tc\n"),
    "passages": ("", "[hallo]{{lang=en}} "),
    "fenced passages": ("", "::: taal ar\nhallo\n:::\n\n"),
    "fences": ("", "```\ncode {n}\n```\n\n"),
    "open fences": ("", "````\n~~~\n"),
    "keys": ("---\n", "sleutel{n}: waarde\n"),
    "key lists": ("---\nthema's:\n", "- thema {n}\n"),
    "attributes": ("", "## Kop {n}\n\nWie: Noor\nWanneer: nu\n\n"),
    "bare links": ("", "https://a.nl/{n} "),
    "mail": ("", "a{n}@b.nl "),
    "entities": ("", "&amp;&lt;&#65; "),
    "html": ("", "<b>a</b> <div> "),
    "backslashes": ("", "\\*\\_ "),
    "accents": ("", "e\u0301"),
    "closed parts": (PLAN, "## Deel\n\nVoor: gezin\n\nx\n\n"),
    "other parts": (PLAN, "## Deel {n}\n\nVoor: groep {n}\n\nx\n\n"),
    "goals": (PLAN + "## Doelen\n\n", "### Doel {n}\n\nStatus: loopt\n\n"),
    "agreements": (PLAN + "## Afspraken\n\n", "- Wat: a {n}; wie: Noor\n"),
    "people": (PLAN + "## Mensen\n\n", "- Noor {n}: zus\n"),
    "log": (PLAN + "## Logboek\n\n", "- 2026-01-0{d}: iets {n}\n"),
    "words": ("soort: woorden\n\n", "## woord {n}\n\nUitleg.\n\n"),
    "words used": ("", "samen en soep {n}, "),
    "tips": ("soort: tips\n\n# Tips\n\n", "## Tip {n}\n\nTekst.\n\n"),
    "sources": ("soort: bronnen\n\n", "- Boek {n}, 2020. https://a.nl/{n}\n"),
    "booklet": ("soort: boekje\n\n# B\n\n", "- weg{n}.md\n"),
    "includes": ("", "[[invoegen: weg{n}.md]]\n\n"),
    "one word": ("", "x"),
    "one line": ("", "woord {n} "),
    "blank lines": ("a", "\n"),
    "spaces": ("a", " "),
    "carriage returns": ("a", "\r\nb"),
}

BYTES = 200_000


def text(name: str, times: int) -> str:
    """Returns a text of about so many times BYTES."""
    before, unit = CONSTRUCTS[name]
    count = BYTES * times // len(unit.format(n=1000, d=1))
    body = "".join(unit.format(n=n, d=n % 9 + 1) for n in range(count))
    return before + body + "\n"


def cost(program: str, name: str, times: int) -> float:
    """Returns the user seconds of a build of one text."""
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place, "in")
        folder.mkdir()
        (folder / "tekst.md").write_text(text(name, times), newline="")
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        made = subprocess.run(
            [program, "build", folder, "--out", pathlib.Path(place, "out")],
            capture_output=True,
            timeout=600,
        )
        if made.returncode not in (0, 1):
            print(f"{name}: ended with {made.returncode}")
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def main() -> None:
    """Measures all constructs."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("program", nargs="?", default="target/debug/boekje")
    ask.add_argument("--only", default="")
    told = ask.parse_args()
    print(f"{'construct':22} {'once':>7} {'twice':>7}  factor")
    for name in CONSTRUCTS:
        if told.only in name:
            once, twice = (cost(told.program, name, times) for times in (1, 2))
            factor = twice / once
            mark = "  <- look" if factor > 2.8 and twice > 0.5 else ""
            print(f"{name:22} {once:7.2f} {twice:7.2f}  {factor:5.1f}{mark}", flush=True)


if __name__ == "__main__":
    main()
