//! Letters that our fonts have, and what is printed for one they lack: the typesetter
//! would show an empty box and say nothing.

use super::world::Fonts;
use crate::text::Span;
use std::borrow::Cow;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// What is printed for a character no font has.
const NO_GLYPH: char = '▢';

/// Returns words with a sign in the place of what no font has, and notes it with its
/// first place.
pub(super) fn printable<'t>(
    words: &'t str,
    fonts: &Fonts,
    span: Span,
    missing: &mut BTreeMap<char, Span>,
) -> Cow<'t, str> {
    let there = |c: char| {
        c.is_ascii()
            || c.is_whitespace()
            || unseen(c)
            || fonts.has(c)
            || composes(c, fonts)
    };
    if words.chars().all(there) {
        return Cow::Borrowed(words);
    }
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if there(c) {
            out.push(c);
        } else {
            let place = missing.entry(c).or_insert(span);
            if *place == Span::default() {
                *place = span;
            }
            out.push(NO_GLYPH);
        }
    }
    Cow::Owned(out)
}

/// Tells whether a character is never seen: joiners, direction marks, choices of style.
fn unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '▇')
        || c.is_control()
        || c as u32 >= 0xe0000
        || ('\u{e000}'..='\u{f8ff}').contains(&c)
}

fn composes(c: char, fonts: &Fonts) -> bool {
    let mut parts = c.to_string().nfd().collect::<Vec<_>>();
    parts.retain(|part| *part != c);
    !parts.is_empty() && parts.into_iter().all(|part| fonts.has(part))
}
