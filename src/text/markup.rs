//! Characters that HTML and XML take for something else, or may not hold at all.

/// Returns where such a character may stand, in order: marks (`& < > " '`), and what
/// [`is_forbidden`] tells of.
pub fn suspects(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = text.as_bytes().get(from..)?;
        let at = from + rest.iter().position(|byte| SUSPECT[usize::from(*byte)])?;
        // A suspect byte begins a character.
        let c = text.get(at..)?.chars().next()?;
        from = at + c.len_utf8();
        Some((at, c))
    })
}

/// Tells whether a character may not stand in HTML or XML.
pub fn is_forbidden(c: char) -> bool {
    match c {
        '\t' | '\n' => false,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fdd0}'..='\u{fdef}' => true,
        _ => (c as u32) & 0xfffe == 0xfffe,
    }
}

/// The first bytes of all these characters.
static SUSPECT: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = byte < 0x20 && byte != b'\t' as usize && byte != b'\n' as usize
            || byte == b'&' as usize
            || byte == b'<' as usize
            || byte == b'>' as usize
            || byte == b'"' as usize
            || byte == b'\'' as usize
            || byte == 0x7f
            || byte == 0xc2
            || byte == 0xef
            || byte >= 0xf0;
        byte += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn none_is_passed_over(text in "(\\PC|[<>&\"'\u{0}\u{85}\u{7f}\u{fffe}\u{fdd0}]){0,60}") {
            let seen: Vec<(usize, char)> = suspects(&text).collect();
            let is = |c: char| "&<>\"'".contains(c) || is_forbidden(c);
            let all: Vec<(usize, char)> =
                text.char_indices().filter(|(_, c)| is(*c)).collect();
            let found: Vec<_> = seen.into_iter().filter(|(_, c)| is(*c)).collect();
            proptest::prop_assert_eq!(found, all);
        }
    }
}
