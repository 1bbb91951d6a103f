//! Who may read a part of a plan: the line `Voor:`, and everything that looks like it.
//!
//! [`scan`] reads the raw lines of a part, whatever the parser made of them, so that no
//! quote, list, table or slip of the finger hides a wish. What is not certain is for the
//! family, with a message: P01 for the key, P02 for a group.

use super::asked;
use super::elsewhere::in_table;
use super::groups::{
    is_group, is_mark, is_name, is_near, is_phrase, normal, read_groups,
};
use super::prepared::Prepared;
use crate::kind::{alone, clothes, people, signs};
use crate::model::Audience;
use crate::problem::{Code, Problem};
use crate::text::{fold_key, lines_of};
use std::borrow::Cow;
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

/// Reads the raw lines right below a heading of a text that is no plan: `Voor:` counts
/// when it names readers ([`people::keeps`]), and words that close (`Niet openbaar`,
/// `Concept: ja`). Nobody but the family reads such a part.
///
/// In tips `Voor:` keeps the meaning it has at the top, whom the tip is meant for, unless
/// it names the family or somebody we do not know.
pub(super) fn scan_open(
    prepared: &Prepared<'_>,
    range: Range<usize>,
    heading: &str,
    tip: bool,
) -> Wish {
    let mut wish = Wish::default();
    let mut at = range.start;
    let mut rest = prepared.text.get(range).unwrap_or_default();
    while let Some(line) = rest.split_inclusive('\n').next() {
        rest = &rest[line.len()..];
        let start = at;
        at += line.len();
        let bare = line.trim();
        // Two versions of the wish: the stricter counts.
        if bare.is_empty() || is_version_mark(bare) {
            continue;
        }
        let span = prepared.span(start..start + line.trim_end().len());
        let seen = clothes::bare(bare);
        let split = if bare.starts_with('>') { None } else { clothes::split(&seen) };
        let doubt =
            || Problem::at(Code::P01, span).with("h", heading).with("x", shorten(bare));
        match split {
            Some((key, value)) if people::is_for(key) => {
                let below = || named_below(rest);
                let value = if value.is_empty() { below() } else { Cow::Borrowed(value) };
                if value.is_empty() {
                    wish.doubt(doubt());
                } else if people::keeps(&value, tip) {
                    let problem = Problem::at(Code::P09, span).with("h", heading);
                    wish.doubt(problem.with("g", shorten(&value)));
                }
            }
            Some((key, value))
                if is_near(&normal(key)) && people::names_family(value) =>
            {
                wish.doubt(doubt());
            }
            _ if !bare.starts_with('>') && signs::closes_anywhere(bare) => {
                wish.doubt(doubt());
            }
            // Keys of other things may stand above it; a sentence ends the place for keys.
            Some((_, value)) if clothes::is_short(value) => {}
            _ => break,
        }
    }
    wish
}

/// Returns the names below a `Voor:` with nothing behind it: the items of a list, or else
/// the first line, when it is no sentence.
fn named_below(rest: &str) -> Cow<'_, str> {
    const MOST: usize = 20;
    let mut lines = rest.lines().map(str::trim).filter(|line| !line.is_empty());
    let item = |line: &str| {
        let name = line.strip_prefix(['-', '*', '+', '•'])?.trim();
        (!name.is_empty()).then(|| name.to_string())
    };
    let names: Vec<String> = lines.clone().map_while(item).take(MOST).collect();
    match names.as_slice() {
        [] => {
            let name = |line: &&str| {
                clothes::is_short(line) && !line.contains(['.', '!', '?', ':'])
            };
            Cow::Borrowed(lines.next().filter(name).unwrap_or(""))
        }
        names => Cow::Owned(names.join(", ")),
    }
}

/// Tells whether a line is one of those that programs put between two versions.
fn is_version_mark(line: &str) -> bool {
    line.starts_with("<<<<<<<") || line.starts_with(">>>>>>>") || line == "======="
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
    let mut column = None;
    let mut at = range.start;
    let text = prepared.text.get(range).unwrap_or_default();
    let mut lines = lines_of(text).peekable();
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
        let closed = matches!(wish.audience, Some(Audience::Groups(_)));
        let place = asked::Place { under, next, closed };
        let doubt = |typed: &str| {
            let problem = Problem::at(Code::P01, span()).with("h", heading);
            problem.with("x", typed)
        };
        match look(bare, next, under, readers) {
            _ if in_table(bare, next, &mut column, readers) => {
                wish.doubt(doubt(shorten(bare)))
            }
            Some(Looks::Key(value)) if under => match read_groups(value, readers) {
                // Who asks is not sure.
                Ok(Some(Audience::Everyone)) if value.contains('?') => {
                    wish.doubt(doubt(shorten(bare)));
                }
                Ok(Some(audience)) => wish.add(audience),
                Ok(None) => wish.doubt(doubt(bare)),
                Err(group) => {
                    let problem = Problem::at(Code::P02, span());
                    let near = alone::nearly_everyone(&group).unwrap_or_default();
                    let problem = problem.with("g", group).with("h", heading);
                    wish.doubt(problem.with("s", near));
                }
            },
            Some(Looks::Key(_)) => wish.doubt(doubt(shorten(bare))),
            Some(Looks::Like(typed)) => wish.doubt(doubt(&typed)),
            None if !bare.starts_with('>') && signs::closes(bare) => {
                wish.doubt(doubt(shorten(bare)));
            }
            None if signs::callout_closes(bare) => wish.doubt(doubt(shorten(bare))),
            None if asked::line(bare, place, readers) => {
                wish.doubt(doubt(shorten(bare)));
            }
            None => {
                words |= !super::lines::is_key_line(bare);
                under &= !words || line.starts_with(char::is_alphanumeric);
            }
        }
    }
    wish
}

/// Tells whether a raw line, trimmed, is exactly the key and a colon.
pub(super) fn is_line(bare: &str) -> bool {
    let bare = bare.trim_start_matches(['*', '_']);
    let colon = bare.bytes().take(41).position(|byte| byte == b':');
    colon.is_some_and(|colon| {
        is_name(&fold_key(bare[..colon].trim_end_matches(['*', '_'])))
    })
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
    let near: &str = &start[..start.floor_char_boundary(48)];
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
    let value = rest[mark.len_utf8()..].trim();
    if is_near(&key) || (under && (is_phrase(typed) || is_group(typed, value, readers))) {
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
    &line[..line.floor_char_boundary(60)]
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
            "- Tas inpakken (voor school)",
            "- Noor (alleen op maandag)",
            "> [!note]\n> Oma betaalt.",
            "> **Let op:** Oma betaalt.",
            "> Privé: dat zei ze altijd.",
        ] {
            let wish = wish(text);
            assert_eq!(wish.audience, None, "{text:?} {:?}", wish.problems);
        }
    }

    #[test]
    fn other_words_for_readers() {
        for text in [
            "Alleen gezin",
            "Alleen voor gezin",
            "Alleen voor ons",
            "Privé",
            "Niet openbaar",
            "Niet delen",
            "Vertrouwelijk",
            "Voor school:",
            "Geheim: ja",
            "Openbaar: nee",
            "Concept: ja",
            "Klad",
            "Alleen voro gezin",
            "- een\n- alleen voor school: twee",
            "Een zin.\n\nNiet delen: het adres.",
            "| Wat | Voor |\n| --- | --- |\n| a | gezin |",
            "Wat | Wie mag dit lezen\n--- | ---\na | school",
            "Een zin.\n\n- Noor (voor: gezin)\n- Bart",
            "- Noor {voor: gezin}",
            "Oma belt elke dag (alleen school).",
            "Oma belt elke dag (vertrouwelijk).",
            "Een zin.\n\n> [!private]\n> Oma betaalt.",
            "> [!Privé]- Geld\n> Oma betaalt.",
            "> **Privé:** Oma betaalt.",
        ] {
            let wish = wish(text);
            assert_eq!(wish.audience, Some(Audience::family()), "{text:?}");
            assert_eq!(codes(&wish), ["P01"], "{text:?}");
        }
        let open = "| Wat | Voor |\n| --- | --- |\n| a | iedereen |\n| b | |";
        assert_eq!(wish(open).audience, None);
        let near = wish("Voor: iedereeen");
        assert_eq!(codes(&near), ["P02"]);
    }

    fn open(text: &str, tip: bool) -> Vec<&'static str> {
        let prepared = Prepared::new(text, SourceId(0), 0..text.len(), &mut Vec::new());
        let wish = scan_open(&prepared, 0..text.len(), "Geld", tip);
        assert_eq!(wish.audience.is_some(), !wish.problems.is_empty(), "{text:?}");
        codes(&wish)
    }

    #[test]
    fn a_part_of_a_text_that_is_no_plan() {
        assert_eq!(open("\nVoor: gezin\n\nTekst.", false), ["P09"]);
        assert_eq!(open("**Voor:** school\nTekst.", false), ["P09"]);
        assert_eq!(open("Vor: gezin\n\nTekst.", false), ["P01"]);
        assert_eq!(open("Niet openbaar\n\nTekst.", false), ["P01"]);
        assert_eq!(open("Concept: ja\n\nTekst.", false), ["P01"]);
        assert_eq!(open("Voor: gezin\n\nTekst.", true), ["P09"]);
        for text in [
            "Voor: iedereen\n\nTekst.",
            "Voor: ouders, hulpverleners\n",
            "Een zin.\n\nVoor: gezin",
            "> Niet openbaar\n",
            "Alleen voor ouders\n",
            "Voor wie dit leest: hoi\n",
        ] {
            assert!(open(text, false).is_empty(), "{text:?}");
        }
        assert!(open("Voor: school\n", true).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text in "[VvOo0rRfF:;=*_>#|<b/\u{200b}é \n-]{0,80}") { wish(&text); }
    }
}
