//! Values that go on below the line they begin on: what opens one, and what ends it.
//!
//! [`End::of`] is the entry. A key between those two is the words of that value, or a key
//! below a quote that somebody forgot to close. Which of the two, nobody can tell: it may
//! close a text, and never open one.

/// Marks of three quotes.
const TRIPLES: [&str; 2] = ["\"\"\"", "'''"];

/// Marks that open a value where it begins, and what ends each.
const PAIRS: [(char, &[char]); 6] = [
    ('[', &[']']),
    ('{', &['}']),
    ('`', &['`']),
    ('«', &['»']),
    ('\'', &['\'']),
    ('‘', &['’', '\'']),
];

/// Quotes that open a value wherever they stand in it, and what ends them.
const OPENING: [char; 2] = ['“', '„'];
const CLOSING: [char; 4] = ['”', '“', '"', '‟'];

/// What ends a value that goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// Three quotes.
    Triple(&'static str),
    /// One of these characters.
    One(&'static [char]),
}

impl End {
    /// Returns what ends a value that begins with these words and does not end in them.
    pub(super) fn of(typed: &str) -> Option<End> {
        let odd = |mark: &&&str| typed.matches(**mark).count() % 2 == 1;
        if let Some(mark) = TRIPLES.iter().find(odd) {
            return Some(End::Triple(mark));
        }
        if is_odd(typed) {
            return Some(End::One(&['"']));
        }
        if let Some(at) = typed.find(OPENING) {
            let rest = typed[at..].chars().skip(1);
            return (!rest.into_iter().any(|c| CLOSING.contains(&c)))
                .then_some(End::One(&CLOSING));
        }
        let first = typed.chars().next()?;
        let (_, ends) = PAIRS.iter().find(|(open, _)| *open == first)?;
        let rest = typed.get(first.len_utf8()..)?;
        let open =
            !rest.contains(*ends) && !rest.starts_with('[') && !is_short_word(typed);
        open.then_some(End::One(ends))
    }

    /// Tells whether the end stands in a line.
    pub(super) fn is_in(self, words: &str) -> bool {
        match self {
            End::Triple(mark) => words.contains(mark),
            End::One(marks) => words.contains(marks),
        }
    }
}

/// Tells whether a plain quote opens and does not close; `15"` is a size.
fn is_odd(typed: &str) -> bool {
    let (mut count, mut before) = (0, ' ');
    for c in typed.chars() {
        count += usize::from(c == '"' && before != '\\' && !before.is_numeric());
        before = c;
    }
    // What ends with a digit before its quote is no size when one opened.
    count % 2 == 1 && !(typed.ends_with('"') && typed.starts_with('"') && typed.len() > 1)
}

/// `'s avonds`, `'t huis`, `'90`: a word that begins with its mark.
fn is_short_word(typed: &str) -> bool {
    let mut rest = typed.chars().skip(1);
    let (first, second) = (rest.next(), rest.next());
    typed.starts_with(['\'', '‘'])
        && (first.is_some_and(char::is_numeric)
            || first.is_some_and(|c| "sStTnNkKmMrR".contains(c))
                && second.is_none_or(|c| !c.is_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_go_on() {
        for typed in [
            "\"\"\"een",
            "een \"\"\"",
            "'''",
            "\"een",
            "een \"twee",
            "“een",
            "'Kom terug",
            "[a,",
            "{a: b,",
            "`een",
            "«een",
            "\"a\" en \"b",
            "‘Kom",
        ] {
            assert!(End::of(typed).is_some(), "{typed}");
        }
        for typed in [
            "een",
            "\"een\"",
            "'een'",
            "\"een \\\" twee\"",
            "'s avonds thuis",
            "'t huis",
            "'90",
            "scherm van 15\"",
            "[[een]]",
            "[a]",
            "{a: b}",
            "“een”",
            "„een”",
            "\"15\"",
            "",
            "’s ochtends",
            "\"\"\"een\"\"\"",
            "‘s avonds",
            "Noor's dag",
        ] {
            assert_eq!(End::of(typed), None, "{typed}");
        }
        assert!(
            End::of("“een").is_some_and(|end| end.is_in("twee”") && !end.is_in("twee"))
        );
    }
}
