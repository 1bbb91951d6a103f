"""Checks finished booklets: PDF/UA-1 and PDF/A-2a by an independent checker, and what no
checker knows: that headings, languages, alternative texts, bookmarks and links are there,
that the sheets fold in the right order, and that what stays inside is nowhere.

    python check.py FOLDER [--withheld WORD …]

Every PDF and every e-book in the folder is looked at. Ends with 1 when something is off.
"""

import argparse
import re
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import ebook
import page
import pikepdf

found = []


def off(path, what):
    found.append(f"{path.name}: {what}")


def text_of(pdf):
    """Everything that could carry words: all strings and all streams, unpacked."""
    parts = []
    for obj in pdf.objects:
        if isinstance(obj, pikepdf.Stream):
            try:
                parts.append(obj.read_bytes())
            except pikepdf.PdfError:
                parts.append(obj.read_raw_bytes())
        parts.append(str(obj).encode("utf-8", "replace") if not isinstance(obj, pikepdf.Stream) else repr(dict(obj)).encode())
    return b"\n".join(parts)


def words_of(path):
    """The words as a reader sees them, without line ends."""
    made = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
    return re.sub(rb"\s+", b" ", made.stdout)


def folds(sheets, pages):
    """Reads the order back: what stands left and right on each side of the sheets."""
    plain = words_on(pages)
    both = words_on(sheets, halves=True)[2:]
    with pikepdf.open(pages) as pdf:
        # Bound on the other side: what stands left stands right.
        if pdf.Root.get("/ViewerPreferences", {}).get("/Direction") == "/R2L":
            both = [(right, left) for left, right in both]
    total = -(-len(plain) // 4) * 4
    want = [""] * total
    for at, said in enumerate(plain[:-1]):
        want[at] = said
    want[-1] = plain[-1]
    got = [""] * total
    for number, (left, right) in enumerate(both):
        sheet, back = divmod(number, 2)
        if back:
            got[2 * sheet + 1], got[total - 2 - 2 * sheet] = left, right
        else:
            got[total - 1 - 2 * sheet], got[2 * sheet] = left, right
    for at, (one, other) in enumerate(zip(got, want), 1):
        # Words from right to left are taken apart otherwise on half a page.
        if seen(one) != seen(other):
            off(sheets, f"page {at} stands elsewhere: {one[:40]!r} and not {other[:40]!r}")


def seen(words):
    return sorted(letter for letter in words if letter.isascii() and letter.isalnum())


def words_on(path, halves=False):
    """The words of every page; of sheets, of the left and the right half."""
    with pikepdf.open(path) as pdf:
        number = len(pdf.pages)
    def said(page, *area):
        call = ["pdftotext", "-f", str(page), "-l", str(page), "-r", "72", *area, str(path), "-"]
        made = subprocess.run(call, capture_output=True, check=True)
        return " ".join(made.stdout.decode("utf-8", "replace").split())
    left = ["-x", "0", "-y", "0", "-W", "421", "-H", "596"]
    right = ["-x", "421", "-y", "0", "-W", "421", "-H", "596"]
    if halves:
        return [(said(page, *left), said(page, *right)) for page in range(1, number + 1)]
    return [said(page) for page in range(1, number + 1)]


def valid(path, profile):
    report = page.validate_pdf(str(path), profile=profile)
    rules = Counter((one.rule_id, one.message) for one in report.failures)
    for (rule, message), count in rules.most_common(5):
        off(path, f"{profile}: {rule} ({count} times) {message}")


def tree(pdf):
    """Yields every element of the structure tree: (depth, tag, element)."""
    root = pdf.Root.get("/StructTreeRoot")
    open_ = [(0, root)] if root is not None else []
    while open_:
        depth, element = open_.pop()
        if isinstance(element, pikepdf.Array):
            open_.extend((depth, kid) for kid in reversed(list(element)))
        elif isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                yield depth, str(element["/S"]).lstrip("/"), element
            if "/K" in element:
                open_.append((depth + 1, element["/K"]))


def structure(path, pdf, role):
    level = 0
    headings = 0
    for depth, tag, element in tree(pdf):
        tag = role.get(tag, tag)
        # Depth 1 is the document itself.
        if depth == 2 and tag in ("Span", "Link", "Lbl", "Reference"):
            off(path, f"words outside any paragraph ({tag})")
        if re.fullmatch(r"H[1-6]", tag):
            headings += 1
            if int(tag[1]) > level + 1:
                off(path, f"a heading jumps from {level} to {tag}")
            level = int(tag[1])
        if tag == "Figure" and not str(element.get("/Alt", "")).strip():
            off(path, "a picture without description")
        if tag == "Table":
            rows = [one for _, one, _ in tree_of(element)]
            if "TH" not in rows and rows.count("TR") > 1:
                off(path, "a table without titles")
    if headings == 0:
        off(path, "no headings")


def tree_of(element):
    open_ = [(0, element)]
    while open_:
        depth, one = open_.pop()
        if isinstance(one, pikepdf.Array):
            open_.extend((depth, kid) for kid in one)
        elif isinstance(one, pikepdf.Dictionary):
            if "/S" in one:
                yield depth, str(one["/S"]).lstrip("/"), one
            if "/K" in one:
                open_.append((depth + 1, one["/K"]))


def cut_through(path, pdf):
    """Words that run over an edge of the paper, or of a card that is cut from it."""
    told = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, check=True)
    box = re.compile(rb'xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)<')
    for number, (part, sheet) in enumerate(zip(told.stdout.split(b"<page ")[1:], pdf.pages), 1):
        wide, high = (float(side) for side in sheet.mediabox[2:])
        cards = path.stem.endswith("-cards")
        across = [high * row / 4 for row in range(5)] if cards else [0, high]
        down = [0, wide / 2, wide] if cards else [0, wide]
        for found in box.finditer(part):
            left, top, right, bottom = (float(side) for side in found.groups()[:4])
            # Boxes of words are a little higher than their letters.
            if any(top + 2 < at < bottom - 2 for at in across) or any(left + 1 < at < right - 1 for at in down):
                off(path, f"page {number}: {found[5].decode('utf-8', 'replace')!r} runs over an edge")
                return


def described_links(path, pdf):
    for number, sheet in enumerate(pdf.pages, 1):
        for note in sheet.get("/Annots", []):
            if note.get("/Subtype") == "/Link" and not str(note.get("/Contents", "")).strip():
                off(path, f"a link without description on page {number}")
                return


def reading(path, pdf):
    valid(path, "ua1")
    valid(path, "2a")
    root = pdf.Root
    if not str(root.get("/Lang", "")):
        off(path, "no language")
    if not bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)):
        off(path, "the title is not shown")
    if not str(pdf.docinfo.get("/Title", "")):
        off(path, "no title")
    role = {
        str(own).lstrip("/"): str(known).lstrip("/")
        for own, known in dict(root.StructTreeRoot.get("/RoleMap", {})).items()
    }
    structure(path, pdf, role)
    described_links(path, pdf)


def languages(pdf):
    """Languages of elements, and of marked words inside them."""
    found = {str(one.get("/Lang")) for _, _, one in tree(pdf) if "/Lang" in one}
    for sheet in pdf.pages:
        for operands, operator in pikepdf.parse_content_stream(sheet):
            if str(operator) == "BDC" and isinstance(operands[1], pikepdf.Dictionary):
                found.add(str(operands[1].get("/Lang", "")))
    return found


def main():
    words = argparse.ArgumentParser()
    words.add_argument("folder", type=Path)
    words.add_argument("--withheld", nargs="*", default=[])
    words.add_argument("--languages", nargs="*", default=[])
    words = words.parse_args()
    files = sorted(words.folder.glob("*.pdf"))
    if not files:
        sys.exit(f"no booklets in {words.folder}")
    for path in files:
        with pikepdf.open(path) as pdf:
            for problem in pdf.check_pdf_syntax():
                off(path, f"qpdf: {problem}")
            if not path.stem.endswith("-sheets"):
                reading(path, pdf)
                cut_through(path, pdf)
            if path.stem.endswith("-large") or words.folder / f"{path.stem}-large.pdf" in files:
                missing = set(words.languages) - languages(pdf) - {str(pdf.Root.Lang)}
                if missing:
                    off(path, f"passages without their language: {sorted(missing)}")
                if pdf.Root.get("/Outlines") is None:
                    off(path, "no bookmarks")
            inside = text_of(pdf) + words_of(path)
            for word in words.withheld:
                for encoded in (word.encode(), word.encode("utf-16-be")):
                    if encoded in inside:
                        off(path, f"holds “{word}”, which stays inside")
        if path.stem.endswith("-sheets"):
            folds(path, path.with_name(path.name.replace("-sheets", "")))
    books = sorted(words.folder.glob("*.epub"))
    for path in books:
        ebook.check(path, off, words.languages, words_on)
        with zipfile.ZipFile(path) as box:
            inside = b"".join(box.read(name) for name in box.namelist()) + "".join(box.namelist()).encode()
        for word in words.withheld:
            if word.encode() in inside:
                off(path, f"holds “{word}”, which stays inside")
    for one in found:
        print(one)
    print(f"{len(files) + len(books)} booklets looked at, {len(found)} things off")
    sys.exit(bool(found))


main()
