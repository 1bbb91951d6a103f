//! Quotes, dashes and dots as a printer sets them.
//!
//! Done here and not by the parser, so that addresses stay as typed and a Dutch
//! apostrophe (`'s avonds`, `'t`, `'90`) is one, also inside quotes.

/// Small words that begin with an apostrophe, Dutch first.
const CLITICS: [&str; 17] = [
    "s", "t", "n", "k", "m", "r", "d", "ns", "ie", "em", "er", "tis", "twas", "cause",
    "til", "round", "bout",
];

/// Sets a text. `before` and `after` are the characters around it, `kept` the offsets of
/// characters that were escaped. `None` when nothing changes.
pub(super) fn set(
    text: &str,
    before: char,
    after: char,
    kept: &[usize],
) -> Option<String> {
    let bytes = text.as_bytes();
    let interesting = |at: usize| match bytes[at] {
        b'\'' | b'"' => true,
        b'-' => bytes.get(at + 1) == Some(&b'-'),
        b'.' => bytes.get(at + 1) == Some(&b'.') && bytes.get(at + 2) == Some(&b'.'),
        _ => false,
    };
    let mut at = (0..bytes.len()).find(|&at| interesting(at))?;
    let mut made = String::with_capacity(text.len() + 16);
    let mut done = 0;
    while at < bytes.len() {
        if !interesting(at) || kept.binary_search(&at).is_ok() {
            at += 1;
            continue;
        }
        let previous = text[..at].chars().next_back().unwrap_or(before);
        let length = run(bytes, at);
        let behind = &text[at + length..];
        let next = behind.chars().next().unwrap_or(after);
        let put = match bytes[at] {
            b'"' if opens(previous) && closes_not(next) => "“",
            b'"' => "”",
            b'\'' => single(previous, behind, next),
            b'.' => "…",
            _ => dash(length, previous, next),
        };
        if !put.is_empty() {
            made.push_str(&text[done..at]);
            made.push_str(put);
            done = at + length;
        }
        at += length;
    }
    made.push_str(&text[done..]);
    Some(made)
}

/// Returns how many bytes belong together here.
fn run(bytes: &[u8], at: usize) -> usize {
    match bytes[at] {
        b'-' => bytes[at..].iter().take_while(|byte| **byte == b'-').count(),
        b'.' => 3,
        _ => 1,
    }
}

/// Tells whether a quote behind this character can open.
fn opens(previous: char) -> bool {
    previous.is_whitespace() || "([{<“‘„«—–-/=".contains(previous)
}

fn closes_not(next: char) -> bool {
    !next.is_whitespace()
}

fn single(previous: char, behind: &str, next: char) -> &'static str {
    if !opens(previous) || next.is_ascii_digit() || next.is_whitespace() {
        return "’";
    }
    let end = behind.find(|c: char| !c.is_alphabetic()).unwrap_or(behind.len());
    let quoted = behind[end..].starts_with(['\'', '’']);
    let word = behind[..end].to_lowercase();
    // Rock ’n’ roll.
    if CLITICS.contains(&word.as_str()) && (!quoted || word == "n") {
        "’"
    } else {
        "‘"
    }
}

/// A dash stands between spaces or between letters; `--option` and `-->` stay.
fn dash(length: usize, previous: char, next: char) -> &'static str {
    let spaced = previous.is_whitespace() && next.is_whitespace();
    let joined = previous.is_alphanumeric() && next.is_alphanumeric();
    match length {
        2 if spaced || joined => "–",
        3 if spaced || joined => "—",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn smart(text: &str) -> String {
        set(text, '\n', '\n', &[]).unwrap_or_else(|| text.into())
    }

    #[test]
    fn dutch_apostrophes() {
        assert_eq!(smart("'s avonds om 't huis in '90"), "’s avonds om ’t huis in ’90");
        assert_eq!(smart("Hij zei: 'Ik kom 's avonds.'"), "Hij zei: ‘Ik kom ’s avonds.’");
        assert_eq!(smart("Noor's zus, foto's, 'hallo'"), "Noor’s zus, foto’s, ‘hallo’");
        assert_eq!(smart("rock 'n' roll, de letter 's'"), "rock ’n’ roll, de letter ‘s’");
    }

    #[test]
    fn quotes_dashes_dots() {
        assert_eq!(smart("\"Dag\", zei ze (\"zacht\")."), "“Dag”, zei ze (“zacht”).");
        assert_eq!(smart("ma--vr -- of --- niet..."), "ma–vr – of — niet…");
        assert_eq!(smart("-- Noor"), "– Noor");
        for text in ["boekje --all", "-->", "----", "i--", "a-b", ".."] {
            assert_eq!(smart(text), text);
        }
        assert_eq!(set("a \"b\"", ' ', ' ', &[2, 4]), Some("a \"b\"".into()));
    }
}
