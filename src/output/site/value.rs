//! Values for templates: maps, lists and strings that are cheap to hand on.
//!
//! A map or list is shared, not copied, when a page takes it: what pages have in common
//! is made once.

use crate::output::html::push;
use tera::value::Key;
use tera::{Map, Value};

/// Makes a map.
pub(super) fn map<const N: usize>(pairs: [(&'static str, Value); N]) -> Value {
    let pairs = pairs.into_iter().map(|(name, value)| (Key::Str(name), value));
    Value::from(pairs.collect::<Map>())
}

/// Makes text that is escaped where it is shown.
pub(super) fn text(text: &str) -> Value {
    Value::normal_string(text)
}

/// Makes HTML that is shown as it is. Only for what `output::html` made.
pub(super) fn safe(html: &str) -> Value {
    Value::safe_string(html)
}

/// Makes a sentence in which an e-mail address is a link.
pub(super) fn with_mail(sentence: &str) -> Value {
    let mut html = String::new();
    for (at, word) in sentence.split(' ').enumerate() {
        html.push_str(if at == 0 { "" } else { " " });
        let address = word.trim_end_matches(['.', ',', ';', ')']);
        let parts = address.split_once('@');
        let mail = parts.filter(|(name, host)| {
            let fits = |c: char| c.is_ascii_alphanumeric() || "._-+".contains(c);
            !name.is_empty() && name.chars().all(fits) && is_host(host)
        });
        if mail.is_some() {
            html.push_str(&format!("<a href=\"mailto:{address}\">{address}</a>"));
            push(&mut html, &word[address.len()..]);
        } else {
            push(&mut html, word);
        }
    }
    safe(&html)
}

fn is_host(host: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    host.chars().all(fits) && host.contains('.') && !host.starts_with('.')
}

/// Makes what `make` makes of something, or nothing.
pub(super) fn maybe<T>(one: Option<T>, make: impl FnOnce(T) -> Value) -> Value {
    one.map_or_else(Value::none, make)
}

/// Makes a list.
pub(super) fn list(values: impl IntoIterator<Item = Value>) -> Value {
    Value::from(values.into_iter().collect::<Vec<Value>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_in_a_sentence_is_a_link() {
        let said = |sentence| with_mail(sentence).to_string();
        assert_eq!(
            said("Vragen? a.b@c.nl."),
            "Vragen? <a href=\"mailto:a.b@c.nl\">a.b@c.nl</a>."
        );
        assert_eq!(said("Bel <tante> Jo @ 3"), "Bel &lt;tante&gt; Jo @ 3");
        assert_eq!(said("\"x\"@y.nl"), "&quot;x&quot;@y.nl");
    }
}
