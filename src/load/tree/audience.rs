//! Who may read a part of a plan: the line `Voor:`, and everything that looks like it.
//!
//! [`scan`] reads the raw lines of a part, whatever the parser made of them, so that no
//! quote, list, table or slip of the finger hides a wish. What is not certain is for the
//! family, with a message: P01 for the key, P02 for a group.

use super::prepared::Prepared;
use crate::kind::find_key;
use crate::model::{Audience, FAMILY, Key};
use crate::problem::{Code, Problem};
use crate::text::{fold, fold_key};
use std::collections::BTreeSet;
use std::ops::Range;

/// What a part says about its readers.
#[derive(Debug, Default)]
pub(super) struct Wish {
    /// Who may read it; `None` when nothing was said.
    pub(super) audience: Option<Audience>,
    /// What was not certain.
    pub(super) problems: Vec<Problem>,
}

impl Wish {
    /// Adds a wish: the stricter of both counts.
    fn add(&mut self, audience: Audience) {
        self.audience = Some(match &self.audience {
            Some(before) => before.narrowed(&audience),
            None => audience,
        });
    }

    /// Adds something that is not certain.
    pub(super) fn doubt(&mut self, problem: Problem) {
        self.add(Audience::family());
        self.problems.push(problem);
    }
}

/// What a line looks like.
#[derive(Debug, PartialEq)]
enum Looks<'a> {
    /// The key as it is meant, and its value.
    Key(&'a str),
    /// Something like it, as typed.
    Like(String),
}

/// Reads the raw lines of a part: `range` of the prepared text.
pub(super) fn scan(
    prepared: &Prepared<'_>,
    range: Range<usize>,
    heading: &str,
    readers: &BTreeSet<String>,
) -> Wish {
    let mut wish = Wish::default();
    // Right under the heading: up to the end of the first paragraph that is not only keys.
    let (mut under, mut words) = (true, false);
    let mut at = range.start;
    let text = prepared.text.get(range).unwrap_or_default();
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let start = at;
        at += line.len();
        let bare = line.trim();
        if bare.is_empty() {
            // An empty line of our own making ends nothing.
            under &= !words || prepared.is_inserted(start);
            continue;
        }
        // Behind other words, only a line of its own in the same paragraph counts.
        under &= !words || line.starts_with(|c: char| c.is_alphabetic() || c == '*');
        let next = lines.peek().copied().unwrap_or_default();
        let span = || prepared.span(start..start + line.trim_end().len());
        let doubt = |typed: &str| {
            let problem = Problem::at(Code::P01, span()).with("h", heading);
            problem.with("x", typed)
        };
        match look(bare, next, under, readers) {
            Some(Looks::Key(value)) if under => match read_groups(value, readers) {
                Ok(Some(audience)) => wish.add(audience),
                Ok(None) => wish.doubt(doubt(bare)),
                Err(group) => {
                    let problem = Problem::at(Code::P02, span());
                    wish.doubt(problem.with("g", group).with("h", heading));
                }
            },
            Some(Looks::Key(_)) => wish.doubt(doubt(shorten(bare))),
            Some(Looks::Like(typed)) => wish.doubt(doubt(&typed)),
            None => {
                words |= !super::lines::is_key_line(bare);
                under &= !words || line.starts_with(char::is_alphanumeric);
            }
        }
    }
    wish
}

/// Tells whether a heading asks for readers in a way we do not take: braces, or the key.
pub(super) fn heading_doubt(title: &str) -> Option<String> {
    let braces = title.find('{').and_then(|open| {
        let close = title.rfind('}').filter(|close| *close > open)?;
        title.get(open..=close)
    });
    if let Some(braces) = braces {
        return Some(braces.to_string());
    }
    let (before, _) = title.split_once([':', '：', '='])?;
    let last = before.split(['(', '[', '{', ' ', '-', '–', '—', ',', ';']).next_back()?;
    let key = normal(last);
    (is_name(&key) || is_near(&key)).then(|| format!("{}:", last.trim()))
}

/// Tells whether a raw line, trimmed, is exactly the key and a colon.
pub(super) fn is_line(bare: &str) -> bool {
    let bare = bare.trim_start_matches(['*', '_']);
    bare.find(':').filter(|colon| *colon <= 40).is_some_and(|colon| {
        is_name(&fold_key(bare[..colon].trim_end_matches(['*', '_'])))
    })
}

fn is_name(key: &str) -> bool {
    !key.is_empty() && find_key(key).is_some_and(|row| row.key == Key::For)
}

/// Marks a line may begin with before its key.
fn is_mark(c: char) -> bool {
    !c.is_alphanumeric()
}

fn look<'a>(
    bare: &'a str,
    next: &str,
    under: bool,
    readers: &BTreeSet<String>,
) -> Option<Looks<'a>> {
    if let Some(line) = without_tags(bare) {
        let looks = look(line.trim(), next, under, readers)?;
        return Some(Looks::Like(match looks {
            Looks::Key(_) => shorten(&line).to_string(),
            Looks::Like(typed) => typed,
        }));
    }
    let start = bare.trim_start_matches(is_mark);
    let near: &str = &start[..super::prepared::floor(start, 48)];
    let Some(end) = near.find([':', ';', '=', '：', '﹕', '∶', '꞉']) else {
        return look_without(bare, start, next, under, readers);
    };
    let (typed, rest) = start.split_at(end);
    let mark = rest.chars().next().unwrap_or(':');
    let key = normal(typed);
    let shown = || format!("{}{mark}", typed.trim());
    if is_name(&key) {
        let lead = &bare[..bare.len() - start.len()];
        let plain =
            lead.trim_start_matches(['-', '+', '*', ' ']).trim_matches(['*', '_', ' ']);
        let exact = mark == ':' && plain.is_empty() && is_name(&fold_key(bold(typed)));
        let value = rest[mark.len_utf8()..].trim().trim_matches(['*', '_', ' ']);
        return Some(if exact { Looks::Key(value) } else { Looks::Like(shown()) });
    }
    if is_near(&key) || (under && is_phrase(typed)) {
        return Some(Looks::Like(shown()));
    }
    None
}

fn bold(typed: &str) -> &str {
    typed.trim().trim_end_matches(['*', '_'])
}

/// Looks at a line without a colon: `Voor gezin, school`, or `Voor` with a list below.
fn look_without<'a>(
    bare: &str,
    start: &str,
    next: &str,
    under: bool,
    readers: &BTreeSet<String>,
) -> Option<Looks<'a>> {
    let (first, rest) = start.split_once([' ', '\t']).unwrap_or((start, ""));
    let key = normal(first);
    if key.len() > 8 || !(is_name(&key) || (under && is_near(&key))) {
        return None;
    }
    let alone = rest.trim().is_empty() && (under || next.trim_start().starts_with(':'));
    let groups = under && matches!(read_groups(rest, readers), Ok(Some(_)));
    (alone || groups).then(|| Looks::Like(shorten(bare).to_string()))
}

fn shorten(line: &str) -> &str {
    &line[..super::prepared::floor(line, 60)]
}

/// Returns a line without its tags: `<b>Voor:</b>`; `None` when it has none.
fn without_tags(line: &str) -> Option<String> {
    let mut rest = line;
    let mut made = String::new();
    while let Some(open) = rest.find('<') {
        let Some(close) = rest[open..].find('>').map(|close| open + close) else { break };
        made.push_str(&rest[..open]);
        rest = &rest[close + 1..];
    }
    made.push_str(rest);
    (made.len() < line.len()).then_some(made)
}

/// Returns the form a key is compared by: folded, marks and invisible characters gone,
/// letters of other scripts that look the same made Latin.
fn normal(typed: &str) -> String {
    let bare: String = typed
        .chars()
        .filter_map(|c| match c {
            'о' | 'О' | 'ο' | 'Ο' | 'օ' | '0' => Some('o'),
            'г' => Some('r'),
            'ѵ' | 'ν' => Some('v'),
            c if c.is_alphabetic() || c.is_whitespace() => Some(c),
            _ => None,
        })
        .collect();
    fold_key(&bare)
}

/// Words that are near to `voor` or `for` and mean something else.
const OTHER_WORDS: [&str; 12] = [
    "noor", "door", "hoor", "koor", "moor", "four", "fort", "ford", "form", "fork",
    "nor", "cor",
];

/// Letters beside `v` and `f` on a keyboard, or that sound like them.
const BESIDE_V: &str = "cfgbw";

/// Tells whether a key is a slip of the finger away from `voor` or `for`.
fn is_near(key: &str) -> bool {
    if !(3..=8).contains(&key.len()) || !key.is_ascii() || OTHER_WORDS.contains(&key) {
        return false;
    }
    let mut collapsed: Vec<char> = key.chars().collect();
    collapsed.dedup();
    if collapsed == ['v', 'o', 'r'] || collapsed == ['f', 'o', 'r'] {
        return true;
    }
    let slip = |name: &str| {
        key.len().abs_diff(name.len()) < 2
            && strsim::damerau_levenshtein(key, name) == 1
            && (key.len() != name.len()
                || key[1..] != name[1..]
                || BESIDE_V.contains(&key[..1]))
    };
    slip("voor") || slip("for")
}

/// Tells whether a key says who may read in other words.
fn is_phrase(typed: &str) -> bool {
    let folded = fold(typed.trim());
    let words: Vec<&str> =
        folded.split_whitespace().map(|w| w.trim_matches(is_mark)).collect();
    match words.as_slice() {
        ["voor" | "for", "wie" | "who" | "whom", ..] => true,
        [.., "voor" | "for"] if words.len() <= 4 => true,
        ["lezers" | "lezer" | "readers" | "reader" | "delen" | "share" | "zichtbaar"] => {
            true
        }
        [
            "delen" | "share" | "gedeeld" | "shared" | "zichtbaar",
            "met" | "with" | "for",
        ] => true,
        _ => false,
    }
}

/// Reads groups. `Ok(None)`: none were named; `Err`: the first we do not know.
fn read_groups(
    value: &str,
    readers: &BTreeSet<String>,
) -> Result<Option<Audience>, String> {
    let mut groups: Vec<String> = Vec::new();
    let mut everyone = false;
    let mut any = false;
    for typed in value.split([',', ';', '&', '/', '+', '|']) {
        for group in split_and(typed, readers) {
            let name =
                fold(group.trim_matches(|c: char| is_mark(c) && c != '(' && c != ')'));
            if name.is_empty() {
                continue;
            }
            any = true;
            if is_family(&name) || readers.contains(&name) {
                groups.push(if readers.contains(&name) { name } else { FAMILY.into() });
            } else if is_everyone(&name) {
                everyone = true;
            } else {
                return Err(group.trim().to_string());
            }
        }
    }
    // `Voor: gezin, school, iedereen` names everybody in so many words.
    Ok(any.then(|| match everyone {
        true => Audience::Everyone,
        false => Audience::groups(groups.iter().map(String::as_str)),
    }))
}

/// Splits `gezin en school`, unless that is the name of one group.
fn split_and<'a>(typed: &'a str, readers: &BTreeSet<String>) -> Vec<&'a str> {
    if readers.contains(&fold(typed.trim())) {
        return vec![typed];
    }
    typed.split(" en ").flat_map(|part| part.split(" and ")).collect()
}

fn is_family(name: &str) -> bool {
    matches!(
        name,
        FAMILY | "het gezin" | "ons gezin" | "alleen gezin" | "family" | "our family"
    )
}

fn is_everyone(name: &str) -> bool {
    matches!(
        name,
        "iedereen" | "everyone" | "everybody" | "allemaal" | "openbaar" | "public"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceId;

    fn readers() -> BTreeSet<String> {
        ["gezin", "school", "opa en oma", "wijkteam"].map(String::from).into()
    }

    fn wish(text: &str) -> Wish {
        let prepared = Prepared::new(text, SourceId(0), 0..text.len(), &mut Vec::new());
        scan(&prepared, 0..text.len(), "Geld", &readers())
    }

    fn codes(wish: &Wish) -> Vec<&'static str> {
        wish.problems.iter().map(|problem| problem.code.name()).collect()
    }

    #[test]
    fn understood() {
        for text in [
            "Voor: gezin, school\n",
            "\nVoor : School.\n",
            "**Voor:** school\n",
            "**Voor**: school\n",
            "- Voor: school\n",
            "Status: loopt\n\nvoor: school\n",
            "For: school\nDe rest van de tekst.\n",
            "Eerst een zin.\nVoor: school\n",
            "Audience: school en gezin\n",
        ] {
            let wish = wish(text);
            assert_eq!(wish.audience, Some(Audience::groups(["school"])), "{text:?}");
            assert!(wish.problems.is_empty(), "{text:?}");
        }
        assert_eq!(wish("Voor: iedereen").audience, Some(Audience::Everyone));
        assert_eq!(
            wish("Voor: opa en oma").audience,
            Some(Audience::groups(["opa en oma"]))
        );
        assert_eq!(wish("Voor: familie?").audience, Some(Audience::family()));
    }

    #[test]
    fn in_doubt_for_the_family() {
        for text in [
            "Vor: school",
            "Vooor: school",
            "Voor; school",
            "voor = school",
            "Fro: school",
            "Voor:",
            "Voor：school",
            "Vооr: school",
            "V\u{200b}oor: school",
            "> Voor: school",
            "| Voor: school |",
            "`Voor: school`",
            "<b>Voor:</b> school",
            "#Voor: school",
            "Voor gezin en school",
            "Alleen voor: school",
            "Voor wie: school",
            "Niet voor: school",
            "Voor\n: school",
            "1. Voor: school",
            "\"Voor: school\"",
            "Tekst.\n\nVoor: school",
            "- punt\n  Voor: school",
            "- punt\nVoor: school",
            "> punt\nVoor: school",
            "Tekst.\n\n- punt\n  Voor: school",
            "Tekst.\n\nVor: school",
            "Lezers: school",
            "Voorr: school",
            "Vpor: school",
        ] {
            let wish = wish(text);
            assert_eq!(wish.audience, Some(Audience::family()), "{text:?}");
            assert_eq!(codes(&wish), ["P01"], "{text:?}");
        }
        assert_eq!(codes(&wish("Voor: schol")), ["P02"]);
        assert_eq!(codes(&wish("Voor: school (niet Henk)")), ["P02"]);
        assert_eq!(wish("Voor: school, buren").audience, Some(Audience::family()));
    }

    #[test]
    fn ordinary_words_are_left_alone() {
        for text in [
            "Noor: 14 jaar",
            "Door: Els",
            "Voor school is dit belangrijk: rust.",
            "Wie: Noor",
            "Voor mei is alles klaar.",
            "- Noor: ik wil naar huis",
            "Leefgebied: geld",
            "Dit is voor later: eerst rust.",
            "Vorige week: niets",
            "14:00 voor: de deur",
        ] {
            let wish = wish(text);
            assert_eq!(wish.audience, None, "{text:?} {:?}", wish.problems);
        }
    }

    #[test]
    fn headings() {
        assert_eq!(
            heading_doubt("Geld {voor: school}").as_deref(),
            Some("{voor: school}")
        );
        assert_eq!(heading_doubt("Geld (voor: school)").as_deref(), Some("voor:"));
        assert_eq!(heading_doubt("Voor: school").as_deref(), Some("Voor:"));
        assert_eq!(heading_doubt("Voor school"), None);
        assert_eq!(heading_doubt("Oranje: hieraan merken we"), None);
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text in "[VvOo0rRfF:;=*_>#|<b/\u{200b}é \n-]{0,80}") { wish(&text); heading_doubt(&text); }
    }
}
