//! The page with the lock. It is in the binary and not in a theme: its script is the one
//! thing on a locked site that sees the words.

use crate::lang::{Lang, Table, fill};
use crate::lock::{HEADER, Header, list};
use crate::output::html::push;
use crate::text::base64;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::sync::LazyLock;

const PAGE: &str = include_str!("page.html");
const CSS: &str = include_str!("page.css");
const JS: &str = include_str!("page.js");
const READER: &str = include_str!("reader.js");

/// The same for every page, so made once.
static STYLE: LazyLock<String> = LazyLock::new(|| lines(CSS));
static SCRIPT: LazyLock<String> = LazyLock::new(|| squeezed(JS));
static SHOWS: LazyLock<String> = LazyLock::new(|| squeezed(READER));

/// Signs of a script beside which a space means nothing.
const SIGNS: [char; 19] = [
    '=', ',', ';', ':', '{', '}', '(', ')', '?', '<', '>', '&', '|', '[', ']', '!', '+',
    '-', '*',
];

/// What the page says while it is used.
const SAID: [&str; 8] =
    ["busy", "none", "near", "unknown", "link", "missing", "changed", "ended"];

/// What a page with a lock is made of.
#[derive(Debug, Clone, Copy)]
pub struct Door<'a> {
    /// The header of the plan.
    pub header: &'a Header,
    /// The language it speaks; Dutch and English are there.
    pub lang: &'a Lang,
    /// Where “leave quickly” goes.
    pub exit: &'a str,
    /// For the single file: all blobs with their names. `None`: they lie beside the page.
    pub inside: Option<&'a [(String, Vec<u8>)]>,
}

/// What stands in front of the header in a page with a lock.
const BEFORE: &str = "id=\"v\">";

/// Returns a page with a lock as it is for every plan of a language: its header is chance,
/// in which short words stand now and then that nobody wrote.
pub fn without_header(page: &str) -> Cow<'_, str> {
    let cut = page.split_once(BEFORE).and_then(|(before, rest)| {
        let (header, behind) = rest.split_once('<')?;
        let is_chance = |b: u8| b.is_ascii_alphanumeric() || b"+/=".contains(&b);
        let whole = header.len() == HEADER.div_ceil(3) * 4;
        let is_header = whole && header.bytes().all(is_chance);
        is_header.then(|| Cow::from([before, BEFORE, "<", behind].concat()))
    });
    cut.unwrap_or(Cow::from(page))
}

/// Makes the page with the lock.
pub fn unlock_page(door: &Door<'_>) -> String {
    let inside = door.inside.map(inside);
    page(door.lang, door.exit, &base64(&door.header.to_bytes()), inside.as_deref())
}

/// Returns what every page with a lock says in a language, whoever it is of.
pub fn blank_page(lang: &Lang) -> String {
    page(lang, "", "", None)
}

fn page(lang: &Lang, exit: &str, header: &str, inside: Option<&str>) -> String {
    let tag = if lang.primary() == "nl" { "nl" } else { "en" };
    let words = lang.terminal();
    let (css, js) = (&*STYLE, &*SCRIPT);
    let own = [
        ("lang", tag.to_string()),
        ("csp", csp(css, js, inside.is_some())),
        ("css", css.clone()),
        ("js", js.clone()),
        ("exit", escaped(exit)),
        ("say", said(words)),
        ("header", header.to_string()),
        ("inside", inside.unwrap_or_default().to_string()),
    ];
    let says = [
        "title",
        "leave",
        "lock",
        "heading",
        "intro",
        "no-script",
        "no-https",
        "label",
        "hint",
        "show",
        "open",
        "care",
    ];
    let says = says.map(|key| (key, escaped(words.get(&format!("lock.{key}")))));
    let all: Vec<(&str, &str)> =
        own.iter().chain(&says).map(|(key, value)| (*key, value.as_str())).collect();
    fill(PAGE, &all)
}

/// Returns the script that shows what was opened. It travels in the parcel, where nobody
/// can change it unseen, and the page with the lock lets only this one run.
pub fn reader_script() -> &'static str {
    &SHOWS
}

/// Says what the page may do: run this script and the one in the parcel, wear this style,
/// fetch what lies beside it, and the fonts of the site around it.
fn csp(css: &str, js: &str, single: bool) -> String {
    let hash = |text: &str| base64(&Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; script-src 'sha256-{}' 'sha256-{}'; style-src 'sha256-{}'; \
         img-src blob: data:; font-src {}; connect-src {}; form-action 'none'; base-uri 'none'; \
         require-trusted-types-for 'script'; trusted-types b",
        hash(js),
        hash(reader_script()),
        hash(css),
        if single { "data:" } else { "'self'" },
        if single { "'none'" } else { "'self'" }
    )
}

/// Returns the sentences for the script, as JSON that cannot end its element.
fn said(words: &Table) -> String {
    let said = SAID.map(|key| (key, words.get(&format!("lock.{key}")).to_string()));
    let said: std::collections::BTreeMap<_, _> = said.into_iter().collect();
    serde_json::to_string(&said).unwrap_or_default().replace('<', "\\u003c")
}

/// Returns what the single file carries: the blobs, and our words for help with slips.
fn inside(blobs: &[(String, Vec<u8>)]) -> String {
    let mut text = String::from("\n<script type=\"text/plain\" id=\"l\">");
    for word in list() {
        text.push_str(word);
        text.push('\n');
    }
    text.push_str("</script>");
    for (name, bytes) in blobs {
        text.push_str("\n<script type=\"application/octet-stream\" id=\"b");
        text.push_str(name);
        text.push_str("\">");
        text.push_str(&base64(bytes));
        text.push_str("</script>");
    }
    text
}

/// Returns how long a blob is that a single file carries.
pub(super) fn carried(page: &str, name: &str) -> Option<usize> {
    let (_, rest) = page.split_once(&format!(" id=\"b{name}\">"))?;
    let (text, _) = rest.split_once('<')?;
    let ends = text.bytes().rev().take_while(|b| *b == b'=').count();
    (text.len() / 4 * 3).checked_sub(ends)
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push(&mut out, text);
    out
}

/// Leaves out comments on lines of their own, and what indents.
fn lines(text: &str) -> String {
    let lines = text.lines().map(str::trim);
    let kept = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    kept.collect::<Vec<_>>().join("\n")
}

/// Leaves out of a script of ours also the spaces beside a sign, and the end of a line that
/// goes on. Our scripts hold no quotes but `"`, none of them escaped, no space inside a
/// pattern, and no sign twice with a space between.
fn squeezed(script: &str) -> String {
    let script = lines(script);
    let (mut out, mut quoted) = (String::with_capacity(script.len()), false);
    let mut rest = script.chars().peekable();
    while let Some(c) = rest.next() {
        quoted ^= c == '"';
        let beside =
            out.ends_with(SIGNS) || rest.peek().is_some_and(|c| SIGNS.contains(c));
        let gone = match c {
            ' ' => beside,
            '\n' => out.ends_with([';', ',', '{', '(', '=']),
            _ => false,
        };
        if quoted || !gone {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lock::NoChance;

    fn header() -> Header {
        let mut number = 0u8;
        let mut chance = |bytes: &mut [u8]| -> Result<(), NoChance> {
            for byte in bytes {
                number = number.wrapping_mul(17).wrapping_add(101);
                *byte = number;
            }
            Ok(())
        };
        Header::by_chance(1_000_000, &mut chance).expect("chance")
    }

    fn page(lang: &Lang, inside: Option<&[(String, Vec<u8>)]>) -> String {
        let exit = "https://example.org/?a=1&b=\"2\"";
        unlock_page(&Door { header: &header(), lang, exit, inside })
    }

    #[test]
    fn every_gap_is_filled_and_the_page_is_small() {
        for lang in [Lang::dutch(), Lang::english(), Lang::read("ar").expect("a tag")] {
            let page = page(&lang, None);
            assert!(page.len() <= 12_000, "{} bytes for {}", page.len(), lang.tag());
            let head = page.split("<style>").next().expect("a head");
            assert!(!head.contains('{'), "{head}");
            assert!(!page.contains(">lock."), "a sentence is missing");
            assert!(page.contains("b=&quot;2&quot;"), "the exit is escaped");
        }
    }

    #[test]
    fn the_script_is_small_and_says_the_same() {
        let script = squeezed(JS);
        let packed = miniz_oxide::deflate::compress_to_vec(script.as_bytes(), 9);
        // A gzip file is a deflate stream with eighteen bytes around it.
        assert!(packed.len() + 18 <= 3000, "{} bytes", packed.len() + 18);
        for text in [JS, READER] {
            let strings = |text: &str| -> Vec<String> {
                text.split('"').skip(1).step_by(2).map(String::from).collect()
            };
            assert_eq!(strings(&lines(text)), strings(&squeezed(text)));
            let bare = |text: &str| text.replace([' ', '\n'], "");
            assert_eq!(bare(&lines(text)), bare(&squeezed(text)));
            for not in ["`", "\\\"", "+ +", "- -"] {
                assert!(!lines(text).contains(not), "{not}");
            }
        }
        assert_eq!(
            squeezed("a = b ? \" = \" : - c\n  // d\nf(\ng);\nreturn e"),
            "a=b?\" = \":-c\nf(g);return e"
        );
    }

    #[test]
    fn the_policy_names_the_script_and_the_style_as_they_stand() {
        let page = page(&Lang::dutch(), None);
        for (open, close) in [("<script>", "</script>"), ("<style>", "</style>")] {
            let rest = page.split(open).nth(1).expect("an element");
            let text = rest.split(close).next().expect("its text");
            let hash = base64(&Sha256::digest(text.as_bytes()));
            assert!(page.contains(&format!("'sha256-{hash}'")), "{open}");
        }
    }

    #[test]
    fn the_single_file_fetches_nothing() {
        let blobs = [("ab".repeat(16), vec![0, 1, 2])];
        let page = page(&Lang::dutch(), Some(&blobs));
        assert!(page.contains("connect-src 'none'"));
        assert!(page.contains(&format!("id=\"b{}\">AAEC<", "ab".repeat(16))));
        assert!(page.contains("\nkoelkast\n"));
        assert_eq!(carried(&page, &"ab".repeat(16)), Some(3));
        assert_eq!(carried(&page, &"ac".repeat(16)), None);
        for length in 1..9 {
            let page = self::page(&Lang::dutch(), Some(&[("x".into(), vec![7; length])]));
            assert_eq!(carried(&page, "x"), Some(length));
        }
    }
}
