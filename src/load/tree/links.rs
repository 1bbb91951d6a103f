//! Where a typed link leads, and links typed as bare addresses.
//!
//! [`classify`] sorts a target: another site, this folder, another language, or dropped.
//! [`find_bare`] finds addresses and mail addresses in plain text.

use crate::model::Target;
use percent_encoding::percent_decode_str;
use std::ops::Range;

/// What a typed target turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Leads {
    /// A link.
    To(Target),
    /// `taal:tr`: no link but a passage in another language; the name as typed.
    Language(String),
}

/// Schemes that run code, hide content or reach into the reader's machine.
const DROPPED: [&str; 14] = [
    "javascript",
    "data",
    "vbscript",
    "file",
    "livescript",
    "mocha",
    "blob",
    "filesystem",
    "about",
    "view-source",
    "jar",
    "intent",
    "ms-its",
    "mhtml",
];

/// Schemes that lead outside.
const OUTSIDE: [&str; 8] =
    ["http", "https", "mailto", "tel", "ftp", "sms", "geo", "ftps"];

/// Sorts the target of a link. Entities were decoded by the parser.
pub(super) fn classify(typed: &str) -> Leads {
    let typed = typed.trim();
    if is_dropped(typed) {
        return Leads::To(Target::Dropped);
    }
    if let Some((scheme, rest)) = typed.split_once(':') {
        let scheme = scheme.to_ascii_lowercase();
        if OUTSIDE.contains(&scheme.as_str()) {
            return Leads::To(Target::Outside(typed.into()));
        }
        if matches!(scheme.as_str(), "taal" | "lang" | "language") {
            return Leads::Language(rest.trim().into());
        }
    }
    if let Some(host) = typed.strip_prefix("//") {
        return Leads::To(Target::Outside(format!("https://{host}")));
    }
    if typed.get(..4).is_some_and(|www| www.eq_ignore_ascii_case("www.")) {
        return Leads::To(Target::Outside(format!("https://{typed}")));
    }
    if is_mail(typed) {
        return Leads::To(Target::Outside(format!("mailto:{typed}")));
    }
    // Zola writes `@/` for the top of the folder.
    let path = typed.strip_prefix('@').filter(|rest| rest.starts_with('/'));
    let (path, fragment) = split_fragment(path.unwrap_or(typed));
    Leads::To(Target::Inside {
        path: decode(path),
        fragment: fragment.map(decode).filter(|fragment| !fragment.is_empty()),
    })
}

/// Tells whether a target may not be followed, however it is disguised: with capitals,
/// spaces, control or invisible characters, or percent signs.
pub(super) fn is_dropped(typed: &str) -> bool {
    let once = decode(typed);
    let twice = decode(&once);
    let dropped = |typed: &str| {
        let bare: String = typed
            .chars()
            .filter(|c| !is_invisible(*c))
            .take_while(|c| !matches!(c, '/' | '?' | '#'))
            .take(40)
            .flat_map(char::to_lowercase)
            .collect();
        bare.split_once([':', '：']).is_some_and(|(scheme, _)| DROPPED.contains(&scheme))
    };
    dropped(typed) || dropped(&once) || dropped(&twice)
}

fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// Splits the heading off a target.
pub(super) fn split_fragment(typed: &str) -> (&str, Option<&str>) {
    match typed.split_once('#') {
        Some((path, fragment)) => (path.trim(), Some(fragment.trim())),
        None => (typed, None),
    }
}

/// Decodes `%20`; what is no text afterwards stays as typed.
pub(super) fn decode(typed: &str) -> String {
    if !typed.contains('%') {
        return typed.to_string();
    }
    percent_decode_str(typed)
        .decode_utf8()
        .map_or_else(|_| typed.to_string(), |decoded| decoded.into_owned())
}

/// Tells whether the whole of a target is a mail address (and no file of ours).
fn is_mail(typed: &str) -> bool {
    !typed.contains(['/', '\\', ' ', '#'])
        && !typed.to_ascii_lowercase().ends_with(".md")
        && typed.find('@').and_then(|at| mail_around(typed, at, 0))
            == Some(0..typed.len())
}

/// A bare address in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bare {
    /// Where it stands in the text.
    pub(super) range: Range<usize>,
    /// Where it leads.
    pub(super) target: String,
}

/// Finds bare addresses, in order. Reads every byte a bounded number of times.
pub(super) fn find_bare(text: &str) -> Vec<Bare> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find([':', '@', '.']).map(|at| from + at) {
        let next = match text.as_bytes()[at] {
            b':' => site_at_colon(text, at, found.last().map_or(0, end_of)),
            b'@' => {
                let after = found.last().map_or(0, end_of);
                mail_around(text, at, after)
                    .map(|range| (format!("mailto:{}", &text[range.clone()]), range))
            }
            _ => site_at_dot(text, at, found.last().map_or(0, end_of)),
        };
        match next {
            Some((target, range)) => {
                from = range.end.max(at + 1);
                found.push(Bare { range, target });
            }
            None => from = at + 1,
        }
    }
    found
}

fn end_of(bare: &Bare) -> usize {
    bare.range.end
}

/// Finds `https://…` around its colon.
fn site_at_colon(
    text: &str,
    colon: usize,
    after: usize,
) -> Option<(String, Range<usize>)> {
    let rest = text[colon..].strip_prefix("://")?;
    let before = &text[after..colon];
    let length = ["https", "http", "ftp"].iter().find_map(|scheme| {
        let from = before.len().checked_sub(scheme.len())?;
        before
            .get(from..)
            .is_some_and(|end| end.eq_ignore_ascii_case(scheme))
            .then_some(scheme.len())
    })?;
    let start = colon - length;
    let free = !text[..start].ends_with(|c: char| c.is_alphanumeric());
    if !free || !rest.starts_with(|c: char| c.is_alphanumeric() || c == '[') {
        return None;
    }
    let end = colon + 3 + address_length(rest);
    (end > colon + 3).then(|| (text[start..end].to_string(), start..end))
}

/// Finds `www.…` around its first dot.
fn site_at_dot(text: &str, dot: usize, after: usize) -> Option<(String, Range<usize>)> {
    let start = dot.checked_sub(3).filter(|start| *start >= after)?;
    let www = text.get(start..dot)?.eq_ignore_ascii_case("www");
    let free =
        !text[..start].ends_with(|c: char| c.is_alphanumeric() || "./@-_".contains(c));
    if !www || !free {
        return None;
    }
    let rest = &text[dot + 1..];
    let host =
        rest.split(|c: char| !(c.is_alphanumeric() || c == '.' || c == '-')).next();
    let named = host.and_then(|host| host.split_once('.')).is_some_and(|(name, top)| {
        !name.is_empty() && top.starts_with(|c: char| c.is_alphabetic())
    });
    if !named {
        return None;
    }
    let end = dot + 1 + address_length(rest);
    Some((format!("https://{}", &text[start..end]), start..end))
}

/// Returns how far an address goes: to a space or quote, without the marks of the sentence
/// behind it.
fn address_length(rest: &str) -> usize {
    let end = rest
        .find(|c: char| {
            c.is_whitespace()
                || c.is_control()
                || matches!(c, '<' | '>' | '"' | '“' | '”' | '„' | '«' | '»' | '`')
        })
        .unwrap_or(rest.len());
    let mut address = &rest[..end];
    let count = |c: char| rest[..end].matches(c).count();
    let (mut round, mut square) =
        (count(')').saturating_sub(count('(')), count(']').saturating_sub(count('[')));
    while let Some(last) = address.chars().next_back() {
        let behind = match last {
            ')' if round > 0 => {
                round -= 1;
                true
            }
            ']' if square > 0 => {
                square -= 1;
                true
            }
            _ => matches!(
                last,
                '.' | ','
                    | ';'
                    | ':'
                    | '!'
                    | '?'
                    | '؟'
                    | '،'
                    | '؛'
                    | '\''
                    | '’'
                    | '‘'
                    | '*'
                    | '_'
                    | '~'
                    | '|'
                    | '…'
                    | '\\'
                    | '}'
                    | '{'
            ),
        };
        if !behind {
            break;
        }
        address = &address[..address.len() - last.len_utf8()];
    }
    address.len()
}

/// Finds the mail address around an `@`; it does not reach before `after`.
fn mail_around(text: &str, at: usize, after: usize) -> Option<Range<usize>> {
    let name = &text[after..at];
    let start = name
        .rfind(|c: char| !(c.is_ascii_alphanumeric() || "._%+-'".contains(c)))
        .map_or(0, |from| from + name[from..].chars().next().map_or(1, char::len_utf8));
    let name = name[start..].trim_start_matches(['.', '\'', '-']);
    let start = at - name.len();
    if name.is_empty() || name.ends_with('.') || text[..start].ends_with(['/', '@', ':'])
    {
        return None;
    }
    let host = &text[at + 1..];
    let end = host
        .find(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '-'))
        .unwrap_or(host.len());
    let behind = &host[end..];
    let host = host[..end].trim_end_matches(['.', '-']);
    let (first, top) = host.rsplit_once('.')?;
    let goes_on = host.len() == end && behind.starts_with(['@', '/']);
    let good = !goes_on
        && !first.is_empty()
        && !first.starts_with(['.', '-'])
        && !host.contains("..")
        && top.len() >= 2
        && top.bytes().all(|byte| byte.is_ascii_alphabetic());
    good.then(|| start..at + 1 + host.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inside(path: &str, fragment: Option<&str>) -> Leads {
        Leads::To(Target::Inside {
            path: path.into(),
            fragment: fragment.map(String::from),
        })
    }

    #[test]
    fn sorted_by_where_they_lead() {
        assert_eq!(
            classify("Mijn%20tip.md#Een%20kop"),
            inside("Mijn tip.md", Some("Een kop"))
        );
        assert_eq!(classify("#kop"), inside("", Some("kop")));
        assert_eq!(classify("@/blog/x.md"), inside("/blog/x.md", None));
        assert_eq!(classify("C:\\foto.jpg"), inside("C:\\foto.jpg", None));
        assert_eq!(classify("%ff.md"), inside("%ff.md", None));
        assert_eq!(classify("taal:tr"), Leads::Language("tr".into()));
        let outside = |to: &str| Leads::To(Target::Outside(to.into()));
        assert_eq!(classify("HTTPS://a.nl/x"), outside("HTTPS://a.nl/x"));
        assert_eq!(classify("//a.nl/x"), outside("https://a.nl/x"));
        assert_eq!(classify("www.a.nl"), outside("https://www.a.nl"));
        assert_eq!(classify("noor@a.nl"), outside("mailto:noor@a.nl"));
        assert_eq!(classify("tel:+31612345678"), outside("tel:+31612345678"));
    }

    #[test]
    fn code_is_dropped_however_it_is_disguised() {
        for typed in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "java\tscript:alert(1)",
            " \u{1}javascript:alert(1)",
            "java\u{200b}script:alert(1)",
            "javascript%3Aalert(1)",
            "%6aavascript%253Aalert(1)",
            "data:text/html,<script>",
            "VBSCRIPT:x",
            "file:///etc/passwd",
        ] {
            assert_eq!(classify(typed), Leads::To(Target::Dropped), "{typed:?}");
        }
        assert_ne!(classify("data/overzicht.md"), Leads::To(Target::Dropped));
        assert_ne!(classify("x.md#data:y"), Leads::To(Target::Dropped));
    }

    fn bare(text: &str) -> Vec<(&str, String)> {
        find_bare(text).into_iter().map(|one| (&text[one.range], one.target)).collect()
    }

    #[test]
    fn bare_addresses_end_where_the_sentence_goes_on() {
        assert_eq!(
            bare("Kijk op https://a.nl/x_(y), of (www.b.nl/z). Mail noor.x@c.nl!"),
            [
                ("https://a.nl/x_(y)", "https://a.nl/x_(y)".into()),
                ("www.b.nl/z", "https://www.b.nl/z".into()),
                ("noor.x@c.nl", "mailto:noor.x@c.nl".into()),
            ]
        );
        assert_eq!(bare("http://a.nl--b"), [("http://a.nl--b", "http://a.nl--b".into())]);
        let arabic = bare("هل رأيت https://a.nl/ar؟");
        assert_eq!(arabic, [("https://a.nl/ar", "https://a.nl/ar".into())]);
        for text in [
            "a@b",
            "@noor",
            "om 10:30",
            "xhttp://a.nl",
            "www.",
            "www.x",
            "://",
            "a@b@c.nl/",
        ] {
            assert_eq!(bare(text), [], "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn found_in_order_and_inside(text in "[a-z:/@.w()é ]{0,60}") {
            let mut end = 0;
            for one in find_bare(&text) {
                proptest::prop_assert!(one.range.start >= end && text.get(one.range.clone()).is_some());
                end = one.range.end;
            }
        }

        #[test]
        fn never_panics(text in "\\PC{0,60}") { classify(&text); find_bare(&text); }
    }
}
