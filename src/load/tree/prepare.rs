//! Before the parser reads: what it would swallow or misread is put right.
//!
//! [`scan`] reads the raw lines once and returns the edits that need no knowledge of the
//! text's structure: marks that would become HTML are shielded, known `Kenmerk:` lines are
//! kept out of the quote above them, `[[…]]` directives stand alone, paths with spaces get
//! brackets; `grids` sees to tables, `marks` to what was left out. All of them only put something in, so code can take it out again. What can
//! be seen only after parsing is in `repair`.

use super::lines::{is_also_line, is_key_line};
use super::prepared::Edit;
use super::{audience, bold, directive, grids, marks};
use crate::text::lines_of;
use memchr::memmem;
use std::ops::Range;

/// Returns the edits for a range of a text.
pub(super) fn scan(text: &str, range: Range<usize>, plan: bool) -> Vec<Edit> {
    let mut edits = Vec::new();
    let Some(part) = text.get(range.clone()) else { return edits };
    scan_lines(part, range.start, plan, &mut edits);
    grids::scan(part, range.start, &mut edits);
    marks::scan(part, range.start, plan, &mut edits);
    if plan {
        bold::scan(part, range.start, &mut edits);
    }
    if part.contains('<') {
        shield_marks(part, range.start, &mut edits);
    }
    if part.contains("](") {
        bracket_paths(part, range.start, &mut edits);
    }
    edits
}

/// What the line above was.
#[derive(Clone, Copy, PartialEq)]
enum Above {
    Blank,
    Heading,
    Quote,
    Key,
    Other,
}

fn scan_lines(part: &str, base: usize, plan: bool, edits: &mut Vec<Edit>) {
    let mut above = Above::Blank;
    let mut open_after = false;
    let mut last = "";
    let mut at = base;
    for line in lines_of(part) {
        let start = at;
        at += line.len();
        let bare = line.trim();
        let first = bare.bytes().next().unwrap_or(b'\n');
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if bare.is_empty() {
            // Below a heading an empty line changes nothing.
            if above != Above::Heading {
                above = Above::Blank;
            }
            (open_after, last) = (false, "");
            continue;
        }
        let mut before = std::mem::take(&mut open_after);
        let kind = match first {
            b'>' => {
                quoted_directive(line, start, above == Above::Quote, edits);
                Above::Quote
            }
            b'#' => Above::Heading,
            b'[' if bare.starts_with("[[") && directive::read_line(bare).is_some() => {
                (before, open_after) = (above != Above::Blank, true);
                Above::Other
            }
            b'-' | b'=' if is_underline(bare) && is_key_line(last) => {
                before = true;
                Above::Other
            }
            _ if plan && indent == 0 && audience::is_line(bare) => {
                before = !matches!(above, Above::Blank | Above::Heading);
                open_after = true;
                Above::Key
            }
            _ if matches!(above, Above::Quote | Above::Heading | Above::Key)
                && is_key_line(bare) =>
            {
                before |= above == Above::Quote;
                open_after = above != Above::Quote && is_also_line(bare);
                Above::Key
            }
            // A line that goes on below a quote still belongs to the quote.
            _ if above == Above::Quote => Above::Quote,
            _ => Above::Other,
        };
        if before {
            edits.push(Edit::insert(start, "\n"));
        }
        (above, last) = (kind, bare);
    }
}

/// Lets a directive in a quote stand alone in it.
fn quoted_directive(line: &str, start: usize, below: bool, edits: &mut Vec<Edit>) {
    let words = line.trim_start_matches(['>', ' ', '\t']);
    if !words.starts_with("[[") || directive::read_line(words).is_none() {
        return;
    }
    let before = &line[..line.len() - words.len()];
    let alone = || format!("\n{before}").into();
    let at = start + before.len();
    if below {
        edits.push(Edit { at, delete: 0, insert: alone() });
    }
    edits.push(Edit { at: at + words.trim_end().len(), delete: 0, insert: alone() });
}

/// Tells whether a line would turn the line above into a heading.
fn is_underline(bare: &str) -> bool {
    bare.bytes().all(|byte| byte == b'-') || bare.bytes().all(|byte| byte == b'=')
}

/// Shields every `<` that could begin a tag, a comment or an instruction: people write
/// `<naam>`, and the parser would let it vanish. Links in pointed brackets stay.
fn shield_marks(part: &str, base: usize, edits: &mut Vec<Edit>) {
    let bytes = part.as_bytes();
    for at in memchr::memchr_iter(b'<', bytes) {
        let next = bytes.get(at + 1).copied().unwrap_or(b' ');
        let opens = next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?');
        let escaped = at > 0 && bytes[at - 1] == b'\\';
        if opens && !escaped && !is_target(part, at) && !is_autolink(&part[at + 1..]) {
            edits.push(Edit::insert(base + at, "\\"));
        }
    }
}

/// Tells whether a `<` opens the target of a link: `](<…`, or `[x]: <…`.
fn is_target(part: &str, at: usize) -> bool {
    let before = part[..at].trim_end_matches([' ', '\t']);
    if before.len() + 8 < at {
        return false;
    }
    if before.ends_with("](") {
        let rest = &part[at + 1..part.floor_char_boundary(at + LONGEST_TARGET)];
        let end = rest.find(['\n', '>', '<']);
        return end.is_some_and(|end| rest[end..].starts_with('>'));
    }
    before.ends_with("]:") && {
        let from = before.floor_char_boundary(before.len().saturating_sub(200));
        let line = before[from..].rsplit('\n').next().unwrap_or_default().trim_start();
        line.starts_with('[') && !line.starts_with("[^")
    }
}

/// Tells whether what follows a `<` is an address and its `>`: `https://…>`, `a@b.nl>`.
fn is_autolink(rest: &str) -> bool {
    let Some(end) = rest.find(['>', '<', ' ', '\n', '\t']) else { return false };
    if !rest[end..].starts_with('>') {
        return false;
    }
    let inner = &rest[..end];
    match inner.split_once(':') {
        Some((scheme, _)) => {
            (2..=32).contains(&scheme.len())
                && scheme
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'.' | b'-'))
        }
        None => inner.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && !host.is_empty() && !inner.contains(['/', '!', '?'])
        }),
    }
}

/// Puts pointed brackets around paths with spaces in `](…)`, and plain quotes around a
/// caption in curly ones.
fn bracket_paths(part: &str, base: usize, edits: &mut Vec<Edit>) {
    for at in memmem::find_iter(part.as_bytes(), "](") {
        let start = at + 2;
        let Some(inner) = target(&part[start..]) else { continue };
        let (path, caption) = split_caption(inner);
        if let Some((open, close)) = caption {
            for quote in [open, close] {
                let here = base + start + quote.start;
                edits.push(Edit { at: here, delete: quote.len(), insert: "\"".into() });
            }
        }
        let trimmed = path.trim();
        let spaced = trimmed.contains([' ', '\t', '\u{a0}']);
        if spaced && !trimmed.contains(['<', '>', '{', '\\']) && is_pathlike(trimmed) {
            let from = start + (path.len() - path.trim_start().len());
            edits.push(Edit::insert(base + from, "<"));
            edits.push(Edit::insert(base + from + trimmed.len(), ">"));
        }
    }
}

/// Longest target looked at, in bytes.
const LONGEST_TARGET: usize = 1000;

/// Returns what stands between `(` and its `)`, on this line.
fn target(rest: &str) -> Option<&str> {
    let mut depth = 0;
    for (at, byte) in rest.bytes().enumerate().take(LONGEST_TARGET) {
        match byte {
            b'\n' => return None,
            b'(' => depth += 1,
            b')' if depth == 0 => return rest.get(..at),
            b')' => depth -= 1,
            // The next link starts here: no need to look through it twice.
            b']' if rest[at..].starts_with("](") => return None,
            _ => {}
        }
    }
    None
}

/// Where an opening and a closing quote stand.
type Quotes = (Range<usize>, Range<usize>);

/// Splits a caption off; returns where its quotes stand when they are curly.
fn split_caption(inner: &str) -> (&str, Option<Quotes>) {
    let end = inner.trim_end();
    let Some(close) = end.chars().next_back().filter(|c| "\"'”“’‘„»".contains(*c))
    else {
        return (inner, None);
    };
    let body = &end[..end.len() - close.len_utf8()];
    let quotes: &[char] = if matches!(close, '"') {
        &['"']
    } else if close == '\'' {
        &['\'']
    } else {
        &['“', '„', '”', '‘', '’', '«']
    };
    let open = body
        .char_indices()
        .find(|(at, c)| quotes.contains(c) && body[..*at].ends_with([' ', '\t', '>']));
    match open {
        Some((at, quote)) if quote.is_ascii() => (&inner[..at], None),
        Some((at, quote)) => {
            let open = at..at + quote.len_utf8();
            // A plain quote inside would end the caption early: leave it as it is.
            let plain = body[open.end..].contains('"');
            (&inner[..at], (!plain).then_some((open, body.len()..end.len())))
        }
        None => (inner, None),
    }
}

/// Tells whether a target with spaces is meant as a path: it has an extension, or it is an
/// address or a heading.
fn is_pathlike(path: &str) -> bool {
    if path.starts_with('#') || path.contains("://") {
        return true;
    }
    let file = path.split(['#', '?']).next().unwrap_or_default();
    let name = file.rsplit(['/', '\\']).next().unwrap_or_default();
    name.rsplit_once('.').is_some_and(|(stem, extension)| {
        !stem.trim().is_empty()
            && (2..=8).contains(&extension.len())
            && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::tree::prepared::Prepared;
    use crate::text::SourceId;

    fn ready(text: &str) -> String {
        let mut edits = scan(text, 0..text.len(), true);
        Prepared::new(text, SourceId(0), 0..text.len(), &mut edits).text.into_owned()
    }

    #[test]
    fn ordinary_texts_are_not_touched() {
        for text in [
            "# Kop\n\nTekst met [een link](a.md \"titel\") en ![x](b.jpg).\n\n- a\n- b\n",
            "> tekst\n> — Noor, jongere\n\nStatus: loopt\n",
            "a < b en 3<4, <https://x.nl> en <noor@voorbeeld.nl>\n",
            "[x](<Mijn foto.jpg>) en [y](https://a.nl/b_(c))\n",
        ] {
            assert!(scan(text, 0..text.len(), true).is_empty(), "{text}");
        }
    }

    #[test]
    fn what_would_vanish_or_be_misread() {
        assert_eq!(ready("dag <naam>!"), "dag \\<naam>!");
        assert_eq!(ready("![x](Mijn foto.jpg)"), "![x](<Mijn foto.jpg>)");
        assert_eq!(
            ready("![x](Mijn foto (1).jpg \"In de tuin\")"),
            "![x](<Mijn foto (1).jpg> \"In de tuin\")"
        );
        assert_eq!(ready("![x](a.jpg “In de tuin”)"), "![x](a.jpg \"In de tuin\")");
        assert_eq!(ready("[x](dit is geen pad)"), "[x](dit is geen pad)");
        assert_eq!(ready("> a\nStatus: loopt\n"), "> a\n\nStatus: loopt\n");
        assert_eq!(ready("> a\nb\nStatus: loopt\n"), "> a\nb\n\nStatus: loopt\n");
        assert_eq!(ready("a\n[[nieuwe bladzijde]]\nb"), "a\n\n[[nieuwe bladzijde]]\n\nb");
        assert_eq!(ready("## G\nVoor: gezin\n---\n"), "## G\nVoor: gezin\n\n---\n");
        assert_eq!(ready("## G\nVoor: gezin\ntekst"), "## G\nVoor: gezin\n\ntekst");
    }
}
