#!/usr/bin/env bash
# All tests: bash tests/run.sh
#
# Installs what it needs and is not there (Debian: Chromium, Firefox, Java, Node), then: form of
# the code, lints, documentation, tests, the site of content/, and that site in a browser.
# Every part runs, also when an earlier one found something; the last lines say which.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

found=()

# Runs one part and remembers how it ended.
part() {
    local name=$1 start=$SECONDS
    shift
    printf '\n==== %s\n' "$name"
    if "$@"; then
        printf -- '---- %s: good (%d s)\n' "$name" $((SECONDS - start))
    else
        found+=("$name")
        printf -- '---- %s: FOUND SOMETHING (%d s)\n' "$name" $((SECONDS - start))
    fi
}

# Installs Debian packages, when a program is missing and we may.
need() {
    local program=$1
    shift
    command -v "$program" >/dev/null && return 0
    local sudo=()
    [ "$(id -u)" = 0 ] || sudo=(sudo -n)
    if ! command -v apt-get >/dev/null; then
        echo "please install $program"
        return 1
    fi
    "${sudo[@]}" apt-get update -qq &&
        DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq \
            --no-install-recommends "$@" >/dev/null
}

tools() {
    need chromium chromium fonts-dejavu-core &&
        need firefox-esr firefox-esr &&
        need java default-jre-headless &&
        need npm nodejs npm &&
        checkers &&
        modules tests/browser && modules tests/print
}

modules() {
    (cd "$1" && PUPPETEER_SKIP_DOWNLOAD=1 npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
}

# Checkers of booklets, in a place of their own.
checkers() {
    local place=target/checkers
    need pdftotext poppler-utils && need python3 python3 python3-venv || return 1
    [ -x "$place/bin/python" ] || python3 -m venv "$place" || return 1
    "$place/bin/pip" install --quiet --disable-pip-version-check -r tests/print/requirements.txt
}

lints() { cargo clippy --locked --all-targets --quiet -- -D warnings; }
docs() { RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --quiet; }
tests() { cargo test --locked --no-fail-fast; }

# Without booklets there is no typesetter: in no crate, and nothing of ours asks for it.
slim() {
    ! cargo tree --locked --no-default-features --edges normal --prefix none | grep '^typst' &&
        cargo check --locked --no-default-features --quiet
}

# The site is made twice: the same input gives the same bytes.
site() {
    cargo build --locked --quiet || return 1
    local boekje=target/debug/boekje again
    rm -rf target/site
    again=$(mktemp -d)
    "$boekje" build content --out target/site || return 1
    "$boekje" build content --out "$again/site" >/dev/null || return 1
    diff -r target/site "$again/site" && rm -rf "$again"
}

# The measures still run; what they tell is for people, on a quiet computer.
measures() { python3 tests/bench/build.py target/debug/boekje content 1; }

# What somebody sees on the first evening, in English: content/ is Dutch.
fresh() {
    local boekje=$PWD/target/debug/boekje
    rm -rf target/fresh && mkdir -p target/fresh || return 1
    (cd target/fresh && "$boekje" --lang en new booklet && "$boekje" build booklet) &&
        (cd tests/browser && node check.mjs ../../target/fresh/public --few)
}

# Every component in Dutch, English and Arabic, in both themes that come along.
components() {
    local boekje=$PWD/target/debug/boekje theme good=0
    for theme in verbinden rustig; do
        rm -rf "target/components-$theme" && cp -r tests/browser/components "target/components-$theme" || return 1
        printf -- '---\nsoort: site\nthema stijl: %s\n' "$theme" |
            cat - <(tail -n +3 tests/browser/components/site.md) > "target/components-$theme/site.md"
        "$boekje" build "target/components-$theme" --out "target/components-$theme-site" >/dev/null &&
            (cd tests/browser && node check.mjs "../../target/components-$theme-site") || good=1
    done
    return "$good"
}

# Booklets of content/ and of every construct at once, by independent checkers.
booklets() {
    local boekje=target/debug/boekje formats=a5,sheets,large,fridge,cards,crisis,epub
    rm -rf target/booklets
    "$boekje" print content --date 2026-06-01 --edition "$formats" --out target/booklets/example &&
        "$boekje" print tests/print/torture --date 2026-06-01 --edition "$formats" \
            --out target/booklets/torture >/dev/null &&
        "$boekje" --lang nl print --empty plan,tip,story --out target/booklets/forms >/dev/null &&
        "$boekje" print tests/print/rtl --edition "$formats,bleed" --out target/booklets/rtl >/dev/null &&
        target/checkers/bin/python tests/print/check.py target/booklets/rtl --languages ar nl &&
        target/checkers/bin/python tests/print/check.py target/booklets/forms &&
        target/checkers/bin/python tests/print/check.py target/booklets/example &&
        target/checkers/bin/python tests/print/check.py target/booklets/torture \
            --withheld GEHEIM 123456782 --languages ar tr pl uk ti he de fr &&
        ebooks target/booklets/*/*.epub
}

# Ace: e-books for who reads with other senses, page by page in a browser.
ebooks() {
    local book report=target/ace
    for book in "$@"; do
        rm -rf "$report"
        PUPPETEER_EXECUTABLE_PATH=$(command -v chromium) \
            tests/print/node_modules/.bin/ace-puppeteer --silent --force --outdir "$report" "$book" ||
            return 1
        node tests/print/ace.mjs "$report/report.json" "$book" || return 1
    done
}

selftest() { (cd tests/browser && node selftest.mjs); }
locked() { cargo test --locked --test locked -- --ignored; }
preview() { (cd tests/browser && node preview.mjs ../../target/debug/boekje); }
browser() { (cd tests/browser && node check.mjs ../../target/site); }

part "tools" tools
part "form" cargo fmt --check
part "lints" lints
part "documentation" docs
part "tests" tests
part "without booklets" slim
part "site of content/" site
part "the measures run" measures
part "booklets by independent checkers" booklets
part "the browser checks find planted defects" selftest
part "a locked page in browsers" locked
part "the live preview in a browser" preview
part "the site in a browser" browser
part "every component in a browser" components
part "a fresh booklet in a browser" fresh

printf '\n==== all\n'
if [ ${#found[@]} -eq 0 ]; then
    printf 'everything good (%d s)\n' "$SECONDS"
else
    printf 'look at: %s\n' "${found[@]}"
    exit 1
fi
