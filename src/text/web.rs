//! Addresses on the web, as people type them.

/// Reads an absolute web address; `www.voorbeeld.nl` is one too.
pub fn web_address(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let lower = typed.to_ascii_lowercase();
    let (scheme, rest) = if lower.starts_with("https://") {
        ("https://", &typed[8..])
    } else if lower.starts_with("http://") {
        ("http://", &typed[7..])
    } else {
        ("https://", typed)
    };
    let odd = |c: char| c.is_whitespace() || c.is_control() || "\"'<>\\`{}|^".contains(c);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let name = host.split(':').next().unwrap_or_default();
    let port = host.strip_prefix(name).unwrap_or_default().trim_start_matches(':');
    let named = rest.len() != typed.len() || name.contains('.');
    let good = !name.is_empty()
        && named
        && !host.contains('@')
        && port.bytes().all(|b| b.is_ascii_digit())
        && !rest.contains(odd);
    good.then(|| format!("{scheme}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_on_the_web_only() {
        let read = |typed| web_address(typed);
        assert_eq!(read("https://a.nl/x"), Some("https://a.nl/x".into()));
        assert_eq!(read("HTTP://localhost:80"), Some("http://localhost:80".into()));
        assert_eq!(read("www.a.nl"), Some("https://www.a.nl".into()));
        for typed in [
            "javascript:alert(1)",
            "data:text/html,x",
            "ftp://a.nl",
            "a b.nl",
            "",
            "x",
            "https://",
            "https://a.nl/\"x",
        ] {
            assert_eq!(read(typed), None, "{typed}");
        }
    }
}
