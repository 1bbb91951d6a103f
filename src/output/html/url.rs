//! Addresses of other sites, made safe and valid for `href`.
//!
//! What the loader let through is looked at again: only schemes that open a page, a mail
//! or a telephone, and every character that may not stand in an address is escaped.

use crate::text::find_bsn;

/// Returns a valid address for `href` (not yet escaped for HTML), or `None` when it leads
/// nowhere safe: the words are then shown without a link. An address that carries a
/// citizen service number leads nowhere too.
pub fn outside(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let (scheme, rest) = typed.split_once(':')?;
    let scheme = scheme.to_ascii_lowercase();
    match scheme.as_str() {
        "https" | "http" => web(&scheme, rest),
        "mailto" => {
            let rest = escape(rest, false);
            (rest.contains('@') && find_bsn(&rest).is_empty())
                .then(|| format!("mailto:{rest}"))
        }
        "tel" => {
            let number: String = rest
                .chars()
                .filter(|c| c.is_ascii_digit() || matches!(c, '+' | '*' | '#'))
                .collect();
            (!number.is_empty()).then(|| {
                format!("tel:{}", number.replace('#', "%23").replace('*', "%2A"))
            })
        }
        _ => None,
    }
}

fn web(scheme: &str, rest: &str) -> Option<String> {
    let rest = rest.strip_prefix("//")?;
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !name.contains('[') || name.ends_with(']') => (name, port),
        _ => (host, ""),
    };
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_');
    let numeric = name.starts_with('[')
        && name.ends_with(']')
        && name[1..name.len() - 1].chars().all(|c| c.is_ascii_hexdigit() || c == ':');
    let good = !name.is_empty()
        && (numeric
            || name.chars().all(plain) && name.chars().any(char::is_alphanumeric))
        && port.len() <= 5
        && port.bytes().all(|byte| byte.is_ascii_digit());
    let made = format!("{scheme}://{host}{}", escape(path, true));
    (good && !name.contains("..") && find_bsn(&made).is_empty()).then_some(made)
}

/// Escapes what may not stand behind the host. A second `#` is escaped too.
fn escape(part: &str, fragments: bool) -> String {
    let mut out = String::with_capacity(part.len());
    let mut fragment = !fragments;
    for (at, c) in part.char_indices() {
        let allowed = match c {
            '#' => !std::mem::replace(&mut fragment, true),
            '%' => {
                let bytes = part.as_bytes();
                let hex = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
                hex(at + 1) && hex(at + 2)
            }
            '-' | '.' | '_' | '~' | ':' | '/' | '?' | '@' | '!' | '$' | '&' | '\''
            | '(' | ')' | '*' | '+' | ',' | ';' | '=' => true,
            c => c.is_ascii_alphanumeric(),
        };
        if allowed {
            out.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                out.push('%');
                for half in [byte >> 4, byte & 15] {
                    out.push(char::from(b"0123456789ABCDEF"[usize::from(half)]));
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_safe_schemes_lead_somewhere() {
        for typed in [
            "javascript:alert(1)",
            "data:text/html,x",
            "//kwaad.nl",
            "https:",
            "https://",
            "http://a b.nl/",
            "https://?x",
            "mailto:niemand",
            "vbscript:x",
            "https://portaal.nl/123456782",
            "https://…/",
        ] {
            assert_eq!(outside(typed), None, "{typed}");
        }
    }

    #[test]
    fn addresses_become_valid() {
        let made = |typed| outside(typed).unwrap_or_default();
        assert_eq!(
            made("https://x.nl/[a] b%zz?é#k#l"),
            "https://x.nl/%5Ba%5D%20b%25zz?%C3%A9#k%23l"
        );
        assert_eq!(made("HTTP://localhost:8080"), "http://localhost:8080");
        assert_eq!(made("tel:06 12-34"), "tel:061234");
        assert_eq!(
            made("mailto:a@b.nl?subject=hoi daar"),
            "mailto:a@b.nl?subject=hoi%20daar"
        );
        assert_eq!(made("https://x.nl/%20a"), "https://x.nl/%20a");
    }

    proptest::proptest! {
        #[test]
        fn never_panics(typed in "(https://)?\\PC{0,40}") { outside(&typed); }
    }
}
