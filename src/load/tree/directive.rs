//! `[[invoegen: …]]` and `[[nieuwe bladzijde]]`: lines that do something.

use crate::text::fold_key;

/// What a line asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Directive {
    /// Put another text here; the path as typed.
    Include(String),
    /// Start a new page in print.
    PageBreak,
}

/// Reads a whole line with its brackets.
pub(super) fn read_line(line: &str) -> Option<Directive> {
    read(line.trim().strip_prefix("[[")?.strip_suffix("]]")?)
}

/// Reads what stands between the brackets.
pub(super) fn read(inner: &str) -> Option<Directive> {
    if inner.len() > 1000 || inner.contains("[[") {
        return None;
    }
    if let Some((word, path)) = inner.split_once(':') {
        let known = matches!(fold_key(word).as_str(), "invoegen" | "include" | "voegin");
        let path = path.trim();
        return (known && !path.is_empty()).then(|| Directive::Include(path.into()));
    }
    matches!(
        fold_key(inner).as_str(),
        "nieuwebladzijde" | "nieuwepagina" | "pagebreak" | "newpage"
    )
    .then_some(Directive::PageBreak)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading() {
        let include = Directive::Include("delen/nummers.md".into());
        assert_eq!(read_line("[[invoegen: delen/nummers.md]]"), Some(include.clone()));
        assert_eq!(read_line(" [[Include:delen/nummers.md]] "), Some(include));
        assert_eq!(read_line("[[Nieuwe bladzijde]]"), Some(Directive::PageBreak));
        assert_eq!(read_line("[[Titel: iets]]"), None);
        assert_eq!(read_line("[[invoegen:]]"), None);
    }
}
