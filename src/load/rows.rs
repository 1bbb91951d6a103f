//! The lines below the block at the top, as the net looks at them: a key, a heading, words.
//!
//! [`rows`] is the entry. It passes over what says nothing about the text itself: quotes,
//! comments, blocks of code, where a link leads, an example between the marks of another
//! tool.

use super::fields::Top;
use crate::kind::{clothes, signs};
use crate::text::lines_of;
use std::ops::Range;

/// Most lines of an example in the marks of another tool.
const EXAMPLE: usize = 60;

/// What a line of the text is, for the net.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// Nothing.
    Blank,
    /// `---`, `___`, `===`, `- - -`.
    Rule,
    /// A heading and its level.
    Heading(usize),
    /// A short key with a short value, or words alone that mean something.
    Key,
    /// A few words without a mark.
    Few,
    /// Anything else: a sentence.
    Prose,
}

/// A line that is looked at.
pub(super) struct Row {
    /// Where it stands.
    pub(super) range: Range<usize>,
    /// Its words without their clothes; of a rule none, of a very long line the first.
    pub(super) words: String,
    /// What it is.
    pub(super) look: Look,
    /// A point of a list.
    pub(super) item: bool,
    /// A row of a table.
    pub(super) table: bool,
}

/// Reads the lines the net looks at.
pub(super) fn rows(text: &str, top: &Top) -> Vec<Row> {
    let bare = top.fields.list.is_empty() && top.fields.extra.is_empty();
    let mut rows = Vec::new();
    let mut at = top.body;
    let (mut fence, mut comment, mut example) = (None::<&str>, false, 0);
    let (mut prose, mut quote) = (false, false);
    let quoted = if bare { quoted_keys(text, top.body) } else { 0 };
    for line in lines_of(&text[top.body..]) {
        let start = at;
        at += line.len();
        let words = line.trim();
        if example > 0 {
            example -= 1;
            continue;
        }
        if comment {
            comment = !words.contains("-->");
            continue;
        }
        let mark = ["```", "~~~"].into_iter().find(|mark| words.starts_with(mark));
        if let Some(open) = fence {
            if mark == Some(open) {
                fence = None;
            }
            continue;
        }
        if let Some(mark) = mark {
            // Keys between marks of code at the very top are keys in the wrong clothes.
            if bare && !prose {
                let (range, look) = (start..start, Look::Rule);
                let words = String::new();
                rows.push(Row { range, words, look, item: false, table: false });
            } else {
                fence = Some(mark);
            }
            continue;
        }
        if words.starts_with("<!--") {
            comment = !words.contains("-->");
            continue;
        }
        // Keys in a quote at the very top are keys in the wrong clothes.
        if start < quoted {
            let end = start + line.trim_end().len();
            let inner = unquoted(words);
            let range = end - inner.len()..end;
            let (look, words) = look(inner);
            rows.push(Row { range, words, look, item: false, table: false });
            continue;
        }
        // Words that keep a text inside, in a quote before anything else.
        let first = || rows.iter().all(|row: &Row| is_start(row.look));
        if words.starts_with('>') && !quote && first() && signs::stands_alone(words) {
            let range = start..start + line.trim_end().len();
            let (look, words) = (Look::Key, clothes::bare(words));
            rows.push(Row { range, words, look, item: false, table: false });
        }
        // Somebody's no counts in a quote too.
        if words.starts_with('>') && signs::refuses(unquoted(words)) {
            let inner = unquoted(words);
            let end = start + line.trim_end().len();
            let (look, words) = (Look::Key, clothes::bare(inner));
            rows.push(Row { range: start..end, words, look, item: false, table: false });
        }
        quote |= words.starts_with('>');
        // A quote, and where a link leads.
        if words.starts_with('>') || (words.starts_with('[') && words.contains("]:")) {
            continue;
        }
        // Between the marks of another tool stands an example.
        if let Some(name) = words.strip_prefix("{{< ").or(words.strip_prefix("{{% ")) {
            let name = name.split([' ', '>', '%']).next().unwrap_or_default();
            let rest = text.get(at..).unwrap_or_default().lines().take(EXAMPLE);
            let closes = |line: &str| {
                let inside = line.trim().strip_prefix("{{").unwrap_or_default();
                let inside = inside.trim_start_matches(['<', '%', ' ']);
                let end = inside.strip_prefix('/');
                end.is_some_and(|end| end.trim_start().starts_with(name))
            };
            example = rest.map(closes).position(|closes| closes).unwrap_or(0);
            continue;
        }
        let end = start + line.trim_end().len();
        let item = words.starts_with(['-', '+', '•', '·'])
            || words.starts_with("* ")
            || words.starts_with(|c: char| c.is_ascii_digit());
        let table = words.starts_with('|');
        let (look, words) = look(words);
        prose |= look == Look::Prose;
        rows.push(Row { range: start..end, words, look, item, table });
    }
    rows
}

/// Tells whether a line may stand above the first words of a text.
fn is_start(look: Look) -> bool {
    matches!(look, Look::Blank | Look::Rule | Look::Heading(_))
}

/// Takes the marks of a quote off a line.
fn unquoted(words: &str) -> &str {
    words.trim_start_matches(['>', ' ', '\t'])
}

/// Returns where a quote at the very top ends of which every line is a key; 0 without one.
fn quoted_keys(text: &str, body: usize) -> usize {
    let (mut at, mut keys) = (body, false);
    for line in lines_of(&text[body..]) {
        let words = line.trim();
        if words.starts_with('>') {
            match look(unquoted(words)).0 {
                Look::Key => keys = true,
                Look::Blank | Look::Rule => {}
                _ => return 0,
            }
        } else if keys || !words.is_empty() {
            break;
        }
        at += line.len();
    }
    if keys { at } else { 0 }
}

/// Returns what a line is, and its words without their clothes: taken off once.
fn look(words: &str) -> (Look, String) {
    if words.is_empty() {
        return (Look::Blank, String::new());
    }
    let mut marks = words.chars().filter(|c| !c.is_whitespace());
    let is_mark = |c| matches!(c, '-' | '–' | '—' | '_' | '=' | '*' | '+' | '|' | ':');
    if marks.all(is_mark) {
        return (Look::Rule, String::new());
    }
    // Of a line that is too long to be a sign the first words are enough.
    let bare = clothes::bare(&words[..words.floor_char_boundary(signs::LONGEST)]);
    (look_bare(words, &bare), bare)
}

fn look_bare(words: &str, bare: &str) -> Look {
    let hashes = words.len() - words.trim_start_matches('#').len();
    if hashes > 1 || (hashes == 1 && words[hashes..].starts_with(' ')) {
        return Look::Heading(hashes);
    }
    if words.len() > signs::LONGEST {
        return Look::Prose;
    }
    match clothes::split(bare) {
        Some((_, value)) if clothes::is_short(value) => Look::Key,
        Some(_) => Look::Prose,
        None if signs::read_bare(bare, true).is_some() => Look::Key,
        None if bare.split_whitespace().nth(3).is_none() && !bare.ends_with('.') => {
            Look::Few
        }
        None => Look::Prose,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::fields;
    use crate::model::Kind;
    use crate::text::{SourceId, TextPath};

    proptest::proptest! {
        #[test]
        fn what_rows_call_words_is_no_sign(text in "(---\n|> |- |\\||# |## |concept|klad[ ,]|niet delen|toestemming nee|dit mag niet online|[a-z ]{0,9}\\.?|\\PC{0,12}|\n\n?){0,14}") {
            let top = fields::read(SourceId(0), &text, &TextPath::new("a.md"), Kind::Page);
            for row in rows(&text, &top) {
                let words = matches!(row.look, Look::Few | Look::Prose);
                if words && clothes::split(&row.words).is_none() && row.range.len() <= signs::LONGEST {
                    proptest::prop_assert_eq!(signs::read_bare(&row.words, true), None);
                }
            }
        }
    }
}
