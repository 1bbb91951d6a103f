//! A raw line as a reader sees it: without bullets, stars, tags, invisible characters.
//!
//! [`bare`] returns its words, [`split`] the key and the value in them. Both take any
//! clothes people put their keys in: lists, tables, other separators.

use std::borrow::Cow;

/// Marks between a key and its value.
pub(super) const MARKS: [char; 9] = [':', '：', '﹕', '∶', '꞉', ';', '=', '→', '\t'];

/// Returns a character as a reader sees it: `None` when nobody sees it; letters of other
/// scripts that look Latin made Latin.
pub fn visible(c: char) -> Option<char> {
    Some(match c {
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{feff}' => return None,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => return None,
        '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' => return None,
        '\u{e0000}'..='\u{e0fff}' => return None,
        'а' | 'А' | 'α' => 'a',
        'е' | 'Е' | 'ε' => 'e',
        'о' | 'О' | 'ο' | 'Ο' | 'օ' => 'o',
        'р' | 'Р' | 'ρ' => 'p',
        'с' | 'С' => 'c',
        'т' | 'Т' => 't',
        'м' | 'М' => 'm',
        'н' | 'Н' => 'n',
        'і' | 'І' | 'ι' => 'i',
        'ѕ' | 'Ѕ' => 's',
        'г' => 'r',
        'ѵ' | 'ν' => 'v',
        c if c != '\t' && c.is_whitespace() => ' ',
        c => c,
    })
}

/// Returns words as a reader sees them.
pub fn seen(words: &str) -> Cow<'_, str> {
    if words.is_ascii() {
        return Cow::Borrowed(words);
    }
    Cow::Owned(words.chars().filter_map(visible).collect())
}

/// Returns a line as words: invisible characters and tags gone, the marks around it
/// (bullets, stars, hashes, quotes) too; of a row of a table its first two cells.
pub fn bare(line: &str) -> String {
    // All of it is looked at without a stop: that is quicker than to stop at once.
    let plain = line.bytes().fold(true, |plain, b| plain & !CLOTHES[usize::from(b)]);
    if plain { undress(line) } else { undress(&bare_letters(line)) }
}

/// The bytes of which nothing is taken off without a closer look.
const CLOTHES: [bool; 256] = {
    let mut clothes = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let b = byte as u8;
        clothes[byte] =
            !b.is_ascii() || matches!(b, b'<' | b'*' | b'`' | b'"' | b'\x0b'..=b'\r');
        byte += 1;
    }
    clothes
};

/// Returns a line without what nobody sees, tags and stars.
fn bare_letters(line: &str) -> String {
    let mut seen = String::with_capacity(line.len());
    let mut tag = false;
    let has_end = line.contains('>');
    let mut rest = line;
    while !rest.is_empty() {
        // Letters without clothes, all at once. A tag ends with `>`, which has none.
        let stops = |b: u8| CLOTHES[usize::from(b)] || b == b'\n' || (tag && b == b'>');
        let plain = rest.bytes().position(stops);
        let (plain, more) = rest.split_at(plain.unwrap_or(rest.len()));
        if !tag {
            seen.push_str(plain);
        }
        let mut letters = more.chars();
        match letters.next().and_then(visible) {
            Some('<') if has_end => tag = true,
            Some('>') if tag => tag = false,
            Some('*' | '`' | '"' | '“' | '”' | '„') | None => {}
            Some(c) if !tag => seen.push(c),
            Some(_) => {}
        }
        rest = letters.as_str();
    }
    seen
}

/// Takes the marks around a line off.
fn undress(seen: &str) -> String {
    let trimmed = seen.trim();
    if let Some(row) = trimmed.strip_prefix('|') {
        let mut cells = row.split('|').map(str::trim).filter(|cell| !cell.is_empty());
        let first = cells.next().unwrap_or_default();
        return match cells.next() {
            Some(second) => format!("{}: {second}", first.trim_end_matches(MARKS)),
            None => first.to_string(),
        };
    }
    let start = trimmed.trim_start_matches(|c: char| {
        c.is_whitespace() || "-+•·–—_#◦▪●○~'([{!%/".contains(c)
    });
    let digits = start.bytes().take(4).take_while(u8::is_ascii_digit).count();
    let (number, rest) = start.split_at(digits);
    let start = match rest.strip_prefix(['.', ')']) {
        Some(rest) if number.len() < 4 => rest.trim_start(),
        _ => start,
    };
    // A box to tick before it.
    let boxed = ["x] ", "X] ", "] "].iter().find_map(|tick| start.strip_prefix(tick));
    boxed
        .unwrap_or(start)
        .trim_start()
        .trim_end_matches([' ', '\t', '_', '~', '\'', ']', '}', ')', '\\', '%', '/'])
        .to_string()
}

/// Splits words at the first mark between a key and its value.
pub fn split(words: &str) -> Option<(&str, &str)> {
    const FAR: usize = 48;
    // Most lines begin with nothing that may be a mark. All of it is looked at without a
    // stop: that is quicker than to stop at once.
    let may_be =
        |byte: u8| matches!(byte, b':' | b';' | b'=' | b'\t') || !byte.is_ascii();
    let start = &words.as_bytes()[..words.len().min(FAR)];
    if !start.iter().fold(false, |some, byte| some | may_be(*byte)) {
        return None;
    }
    let (at, mark) = words.char_indices().take(FAR).find(|(_, c)| MARKS.contains(c))?;
    let key = words[..at].trim_matches([' ', '_']);
    let value = words[at + mark.len_utf8()..].trim_matches([' ', '_', '\t']);
    (!key.is_empty() && key.split_whitespace().count() <= 4).then_some((key, value))
}

/// Returns what stands between brackets; also behind one that nobody closed.
pub fn brackets(words: &str) -> impl Iterator<Item = &str> {
    let opens = words.bytes().enumerate();
    let opens = opens.filter(|(_, byte)| matches!(byte, b'(' | b'[' | b'{'));
    opens.filter_map(|(at, _)| words.get(at + 1..)?.split([')', ']', '}']).next())
}

/// Tells whether a value could be typed behind a key: short, and no sentence.
pub fn is_short(value: &str) -> bool {
    let most = if value.ends_with('.') { 2 } else { 8 };
    !value.ends_with('?') && value.split_whitespace().nth(most).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clothes_come_off() {
        for line in ["- **a**: b", "| a | b |", "1. `a`: b", "• a:\u{a0}b", "<i>a</i>: b"]
        {
            let words = bare(line);
            assert_eq!(split(&words), Some(("a", "b")), "{line}");
        }
        assert_eq!(bare("## Kop"), "Kop");
        assert_eq!(bare("- [x] alleen gezin"), "alleen gezin");
        assert_eq!(seen("c\u{ad}o\u{200b}ncеpt"), "concept");
        assert!(is_short("Noor, 12 jaar") && !is_short("vraag het altijd."));
    }

    proptest::proptest! {
        #[test]
        fn the_first_mark_near_the_begin_splits(words in "([a-z ]{0,50}[:;=\t：→é_]?){0,3}") {
            let mark = words.chars().take(48).position(|c| MARKS.contains(&c));
            let parts = mark.map(|at| {
                let key: String = words.chars().take(at).collect();
                let value: String = words.chars().skip(at + 1).collect();
                let (key, value) = (key.trim_matches([' ', '_']), value.trim_matches([' ', '_', '\t']));
                (key.to_string(), value.to_string())
            });
            let parts = parts.filter(|(key, _)| !key.is_empty() && key.split_whitespace().count() < 5);
            let found = split(&words).map(|(key, value)| (key.to_string(), value.to_string()));
            proptest::prop_assert_eq!(found, parts);
        }
    }

    proptest::proptest! {
        #[test]
        fn letters_are_seen_the_same_in_one_go(line in "([a-z <>*`\"“\n\t\u{ad}аé]|\\PC){0,30}") {
            let (mut one_by_one, mut tag) = (String::new(), false);
            for c in line.chars().filter_map(visible) {
                match c {
                    '<' if line.contains('>') => tag = true,
                    '>' if tag => tag = false,
                    '*' | '`' | '"' | '“' | '”' | '„' => {}
                    c if !tag => one_by_one.push(c),
                    _ => {}
                }
            }
            proptest::prop_assert_eq!(bare_letters(&line), one_by_one);
        }
    }
}
