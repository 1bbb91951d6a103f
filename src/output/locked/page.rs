//! The page with the lock. It is in the binary and not in a theme: its script is the one
//! thing on a locked site that sees the words.

use crate::lang::{Lang, Table, fill};
use crate::lock::{Header, list};
use crate::output::html::push;
use crate::text::base64;
use sha2::{Digest, Sha256};

const PAGE: &str = include_str!("page.html");
const CSS: &str = include_str!("page.css");
const JS: &str = include_str!("page.js");
const READER: &str = include_str!("reader.js");

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

/// Makes the page with the lock.
pub fn unlock_page(door: &Door<'_>) -> String {
    let tag = if door.lang.primary() == "nl" { "nl" } else { "en" };
    let words = door.lang.terminal();
    let (css, js) = (squeezed(CSS), squeezed(JS));
    let own = [
        ("lang", tag.to_string()),
        ("csp", csp(&css, &js, door.inside.is_some())),
        ("css", css),
        ("js", js),
        ("exit", escaped(door.exit)),
        ("say", said(words)),
        ("header", base64(&door.header.to_bytes())),
        ("inside", door.inside.map(inside).unwrap_or_default()),
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
pub(super) fn reader_script() -> String {
    squeezed(READER)
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
        hash(&reader_script()),
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

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push(&mut out, text);
    out
}

/// Leaves out comments on lines of their own, and what indents.
fn squeezed(text: &str) -> String {
    let lines = text.lines().map(str::trim);
    let kept = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    kept.collect::<Vec<_>>().join("\n")
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
            assert!(page.len() <= 14_000, "{} bytes", page.len());
            let head = page.split("<style>").next().expect("a head");
            assert!(!head.contains('{'), "{head}");
            assert!(!page.contains(">lock."), "a sentence is missing");
            assert!(page.contains("b=&quot;2&quot;"), "the exit is escaped");
        }
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
    }
}
