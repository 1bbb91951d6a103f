//! Style sheets inside a drawing, and every attribute that may hold a piece of one.
//!
//! Browsers read styles in more ways than we want to follow. So the promise does not rest
//! on following: what leaves is either plainly harmless ([`is_local`]) or does not leave.
//!
//! Entries: [`clean`] and [`is_local`].

/// What could fetch something, run something, or hide either from us.
const OUTSIDE: &[&str] = &[
    "\\",
    "@import",
    "javascript:",
    "vbscript:",
    "expression(",
    "-moz-binding",
    "behavior:",
    "image(",
    "image-set(",
    "cross-fade(",
    "src(",
    "paint(",
];

/// Whether a piece of style reaches for nothing outside the drawing.
pub(super) fn is_local(text: &str) -> bool {
    let text = text.to_lowercase();
    !OUTSIDE.iter().any(|outside| text.contains(outside))
        && text.split("url(").skip(1).all(|after| {
            let after = after.trim_start();
            after.strip_prefix(['"', '\'']).unwrap_or(after).trim_start().starts_with('#')
        })
}

/// The style without comments and without the parts that reach outside, and whether there
/// were such parts.
pub(super) fn clean(text: &str) -> (String, bool) {
    let text = without_comments(text);
    if is_local(&text) {
        return (text, false);
    }
    let kept: String = parts(&text)
        .map(|part| if is_local(part) { part } else { terminator(part) })
        .collect();
    if is_local(&kept) { (kept, true) } else { (String::new(), true) }
}

/// A dropped part leaves its brace or semicolon, so that the rest keeps its place.
fn terminator(part: &str) -> &str {
    match part.char_indices().next_back() {
        Some((at, ';' | '{' | '}')) => part.get(at..).unwrap_or_default(),
        _ => "",
    }
}

/// Cuts after each `;`, `{` and `}` that does not stand in quotes or brackets.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (part, after) = rest.split_at(part_end(rest));
        rest = after;
        Some(part)
    })
}

fn part_end(text: &str) -> usize {
    let mut quote = None;
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            // A quote that is not closed ends with its line, for browsers too.
            (Some(open), c) if c == open || c == '\n' => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            (None, ';' | '{' | '}') if depth == 0 => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Comments may hold anything, names and notes too.
fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        kept.push(' ');
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plain_styles_stay_as_they_are() {
        let style = ".a{fill:url(#verloop);stroke:#000}\n@media print{.a{fill:none}}";
        assert_eq!(clean(style), (style.to_owned(), false));
    }

    #[test]
    fn what_reaches_outside_goes_and_the_rest_stays() {
        let style = "@import url(http://x/y.css);.a{fill:red;background:URL( 'http://x/;a' )}\
                     .b{fill:url(#v)}@font-face{font-family:F;src:url(data:font/woff,a;b)}";
        let (kept, outside) = clean(style);
        assert!(outside);
        assert_eq!(kept, ";.a{fill:red;}.b{fill:url(#v)}@font-face{font-family:F;}");
    }

    #[test]
    fn notes_in_comments_go() {
        assert_eq!(clean("a{}/* Jan, Dorpsstraat 1 */b{}").0, "a{} b{}");
        assert_eq!(clean("a{}/* nooit dicht").0, "a{} ");
    }

    #[test]
    fn disguises_do_not_help() {
        for style in [
            "a{fill:u\\72l(http://x)}",
            "a{fill:url(/*)}b{fill:url(http://x)*/)}",
            "a{background:image-set('http://x' 1x)}",
            "@IMPORT 'http://x';",
            "a{fill:ur/**/l(http://x)}",
            "a{b:'\n;fill:url(http://x)}",
        ] {
            let (kept, _) = clean(style);
            assert!(is_local(&kept), "{style} → {kept}");
            assert!(!kept.contains("url(http"), "{style} → {kept}");
        }
    }

    proptest! {
        #[test]
        fn what_stays_is_local(style in "([a-c@(){};'\"/*#\\\\ \n]|url\\(|@import|http:)*") {
            prop_assert!(is_local(&clean(&style).0));
        }
    }
}
